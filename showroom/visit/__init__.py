"""Visit: Controls → Wishes. Knows what the visitor is doing; draws nothing, asks nothing of a model."""
