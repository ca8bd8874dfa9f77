"""Charts of the screen Experiments."""
