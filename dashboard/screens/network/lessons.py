"""To be written."""


def draw_lessons() -> None:
    """Draw the view."""
