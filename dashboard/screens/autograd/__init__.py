"""Autograd: the graph that PyTorch builds from a typed expression, and its passes, one node at a time."""

from core.language import _
from dashboard.screens.autograd.graph import draw_graph
from dashboard.screens.autograd.lessons import draw_lessons
from dashboard.screens.autograd.modes import draw_modes
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "graph": draw_graph,
    "modes": draw_modes,
    "lessons": draw_lessons,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Autograd"),
        _("Type an expression, see the graph that PyTorch builds of it, and play its passes, one node at a time."),
    )
    controls.view("autograd_view", _("Which lesson"), VIEWS)()
    link("calculus", _("Calculus: where derivatives come from"))
    link("train", _("Train: gradients at work"))
