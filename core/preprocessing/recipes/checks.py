"""What a plan for a column is refused for, each in one sentence that names the column."""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, get_args

from core.errors import InputError
from core.language import _
from core.preprocessing.recipes.choices import LEARNT_FILLS, Part, Scale, scale_choices

if TYPE_CHECKING:
    from core.preprocessing.recipes.plans import ColumnPlan

MOST_CATEGORIES = 1_000
LONGEST_SHOWN = 60

_BELONGS = {"base": "one_hot", "most": "one_hot", "order": "ordinal", "yes": "yes_no"}


def one_of(column: str, field: str, value: object, choices: Sequence[str]) -> None:
    """Raise InputError unless this field of the plan is one of the choices."""
    if not isinstance(value, str) or value not in choices:
        raise InputError(
            _("The plan for “{column}” has the {field} {value}; choose one of {choices}.").format(
                column=column, field=field, value=_shown(value), choices=", ".join(choices)
            )
        )


def is_finite(value: object) -> bool:
    """Say whether this is a number, not True or False, that float64 can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return isfinite(float(value))
    except OverflowError:  # a whole number beyond the range of float64
        return False


def check_constant(plan: "ColumnPlan") -> None:
    """Raise InputError unless there is a constant exactly where one is needed, and one that fits the encoding."""
    if plan.fill != "constant":
        if plan.constant is not None:
            raise InputError(
                _("The column “{column}” is filled by {fill}, which takes no constant.").format(
                    column=plan.column, fill=plan.fill
                )
            )
        return
    if plan.encode == "number":
        fits, sentence = (
            is_finite(plan.constant),
            _("The column “{column}” needs a finite number as its constant; {value} came."),
        )
    elif plan.encode == "date":
        fits, sentence = (
            _is_date(plan.constant),
            _("The column “{column}” needs a date such as 2020-01-31 as its constant; {value} came."),
        )
    else:
        fits, sentence = (
            isinstance(plan.constant, str) or is_finite(plan.constant),
            _("The column “{column}” needs a number or text as its constant; {value} came."),
        )
    if not fits:
        raise InputError(sentence.format(column=plan.column, value=_shown(plan.constant)))


def check_options(plan: "ColumnPlan") -> None:
    """Raise InputError for an option of the wrong type, or one that the encoding or the fill has no use for."""
    for field, encode in _BELONGS.items():
        if getattr(plan, field) is not None and plan.encode != encode:
            raise InputError(
                _("The column “{column}” is encoded as {encode}, which takes no {field}; only {other} does.").format(
                    column=plan.column, encode=plan.encode, field=field, other=encode
                )
            )
    _check_was_missing(plan)
    _check_one_hot(plan)
    _check_order(plan)
    _check_parts(plan)
    _check_scale(plan)
    if plan.yes is not None and not isinstance(plan.yes, str):
        raise _wrong(plan, _("The column “{column}” needs a text as the value for yes; {value} came."), plan.yes)


def _check_was_missing(plan: "ColumnPlan") -> None:
    if not isinstance(plan.was_missing, bool):
        raise _wrong(plan, _("For “{column}” was_missing has to be true or false; {value} came."), plan.was_missing)
    if plan.was_missing and (plan.encode == "drop" or plan.fill == "drop_rows"):
        raise _wrong(plan, _("No gap of “{column}” is left for a column was_missing to mark; drop neither."))
    if plan.was_missing and plan.fill == "own_class":
        raise _wrong(
            plan, _("The gaps of “{column}” are a class of their own, which marks them already; leave was_missing out.")
        )


def _check_one_hot(plan: "ColumnPlan") -> None:
    if plan.base is not None and not isinstance(plan.base, str):
        raise _wrong(plan, _("The column “{column}” needs a text as its base; {value} came."), plan.base)
    whole = isinstance(plan.most, int) and not isinstance(plan.most, bool)
    if plan.most is not None and not (whole and 1 <= plan.most <= MOST_CATEGORIES):
        raise _wrong(
            plan,
            _("The column “{column}” can keep from 1 to 1,000 of its most frequent categories; {value} came."),
            plan.most,
        )


def _check_order(plan: "ColumnPlan") -> None:
    if plan.order is None:
        return
    is_list = isinstance(plan.order, tuple) and all(isinstance(item, str) or is_finite(item) for item in plan.order)
    if not is_list or not plan.order or len(set(plan.order)) < len(plan.order):
        raise _wrong(
            plan,
            _("The order of “{column}” has to list its categories, lowest first, each once; {value} came."),
            plan.order,
        )


def _check_parts(plan: "ColumnPlan") -> None:
    if not isinstance(plan.parts, tuple) or not plan.parts:
        raise _wrong(plan, _("The parts of the date “{column}” have to be a list of words; {value} came."), plan.parts)
    for part in plan.parts:
        one_of(plan.column, "part", part, get_args(Part))
    if len(set(plan.parts)) < len(plan.parts):
        raise _wrong(plan, _("The parts of the date “{column}” have to be named once each; {value} came."), plan.parts)
    if plan.parts == ("days",):
        return
    if plan.encode != "date":
        raise _wrong(plan, _("The column “{column}” is not encoded as date, so it has no parts."))
    if plan.fill in LEARNT_FILLS:
        raise _wrong(
            plan,
            _("A model fills single numbers, so the date “{column}” has to become days; choose days, or another fill."),
        )


def _check_scale(plan: "ColumnPlan") -> None:
    one_of(plan.column, "scale", plan.scale, get_args(Scale))
    if plan.scale not in scale_choices(plan.encode):
        raise InputError(
            _("The column “{column}” is encoded as {encode}, which does not go with the scale {scale}.").format(
                column=plan.column, encode=plan.encode, scale=plan.scale
            )
        )
    if plan.scale != "none" and len(plan.parts) > 1:
        raise _wrong(plan, _("The date “{column}” has several parts, which share no scale; choose one part or none."))


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def shorten(text: str) -> str:
    """Cut a long text from a file, so that a sentence stays one."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _shown(value: object) -> str:
    try:
        return shorten(repr(value))
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists in lists
        return type(value).__name__


def _wrong(plan: "ColumnPlan", sentence: str, value: object = None) -> InputError:
    return InputError(sentence.format(column=plan.column, value=_shown(value)))
