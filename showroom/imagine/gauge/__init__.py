"""Gauge: how good the learned painter is, in figures, blind pairs and pictures; see scripts/evaluate_painter."""
