"""The coefficients of a comparison in one of two units, in the chosen order, as a table and for drawing."""

import altair as alt
import numpy as np
import pandas as pd

from core.formatting import format_number
from core.language import _, ngettext
from core.regression import Comparison
from dashboard.charts.compare.intervals import MOST_ROWS, coefficient_intervals
from dashboard.pipeline.training import Problem, Result

_OUTSIZE = 5.0  # with a bias this many times the largest weight all weights would be drawn as one point


def in_units(comparison: Comparison, units: str) -> pd.DataFrame:
    """Return the coefficients in "raw" or "standardised" units, under the same names of columns."""
    rows = comparison.coefficients
    suffix, names = "_standardised", [str(column) for column in rows]
    if units == "raw":
        return rows[[name for name in names if not name.endswith(suffix)]]
    chosen = {name: name.removesuffix(suffix) for name in names if name.endswith(suffix)}
    return rows[["coefficient", *chosen]].rename(columns=chosen)


def arranged(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    """Return the rows by "size" or "difference" (largest first), "errors" (furthest first), "name", or as they are."""
    if order == "name":
        return rows.sort_values("coefficient", key=lambda names: names.str.casefold(), kind="stable")
    column = {"size": "closed_form", "difference": "difference", "errors": "errors_away"}.get(order)
    if column is None:
        return rows
    return rows.sort_values(column, key=np.abs, ascending=False, kind="stable", na_position="last")


def judgement(rows: pd.DataFrame, which: str) -> pd.Series:
    """Return in words whether each interval contains SGD's or the true coefficient."""
    inside = rows[f"{which}_within"].map({True: _("inside"), False: _("outside")})
    return inside.where(rows["estimable"], _("not determined")).fillna("–")


def verdict(rows: pd.DataFrame, confidence: int) -> str:
    """Return how many of the intervals contain SGD's coefficients, and how many the true ones, in sentences."""
    judged = rows[rows["sgd_within"].notna().to_numpy()]
    if not rows["estimable"].any():
        return _("The rows determine none of these coefficients individually, so none has an interval.")
    if judged.empty:
        return _(
            "There are too few rows to estimate the noise, so the coefficients of the closed form have no intervals."
        )
    sentence = ngettext(
        "The rows determine {count} coefficient individually. SGD lies inside the {confidence}% interval of {model} "
        "for {inside} of {count}.",
        "The rows determine {count} coefficients individually. SGD lies inside the {confidence}% interval of "
        "{model} for {inside} of them.",
        len(judged),
    ).format(
        model=_("least squares") if "least_squares" in rows else _("the closed form"),
        confidence=confidence,
        inside=int(judged["sgd_within"].sum()),
        count=len(judged),
    )
    if judged["errors_away"].notna().any():
        farthest = judged.iloc[int(judged["errors_away"].argmax())]
        sentence += " " + _("The furthest off is {name}, by {away} standard errors.").format(
            name=farthest["coefficient"], away=format_number(farthest["errors_away"], 3)
        )
    if "true" in rows:
        sentence += " " + _("The intervals contain the true value for {inside} of {count}.").format(
            inside=int(judged["true_within"].sum()), count=len(judged)
        )
    return sentence


def plot(
    rows: pd.DataFrame, problem: Problem, result: Result, units: str, confidence: int, *, in_errors: bool = False
) -> alt.LayerChart:
    """Draw the coefficients in their order, with `in_errors` those that have a standard error, in units of it."""
    drawn, left_out = _for_drawing(rows, units, in_errors)
    title = _("Coefficients and their intervals")
    if in_errors:
        middle = _("least squares") if "least_squares" in rows else _("the closed form")
        axis = _("standard errors from {model}").format(model=middle)
        title = _("How far SGD is from {model}").format(model=middle)
    elif units == "raw":
        axis = _("{label} per unit").format(label=problem.label)
    else:
        axis = _("{label} per standard deviation").format(label=problem.label)
    return coefficient_intervals(drawn, _model_names(rows, result, confidence), axis, title, left_out)


def _model_names(rows: pd.DataFrame, result: Result, confidence: int) -> dict[str, str]:
    """Return the legend names of the columns of estimates; the one with the interval first."""
    has_penalty = "least_squares" in rows
    if has_penalty:
        names = {"least_squares": _("least squares and its {confidence}% interval").format(confidence=confidence)}
    else:
        names = {"closed_form": _("closed form and its {confidence}% interval").format(confidence=confidence)}
    if not result.run.diverged:
        names["sgd"] = _("SGD")
    if has_penalty:
        names["closed_form"] = _("closed form with penalty")
    if "true" in rows:
        names["true"] = _("true")
    return names


def has_error(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Return which coefficients are determined and have a standard error above 0."""
    return rows["standard_error"].where(rows["estimable"]) > 0


def _for_drawing(rows: pd.DataFrame, units: str, in_errors: bool) -> tuple[pd.DataFrame, str]:
    """Return the first coefficients for the chart, and a sentence on what was left out, or "".

    With `in_errors` every coefficient is given as its distance from the closed form's, in standard errors of it, so
    that those of all units share one axis. In raw units those that are not determined are left out: their values in
    the minimum-norm solution have no meaning there, and are far away.
    """
    drawn, left_out = rows, []
    sure = rows["estimable"]
    if units == "raw" and sure.any() and not sure.all():
        drawn = rows[sure]
        left_out.append(_("Without those that the rows do not determine."))
    if in_errors:
        known = has_error(drawn).to_numpy()
        drawn = _as_errors(drawn[known])
        if not known.all():
            left_out.append(_("Without those that have no standard error."))
    else:
        is_bias = drawn.index == rows.index.max()
        sizes = drawn["closed_form"].abs().to_numpy()
        if sizes[is_bias].max(initial=0.0) > _OUTSIZE * sizes[~is_bias].max(initial=0.0) > 0:
            drawn = drawn[~is_bias]
            left_out.append(_("Without the bias, which is far larger."))
    if len(drawn) > MOST_ROWS:
        left_out.append(_("The first {shown} of {count}.").format(shown=MOST_ROWS, count=len(drawn)))
        drawn = drawn.head(MOST_ROWS)
    if not drawn["estimable"].all():
        left_out.append(_("Hollow: not determined individually."))
    return drawn.rename(columns={"coefficient": "parameter"}), " ".join(left_out)


def _as_errors(rows: pd.DataFrame) -> pd.DataFrame:
    columns = [name for name in ("true", "sgd", "closed_form", "least_squares", "low", "high") if name in rows]
    middle = rows["least_squares" if "least_squares" in rows else "closed_form"]
    moved = rows[columns].sub(middle, axis=0).div(rows["standard_error"], axis=0)
    return rows.assign(**{column: moved[column] for column in columns})
