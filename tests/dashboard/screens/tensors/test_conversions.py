"""Tensors, Conversions: one memory seen from torch and from numpy, and what refuses to be a number."""

import pytest
import torch


def codes(screen) -> list[str]:
    return [element.value for element in screen.app.code]


@pytest.mark.parametrize("who", ["X", "A", "B", "C", "D"])
def test_the_lines_shown_change_what_the_screen_says(open_screen, who):
    screen = open_screen(
        "tensors", tensors_view="conversions", tensors_conversions_who=who, tensors_conversions_x="[[1.5, 2], [3, 4]]",
        tensors_conversions_entry=2, tensors_conversions_value="-7",
    )  # fmt: skip
    *before, last = next(code for code in codes(screen) if code.endswith("X, A, B, C, D")).splitlines()
    names: dict[str, object] = {"torch": torch}
    exec("\n".join(before), names)
    changed = [name for name, value in zip("XABCD", eval(last, names), strict=True) if value[1, 0] == -7]
    assert changed == (["X", "A", "B"] if who in "XAB" else [who])
    said = f"`{who}[1, 0] = -7`"
    assert said in screen.words
    assert ("changed too" in screen.words) == (who in "XAB")
    assert screen.table("memory")["memory"].tolist().count("shared") == 6


def test_an_entry_beyond_the_last_is_the_last(open_screen):
    screen = open_screen("tensors", tensors_view="conversions", tensors_conversions_entry=9999)
    assert "A[3] = 99" in screen.words


@pytest.mark.parametrize(("value", "came"), [("", None), ("1 2", "2 came"), ("abc", None)])
def test_what_cannot_be_written_is_told(open_screen, value, came):
    screen = open_screen("tensors", tensors_view="conversions").turn("text_input", "tensors_conversions_value", value)
    assert len(screen.errors) == 1
    assert came is None or came in screen.errors[0]


def test_the_notes_one_element_gives_all_numbers_and_several_raise(open_screen):
    screen = open_screen("tensors", tensors_view="conversions", tensors_conversions_about="numbers")
    table = screen.table("call").set_index("call")
    assert table.loc[["x.item()", "float(x)", "int(x)"], "gives"].tolist() == ["3.5", "3.5", "3"]
    screen.press("several")
    assert screen.table("call").set_index("call").loc["x.item()", "of type"] == "raises RuntimeError"
    with pytest.raises(RuntimeError) as raised:
        torch.tensor([1.5, 2.5, 3.5]).item()
    refusals = next(code for code in codes(screen) if "→" in code and "x.item()" in code)
    assert f"RuntimeError: {raised.value}" in refusals
    assert "this one has 3" in refusals


def test_gradients_refuse_numpy_and_whole_numbers_refuse_gradients(open_screen):
    screen = open_screen(
        "tensors", tensors_view="conversions", tensors_conversions_about="numbers", tensors_conversions_grad=True
    )
    assert any("Can't call numpy()" in code for code in codes(screen))
    screen.press("a whole number")
    assert "whole numbers take no tiny steps" in screen.words


def test_the_lines_of_the_numbers_run(open_screen):
    screen = open_screen("tensors", tensors_view="conversions", tensors_conversions_about="numbers")
    lines = next(code for code in codes(screen) if "\nx = " in code)
    exec(lines, {})
