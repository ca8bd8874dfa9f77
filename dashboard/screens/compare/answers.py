"""The predictions for a row: where SGD's lies in the intervals, and warnings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.formatting import format_date, format_list, format_number
from core.language import _
from core.regression import Leverage
from dashboard.pipeline.plan_names import level_name
from dashboard.pipeline.training import Result
from dashboard.screens.compare.row_source import Field

HIGH = 2.0  # times the average leverage


@dataclass(frozen=True, eq=False)
class Answer:
    """The predictions of the models for some rows.

    `table` is that of `predict_intervals`, with the predictions sgd, closed_form (with a penalty ridge's) and
    least_squares, and errors_away, between SGD and least squares, in standard errors; `told` is the same with
    predictions and intervals in the units of the table, which differ if the target is transformed. `notes` are the
    recipe's; `outside` has a phrase for every value outside the range of the training rows.
    """

    table: pd.DataFrame
    told: pd.DataFrame
    lean: Leverage
    notes: tuple[str, ...]
    outside: tuple[str, ...]


def outside(fields: Sequence[Field], row: pd.DataFrame) -> Iterator[str]:
    """Yield a phrase for every value of the first row that is outside the range of the training rows."""
    for field in fields:
        value = row[field.name].iloc[0]
        if pd.isna(value):
            continue
        if field.kind == "number" and not field.low <= value <= field.high:
            if field.low == field.high:
                yield _("{column} (always {value})").format(column=field.name, value=format_number(field.low))
            else:
                yield _("{column} ({low} to {high})").format(
                    column=field.name, low=format_number(field.low), high=format_number(field.high)
                )
        if field.span and not field.span[0] <= value <= field.span[1]:
            yield _("{column} ({low} to {high})").format(
                column=field.name, low=format_date(field.span[0]), high=format_date(field.span[1])
            )
        if field.kind == "choice" and value not in field.seen:
            yield _("{column} (never “{value}”)").format(column=field.name, value=level_name(value))


def place_of_sgd(answer: Answer, result: Result, confidence: int) -> str:
    """Return where SGD's prediction lies in the intervals, how wide they are and why."""
    one = answer.told.iloc[0]
    if not np.isfinite(one["row_low"]) or np.isnan(one["sgd"]):
        return _("SGD predicts {sgd}, the closed form {exact}; there is no interval to compare them with.").format(
            sgd=format_number(one["sgd"]), exact=format_number(one["closed_form"])
        )
    if one["mean_low"] <= one["sgd"] <= one["mean_high"]:
        sentence = _("SGD's prediction lies inside the {confidence}% interval of the mean.")
    elif one["row_low"] <= one["sgd"] <= one["row_high"]:
        sentence = _(
            "SGD's prediction lies outside the {confidence}% interval of the mean, but inside that of a new row."
        )
    else:
        sentence = _("SGD's prediction lies outside both {confidence}% intervals.")
    sentence = sentence.format(confidence=confidence)
    if one["standard_error"] > 0:
        away = format_number(one["errors_away"], 3)
        sentence += " " + _("It is {away} standard errors from the middle.").format(away=away)
    sentence += " " + _("The row's leverage is {own}; the average is {average}.").format(
        own=format_number(one["leverage"], 3), average=format_number(answer.lean.average, 3)
    )
    if result.run.ridge is not None:
        sentence += " " + _(
            "The intervals are those of least squares without the penalty, which predicts {value}."
        ).format(value=format_number(one["least_squares"]))
    return sentence


def warnings(answer: Answer, result: Result) -> list[str]:
    """Return what to know before trusting the prediction of a row unlike the training rows; "" for one like them."""
    one, lean, sentences = answer.table.iloc[0], answer.lean, []
    if answer.outside:
        sentences.append(
            _("Outside the range of the training rows: {columns}.").format(columns=format_list(answer.outside))
        )
    if not one["estimable"]:
        sentences.append(
            _("The row breaks a linear dependence that holds in all training rows, so solutions that fit those "
              "equally well predict different values here: there is no interval.")
        )  # fmt: skip
        sentences += result.fit.dependencies[:3]
    elif one["leverage"] > lean.highest * (1 + 1e-9):
        sentences.append(
            _("No training row has a leverage as high as {own}: this is extrapolation, and nothing shows that the "
              "relation is still linear here.").format(own=format_number(one["leverage"], 3))
        )  # fmt: skip
    elif one["leverage"] > HIGH * lean.average:
        sentences.append(
            _("The leverage is {times} times the average: few training rows are like this one, as a whole or in one "
              "value, so the intervals are wide.").format(times=format_number(one["leverage"] / lean.average, 2))
        )  # fmt: skip
    return sentences


def models(answer: Answer, result: Result, known: float | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the intervals and the predictions of the first row for drawing. A run that diverged is left out."""
    one = answer.told.iloc[0]
    lines = {"mean": _("mean of such rows"), "row": _("one new row")}
    intervals = pd.DataFrame(
        [{"what": line, "low": one[f"{key}_low"], "high": one[f"{key}_high"]} for key, line in lines.items()]
    )
    intervals = intervals.replace([np.inf, -np.inf], np.nan).dropna()
    values = {_("closed form"): one["closed_form"]}
    if not result.run.diverged:
        values[_("SGD")] = one["sgd"]
    points = [
        {"what": line, "model": model, "value": value} for model, value in values.items() for line in lines.values()
    ]
    if known is not None:
        points.append({"what": lines["row"], "model": _("in the table"), "value": known})
    return intervals, pd.DataFrame(points)
