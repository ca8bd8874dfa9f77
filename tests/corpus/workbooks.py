"""Workbooks made byte by byte where no library here writes them: XLS, ODS, and ones that are broken on purpose."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xlsx(rows: Sequence[Sequence[Any]], change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """Return a workbook with one sheet of these rows, after `change` has had its way with it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive(files: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def ods(rows: Sequence[Sequence[str | float | bool]]) -> bytes:
    """Return an OpenDocument spreadsheet with one sheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(value: str | float | bool) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value={quoteattr(repr(value))}/>'


def xls(rows: Sequence[Sequence[str | float]], record: bytes = b"") -> bytes:
    """Return a workbook of Excel 97 with one sheet; `record` is put behind the first one of the workbook."""
    sheet = b"".join(
        _record(0x0204, struct.pack("<HHHHB", r, c, 0, len(value), 1) + value.encode("utf-16-le"))
        if isinstance(value, str)
        else _record(0x0203, struct.pack("<HHHd", r, c, 0, value))
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value != ""
    )
    width = max(map(len, rows), default=0)
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + record
    name = b"Sheet1"
    globals_size = len(start) + 4 + 8 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IHBB", globals_size, 0, len(name), 0) + name)
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    return compound("Workbook", start + bound + end + begin + size + sheet + end)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(name: str, stream: bytes) -> bytes:
    """Return a compound file, the container of old Office, with one stream of at most 60 KB."""
    stream = stream.ljust(4096, b"\x00")
    stream += b"\x00" * (-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    chain = [FAT, END, *range(3, count + 2), END]
    table = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    root = _entry("Root Entry", 5, 1, END, 0)
    directory = (root + _entry(name, 2, FREE, 2, len(stream))).ljust(SECTOR, b"\x00")
    return header + table + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    entry = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1)
    return entry + struct.pack("<III", FREE, FREE, child) + b"\x00" * 36 + struct.pack("<IQ", start, size)
