"""Norms: how long a vector is, how large a matrix, how far two rows are apart."""

from core.language import _
from dashboard.parts import knobs
from dashboard.parts.frame import explained, heading, link
from dashboard.parts.norms.ball import draw_ball
from dashboard.parts.norms.distances import draw_distances
from dashboard.parts.norms.matrix import draw_matrix
from dashboard.parts.norms.properties import draw_properties
from dashboard.parts.norms.vector import draw_vector

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
    knobs.view("norms_view", _("Which lesson"), VIEWS)()
    link("reductions", _("The sums in a norm are reductions"))
