"""To be written."""


def draw_generalisation() -> None:
    """Draw the view."""
