"""Calculus: type a function and see what its derivative is, where it comes from and how well a computer can find it."""

from core.language import _
from dashboard.parts import knobs
from dashboard.parts.calculus.identities import draw_identities
from dashboard.parts.calculus.layouts import draw_layouts
from dashboard.parts.calculus.limit import draw_limit
from dashboard.parts.calculus.rules import draw_rules
from dashboard.parts.calculus.tangent import draw_tangent
from dashboard.parts.calculus.two_variables import draw_two_variables
from dashboard.parts.calculus.valley import draw_valley
from dashboard.parts.frame import explained, heading, link

VIEWS = {
    "limit": draw_limit,
    "valley": draw_valley,
    "tangent": draw_tangent,
    "rules": draw_rules,
    "two_variables": draw_two_variables,
    "layouts": draw_layouts,
    "identities": draw_identities,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Calculus"),
        _("Type a function and see what its derivative is, where it comes from and how well a computer can find it."),
    )
    knobs.view("calculus_view", _("Which lesson"), VIEWS)()
    link("autograd", _("How torch finds gradients of whole programs"))
