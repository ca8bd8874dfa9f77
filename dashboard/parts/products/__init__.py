"""The views of the screen Products."""
