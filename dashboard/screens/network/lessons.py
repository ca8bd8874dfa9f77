"""What layers, starts and activations do, a lesson each."""

from core.language import _
from dashboard.screens.network.deep import draw_deep
from dashboard.screens.network.layers import draw_layers
from dashboard.screens.network.regression import draw_regression
from dashboard.screens.network.relu import draw_dead
from dashboard.screens.network.starts import draw_equal
from dashboard.ui import controls

LESSONS = {
    "linear": draw_layers,
    "equal": draw_equal,
    "dead": draw_dead,
    "deep": draw_deep,
    "regression": draw_regression,
}


def draw_lessons() -> None:
    """Draw the view."""
    controls.view("network_lesson", _("Which lesson on networks"), LESSONS)()
