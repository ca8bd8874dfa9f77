"""To be written."""


def draw_supervised() -> None:
    """Draw the view."""
