"""What a column holds: numbers, dates, categories, answers of yes or no, identifiers, free text or nothing."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.formatting import format_count, format_general
from core.language import _, ngettext
from core.preprocessing.column_types.arrow_text import matches
from core.preprocessing.column_types.values import (
    as_labels,
    as_numbers,
    holds_dates,
    holds_numbers,
    is_missing,
    write_value,
)
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import ColumnReading, Kind, Reading

FEWEST_TO_NAME = 3  # with two rows, almost anything would look like an identifier
FEWEST_TO_TRUST_NAME = 20  # from this many on, distinct whole numbers named "..._id" need not count up by one

LEADING_ZEROS = r"[+-]?0[0-9]+"
DIGITS = "[0-9]{1,64}"
UUID = r"\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?"
LETTERS_AND_DIGITS = r"[\pL0-9_./:#-]*(?:\pL[\pL_./:#-]*[0-9]|[0-9][0-9_./:#-]*\pL)[\pL0-9_./:#-]*"
CODE = rf"(?:{UUID}|{LETTERS_AND_DIGITS}|0[0-9]+|[0-9]{{16,}}|[0-9A-Fa-f]{{16,}})"
LONGEST_CODE = 64

OF_IDS = re.compile(r"(?:.*[\W_])?(?:id|ids|uid|uuid|guid|pk)", re.IGNORECASE)
OF_IDS_IN_CAPITALS = re.compile(r".*[a-z](?:Id|ID|Uid|UID)")
OF_ACCOUNTS = re.compile(
    r"(?:.*[\W_])?(?:account|acct|konto|kontonummer|iban|isbn|ean|barcode|upc|sku|ssn|vin|imei|siret|siren|cpf|cnpj|"
    r"(?:account|acct|order|invoice|customer|client|policy|ticket|case|serial|contract|passport|license|licence|patient|"
    r"member|student|transaction|receipt|tracking|bestell|rechnungs|kunden|auftrags|artikel|vertrags)"
    r"[\W_]*(?:no|nr|num|number|nummer|code|ref|#))\.?",
    re.IGNORECASE,
)
OF_COUNTS = re.compile(
    r"\W*|index|idx|no\.?|nr\.?|num|number|row|rows|row[ _]?(?:id|no|nr|num|number|index)|record|case|obs|observation|"
    r"key|serial|s\.?no\.?|lfd\.? ?nr\.?|#|№|序号|编号|番号|unnamed: ?\d+|column_\d+|level_\d+",
    re.IGNORECASE,
)


def look_like_codes(distinct: pd.Series) -> bool:
    """Return whether each of these texts is a code: letters with digits, leading zeros, a UUID or very many digits.

    No blanks, and at most 64 characters; if some have leading zeros, the others may be digits without them. False for
    fewer than three texts.
    """
    if len(distinct) < FEWEST_TO_NAME:
        return False
    first = distinct.iloc[:FEWEST_TO_TRUST_NAME]
    if matches(first, DIGITS).all():
        return bool(matches(distinct, DIGITS).all() and matches(distinct, LEADING_ZEROS).any()) or _is_code(distinct)
    return _is_code(first) and _is_code(distinct)


def _is_code(texts: pd.Series) -> bool:
    return bool(matches(texts, CODE).all()) and int(texts.str.len().max()) <= LONGEST_CODE


def may_name_rows(name: str) -> bool:
    """Return whether a column of this name may be an identifier of the rows."""
    return bool(_is_of_ids(name) or OF_COUNTS.fullmatch(name))


def _is_of_ids(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (OF_IDS, OF_IDS_IN_CAPITALS, OF_ACCOUNTS))


def names_rows(name: str, numbers: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> bool:
    """Return whether these values, shape (n,), none missing, only identify the rows, judged also by the column's name.

    They do if they are whole numbers that count up by one under a name such as "id", "index", "no", or none; or
    twenty and more whole numbers, all distinct, under a name that ends in "id" or is one of accounts and orders.
    """
    if len(numbers) < FEWEST_TO_NAME or not may_name_rows(name):
        return False
    with np.errstate(over="ignore"):  # numbers of 1e308 do not count up by one
        counts_up = bool((np.diff(numbers) == 1).all())
    if counts_up:
        return bool(numbers[0] == np.floor(numbers[0]))
    if not _is_of_ids(name) or len(numbers) < FEWEST_TO_TRUST_NAME or not bool((numbers == np.floor(numbers)).all()):
        return False
    ordered = np.sort(numbers)
    return bool((ordered[1:] != ordered[:-1]).all())


PAIRS = (
    ("yes", "no"), ("true", "false"), ("y", "n"), ("t", "f"), ("on", "off"), ("ja", "nein"), ("j", "n"),
    ("oui", "non"), ("o", "n"), ("vrai", "faux"), ("wahr", "falsch"), ("an", "aus"), ("si", "no"), ("sí", "no"),
    ("s", "n"), ("sì", "no"), ("vero", "falso"), ("verdadero", "falso"), ("sim", "não"), ("sim", "nao"),
    ("verdadeiro", "falso"), ("ja", "nee"), ("waar", "onwaar"), ("ja", "nej"), ("sand", "falsk"), ("sant", "falskt"),
    ("ja", "nei"), ("kyllä", "ei"), ("tak", "nie"), ("prawda", "fałsz"), ("ano", "ne"), ("áno", "nie"), ("da", "ne"),
    ("da", "nu"), ("igen", "nem"), ("evet", "hayır"), ("evet", "hayir"), ("да", "нет"), ("так", "ні"), ("да", "не"),
    ("ναι", "όχι"), ("是", "否"), ("有", "无"), ("真", "假"), ("はい", "いいえ"), ("예", "아니요"),
    ("네", "아니요"), ("نعم", "لا"), ("כן", "לא"), ("हाँ", "नहीं"), ("có", "không"), ("ya", "tidak"),
    ("あり", "なし"), ("有り", "無し"), ("ある", "ない"), ("真", "偽"), ("有", "無"), ("有", "没有"), ("对", "错"),
    ("對", "錯"), ("○", "×"), ("✓", "✗"), ("✔", "✘"), ("예", "아니오"), ("참", "거짓"), ("истина", "ложь"),
    ("істина", "хибність"), ("так", "не"), ("igaz", "hamis"), ("tosi", "epätosi"), ("doğru", "yanlış"),
    ("doğru", "yanliş"),
    ("adevărat", "fals"), ("jah", "ei"), ("jā", "nē"), ("taip", "ne"), ("po", "jo"), ("benar", "salah"),
    ("đúng", "sai"), ("ใช่", "ไม่ใช่"), ("بله", "خیر"), ("হ্যাঁ", "না"),
)  # fmt: skip


def answers_yes_no(distinct: Iterable[str]) -> bool:
    """Return whether the distinct values are one of the known pairs, or one half of it, ignoring case.

    >>> answers_yes_no(["Yes", "no"]), answers_yes_no(["N"]), answers_yes_no(["yes", "off"])
    (True, True, False)
    """
    words = set(map(_as_word, distinct))
    return 0 < len(words) <= 2 and any(words <= set(pair) for pair in PAIRS)


def differing_in_case(distinct: Iterable[str]) -> list[str]:
    """Return the first values that differ from each other in letter case alone, [] if none do."""
    groups: dict[str, list[str]] = {}
    for value in distinct:
        groups.setdefault(_as_word(value), []).append(value)
    return next((values for values in groups.values() if len(values) > 1), [])


def yes_values(distinct: Iterable[str]) -> tuple[str, ...]:
    """Return the values that mean yes, in their order; () unless the values are answers of yes or no.

    >>> yes_values(["no", "Yes", "YES"])
    ('Yes', 'YES')
    """
    values = list(distinct)
    words = set(map(_as_word, values))
    for yes, no in PAIRS:
        if words and words <= {yes, no}:
            return tuple(value for value in values if _as_word(value) == yes)
    return ()


def _as_word(value: str) -> str:
    """Return the value for a comparison: in small letters, with accents composed."""
    return unicodedata.normalize("NFC", value.casefold())


__all__ = [
    "Kind", "KindGuess", "as_labels", "as_numbers", "column_kind", "column_kinds", "guess_kind", "guess_numbers",
    "guess_texts", "holds_numbers", "is_missing", "judge_labels", "kind_guesses", "write_value",
]  # fmt: skip

MOST_CATEGORIES = 50  # a category has at most this many distinct values, or
MOST_FREQUENT = 500  # this many, if there are more than
ROWS_PER_CATEGORY = 10  # rows for each of them
FEWEST_TO_JUDGE = 20  # below this many values, "nearly every value is distinct" says nothing
NEARLY_ALL = 0.9
FIRST = 1_000  # numbers checked first, before all of them
WIDEST_TO_COUNT = 1_000  # distinct whole numbers are counted only within such a range, which is fast


@dataclass(frozen=True)
class KindGuess:
    """What a column holds, and why.

    Attributes:
        kind: what it holds.
        reason: one sentence, without its full stop, on what shows it.
    """

    kind: Kind
    reason: str


def column_kind(values: pd.Series) -> Kind:
    """Return the kind of a column; see `guess_kind`.

    >>> column_kind(pd.Series(["Pave", None, "Grvl", None]))
    'category'
    >>> column_kind(pd.Series([2, None, 4]))
    'number'
    """
    return guess_kind(values).kind


def column_kinds(frame: pd.DataFrame) -> dict[str, Kind]:
    """Return the kind of each column of the table; see `kind_guesses`."""
    return {name: guess.kind for name, guess in kind_guesses(frame).items()}


def kind_guesses(frame: pd.DataFrame) -> dict[str, KindGuess]:
    """Return the kind of each column, and why.

    For a table from `read_table` the kinds in `frame.attrs["reading"]` are used where the dtype of the column still
    fits; a column that was added or converted since is judged by its values, as in `guess_kind`.
    """
    known = _known_columns(frame)
    plain = frame.copy(deep=False)
    plain.attrs = {}  # pandas copies them at every access
    guesses = {}
    for name in plain.columns:
        column = known.get(str(name))
        believed = column is not None and _fits(column.kind, plain[name])
        guesses[str(name)] = (
            KindGuess(column.kind, column.reason) if believed and column is not None else guess_kind(plain[name])
        )
    return guesses


def guess_kind(values: pd.Series) -> KindGuess:
    """Return the kind of a column, and why; missing values are ignored.

    - `empty`: nothing but missing values, or no rows.
    - `date`: the dtype is one of dates.
    - `identifier`: distinct texts that all look like codes; or whole numbers that count up by one under a name such as
      "id" (see `names_rows`).
    - `number`: whole or decimal numbers. True and False do not count as numbers.
    - `yes_no`: texts (or True and False) that are a known pair such as yes and no, or one half of it.
    - `text`: other values, more than 50 of them distinct, or more than 500 if each occurs in more than ten rows on
      average; or, from 20 values on, nine in ten of them distinct. Names and addresses are examples: a feature for
      each value would describe single rows.
    - `category`: all other columns.
    """
    present = values[~is_missing(values)]
    if present.empty:
        return KindGuess("empty", _("no row has a value"))
    if holds_dates(values):
        return KindGuess("date", _("every value is a date"))
    name = "" if values.name is None else str(values.name)
    if holds_numbers(present):
        return guess_numbers(as_numbers(present, name), name)
    return guess_texts(pd.Series(as_labels(present).unique()).astype("str"), len(present), name)


def guess_numbers(numbers: npt.NDArray[np.float64] | npt.NDArray[np.int64], name: str) -> KindGuess:
    """Return the kind of numbers, shape (n,), NaN where missing, none infinite, at least one present."""
    if may_name_rows(name) and names_rows(name, _present(numbers)):
        return KindGuess(
            "identifier", _("whole numbers, all distinct, in a column called {name}").format(name=quote_names([name]))
        )
    low, high = np.fmin.reduce(numbers).item(), np.fmax.reduce(numbers).item()
    ends = {"low": format_general(low, grouped=True), "high": format_general(high, grouped=True)}
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
    """Return whether the numbers that are not missing are whole."""
    if numbers.dtype.kind != "f":
        return True
    return bool(((numbers == np.floor(numbers)) | np.isnan(numbers)).all())


def guess_texts(distinct: pd.Series, count: int, name: str = "") -> KindGuess:
    """Return the kind of texts, given the distinct ones (dtype `str`) and the number of rows that have one."""
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
        return KindGuess("text", _("{share}% of the values are distinct, as in free text").format(share=share))
    return KindGuess(
        "text", _("{count} distinct values, more than categories usually have").format(count=format_count(differ))
    )


def judge_labels(count: int, distinct: int) -> Kind:
    """Distinguish categories from free text by the number of values and of distinct values."""
    is_frequent = distinct <= MOST_FREQUENT and count > ROWS_PER_CATEGORY * distinct
    if distinct > MOST_CATEGORIES and not is_frequent:
        return "text"
    nearly_all = count >= FEWEST_TO_JUDGE and distinct >= NEARLY_ALL * count
    return "text" if nearly_all else "category"


def _known_columns(frame: pd.DataFrame) -> Mapping[str, ColumnReading]:
    reading = frame.attrs.get("reading")
    return {column.name: column for column in reading.columns} if isinstance(reading, Reading) else {}


def _fits(kind: Kind, values: pd.Series) -> bool:
    """Return whether a column of this dtype can still have the kind it was read as."""
    if kind == "number":
        return holds_numbers(values)
    if kind == "date":
        return holds_dates(values)
    is_text = isinstance(values.dtype, pd.StringDtype)
    if kind == "identifier":
        return is_text or holds_numbers(values)
    return is_text and (kind != "empty" or bool(values.isna().all()))
