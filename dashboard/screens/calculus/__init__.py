"""Calculus: type a function and see its derivative, where it comes from and how accurately a computer finds it."""

from core.language import _
from dashboard.screens.calculus.differential import draw_differential
from dashboard.screens.calculus.identities import draw_identities
from dashboard.screens.calculus.layouts import draw_layouts
from dashboard.screens.calculus.limit import draw_limit
from dashboard.screens.calculus.plot import draw_plot
from dashboard.screens.calculus.rules import draw_rules
from dashboard.screens.calculus.step_size import draw_valley
from dashboard.screens.calculus.tangent import draw_tangent
from dashboard.screens.calculus.two_variables import draw_two_variables
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "limit": draw_limit,
    "valley": draw_valley,
    "tangent": draw_tangent,
    "differential": draw_differential,
    "plot": draw_plot,
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
        _("Type a function and see its derivative, where it comes from and how accurately a computer finds it."),
    )
    controls.view("calculus_view", _("Which lesson"), VIEWS)()
    link("autograd", _("How torch computes gradients of whole programs"))
