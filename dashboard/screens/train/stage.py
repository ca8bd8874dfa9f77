"""The stage, and the path of the parameters to the closed form."""

import json

import numpy as np
import streamlit as st

from core.errors import InputError
from core.language import _, current_language
from core.regression import loss_surface
from core.regression.convergence.loss_surface import EXTREMES, LossSurface
from core.regression.sgd.config import SgdConfig
from dashboard.charts.train.parameters import parameters_way
from dashboard.pipeline import findings, results, training
from dashboard.pipeline.training import Problem, Result
from dashboard.scenes.stage.scene import Scene, Table, stage_scene
from dashboard.ui import controls, scenes
from dashboard.ui.chart import draw_chart
from dashboard.visit import state
from dashboard.visit.cache import cache_resource


def draw_parameters(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the parameters of the run at every recorded step."""
    way, ends, left_out = results.parameters_way(problem, result)
    draw_chart(parameters_way(way, ends, problem.label), findings.parameters_way(way, ends))
    if left_out:
        st.caption(
            _(
                "The {shown} weights that are largest in the closed form; the others, {count} in all, are not drawn."
            ).format(shown=len(ends), count=left_out)
        )


def draw_watch(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the run that these settings made."""
    axes = _choose_axes(problem, result)
    language = current_language().code  # its words are unpacked once
    version = json.dumps([training.run_key(problem, how), result.run.steps, axes, language])
    scenes.stage(_scene(version, problem, how, result, axes), problem.key, version)


def _choose_axes(problem: Problem, result: Result) -> tuple[str, str]:
    """Draw the choice of the axes of the landscape, and return it as `loss_surface` takes it."""
    names = problem.feature_names
    if len(names) == 1:
        return "w1", "b"
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        plane = controls.either("train_plane", _("The landscape is drawn over"))
    if plane == "extremes":
        return EXTREMES
    bias = other_than(names, _("bias"))
    parameters = {**{name: f"w{j + 1}" for j, name in enumerate(names)}, bias: "b"}
    size = np.abs(result.comparison.coefficients["closed_form_standardised"].to_numpy()[:-1])
    largest = [names[j] for j in np.argsort(-size, kind="stable")[:2]]
    with row:
        across = choose_name("train_across", _("Horizontal axis"), list(parameters), largest[0])
        others = [name for name in parameters if name != across]
        up = choose_name("train_up", _("Vertical axis"), others, largest[1] if largest[1] != across else largest[0])
    return parameters[across], parameters[up]


def choose_name(key: str, label: str, options: list[str], first: str) -> str:
    """Draw a list of names, starting at `first` unless one of them has been chosen, and return the name chosen."""
    if state.get(key) not in options:
        state.put(key, first)
    return str(st.selectbox(label, options, key=key, bind=state.bound(key)))


def other_than(names: list[str], word: str) -> str:
    """Return the word, marked so that it is not the name of a column too."""
    while word in names:
        word += "′"
    return word


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _scene(version: str, _problem: Problem, _how: SgdConfig, _result: Result, axes: tuple[str, str]) -> Scene:
    table = Table(_problem.X_train.numpy(), _problem.y_train.numpy(), _problem.feature_names, _problem.label)
    many = _result.fit.rank < _result.fit.columns and not _how.penalty
    near = tuple(_result.run.updates.before[0].tolist()) if many else None
    landscape = _landscape(_problem.key, _how.standardise, _how.penalty, axes, near, _problem, _result)
    return stage_scene(_result.run, table, _result.scaling, landscape)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _landscape(
    key: str,
    standardise: bool,
    penalty: float,
    axes: tuple[str, str],
    near: tuple[float, ...] | None,
    _problem: Problem,
    _result: Result,
) -> LossSurface | None:
    """Return the landscape over these axes, or None if the loss curves in one direction only."""
    try:
        return loss_surface(
            _problem.X_train,
            _problem.y_train,
            axes,
            standardise=standardise,
            fit=_result.fit,
            penalty=penalty,
            near=None if near is None else np.array(near),
        )
    except InputError:
        return None
