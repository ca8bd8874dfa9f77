"""Columns that pandas would read as numbers where a person means text, and the other way round."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from core.language import _
from core.preprocessing.naming import quote_names

Distinct: TypeAlias = Mapping[str, pd.Series]  # the values that differ, for each column of text

LARGEST_WHOLE = 2**53  # beyond it float64 no longer holds every whole number
FEW_TOKENS = 3

LEADING_ZEROS = r"[+-]?0[0-9]+"
NUMBER = r"[+-]?[0-9]+(?:[.,][0-9]+)?"


def distinct_texts(frame: pd.DataFrame) -> Distinct:
    """Return the values that differ, missing left out, of each column that was read as text."""
    names = [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.StringDtype)]
    return {name: pd.Series(frame[name].unique(), dtype="str").dropna() for name in names}


def padded_tokens(distinct: Distinct, missing: Sequence[str]) -> list[str]:
    """Return the cells that are a missing token only once the blanks around them are taken off."""
    found: set[str] = set()
    for values in distinct.values():
        bare = values.str.strip()
        found.update(values[bare.isin(missing) & (bare != values)])
    return sorted(found)


def find_text_columns(
    frame: pd.DataFrame,
    distinct: Distinct,
    text: str,
    missing: Sequence[str],
    read_as_text: Callable[[list[str]], pd.DataFrame],
) -> list[str]:
    """Return the columns to read as text after all.

    They are numbers with leading zeros, whole numbers beyond 2**53, True and False, and columns in which pandas
    overlooks missing tokens, as it does beside whole numbers beyond 2**64. `read_as_text` reads some columns of the
    file as text.
    """
    found = [str(name) for name, dtype in frame.dtypes.items() if dtype in ("object", "bool")]
    found += [name for name, values in distinct.items() if values.isin(missing).any()]
    every = _may_have_leading_zeros(text)
    suspects = []
    for name, column in frame.select_dtypes("number").items():
        present = column.to_numpy()
        if present.dtype.kind == "f":
            present = present[np.isfinite(present)]
        if len(present) and (present.dtype.kind != "f" or (present == np.floor(present)).all()):
            largest = max(present.max().item(), -present.min().item())  # the smallest int64 has no absolute value
            if every or largest >= LARGEST_WHOLE:
                suspects.append(str(name))
    if suspects:
        for name, cells in distinct_texts(read_as_text(suspects)).items():
            bare = cells.str.strip()
            if bare.str.fullmatch(LEADING_ZEROS).any() or _has_beyond(bare):
                found.append(name)
    return found


def find_grouped_columns(distinct: Distinct, decimal: str) -> list[str]:
    """Return the columns of text that are numbers with marks between thousands, such as 1,234.5, in every cell."""
    group = "." if decimal == "," else ","
    whole = rf"(?:0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+)"
    pattern = rf"\s*[+-]?{whole}(?:{re.escape(decimal)}[0-9]+)?\s*"
    return [
        name
        for name, values in distinct.items()
        if values.str.contains(group, regex=False).any() and values.str.fullmatch(pattern).all()
    ]


def note_kept_text(distinct: Distinct) -> list[str]:
    """Return notes on columns that hold numbers but were kept as text."""
    padded, large = [], []
    for name, values in distinct.items():
        if len(values) and values.str.fullmatch(NUMBER).all():
            if values.str.fullmatch(LEADING_ZEROS).any():
                padded.append(name)
            elif _has_beyond(values):
                large.append(name)
    notes = []
    if padded:
        notes.append(_("Numbers with leading zeros were kept as text: {names}.").format(names=quote_names(padded)))
    if large:
        notes.append(
            _("Whole numbers beyond 2⁵³ were kept as text, for they would be rounded: {names}.").format(
                names=quote_names(large)
            )
        )
    return notes


def note_stray_text(distinct: Distinct, decimal: str) -> list[str]:
    """Return a note on each column that would be numbers but for a few cells."""
    notes = []
    for name, values in distinct.items():
        points = values.str.replace(decimal, ".", regex=False)
        stray = values[pd.to_numeric(points, errors="coerce").isna()]
        if 0 < len(stray) <= FEW_TOKENS and 2 * len(stray) < len(values):
            notes.append(
                _("{name} is text only for the cells {cells}; take them as missing to read numbers.").format(
                    name=quote_names([name]), cells=quote_names(stray)
                )
            )
    return notes


def _has_beyond(values: pd.Series) -> bool:
    """Say whether one of the texts is a whole number beyond 2**53, which has 16 digits."""
    long = values[values.str.fullmatch(r"[+-]?[0-9]{16,}")]
    digits = long.str.lstrip("+-").str.lstrip("0")
    limit = str(LARGEST_WHOLE)
    same_length = digits.str.len() == len(limit)
    return bool(((digits.str.len() > len(limit)) | (same_length & (digits > limit))).any())


def _may_have_leading_zeros(text: str) -> bool:
    """Look for a zero before a digit and after neither a digit nor a point: quick, and wrong only to the safe side."""
    data = np.frombuffer(text.encode("utf-8", errors="replace"), dtype=np.uint8)
    is_digit = (data - np.uint8(ord("0"))) < 10
    places = np.flatnonzero((data[1:-1] == ord("0")) & is_digit[2:]) + 1
    before = places - 1
    return bool((~is_digit[before] & (data[before] != ord("."))).any())
