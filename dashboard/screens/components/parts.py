"""To be written."""


def draw_parts() -> None:
    """Draw the view."""
