"""Senses: what the air does, in ears, on hands and in the room; all of it optional."""
