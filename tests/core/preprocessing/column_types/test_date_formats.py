"""Dates are read in the one format that fits all cells, as strptime reads it; pandas alone can repeat it."""

import re
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.preprocessing.column_types.arrow_text import matches
from core.preprocessing.column_types.date_formats import (
    DATES,
    TIMES,
    closest_date_format,
    guess_date_format,
    is_named_like_a_date,
)
from core.preprocessing.column_types.date_parsing import date_pattern, to_dates
from core.preprocessing.schema import DateFormat
from tests.examples import examples

FORMATS = [
    *DATES, *(f"%Y-%m-%d {time}" for time in TIMES), *(f"%d/%m/%Y {time}" for time in TIMES), "%Y%m%d", "%d%m%Y", "%Y",
    "%Y-%m-%dT%H:%M:%S%z", "%d.%m.%y %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f%z", "%a, %d %b %Y %H:%M:%S %z", "%d-%m-%y",
    "%Y-%m-%d %H:%M:%S UTC", "%B %d, %Y, %I:%M %p", "%m/%d/%y %H:%M",
]  # fmt: skip
HOSTILE = [
    "", "today", "now", "NaT", "nan", "0000-01-01", "2020-02-30", "31/02/2020", "30.02.2019", "29.02.2019", "1/2",
    "2020-13-01", "2020-00-10", "2020-01-01 24:00", "2020-01-01 10:60", "2020-01-01 10:00:60", "2020-01-01x", "1.2.3",
    "x2020-01-01", "2020-01-01\n", "２０２０-01-01", "12020-01-01", "20-01-01", "99999999", "2020 01 01", "31 Foo 2020",
]  # fmt: skip


def text(values):
    return pd.Series(list(values), dtype="str")


def moments(values):
    return np.array(values, dtype="datetime64[us]")


def with_pandas(cells, spelled):
    """The lines of the module's docstring, with nothing but pandas."""
    cells = cells.where(cells.str.fullmatch(date_pattern(spelled.format)))
    dates = pd.to_datetime(cells, format=spelled.format, utc=spelled.utc, errors="coerce")
    if spelled.utc:
        dates = dates.dt.tz_localize(None)
    return dates.astype("datetime64[us]").to_numpy()


def with_strptime(cell, spelled):
    parsed = datetime.strptime(cell, spelled.format)
    return parsed.astimezone(UTC).replace(tzinfo=None) if parsed.tzinfo else parsed


def guess(cells, name="x", decimal=".", day_first=None):
    return guess_date_format(text(cells), name, decimal, day_first)


def as_format(spelled):
    return DateFormat(spelled, "%z" in spelled or spelled.endswith("UTC"))


@settings(max_examples=examples(200), deadline=None)
@given(
    st.sampled_from(FORMATS),
    st.lists(st.datetimes(datetime(1970, 1, 2), datetime(2068, 12, 30)), min_size=1, max_size=4),
)
def test_every_format_is_read_as_strptime_reads_it(spelled, drawn):
    utc = as_format(spelled)
    cells = text(date.replace(tzinfo=UTC).strftime(spelled) for date in drawn)
    expected = [with_strptime(cell, utc) for cell in cells]
    assert to_dates(cells, utc).tolist() == expected
    np.testing.assert_array_equal(to_dates(cells, utc), with_pandas(cells, utc))


@pytest.mark.parametrize("spelled", FORMATS)
def test_hostile_cells_are_no_dates_unless_strptime_takes_them_too(spelled):
    for cell in HOSTILE:
        [date] = to_dates(text([cell]), as_format(spelled)).tolist()
        if date is not None:
            assert with_strptime(cell, as_format(spelled)) == date
        python = re.fullmatch(date_pattern(spelled), cell) is not None
        assert matches(text([cell]), date_pattern(spelled)).item() == python


@pytest.mark.parametrize("spelled", ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d", "%Y%m%d"])
def test_every_day_that_a_calendar_could_have_is_one_or_is_not(spelled):
    days = [(year, month, day) for year in (1900, 2000, 2019, 2020) for month in range(14) for day in range(33)]
    cells = []
    for parts in days:
        cell = spelled.replace("%y", f"{parts[0] % 100:02}").replace("%Y", f"{parts[0]:04}")
        cells.append(cell.replace("%m", f"{parts[1]:02}").replace("%d", f"{parts[2]:02}"))
    expected = []
    for cell in cells:
        try:
            expected.append(datetime.strptime(cell, spelled))
        except ValueError:
            expected.append(None)
    assert to_dates(text(cells), DateFormat(spelled)).tolist() == expected


@pytest.mark.parametrize("year", [1, 99, 999, 1677, 2262, 9999])
@pytest.mark.parametrize("spelled", ["%Y-%m-%d", "%d/%m/%Y", "%d %b %Y"])
def test_every_year_from_1_to_9999_is_read(year, spelled):
    cell = spelled.replace("%Y", f"{year:04}").replace("%m", "12").replace("%d", "31").replace("%b", "Dec")
    assert to_dates(text([cell]), DateFormat(spelled)).tolist() == [datetime(year, 12, 31)]


def test_a_zone_that_leads_out_of_the_calendar_gives_no_date():
    cells = text(["9999-12-31T23:00:00-05:00", "2020-06-01T00:30:00+02:00", "0001-01-01T00:00:00+01:00"])
    dates = to_dates(cells, DateFormat("%Y-%m-%dT%H:%M:%S%z", utc=True))
    assert dates.tolist() == [None, datetime(2020, 5, 31, 22, 30), None]


def test_a_fraction_is_cut_to_microseconds():
    cells = text(["2020-01-01 00:00:00.123456789", "2020-01-01 00:00:00.5", None])
    dates = to_dates(cells, DateFormat("%Y-%m-%d %H:%M:%S.%f"))
    assert dates.tolist() == [datetime(2020, 1, 1, 0, 0, 0, 123456), datetime(2020, 1, 1, 0, 0, 0, 500000), None]


@pytest.mark.parametrize(
    ("cells", "name", "spelled"),
    [
        (["2026-11-24", "2026-1-2"], "x", "%Y-%m-%d"),
        (["24/11/2026", "01/02/2026"], "x", "%d/%m/%Y"),
        (["11/24/2026", "01/02/2026"], "x", "%m/%d/%Y"),
        (["24.11.2026", "1.2.2026"], "x", "%d.%m.%Y"),
        (["24.11.26"], "x", "%d.%m.%y"),
        (["2026/11/24"], "x", "%Y/%m/%d"),
        (["2026-11"], "x", "%Y-%m"),
        (["24 Nov 2026", "3 MAY 2026"], "x", "%d %b %Y"),
        (["November 24, 2026"], "x", "%B %d, %Y"),
        (["Nov 24, 2026", "May 1, 2026"], "x", "%b %d, %Y"),
        (["2026年11月24日"], "x", "%Y年%m月%d日"),
        (["2026-11-24T10:00:00Z", "2026-11-24T10:00:00+02:00"], "x", "%Y-%m-%dT%H:%M:%S%z"),
        (["11/24/2026 1:05 PM"], "x", "%m/%d/%Y %I:%M %p"),
        (["20261124"], "sale_date", "%Y%m%d"),
        (["24-11-26"], "Datum", "%d-%m-%y"),
    ],
)
def test_the_format_is_found(cells, name, spelled):
    found = guess(cells, name)
    assert found.spelled.format == spelled
    assert found.spelled.utc == ("%z" in spelled)
    assert not found.is_ambiguous


@pytest.mark.parametrize(
    "cells",
    [
        ["2026"], ["20261124"], ["24-11-26"], ["1.2.3"], ["10:00"], ["today"], ["2026-11-24", "24.11.2026"],
        ["24/11/2026", "11/24/2026"], ["31/02/2026"], ["2026-11-24", "x"], ["May"], ["hello"], ["12"],
        ["2026-11-24 10:00", "2026-11-24"],
    ],
)  # fmt: skip
def test_other_cells_are_no_dates_without_being_asked(cells):
    assert guess(cells) is None


@pytest.mark.parametrize(
    ("cell", "decimal", "day_first", "expected", "ambiguous"),
    [
        ("01/02/2026", ".", None, datetime(2026, 1, 2), True),
        ("01/02/2026", ",", None, datetime(2026, 2, 1), True),
        ("01.02.2026", ".", None, datetime(2026, 2, 1), True),
        ("01-02-2026", ".", None, datetime(2026, 1, 2), True),
        ("01/02/2026", ".", True, datetime(2026, 2, 1), False),
        ("01.02.2026", ".", False, datetime(2026, 1, 2), False),
        ("24/02/2026", ".", False, datetime(2026, 2, 24), False),
        ("02/02/2026", ".", None, datetime(2026, 2, 2), False),
        ("01/02/26 10:00", ",", None, datetime(2026, 2, 1, 10), True),
    ],
)
def test_where_no_part_is_above_12_a_rule_decides_unless_a_person_does(cell, decimal, day_first, expected, ambiguous):
    found = guess([cell], decimal=decimal, day_first=day_first)
    assert found.dates.tolist() == [expected]
    assert found.is_ambiguous == ambiguous


@pytest.mark.parametrize(
    ("cells", "rows", "expected"),
    [
        (["2026-11-24", "24.11.2026", "x"], [1, 5, 1], [None, datetime(2026, 11, 24), None]),
        (["2026", "2027", "soon"], [1, 1, 1], [datetime(2026, 1, 1), datetime(2027, 1, 1), None]),
        (["24112026", "-"], [1, 1], [datetime(2026, 11, 24), None]),
        (["x", "y"], [1, 1], [None, None]),
    ],
)
def test_chosen_dates_are_in_the_format_of_most_rows(cells, rows, expected):
    assert closest_date_format(text(cells), np.array(rows), "x", ".", None).dates.tolist() == expected


@pytest.mark.parametrize(
    ("name", "yes"), [("date", True), ("SaleDate", True), ("birth_date", True), ("Datum", True), ("update", False)]
)
def test_names_of_dates(name, yes):
    assert is_named_like_a_date(name) is yes
