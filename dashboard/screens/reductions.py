"""Reductions: many entries become one, and an axis disappears."""

from core.language import _
from dashboard.parts import knobs
from dashboard.parts.examples import examples as draw_examples
from dashboard.parts.frame import explained, heading, link
from dashboard.parts.reductions.collapse import draw_collapse
from dashboard.parts.reductions.examples import examples
from dashboard.parts.reductions.running import draw_running
from dashboard.parts.reductions.shares import draw_shares

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
    knobs.view("reductions_view", _("Which lesson"), VIEWS)()
    link("norms", _("Norms: sums of absolute values and of squares"))
