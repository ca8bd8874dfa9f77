"""Regression: scikit-learn's diabetes, the visitor's table and target, or points that can be dragged."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.problems.regression import miniature
from core.problems.regression.rows import diabetes, point_rows
from core.problems.regression.run import best_feature
from core.problems.rows import Rows
from dashboard.pipeline.training import table_problem
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls, text_fields
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings, state

POINTS, FEATURE = "problems_regression_points", "problems_regression_feature"
MOST_ROWS, MOST_COLUMNS = 5000, 60  # of a table; more rows are thinned evenly
WIDTH = 200  # pixels of a control


def _controls() -> dict[str, Any]:
    """Draw the data and the settings of the run."""
    with st.container(width=260):
        data = controls.select("problems_regression_data", _("Data"))
    rows = _rows(data)
    chosen = {"features": "one", "feature": ""}
    if len(rows.names) > 2:
        chosen = {"features": controls.either("problems_regression_features", _("Learned from")), **_feature(rows)}
    with st.container(width=WIDTH):
        rate = controls.slider("problems_regression_rate", _("Learning rate"))
    with st.container(width=130):
        batch = controls.select("problems_regression_batch", _("Minibatch"))
    with st.container(width=WIDTH):
        epochs = controls.slider("problems_regression_epochs", _("Epochs"))
    return {
        "seed": settings.value("problems_seed"),
        "rows": rows,
        **chosen,
        "rate": rate,
        "batch_size": 0 if batch == "all" else int(batch),
        "epochs": epochs,
        "standardise": controls.toggle("problems_regression_standardise", _("Standardise the features")),
        "movable": data == "points",
    }


def _rows(data: str) -> Rows:
    if data == "table":
        return _table_rows()
    if data == "points":
        with st.container(width=320):
            return point_rows(text_fields.field(POINTS, _("Points"), help=_("Pairs [x, y]; they can be dragged too.")))
    return diabetes()


def _table_rows() -> Rows:
    """Return the training rows of the table with its target. Raises InputError if nothing can be learnt from it."""
    problem = table_problem()
    names = problem.feature_names
    if len(names) > MOST_COLUMNS:
        raise InputError(
            _("At most {most} features are learnt from, but the table has {count}; leave some out on Prepare.").format(
                most=format_count(MOST_COLUMNS), count=format_count(len(names))
            )
        )
    X = np.column_stack([problem.X_train.numpy(), problem.y_train.numpy()]).astype(np.float64)
    count = len(X)
    kept = np.unique(np.linspace(0, count - 1, min(count, MOST_ROWS)).round().astype(np.int64))
    code = "# X and y are the training rows of your table, as the script on Take home makes them\n"
    if count > MOST_ROWS:
        code += (
            f"kept = np.unique(np.linspace(0, {count - 1}, {MOST_ROWS}).round().astype(int))\nX, y = X[kept], y[kept]\n"
        )
    return Rows(f"table {problem.key} {MOST_ROWS}", X[kept], (*names, problem.label), code=code)


def _feature(rows: Rows) -> dict[str, Any]:
    """Draw the choice of the feature that is drawn; the first one is that with the largest correlation."""
    names = list(rows.names[:-1])
    if settings.text(FEATURE) not in names:
        state.put(FEATURE, names[best_feature(rows)])
    with st.container(width=WIDTH):
        return {"feature": str(st.selectbox(_("Feature"), names, key=FEATURE, persist_state="session"))}


def _examples() -> Examples:
    return {
        _("Works: a rate of 0.5"): _example(rate=0.5),
        _("Fails: a rate above the limit"): _example(rate=2.1, epochs=100),
        _("Fails: features as they are"): _example(standardise=False),
        _("Fails: minibatches that never settle"): _example(features="all", rate=0.3, batch="10"),
        _("Works: points to drag"): _example(data="points", rate=0.5),
    }


def _example(**values: Any) -> dict[str, Any]:
    usual = {"data": "diabetes", "features": "one", "rate": 0.1, "batch": "all", "epochs": 30, "standardise": True}
    return {f"problems_regression_{name}": value for name, value in (usual | values).items()}


def _edited(event: Mapping[str, Any]) -> None:
    """Take over points that were dragged, with three decimals."""
    points = [[round(float(number), 3) for number in pair] for pair in event.get("xy", ())]
    if points:
        state.put(POINTS, json.dumps(points))


def _links() -> None:
    """Draw the ways to the screens with everything that is left out here; the table is opened with these settings."""
    same = {}
    if settings.value("problems_regression_data") == "table":
        pairs = {"learning_rate": "rate", "epochs": "epochs", "train_standardise": "standardise"}
        same = {knob: settings.to_query(f"problems_regression_{name}") for knob, name in pairs.items()}
    with st.container(horizontal=True):
        link("train", _("To Train, with all knobs"), same)
        link("compare", _("To Compare, with all coefficients"))


KIND = Kind("regression", controls=_controls, make=miniature, examples=_examples, edited=_edited, links=_links)
