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


def test_each_file_is_read_in_time_into_the_types_of_numpy_and_changes_no_argument():
    for case in CASES:
        arguments, data = repr(case.arguments), bytearray(case.data)
        start = time.process_time()
        with suppress(InputError):
            check_types(read_table(data, **case.arguments).frame, case.name)
        seconds = time.process_time() - start
        assert seconds < 5 + 2e-6 * len(data) or "gigabyte" in case.name, case.name  # those are decompressed first
        assert data == case.data
        assert repr(case.arguments) == arguments


def check_types(frame, name):
    for column, kind in column_kinds(frame).items():
        dtype = frame[column].dtype
        if kind == "number":
            assert dtype in (np.int64, np.float64), (name, column)
        elif kind == "date":
            assert dtype == "datetime64[us]", (name, column)
        elif kind != "identifier":
            assert isinstance(dtype, pd.StringDtype), (name, column)
