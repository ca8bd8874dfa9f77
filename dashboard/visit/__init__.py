"""A visit: its state, its settings, the samples, and navigation."""
