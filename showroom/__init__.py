"""showroom: a product's words become a place around the visitor."""

__version__ = "0.1.0"
