"""The normal density, why the loss is squared, which loss goes with which noise, and the residuals of a model."""

from core.language import _
from dashboard.screens.normal.curve import draw_curve
from dashboard.screens.normal.power import draw_power
from dashboard.screens.normal.residuals import draw_residuals
from dashboard.screens.normal.squared import draw_squared
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "curve": draw_curve,
    "squared": draw_squared,
    "power": draw_power,
    "residuals": draw_residuals,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("Noise and squared loss"), _("What a model leaves over is noise. Its shape decides which loss is right."))
    controls.view("normal_view", _("Which lesson"), VIEWS)()
    link("compare", _("Maximum likelihood on Compare"), {"compare_view": "diagnostics", "compare_diagnostic": "noise"})
    link("norms", _("The same p: norms and their unit balls"), {"norms_view": "ball"})
    link("train", _("Train with the squared loss"))
