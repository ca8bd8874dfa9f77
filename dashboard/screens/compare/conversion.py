"""A coefficient converted between units, step by step; and the difference of two that are not determined."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_latex, format_number, format_percent
from core.language import _
from core.regression import ClosedForm, Leverage, combine, fit_leverage
from dashboard.pipeline.training import Problem, Result
from dashboard.ui.escape import escape_markdown
from dashboard.visit import state
from dashboard.visit.cache import cache_resource


def leverage(problem: Problem, result: Result) -> Leverage:
    """Return the leverage of the problem's training rows."""
    return _leverage(problem.key, problem, result.fit)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _leverage(key: str, _problem: Problem, _fit: ClosedForm) -> Leverage:
    return fit_leverage(_problem.X_train, _fit)


DIGITS = 5


def draw_conversion(problem: Problem, result: Result) -> None:
    """Draw the conversion of a coefficient for standardised features to the table's units."""
    rows = result.comparison.coefficients
    with st.expander(_("From standardised to the table's units"), icon=":material/straighten:", expanded=True):
        position = st.selectbox(
            _("Coefficient to convert"),
            range(len(rows)),
            format_func=list(rows["coefficient"]).__getitem__,
            key=f"compare_convert_{state.digest(problem.key.encode())}",
            persist_state="session",
        )
        if position == len(rows) - 1:
            _convert_bias(result)
        else:
            _convert_weight(result, position)


def _convert_weight(result: Result, position: int) -> None:
    row = result.comparison.coefficients.iloc[position]
    centre, spread = float(result.scaling.centre[position]), float(result.scaling.spread[position])
    scale = format_latex(spread, DIGITS)
    away = f"x - {format_latex(centre, DIGITS)}" if centre >= 0 else f"x + {format_latex(-centre, DIGITS)}"
    formulas = [(_("the feature"), rf"z = ({away}) / {scale}"), (_("its weight"), rf"w = w_z / {scale}")]
    if _converts(row):
        names = {"sgd": _("SGD"), "closed_form": _("closed form"), "least_squares": _("least squares")}
        names = {
            key: name for key, name in names.items() if key in row and (row["estimable"] or key != "least_squares")
        }
        if row["estimable"]:
            names["standard_error"] = _("standard error")
        pairs = [(name, float(row[f"{key}_standardised"]), float(row[key])) for key, name in names.items()]
    else:
        landed = float(result.run.weights[position])
        pairs = [(_("SGD, as trained"), landed * spread, landed)]
    formulas += [
        (name, rf"{format_latex(standardised, DIGITS)} / {scale} = {format_latex(raw, DIGITS)}")
        for name, standardised, raw in pairs
        if np.isfinite(raw)
    ]
    _show(formulas)
    if row["estimable"]:
        st.caption(_("The interval shrinks by the same factor, so SGD is inside both or neither."))
    else:
        _explain_undetermined(row)


def _convert_bias(result: Result) -> None:
    row = result.comparison.coefficients.iloc[-1]
    formulas = [(_("the bias"), r"b = b_z - \textstyle\sum_j w_j \cdot \text{mean}_j")]
    if not _converts(row):
        landed, weights = result.run.bias, result.run.weights.numpy()
        at_mean = float(result.scaling.to_standard(weights, landed)[1])
        _show([*formulas, (_("SGD, as trained"), _difference(at_mean, landed))])
        _explain_undetermined(row)
        return
    for name, key in ((_("SGD"), "sgd"), (_("closed form"), "closed_form")):
        formulas.append((name, _difference(float(row[f"{key}_standardised"]), float(row[key]))))
    if not row["estimable"]:
        _show(formulas)
        _explain_undetermined(row)
        return
    at_mean, at_zero = float(row["standard_error_standardised"]), float(row["standard_error"])
    if np.isfinite(at_zero):
        of_weights = format_latex(float(np.sqrt(max(at_zero**2 - at_mean**2, 0.0))), DIGITS)
        squares = rf"\sqrt{{({format_latex(at_mean, DIGITS)})^2 + ({of_weights})^2}}"
        formulas.append((_("standard error"), f"{squares} = {format_latex(at_zero, DIGITS)}"))
    _show(formulas)
    st.caption(
        _("At the mean row the error is σ/√n alone. At x = 0 the uncertainty of the weights is added: the second "
          "square, from their covariance.")
    )  # fmt: skip


def _difference(at_mean: float, at_zero: float) -> str:
    taken = at_mean - at_zero
    sign = "-" if taken >= 0 else "+"
    return (
        f"{format_latex(at_mean, DIGITS)} {sign} {format_latex(abs(taken), DIGITS)} = {format_latex(at_zero, DIGITS)}"
    )


def _show(formulas: list[tuple[str, str]]) -> None:
    """Draw named formulas side by side, as many to a line as fit."""
    row = st.container(horizontal=True, gap="medium")
    for name, formula in formulas:
        with row.container(width="content", gap=None):
            st.caption(escape_markdown(name))
            st.latex(formula, width="content")


def _converts(row: "pd.Series[Any]") -> bool:
    """Whether the values of the table in one unit are the conversion of those in the other.

    For a coefficient that is not determined each unit shows the minimum-norm solution; with a penalty it is unique.
    """
    return bool(row["estimable"]) or "least_squares" in row


def _explain_undetermined(row: "pd.Series[Any]") -> None:
    sentence = _(
        "The rows do not determine “{name}” individually: it can change together with others without changing any "
        "prediction. So it has no interval."
    )
    if not _converts(row):
        sentence += " " + _(
            "In either unit the table shows the solution of minimum norm, and converting the one does not give the "
            "other."
        )
    st.caption(escape_markdown(sentence.format(name=row["coefficient"])))


def draw_difference(problem: Problem, result: Result, confidence: float) -> None:
    """Draw the choice of two coefficients that are not determined, and what is known of their difference."""
    rows = result.comparison.coefficients
    loose = [position for position in range(len(rows) - 1) if not rows["estimable"].iloc[position]]
    if len(loose) < 2:
        return
    with st.expander(_("What the rows do determine: differences"), icon=":material/compare:", expanded=True):
        names, of = list(rows["coefficient"]), state.digest(problem.key.encode())
        places = st.columns(2)
        chosen = [
            place.selectbox(
                label, loose, index=start, format_func=names.__getitem__, key=f"compare_{key}_{of}",
                persist_state="session",
            )
            for place, label, key, start in zip(
                places, (_("Weight of"), _("less the weight of")), ("first", "second"), (0, 1), strict=True
            )
        ]  # fmt: skip
        st.markdown(escape_markdown(_told_difference(problem, result, chosen[0], chosen[1], confidence)))


def _told_difference(problem: Problem, result: Result, first: int, second: int, confidence: float) -> str:
    shares = np.zeros(len(result.fit.weights))
    shares[first] += 1
    shares[second] -= 1
    found = combine(result.fit, leverage(problem, result), shares, 0.0, confidence)
    by_sgd = format_number(float(result.run.weights[first] - result.run.weights[second]))
    model = _("closed form") if result.run.ridge is None else _("least squares")
    if not found.estimable:
        return _("The rows do not determine this difference either.")
    if found.low is None or found.high is None:
        return _("SGD {sgd}, {model} {exact}; there are too few rows for an interval.").format(
            sgd=by_sgd, model=model, exact=format_number(found.value)
        )
    return _("SGD {sgd}, {model} {exact}, with a {confidence} interval from {low} to {high}.").format(
        sgd=by_sgd,
        model=model,
        exact=format_number(found.value),
        confidence=format_percent(confidence),
        low=format_number(found.low),
        high=format_number(found.high),
    )
