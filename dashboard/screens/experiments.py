"""Experiments: many runs at once, and what they have in common."""

from importlib import import_module

from core.language import _
from dashboard.parts import experiments, knobs, training
from dashboard.parts.frame import explained, heading, link


def _views() -> dict[str, str]:
    return {
        "noise_floor": _("Noise floor"),
        "sweep": _("Sweep"),
        "pins": _("Pinned runs"),
        "study": _("Noise and samples"),
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
    view = knobs.either("experiments_view", _("Which experiment"), _views(), visible="collapsed")
    import_module(f"{experiments.__name__}.{view}").draw(problem, how)
    link("train", _("Back to the knobs"))
