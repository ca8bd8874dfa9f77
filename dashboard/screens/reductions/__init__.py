"""Reductions: many entries become one, and an axis disappears."""

from core.language import _
from dashboard.screens.reductions.choices import examples
from dashboard.screens.reductions.collapse import draw_collapse
from dashboard.screens.reductions.running import draw_running
from dashboard.screens.reductions.shares import draw_shares
from dashboard.ui import controls
from dashboard.ui.examples import examples as draw_examples
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "collapse": draw_collapse,
    "running": draw_running,
    "shares": draw_shares,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Reductions"),
        _("Many entries become one, along the axis you name, and **that axis disappears** from the shape."),
    )
    draw_examples("reductions", examples())
    controls.view("reductions_view", _("Which lesson"), VIEWS)()
    link("norms", _("Norms: sums of absolute values and of squares"))
