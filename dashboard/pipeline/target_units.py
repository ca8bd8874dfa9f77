"""Predictions of a transformed target, and their errors, in the units of the table."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from core.formatting import format_number
from core.language import _
from core.preprocessing import FittedTarget
from dashboard.pipeline.training import Problem, Result
from dashboard.ui.escape import escape_markdown
from dashboard.visit.cache import cache_resource

if TYPE_CHECKING:
    import torch

Array = npt.NDArray[np.float64]

POINTS = ("prediction", "least_squares", "closed_form", "sgd")
ENDS = ("mean_low", "mean_high", "row_low", "row_high")


def draw_errors(problem: Problem, result: Result) -> None:
    """Say the unit of the loss, and the errors in the units of the table; nothing for a target that stays as it is."""
    told = sentence(problem, result)
    if told:
        st.caption(escape_markdown(told))


def sentence(problem: Problem, result: Result) -> str:
    """Return the unit of the loss and the errors of both models in the units of the table; "" without a transform."""
    target = problem.target
    if target is None:
        return ""
    errors = scores(problem, result).set_index(["model", "part"])["rmse"]
    parts = {"train": _("training rows"), "test": _("test rows")}
    told = [_("The loss is in ({label})².").format(label=problem.label)]
    for part, rows in parts.items():
        if ("sgd", part) in errors.index:
            told.append(
                _("In {unit} the RMSE on the {rows} is {sgd} for SGD and {exact} for the closed form.").format(
                    unit=target.column,
                    rows=rows,
                    sgd=format_number(errors["sgd", part], 5),
                    exact=format_number(errors["closed_form", part], 5),
                )
            )
    if errors.isna().any():
        told.append(
            _("A dash stands where some prediction has no inverse: no finite {unit} becomes it.").format(
                unit=target.column
            )
        )
    return " ".join(told)


def scores(problem: Problem, result: Result) -> pd.DataFrame:
    """Return model, part and rmse, in the units of the table, of each row of `comparison.scores`, in its order.

    The predictions are inverted first; the error is NaN if one of them has no inverse.
    """
    key = json.dumps([problem.key, asdict(result.run.config), result.run.steps])
    return _scores(key, problem, result)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _scores(key: str, _problem: Problem, _result: Result) -> pd.DataFrame:
    run, fit = _result.run, _result.fit
    models = {"sgd": run, "closed_form": run.ridge or fit, "least_squares": fit}
    parts = {"train": (_problem.X_train, _problem.truth_train)}
    if _problem.X_test is not None:
        parts["test"] = (_problem.X_test, _problem.truth_test)
    rows = _result.comparison.scores[["model", "part"]]
    errors = []
    for model, part in rows.itertuples(index=False):
        X, truth = parts[part]
        errors.append(_error(_problem.target, models[model].predict(X), truth))
    return rows.assign(rmse=errors)


def _error(target: FittedTarget | None, predicted: "torch.Tensor", truth: "torch.Tensor | None") -> float:
    if target is None or truth is None:
        return float("nan")
    with np.errstate(over="ignore"):
        return float(np.sqrt(np.mean(np.square(target.inverse(predicted.numpy()) - truth.numpy()))))


def inverted(problem: Problem, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of predictions and ends of intervals (those of `Answer`) in the units of the table."""
    target = problem.target
    if target is None:
        return table
    points = {name: target.inverse(table[name].to_numpy()) for name in POINTS if name in table}
    ends = {name: target.inverse_ends(table[name].to_numpy()) for name in ENDS}
    return table.assign(**points, **ends)


def residuals(problem: Problem, result: Result) -> dict[str, Array]:
    """Return the residuals on the training rows, on the scale that is trained on, of SGD and of the closed form."""
    models = {"sgd": result.run, "closed_form": result.run.ridge or result.fit}
    y = problem.y_train.numpy()
    return {name: y - model.predict(problem.X_train).numpy() for name, model in models.items()}
