"""A picture, its numbers and its vector, moved and lit in the browser."""
