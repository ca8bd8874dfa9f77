"""The views of the screen Tensors."""
