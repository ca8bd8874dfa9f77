"""Nasty files: each gives the right table, with the right notes, or one clear sentence."""

import time
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.preprocessing import column_kinds, read_table
from tests.corpus.case import Right, Sentence
from tests.corpus.corpus import make_cases

CASES = make_cases()
SMALL = [case for case in CASES if "gigabyte" not in case.name]  # decompressing up to the limit takes seconds


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_nasty_file_gives_what_one_would_expect(case):
    if isinstance(case.expected, Sentence):
        with pytest.raises(InputError) as problem:
            read_table(case.data, **case.arguments)
        check_sentence(str(problem.value), case.expected)
    else:
        check_table(read_table(case.data, **case.arguments), case.expected)


def check_sentence(text, expected):
    assert text.endswith(".")
    assert "\n" not in text
    assert "Traceback" not in text
    assert all(word.lower() in text.lower() for word in expected.words), text


def check_table(table, expected: Right):
    frame, kinds = table.frame, column_kinds(table.frame)
    assert set(expected.columns) <= set(frame.columns)
    assert set(frame.columns) - set(expected.columns) <= set(expected.kinds)  # no column is there that nobody expects
    for name, values in expected.columns.items():
        assert as_plain(frame[name]) == list(values), name
    assert {name: kinds[name] for name in expected.kinds} == dict(expected.kinds)
    notes = "\n".join(table.notes)
    assert all(word.lower() in notes.lower() for word in expected.told), notes
    assert not expected.quiet or not table.notes, notes


def as_plain(column):
    """Return the values as the cases write them; a number compares as one, and text never equals it."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [None if pd.isna(day) else day.isoformat().removesuffix("T00:00:00") for day in column]
    return [None if pd.isna(value) else value for value in column.tolist()]


def test_there_are_cases_of_every_sort():
    assert len(CASES) >= 150
    sentences = [case for case in CASES if isinstance(case.expected, Sentence)]
    told = [case for case in CASES if isinstance(case.expected, Right) and case.expected.told]
    assert len(sentences) >= 25
    assert len(told) >= 40


def test_the_same_seed_gives_the_same_files():
    assert [case.data for case in make_cases() if not case.data.startswith(b"PK")] == [
        case.data for case in CASES if not case.data.startswith(b"PK")
    ]


def test_no_file_takes_longer_than_its_size_allows():
    for case in SMALL:
        start = time.process_time()
        with suppress(InputError):
            read_table(case.data, **case.arguments)
        assert time.process_time() - start < 5 + 2e-6 * len(case.data), case.name


def test_reading_changes_nothing_in_its_arguments():
    for case in SMALL:
        before = repr(case.arguments)
        data = bytearray(case.data)
        with suppress(InputError):
            read_table(data, **case.arguments)
        assert data == case.data
        assert repr(case.arguments) == before


def test_numbers_are_of_numpy_and_text_is_str():
    for case in CASES:
        if isinstance(case.expected, Right):
            table = read_table(case.data, **case.arguments)
            for name, kind in column_kinds(table.frame).items():
                dtype = table.frame[name].dtype
                if kind == "number":
                    assert dtype in (np.int64, np.float64), (case.name, name)
                elif kind == "date":
                    assert dtype == "datetime64[us]", (case.name, name)
                elif kind != "identifier":
                    assert isinstance(dtype, pd.StringDtype), (case.name, name)
