"""Numbers are read in the one spelling that all cells share, exactly, and by lines that pandas alone can repeat."""

import random
import re
import struct
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.preprocessing.column_types.arrow_text import matches
from core.preprocessing.column_types.number_formats import (
    guess_number_format,
    has_beyond,
    is_ambiguous,
    number_pattern,
    number_steps,
    plain_pattern,
    to_numbers,
)
from core.preprocessing.schema import NumberFormat
from tests.examples import examples

FORMATS = [
    NumberFormat(),
    NumberFormat(","),
    NumberFormat(".", ","),
    NumberFormat(",", "."),
    NumberFormat(",", " "),
    NumberFormat(".", "'"),
    NumberFormat(".", ",", ("$",), parentheses=True),
    NumberFormat(",", ".", ("€", "EUR")),
    NumberFormat(",", " ", ("kr.",)),
    NumberFormat(".", None, ("m/s",)),
    NumberFormat(",", None, (), percent=True),
]
SPELLINGS = [
    ("1234.5", 1234.5), ("-1,234.5", -1234.5), ("12,34,567.25", 1234567.25), ("1.234.567,25", 1234567.25),
    ("1 234,5", 1234.5), ("1\u00a0234\u202f567", 1234567), ("1'234'567.5", 1234567.5), ("1’234", 1234),
    ("$1,234.50", 1234.5), ("-$3", -3), ("$-3", -3), ("($1,234.50)", -1234.5), ("$ 5", 5), ("5 €", 5), ("€5", 5),
    ("1.234,5 EUR", 1234.5), ("kr. 12", 12), ("7 m/s", 7), ("12,5 %", 0.125), ("50%", 0.5), ("−3", -3), ("+3", 3),
    (".5", 0.5), ("5.", 5), ("1e-5", 1e-5), ("1E5", 1e5), (",5", 0.5), ("1e−5", 1e-5), ("(5)", -5),
]  # fmt: skip
NONSENSE = [
    "", " ", "-", ".", ",", "e5", "1e", "1,23,4", "12,345,6", "0,123,456", "1 23", "1''234", "--5", "- 5",
    "$", "$-", "-$-5", "($-5)", "(5", "5)", "%", "5%%", "0x1A", "1_000", "１２", "1d5", "nan", "5 kg", "1.2.3", "1\n2",
    "٣", "½", "5\x00", "Infinity7",
]  # fmt: skip


def text(values):
    return pd.Series(list(values), dtype="str")


def with_pandas(texts, spelled):
    """The lines of the module's docstring, with nothing but pandas."""
    cells = texts.where(texts.str.fullmatch(number_pattern(spelled)))
    for step in number_steps(spelled):
        cells = cells.str.replace(step.old, step.new, regex=step.regex)
    numbers = cells.astype("float64")
    return numbers / 100 if spelled.percent else numbers


def bits(numbers):
    return np.asarray(numbers, dtype=np.float64).tobytes()


@pytest.mark.parametrize(("cell", "number"), SPELLINGS)
def test_each_spelling_is_read_by_some_format_and_never_as_another_number(cell, number):
    found = {to_numbers(text([cell]), spelled).item() for spelled in FORMATS}
    assert number in found
    marks = re.sub("[^.,]", "", cell)
    assert marks in (".", ",") or found - {number} <= {value for value in found if np.isnan(value)}


@pytest.mark.parametrize("spelled", FORMATS)
def test_nonsense_is_no_number_in_any_format(spelled):
    accepted = {cell for cell in NONSENSE if np.isfinite(to_numbers(text([cell]), spelled)).item()}
    assert accepted == set()


@pytest.mark.parametrize("spelled", FORMATS)
def test_pandas_alone_gives_the_same_bits_and_both_engines_agree_on_the_pattern(spelled):
    cells = text([cell for cell, _number in SPELLINGS] + NONSENSE + ["inf", "-Infinity", "1e400", "-0", "-0.0"])
    assert bits(to_numbers(cells, spelled)) == bits(with_pandas(cells, spelled))
    python = [re.fullmatch(number_pattern(spelled), cell) is not None for cell in cells]
    assert matches(cells, number_pattern(spelled)).tolist() == python


def test_plain_numbers_are_rounded_as_python_rounds_them():
    draw = random.Random(0)
    drawn = (struct.unpack("d", draw.randbytes(8))[0] for _ in range(5_000))
    cells = [repr(number) for number in drawn if np.isfinite(number)]
    cells += ["0." + "".join(draw.choices("0123456789", k=40)) for _ in range(2_000)]
    exact = [float(cell) for cell in cells]
    assert bits(to_numbers(text(cells), NumberFormat())) == bits(exact)
    assert bits(to_numbers(text(cell.replace(".", ",") for cell in cells), NumberFormat(","))) == bits(exact)


@st.composite
def spelled_numbers(draw):
    """A format, exact values, and the cells that a spreadsheet of some country would show for them."""
    decimal = draw(st.sampled_from(".,"))
    group = draw(st.sampled_from([None, " ", "'", "," if decimal == "." else "."]))
    symbol = draw(st.sampled_from(["", "$", "€", "kr", "USD"]))
    percent = not symbol and draw(st.booleans())
    behind, brackets = draw(st.booleans()), draw(st.booleans())
    cells, values = [], []
    for whole, places in draw(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 4)), min_size=1)):
        value = Fraction(whole, 10**places)
        body = f"{abs(whole) // 10**places:,}".replace(",", group or "")
        body += decimal + str(abs(whole) % 10**places).zfill(places) if places else ""
        body = (f"{body} {symbol}" if behind else symbol + body) if symbol else body
        body += " %" if percent else ""
        cells.append((f"({body})" if brackets and not percent else f"-{body}") if whole < 0 else body)
        values.append(value)
    return decimal, cells, values, percent


@settings(max_examples=examples(150), deadline=None)
@given(spelled_numbers())
def test_what_a_locale_writes_is_read_back_exactly(drawn):
    decimal, cells, values, percent = drawn
    distinct = text(dict.fromkeys(cells))
    spelled = guess_number_format(distinct, decimal, None)
    assert spelled is not None
    expected = [float(value) / 100 if percent else float(value) for value in values]
    assert to_numbers(text(cells), spelled).tolist() == expected
    assert bits(to_numbers(text(cells), spelled)) == bits(with_pandas(text(cells), spelled))


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.text(alphabet="0123456789.,'-+()$€% eEkgINF\u00a0−", max_size=8), min_size=1, max_size=5))
def test_whatever_the_cells_are_a_guess_fits_every_one_of_them(cells):
    distinct = text(dict.fromkeys(cell.strip() for cell in cells))
    spelled = guess_number_format(distinct, ".", None)
    if spelled is not None:
        assert not np.isnan(to_numbers(distinct, spelled)).any()
        assert bits(to_numbers(distinct, spelled)) == bits(with_pandas(distinct, spelled))


@pytest.mark.parametrize(
    ("cells", "decimal", "thousands", "spelled"),
    [
        (["1,234", "5"], ".", None, NumberFormat(".", ",")),
        (["1,234", "5"], ",", None, NumberFormat(",")),
        (["1.234", "5"], ",", None, NumberFormat(",", ".")),
        (["1,234", "5"], ".", "", NumberFormat(",")),
        (["1,234", "5"], ".", ",", NumberFormat(".", ",")),
        (["1.234", "5"], ".", ".", NumberFormat(",", ".")),
        (["1,234.5", "2"], ",", None, NumberFormat(".", ",")),
        (["1,5", "2,25"], ".", None, NumberFormat(",")),
        (["3.5", "1"], ",", None, NumberFormat(".")),
        (["12 kg", "3 kg"], ".", None, NumberFormat(".", None, ("kg",))),
        (["12 kg", "3"], ".", None, None),
        (["12 kg", "3 g"], ".", None, None),
        (["4WD"], ".", None, None),
        (["$5", "€6"], ".", None, None),
        (["$5", "6"], ".", None, NumberFormat(".", None, ("$",))),
        (["50 %", "0.5"], ".", None, None),
        (["red0", "red1"], ".", None, None),
        (["2019Q2", "2020Q2"], ".", None, None),
        (["10 AM", "11 AM"], ".", None, None),
        (["1,2,3", "4"], ".", None, None),
        (["1 234", "1'234"], ".", None, None),
        (["(5)", "7"], ".", None, NumberFormat(".", None, (), False, True)),
        (["x", "y"], ".", None, None),
    ],
)
def test_the_format_is_the_one_that_fits_every_cell(cells, decimal, thousands, spelled):
    assert guess_number_format(text(cells), decimal, thousands) == spelled


@pytest.mark.parametrize(
    ("cells", "doubt"), [(["1,234", "5"], True), (["1,234", "1,234,567"], False), (["1,234.5"], False), (["5"], False)]
)
def test_a_mark_that_could_be_either_is_doubted(cells, doubt):
    assert is_ambiguous(text(cells), NumberFormat(".", ",")) is doubt


@pytest.mark.parametrize("number", [2**53 - 1, 2**53, 2**53 + 1, -(2**53) - 1, 10**30, 2**63])
def test_whole_numbers_beyond_2_to_the_53_are_seen(number):
    assert has_beyond(text([str(number), "1", None])) == (abs(number) > 2**53)
    assert has_beyond(text([f"{number}.5"])) is False


def test_plain_is_what_python_reads_without_underscores_blanks_and_other_digits():
    for cell in [cell for cell, _number in SPELLINGS] + NONSENSE + ["inf", "-INFINITY"]:
        if re.fullmatch(plain_pattern("."), cell):
            float(cell)
        else:
            with pytest.raises(ValueError):
                float(re.sub("[_１-９٣\\s]|nan", "x", cell))
