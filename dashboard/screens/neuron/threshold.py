"""To be written."""


def draw_threshold() -> None:
    """Draw the view."""
