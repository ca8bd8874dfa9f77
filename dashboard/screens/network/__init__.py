"""Networks: linear regression as a layer, hidden layers and their activations, and what every unit does."""

from core.language import _
from dashboard.screens.network.lessons import draw_lessons
from dashboard.screens.network.stage import draw_stage
from dashboard.screens.network.units import draw_units
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "stage": draw_stage,
    "units": draw_units,
    "lessons": draw_lessons,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Networks"),
        _("Linear regression is a network of one layer. Add layers, and watch numbers flow forward and gradients "
          "back."),
    )  # fmt: skip
    controls.view("network_view", _("Which lesson"), VIEWS)()
    link("neuron", _("One neuron, with a sigmoid: a probability"))
    link("autograd", _("Where the gradients come from"))
    link("components", _("What a model is made of: data, model, objective, optimiser"))
