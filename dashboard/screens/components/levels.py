"""Features made by hand and features learned, on digits and photographs."""

from core.language import _
from dashboard.screens.components.canny import draw_canny
from dashboard.screens.components.hand_made import draw_hand_made
from dashboard.screens.components.kernels import draw_kernels
from dashboard.screens.components.keypoints import draw_keypoints
from dashboard.screens.components.layers import draw_layers
from dashboard.ui import controls

LESSONS = {
    "digits": draw_hand_made,
    "layers": draw_layers,
    "kernels": draw_kernels,
    "edges": draw_canny,
    "keypoints": draw_keypoints,
}


def draw_levels() -> None:
    """Draw the chosen lesson."""
    controls.view("components_level", _("Which part"), LESSONS)()
