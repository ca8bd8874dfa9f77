"""Experiments: many runs at once, and what they have in common."""

from core.language import _
from dashboard.parts import knobs, training
from dashboard.parts.experiments.noise_floor import draw_noise_floor
from dashboard.parts.experiments.pins import draw_pins
from dashboard.parts.experiments.study import draw_study
from dashboard.parts.experiments.sweep import draw_sweep
from dashboard.parts.frame import explained, heading, link

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
        _("One run is an anecdote. Run many, with other seeds, rates, batch sizes or samples, and see what is law."),
    )
    problem = training.problem()
    training.suit_rate(problem)
    how = training.settings(problem)
    knobs.view("experiments_view", _("Which experiment"), VIEWS)(problem, how)
    link("train", _("Back to the knobs"))
