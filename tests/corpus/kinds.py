"""Dates, answers of yes or no, identifiers, free text, tokens for missing: what else cells hold."""

import random

from tests.corpus.case import Case, Right, Value, text_case
from tests.corpus.numbers import numbers


def make(_draw: random.Random) -> list[Case]:
    """Return the cases."""
    return [*_kept(), *_dates(), *_kinds(), *_missing()]


def _kept() -> list[Case]:
    return [
        text_case(
            "codes chosen per column",
            "t,v\n20,-200\n-200,3\n21.5,4\n",
            Right({"t": [20, None, 21.5], "v": [-200, 3, 4]}),
            codes={"t": ["-200"]},
        ),
        text_case(
            "codes chosen for the file",
            "t;v\n20;999\n-200;3\n",
            Right({"t": [20, None], "v": [None, 3]}),
            ";",
            missing=["-200", "999"],
        ),
        text_case(
            "a code also as 999.0",
            "t,v\n20.5,a\n999.0,b\n999,a\n",
            Right({"t": [20.5, None, None], "v": ["a", "b", "a"]}),
            missing=["999"],
        ),
        text_case(
            "formulas",
            "a,b\n=1+1,x\n@SUM(A1),y\n+A1,x\n-2+3+cmd|' /C calc'!A0,y\n",
            Right({"a": ["=1+1", "@SUM(A1)", "+A1", "-2+3+cmd|' /C calc'!A0"], "b": ["x", "y", "x", "y"]}),
        ),
        text_case(
            "cells of blanks alone", "a,b\n   ,x\n\t,y\n1,  \n", Right({"a": [None, None, 1], "b": ["x", "y", None]})
        ),
        text_case(
            "a huge cell", "a,b\n" + "x" * 100_000 + ",1\ny,2\n", Right({"a": ["x" * 100_000, "y"], "b": [1, 2]})
        ),
        text_case(
            "emoji and text from right to left",
            "a,b\n🙂👍🏽,שלום\n👩‍👩‍👧,مرحبا\n",
            Right({"a": ["🙂👍🏽", "👩‍👩‍👧"], "b": ["שלום", "مرحبا"]}),
        ),
    ]


def _dates() -> list[Case]:
    def dates(name: str, cells: list[str], iso: list[Value], *told: str, **arguments: object) -> Case:
        text = "day;n\n" + "".join(f"{cell};{place}\n" for place, cell in enumerate(cells))
        columns: dict[str, list[Value]] = {"day": iso, "n": list(range(len(cells)))}
        return text_case(name, text, Right(columns, {"day": "date"}, told), ";", **arguments)  # type: ignore[arg-type]

    return [
        dates("dates of ISO 8601", ["2020-01-31", "2020-02-29", ""], ["2020-01-31", "2020-02-29", None]),
        dates(
            "times of ISO 8601",
            ["2020-01-31T10:30:00", "2020-02-29T23:59:59"],
            ["2020-01-31T10:30:00", "2020-02-29T23:59:59"],
        ),
        dates(
            "times with a zone",
            ["2020-01-31T10:30:00+02:00", "2020-07-01T00:00:00+02:00"],
            ["2020-01-31T08:30:00", "2020-06-30T22:00:00"],
            "UTC",
        ),
        dates("days first by one cell", ["31/12/2020", "01/02/2020"], ["2020-12-31", "2020-02-01"]),
        dates("months first by one cell", ["12/31/2020", "01/02/2020"], ["2020-12-31", "2020-01-02"]),
        dates(
            "days or months first",
            ["01/02/2020", "03/04/2020"],
            ["2020-02-01", "2020-04-03"],
            day_first=True,
        ),
        dates("months first, chosen", ["01/02/2020", "03/04/2020"], ["2020-01-02", "2020-03-04"], day_first=False),
        dates("dates with points", ["31.12.2020", "01.02.2020"], ["2020-12-31", "2020-02-01"]),
        dates("months by name", ["3 Jan 2020", "14 Feb 2021"], ["2020-01-03", "2021-02-14"]),
        dates("years of two digits", ["31.12.20", "01.02.99"], ["2020-12-31", "1999-02-01"], "two digits"),
        text_case(
            "an open choice of day and month is told",
            "day,n\n01/02/2020,1\n03/04/2020,2\n",
            Right({"n": [1, 2]}, {"day": "date"}, ("order of day and month",)),
        ),
        text_case(
            "dates with decimal commas",
            "date;value\n31.01.2020;1.234,5\n01.02.2020;999,5\n",
            Right({"date": ["2020-01-31", "2020-02-01"], "value": [1234.5, 999.5]}, {"date": "date"}),
            ";",
        ),
        text_case(
            "dates in several formats",
            "day,n\n2020-01-31,1\n31/12/2020,2\nJan 5 2020,3\n2020/02/01,4\n",
            Right({"day": ["2020-01-31", "31/12/2020", "Jan 5 2020", "2020/02/01"], "n": [1, 2, 3, 4]}),
        ),
        text_case(
            "a day that the month does not have",
            "day,n\n" + "".join(f"2020-01-{day:02},{day}\n" for day in range(1, 29)) + "2020-02-30,29\n",
            Right({"n": list(range(1, 30))}, {"day": "text"}, ("2020-02-30",)),
        ),
        text_case(
            "years", "year,n\n1999,1.5\n2000,2.5\n", Right({"year": [1999, 2000], "n": [1.5, 2.5]}, {"year": "number"})
        ),
    ]


ANSWERS = (
    ("yes", "no"),
    ("Ja", "Nein"),
    ("oui", "non"),
    ("sí", "no"),
    ("да", "нет"),
    ("是", "否"),
    ("TRUE", "FALSE"),
    ("y", "n"),
)


def _kinds() -> list[Case]:
    cases = [
        text_case(
            f"answers {yes} and {no}",
            f"a,b\n{yes},1\n{no},2\n,3\n{yes},4\n",
            Right({"a": [yes, no, None, yes], "b": [1, 2, 3, 4]}, {"a": "yes_no"}),
        )
        for yes, no in ANSWERS
    ]
    hexes = [f"{place:08x}-0000-4000-8000-{place * 7919:012x}" for place in range(5)]
    return [
        *cases,
        text_case(
            "zeros and ones", "a,b\n0,x\n1,y\n1,x\n", Right({"a": [0, 1, 1], "b": ["x", "y", "x"]}, {"a": "number"})
        ),
        text_case(
            "UUIDs",
            "key,b\n" + "".join(f"{key},{place}\n" for place, key in enumerate(hexes)),
            Right({"key": hexes, "b": list(range(5))}, {"key": "identifier"}),
        ),
        text_case(
            "codes of letters and digits",
            "sku,b\nA-001,1\nA-002,1\nB-117,2\n",
            Right({"sku": ["A-001", "A-002", "B-117"], "b": [1, 1, 2]}, {"sku": "identifier"}),
        ),
        text_case(
            "an index written by pandas",
            "Unnamed: 0,a\n0,5\n1,6\n2,7\n",
            Right({"Unnamed: 0": [0, 1, 2], "a": [5, 6, 7]}, {"Unnamed: 0": "identifier"}),
        ),
        text_case(
            "an index without a name",
            ",a\n0,5\n1,6\n2,7\n",
            Right({"column_1": [0, 1, 2], "a": [5, 6, 7]}, {"column_1": "identifier"}, ("without a name",)),
        ),
        text_case(
            "free text",
            "id,review\n" + "".join(f"{n},It was day {n} and all went well {n * 37 % 101}\n" for n in range(60)),
            Right({"id": list(range(60))}, {"review": "text"}),
        ),
        text_case(
            "a column without a value", "a,b\n1,\n2,NA\n", Right({"a": [1, 2], "b": [None, None]}, {"b": "empty"})
        ),
    ]


def _missing() -> list[Case]:
    tokens = ["", "NA", "n/a", "NaN", "null", "NULL", "?", "-"]
    return [
        numbers("tokens for missing among numbers", [*tokens, "1.5"], [None] * len(tokens) + [1.5]),
        text_case(
            "None is a value",
            "veneer,n\nNone,1\nBrick,2\nNone,3\n",
            Right({"veneer": ["None", "Brick", "None"], "n": [1, 2, 3]}, quiet=True),
        ),
        text_case(
            "errors of a spreadsheet, chosen as missing",
            "a,b\n#N/A,x\n2,y\n#DIV/0!,z\n",
            Right({"a": [None, 2, None], "b": ["x", "y", "z"]}),
            missing=["#N/A", "#DIV/0!"],
        ),
        text_case(
            "an error of a spreadsheet is pointed out",
            "a,b\n" + "".join(f"{n}.5,x\n" for n in range(9)) + "#N/A,y\n",
            Right({"a": [f"{n}.5" for n in range(9)] + ["#N/A"], "b": ["x"] * 9 + ["y"]}, told=("#N/A",)),
        ),
    ]
