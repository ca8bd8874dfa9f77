"""Which character separates cells, and which separates decimals."""

import csv
import io
import re
from collections.abc import Iterator

from core.errors import InputError
from core.language import _

DELIMITERS = (",", ";", "\t", "|")
DECIMALS = (".", ",")
PREFIX = 1 << 16  # a guess looks at this many characters

COMMA_NUMBER = re.compile(r"[+-]?(?:[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+(?:[eE][+-]?[0-9]+)?")
POINT_NUMBER = re.compile(r"[+-]?(?:[0-9]*|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]+(?:[eE][+-]?[0-9]+)?")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")


def cells(text: str, delimiter: str) -> Iterator[list[str]]:
    """Walk the rows of a text as pandas cuts them: blank lines left out, blanks after a delimiter too.

    Raises InputError for a cell of more than 131,072 characters.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in rows:
            if len(row) > 1 or (row and row[0].strip(" \t")):
                yield row
    except csv.Error:
        raise InputError(
            _("Line {line} holds a cell of more than {limit} characters; probably a quote is not closed there.").format(
                line=rows.line_num, limit=f"{csv.field_size_limit():,}"
            )
        ) from None


def find_delimiter(text: str, delimiter: str | None) -> str:
    """Return the given delimiter, checked, or the one the beginning of the text suggests.

    Raises InputError for what cannot separate cells.
    """
    if delimiter is not None:
        if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n' or ord(delimiter) > 127:
            raise InputError(
                _("The delimiter has to be one character, such as a comma or a tab; {value} came.").format(
                    value=repr(delimiter)
                )
            )
        return delimiter
    return _guess_delimiter(text[:PREFIX])


def find_decimal(text: str, delimiter: str, decimal: str | None) -> str:
    """Return the given decimal mark, checked, or the one that more cells at the beginning of the text use.

    Raises InputError for another mark than a point or a comma, and for one that is the delimiter too.
    """
    if decimal is not None:
        if decimal not in DECIMALS:
            raise InputError(
                _("The decimal mark has to be a point or a comma; {value} came.").format(value=repr(decimal))
            )
        if decimal == delimiter:
            raise InputError(
                _("The decimal mark and the delimiter have to differ; both are {value}.").format(value=repr(decimal))
            )
        return decimal
    if delimiter in DECIMALS:
        return "," if delimiter == "." else "."
    return _guess_decimal(text[:PREFIX], delimiter)


def _guess_delimiter(prefix: str) -> str:
    """Take the delimiter that cuts the header, gives most rows its width, and leaves cells free of the others.

    The idea is that of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
    patterns", 2019. Their clevercsv finds the same for the files in the tests, but takes 40 s for 64 KiB in which a
    quote is not closed. A header that nothing cuts means one column; its delimiter is then one that the text does not
    hold, to cut no cell.
    """
    scores = {choice: _score_delimiter(prefix, choice) for choice in DELIMITERS}
    best = max(DELIMITERS, key=lambda choice: scores[choice])
    if scores[best] >= 0:
        return best
    return next((choice for choice in DELIMITERS if choice not in prefix), ",")


def _score_delimiter(prefix: str, delimiter: str) -> float:
    """Return the share of rows as wide as the header times the share of clean cells, or -1 if the header is not cut."""
    rows = list(cells(prefix, delimiter))
    if not rows or len(rows[0]) == 1:
        return -1.0
    body = rows[1:-1] or rows[1:]  # the last row may be cut off by the end of the prefix
    width = len(rows[0])
    fitting = sum(len(row) == width or (len(row) == width + 1 and not row[-1]) for row in body)
    others = [choice for choice in DELIMITERS if choice != delimiter]
    every = [cell.strip() for row in rows for cell in row]
    clean = sum(not any(map(cell.__contains__, others)) or COMMA_NUMBER.fullmatch(cell) is not None for cell in every)
    return (fitting / len(body) if body else 1.0) * clean / len(every)


def _guess_decimal(prefix: str, delimiter: str) -> str:
    """Count cells such as 3,14 and 3.14. One such as 1,234 may be either: between semicolons, a decimal comma."""
    commas = points = either = 0
    for row in cells(prefix, delimiter):
        for cell in map(str.strip, row):
            if THOUSANDS.fullmatch(cell):
                either += 1
            elif COMMA_NUMBER.fullmatch(cell):
                commas += 1
            elif POINT_NUMBER.fullmatch(cell):
                points += 1
    if commas == points == 0:
        return "," if either and delimiter == ";" else "."
    return "," if commas > points else "."
