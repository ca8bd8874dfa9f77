"""The views of the screen Autograd."""
