"""The options of reading a table, and their checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.preprocessing.schema import DateOrder, Kind

DEFAULT_MISSING = ("", "NA", "na", "N/A", "n/a", "NaN", "nan", "NAN", "null", "Null", "NULL", "?", "-")
GROUPS = ("", ",", ".", "'", " ")
QUOTES = ('"', "'", "")
DECIMALS = (".", ",")
FIRST_YEARS = (1000, 9900)  # the first and the last year with which a hundred years of four digits can begin


@dataclass(frozen=True)
class Options:
    """The arguments of `read_table` that say how to read; None means detect.

    Attributes:
        delimiter: between cells.
        encoding: of the text.
        decimal: the decimal mark.
        missing: the tokens for a missing value.
        thousands: the mark between groups of digits.
        header: the row of names.
        skip_end: how many rows at the end are no part of the table.
        kinds: the kinds of columns, by name.
        codes: what counts as missing in a column, by name.
        day_first: whether 01/02/2026 is the first of February.
        sheet: of a workbook.
        member: of an archive.
        columns: the names of those to keep, None for all.
        sample: how many rows to draw, None for all.
        quote: the mark around cells that hold a delimiter, "" if quotes are letters.
        keep_sums: whether a row of sums at the end is kept.
        date_orders: the order of day, month and year in columns of dates, by name.
        centuries: the first of the hundred years that two digits stand for in such columns, by name.
        decimals: the decimal mark of columns, by name.
    """

    delimiter: str | None = None
    encoding: str | None = None
    decimal: str | None = None
    missing: tuple[str, ...] = DEFAULT_MISSING
    thousands: str | None = None
    header: int | str | None = None
    skip_end: int | None = None
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    day_first: bool | None = None
    sheet: str | None = None
    member: str | None = None
    columns: tuple[str, ...] | None = None
    sample: int | None = None
    quote: str | None = None
    keep_sums: bool = False
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    centuries: Mapping[str, int] = field(default_factory=dict)
    decimals: Mapping[str, str] = field(default_factory=dict)


def check_options(options: Options) -> Options:
    """Return the options. Raises InputError, with what is allowed, for an invalid one."""
    if options.thousands is not None and options.thousands not in GROUPS:
        raise InputError(
            _(
                "The thousands separator has to be a comma, a point, an apostrophe, a space or nothing; got {value}."
            ).format(value=repr(options.thousands))
        )
    if options.thousands and options.thousands == options.decimal:
        raise InputError(
            _("The thousands separator and the decimal mark have to differ; both are {value}.").format(
                value=repr(options.decimal)
            )
        )
    if options.header != "none" and options.header is not None and not _is_count(options.header):
        raise InputError(
            _("The header row has to be a position counted from 0, or “none”; got {value}.").format(
                value=repr(options.header)
            )
        )
    if options.skip_end is not None and not _is_count(options.skip_end):
        raise InputError(
            _("The number of rows to leave out at the end has to be a whole number, 0 or more; got {value}.").format(
                value=repr(options.skip_end)
            )
        )
    if options.sample is not None and not (_is_count(options.sample) and options.sample):
        raise InputError(
            _("The number of rows in a sample has to be a whole number, 1 or more; got {value}.").format(
                value=repr(options.sample)
            )
        )
    if options.quote is not None and options.quote not in QUOTES:
        raise InputError(
            _("The quotation mark has to be a double one, a single one or nothing; got {value}.").format(
                value=repr(options.quote)
            )
        )
    if options.quote and options.quote == options.delimiter:
        raise InputError(
            _("The quotation mark and the delimiter have to differ; both are {value}.").format(
                value=repr(options.quote)
            )
        )
    _check_values(options.date_orders, get_args(DateOrder))
    _check_values(options.decimals, DECIMALS)
    for name, first in options.centuries.items():
        if not (_is_count(first) and FIRST_YEARS[0] <= first <= FIRST_YEARS[1]):
            raise InputError(
                _(
                    "Years of two digits in the column “{column}” have to begin with a year from {low} to {high}; got "
                    "{value}."
                ).format(column=name, low=FIRST_YEARS[0], high=FIRST_YEARS[1], value=repr(first))
            )
    return options


def check_by_column(chosen: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what was chosen for columns, by their names. Raises InputError for anything but such a mapping."""
    if chosen is None:
        return {}
    if not isinstance(chosen, Mapping) or not all(isinstance(name, str) for name in chosen):
        raise InputError(_("What is chosen for single columns has to be given by their names."))
    return dict(chosen)


def _check_values(chosen: Mapping[str, str], allowed: Sequence[str]) -> None:
    for name, value in chosen.items():
        if value not in allowed:
            raise InputError(
                _("The column “{column}” cannot be read with {value}; choose one of {choices}.").format(
                    column=name, value=repr(value), choices=format_list(map(repr, allowed))
                )
            )


def check_missing(missing: Sequence[str] | None) -> tuple[str, ...]:
    """Return the tokens stripped of blanks, and "", which is always missing."""
    if missing is None:
        return DEFAULT_MISSING
    if isinstance(missing, str) or not all(isinstance(token, str) for token in missing):
        raise InputError(_("The codes for missing values have to be a list of texts, such as NA and ?."))
    return tuple(dict.fromkeys(["", *(token.strip() for token in missing)]))


def check_chosen(columns: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the columns to read."""
    if columns is None:
        return None
    if isinstance(columns, str) or not columns or not all(isinstance(name, str) for name in columns):
        raise InputError(_("The columns to read have to be a list of at least one name."))
    return tuple(dict.fromkeys(columns))


def choose_columns(names: Sequence[str], columns: tuple[str, ...] | None) -> list[int]:
    """Return the positions of the columns to read, in the file's order.

    Raises InputError for a name that the table does not have.
    """
    if columns is None:
        return list(range(len(names)))
    absent = [name for name in columns if name not in names]
    if absent:
        raise InputError(_("The table has no column “{column}”; choose one of its columns.").format(column=absent[0]))
    return [place for place, name in enumerate(names) if name in columns]


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
