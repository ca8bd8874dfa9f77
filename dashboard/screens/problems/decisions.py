"""A Markov decision process: a grid that is typed or clicked, and an agent that learns what to do in it."""

from collections.abc import Mapping
from typing import Any

from core.language import _
from core.problems.decisions import miniature
from core.problems.decisions.grid_text import changed_grid
from core.problems.decisions.grid_world import GRID
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.ui.text_fields import field
from dashboard.visit import settings, state

DATA = "problems_decisions_data"
TYPED = "problems_decisions_grid"
GRIDS = {
    "room": GRID,
    "cliff": "............/............/............/STTTTTTTTTTG",
    "twins": "S...S/T#G#T",
}
OPEN = "S.....G/......./......."  # where the first way that is found is long


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select(DATA, _("Data"), width=170)
    typed = field(TYPED, _("Grid: rows between strokes, S . # T G")) if data == "own" else GRIDS[data]
    by = controls.either("problems_decisions_by", _("Learned by"))
    chosen = {
        "seed": settings.value("problems_seed"),
        "grid": typed,
        "by": by,
        "gamma": controls.slider("problems_decisions_gamma", _("Discount, γ")),
        "slip": controls.slider("problems_decisions_slip", _("Chance to slip")),
        "step": controls.slider("problems_decisions_step", _("Reward of a move")),
        "goal": controls.slider("problems_decisions_goal", _("Reward of a goal")),
        "trap": controls.slider("problems_decisions_trap", _("Reward of a trap")),
        "sees": controls.either("problems_decisions_sees", _("What the agent sees")),
    }
    return chosen if by == "value" else chosen | _learning()


def _learning() -> dict[str, Any]:
    """Draw the controls of Q-learning and SARSA."""
    return {
        "alpha": controls.slider("problems_decisions_alpha", _("Learning rate, α")),
        "epsilon": controls.slider("problems_decisions_epsilon", _("Chance of exploring, ε")),
        "episodes": controls.slider("problems_decisions_episodes", _("Episodes")),
        "decays": controls.toggle("problems_decisions_decays", _("Learning rate falls")),
    }


def _edited(event: Mapping[str, Any]) -> None:
    """Change the kind of a cell that was clicked."""
    if "row" in event:
        data = settings.value(DATA)
        grid = settings.text(TYPED) if data == "own" else GRIDS[data]
        state.put(TYPED, changed_grid(grid, int(event["row"]), int(event["column"])))
        settings.choose(DATA, "own")


def _examples() -> Examples:
    def example(data: str, by: str, **others: Any) -> dict[str, Any]:
        usual = {"gamma": 0.9, "slip": 0.2, "step": -0.5, "goal": 10.0, "trap": -10.0, "sees": "cell"} | others
        return {DATA: data, "problems_seed": 0, "problems_decisions_by": by} | {
            f"problems_decisions_{name}": value for name, value in usual.items()
        }

    learned = {"alpha": 0.2, "epsilon": 0.1, "episodes": 300}
    rewards = {"step": -1.0, "goal": 0.0, "trap": -100.0}
    cliff = rewards | {"gamma": 1.0, "slip": 0.0, "alpha": 0.5, "epsilon": 0.1, "episodes": 500}
    never = learned | {"epsilon": 0.0, "slip": 0.0, "step": 0.0}
    twins = {"gamma": 0.95, "slip": 0.0, "sees": "walls"}
    return {
        _("Works: value iteration"): example("room", "value"),
        _("Works: Q-learning without a map"): example("room", "q", **learned),
        _("Works: SARSA stays away from the cliff"): example("cliff", "sarsa", **cliff),
        _("Fails: Q-learning falls while it learns"): example("cliff", "q", **cliff),
        _("Fails: cells that look alike"): example("twins", "q", **twins, **learned),
        _("Fails: never exploring"): example("own", "q", **never) | {TYPED: OPEN, "problems_seed": 3},
    }  # fmt: skip


def _links() -> None:
    link("products", _("The product of a matrix and a vector, as in γPV"), {"products_view": "matrix_vector"})


KIND = Kind("decisions", controls=_controls, make=miniature, examples=_examples, edited=_edited, links=_links)
