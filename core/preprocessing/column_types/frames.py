"""Checks of every table: a DataFrame whose column names are text and unique, with the columns needed."""

from collections.abc import Sequence

import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.column_types.values import holds_numbers, is_missing
from core.preprocessing.naming import quote_names


def pick_columns(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return these columns of the table, without its `attrs`, which pandas copies at every access.

    Raises InputError if this is no DataFrame, if a column is absent, or if one of them occurs twice.
    """
    check_frame(frame)
    absent = [name for name in columns if name not in frame.columns]
    if absent:
        raise InputError(_("The table has no column {names}.").format(names=quote_names(absent)))
    picked = frame[list(columns)]
    picked.attrs = {}
    return picked


def check_frame(frame: pd.DataFrame) -> None:
    """Raise InputError unless this is a DataFrame whose column names are text and unique."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(_("A pandas DataFrame is needed; {kind} came.").format(kind=type(frame).__name__))
    unnamed = [name for name in frame.columns if not isinstance(name, str)]
    if unnamed:
        raise InputError(_("Column names have to be text; rename {names} first.").format(names=quote_names(unnamed)))
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()].unique()
        raise InputError(_("Column names have to be unique; {names} came twice.").format(names=quote_names(twice)))


def read_target(frame: pd.DataFrame, target: str) -> pd.Series:
    """Return the target column. Raises InputError if it is absent, has no value, or is not numeric."""
    values = pick_columns(frame, [target])[target]
    present = values[~is_missing(values)]
    if present.empty:
        raise InputError(
            _("No row has a value for the target “{target}”; choose another target.").format(target=target)
        )
    if not holds_numbers(present):
        raise InputError(
            _("The target has to be a column of numbers; “{target}” holds other values.").format(target=target)
        )
    return values
