"""To be written."""


def draw_one() -> None:
    """Draw the view."""
