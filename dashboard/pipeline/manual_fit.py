"""The line fitted by hand: where it is, and the run of SGD that goes on from there."""

from dataclasses import replace

from core.regression.experiments.manual_fit import ManualFit, build_manual_fit, most_correlated
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

HAND = ("train_hand_w", "train_hand_b")  # neither has a value before the line is moved
HAND_OF = "_hand_of"  # the problem and the feature that the line is for


def handed_over(problem: Problem, how: SgdConfig) -> tuple[Problem, SgdConfig] | None:
    """Return what SGD continues from if a line was handed over on this problem: one feature, from that line."""
    alone = training.alone(problem, chosen_column(problem))
    if not settings.value("train_hand_over") or state.get(HAND_OF, place_of(alone)) != place_of(alone):
        return None
    return alone, start_from(how, hand_of(pose(alone.key, alone)))


def chosen_column(problem: Problem) -> int:
    """Return the column chosen, on a screen that does not draw the list."""
    chosen, names = state.get("train_feature"), problem.feature_names
    return names.index(chosen) if chosen in names else most_correlated_column(problem.key, problem)


def place_of(alone: Problem) -> str:
    """Return a short name for a problem of one feature."""
    return state.digest(alone.key.encode())


def start_from(how: SgdConfig, hand: tuple[float, float]) -> SgdConfig:
    """Return the settings with the line (w, b) as initial weights."""
    return replace(how, initial=((hand[0],), hand[1]))


def hand_of(posed: ManualFit) -> tuple[float, float]:
    """Return w and b of a link or of the last line handed over, or the start."""
    weight, bias = (
        start if state.get(key) is None else settings.value(key) for key, start in zip(HAND, posed.start, strict=True)
    )
    return float(weight), float(bias)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def most_correlated_column(key: str, _problem: Problem) -> int:
    """Return the feature most correlated with the label; `key` names the problem."""
    return most_correlated(_problem.X_train, _problem.y_train)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def pose(key: str, _alone: Problem) -> ManualFit:
    """Return what is needed to score a line, for a problem of one feature named by `key`."""
    return build_manual_fit(_alone.X_train[:, 0], _alone.y_train, training.closed_form(_alone))
