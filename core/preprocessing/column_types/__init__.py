"""Column types: what a column holds and why, and how its cells become values."""
