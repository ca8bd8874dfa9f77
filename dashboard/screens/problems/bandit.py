"""A bandit: the visitor sets the arms, by typing or dragging, and three policies play them."""

from collections.abc import Mapping
from typing import Any

from core.language import _
from core.problems.bandit import miniature
from core.problems.bandit.policies import write_arms
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.ui.text_fields import field
from dashboard.visit import settings, state

TYPED = "problems_bandit_arms"
ARMS = {"close": "0.45, 0.55", "apart": "0.2, 0.8", "five": "0.1, 0.2, 0.3, 0.4, 0.5"}


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_bandit_data", _("Data"), width=170)
    arms = field(TYPED, _("Chances of reward, also moved by dragging")) if data == "own" else ARMS[data]
    return {
        "seed": settings.value("problems_seed"),
        "arms": arms,
        "policy": controls.either("problems_bandit_policy", _("Shown pull by pull")),
        "epsilon": controls.slider("problems_bandit_epsilon", _("Chance of exploring, ε")),
        "pulls": controls.slider("problems_bandit_pulls", _("Pulls")),
        "runs": controls.slider("problems_bandit_runs", _("Runs of each policy")),
        "horizon": controls.slider("problems_bandit_horizon", _("Pulls of the short game")),
    }


def _edited(event: Mapping[str, Any]) -> None:
    """Take over the chances as they were dragged."""
    if "xy" in event:
        state.put(TYPED, write_arms([float(x) for x, _up in event["xy"]]))
        settings.choose("problems_bandit_data", "own")


def _examples() -> Examples:
    usual = {"problems_bandit_epsilon": 0.1, "problems_bandit_pulls": 1000, "problems_bandit_runs": 200}
    close = usual | {"problems_bandit_data": "close", "problems_seed": 0}
    own = usual | {"problems_bandit_data": "own", "problems_seed": 0}
    return {
        _("Works: Thompson sampling"): close | {"problems_bandit_policy": "thompson"},
        _("Works: an arm that always pays"): own | {"problems_bandit_policy": "thompson", TYPED: "0.5, 1"},
        _("Fails: never exploring"): close | {"problems_bandit_policy": "greedy", "problems_bandit_epsilon": 0.0},
        _("Fails: arms too close for these runs"): own | {"problems_bandit_policy": "ucb", TYPED: "0.5, 0.51"},
    }


def _links() -> None:
    link("experiments", _("How much of a run is luck: many seeds on Experiments"), {"experiments_view": "noise_floor"})


KIND = Kind("bandit", controls=_controls, make=miniature, examples=_examples, edited=_edited, links=_links)
