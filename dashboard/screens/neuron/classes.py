"""To be written."""


def draw_classes() -> None:
    """Draw the view."""
