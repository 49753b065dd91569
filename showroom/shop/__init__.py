"""The shop: a program of its own that sells what the catalogue names; shares words and tools alone."""
