"""To be written."""


def draw_levels() -> None:
    """Draw the view."""
