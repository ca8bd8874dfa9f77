"""Fit by hand: move a line through the rows of one feature, then let SGD go on from there, and score both."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from core.language import _
from core.regression.by_hand import HandProblem, most_correlated, pose_hand_problem
from core.regression.config import SgdConfig
from dashboard.charts.moving.hand_scene import hand_scene
from dashboard.parts import knobs, moving, state, training
from dashboard.parts.cached import cache_resource
from dashboard.parts.train import hand_race
from dashboard.parts.training import Problem

SCENE = "train_hand_scene"
HAND = ("train_hand_w", "train_hand_b")  # neither has a value before somebody moves the line
HAND_OF = "_hand_of"  # the problem and the feature that the line is for


def draw_hand(problem: Problem, how: SgdConfig) -> None:
    """Draw the feature's choice, the line to move, and once it has been handed over, the race."""
    alone = training.alone(problem, _choose_feature(problem))
    _begin_anew(alone)
    posed = _pose(alone.key, alone)
    hand = _hand(posed)
    how = _from_hand(how, hand)
    run = training.result(alone, how).run if knobs.value("train_hand_over") else None
    scene = hand_scene(
        posed,
        pd.DataFrame({"x": alone.X_train[:, 0].numpy(), "y": alone.y_train.numpy()}),
        key=_place(alone),
        feature=alone.feature_names[0],
        label=alone.label,
        hand=hand,
        standardised=how.standardise,
        sgd=None if run is None else run.history[["w1", "b"]].set_axis(["weight", "bias"], axis="columns"),
    )
    moving.hand(scene, key=SCENE, on_hand_over=_take_over)
    if run is not None:
        hand_race.draw_hand_race(alone, posed, hand, how, run)


def handed_over(problem: Problem, how: SgdConfig) -> tuple[Problem, SgdConfig] | None:
    """Return what SGD goes on with if a line was handed over to it on this problem: one feature, from where it was."""
    alone = training.alone(problem, _column(problem))
    if not knobs.value("train_hand_over") or state.get(HAND_OF, _place(alone)) != _place(alone):
        return None
    return alone, _from_hand(how, _hand(_pose(alone.key, alone)))


def _choose_feature(problem: Problem) -> int:
    """Draw the list of features, beginning with the one most correlated with the label; return the column chosen."""
    names = problem.feature_names
    if state.get("train_feature") not in names:
        state.forget("train_feature")
    chosen = st.selectbox(
        _("Feature"),
        names,
        index=_most_correlated(problem.key, problem),
        key="train_feature",
        help=_("The list begins with the feature whose correlation with the label is largest in the training rows."),
        bind=state.bound("train_feature"),
    )
    return names.index(chosen)


def _column(problem: Problem) -> int:
    """Return the column chosen, on a screen that does not draw the list."""
    chosen, names = state.get("train_feature"), problem.feature_names
    return names.index(chosen) if chosen in names else _most_correlated(problem.key, problem)


def _place(alone: Problem) -> str:
    """Return a short name for a problem of one feature."""
    return state.digest(alone.key.encode())


def _begin_anew(alone: Problem) -> None:
    """Forget where the hand was once the problem or the feature is another; keep what a link says on arrival."""
    if state.get(HAND_OF, _place(alone)) != _place(alone):
        for key in (*HAND, "train_hand_over"):
            state.forget(key)
    state.put(HAND_OF, _place(alone))


def _from_hand(how: SgdConfig, hand: tuple[float, float]) -> SgdConfig:
    return replace(how, initial=((hand[0],), hand[1]))


def _hand(posed: HandProblem) -> tuple[float, float]:
    """Return w and b as a link or the last handing over left them, or the start."""
    weight, bias = (
        start if state.get(key) is None else knobs.value(key) for key, start in zip(HAND, posed.start, strict=True)
    )
    return float(weight), float(bias)


def _take_over() -> None:
    """Take the hand's place from the browser: SGD starts there in the run that follows."""
    said = getattr(state.get(SCENE), "hand_over", None) or {}
    for key, name in zip(HAND, ("w", "b"), strict=True):
        knobs.set(key, said.get(name))
    knobs.set("train_hand_over", True)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _most_correlated(key: str, _problem: Problem) -> int:
    return most_correlated(_problem.X_train, _problem.y_train)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _pose(key: str, _alone: Problem) -> HandProblem:
    return pose_hand_problem(_alone.X_train[:, 0], _alone.y_train, training.closed_form(_alone))
