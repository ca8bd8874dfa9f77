"""What happens to one column, as data, and which choices fit together."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Integral, Real
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from core.errors import InputError
from core.language import _
from core.preprocessing.columns.kinds import Kind

Fill: TypeAlias = Literal["mean", "median", "most_frequent", "constant", "own_class", "drop_rows", "drop_column"]
Encode: TypeAlias = Literal["number", "one_hot", "drop"]

FILLS_BY_ENCODE: Mapping[str, tuple[Fill, ...]] = MappingProxyType(
    {
        "number": ("mean", "median", "most_frequent", "constant", "drop_rows", "drop_column"),
        "one_hot": ("own_class", "most_frequent", "constant", "drop_rows", "drop_column"),
        "drop": ("drop_column", "drop_rows", "most_frequent", "constant"),
    }
)


@dataclass(frozen=True)
class ColumnPlan:
    """The plan for one column: how its gaps are filled and how it becomes features.

    - `mean`, `median`: of the training rows; for columns encoded as numbers.
    - `most_frequent`: the most frequent training value; of equally frequent ones the smallest.
    - `constant`: the value `constant`, a finite number for numbers, a number or text for categories.
    - `own_class`: missing becomes a category of its own, `<column>_nan`; for one-hot columns.
    - `drop_rows`: rows with a gap in this column are left out.
    - `drop_column`, like the encoding `drop`: the column is left out, and its gaps cost no rows.

    Raises InputError, naming the column, for any other combination.
    """

    column: str
    fill: Fill
    encode: Encode
    constant: str | float | None = None

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        if not isinstance(self.column, str):
            raise InputError(_("A plan needs the name of a column as text; {value} came.").format(value=self.column))
        if self.encode not in get_args(Encode):
            raise _unknown(self.column, "encode", self.encode, get_args(Encode))
        if self.fill not in get_args(Fill):
            raise _unknown(self.column, "fill", self.fill, get_args(Fill))
        if self.fill not in FILLS_BY_ENCODE[self.encode]:
            raise InputError(
                _("The column “{column}” is encoded as {encode}, which does not go with the fill {fill}.").format(
                    column=self.column, encode=self.encode, fill=self.fill
                )
            )
        object.__setattr__(self, "constant", _plain_number(self.constant))
        self._check_constant()

    def _check_constant(self) -> None:
        if self.fill != "constant":
            if self.constant is not None:
                raise InputError(
                    _("The column “{column}” is filled by {fill}, which takes no constant.").format(
                        column=self.column, fill=self.fill
                    )
                )
            return
        number = _is_finite(self.constant)
        if self.encode == "number" and not number:
            raise InputError(
                _("The column “{column}” needs a finite number as its constant; {value} came.").format(
                    column=self.column, value=repr(self.constant)
                )
            )
        if not number and not isinstance(self.constant, str):
            raise InputError(
                _("The column “{column}” needs a number or text as its constant; {value} came.").format(
                    column=self.column, value=repr(self.constant)
                )
            )

    @property
    def is_kept(self) -> bool:
        """Whether the column becomes features."""
        return self.encode != "drop" and self.fill != "drop_column"


def encode_choices(kind: Kind) -> tuple[Encode, ...]:
    """Return the encodings that fit a column of this kind, the suggested one first."""
    if kind == "number":
        return ("number", "one_hot", "drop")
    if kind == "category":
        return ("one_hot", "drop")
    return ("drop", "one_hot") if kind == "text" else ("drop",)


def fill_choices(kind: Kind, encode: Encode) -> tuple[Fill, ...]:
    """Return the fills that fit a column of this kind encoded this way, the suggested one first.

    Raises InputError if the encoding does not fit the kind.

    >>> fill_choices("category", "one_hot")
    ('own_class', 'most_frequent', 'constant', 'drop_rows', 'drop_column')
    """
    if encode not in encode_choices(kind):
        raise InputError(
            _("A column of kind {kind} cannot be encoded as {encode}; choose one of {choices}.").format(
                kind=kind, encode=encode, choices=", ".join(encode_choices(kind))
            )
        )
    return ("drop_column",) if encode == "drop" else FILLS_BY_ENCODE[encode]


def _plain_number(value: object) -> object:
    """Turn a number of numpy's into one of Python's, which JSON and `repr` write plainly."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return value
    return int(value) if isinstance(value, Integral) else float(value)


def _is_finite(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return isfinite(float(value))
    except OverflowError:  # a whole number beyond the range of float64
        return False


def _unknown(column: str, field: str, value: object, choices: tuple[str, ...]) -> InputError:
    return InputError(
        _("The plan for “{column}” has the {field} {value}; choose one of {choices}.").format(
            column=column, field=field, value=repr(value), choices=", ".join(choices)
        )
    )
