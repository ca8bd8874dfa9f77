"""Reductions: many entries become one, and an axis disappears."""

from importlib import import_module

from core.language import _
from dashboard.parts import knobs, reductions
from dashboard.parts.examples import examples as draw_examples
from dashboard.parts.frame import explained, heading, link
from dashboard.parts.reductions.examples import examples


def _views() -> dict[str, str]:
    return {
        "collapse": _("Sum, mean, max …"),
        "running": _("Running sums"),
        "shares": _("Divide by a sum"),
    }


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Reductions"),
        _("Many entries become one, along the axis you name, and **that axis disappears** from the shape."),
    )
    draw_examples("reductions", examples())
    view = knobs.either("reductions_view", _("Which lesson"), _views(), visible="collapsed")
    import_module(f"{reductions.__name__}.{view}").draw()
    link("norms", _("Norms: sums of absolute values and of squares"))
