"""Tensors, Types of numbers: the table of pairs, what is stored, and what division gives."""

import pytest
import torch

from core.tensors.dtypes import OPERATIONS, REAL


def codes(screen) -> list[str]:
    return [element.value for element in screen.app.code]


def view(open_screen, **memory):
    return open_screen("tensors", tensors_view="dtypes", **memory)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_lines_shown_give_what_the_screen_shows(open_screen, operation):
    screen = view(open_screen, tensors_dtypes_operation=operation)
    assert screen.errors == []
    *before, last = next(code for code in codes(screen) if "\na = torch.tensor(" in code).splitlines()
    names: dict[str, object] = {}
    exec("\n".join(before), names)
    try:
        exec(f"c = {last}" if operation != "in_place" else f"{last}\nc = a", names)
    except RuntimeError as problem:
        assert f"RuntimeError: {problem}" in codes(screen)
        assert operation in ("matmul", "in_place")
    else:
        assert str(names["c"]) in codes(screen)[0]


def test_the_classic_mistake_is_refused_and_explained(open_screen):
    screen = view(open_screen, tensors_dtypes_operation="matmul", tensors_dtypes_left="float64")
    assert "One vector is float64 and the other float32" in screen.words
    assert "refuses" not in screen.errors


@pytest.mark.parametrize("dtype", REAL)
@pytest.mark.parametrize("number", ["16777217", "-2.7", "1e30"])
def test_what_is_stored_is_what_the_line_gives(open_screen, dtype, number):
    screen = view(open_screen, tensors_dtypes_about="storing", tensors_dtypes_in=dtype, tensors_dtypes_number=number)
    assert screen.errors == []
    *before, last = next(code for code in codes(screen) if "\nx = " in code).splitlines()
    names: dict[str, object] = {}
    exec("\n".join(before), names)
    row = screen.table("stored").set_index("dtype").loc[dtype]
    if row["stored"] == "∞":
        assert eval(last, names) == float("inf")
    elif row["stored"] != "not defined":
        assert float(row["stored"].replace(",", "").replace("−", "-")) == eval(last, names)


def test_an_example_shows_where_int8_runs_over(open_screen):
    screen = view(open_screen, tensors_dtypes_about="storing").press("one more than int8 has")
    assert "**int8 holds −128 in its place**: it goes from −128 to 127" in screen.words


def test_division_by_zero_raises_for_whole_numbers_and_is_in_words_for_decimals(open_screen):
    screen = view(open_screen, tensors_dtypes_about="dividing").press("by 0")
    table = screen.table("gives")
    gives = dict(zip(table["dtype"] + " " + table["line"], table["gives"], strict=True))
    assert gives["int64 a // b"] == "raises RuntimeError"
    assert gives["float32 a / b"] == str(torch.tensor([1.0, 0, -1]) / 0).removeprefix("tensor(").removesuffix(")")
    assert "Whole numbers know no infinity" in screen.words
    assert "`nan` is no number" in screen.words


@pytest.mark.parametrize(
    ("about", "key"),
    [("mixing", "tensors_dtypes_a"), ("storing", "tensors_dtypes_number"), ("dividing", "tensors_dtypes_under")],
)
@pytest.mark.parametrize("text", ["", "[]", "abc", "[1, [2]]", "9" * 5000, "ones(100, 100)"])
def test_what_cannot_be_used_is_one_sentence(open_screen, about, key, text):
    screen = view(open_screen, tensors_dtypes_about=about).turn("text_input", key, text)
    assert len(screen.errors) == 1
    assert "Below is still the last answer that could be had." in screen.words
