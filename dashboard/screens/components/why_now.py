"""To be written."""


def draw_why_now() -> None:
    """Draw the view."""
