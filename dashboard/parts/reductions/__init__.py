"""The views of the screen Reductions."""
