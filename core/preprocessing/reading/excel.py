"""One sheet of a workbook (XLSX, XLSM, XLSB, XLS or ODS) as rows of text."""

import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import InputError, LimitError
from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.naming import quote_names
from core.preprocessing.reading import excel_cells

MOST_CELLS = 5_000_000
COMPOUND = b"\xd0\xcf\x11\xe0"  # the container of old Office files, and of those with a password
# With a password, a newer workbook has a stream of this name, and an older one a first or second record for it.
ENCRYPTED = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le")) + rb"|\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)


@dataclass(frozen=True, eq=False)
class Sheet:
    """The area of a sheet that holds anything; rows above and columns left of it are not in it.

    Attributes:
        rows: each as long as the area, with "" for an empty cell.
        sheet: its name.
        sheets: the names of all sheets in the workbook.
        notes: what there is to say about it.
    """

    rows: list[list[str]]
    sheet: str
    sheets: tuple[str, ...]
    notes: tuple[str, ...]


def read_sheet(data: bytes, sheet: str | None = None) -> Sheet:
    """Read the chosen sheet, or the first one that is not empty; see `excel_cells.cell_text` for the text of a cell.

    python-calamine runs in a separate process with bounded memory and time. Cells with an error, and formulas saved
    without their result, are empty; a note counts them, and merged cells, and names other sheets.
    Raises InputError for a workbook that is damaged, has a password, has no such sheet or no cell, and LimitError for
    a sheet of more than 5,000,000 cells or one that needs more memory or time than that process may use.
    """
    if data.startswith(COMPOUND) and ENCRYPTED.search(data):
        raise _problem({"problem": "password"}, sheet)
    answer = _ask(data, sheet)
    if "problem" in answer:
        raise _problem(answer, sheet)
    notes = (*_note_sheets(answer["sheet"], answer["sheets"], sheet), *_note_cells(answer["merged"], answer["lost"]))
    return Sheet(answer["rows"], answer["sheet"], answer["sheets"], notes)


def _ask(data: bytes, sheet: str | None) -> dict[str, Any]:
    question = pickle.dumps((data, sheet, MOST_CELLS))
    command = [sys.executable, "-P", excel_cells.__file__]
    try:
        done = subprocess.run(
            command, input=question, capture_output=True, timeout=excel_cells.MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {"problem": "time"}
    except OSError:
        raise InputError(_("Workbooks cannot be read on this machine; save the sheet as CSV.")) from None
    if done.returncode or not done.stdout:
        return {"problem": "memory"}  # the library aborts its process if memory is refused
    answer: dict[str, Any] = pickle.loads(done.stdout)
    return answer


def _problem(answer: dict[str, Any], sheet: str | None) -> InputError:
    problem, names = answer["problem"], answer.get("sheets", ())
    if problem == "password":
        return InputError(_("The workbook has a password; save it without one, or save the sheet as CSV."))
    if problem == "no such sheet":
        return InputError(
            _("The workbook has no sheet “{sheet}”; it has {names}.").format(sheet=sheet, names=quote_names(names))
        )
    if problem == "empty":
        return InputError(_("The workbook is empty; a sheet with a header and at least one row is needed."))
    if problem == "cells":
        return LimitError(
            _("The sheet has {got} cells; at most {limit} can be read: save it as CSV, or bring a part of it.").format(
                got=format_count(answer["came"]), limit=format_count(MOST_CELLS)
            ),
            limit="cells",
            most=MOST_CELLS,
            came=answer["came"],
        )
    if problem in ("memory", "time"):
        return LimitError(
            _(
                "Reading the workbook exceeds the limit of memory or time; save the sheet as CSV, or delete cells far "
                "from the table."
            ),
            limit="work",
            most=excel_cells.LARGEST_MEMORY,
            came=excel_cells.LARGEST_MEMORY + 1,
        )
    return InputError(_("The workbook is damaged or of an unknown format; save it again, or save the sheet as CSV."))


def _note_sheets(name: str, names: Sequence[str], chosen: str | None) -> list[str]:
    others = [other for other in names if other != name]
    if chosen is not None or not others:
        return []
    return [
        ngettext(
            "The sheet {name} was read; the workbook has another one, {others}.",
            "The sheet {name} was read; the workbook has others: {others}.",
            len(others),
        ).format(name=quote_names([name]), others=quote_names(others))
    ]


def _note_cells(merged: int, lost: int) -> list[str]:
    notes = []
    if merged:
        notes.append(
            ngettext(
                "{count} group of cells is merged; the first cell has its value, the others are empty.",
                "{count} groups of cells are merged; the first cell has the value, the others are empty.",
                merged,
            ).format(count=merged)
        )
    if lost:
        notes.append(
            ngettext(
                "{count} cell holds an error, or a formula saved without its result, and is empty.",
                "{count} cells hold an error, or a formula saved without its result, and are empty.",
                lost,
            ).format(count=lost)
        )
    return notes
