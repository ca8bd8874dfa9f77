"""Nasty files made nastier: whatever the input, there is a table or a sentence, soon, and no row is lost."""

import csv
import io
import time

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import read_table
from core.preprocessing.reading.containers import unpack
from core.preprocessing.reading.csv_parser.rows import Dialect, cut_rows
from core.preprocessing.reading.csv_parser.text_edits import apply_edits
from core.preprocessing.reading.encoding import to_utf8
from tests.corpus.corpus import make_cases
from tests.examples import examples

FILES = [case.data for case in make_cases() if len(case.data) < 10_000 and "gigabyte" not in case.name]
TEXTS = [case.data for case in make_cases() if case.encoding is not None and len(case.data) < 10_000]
SECONDS = 5  # for any small file, on a machine busy with other things
SECONDS_PER_BYTE = 1e-5
SECONDS_PER_COLUMN = 0.02


@st.composite
def mutated(draw, files):
    """Draw a file and flip, cut, double or join what is in it."""
    data = bytearray(draw(st.sampled_from(files)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        how = draw(st.sampled_from(["flip", "cut", "insert", "double", "join", "drop"]))
        if how == "flip" and data:
            data[place] = draw(st.integers(0, 255))
        elif how == "cut":
            del data[place:]
        elif how == "insert":
            data[place:place] = draw(
                st.sampled_from([b'"', b"\n", b"\r", b",", b";", b"\x00", b"\xff", b"'", b"\t", b" ", b"\xef\xbb\xbf"])
            )
        elif how == "double":
            data += data[place:]
        elif how == "join":
            data += draw(st.sampled_from(files))
        else:
            del data[place : place + draw(st.integers(1, 40))]
    return bytes(data)


def read_in_time(data, **arguments):
    """Return the table, or None for a sentence; fail if it takes too long or the sentence is none."""
    start = time.process_time()
    try:
        table = read_table(data, **arguments)
        columns = table.frame.shape[1]
    except InputError as problem:
        table, columns = None, 0
        assert str(problem).endswith(".")
        assert "\n" not in str(problem)
    assert time.process_time() - start < SECONDS + SECONDS_PER_BYTE * len(data) + SECONDS_PER_COLUMN * columns
    return table


@settings(
    max_examples=examples(250), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(mutated(FILES))
def test_any_damage_gives_a_table_or_a_sentence_in_time(data):
    table = read_in_time(data)
    if table is None:
        return
    frame = table.frame
    assert len(frame) > 0
    assert frame.index.equals(pd.RangeIndex(len(frame)))
    assert frame.columns.is_unique
    assert all(isinstance(name, str) and name.strip() == name and name for name in frame.columns)
    assert len(table.raw.row(len(frame) - 1)) == frame.shape[1]
    assert all(isinstance(note, str) and note for note in table.notes)


@settings(
    max_examples=examples(250), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(mutated(TEXTS))
def test_the_rows_of_a_text_are_all_accounted_for(data):
    """Rows in the table, the row of names and the rows in a note are together those of the csv module."""
    table = read_in_time(data)
    if table is None or table.reading.format != "csv":
        return
    text = apply_edits(to_utf8(unpack(data).data).data, table.reading.edits)
    dialect = Dialect(table.reading.delimiter, table.reading.quote)
    rows = [row.cells for row in cut_rows(text, dialect) if not row.is_blank]
    reader = csv.reader(
        io.StringIO(text.decode(), newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        skipinitialspace=True,
    )
    assert rows == [cells for cells in reader if len(cells) > 1 or (cells and cells[0].strip(" \t"))]
    reading = table.reading
    assert len(table.frame) + len(reading.skipped) + (reading.header_row is not None) == len(rows)
    left_out = {reading.header_row, *reading.skipped}
    kept = [cells for place, cells in enumerate(rows) if place not in left_out]
    for label in {0, len(kept) // 2, len(kept) - 1}:
        assert [cell or "" for cell in table.raw.row(label)] == pad(kept[label], table.frame.shape[1])
    told = sum(change.count for change in table.changes if change.kind == "rows_left_out")
    assert told == len(reading.skipped)


def pad(cells, width):
    return [*cells, *[""] * (width - len(cells))][:width]


@settings(max_examples=examples(60), deadline=None)
@given(mutated(TEXTS), st.integers(1, 20), st.sampled_from(["none", 0, 1]), st.sampled_from([None, 0, 2]))
def test_any_choice_on_a_damaged_text_gives_a_table_or_a_sentence(data, sample, header, skip_end):
    table = read_in_time(data, sample=sample, header=header, skip_end=skip_end)
    if table is not None:
        assert 0 < len(table.frame) <= sample
