"""To be written."""


def draw_data() -> None:
    """Draw the view."""
