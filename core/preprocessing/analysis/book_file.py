"""The book's small file as text that can be edited: the lines that write it, and the table that read_csv reads."""

import csv
import io
from collections.abc import Iterator

import pandas as pd

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.column_types.frames import read_target

HOUSE_TINY = "NumRooms,Alley,Price\nNA,Pave,127500\n2,NA,106000\n4,NA,178100\nNA,NA,140000\n"
MOST_CHARACTERS = 5_000
WIDTH = 90  # letters of a line of code

_OPEN_THEN = """import os

os.makedirs(os.path.join('..', 'data'), exist_ok=True)
data_file = os.path.join('..', 'data', 'house_tiny.csv')
with open(data_file, 'w') as f:
"""

_OPEN_NOW = """from pathlib import Path

folder = Path('..', 'data')
folder.mkdir(parents=True, exist_ok=True)
data_file = folder / 'house_tiny.csv'
"""


def write_lines_then(text: str) -> str:
    """Return the book's lines that write this text to a file, one call of `write` for each line of it."""
    *whole, last = text.split("\n")
    lines = [f"{line}\n" for line in whole] + [last] * bool(last)
    return _OPEN_THEN + "\n".join(f"    f.write({line!r})" for line in lines)


def write_lines_now(text: str) -> str:
    """Return the lines of today that write this text to a file."""
    is_ended = text.endswith("\n")
    rows = list(map(repr, text.removesuffix("\n").split("\n")))
    end, listed = " + '\\n'" * is_ended, ", ".join(rows)
    if len(listed) > WIDTH:
        listed = "\n    " + ",\n    ".join(rows) + ",\n"
    return f"{_OPEN_NOW}rows = [{listed}]\ndata_file.write_text('\\n'.join(rows){end}, encoding='utf-8')"


def read_book_file(text: str) -> pd.DataFrame:
    """Return the table that `pd.read_csv` makes of a typed file; its last column is the label.

    Raises InputError for a text that is empty or of more than 5,000 characters, that read_csv cannot read, that has a
    row longer than the names or no row at all, and for a last column without numbers.
    """
    for problem in _problems_before(text):
        raise InputError(problem)
    try:
        frame = pd.read_csv(io.StringIO(text))
        longest = max(map(len, csv.reader(io.StringIO(text))))
    except (ValueError, OverflowError, csv.Error) as problem:  # both of pandas' own parser errors are ValueErrors
        raise InputError(
            _("read_csv cannot read this file: {problem}. Write a line of names and lines of as many cells.").format(
                problem=str(problem).strip().rstrip(".")
            )
        ) from None
    if isinstance(frame.index, pd.MultiIndex) or longest > frame.shape[1]:
        raise InputError(
            _("The rows have more cells than there are names, so read_csv takes the first cells for row labels. Give "
              "each column a name.")
        )  # fmt: skip
    if frame.empty:
        raise InputError(_("The file has names and no row; write at least one row below them."))
    read_target(frame, str(frame.columns[-1]))
    return frame


def _problems_before(text: str) -> Iterator[str]:
    if not text.strip():
        yield _("The file is empty; write a line of names, and rows below it.")
    if len(text) > MOST_CHARACTERS:
        yield _("This field is for a file of at most {most} characters; open a larger one on the screen Data.").format(
            most=format_count(MOST_CHARACTERS)
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        yield _("The file holds half of a character, which no file can; delete it.")
