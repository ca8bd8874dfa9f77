"""Calculus: type a function and see what its derivative is, where it comes from and how well a computer can find it."""

from importlib import import_module

from core.language import _
from dashboard.parts import calculus, knobs
from dashboard.parts.frame import explained, heading, link


def _views() -> dict[str, str]:
    return {
        "limit": _("Limit"),
        "valley": _("How small an h"),
        "tangent": _("Secant and tangent"),
        "rules": _("Rules"),
        "two_variables": _("Two variables"),
        "layouts": _("Shapes of derivatives"),
        "identities": _("Identities"),
    }


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Calculus"),
        _("Type a function and see what its derivative is, where it comes from and how well a computer can find it."),
    )
    view = knobs.either("calculus_view", _("Which lesson"), _views(), visible="collapsed")
    import_module(f"{calculus.__name__}.{view}").draw()
    link("autograd", _("How torch finds gradients of whole programs"))
