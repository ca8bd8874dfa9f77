"""Nudge each parameter of the model and see the loss move, beside what the gradient foretells."""

import json

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_general, format_latex, format_number, latex_name
from core.language import _
from core.regression.data.validation import Array
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.nudge import Nudges, nudge_parameters
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.train.accuracy import draw_accuracy
from dashboard.screens.train.stage import choose_name, other_than
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit.cache import cache_resource


def draw_nudge(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw what the loss does as each parameter is moved, and why the accuracy would be no guide."""
    st.header(_("Nudge a parameter and see the loss move"), anchor=False)
    st.markdown(
        _("Move one parameter by an amount a, and leave the others. The gradient g predicts the change g · a, the "
          "better the smaller a is. The loss is quadratic, so one more term with the second derivative H, "
          "½ · H · a², makes up the rest exactly, whatever a is.")
    )  # fmt: skip
    names = [*problem.feature_names, other_than(problem.feature_names, _("bias"))]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = controls.either("train_nudge_at", _("The model at"))
        chosen = choose_name("train_nudged", _("Parameter"), names, names[0])
    amount = float(controls.slider("train_nudge", _("Amount a"), help=escape_markdown(_unit(problem, how))))
    place = names.index(chosen)
    found = nudges(problem, how, result, at, amount)
    if not np.isfinite(found.table.to_numpy()).all():
        st.info(
            _(
                "The loss before or after the move is too large for a float64. Choose a smaller amount or, if the run "
                "diverged, the start."
            )
        )
        return
    st.latex(_formula(found, place, chosen, how))
    _show_table(found, names, how)
    draw_accuracy(problem, how, result, at, place, chosen, _parameters(result, at))


def nudges(problem: Problem, how: SgdConfig, result: Result, at: str, amount: float) -> Nudges:
    """Return what each parameter does to the loss, in the coordinates trained in; `at` is "start" or "end"."""
    key = json.dumps([training.run_key(problem, how), result.run.steps, at])
    return _nudges(key, amount, problem, how, result, _parameters(result, at))


def _parameters(result: Result, at: str) -> Array:
    parameters: Array = result.run.updates.before[0 if at == "start" else -1]
    return parameters


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _nudges(key: str, amount: float, _problem: Problem, _how: SgdConfig, _result: Result, _place: Array) -> Nudges:
    X = _result.run.scaling.transform(_problem.X_train)
    return nudge_parameters(X, _problem.y_train, _place, amount, _how.penalty)


def _unit(problem: Problem, how: SgdConfig) -> str:
    if how.standardise:
        return _("In {label}, for a weight per standard deviation of its feature.").format(label=problem.label)
    return _("In {label}, for a weight per unit of its feature.").format(label=problem.label)


def _formula(found: Nudges, place: int, name: str, how: SgdConfig) -> str:
    """Return the change of the loss as a parameter moves, with its numbers."""
    row, a = found.table.iloc[place], _enclosed(found.amount)
    loss, sign = "J" if how.penalty else "L", "-" if found.amount < 0 else "+"
    moved = rf"{loss}({latex_name(name)} {sign} {format_latex(abs(found.amount))})"
    slope, curvature = _enclosed(row["gradient"]), _enclosed(row["curvature"])
    numbers = rf"{slope} \cdot {a} + \tfrac{{1}}{{2}} \cdot {curvature} \cdot {a}^2"
    first, second, change = (format_latex(float(row[part]), 6) for part in ("first", "second", "change"))
    lines = [
        rf"{moved} - {loss} &= g\,a + \tfrac{{1}}{{2}} H a^2",
        f"&= {numbers}",
        f"&= {first} + {second} = {change}",
    ]
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def _enclosed(value: float) -> str:
    """Return a number as a factor: in brackets where it has a sign or a power of ten."""
    text = format_latex(float(value))
    return f"({text})" if value < 0 or "times" in text else text


def _show_table(found: Nudges, names: list[str], how: SgdConfig) -> None:
    parts = ["value", "gradient", "loss", "change", "first", "second"]
    table = pd.DataFrame({"parameter": names}).join(found.table[parts])
    number = {
        "value": _("Value"),
        "gradient": _("Gradient g"),
        "loss": _("Objective J after") if how.penalty else _("Loss after"),
        "change": _("Change"),
        "first": _("g · a"),
        "second": _("½ · H · a²"),
    }
    show_table(
        table,
        hide_index=True,
        column_config={
            "parameter": st.column_config.TextColumn(_("Parameter")),
            **{name: st.column_config.NumberColumn(label, format="%.6g") for name, label in number.items()},
        },
        alt=_(
            "One row per parameter: its value, the gradient, the loss after it alone is moved, and the predicted terms."
        ),
    )
    st.caption(
        _("Each parameter moved alone by a = {amount}. The loss before is {loss}. Its change, measured on the rows, "
          "and the sum of the two terms differ by {most} at most, which is rounding.").format(
            amount=format_general(found.amount), loss=format_number(found.loss), most=format_number(found.rounding, 2)
        )
    )  # fmt: skip
