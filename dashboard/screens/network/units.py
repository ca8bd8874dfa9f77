"""What each unit of a network answers to: over the plane of two features, or on handwritten digits."""

from core.language import _
from dashboard.screens.network.digits import draw_digits
from dashboard.screens.network.plane import draw_plane
from dashboard.ui import controls

VIEWS = {"plane": draw_plane, "digits": draw_digits}


def draw_units() -> None:
    """Draw the view."""
    controls.view("network_units_of", _("What goes in"), VIEWS)()
