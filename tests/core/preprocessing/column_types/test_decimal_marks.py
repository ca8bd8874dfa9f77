"""A chosen decimal mark: no column is read with the other one."""

import pyarrow as pa
import pytest

from core.preprocessing import read_table
from core.preprocessing.column_types.convert import convert_columns

HALVES = pa.table({"a": ["1,5", "2,5", "3,5"]})
THOUSANDS = pa.table({"a": ["1,500", "2,500", "12,500"]})


@pytest.mark.parametrize(
    ("cells", "decimal", "strict", "values"),
    [
        (HALVES, ".", False, [1.5, 2.5, 3.5]),
        (HALVES, ".", True, ["1,5", "2,5", "3,5"]),
        (HALVES, ",", True, [1.5, 2.5, 3.5]),
        (THOUSANDS, ".", True, [1500, 2500, 12500]),
        (THOUSANDS, ",", True, [1.5, 2.5, 12.5]),
    ],
)
def test_a_column_may_have_another_decimal_mark_than_the_file_unless_that_is_settled(cells, decimal, strict, values):
    typed = convert_columns(cells, decimal=decimal, missing=("",), strict=strict)
    assert typed.frame["a"].tolist() == values


def test_a_chosen_number_reads_no_cell_with_the_other_mark_either():
    typed = convert_columns(
        pa.table({"a": ["1.5", "2,5", "3,5", "4,5"]}), decimal=".", missing=("",), kinds={"a": "number"}, strict=True
    )
    assert typed.frame["a"].tolist()[:1] == [1.5]
    assert typed.frame["a"].isna().sum() == 3
    (change,) = typed.changes
    assert [cell.before for cell in change.cells] == ["2,5", "3,5", "4,5"]


def test_a_large_file_is_no_exception():
    numbers = [1001 + 7 * place if place % 3 else place % 1000 for place in range(12_000)]
    lines = [f"{number // 1000}.{number % 1000:03}" if number > 999 else str(number) for number in numbers]
    table = read_table(("n;m\n" + "".join(f"{line};x\n" for line in lines)).encode())
    assert table.frame["n"].tolist() == numbers
    assert any("could also be a decimal mark" in note for note in table.notes)
