"""How exact: the guaranteed digits, and what the usual methods get right on this very table."""

from math import log10

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_general, format_list, format_number
from core.language import N_, _
from core.regression.experiments.solver_accuracy import (
    FULL,
    MOST_FEATURES,
    MOST_ROWS,
    SINGLE,
    Lesson,
    Score,
    SolverAccuracy,
    excerpt,
    measure_solver_accuracy,
    score_answer,
    teach,
)
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.exact import digits_lost, digits_right
from dashboard.pipeline.jobs import long_work
from dashboard.pipeline.training import Problem, Result
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.page import boxes
from dashboard.ui.tables import show_table
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

SHOWN = ("normal32", "normal64", "qr64", "lstsq64")


def draw_exact_lesson(problem: Problem, result: Result) -> None:
    """Draw the lesson: the change to a column, and the digits that remain."""
    st.header(_("Break it: shift or scale a column"), anchor=False)
    kept = _kept(result)
    if not kept:
        st.markdown(_("No column is left to try it on: each is a multiple of the column of ones."))
        return
    names = {problem.feature_names[j]: j for j in kept}
    left, right = st.columns([1, 1.9], gap="large")
    with left:
        name = _choose(problem, names)
        change = controls.either("compare_change", _("Change to the column"))
        amount = float(controls.slider("compare_amount", _("The constant")))
    try:
        lessons = _teach(problem, kept, names[name], change)
    except InputError as trouble:
        show_warning(str(trouble))
        return
    here = next((lesson for lesson in lessons if lesson.amount == amount), None)
    with left:
        st.markdown(escape_markdown(_explain_lesson(name, change, here)))
        if len(problem.y_train) > MOST_ROWS or len(kept) > MOST_FEATURES:
            template = _("Tried on at most {rows} evenly spread rows and {features} features of the table.")
            st.caption(escape_markdown(template.format(rows=format_count(MOST_ROWS), features=MOST_FEATURES)))
    with right:
        if lessons:
            title = _("constant added to {name}") if change == "shift" else _("constant that multiplies {name}")
            st.altair_chart(
                digits_lost(_lines(lessons), _rule(lessons), amount, title.format(name=name)), alt=_lesson_alt(lessons)
            )
    if here is not None:
        _show_figures(here)


def _kept(result: Result) -> list[int]:
    spare = {relation.column for relation in result.fit.relations}
    return [j for j in range(len(result.fit.weights)) if j not in spare]


def _choose(problem: Problem, names: dict[str, int]) -> str:
    """Draw the choice of a column; the default is the first one with other values than 0 and 1."""
    if state.get("compare_column") not in names:
        state.forget("compare_column")
    values = problem.X_train.numpy()
    first = next((name for name, j in names.items() if not np.isin(values[:, j], (0.0, 1.0)).all()), next(iter(names)))
    chosen = st.selectbox(
        _("Column"),
        list(names),
        index=list(names).index(first),
        key="compare_column",
        bind=state.bound("compare_column"),
    )
    return str(chosen)


def _teach(problem: Problem, kept: list[int], column: int, change: str) -> tuple[Lesson, ...]:
    """Return the lesson for every amount on the slider."""
    amounts = [float(amount) for amount in settings.KNOBS["compare_amount"].options]
    X, y, place = excerpt(problem.X_train, problem.y_train, kept, column)
    return long_work(
        f"{problem.key} {change} {column}",
        _("Shifting and scaling"),
        lambda go_on: teach(X, y, place, "shift" if change == "shift" else "scale", amounts, go_on),
    )


def _lines(lessons: tuple[Lesson, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"amount": lesson.amount, "digits": score.coefficient_digits, "method": score.name}
            for lesson in lessons
            for score in lesson.exactness.scores
            if score.method is None or score.method.key in SHOWN
        ]
    )


def _rule(lessons: tuple[Lesson, ...]) -> pd.DataFrame:
    """Return what the rule of thumb expects of QR, and of normal equations, in float64."""
    rows = []
    for lesson in lessons:
        expected = {score.method.key: score.expected for score in lesson.exactness.scores if score.method}
        rows.append({"amount": lesson.amount, "once": expected["qr64"], "twice": expected["normal64"]})
    return pd.DataFrame(rows)


def _lesson_alt(lessons: tuple[Lesson, ...]) -> str:
    first, last = lessons[0], lessons[-1]
    listed = format_list(
        f"{before.name} {format_number(before.coefficient_digits, 2)} → {format_number(after.coefficient_digits, 2)}"
        for before, after in zip(first.exactness.scores, last.exactness.scores, strict=True)
    )
    return _("Correct digits of the worst coefficient, from the constant {low} to {high}: {list}.").format(
        low=format_general(first.amount), high=format_general(last.amount), list=listed
    )


def _explain_lesson(name: str, change: str, here: Lesson | None) -> str:
    if change == "shift":
        sentence = _(
            "In exact arithmetic, adding a constant to “{name}” changes only the bias. In floating point, the "
            "column becomes more and more like the column of ones, the condition number grows, and digits are lost, "
            "twice as many with the normal equations as with QR. Years and prices are such columns. Subtracting the "
            "mean first prevents it."
        )
    else:
        sentence = _(
            "Multiplying “{name}” by a constant changes only its unit. The condition number of columns scaled to "
            "length 1 stays the same, and so do the digits of elimination and QR; methods that drop small singular "
            "values can lose the other columns."
        )
    sentence = sentence.format(name=name)
    if here is not None:
        sentence += " " + _("Here the condition number is {condition}.").format(
            condition=format_number(here.exactness.condition, 4)
        )
    return sentence


def _show_figures(here: Lesson) -> None:
    boxes(
        [
            (score.name, _failed(score.failure) or format_number(score.coefficient_digits, 3))
            for score in here.exactness.scores
            if score.method is None or score.method.key in SHOWN
        ]
    )


def _failed(failure: str | None) -> str:
    return {"raises": _("raises"), "overflows": _("overflows")}.get(failure or "", "")


def draw_exact(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the view."""
    found = _measure(problem.key, problem, result)
    sgd = _score_sgd(problem.key, how, problem, result)
    st.header(_("How many digits are correct"), anchor=False)
    st.markdown(escape_markdown(_explain(result)))
    boxes(
        [
            (_("Guaranteed digits"), format_number(min(result.fit.digits, FULL), 4)),
            (
                _("Condition number"),
                format_number(found.condition, 4),
                _("Of the columns scaled to length 1, the column of ones included; dependent columns are left out."),
            ),
            (_("Digits it may cost"), format_number(log10(found.condition), 3)),
            (_("The normal equations, twice that"), format_number(2 * log10(found.condition), 3)),
        ]
    )
    scores = [*found.scores, sgd]
    st.altair_chart(_chart(scores), alt=_alt(found))
    left, right = st.columns(2)
    digits, rule, held = _("digits right"), _("rule of thumb"), _("digits held")
    left.latex(rf"\text{{{digits}}} \approx -\log_{{10}} \frac{{|w - w^*|}}{{|w^*|}}")
    right.latex(rf"\text{{{rule}: }} \text{{{held}}} - p\, \log_{{10}} \kappa")
    st.caption(
        _("p is 2 for the normal equations, since AᵀA has the square of the condition number κ of A, and 1 otherwise.")
    )
    _show_table(scores, found, problem)
    _show_lines(found)
    draw_exact_lesson(problem, result)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Counting digits"))
def _measure(key: str, _problem: Problem, _result: Result) -> SolverAccuracy:
    return measure_solver_accuracy(_problem.X_train, _problem.y_train, _result.fit)


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _score_sgd(key: str, how: SgdConfig, _problem: Problem, _result: Result) -> Score:
    run = _result.run
    return score_answer(_problem.X_train, _problem.y_train, _result.fit, _("SGD, as trained"), run.weights, run.bias)


def _explain(result: Result) -> str:
    fit = result.fit
    sentence = _(
        "The closed form was solved by this method: {method}. It guarantees {digits} digits of every coefficient; a "
        "float64 holds {full}. It is compared with the usual methods, each run on your rows just now."
    ).format(method=fit.method, digits=format_number(min(fit.digits, FULL), 4), full=format_number(FULL, 4))
    if fit.rank < fit.columns:
        sentence += " " + _(
            "Some columns are linearly dependent, so many solutions fit equally well: each is compared without its "
            "component in the null space, which changes no prediction, and the rule of thumb is that of the table "
            "without the dependent columns. Elimination and QR do not handle dependent columns, so what they return "
            "is arbitrary."
        )
    return sentence


def _chart(scores: list[Score]) -> alt.LayerChart:
    parts = {"coefficient_digits": _("worst coefficient"), "prediction_digits": _("predictions"),
             "expected": _("rule of thumb")}  # fmt: skip
    answered = [score for score in scores if score.failure is None]
    rows = [
        {"method": score.name, "part": name, "digits": getattr(score, field)}
        for field, name in parts.items()
        for score in scores
        if getattr(score, field) is not None and (field == "expected" or score in answered)
    ]
    failures = [{"method": score.name, "words": _failure(score)} for score in scores if score.failure is not None]
    room = pd.DataFrame(
        {
            "digits": [SINGLE, FULL],
            "words": [
                _("what a float32 holds: {digits} digits").format(digits=format_number(SINGLE, 3)),
                _("what a float64 holds: {digits} digits").format(digits=format_number(FULL, 3)),
            ],
        }
    )
    order = {score.name: place for place, score in enumerate(scores)}
    frame = pd.DataFrame(rows).sort_values("method", key=lambda names: names.map(order), kind="stable")
    return digits_right(
        frame,
        pd.DataFrame(failures, columns=["method", "words"]),
        room,
        _("Dashed: what a float32 and a float64 hold."),
    )


def _failure(score: Score) -> str:
    if score.failure == "overflows":
        return _("overflows")
    return _("raises {error}").format(error=score.error.partition(":")[0])


def _alt(found: SolverAccuracy) -> str:
    template = _("Correct digits of the worst coefficient: {list}.")
    listed = format_list(f"{score.name} {format_number(score.coefficient_digits, 2)}" for score in found.scores)
    return template.format(list=listed)


def _show_table(scores: list[Score], found: SolverAccuracy, problem: Problem) -> None:
    names = [*problem.feature_names, _("bias")]
    rows = [
        {
            "method": score.name,
            "coefficient": score.coefficient_digits,
            "worst": names[score.worst] if score.failure is None and score.coefficient_digits < FULL - 0.1 else "–",
            "predictions": score.prediction_digits,
            "loss": score.loss_digits,
            "expected": score.expected,
            "said": score.error if score.failure == "raises" else _overflow_words(score),
        }
        for score in scores
    ]
    show_table(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="–",
        height=38 + 35 * len(rows),
        column_config={
            "method": st.column_config.TextColumn(_("Method"), pinned=True),
            "coefficient": st.column_config.NumberColumn(_("Worst coefficient"), format="%.1f"),
            "worst": st.column_config.TextColumn(_("Which")),
            "predictions": st.column_config.NumberColumn(_("Predictions"), format="%.1f"),
            "loss": st.column_config.NumberColumn(_("Loss"), format="%.1f"),
            "expected": st.column_config.NumberColumn(_("Rule of thumb"), format="%.1f"),
            "said": st.column_config.TextColumn(_("What went wrong"), width="large"),
        },
        alt=_(
            "One row per method: correct digits of its worst coefficient, predictions and loss, and the rule of thumb."
        ),
    )
    if found.rows < found.of_rows:
        template = _(
            "The methods run on {rows} of the {of_rows} training rows, evenly spread; SGD is evaluated on all of them."
        )
        st.caption(escape_markdown(template.format(rows=format_count(found.rows), of_rows=format_count(found.of_rows))))


def _overflow_words(score: Score) -> str:
    return _("It overflows: some of its numbers are infinite or not a number.") if score.failure == "overflows" else ""


def _show_lines(found: SolverAccuracy) -> None:
    with st.expander(_("The lines themselves"), icon=":material/code:"):
        st.markdown(_("A holds the features and a column of ones for the bias, in the precision named:"))
        for score in found.scores:
            if score.method is not None:
                st.markdown(escape_markdown(score.name))
                st.code(score.method.line.code, language="python", wrap_lines=True)
