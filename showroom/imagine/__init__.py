"""Imagine: a product's words become a spec, painted surfaces and grown geometry, in a process of their own."""
