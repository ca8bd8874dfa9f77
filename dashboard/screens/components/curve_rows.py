"""The rows that curves are fitted to: one feature of the visitor's table and its label, or a wave with noise."""

import json
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.errors import InputError
from core.foundations.degrees import add_noise, draw_rows, make_wave
from core.language import _
from core.regression.data.metrics import near_power_of_two
from core.regression.data.validation import LARGEST_VALUE, Array
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem
from dashboard.visit import state
from dashboard.visit.cache import cache_resource

FEATURE = "components_fit_feature"
MOST_ROWS = 1_000  # of a table; the others would only be drawn over one another
FEWEST_VALUES = 4  # of a feature that a curve is drawn over


@dataclass(frozen=True, eq=False)
class CurveRows:
    """Rows to train on and to test on, with one feature; `key` names them, `feature` and `label` are their axes."""

    key: str
    feature: str
    label: str
    x: Array
    y: Array
    x_test: Array
    y_test: Array


def curve_rows(source: str, train: int, noise: float, seed: int) -> CurveRows:
    """Return the rows of this source, `train` of them to train on, the others to test on. Raises InputError."""
    if source == "wave":
        return _wave(train, noise, seed)
    problem = training.base_problem()
    return _of_table(json.dumps([problem.key, _chosen(problem)]), problem, train, noise, seed)


def choose_feature(problem: Problem) -> None:
    """Draw the choice of the feature, beginning with the one that goes with the label most closely."""
    names = _usable(problem)
    if state.get(FEATURE) not in names:
        state.put(FEATURE, _chosen(problem))
    st.selectbox(_("Feature"), names, key=FEATURE, bind=state.bound(FEATURE))


def _usable(problem: Problem) -> list[str]:
    """Return the features with enough different values. Raises InputError if there is none."""
    values = problem.X_train.numpy()
    names = [
        name for name, column in zip(problem.feature_names, values.T, strict=True)
        if len(np.unique(column[:MOST_ROWS])) >= FEWEST_VALUES
    ]  # fmt: skip
    if not names:
        raise InputError(
            _("A curve is drawn over a feature with at least four different values, and this table has none. Choose "
              "the wave, or another table.")
        )  # fmt: skip
    return names


def _chosen(problem: Problem) -> str:
    names = _usable(problem)
    wanted = state.get(FEATURE)
    if wanted in names:
        return str(wanted)
    places = [problem.feature_names.index(name) for name in names]
    X, y = problem.X_train.numpy()[:MOST_ROWS, places], problem.y_train.numpy()[:MOST_ROWS]
    X, y = X / near_power_of_two(np.abs(X).max(axis=0)), y / near_power_of_two(np.abs(y).max())  # no square overflows
    with np.errstate(invalid="ignore", divide="ignore"):
        together = np.abs([np.corrcoef(column, y)[0, 1] for column in X.T])
    return names[int(np.argmax(np.nan_to_num(together)))]


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _wave(train: int, noise: float, seed: int) -> CurveRows:
    x, y = make_wave(300, noise, seed)
    rows, rest = draw_rows(len(x), train, seed)
    key = json.dumps(["wave", train, noise, seed])
    return CurveRows(key, "x", "y", x[rows], y[rows], x[rest], y[rest])


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _of_table(key: str, _problem: Problem, train: int, noise: float, seed: int) -> CurveRows:
    feature = _chosen(_problem)
    place = _problem.feature_names.index(feature)
    x, y = _problem.X_train.numpy()[:, place], _problem.y_train.numpy()
    if _problem.X_test is not None and _problem.y_test is not None:
        x, y = np.append(x, _problem.X_test.numpy()[:, place]), np.append(y, _problem.y_test.numpy())
    drawn, _others = draw_rows(len(x), MOST_ROWS, seed) if len(x) > MOST_ROWS else (np.arange(len(x)), None)
    _check(x[drawn], y[drawn])
    x, y = x[drawn], add_noise(y[drawn], noise, seed)
    rows, rest = draw_rows(len(x), train, seed)
    named = json.dumps([key, train, noise, seed])
    return CurveRows(named, feature, _problem.label, x[rows], y[rows], x[rest], y[rest])


def _check(x: Array, y: Array) -> None:
    """Raise InputError for rows that hold nothing to fit."""
    if not np.ptp(y) > 0:
        raise InputError(
            _("The label has one value only in these rows, so there is no curve to fit. Choose another label or table.")
        )
    if max(np.abs(x).max(), np.abs(y).max()) > LARGEST_VALUE:
        raise InputError(
            _("A value is beyond 1e100, and its square is no number. Divide its column by a constant, or take another.")
        )
