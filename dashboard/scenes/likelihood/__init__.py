"""A moving line, its loss and its likelihood."""
