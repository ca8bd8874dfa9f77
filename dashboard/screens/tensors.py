"""Tensors: axes and shapes, joining and slicing, what is copied and what is shared."""

from core.language import _
from dashboard.parts import knobs
from dashboard.parts.frame import explained, heading, link
from dashboard.parts.tensors.axes import draw_axes
from dashboard.parts.tensors.broadcasting import draw_broadcasting
from dashboard.parts.tensors.conversions import draw_conversions
from dashboard.parts.tensors.dtypes import draw_dtypes
from dashboard.parts.tensors.joining import draw_joining
from dashboard.parts.tensors.memory import draw_memory
from dashboard.parts.tensors.slicing import draw_slicing

VIEWS = {
    "axes": draw_axes,
    "joining": draw_joining,
    "broadcasting": draw_broadcasting,
    "slicing": draw_slicing,
    "memory": draw_memory,
    "conversions": draw_conversions,
    "dtypes": draw_dtypes,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Tensors"),
        _("Axes and shapes, joining and slicing, what is copied and what is shared."),
    )
    knobs.view("tensors_view", _("Which lesson"), VIEWS)()
    link("products", _("What tensors give when they are multiplied"))
