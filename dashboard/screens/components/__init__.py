"""What a model is made of."""

from core.language import _
from dashboard.screens.components.data import draw_data
from dashboard.screens.components.generalisation import draw_generalisation
from dashboard.screens.components.levels import draw_levels
from dashboard.screens.components.parts import draw_parts
from dashboard.screens.components.supervised import draw_supervised
from dashboard.screens.components.surfaces import draw_surfaces
from dashboard.screens.components.why_now import draw_why_now
from dashboard.ui import controls
from dashboard.ui.page import explained, heading

VIEWS = {
    "parts": draw_parts,
    "data": draw_data,
    "generalisation": draw_generalisation,
    "surfaces": draw_surfaces,
    "supervised": draw_supervised,
    "levels": draw_levels,
    "why_now": draw_why_now,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("What a model is made of"),
        _("Data, a model, an objective and an optimiser: change one of the four, and see what breaks."),
    )
    controls.view("components_view", _("Which lesson"), VIEWS)()
