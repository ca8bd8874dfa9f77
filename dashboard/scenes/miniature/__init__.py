"""A kind of learning problem as a moving picture, drawn from panels that are plain data."""
