"""The format of a file is told by its content, and what is no table is named."""

import io
import pickle
import sqlite3
import tarfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from core.errors import InputError
from core.preprocessing.reading.containers import unpack
from core.preprocessing.reading.file_format import detect_format
from tests.core.preprocessing.reading.packed_files import TABLE, saved, workbook, zipped


@pytest.mark.parametrize(
    ("save", "kind"),
    [
        (lambda: TABLE, "csv"),
        (lambda: b"", "csv"),
        (lambda: b"PAR1,PAR2\n1,2\n", "csv"),
        (lambda: b"ID3,BM\n1,2\n", "csv"),
        (lambda: b"{a},[b]\n1,2\n", "csv"),
        (lambda: b"[a]\n1\n", "csv"),
        (lambda: b"<5,>5\n1,2\n", "csv"),
        (lambda: b"\xff\xfe" + "a,b\n".encode("utf-16-le"), "csv"),
        (workbook, "excel"),
        (lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "excel"),
        (lambda: zipped({"xl/workbook.bin": b""}), "excel"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "excel"),
        (lambda: saved(pd.DataFrame({"a": [1]}).to_parquet), "parquet"),
        (lambda: saved(pd.DataFrame({"a": [1]}).to_parquet)[:90], "parquet"),
    ],
)  # fmt: skip
def test_the_three_formats_are_told_apart(save, kind):
    assert detect_format(save()) == kind


def sqlite():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (a)")
    return connection.serialize()


def arrow(buffer):
    table = pa.table({"a": [1]})
    with pa.ipc.new_file(buffer, table.schema) as writer:
        writer.write_table(table)


def tar(buffer):
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("a.csv")
        entry.size = len(TABLE)
        archive.addfile(entry, io.BytesIO(TABLE))


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (lambda: b"GIF89a\x01\x00\x01\x00", "GIF"),
        (lambda: b"%PDF-1.7\n%\xe2\xe3\n", "PDF"),
        (sqlite, "SQLite"),
        (lambda: b"\x89HDF\r\n\x1a\n\x00", "HDF5"),
        (lambda: pickle.dumps([1, 2]), "pickle"),
        (lambda: pickle.dumps({"a": 1}, protocol=2), "pickle"),
        (lambda: saved(arrow), "Arrow"),
        (lambda: saved(lambda buffer: np.save(buffer, np.ones(3))), "NumPy"),
        (lambda: saved(lambda buffer: np.savez(buffer, np.ones(3))), "NumPy"),
        (lambda: saved(tar), "TAR"),
        (lambda: b"7z\xbc\xaf\x27\x1c\x00\x04", "7-Zip"),
        (lambda: b"Rar!\x1a\x07\x01\x00", "RAR"),
        (lambda: zipped({"word/document.xml": b"<w/>"}), "DOCX"),
        (lambda: zipped({"ppt/presentation.xml": b"<p/>"}), "PPTX"),
        (lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "ODT"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "DOC"),
        (lambda: b"ORC\x0a\x00\x00", "ORC"),
    ],
)
def test_other_kinds_of_files_are_named(make, kind):
    with pytest.raises(InputError, match=f"A table as CSV, TSV, Excel or Parquet is needed; .* of kind {kind}"):
        detect_format(unpack(make()).data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!DOCTYPE html>\n<html><body>404, not found</body></html>", "an HTML page"),
        ("\n  <html lang='en'>", "an HTML page"),
        ("<table><tr><td>1</td></tr></table>", "an HTML page"),
        ('<?xml version="1.0"?><html xmlns="x">', "an HTML page"),
        ('<?xml version="1.0"?>\n<rows><row a="1"/></rows>', "XML"),
        ('{"a": [1, 2]}', "JSON"),
        ('[{"a": 1}, {"a": 2}]', "JSON"),
        ('{"a": 1}\n{"a": 2}\n', "JSON"),
        ("[[1, 2], [3, 4]]", "JSON"),
        ('[{"a": "' + "x" * (1 << 20) + '"}]', "JSON"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_pages_and_trees_are_told_from_tables(text, words, encoding):
    with pytest.raises(InputError, match=words):
        detect_format(text.encode(encoding))
