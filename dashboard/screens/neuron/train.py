"""To be written."""


def draw_train() -> None:
    """Draw the view."""
