"""The plan for one column, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite
from numbers import Integral, Real
from typing import Any, get_args

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.preprocessing.recipes.choices import FILLS_BY_ENCODE, LEARNT_FILLS, Encode, Fill, Part, Scale, scale_choices

MOST_CATEGORIES = 1_000
LONGEST_SHOWN = 60

_BELONGS = {"base": "one_hot", "most": "one_hot", "min_frequency": "one_hot", "order": "ordinal", "yes": "yes_no"}


def one_of(column: str, field: str, value: object, choices: Sequence[str]) -> None:
    """Raise InputError unless this field of the plan is one of the choices."""
    if not isinstance(value, str) or value not in choices:
        raise InputError(
            _("The plan for “{column}” has the {field} {value}; choose one of {choices}.").format(
                column=column, field=field, value=_shown(value), choices=format_list(choices)
            )
        )


def is_finite(value: object) -> bool:
    """Return whether this is a number, not True or False, that float64 can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return isfinite(float(value))
    except OverflowError:  # an integer outside the range of float64
        return False


def check_constant(plan: "ColumnPlan") -> None:
    """Raise InputError unless there is a constant exactly if one is needed, and it fits the encoding."""
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
            _("The column “{column}” needs a finite number as its constant; got {value}."),
        )
    elif plan.encode == "date":
        fits, sentence = (
            _is_date(plan.constant),
            _("The column “{column}” needs a date such as 2020-01-31 as its constant; got {value}."),
        )
    else:
        fits, sentence = (
            isinstance(plan.constant, str) or is_finite(plan.constant),
            _("The column “{column}” needs a number or text as its constant; got {value}."),
        )
    if not fits:
        raise InputError(sentence.format(column=plan.column, value=_shown(plan.constant)))


def check_options(plan: "ColumnPlan") -> None:
    """Raise InputError for an option of the wrong type, or one that the encoding or the fill does not use."""
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
        raise _wrong(plan, _("The column “{column}” needs a text as the value for yes; got {value}."), plan.yes)


def _check_was_missing(plan: "ColumnPlan") -> None:
    if not isinstance(plan.was_missing, bool):
        raise _wrong(plan, _("For “{column}”, was_missing has to be true or false; got {value}."), plan.was_missing)
    if plan.was_missing and (plan.encode == "drop" or plan.fill == "drop_rows"):
        raise _wrong(
            plan,
            _(
                "The rows or the column with missing values in “{column}” are dropped, so was_missing "
                "has nothing to mark; leave was_missing out, or choose another fill."
            ),
        )
    if plan.was_missing and plan.fill == "own_class":
        raise _wrong(
            plan, _("Missing values of “{column}” are a category of their own already; leave was_missing out.")
        )


def _check_one_hot(plan: "ColumnPlan") -> None:
    if plan.base is not None and not isinstance(plan.base, str):
        raise _wrong(plan, _("The column “{column}” needs a text as its base; got {value}."), plan.base)
    whole = isinstance(plan.most, int) and not isinstance(plan.most, bool)
    if plan.most is not None and not (whole and 1 <= plan.most <= MOST_CATEGORIES):
        raise _wrong(
            plan,
            _("The column “{column}” can keep from 1 to 1,000 of its most frequent categories; got {value}."),
            plan.most,
        )
    whole = isinstance(plan.min_frequency, int) and not isinstance(plan.min_frequency, bool)
    if plan.min_frequency is not None and not (whole and plan.min_frequency >= 1):
        raise _wrong(
            plan,
            _("For “{column}”, the fewest training rows of a category have to be a whole number; got {value}."),
            plan.min_frequency,
        )


def _check_order(plan: "ColumnPlan") -> None:
    if plan.order is None:
        return
    is_list = isinstance(plan.order, tuple) and all(isinstance(item, str) or is_finite(item) for item in plan.order)
    if not is_list or not plan.order or len(set(plan.order)) < len(plan.order):
        raise _wrong(
            plan,
            _("The order of “{column}” has to list its categories, lowest first, each once; got {value}."),
            plan.order,
        )


def _check_parts(plan: "ColumnPlan") -> None:
    if not isinstance(plan.parts, tuple) or not plan.parts:
        raise _wrong(plan, _("The parts of the date “{column}” have to be a list of words; got {value}."), plan.parts)
    for part in plan.parts:
        one_of(plan.column, "part", part, get_args(Part))
    if len(set(plan.parts)) < len(plan.parts):
        raise _wrong(plan, _("The parts of the date “{column}” have to be listed once each; got {value}."), plan.parts)
    if plan.parts == ("days",):
        return
    if plan.encode != "date":
        raise _wrong(plan, _("The column “{column}” is not encoded as date, so it has no parts."))
    if plan.fill in LEARNT_FILLS:
        raise _wrong(
            plan,
            _(
                "A model predicts a single number, so the date “{column}” has to be encoded as days; choose days, or "
                "another fill."
            ),
        )


def _check_scale(plan: "ColumnPlan") -> None:
    one_of(plan.column, "scale", plan.scale, get_args(Scale))
    if plan.scale not in scale_choices(plan.encode):
        raise InputError(
            _("The column “{column}” is encoded as {encode}, which cannot be combined with the scale {scale}.").format(
                column=plan.column, encode=plan.encode, scale=plan.scale
            )
        )
    if plan.scale != "none" and len(plan.parts) > 1:
        raise _wrong(
            plan,
            _("The date “{column}” has several parts, which cannot be scaled together; choose one part, or no scale."),
        )


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def shorten(text: str) -> str:
    """Truncate a long text from a file, so that it fits into a sentence."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _shown(value: object) -> str:
    try:
        return shorten(repr(value))
    except (ValueError, RecursionError):  # a number of thousands of digits, or deeply nested lists
        return type(value).__name__


def _wrong(plan: "ColumnPlan", sentence: str, value: object = None) -> InputError:
    return InputError(sentence.format(column=plan.column, value=_shown(value)))


@dataclass(frozen=True)
class ColumnPlan:
    """The plan for one column: how missing values are filled, how it becomes features and how these are scaled.

    Fills; all but `forward` come from the training rows alone:

    - `mean`, `median`: for columns encoded as number or date.
    - `most_frequent`: the most frequent training value; of equally frequent ones the smallest.
    - `constant`: the value `constant`: a finite number for numbers, a date such as 2020-01-31 for dates, a number or
      text for categories.
    - `forward`: the last value above, in the table given; with none above, the training mean (numbers, dates) or the
      most frequent training value.
    - `nearest`: the mean of the five training rows that are nearest in the other columns of single numbers.
    - `iterative`: predicted from the other columns of single numbers, round after round.
    - `own_class`: missing becomes a category of its own, `<column>_nan`; for one-hot columns.
    - `drop_rows`: rows with a missing value in this column are left out.
    - `drop_column`, like the encoding `drop`: the column is left out, and its missing values drop no rows.

    Encodings:

    - `number`: the number itself.
    - `one_hot`: a feature of 0 and 1 for each category. `base` is the category without one ("" for the most frequent).
      With `most`, only this many of the most frequent categories have a feature, and with `min_frequency` only those
      in at least this many training rows; all others share `<column>_other`, and so do, if there are any, categories
      that no training row has.
    - `ordinal`: 0, 1, 2, ... in `order`, lowest first; without one, in the order of numbers or of the alphabet. A value
      that is not in the order counts as missing.
    - `yes_no`: 1 for the value `yes`, 0 for any other; without `yes`, the known word for it (yes, true, ja, ...).
    - `date`: one feature for each of `parts`: `days` since 1970-01-01 with their fraction, `year`, `month`, `day`,
      `weekday` (0 is Monday), `hour`.

    Raises InputError, naming the column, for any other combination.

    Attributes:
        column: its name.
        fill: one of the fills above.
        encode: one of the encodings above.
        constant: the value of the fill `constant`.
        was_missing: whether to add `<column>_was_missing`, 1 where a value is missing and else 0, if the training rows
            have such a row.
        scale: learnt from the filled training rows: `standard` (mean 0, standard deviation 1, n in the divisor),
            `min_max` (0 to 1), `robust` (median 0, interquartile range 1), `log` (sign(x) log(1 + |x|)) or `none`.
        base: the category of a one-hot column that has no feature, "" for the most frequent.
        most: how many categories of a one-hot column have a feature of their own.
        min_frequency: in how many training rows, filled ones included, a category of a one-hot column has to be to have
            a feature of its own.
        order: of an ordinal column, lowest first.
        yes: the value that becomes 1.
        parts: of a date.
    """

    column: str
    fill: Fill
    encode: Encode
    constant: str | float | None = None
    was_missing: bool = False
    scale: Scale = "none"
    base: str | None = None
    most: int | None = None
    order: tuple[str | float, ...] | None = None
    yes: str | None = None
    parts: tuple[Part, ...] = ("days",)
    min_frequency: int | None = None

    def __post_init__(self) -> None:
        """Raise InputError for options that cannot be combined."""
        if not isinstance(self.column, str):
            raise InputError(_("A plan needs the name of a column as text; got {value}.").format(value=self.column))
        one_of(self.column, "encode", self.encode, get_args(Encode))
        one_of(self.column, "fill", self.fill, get_args(Fill))
        if self.fill not in FILLS_BY_ENCODE[self.encode]:
            raise InputError(
                _(
                    "The column “{column}” is encoded as {encode}, which cannot be combined with the fill {fill}."
                ).format(column=self.column, encode=self.encode, fill=self.fill)
            )
        object.__setattr__(self, "constant", _plain_number(self.constant))
        object.__setattr__(self, "most", _plain_number(self.most))
        object.__setattr__(self, "min_frequency", _plain_number(self.min_frequency))
        if isinstance(self.order, tuple):
            object.__setattr__(self, "order", tuple(map(_plain_number, self.order)))
        check_constant(self)
        check_options(self)

    @property
    def is_kept(self) -> bool:
        """Whether the column becomes features."""
        return self.encode != "drop" and self.fill != "drop_column"

    @property
    def is_single_number(self) -> bool:
        """Whether the column becomes one number in each row, from which models can predict others."""
        return self.encode in ("number", "ordinal", "yes_no") or (self.encode == "date" and self.parts == ("days",))


def change_plan(plan: ColumnPlan, given: Mapping[str, Any]) -> ColumnPlan:
    """Return the plan with these fields changed, and those cleared that no longer fit. See `Recipe.change`."""
    changed = {**given}
    encode = changed.setdefault("encode", plan.encode)
    fill = changed.setdefault("fill", _fill_for(plan, encode))
    options: dict[str, Any] = {"scale": "none"} if plan.scale not in scale_choices(encode) else {}
    if encode != plan.encode:
        options |= {"base": None, "most": None, "min_frequency": None, "order": None, "yes": None, "parts": ("days",)}
    if fill in ("own_class", "drop_rows") or encode == "drop":
        options["was_missing"] = False
    if fill != "constant":
        options["constant"] = None
    return replace(plan, **{**options, **changed})


def _fill_for(plan: ColumnPlan, encode: str) -> Fill:
    """Return the current fill if it fits the encoding, else the first one that does."""
    fills = FILLS_BY_ENCODE.get(encode, ())
    taken_back = encode != plan.encode and not plan.is_kept
    return fills[0] if fills and (plan.fill not in fills or taken_back) else plan.fill


def _plain_number(value: object) -> object:
    """Convert a numpy number to a Python one, for JSON and `repr`."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return value
    return int(value) if isinstance(value, Integral) else float(value)
