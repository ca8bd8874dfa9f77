"""A rotating vector, and its product with a matrix."""
