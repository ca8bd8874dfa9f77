"""Experiments: many runs at once, and what they have in common."""

from core.language import _
from dashboard.pipeline import training
from dashboard.pipeline.pins import draw_pins
from dashboard.pipeline.starts import suit_start
from dashboard.screens.experiments.noise_floor import draw_noise_floor
from dashboard.screens.experiments.noise_study import draw_study
from dashboard.screens.experiments.sweep import draw_sweep
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {
    "noise_floor": draw_noise_floor,
    "sweep": draw_sweep,
    "pins": draw_pins,
    "study": draw_study,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Experiments"),
        _(
            "One run proves little. Run many, with other seeds, learning rates, batch sizes or samples, and see what "
            "holds for all."
        ),
    )
    problem = training.problem()
    suit_start(problem)
    how = training.sgd_config(problem)
    controls.view("experiments_view", _("Which experiment"), VIEWS)(problem, how)
    link("train", _("Back to the knobs"))
