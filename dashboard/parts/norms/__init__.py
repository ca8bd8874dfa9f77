"""The views of the screen Norms."""
