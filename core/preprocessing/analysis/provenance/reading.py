"""The first steps of a cell: from the file to a value, or to missing."""

import pandas as pd

from core.formatting import format_list
from core.language import _, ngettext
from core.preprocessing.analysis.provenance.step import Step
from core.preprocessing.column_types.infer import is_missing, write_value
from core.preprocessing.schema import ColumnReading, DateFormat, NumberFormat, Table


def reading_steps(table: Table, label: int, column: str) -> list[Step]:
    """Return the cell in the file, if it is text, and the value read from it."""
    raw = raw_cells(table, label)
    value = read_value(table.frame.loc[[label], column])
    if raw is None:
        return [Step("read", value, _("The file gives this value itself, with its type."))]
    cell = raw.get(column)
    return [Step("file", cell, _file_sentence(table, label, column, cell)), _read_step(table, column, cell, value)]


def raw_cells(table: Table, label: int) -> dict[str, str | None] | None:
    """Return the cells of a row as in the file, by column; None if the file is not text."""
    if table.raw is None:
        return None
    return dict(zip(map(str, table.frame.columns), table.raw.row(label), strict=True))


def line_in_file(table: Table, label: int) -> int | None:
    """Return the line of the file, counted from 1, at which a row begins; None if the file has no lines."""
    find = getattr(table.raw, "line_of", None)  # a file that is not text has rows but no lines
    return None if find is None else int(find(label))


def read_value(cell: pd.Series) -> float | str | None:
    """Return the value of a column of one row: a number, a text, or None if missing."""
    if bool(is_missing(cell)[0]):
        return None
    value = cell.iloc[0]
    if isinstance(value, pd.Timestamp):
        return value.isoformat(sep=" ")
    return write_value(value) if isinstance(value, str | bool) else float(value)


def _file_sentence(table: Table, label: int, column: str, cell: str | None) -> str:
    line = line_in_file(table, label)
    where = _("The cell of the column “{column}” in row {row}.") if line is None else _(
        "The cell of the column “{column}” in line {line} of the file, row {row} of the table."
    )  # fmt: skip
    sentence = where.format(column=column, line=line, row=label)
    return sentence if cell is not None else sentence + " " + _("The line ends before this column.")


def _read_step(table: Table, column: str, cell: str | None, value: float | str | None) -> Step:
    how = table.reading.column(column)
    if value is None:
        return Step("read", None, _why_missing(table, how, cell))
    if isinstance(how.conversion, DateFormat):
        sentence = _("Read as a date in the format {format}.").format(format=how.conversion.format)
        zone = " " + _("Its zone was converted to UTC.") if how.conversion.utc else ""
        return Step("read", value, sentence + zone)
    if isinstance(value, float):
        spelling = how.conversion if isinstance(how.conversion, NumberFormat) else None
        return Step("read", value, _number_sentence(spelling, table.decimal, str(cell)))
    blanks = " " + _("Whitespace around it was removed.") if cell != str(cell).strip() else ""
    return Step("read", value, _("Text is kept as it is.") + blanks)


def _why_missing(table: Table, how: ColumnReading, cell: str | None) -> str:
    text = "" if cell is None else cell.strip()
    if not text:
        return _("The cell is empty: the value is missing.")
    if text in how.codes:
        return _("{cell} was declared a code for a missing value in this column.").format(cell=text)
    if text in table.missing:
        return _("{cell} stands for a missing value in this file.").format(cell=text)
    return _("{cell} is not a value that this column can hold, so it counts as missing.").format(cell=text)


def _number_sentence(spelling: NumberFormat | None, decimal: str, cell: str) -> str:
    done = []
    if spelling:
        removed = [symbol for symbol in spelling.symbols if symbol in cell]
        if removed:
            done.append(
                ngettext("{symbols} was removed", "{symbols} were removed", len(removed)).format(
                    symbols=format_list(removed)
                )
            )
        if spelling.group and spelling.group in cell:
            done.append(_("thousands separators were removed"))
        if spelling.parentheses and cell.strip().startswith("("):
            done.append(_("parentheses were read as a minus sign"))
        if spelling.percent and "%" in cell:
            done.append(_("the percentage was divided by 100"))
        decimal = spelling.decimal
    if decimal != "." and decimal in cell:
        done.append(_("the decimal comma was replaced by a point"))
    sentence = _("Read as a number, rounded correctly to float64.")
    return sentence if not done else sentence + " " + _("Steps: {done}.").format(done="; ".join(done))
