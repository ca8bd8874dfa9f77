"""Growth by decade: the book's numbers, and the machine at hand."""

import math
import re

import pytest
import torch

from core.errors import InputError
from core.foundations.decades import QUANTITIES, decades, growth, machine_at_hand, reached_in, table_then


def test_the_factors_of_the_decades_multiply_to_the_whole():
    factors = growth(decades())
    assert len(factors) == 6
    for name in QUANTITIES:
        assert math.prod(factors[name].iloc[:-1]) == pytest.approx(factors[name].iloc[-1])
    whole = factors.iloc[-1]
    assert (whole["start"], whole["end"]) == (1970, 2020)
    assert [whole[name] for name in QUANTITIES] == pytest.approx([1e10, 1e8, 1e10])


BOOK = """
1970 100 (Iris)          1 KB    100 KF (Intel 8080)
1980 1 K (house prices)  100 KB  1 MF (Intel 80186)
1990 10 K (OCR)          10 MB   10 MF (Intel 80486)
2000 10 M (web pages)    100 MB  1 GF (Intel Core)
2010 10 G (advertising)  1 GB    1 TF (Nvidia C2050)
2020 1 T (social network) 100 GB 1 PF (Nvidia DGX-2)
"""


def test_the_table_is_that_of_the_book():
    table = decades()
    sizes = {"": 1, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15}
    pattern = r"(\d+) (\d+) ?(\w?) \(.+?\) +(\d+) (\w)B +(\d+) (\w)F \((.+)\)"
    rows = [re.fullmatch(pattern, line).groups() for line in BOOK.strip().splitlines()]
    assert len(rows) == len(table) == 6
    for row, (year, data, much, memory, large, computing, fast, machine) in zip(table.itertuples(), rows, strict=True):
        assert row.year == int(year)
        assert row.data == int(data) * sizes[much]
        assert row.memory == int(memory) * sizes[large]
        assert row.computing == int(computing) * sizes[fast]
        assert row.machine == machine


def test_every_quantity_grows_in_every_decade():
    factors = growth(decades())
    assert (factors[list(QUANTITIES)] > 1).all(axis=None)
    last = factors.iloc[4]
    assert last["computing"] == pytest.approx(1000)
    assert last["computing"] > last["data"]


def test_a_value_of_the_table_was_reached_in_its_year():
    table = decades()
    for name in QUANTITIES:
        for year, value in zip(table["year"], table[name], strict=True):
            assert reached_in(name, value) == pytest.approx(year)
    assert reached_in("data", math.sqrt(1e2 * 1e3)) == pytest.approx(1975)
    assert [reached_in("memory", value) for value in (0, 1, 1e30)] == [1970, 1970, 2020]


def test_the_machine_has_memory_and_computes():
    machine = machine_at_hand()
    assert machine.memory is None or machine.memory > 1e8
    assert machine.flops > 1e7


def test_a_table_then_is_counted_by_hand():
    then = table_then(rows=100, features=4, year=1970)
    assert then.size == 100 * 5 * 8 == torch.empty(100, 5, dtype=torch.float64).nbytes
    assert then.operations == sum(2 for _row in range(100) for _i in range(5) for _j in range(5))
    assert then.seconds == pytest.approx(then.operations / 1e5)
    assert not then.fits
    assert table_then(rows=100, features=4, year=1980).fits


@pytest.mark.parametrize(("rows", "features", "year"), [(0, 4, 1970), (10, 4, 1975), (10, -1, 1970)])
def test_another_year_or_no_rows_end_in_a_sentence(rows, features, year):
    with pytest.raises(InputError, match="A year of the table, from 1970 to 2020"):
        table_then(rows, features, year)
