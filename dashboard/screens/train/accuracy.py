"""Why accuracy cannot be descended: as a parameter moves it is a staircase, beside the loss, which is smooth."""

import json

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.regression.data.validation import Array
from core.regression.experiments.accuracy_steps import AccuracySteps, find_accuracy_steps
from core.regression.sgd.config import SgdConfig
from dashboard.charts.train.accuracy import accuracy_stairs, loss_parabola
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem, Result
from dashboard.ui import controls
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.visit.cache import cache_resource


def draw_accuracy(
    problem: Problem, how: SgdConfig, result: Result, at: str, place: int, name: str, parameters: Array
) -> None:
    """Draw accuracy and loss as one parameter of the model moves, and what their slopes say."""
    st.header(_("Why accuracy cannot be descended"), anchor=False)
    zoom = controls.slider("train_zoom", _("Zoom"), help=_("How much closer to look at where the parameter stands."))
    key = json.dumps([training.run_key(problem, how), result.run.steps, at])
    found = _steps(key, place, zoom, problem, result, parameters)
    if found is None:
        st.caption(
            _("This feature never varies in the training rows: moving its weight changes no prediction, so neither "
              "accuracy nor loss moves.")
        )  # fmt: skip
        return
    st.markdown(
        escape_markdown(
            _("Call a label high if it is above the median, {median} {label}. How often is the model right about that? "
              "Its accuracy is {accuracy}.").format(
                median=format_number(found.threshold, 5), label=problem.label,
                accuracy=format_percent(found.accuracy, 1),
            )
        )
    )  # fmt: skip
    here = pd.DataFrame({"value": [found.value], "accuracy": [found.accuracy], "loss": [found.loss]})
    stairs, curve = {"stairs": found.stairs, "here": here}, {"curve": found.curve, "here": here}
    across = _with_unit(problem, how, place, name)
    draw_kept(accuracy_stairs, stairs, _told_stairs(found, name), across=across)
    draw_kept(loss_parabola, curve, _told_curve(found, name), across=across, unit=problem.label)
    st.markdown(escape_markdown(_lesson(found)))
    st.markdown(
        _("In torch, `((y_hat > m) == (y > m)).float().mean()` has `requires_grad` False: a comparison passes no "
          "gradient on. So one descends a loss, and reports the accuracy.")
    )  # fmt: skip
    if not found.is_whole:
        st.caption(_("Some steps of the stairs lie closer together than the line is drawn; zoom in to see each one."))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _steps(
    key: str, place: int, zoom: int, _problem: Problem, _result: Result, _parameters: Array
) -> AccuracySteps | None:
    X = _result.run.scaling.transform(_problem.X_train)
    return find_accuracy_steps(X, _problem.y_train, _parameters, place, float(zoom))


def _with_unit(problem: Problem, how: SgdConfig, place: int, name: str) -> str:
    """Return the name of a parameter with its unit, for an axis."""
    if place == len(problem.feature_names):
        return f"{name} ({problem.label})"
    unit = _("{label} per standard deviation") if how.standardise else _("{label} per unit")
    return f"{name} ({unit.format(label=problem.label)})"


def _told_stairs(found: AccuracySteps, name: str) -> str:
    if not found.jumps:
        return _("As {name} moves, accuracy stays {low}.").format(name=name, low=format_percent(found.low, 1))
    return ngettext(
        "As {name} moves, accuracy changes at {count} value only, and is between {low} and {high}.",
        "As {name} moves, accuracy changes at {count} values only, and is between {low} and {high}.",
        found.jumps,
    ).format(
        name=name,
        count=format_count(found.jumps),
        low=format_percent(found.low, 1),
        high=format_percent(found.high, 1),
    )


def _told_curve(found: AccuracySteps, name: str) -> str:
    losses = found.curve["loss"]
    return _("As {name} moves, the loss goes smoothly from {first} over {least} to {last}.").format(
        name=name,
        first=format_number(float(losses.iloc[0]), 4),
        least=format_number(float(losses.min()), 4),
        last=format_number(float(losses.iloc[-1]), 4),
    )


def _lesson(found: AccuracySteps) -> str:
    """Return what the two slopes say at the model."""
    if not np.isfinite(found.flat):
        flat = _("No row crosses the median in this range, so the accuracy does not move at all.")
    elif found.flat == 0:
        flat = _("The accuracy jumps exactly here, since a row stands on the median. To both sides it is flat.")
    else:
        flat = _(
            "The accuracy is flat: the parameter can move by {flat} before the first row crosses the median, and from "
            "one row to the next it is flat again."
        ).format(flat=format_number(found.flat, 3))
    slope = _(
        "Its slope is 0 wherever it has one, which says neither which way to go nor how far. The slope of the loss "
        "here is {slope}."
    ).format(slope=format_number(found.gradient, 4))
    return f"{flat} {slope}"
