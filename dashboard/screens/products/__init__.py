"""Products: transpose, clone, elementwise, dot, matrix-vector, matrix-matrix."""

from core.language import _
from dashboard.screens.products.clone import draw_clone
from dashboard.screens.products.dot import draw_dot
from dashboard.screens.products.hadamard import draw_hadamard
from dashboard.screens.products.matrix_matrix import draw_matrix_matrix
from dashboard.screens.products.matrix_vector import draw_matrix_vector
from dashboard.screens.products.scalar import draw_scalar
from dashboard.screens.products.transpose import draw_transpose
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "transpose": draw_transpose,
    "clone": draw_clone,
    "hadamard": draw_hadamard,
    "scalar": draw_scalar,
    "dot": draw_dot,
    "matrix_vector": draw_matrix_vector,
    "matrix_matrix": draw_matrix_matrix,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("Products"), _("Multiply your own numbers, and point at any entry to see what it was made of."))
    controls.view("products_view", _("Which lesson"), VIEWS)()
    link("reductions", _("Sum along an axis"))
