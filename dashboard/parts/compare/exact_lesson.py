"""A column shifted or scaled: how the normal equations break while the exact closed form stays."""

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_general
from core.language import _
from core.regression.exactness_lesson import MOST_FEATURES, MOST_ROWS, Lesson, excerpt, teach
from dashboard.charts.exactness import digits_lost
from dashboard.parts import knobs, state
from dashboard.parts.figures import figure
from dashboard.parts.frame import boxes
from dashboard.parts.long_work import long_work
from dashboard.parts.plain import plain, show_warning
from dashboard.parts.training import Problem, Result

SHOWN = ("normal32", "normal64", "qr64", "lstsq64")


def draw_exact_lesson(problem: Problem, result: Result) -> None:
    """Draw the lesson: what to do to which column, and the digits that are left."""
    st.header(_("Break it: shift or scale a column"), anchor=False)
    kept = _kept(result)
    if not kept:
        st.markdown(_("No column is left to try it on: each of them depends on the column of ones."))
        return
    names = {problem.feature_names[j]: j for j in kept}
    left, right = st.columns([1, 1.9], gap="large")
    with left:
        name = _choose(problem, names)
        change = knobs.either("compare_change", _("What is done to it"))
        amount = float(knobs.slider("compare_amount", _("The constant")))
    try:
        lessons = _teach(problem, kept, names[name], change)
    except InputError as trouble:
        show_warning(str(trouble))
        return
    here = next((lesson for lesson in lessons if lesson.amount == amount), None)
    with left:
        st.markdown(plain(_explain(name, change, here)))
        if len(problem.y_train) > MOST_ROWS or len(kept) > MOST_FEATURES:
            told = _("Tried on at most {rows} evenly spread rows and {features} features of the table.")
            st.caption(plain(told.format(rows=format_count(MOST_ROWS), features=MOST_FEATURES)))
    with right:
        if lessons:
            title = _("constant added to {name}") if change == "shift" else _("constant that multiplies {name}")
            st.altair_chart(
                digits_lost(_lines(lessons), _rule(lessons), amount, title.format(name=name)), alt=_alt(lessons)
            )
    if here is not None:
        _show_figures(here)


def _kept(result: Result) -> list[int]:
    spare = {relation.column for relation in result.fit.relations}
    return [j for j in range(len(result.fit.weights)) if j not in spare]


def _choose(problem: Problem, names: dict[str, int]) -> str:
    """Let a column be chosen; at first the first one that is more than 0 and 1."""
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
    amounts = [float(amount) for amount in knobs.KNOBS["compare_amount"].options]
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


def _alt(lessons: tuple[Lesson, ...]) -> str:
    first, last = lessons[0], lessons[-1]
    listed = ", ".join(
        f"{before.name} {figure(before.coefficient_digits, 2)} → {figure(after.coefficient_digits, 2)}"
        for before, after in zip(first.exactness.scores, last.exactness.scores, strict=True)
    )
    return _("Right digits of the worst coefficient, from the constant {low} to {high}: {list}.").format(
        low=format_general(first.amount), high=format_general(last.amount), list=listed
    )


def _explain(name: str, change: str, here: Lesson | None) -> str:
    if change == "shift":
        told = _(
            "To add a constant to “{name}” changes nothing but the bias, for a person. For a computer the column gets "
            "ever more like the column of ones, the condition number grows, and the digits go: once for QR, twice for "
            "the normal equations. Years and prices are such columns. Taking the mean off first is the cure."
        )
    else:
        told = _(
            "To multiply “{name}” by a constant changes only its unit. The condition number of columns scaled to "
            "length 1 stays, and so do the digits of elimination and QR; methods that throw small singular values away "
            "can lose the other columns."
        )
    told = told.format(name=name)
    if here is not None:
        told += " " + _("Here the condition number is {condition}.").format(
            condition=figure(here.exactness.condition, 4)
        )
    return told


def _show_figures(here: Lesson) -> None:
    boxes(
        [
            (score.name, _failed(score.failure) or figure(score.coefficient_digits, 3))
            for score in here.exactness.scores
            if score.method is None or score.method.key in SHOWN
        ]
    )


def _failed(failure: str | None) -> str:
    return {"raises": _("raises"), "overflows": _("overflows")}.get(failure or "", "")
