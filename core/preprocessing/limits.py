"""Limits on the size of a table, so that no file exhausts the memory; every message says what to do."""

from collections.abc import Sequence

from core.errors import InputError, LimitError
from core.formatting import format_count
from core.language import _

MOST_BYTES = 200_000_000  # of the uploaded file
MOST_UNPACKED = 500_000_000  # of the decompressed file
MOST_ROWS = 5_000_000  # kept as values; a sample may be drawn from more
MOST_COLUMNS = 2_000  # kept as values; a file may have more, to choose from
MOST_TO_CHOOSE = 20_000  # columns that some may be chosen from
MOST_CELLS = 60_000_000  # kept as values
MOST_TO_SAMPLE = 40_000_000  # rows that a sample may be drawn from
LONGEST_LINE = 10_000_000  # characters


def check_bytes(count: int) -> None:
    """Raise LimitError for a file of more than 200 MB."""
    if count > MOST_BYTES:
        raise LimitError(
            _(
                "The file is {count} MB; at most {limit} MB can be read: compress it, or leave out columns or rows."
            ).format(count=format_count(count / 1e6), limit=format_count(MOST_BYTES / 1e6)),
            limit="bytes",
            most=MOST_BYTES,
            came=count,
        )


def check_unpacked(count: int) -> None:
    """Raise LimitError for a file that decompresses to more than 500 MB."""
    if count > MOST_UNPACKED:
        raise LimitError(
            _("The file decompresses to more than {limit} MB; decompress it yourself and bring a part of it.").format(
                limit=format_count(MOST_UNPACKED / 1e6)
            ),
            limit="unpacked",
            most=MOST_UNPACKED,
            came=count,
        )


def check_width(count: int) -> None:
    """Raise LimitError for more than 20,000 columns, even if only some are to be read."""
    if count > MOST_TO_CHOOSE:
        raise LimitError(
            _(
                "The table has {count} columns; at most {limit} can be chosen from: leave some out before bringing it, "
                "or choose another delimiter if this one is wrong."
            ).format(count=format_count(count), limit=format_count(MOST_TO_CHOOSE)),
            limit="columns",
            most=MOST_TO_CHOOSE,
            came=count,
        )


def check_columns(count: int, names: Sequence[str] = ()) -> None:
    """Raise LimitError for more than 2,000 columns to read; `names` are those that may be chosen."""
    if count > MOST_COLUMNS:
        raise LimitError(
            _(
                "The table has {count} columns; at most {limit} can be read: choose some of them, or another delimiter "
                "if this one is wrong."
            ).format(count=format_count(count), limit=format_count(MOST_COLUMNS)),
            limit="columns",
            most=MOST_COLUMNS,
            came=count,
            names=tuple(names),
        )


def check_size(rows: int, columns: int, names: Sequence[str] = ()) -> None:
    """Raise LimitError for more rows, or more cells, than can be kept as values; `names` are those of the columns."""
    if rows > MOST_ROWS:
        raise LimitError(
            _("The table has {count} rows; at most {limit} can be read: read a sample of them.").format(
                count=format_count(rows), limit=format_count(MOST_ROWS)
            ),
            limit="rows",
            most=MOST_ROWS,
            came=rows,
        )
    if rows * columns > MOST_CELLS:
        raise LimitError(
            _(
                "The table has {count} cells; at most {limit} can be read: read a sample of its rows, or fewer columns."
            ).format(count=format_count(rows * columns), limit=format_count(MOST_CELLS)),
            limit="cells",
            most=MOST_CELLS,
            came=rows * columns,
            names=tuple(names),
        )


def check_sampled(rows: int) -> None:
    """Raise LimitError for a table of more rows than a sample can be drawn from."""
    if rows > MOST_TO_SAMPLE:
        raise LimitError(
            _("The table has {count} rows; a sample can be drawn from at most {limit}: bring a part of it.").format(
                count=format_count(rows), limit=format_count(MOST_TO_SAMPLE)
            ),
            limit="rows",
            most=MOST_TO_SAMPLE,
            came=rows,
        )


def long_line(line: int) -> InputError:
    """Return the error for a line too long for a table."""
    return InputError(
        _("Line {line} has more than {limit} characters; check that the rows of the file end in line breaks.").format(
            line=line, limit=format_count(LONGEST_LINE)
        )
    )
