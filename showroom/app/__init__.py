"""App: wiring and the frame loop. With `cli`, the only place that knows the rooms."""
