"""The look: what a visitor wears, seen in one photo, in a process of its own that ends when it has told."""
