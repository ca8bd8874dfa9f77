"""A neuron: one by hand, one that learns two classes, its threshold, and several classes by softmax."""

from core.language import _
from dashboard.screens.neuron.classes import draw_classes
from dashboard.screens.neuron.one import draw_one
from dashboard.screens.neuron.threshold import draw_threshold
from dashboard.screens.neuron.train import draw_train
from dashboard.ui import controls
from dashboard.ui.page import explained, heading

VIEWS = {
    "one": draw_one,
    "train": draw_train,
    "threshold": draw_threshold,
    "classes": draw_classes,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("A neuron"), _("It weighs its features, adds them up, and makes a probability of the sum."))
    controls.view("neuron_view", _("Which lesson"), VIEWS)()
