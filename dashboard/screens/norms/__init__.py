"""Norms of vectors and matrices, and distances of rows."""

from core.language import _
from dashboard.screens.norms.ball import draw_ball
from dashboard.screens.norms.distances import draw_distances
from dashboard.screens.norms.matrix import draw_matrix
from dashboard.screens.norms.properties import draw_properties
from dashboard.screens.norms.vector import draw_vector
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "vector": draw_vector,
    "ball": draw_ball,
    "properties": draw_properties,
    "matrix": draw_matrix,
    "distances": draw_distances,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("Norms"), _("How long is a vector, how large is a matrix, how far apart are two rows?"))
    controls.view("norms_view", _("Which lesson"), VIEWS)()
    link("reductions", _("The sums in a norm are reductions"))
