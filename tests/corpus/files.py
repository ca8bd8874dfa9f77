"""Compressed files, workbooks, Parquet files, and files that hold no table."""

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import pickle
import random
import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.corpus.case import Case, Right, Sentence
from tests.corpus.workbooks import archive, compound, ods, xls, xlsx

TEXT = "name;size\nÅse;1,5\nBo;2,25\n".encode()
RIGHT = Right({"name": ["Åse", "Bo"], "size": [1.5, 2.25]})
ROWS = [["name", "size"], ["Åse", 1.5], ["Bo", 2.25]]


def make(draw: random.Random) -> list[Case]:
    """Return the cases."""
    return [*_marks(), *_compressed(), *_archives(), *_bombs(), *_workbooks(), *_parquet(), *_no_tables(draw)]


def pack(data: bytes) -> bytes:
    """Return the data as gzip packs it, without the time of day that it writes into its header."""
    return gzip.compress(data, mtime=0)


def _marks() -> list[Case]:
    marked = ("\ufeff\ufeff" + TEXT.decode()).encode()
    return [
        Case("two byte order marks", marked, RIGHT),
        Case("two byte order marks above a title", marked.replace(b"name", b"Sizes\n\nname"), RIGHT),
        Case("two byte order marks in UTF-16", ("\ufeff" + TEXT.decode()).encode("utf-16"), RIGHT),
    ]


def _compressed() -> list[Case]:
    packers = {"gzip": pack, "bzip2": bz2.compress, "xz": lzma.compress, "Zstandard": zstandard.compress}
    cases = [Case(f"packed with {name}", packed(TEXT), RIGHT) for name, packed in packers.items()]
    return [
        *cases,
        Case("two files of gzip joined", pack(TEXT[:20]) + pack(TEXT[20:]), RIGHT),
        Case("gzip cut off", pack(TEXT)[:-9], Sentence(("damaged or truncated",))),
        Case("UTF-16 packed with gzip", pack(TEXT.decode().encode("utf-16")), RIGHT),
    ]


def _archives() -> list[Case]:
    several = archive({"a.csv": TEXT, "b.csv": b"x\n1\n"})
    return [
        Case("a ZIP file with one table", archive({"data.csv": TEXT}), RIGHT),
        Case("a ZIP file of macOS", archive({"t.csv": TEXT, "__MACOSX/._t.csv": b"\x00", "README.md": b"x"}), RIGHT),
        Case("a ZIP file with two tables", several, Sentence(("2 tables", "a.csv", "b.csv"))),
        Case("a ZIP file, one table chosen", several, RIGHT, {"member": "a.csv"}),
        Case("a ZIP file without a table", archive({"a.png": b"x", "b.jpg": b"y"}), Sentence(("no table", "a.png"))),
        Case("a workbook in a ZIP file", archive({"book.xlsx": xlsx(ROWS)}), RIGHT),
    ]


def _bombs() -> list[Case]:
    gigabyte = pack(b"0" * 10_000_000) * 100
    return [
        Case("a gigabyte in a few kilobytes", gigabyte, Sentence(("500 MB",))),
        Case("a gigabyte twice packed", archive({"a.csv.gz": gigabyte}), Sentence(("500 MB",))),
    ]


def _workbooks() -> list[Case]:
    def dated(book: object) -> None:
        book.active["C1"] = "day"  # type: ignore[attr-defined]
        book.active["C2"] = dt.datetime(2020, 1, 31)  # type: ignore[attr-defined]
        book.active["C3"] = dt.datetime(2020, 2, 29, 12, 30)  # type: ignore[attr-defined]

    def more(book: object) -> None:
        book.create_sheet("other").append(["z", 1])  # type: ignore[attr-defined]

    def chosen(book: object) -> None:
        sheet = book.create_sheet("data")  # type: ignore[attr-defined]
        for row in ROWS:
            sheet.append(row)

    days = {**RIGHT.columns, "day": ["2020-01-31", "2020-02-29T12:30:00"]}
    return [
        Case("a workbook XLSX", xlsx(ROWS), RIGHT),
        Case("a workbook XLS", xls(ROWS), RIGHT),
        Case("a workbook ODS", ods(ROWS), RIGHT),
        Case("a workbook with dates", xlsx(ROWS, dated), Right(days, {"day": "date"})),
        Case("a workbook with two sheets", xlsx(ROWS, more), Right(RIGHT.columns, told=("other",))),
        Case(
            "a workbook, one sheet chosen",
            xlsx([["q"], [0]], chosen),
            RIGHT,
            {"sheet": "data"},
        ),
        Case(
            "a workbook with a title and gaps",
            xlsx([[], [None, "Sizes"], [], [None, *ROWS[0]], [None, *ROWS[1]], [None, *ROWS[2]]]),
            RIGHT,
        ),
        Case(
            "whole numbers and answers in a workbook",
            xlsx([["a", "b", "c"], [1, True, "007"], [2, False, "042"]]),
            Right({"a": [1, 2], "b": ["TRUE", "FALSE"], "c": ["007", "042"]}, {"b": "yes_no"}),
        ),
        Case("a workbook with a password", compound("EncryptedPackage", b""), Sentence(("password",))),
        Case("a workbook cut off", xlsx(ROWS)[:-90], Sentence(("damaged",))),
        Case("an empty workbook", xlsx([]), Sentence(("empty",))),
    ]


def _parquet() -> list[Case]:
    def saved(table: pa.Table) -> bytes:
        buffer = io.BytesIO()
        pq.write_table(table, buffer)
        return buffer.getvalue()

    day = dt.datetime(2020, 1, 31, 12, tzinfo=dt.UTC)
    table = pa.table(
        {
            "a": [1, 2],
            "b": ["x", None],
            "c": [0.5, None],
            "d": [True, False],
            "e": pa.array([day, None], pa.timestamp("us", "UTC")),
            "big": [2**60, 1],
            "list": [[1], [2]],
        }
    )
    right = Right(
        {
            "a": [1, 2],
            "b": ["x", None],
            "c": [0.5, None],
            "d": ["True", "False"],
            "e": ["2020-01-31T12:00:00", None],
            "big": [str(2**60), "1"],
        },
        {"d": "yes_no", "e": "date"},
        ("list", "2⁵³"),
    )
    return [
        Case("a Parquet file", saved(table), right),
        Case("a Parquet file cut off", saved(table)[:-40], Sentence(("Parquet", "damaged"))),
        Case("a Parquet file without rows", saved(table.slice(0, 0)), Sentence(("row",))),
    ]


def _no_tables(draw: random.Random) -> list[Case]:
    database = sqlite3.connect(":memory:")
    database.execute("create table t (a)")
    return [
        Case("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + draw.randbytes(99), Sentence(("PNG",))),
        Case(
            "a pointer of Git LFS",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0f\nsize 71\n",
            Sentence(("Git LFS", "download")),
        ),
        Case("a pointer of git-annex", b"/annex/objects/SHA256E-s71--0f.csv\n", Sentence(("git-annex", "download"))),
        Case("a PDF file", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", Sentence(("PDF",))),
        Case("a database", database.serialize(), Sentence(("SQLite",))),
        Case("a pickle", pickle.dumps({"a": [1, 2]}), Sentence(("pickle",))),
        Case("a Word document", archive({"word/document.xml": b"<w/>"}), Sentence(("DOCX",))),
        Case("a page of HTML", b"<!DOCTYPE html>\n<html><body>Not found</body></html>\n", Sentence(("HTML",))),
        Case("JSON", json.dumps([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]).encode(), Sentence(("JSON",))),
        Case("XML", b'<?xml version="1.0"?>\n<rows><row a="1"/></rows>\n', Sentence(("XML",))),
        Case("random bytes", b"\x00" + draw.randbytes(5000), Sentence(("text",))),
    ]
