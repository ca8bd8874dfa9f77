"""The options of a plan, and which of them can be combined."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.preprocessing.column_types.infer import Kind

Fill: TypeAlias = Literal[
    "mean", "median", "most_frequent", "constant", "forward", "nearest", "iterative", "own_class", "drop_rows",
    "drop_column",
]  # fmt: skip
Encode: TypeAlias = Literal["number", "one_hot", "ordinal", "yes_no", "date", "drop"]
Scale: TypeAlias = Literal["none", "standard", "min_max", "robust", "log"]
TargetTransform: TypeAlias = Literal["none", "log", "sqrt", "box_cox", "yeo_johnson", "standard"]
Part: TypeAlias = Literal["days", "year", "month", "day", "weekday", "hour"]

LEARNT_FILLS: tuple[Fill, ...] = ("nearest", "iterative")  # a model fills, from the other columns of the same row

_NUMBERS: tuple[Fill, ...] = (
    "mean", "median", "most_frequent", "constant", "forward", *LEARNT_FILLS, "drop_rows", "drop_column",
)  # fmt: skip
_ORDERED: tuple[Fill, ...] = (
    "most_frequent", "constant", "forward", *LEARNT_FILLS, "drop_rows", "drop_column",
)  # fmt: skip

FILLS_BY_ENCODE: Mapping[str, tuple[Fill, ...]] = MappingProxyType(
    {
        "number": _NUMBERS,
        "one_hot": ("own_class", "most_frequent", "constant", "forward", "drop_rows", "drop_column"),
        "ordinal": _ORDERED,
        "yes_no": _ORDERED,
        "date": ("median", *(fill for fill in _NUMBERS if fill != "median")),
        "drop": ("drop_column", "drop_rows", "most_frequent", "constant"),
    }
)

_ENCODES: Mapping[str, tuple[Encode, ...]] = MappingProxyType(
    {
        "number": ("number", "one_hot", "ordinal", "drop"),
        "category": ("one_hot", "ordinal", "drop"),
        "yes_no": ("yes_no", "one_hot", "drop"),
        "date": ("date", "drop"),
        "identifier": ("drop", "one_hot"),
        "text": ("drop", "one_hot"),
        "empty": ("drop",),
    }
)

_SCALES: Mapping[str, tuple[Scale, ...]] = MappingProxyType(
    {
        "number": ("none", "standard", "min_max", "robust", "log"),
        "ordinal": ("none", "standard", "min_max", "robust"),
        "yes_no": ("none", "standard"),
        "date": ("none", "standard", "min_max", "robust"),
    }
)


def encode_choices(kind: Kind) -> tuple[Encode, ...]:
    """Return the encodings that fit a column of this kind, the suggested one first."""
    return _ENCODES[kind]


def fill_choices(kind: Kind, encode: Encode) -> tuple[Fill, ...]:
    """Return the fills that fit a column of this kind encoded this way, the suggested one first.

    Raises InputError if the encoding does not fit the kind.

    >>> fill_choices("category", "one_hot")
    ('own_class', 'most_frequent', 'constant', 'forward', 'drop_rows', 'drop_column')
    """
    if encode not in encode_choices(kind):
        raise InputError(
            _("A column of kind {kind} cannot be encoded as {encode}; choose one of {choices}.").format(
                kind=kind, encode=encode, choices=format_list(encode_choices(kind))
            )
        )
    return ("drop_column",) if encode == "drop" else FILLS_BY_ENCODE[encode]


def scale_choices(encode: Encode) -> tuple[Scale, ...]:
    """Return the scales that can be combined with an encoding, `none` first. Indicators of categories stay 0 and 1.

    >>> scale_choices("yes_no"), scale_choices("one_hot")
    (('none', 'standard'), ('none',))
    """
    return _SCALES.get(encode, ("none",))
