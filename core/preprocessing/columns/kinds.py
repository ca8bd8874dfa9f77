"""What a column holds: numbers, dates, categories, answers of yes or no, identifiers, free text or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.columns.identifiers import look_like_codes, may_name_rows, names_rows
from core.preprocessing.columns.values import (
    as_labels,
    as_numbers,
    holds_dates,
    holds_numbers,
    is_gap,
    write_value,
)  # fmt: skip
from core.preprocessing.columns.yes_no import answers_yes_no
from core.preprocessing.naming import quote_names
from core.preprocessing.reading.table import ColumnReading, Kind, Reading

__all__ = [
    "Kind", "KindGuess", "as_labels", "as_numbers", "column_kind", "column_kinds", "guess_kind", "guess_numbers",
    "guess_texts", "holds_numbers", "is_gap", "judge_labels", "kind_guesses", "write_value",
]  # fmt: skip

MOST_CATEGORIES = 50  # a category has at most this many distinct values
FEWEST_TO_JUDGE = 20  # below this many values, "nearly every value is distinct" says nothing
NEARLY_ALL = 0.9
FIRST = 1_000  # numbers that are looked at before all of them are
WIDEST_TO_COUNT = 1_000  # whole numbers within such a range are counted for the reason: quick, and more is no news


@dataclass(frozen=True)
class KindGuess:
    """What a column holds, and one sentence, without its full stop, that says by what one sees it."""

    kind: Kind
    reason: str


def column_kind(values: pd.Series) -> Kind:
    """Name what a column holds; see `guess_kind`.

    >>> column_kind(pd.Series(["Pave", None, "Grvl", None]))
    'category'
    >>> column_kind(pd.Series([2, None, 4]))
    'number'
    """
    return guess_kind(values).kind


def column_kinds(frame: pd.DataFrame) -> dict[str, Kind]:
    """Name what each column of the table holds; see `kind_guesses`."""
    return {name: guess.kind for name, guess in kind_guesses(frame).items()}


def kind_guesses(frame: pd.DataFrame) -> dict[str, KindGuess]:
    """Say for each column what it holds, and why.

    A table that was read knows it (`frame.attrs["reading"]`) and is believed as long as the dtype of the column fits;
    a column that was added, or turned into something else since, is judged by its values, as by `guess_kind`.
    """
    known = _known_columns(frame)
    plain = frame.copy(deep=False)
    plain.attrs = {}  # pandas would copy them at every access
    guesses = {}
    for name in plain.columns:
        column = known.get(str(name))
        believed = column is not None and _fits(column.kind, plain[name])
        guesses[str(name)] = (
            KindGuess(column.kind, column.reason) if believed and column is not None else guess_kind(plain[name])
        )
    return guesses


def guess_kind(values: pd.Series) -> KindGuess:
    """Say what a column holds, and why; missing values are left out of the question.

    - `empty`: nothing but missing values, or no rows.
    - `date`: the dtype is one of dates.
    - `identifier`: texts, all distinct, each of which looks like a code; or whole numbers that count up by one under
      a name such as "id" (see `identifiers`).
    - `number`: whole or decimal numbers. True and False are no numbers.
    - `yes_no`: texts (or True and False) that are a known pair such as yes and no, or one half of it.
    - `text`: other values, more than 50 of them distinct, or, once there are 20 values to judge by, nine in ten of
      them distinct. Names and addresses are such: one column for each value would describe single rows.
    - `category`: the rest.
    """
    present = values[~is_gap(values)]
    if present.empty:
        return KindGuess("empty", _("no row has a value"))
    if holds_dates(values):
        return KindGuess("date", _("every value is a date"))
    name = "" if values.name is None else str(values.name)
    if holds_numbers(present):
        return guess_numbers(as_numbers(present, name), name)
    return guess_texts(pd.Series(as_labels(present).unique()).astype("str"), len(present), name)


def guess_numbers(numbers: npt.NDArray[np.float64] | npt.NDArray[np.int64], name: str) -> KindGuess:
    """Judge numbers, shape (n,), NaN where missing, none infinite and at least one present."""
    if may_name_rows(name) and names_rows(name, _present(numbers)):
        return KindGuess(
            "identifier", _("whole numbers, all distinct, in a column called {name}").format(name=quote_names([name]))
        )
    low, high = np.fmin.reduce(numbers).item(), np.fmax.reduce(numbers).item()
    ends = {"low": f"{low:,.6g}", "high": f"{high:,.6g}"}
    if low == high:
        return KindGuess("number", _("the same number in every row: {low}").format(**ends))
    if not (_are_whole(numbers[:FIRST]) and _are_whole(numbers)):
        return KindGuess("number", _("decimal numbers from {low} to {high}").format(**ends))
    if high - low < WIDEST_TO_COUNT:
        distinct = int(np.count_nonzero(np.bincount((_present(numbers) - low).astype(np.intp))))
        return KindGuess("number", _("whole numbers with {count} distinct values").format(count=distinct))
    return KindGuess("number", _("whole numbers from {low} to {high}").format(**ends))


def _present(
    numbers: npt.NDArray[np.float64] | npt.NDArray[np.int64],
) -> npt.NDArray[np.float64] | npt.NDArray[np.int64]:
    return numbers[~np.isnan(numbers)]


def _are_whole(numbers: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> bool:
    """Say whether the numbers that are present are whole."""
    if numbers.dtype.kind != "f":
        return True
    return bool(((numbers == np.floor(numbers)) | np.isnan(numbers)).all())


def guess_texts(distinct: pd.Series, count: int, name: str = "") -> KindGuess:
    """Judge texts by those that differ, of dtype `str`, none missing, and by the number of rows that have one."""
    differ = len(distinct)
    if differ <= FEWEST_TO_JUDGE and answers_yes_no(distinct):
        return KindGuess("yes_no", _("answers of yes or no: {values}").format(values=quote_names(distinct)))
    if differ == count and look_like_codes(distinct):
        return KindGuess("identifier", _("every value is distinct and looks like a code"))
    if judge_labels(count, differ) == "category":
        return KindGuess(
            "category",
            ngettext("text with {count} distinct value", "text with {count} distinct values", differ).format(
                count=differ
            ),
        )
    if differ >= NEARLY_ALL * count:
        share = 100 * differ // count
        return KindGuess("text", _("{share} % of the values are distinct, as in free text").format(share=share))
    return KindGuess(
        "text", _("{count} distinct values, more than categories usually have").format(count=format_count(differ))
    )


def judge_labels(count: int, distinct: int) -> Kind:
    """Tell categories from free text by the number of values and of those that differ."""
    if distinct > MOST_CATEGORIES:
        return "text"
    nearly_all = count >= FEWEST_TO_JUDGE and distinct >= NEARLY_ALL * count
    return "text" if nearly_all else "category"


def _known_columns(frame: pd.DataFrame) -> Mapping[str, ColumnReading]:
    reading = frame.attrs.get("reading")
    return {column.name: column for column in reading.columns} if isinstance(reading, Reading) else {}


def _fits(kind: Kind, values: pd.Series) -> bool:
    """Say whether a column of this dtype can still be of the kind that it was read as."""
    if kind == "number":
        return holds_numbers(values)
    if kind == "date":
        return holds_dates(values)
    is_text = isinstance(values.dtype, pd.StringDtype)
    if kind == "identifier":
        return is_text or holds_numbers(values)
    return is_text and (kind != "empty" or bool(values.isna().all()))
