"""Autograd: the graph that PyTorch builds of a typed expression, and its passes, one node at a time."""

from importlib import import_module

from core.language import _
from dashboard.parts import autograd, knobs
from dashboard.parts.frame import explained, heading, link


def _views() -> dict[str, str]:
    return {
        "graph": _("Graph"),
        "modes": _("Forward and reverse"),
        "lessons": _("Lessons"),
    }


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Autograd"),
        _("Type an expression, see the graph that PyTorch builds of it, and play its passes, one node at a time."),
    )
    view = knobs.either("autograd_view", _("Which lesson"), _views(), visible="collapsed")
    import_module(f"{autograd.__name__}.{view}").draw()
    link("calculus", _("Calculus: where derivatives come from"))
    link("train", _("Train: gradients at work"))
