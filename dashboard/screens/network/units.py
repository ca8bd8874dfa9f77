"""To be written."""


def draw_units() -> None:
    """Draw the view."""
