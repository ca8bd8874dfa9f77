"""Tensors, Memory: what the lines did, as they were run, and what torch says where it refuses."""

import pytest
import torch

from core.tensors.memory import EXPRESSIONS, WAYS


def codes(screen) -> list[str]:
    return [element.value for element in screen.app.code]


@pytest.mark.parametrize("way", WAYS)
def test_the_lines_shown_do_what_the_screen_says(open_screen, way):
    screen = open_screen("tensors", tensors_view="memory", tensors_memory_way=way)
    lines = next(code for code in codes(screen) if "Z = Y" in code and "before" in code)
    *before, last = lines.splitlines()
    names: dict[str, object] = {"torch": torch}
    exec("\n".join(before), names)
    same = eval(last, names)
    assert same == ((False,) * 3 if way == "new" else (True,) * 3)
    assert ("**a new tensor**" in screen.words) == (way == "new")
    assert ("**the same tensor**" in screen.words) == (way != "new")
    table = screen.table("id(Y) before")
    kept = dict(zip(table["line"], table["same id"], strict=True))
    assert kept == {line: "no" if name == "new" else "yes" for name, line in WAYS.items()}
    assert screen.errors == []


def test_an_example_shows_what_in_place_refuses_and_why(open_screen):
    screen = open_screen("tensors", tensors_view="memory", tensors_memory_way="add").press("a longer shape")
    assert "This line raises an error, and Y does not change." in screen.words
    assert any(code.startswith("RuntimeError: output with shape [3]") for code in codes(screen))
    assert "in place a tensor keeps its shape" in screen.words
    screen.press("floats into whole numbers")
    assert "the tensor it is written into is int64" in screen.words


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_lines_of_every_view_end_as_the_screen_says(open_screen, expression):
    screen = open_screen(
        "tensors", tensors_view="memory", tensors_memory_about="views", tensors_memory_expression=expression
    )
    if expression == "view_transpose":
        assert "This line raises an error." in screen.words
        assert "reshape copies where it must" in screen.words
        return
    lines = next(code for code in codes(screen) if "shares = " in code)
    names: dict[str, object] = {"torch": torch}
    *before, last = lines.splitlines()
    exec("\n".join(before), names)
    shares, _Y = eval(last, names)
    assert shares == ("V is a view" in screen.words or "V is Y itself" in screen.words)
    assert (not shares) == ("V is a copy" in screen.words)


@pytest.mark.parametrize("text", ["", "[", "[]", "ones(10000, 10000)", "x" * 5000, "[[1], [1, 2]]", "[" * 500])
def test_what_cannot_be_read_is_told_and_the_last_answer_stays(open_screen, text):
    screen = open_screen("tensors", tensors_view="memory").turn("text_input", "tensors_memory_y", text)
    assert len(screen.errors) == 1
    assert screen.errors[0].endswith((".", ")"))
    assert "Showing the last valid result." in screen.words
    assert "**a new tensor**" in screen.words


def test_nan_and_infinity_are_taken(open_screen):
    screen = open_screen("tensors", tensors_view="memory", tensors_memory_y="[nan, inf, 1, 2]")
    assert screen.errors == []
