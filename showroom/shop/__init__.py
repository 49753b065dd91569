"""The shop: a program of its own that sells what the catalogue names; it shares only words and tools with the show."""
