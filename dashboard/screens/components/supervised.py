"""Supervised learning: its way, data of different lengths, and more data against stronger assumptions."""

from core.language import _
from dashboard.screens.components.assumptions import draw_assumptions
from dashboard.screens.components.lengths import draw_lengths
from dashboard.screens.components.way import draw_way
from dashboard.ui import controls

LESSONS = {"way": draw_way, "lengths": draw_lengths, "assumptions": draw_assumptions}


def draw_supervised() -> None:
    """Draw the chosen lesson."""
    controls.view("components_lesson", _("Which part"), LESSONS)()
