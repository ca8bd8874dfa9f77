"""Products: transpose, clone, entry by entry, dot, matrix-vector, matrix-matrix."""

from importlib import import_module

from core.language import _
from dashboard.parts import knobs, products
from dashboard.parts.frame import explained, heading, link


def _views() -> dict[str, str]:
    return {
        "transpose": _("Transpose"),
        "clone": _("Clone"),
        "hadamard": _("Hadamard"),
        "scalar": _("Scalar"),
        "dot": _("Dot"),
        "matrix_vector": _("Matrix · vector"),
        "matrix_matrix": _("Matrix · matrix"),
    }


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("Products"), _("Multiply your own numbers, and point at any entry to see what it was made of."))
    view = knobs.either("products_view", _("Which lesson"), _views(), visible="collapsed")
    import_module(f"{products.__name__}.{view}").draw()
    link("reductions", _("Sum along an axis"))
