"""The steps that encode a value as a number and scale it."""

import numpy as np

from core.formatting import format_list
from core.language import _
from core.preprocessing.analysis.provenance.step import Step
from core.preprocessing.column_types.infer import write_value
from core.preprocessing.recipes.choices import Part
from core.preprocessing.recipes.dates import A_DAY, date_part, read_moment
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.scale import scaled
from core.preprocessing.recipes.transform import rank_of


def encode_step(column: FittedColumn, place: int, value: float | str | None) -> Step:
    """Return the number of a filled value in the feature at this position of its column."""
    if column.plan.encode == "one_hot":
        return _one_hot_step(column, place, value)
    assert value is not None, "only a one-hot column has gaps after filling"
    if column.plan.encode == "number":
        return Step("encode", float(value), _("A number needs no encoding."))
    if column.plan.encode == "date":
        return _date_step(column.plan.parts[place], str(value))
    rank = rank_of(column, value)
    return Step("encode", rank, _rank_sentence(column, write_value(value)))


def mark_step(was_gap: bool) -> Step:
    """Return the step of the feature that marks missing values."""
    sentence = _("This feature asks: was the value missing? Yes: 1.") if was_gap else _(
        "This feature asks: was the value missing? No: 0."
    )  # fmt: skip
    return Step("encode", float(was_gap), sentence)


def scale_step(column: FittedColumn, number: float) -> Step | None:
    """Return the step that scales a number; None if it is not scaled."""
    scale = column.plan.scale
    if scale == "none":
        return None
    value = float(scaled(np.array([number]), scale, column.centre, column.spread)[0])
    sentence = {
        "standard": _("Standardised: mean and standard deviation were learnt from the filled training rows."),
        "min_max": _("From 0 to 1 among the filled training rows, whose smallest value and range were learnt."),
        "robust": _("Median and interquartile range were learnt from the filled training rows."),
        "log": _("The logarithm of 1 plus its absolute value, with its sign; nothing is learnt."),
    }[scale]
    numbers = {"x": number, "centre": column.centre, "spread": column.spread}
    return Step("scale", value, sentence, scale, numbers)


def _date_step(part: Part, value: str) -> Step:
    moment = read_moment(value)
    number = float(date_part(np.array([moment]), part)[0])
    sentence = {
        "days": _("Days since 1970-01-01, fractions included."),
        "year": _("The year of the date."),
        "month": _("The month of the date, 1 to 12."),
        "day": _("The day of the month, 1 to 31."),
        "weekday": _("The day of the week, 0 for Monday to 6 for Sunday."),
        "hour": _("The hour of the day, 0 to 23."),
    }[part]
    return Step("encode", number, sentence, part, {"moment": float(moment), "day": float(A_DAY)})


def _rank_sentence(column: FittedColumn, name: str) -> str:
    if column.plan.encode == "yes_no":
        return _("{yes} becomes 1, in upper or lower case, and any other value 0; the value here is {value}.").format(
            yes=column.yes, value=name
        )
    shown = [write_value(category) for category in column.categories[:10]]
    order = format_list(shown) + (", …" if len(column.categories) > len(shown) else "")
    return _("Its position in the order, counted from 0: {order}.").format(order=order)


def _one_hot_step(column: FittedColumn, place: int, value: float | str | None) -> Step:
    name = None if value is None else write_value(value)
    own = {write_value(category) for category in column.categories}
    base = None if column.base is None else write_value(column.base)
    if place < len(column.categories):
        asked = write_value(column.categories[place])
        answer, question = name == asked, _("is it {category}?").format(category=asked)
    elif place == len(column.categories) and column.has_other:
        answer = name is not None and name not in own and name != base
        question = _("is it one of the others, which have no feature of their own?")
    else:
        answer, question = value is None, _("is it missing?")
    sentence = (
        _("This feature asks: {question} Yes: 1.") if answer else _("This feature asks: {question} No: 0.")
    ).format(question=question)
    return Step("encode", float(answer), " ".join([sentence, *_nowhere(column, name, own, base)]))


def _nowhere(column: FittedColumn, name: str | None, own: set[str], base: str | None) -> list[str]:
    """Return why all features of the column are 0, if they are."""
    if name is None:
        if column.has_missing_column:
            return []
        return [
            _("No training row has a missing value here, so missing has no feature: all features of the column are 0.")
        ]
    if name == base:
        return [_("{value} is the base level: all features of the column are 0.").format(value=name)]
    if name in own or column.has_other:
        return []
    return [
        _("No training row has {value}, so it has no feature: all features of the column are 0.").format(value=name)
    ]
