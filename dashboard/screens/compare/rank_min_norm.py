"""Which solution SGD converges to: gradients stay in the row space, the null-space component of the start stays."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_general, format_latex, format_number
from core.language import _
from core.regression import SgdRun, train
from core.regression.convergence.min_norm import (
    NullSpaceSplit,
    Slope,
    flat_direction,
    moved_start,
    parts_along,
    split_null_space,
)
from core.regression.diagnostics.collinearity import Diagnosis, Finding
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.rank import parts_kept
from dashboard.pipeline.jobs import long_work
from dashboard.pipeline.training import Problem, Result
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import state
from dashboard.visit.cache import cache_resource

SAME = 1e-9  # of a component: less is rounding


def draw_landing(problem: Problem, how: SgdConfig, result: Result, diagnosis: Diagnosis) -> None:
    """Draw the lesson: the formula, the numbers of this run, and a start that can be moved."""
    left, right = st.columns(2)
    left.latex(r"w \leftarrow w - \frac{\eta}{|B|} \sum_{i \in B} (\hat y_i - y_i)\, [x_i\; 1]")
    right.latex(r"\Rightarrow\; w_{\text{end}} - w_{\text{start}} \in \operatorname{span}\{[x_i\; 1]\}")
    if result.run.diverged:
        st.markdown(_("This run diverged, so it has no solution to analyse; choose a lower learning rate on Train."))
        return
    landing = split_null_space(result.run, result.fit)
    st.markdown(escape_markdown(_explain(result.run, landing)))
    left, right = st.columns([1, 1.25], gap="large")
    with left:
        finding = _choose(problem, diagnosis)
        amount = float(controls.slider("compare_start", _("Move the start along it by")))
        slope = _slope(problem.key, how.standardise, finding.column if finding else -1, problem, result, finding)
        moved = _moved(problem, how, result, slope, amount)
        _show_numbers(result.run, moved, slope, result, problem)
    with right:
        _show_way(result.run, moved, slope, amount)


def _explain(run: SgdRun, landing: NullSpaceSplit) -> str:
    if not landing.null_space.shape[1]:
        return _(
            "Each update is a linear combination of rows, and here the rows span every direction: wherever SGD "
            "starts, it heads for the same minimum. Along the flattest direction that takes a long time. Move the "
            "start along it and see."
        )
    sentence = _(
        "Each update is a linear combination of rows [x 1], so it stays in their span. The component of the start "
        "in the null space changes no prediction, and no gradient changes it. From zero, SGD therefore converges to "
        "the solution of minimum norm, in the coordinates trained in. Here that component has the norm {start} at "
        "the start and {end} at the end; it changed by {change}."
    ).format(
        start=format_number(landing.start_part, 10), end=format_number(landing.end_part, 10),
        change=format_number(landing.change, 2),
    )  # fmt: skip
    if run.config.rule.span_note is not None:
        sentence += " " + run.config.rule.span_note()
    elif run.ridge is not None:
        sentence += " " + _(
            "The penalty shrinks all weights, in the null space too: with it the minimum is unique, whatever the start."
        )
    elif landing.change <= SAME * max(landing.start_part, float(np.linalg.norm(landing.end))):
        sentence += " " + _("That is rounding error.")
    return sentence


def _choose(problem: Problem, diagnosis: Diagnosis) -> Finding | None:
    """Draw the choice of a direction in the null space; return None at full rank."""
    if not diagnosis.deficient:
        st.markdown(_("The direction: the flattest one of the loss."))
        return None
    findings = {problem.feature_names[finding.column]: finding for finding in diagnosis.findings}
    if state.get("compare_direction") not in findings:
        state.forget("compare_direction")
    chosen = st.selectbox(
        _("A direction that changes no prediction"),
        list(findings),
        format_func=lambda name: findings[name].sentence if name in findings else str(name),
        key="compare_direction",
        persist_state="session",  # bound to the address its sentence would be in the link
        help=_(
            "Raise the weights on one side of the equation, lower those on the other, and adjust the bias to match."
        ),
    )
    return findings[chosen]


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _slope(
    key: str, standardise: bool, column: int, _problem: Problem, _result: Result, _finding: Finding | None
) -> Slope:
    change = None if _finding is None else _finding.direction(len(_problem.feature_names))
    return flat_direction(_problem.X_train, _result.run.scaling, change)


def _moved(problem: Problem, how: SgdConfig, result: Result, slope: Slope, amount: float) -> SgdRun:
    """Return the same run from a start moved along the direction."""
    if amount == 0:
        return result.run
    key = f"{problem.key} {how} moved by {amount} along {slope.direction.tobytes().hex()}"
    return long_work(
        key,
        _("Training from the moved start"),
        lambda go_on: train(
            problem.X_train,
            problem.y_train,
            replace(how, initial=moved_start(result.run, slope.direction, amount)),
            X_test=problem.X_test,
            y_test=problem.y_test,
            fit=result.fit,
            feature_names=problem.feature_names,
            progress=go_on,
        ),
    )


def _show_numbers(run: SgdRun, moved: SgdRun, slope: Slope, result: Result, problem: Problem) -> None:
    own, other = parts_along(run, slope.direction), parts_along(moved, slope.direction)
    apart = float((run.predict(problem.X_train) - moved.predict(problem.X_train)).abs().max())
    table = pd.DataFrame(
        {
            "figure": [_("component along it at the start"), _("component along it at the end"), _("loss at the end"),
                       _("gap at the end")],
            "own": [own[0], own[-1], run.loss, run.gap],
            "moved": [other[0], other[-1], moved.loss, moved.gap],
        }
    )  # fmt: skip
    show_table(
        table,
        hide_index=True,
        column_config={
            "figure": st.column_config.TextColumn(_("Quantity"), pinned=True),
            "own": st.column_config.NumberColumn(_("Start as on Train"), format="%.10g"),
            "moved": st.column_config.NumberColumn(_("Start moved"), format="%.10g"),
        },
        alt=_("The component along the direction at start and end, loss and gap, for both starts."),
    )
    text = _("The two runs' predictions differ by at most {apart} {unit}.").format(
        apart=format_number(apart, 3), unit=problem.label
    )
    st.caption(escape_markdown(text + " " + _kept_words(run, slope)))


def _kept_words(run: SgdRun, slope: Slope) -> str:
    if run.ridge is not None or run.config.rule.span_note is not None:
        return _("A penalty or an optimizer like Adam changes the component along it as well.")
    if slope.eigenvalue == 0:
        return _("The component along it never changes: this is why the solution of SGD depends on where it starts.")
    return _(
        "Along it the Hessian of the loss has the eigenvalue {eigenvalue}; updates on all rows would keep (1 − η · "
        "{eigenvalue}) to the power of {steps}, that is {share}, of the initial error."
    ).format(
        eigenvalue=format_number(slope.eigenvalue, 4),
        steps=format_count(run.steps),
        share=format_number(slope.kept(run.config.learning_rate, run.steps), 4),
    )


def _show_way(run: SgdRun, moved: SgdRun, slope: Slope, amount: float) -> None:
    names = {_("start as on Train"): run} | (
        {_("start moved by {amount}").format(amount=format_general(amount)): moved} if amount else {}
    )
    way = pd.concat(
        [
            pd.DataFrame({"step": each.history["step"], "part": parts_along(each, slope.direction), "run": name})
            for name, each in names.items()
        ],
        ignore_index=True,
    )
    flat = slope.eigenvalue == 0 and run.ridge is None and run.config.rule.span_note is None
    title = _("No gradient changes this component") if flat else _("The path along this direction")
    own, other = parts_along(run, slope.direction), parts_along(moved, slope.direction)
    alt = _(
        "The component along the direction goes from {first} to {last}; with the start moved, from {moved} to {end}."
    )
    st.altair_chart(
        parts_kept(way, title),
        alt=alt.format(
            first=format_number(own[0], 4),
            last=format_number(own[-1], 4),
            moved=format_number(other[0], 4),
            end=format_number(other[-1], 4),
        ),
    )
    st.latex(
        rf"v^\top w_{{\text{{start}}}} = {format_latex(float(other[0]), 8)}"
        rf"\qquad v^\top w_{{\text{{end}}}} = {format_latex(float(other[-1]), 8)}"
    )
