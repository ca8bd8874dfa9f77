"""How a file was read, in one line."""

from collections.abc import Mapping
from typing import Any

from core.formatting import format_count, format_list
from core.language import _, ngettext
from core.preprocessing.schema import NumberFormat, Reading, Table
from dashboard.screens.data.reading_names import quote_names
from dashboard.ui.escape import escape_markdown

TOKENS_SHOWN = 6


def line(table: Table, chosen: Mapping[str, Any]) -> str:
    """Return, as Markdown, what was detected of the file; `chosen` are the arguments that were given."""
    reading = table.reading
    facts: list[tuple[str, str, tuple[str, ...]]] = [(_("Format: {value}"), _format(reading), ("member", "sheet"))]
    if reading.format == "csv":
        facts += [
            (_("encoding: {value}"), table.encoding, ("encoding",)),
            (_("delimiter: {value}"), _mark(table.delimiter), ("delimiter",)),
            (_("decimal mark: {value}"), _mark(table.decimal), ("decimal",)),
        ]
        if reading.quote != '"' or "quote" in chosen:
            quote = reading.quote if reading.quote.isprintable() else ""
            facts.append((_("quotation marks: {value}"), quote_names()[quote], ("quote",)))
    if reading.format != "parquet":
        facts += [
            (_("thousands separator: {value}"), _thousands(reading), ("thousands",)),
            (_("header: {value}"), _header(reading), ("header",)),
            (_("rows left out: {value}"), _left_out(reading), ("skip_end", "keep_sums")),
        ]
    facts += [
        (_("read as missing: {value}"), _tokens(table.missing), ("missing",)),
        (_("columns: {value}"), _columns(reading), ("columns",)),
        (_("rows: {value}"), _rows(reading), ("sample",)),
    ]
    return " · ".join(_fact(fact, value, any(what in chosen for what in sorts)) for fact, value, sorts in facts) + "."


def mark_names() -> dict[Any, str]:
    """Return the names of the marks in and between cells."""
    return {
        ",": _("comma"),
        ";": _("semicolon"),
        "\t": _("tab"),
        "|": _("vertical bar"),
        ".": _("point"),
        "'": _("apostrophe"),
        " ": _("space"),
        ":": _("colon"),
        "\x01": "U+0001",
        "\x1f": "U+001F",
    }


def token(text: str) -> str:
    """Return a token for missing for display; the empty cell has a name."""
    return text or _("(empty)")


def rows_left_out(reading: Reading) -> tuple[int, int]:
    """Return how many rows above the table, and how many at its end, are not part of it."""
    first = -1 if reading.header_row is None else reading.header_row
    above = sum(place < first for place in reading.skipped)
    below = sorted((place for place in reading.skipped if place > first), reverse=True)
    at_end = next((count for count, place in enumerate(below) if place != below[0] - count), len(below))
    return above, at_end


def _fact(fact: str, value: str, is_chosen: bool) -> str:
    text = fact.format(value=f"**{escape_markdown(value)}**")
    return _("{fact} (chosen)").format(fact=text) if is_chosen else text


def _mark(mark: str) -> str:
    return mark_names().get(mark, mark)


def _format(reading: Reading) -> str:
    name = {"csv": _("text"), "excel": _("Excel"), "parquet": _("Parquet")}[reading.format]
    if reading.sheet is not None:
        name = _("{format}, sheet “{sheet}”").format(format=name, sheet=reading.sheet)
    if reading.member is not None:
        return _("{format}, “{member}” in a ZIP file").format(format=name, member=reading.member)
    return f"{name}, {reading.compression}" if reading.compression else name


def _thousands(reading: Reading) -> str:
    formats = [column.conversion for column in reading.columns if isinstance(column.conversion, NumberFormat)]
    marks = dict.fromkeys(_mark(format.group) for format in formats if format.group)
    return format_list(marks) or _("none")


def _header(reading: Reading) -> str:
    return _("none") if reading.header_row is None else _("row {number}").format(number=reading.header_row + 1)


def _left_out(reading: Reading) -> str:
    above, at_end = rows_left_out(reading)
    between = len(reading.skipped) - above - at_end
    parts = [
        (above, _("{count} above")),
        (between, _("{count} in between")),
        (at_end, _("{count} at the end")),
    ]
    return format_list(template.format(count=count) for count, template in parts if count) or _("none")


def _tokens(tokens: tuple[str, ...]) -> str:
    shown = format_list(token(text) for text in tokens[:TOKENS_SHOWN])
    more = len(tokens) - TOKENS_SHOWN
    return _("{tokens} and {count} more").format(tokens=shown, count=more) if more > 0 else shown


def _columns(reading: Reading) -> str:
    count, every = len(reading.columns), len(reading.names)
    if count == every:
        return _("all")
    return _("{count} of {every}").format(count=count, every=every)


def _rows(reading: Reading) -> str:
    if reading.sample is None:
        return _("all")
    return ngettext("a sample of {count}", "a sample of {count}", reading.sample).format(
        count=format_count(reading.sample)
    )
