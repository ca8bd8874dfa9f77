"""How exact: the digits that can be vouched for, and what the usual methods get right on this very table."""

from math import log10

import altair as alt
import pandas as pd
import streamlit as st

from core.formatting import format_count
from core.language import N_, _
from core.regression.config import SgdConfig
from core.regression.exactness import FULL, SINGLE, Exactness, Score, measure_exactness, score_answer
from dashboard.charts.exactness import digits_right
from dashboard.parts.cached import cache_resource
from dashboard.parts.compare import exact_lesson
from dashboard.parts.figures import figure
from dashboard.parts.frame import boxes
from dashboard.parts.plain import plain
from dashboard.parts.training import Problem, Result


def draw_exact(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the view."""
    found = _measure(problem.key, problem, result)
    sgd = _score_sgd(problem.key, how, problem, result)
    st.header(_("How many digits are right"), anchor=False)
    st.markdown(plain(_explain(result)))
    boxes(
        [
            (_("Digits vouched for"), figure(min(result.fit.digits, FULL), 4)),
            (
                _("Condition number"),
                figure(found.condition, 4),
                _("Of the columns scaled to length 1, the column of ones among them; columns that depend left out."),
            ),
            (_("Digits it may cost"), figure(log10(found.condition), 3)),
            (_("The normal equations, twice that"), figure(2 * log10(found.condition), 3)),
        ]
    )
    scores = [*found.scores, sgd]
    st.altair_chart(_chart(scores), alt=_alt(found))
    left, right = st.columns(2)
    left.latex(r"\text{digits right} \approx -\log_{10} \frac{|w - w^*|}{|w^*|}")
    right.latex(r"\text{rule of thumb: } \text{digits held} - p\, \log_{10} \kappa")
    st.caption(
        _("p is 2 for the normal equations, whose AᵀA has the square of the condition number κ of A, and else 1.")
    )
    _show_table(scores, found, problem)
    _show_lines(found)
    exact_lesson.draw_exact_lesson(problem, result)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Counting digits"))
def _measure(key: str, _problem: Problem, _result: Result) -> Exactness:
    return measure_exactness(_problem.X_train, _problem.y_train, _result.fit)


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _score_sgd(key: str, how: SgdConfig, _problem: Problem, _result: Result) -> Score:
    run = _result.run
    return score_answer(_problem.X_train, _problem.y_train, _result.fit, _("SGD, as trained"), run.weights, run.bias)


def _explain(result: Result) -> str:
    fit = result.fit
    told = _(
        "The closed form of the lab was found by this road: {method}. It vouches for {digits} digits of every "
        "coefficient; a float64 holds {full}. Beside it stand the usual methods, each run on your rows just now."
    ).format(method=fit.method, digits=figure(min(fit.digits, FULL), 4), full=figure(FULL, 4))
    if fit.rank < fit.columns:
        told += " " + _(
            "Some columns depend on others, so many answers fit equally well: each answer is compared without the part "
            "that changes no prediction, and the rule of thumb is that of the table without the spare columns. "
            "Elimination and QR know nothing of spare columns, so what they return is luck."
        )
    return told


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
                _("what a float32 holds: {digits} digits").format(digits=figure(SINGLE, 3)),
                _("what a float64 holds: {digits} digits").format(digits=figure(FULL, 3)),
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


def _alt(found: Exactness) -> str:
    told = _("Digits right of the worst coefficient: {list}.")
    listed = ", ".join(f"{score.name} {figure(score.coefficient_digits, 2)}" for score in found.scores)
    return told.format(list=listed)


def _show_table(scores: list[Score], found: Exactness, problem: Problem) -> None:
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
    st.dataframe(
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
            "One row per method: right digits of its worst coefficient, predictions and loss, and the rule of thumb."
        ),
    )
    if found.rows < found.of_rows:
        told = _(
            "The methods run on {rows} of the {of_rows} training rows, evenly spread; SGD is judged on all of them."
        )
        st.caption(plain(told.format(rows=format_count(found.rows), of_rows=format_count(found.of_rows))))


def _overflow_words(score: Score) -> str:
    return _("Its numbers overflow: some are infinite or not a number.") if score.failure == "overflows" else ""


def _show_lines(found: Exactness) -> None:
    with st.expander(_("The lines themselves"), icon=":material/code:"):
        st.markdown(_("A holds the features and a column of ones for the bias, in the precision named:"))
        for score in found.scores:
            if score.method is not None:
                st.markdown(plain(score.name))
                st.code(score.method.line.code, language="python", wrap_lines=True)
