"""Networks."""

from core.language import _
from dashboard.screens.network.lessons import draw_lessons
from dashboard.screens.network.stage import draw_stage
from dashboard.screens.network.units import draw_units
from dashboard.ui import controls
from dashboard.ui.page import explained, heading

VIEWS = {
    "stage": draw_stage,
    "units": draw_units,
    "lessons": draw_lessons,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("Networks"), _("Networks."))
    controls.view("network_view", _("Which lesson"), VIEWS)()
