"""Norms: how long a vector is, how large a matrix, how far two rows are apart."""

from importlib import import_module

from core.language import _
from dashboard.parts import knobs, norms
from dashboard.parts.frame import explained, heading, link


def _views() -> dict[str, str]:
    return {
        "vector": _("One vector"),
        "ball": _("The unit ball"),
        "properties": _("Three properties"),
        "matrix": _("A matrix"),
        "distances": _("Rows of the table"),
    }


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("Norms"), _("How long is a vector, how large is a matrix, how far apart are two rows?"))
    view = knobs.either("norms_view", _("Which lesson"), _views(), visible="collapsed")
    import_module(f"{norms.__name__}.{view}").draw()
    link("reductions", _("The sums in a norm are reductions"))
