"""Tensors: axes and shapes, joining and slicing, what is copied and what is shared."""

from importlib import import_module

from core.language import _
from dashboard.parts import knobs, tensors
from dashboard.parts.frame import explained, heading, link


def _views() -> dict[str, str]:
    return {
        "axes": _("Axes and shape"),
        "joining": _("Joining"),
        "broadcasting": _("Broadcasting"),
        "slicing": _("Slicing"),
        "memory": _("Memory"),
        "conversions": _("Conversions"),
        "dtypes": _("Types of numbers"),
    }


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Tensors"),
        _("Axes and shapes, joining and slicing, what is copied and what is shared."),
    )
    view = knobs.either("tensors_view", _("Which lesson"), _views(), visible="collapsed")
    import_module(f"{tensors.__name__}.{view}").draw()
    link("products", _("What tensors give when they are multiplied"))
