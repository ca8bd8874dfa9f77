"""Trace an entry of X, step by step, back to the cell of the file."""
