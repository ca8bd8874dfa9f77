"""To be written."""


def draw_stage() -> None:
    """Draw the view."""
