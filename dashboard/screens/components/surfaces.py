"""To be written."""


def draw_surfaces() -> None:
    """Draw the view."""
