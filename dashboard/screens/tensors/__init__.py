"""Tensors: axes and shapes, joining and slicing, copies and shared memory."""

from core.language import _
from dashboard.screens.tensors.axes import draw_axes
from dashboard.screens.tensors.broadcasting import draw_broadcasting
from dashboard.screens.tensors.conversions import draw_conversions
from dashboard.screens.tensors.dtypes import draw_dtypes
from dashboard.screens.tensors.joining import draw_joining
from dashboard.screens.tensors.memory import draw_memory
from dashboard.screens.tensors.slicing import draw_slicing
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

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
    controls.view("tensors_view", _("Which lesson"), VIEWS)()
    link("products", _("What tensors give when they are multiplied"))
