"""Columns that pandas would read as numbers where a person means text, and the other way round."""

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from core.language import _
from core.preprocessing.naming import quote_names

LARGEST_WHOLE = 2**53  # beyond it float64 no longer holds every whole number
FEW_TOKENS = 3


def text_columns(frame: pd.DataFrame) -> list[str]:
    """Return the names of the columns that were read as text."""
    return [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.StringDtype)]


def padded_tokens(frame: pd.DataFrame, missing: Sequence[str]) -> list[str]:
    """Return the cells that are a missing token only once the blanks around them are taken off."""
    found: set[str] = set()
    for name in text_columns(frame):
        values = frame[name].drop_duplicates().dropna()
        found.update(values[values.str.strip().isin(missing)])
    return sorted(found)


def find_text_columns(
    frame: pd.DataFrame, text: str, read_as_text: Callable[[list[str]], pd.DataFrame]
) -> tuple[list[str], list[str]]:
    """Return the columns to read as text after all, and notes.

    They are numbers with leading zeros, whole numbers beyond 2**53, and True and False. `read_as_text` reads some
    columns of the file as text.
    """
    objects = [str(name) for name, dtype in frame.dtypes.items() if dtype in ("object", "bool")]
    large = [name for name in objects if frame[name].map(_is_digits).any()]
    numbers = frame.select_dtypes("number")
    whole = [str(name) for name in numbers if _is_whole(numbers[name])]
    suspects = whole if _may_have_leading_zeros(text) else [name for name in whole if _is_beyond(numbers[name]).any()]
    padded = []
    if suspects:
        for name, cells in read_as_text(suspects).items():
            bare = cells.str.strip()
            if bare.str.fullmatch(r"[+-]?0[0-9]+").any():
                padded.append(str(name))
            elif bare[_is_beyond(numbers[name])].str.fullmatch(r"[+-]?[0-9]+").any():
                large.append(str(name))
    notes = []
    if padded:
        notes.append(_("Numbers with leading zeros were kept as text: {names}.").format(names=quote_names(padded)))
    if large:
        notes.append(
            _("Whole numbers beyond 2⁵³ were kept as text, for they would be rounded: {names}.").format(
                names=quote_names(large)
            )
        )
    return list(dict.fromkeys([*objects, *large, *padded])), notes


def find_grouped_columns(frame: pd.DataFrame, decimal: str) -> list[str]:
    """Return the columns of text that are numbers with marks between thousands, such as 1,234.5, in every cell."""
    group = "." if decimal == "," else ","
    pattern = rf"[+-]?(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+)(?:{re.escape(decimal)}[0-9]+)?"
    found = []
    for name in text_columns(frame):
        values = frame[name].drop_duplicates().dropna().str.strip()
        if values.str.contains(group, regex=False).any() and values.str.fullmatch(pattern).all():
            has_leading_zero = values.str.fullmatch("[+-]?0[0-9]+").any()
            if not has_leading_zero:
                found.append(name)
    return found


def note_stray_text(frame: pd.DataFrame, decimal: str) -> list[str]:
    """Return a note on each column that would be numbers but for a few cells."""
    notes = []
    for name in text_columns(frame):
        values = frame[name].drop_duplicates().dropna()
        points = values.str.replace(decimal, ".", regex=False)
        stray = values[pd.to_numeric(points, errors="coerce").isna()]
        if 0 < len(stray) <= FEW_TOKENS and 2 * len(stray) < len(values):
            notes.append(
                _("{name} is text only for the cells {cells}; take them as missing to read numbers.").format(
                    name=quote_names([name]), cells=quote_names(stray)
                )
            )
    return notes


def _is_digits(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]+\s*", value) is not None


def _is_beyond(values: pd.Series) -> pd.Series:
    return (values > LARGEST_WHOLE) | (values < -LARGEST_WHOLE)  # abs() would overflow for the smallest int64


def _is_whole(values: pd.Series) -> bool:
    present = values.dropna().to_numpy()
    return bool(len(present)) and bool((present == np.floor(present)).all())


def _may_have_leading_zeros(text: str) -> bool:
    """Look for a zero before a digit and after neither a digit nor a point: quick, and wrong only to the safe side."""
    data = np.frombuffer(text.encode("utf-8", errors="replace"), dtype=np.uint8)
    is_digit = (data - np.uint8(ord("0"))) < 10
    places = np.flatnonzero((data[1:-1] == ord("0")) & is_digit[2:]) + 1
    before = places - 1
    return bool((~is_digit[before] & (data[before] != ord("."))).any())
