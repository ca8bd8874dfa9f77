"""Autograd: the graph that PyTorch builds of a typed expression, and its passes, one node at a time."""

from core.language import _
from dashboard.parts import knobs
from dashboard.parts.autograd.graph import draw_graph
from dashboard.parts.autograd.lessons import draw_lessons
from dashboard.parts.autograd.modes import draw_modes
from dashboard.parts.frame import explained, heading, link

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
    knobs.view("autograd_view", _("Which lesson"), VIEWS)()
    link("calculus", _("Calculus: where derivatives come from"))
    link("train", _("Train: gradients at work"))
