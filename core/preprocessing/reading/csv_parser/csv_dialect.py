"""Which character separates cells, which one quotes them, and which separates decimals."""

import re
from collections.abc import Collection, Sequence

from core.errors import InputError
from core.language import _
from core.preprocessing.read_options import DECIMALS
from core.preprocessing.reading.csv_parser.cell_patterns import is_measured, is_remark
from core.preprocessing.reading.csv_parser.header_detection import detect_header, filled
from core.preprocessing.reading.csv_parser.rows import Dialect, filled_rows

DELIMITERS = (",", ";", "\t", "|")
SEPARATORS = ("\x01", "\x1f")  # control characters, which no text has for another reason
RARE_DELIMITERS = ("^", "~", ":", " ")  # used only if no other delimiter fits and they split all rows alike
PREFIX = 1 << 16  # bytes used for a guess
MOST_ROWS = 200  # and rows
MOST_COMMENTS = 2_000  # and comment lines above them
CLEARLY = 0.2  # the score below which a rare delimiter is tried first
NO_QUOTES = ("\x1e", "\x1d", "\x1c", "\x02")  # quotes that hardly a text has: those in cells are letters
NO_QUOTE = NO_QUOTES[0]
FEWEST_QUOTED = 3  # cells in single quotes, and lines, needed to recognise them as quotes
LONGEST_PREFIX = 1 << 20  # bytes, if rows are long

COMMA_NUMBER = re.compile(r"[+-]?(?:[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+(?:[eE][+-]?[0-9]+)?")
POINT_NUMBER = re.compile(r"[+-]?(?:[0-9]*|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]+(?:[eE][+-]?[0-9]+)?")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
POINT_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
SIGNS = " \u00a0\u202f%€$£¥₹₽()"

_SEP = re.compile(rb"[ \t\r\n]*\"?sep=(.)\"?[ \t]*(?:\r\n?|\n|$)", re.IGNORECASE)
_QUOTED = re.compile(r"(?:^|(?<=[,;\t|])) *'((?:[^'\r\n]|'')*)'(?=[,;\t|]|\r?$)", re.MULTILINE)
_COMMENT_LINES = re.compile(rb"(?:[ \t]*(?:(?:#|%|//)[^\n]*)?\r?\n)*")
_CLOCK = re.compile(r"\s*[0-9]{1,2}(?:\.[0-9]+)?\s*")

Rows = Sequence[Sequence[str]]


def find_dialect(data: bytes, delimiter: str | None, missing: Collection[str], quote: str | None = None) -> Dialect:
    """Return the given delimiter, checked, or the one detected from the beginning of the text, and so the `quote`.

    A first line `sep=;`, as Excel writes it, decides. The quote "" means that quotes are letters.
    Raises InputError for an invalid delimiter.
    """
    prefix = take_prefix(data)
    chosen, quote = quote, _guess_quote(prefix) if quote is None else quote or _absent_quote(data)
    if delimiter is not None:
        if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n' or ord(delimiter) > 127:
            raise InputError(
                _("The delimiter has to be one character, such as a comma or a tab; got {value}.").format(
                    value=repr(delimiter)
                )
            )
        dialect = Dialect(delimiter, quote if quote != delimiter else '"')
        return dialect if chosen is not None else _with_quote(prefix, dialect)
    match = _SEP.match(prefix)
    if match is not None and match[1].isascii() and not match[1].isalnum():
        return Dialect(match[1].decode(), quote)
    dialect = Dialect(_guess_delimiter(prefix, quote, missing), quote)
    return dialect if chosen is not None else _with_quote(prefix, dialect)


def _absent_quote(data: bytes) -> str:
    """Return a quote that the text does not have, as far as there is one."""
    return next((quote for quote in NO_QUOTES if quote.encode() not in data), NO_QUOTE)


def _with_quote(prefix: bytes, dialect: Dialect) -> Dialect:
    """Return the dialect of a table in tabs without quotes if they join its lines, which are all alike without them."""
    if dialect != Dialect("\t") or b'"' not in prefix or NO_QUOTE.encode() in prefix:
        return dialect
    bare = Dialect("\t", NO_QUOTE)
    rows = first_rows(prefix, bare)
    alike = len(rows) > 2 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
    return bare if alike and len(first_rows(prefix, dialect)) < len(rows) else dialect


def is_sep_line(row: Sequence[str], dialect: Dialect) -> bool:
    """Return whether the row is a line such as `sep=;`, which gives the delimiter and is not part of the table."""
    return dialect.delimiter.join(row).strip().lower() in (f"sep={dialect.delimiter}", "sep=")


def find_decimal(rows: Rows, delimiter: str, decimal: str | None, thousands: str | None = None) -> str:
    """Return the given decimal mark, checked, or the one that more cells of the first rows use.

    If a point or comma is known to be the `thousands` separator, the decimal mark is the other one, unless that is the
    delimiter.

    Raises InputError for another mark than a point or a comma, and for one that is the delimiter too.
    """
    if decimal is not None:
        if decimal not in DECIMALS:
            raise InputError(
                _("The decimal mark has to be a point or a comma; got {value}.").format(value=repr(decimal))
            )
        if decimal == delimiter:
            raise InputError(
                _("The decimal mark and the delimiter have to differ; both are {value}.").format(value=repr(decimal))
            )
        return decimal
    if delimiter in DECIMALS:
        return "," if delimiter == "." else "."
    if thousands in DECIMALS:
        return "," if thousands == "." else "."
    return _guess_decimal(rows, delimiter)


def take_prefix(data: bytes) -> bytes:
    """Return the beginning of the text up to the end of a line: 64 KiB, and more for a longer line or comments."""
    above = _COMMENT_LINES.match(data, 0, 2 * PREFIX)
    size = PREFIX + (above.end() if above else 0)
    while size < len(data):
        stop = max(data.rfind(b"\n", 0, size), data.rfind(b"\r", 0, size)) + 1
        if stop:
            return data[:stop]
        if size >= LONGEST_PREFIX:
            return data[:size].decode("utf-8", errors="ignore").encode()
        size *= 4
    return data


def count_comments(prefix: bytes) -> int:
    """Return the number of comment lines that begin the text, at most 2,000."""
    found = _COMMENT_LINES.match(prefix)
    return min(found[0].count(b"\n"), MOST_COMMENTS) if found else 0


def first_rows(prefix: bytes, dialect: Dialect) -> list[list[str]]:
    """Return the first 200 rows that are not blank, and comment lines above them, up to the first parsing error."""
    rows: list[list[str]] = []
    most = MOST_ROWS + count_comments(prefix)
    try:
        for row in filled_rows(prefix, dialect):
            if not row.closed:
                return rows or [row.cells]
            rows.append(row.cells)
            if len(rows) == most:
                break
    except InputError:
        pass
    return rows


def _guess_quote(prefix: bytes) -> str:
    """Return a single quote as the quote only if there are no double ones, each opens or closes a cell or is doubled in
    one, and they protect a delimiter, or every line has as many such cells.
    """
    if b'"' in prefix or prefix.count(b"'") < 2 * FEWEST_QUOTED:
        return '"'
    text = prefix.decode("utf-8")
    inside = [match[1] for match in _QUOTED.finditer(text)]
    if not any(inside) or sum(2 + cell.count("'") for cell in inside) != text.count("'"):
        return '"'
    protects = any(mark in cell for cell in inside for mark in DELIMITERS)
    lines = [line for line in text.splitlines()[1:] if line.strip()]
    alike = len(lines) >= FEWEST_QUOTED and len({len(_QUOTED.findall(line)) for line in lines}) == 1
    return "'" if protects or alike else '"'


def _guess_delimiter(prefix: bytes, quote: str, missing: Collection[str]) -> str:
    """Return the delimiter that splits the header, gives most rows its width, and leaves cells without the others.

    The idea is that of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
    patterns", 2019. A header that no delimiter splits means one column; its delimiter is then one that does not occur
    in the text.
    """
    for choice in SEPARATORS:
        if choice.encode() in prefix and _cuts_all_alike(first_rows(prefix, Dialect(choice, quote)), choice, missing):
            return choice
    held = [choice for choice in DELIMITERS if choice.encode() in prefix]
    scores = {choice: _score(first_rows(prefix, Dialect(choice, quote)), choice, missing) for choice in held}
    best = max(held, key=lambda choice: scores[choice], default=",")
    if scores.get(best, -1.0) >= CLEARLY:
        return best
    for choice in RARE_DELIMITERS:
        rows = first_rows(prefix, Dialect(choice, quote)) if choice.encode() in prefix else []
        if _cuts_all_alike(rows, choice, missing):
            return choice
    return best if scores.get(best, -1.0) >= 0 else next((choice for choice in DELIMITERS if choice not in held), ",")


def _score(rows: Rows, delimiter: str, missing: Collection[str]) -> float:
    """Return the share of rows as wide as the header times the share of clean cells, or -1 if the header is not split.

    Titles above the header halve it, unless they look like remarks.
    """
    if not rows:
        return -1.0
    layout = detect_header(rows, missing)
    begin = layout.first if layout.header is None else layout.header
    titles, rows = rows[:begin], rows[begin:]
    width = len(rows[0]) + layout.is_labelled
    if width == 1:
        return -1.0
    body = rows[1:]
    fitting = sum(len(row) == width or (len(row) == width + 1 and not row[-1]) for row in body)
    others = [choice for choice in DELIMITERS if choice != delimiter]
    every = [cell.strip() for row in rows for cell in row]
    clean = sum(not any(map(cell.__contains__, others)) or COMMA_NUMBER.fullmatch(cell) is not None for cell in every)
    doubt = 1.0 if all(is_remark(title[0]) for title in titles) else 0.5
    return doubt * (fitting / len(body) if body else 1.0) * clean / len(every)


def _cuts_all_alike(rows: Rows, delimiter: str, missing: Collection[str]) -> bool:
    """Return whether a rare delimiter splits every row into as many cells, and these look like cells.

    Times are not split at their colon; blanks split only if most columns, or three of them, are then numeric.
    """
    trim = [row[: filled(row)] for row in rows] if delimiter == " " else list(rows)
    if delimiter == " " and len(trim) > 2:
        trim = trim[_titles_above(trim) :]
    widths = {len(row) for row in trim}
    if len(trim) < 2 or len(widths) > 1 or widths == {1}:
        return False
    columns = list(zip(*trim[1:], strict=True))
    if delimiter == ":":
        return not all(_CLOCK.fullmatch(cell) for column in columns for cell in column)
    if delimiter == " ":
        measured = sum(is_measured(column, missing) for column in columns)
        return measured > 0 and (2 * measured > len(columns) or len(columns) > 2) and len(trim) > 2
    return True


def _titles_above(rows: Rows) -> int:
    """Return how many rows stand above those of equal length that end the file, if there are a few of these."""
    alike = next((count for count, row in enumerate(reversed(rows)) if len(row) != len(rows[-1])), len(rows))
    return len(rows) - alike if 2 * alike > len(rows) else 0


def is_mark_shown(rows: Rows, decimal: str) -> bool:
    """Return whether some cell shows that this is the decimal mark: it cannot stand between thousands there."""
    grouped, number = (THOUSANDS, COMMA_NUMBER) if decimal == "," else (POINT_THOUSANDS, POINT_NUMBER)
    marked = (cell.strip(SIGNS) for row in rows for cell in row if decimal in cell)
    return any(number.fullmatch(cell) and not grouped.fullmatch(cell) for cell in marked)


def doubtful_mark(rows: Rows, decimal: str) -> str | None:
    """Return a cell such as 1.234 if all numbers with the `decimal` mark could have it between thousands, else None."""
    grouped, number = (THOUSANDS, COMMA_NUMBER) if decimal == "," else (POINT_THOUSANDS, POINT_NUMBER)
    marked = [cell.strip(SIGNS) for row in rows for cell in row if decimal in cell]
    numbers = [cell for cell in marked if number.fullmatch(cell) or grouped.fullmatch(cell)]
    return numbers[0] if numbers and all(map(grouped.fullmatch, numbers)) else None


def _guess_decimal(rows: Rows, delimiter: str) -> str:
    """Count cells such as 3,14 and 3.14. One such as 1,234 is ambiguous: between semicolons, a decimal comma."""
    commas = points = either = 0
    for row in rows:
        for cell in row:
            if "," not in cell and "." not in cell:
                continue
            bare = cell.strip(SIGNS)
            if THOUSANDS.fullmatch(bare):
                either += 1
            elif COMMA_NUMBER.fullmatch(bare):
                commas += 1
            elif POINT_NUMBER.fullmatch(bare):
                points += 1
    if commas == points == 0:
        return "," if either and delimiter == ";" else "."
    return "," if commas > points else "."
