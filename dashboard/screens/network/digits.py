"""The weights of a layer of ten neurons as pictures."""


def draw_digits() -> None:
    """Draw the view."""
