"""What happens to one column, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any, get_args

from core.errors import InputError
from core.language import _
from core.preprocessing.recipes.checks import check_constant, check_options, one_of
from core.preprocessing.recipes.choices import FILLS_BY_ENCODE, Encode, Fill, Part, Scale, scale_choices


@dataclass(frozen=True)
class ColumnPlan:
    """The plan for one column: how its gaps are filled, how it becomes features and how these are scaled.

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
    - `drop_rows`: rows with a gap in this column are left out.
    - `drop_column`, like the encoding `drop`: the column is left out, and its gaps cost no rows.

    Encodings:

    - `number`: the number itself.
    - `one_hot`: a feature of 0 and 1 for each category. `base` is the category left without one ("" for the most
      frequent). With `most`, only the so many most frequent categories have a feature, and all others share
      `<column>_other`.
    - `ordinal`: 0, 1, 2, ... in `order`, lowest first; without one, in the order of numbers or of the alphabet. A value
      that is not in the order counts as missing.
    - `yes_no`: 1 for the value `yes`, 0 for any other; without `yes`, the known word for it (yes, true, ja, ...).
    - `date`: one feature for each of `parts`: `days` since 1970-01-01 with their fraction, `year`, `month`, `day`,
      `weekday` (0 is Monday), `hour`.

    `was_missing` adds `<column>_was_missing`, 1 in gaps and else 0, if the training rows have a gap. `scale` is learnt
    from the filled training rows: `standard` (mean 0, standard deviation 1, n in the divisor), `min_max` (0 to 1),
    `robust` (median 0, interquartile range 1), `log` (sign(x) log(1 + |x|)).

    Raises InputError, naming the column, for any other combination.
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

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        if not isinstance(self.column, str):
            raise InputError(_("A plan needs the name of a column as text; {value} came.").format(value=self.column))
        one_of(self.column, "encode", self.encode, get_args(Encode))
        one_of(self.column, "fill", self.fill, get_args(Fill))
        if self.fill not in FILLS_BY_ENCODE[self.encode]:
            raise InputError(
                _("The column “{column}” is encoded as {encode}, which does not go with the fill {fill}.").format(
                    column=self.column, encode=self.encode, fill=self.fill
                )
            )
        object.__setattr__(self, "constant", _plain_number(self.constant))
        object.__setattr__(self, "most", _plain_number(self.most))
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
        """Whether the column becomes one number in each row, from which learnt fills can predict others."""
        return self.encode in ("number", "ordinal", "yes_no") or (self.encode == "date" and self.parts == ("days",))


def change_plan(plan: ColumnPlan, given: Mapping[str, Any]) -> ColumnPlan:
    """Return the plan with these fields changed, and with those cleared that no longer fit. See `Recipe.change`."""
    changed = {**given}
    encode = changed.setdefault("encode", plan.encode)
    fill = changed.setdefault("fill", _fill_for(plan, encode))
    options: dict[str, Any] = {"scale": "none"} if plan.scale not in scale_choices(encode) else {}
    if encode != plan.encode:
        options |= {"base": None, "most": None, "order": None, "yes": None, "parts": ("days",)}
    if fill in ("own_class", "drop_rows") or encode == "drop":
        options["was_missing"] = False
    if fill != "constant":
        options["constant"] = None
    return replace(plan, **{**options, **changed})


def _fill_for(plan: ColumnPlan, encode: str) -> Fill:
    """Return the present fill if it goes with the encoding, else the first one that does."""
    fills = FILLS_BY_ENCODE.get(encode, ())
    taken_back = encode != plan.encode and not plan.is_kept
    return fills[0] if fills and (plan.fill not in fills or taken_back) else plan.fill


def _plain_number(value: object) -> object:
    """Turn a number of numpy's into one of Python's, which JSON and `repr` write plainly."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return value
    return int(value) if isinstance(value, Integral) else float(value)
