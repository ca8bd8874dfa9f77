"""The screen Reductions: its answers are those of the lines it shows, and of core; examples, links, bad input."""

import json
import warnings

import numpy as np
import pytest
import torch

from core.tensors import cumsum, parse_tensor, reduce, shares
from dashboard.screens.reductions.choices import examples
from dashboard.screens.reductions.collapse import compute, lines
from dashboard.visit.settings import KNOBS


def scene(screen, number=0):
    """What one of the boards of cells draws in its last frame: panels by name."""
    (frame, *_) = json.loads(screen.app.get("bidi_component")[number].proto.json)["frames"][-1:]
    return {panel["name"]: panel for panel in frame["items"] if not isinstance(panel, str)}


def numbers(panel):
    return [float(text.replace("−", "-").replace(",", "")) for text in panel["texts"]]


def ran(code):
    """Run the lines of torch that a screen shows; return what they leave."""
    left = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of a variance of one entry
        exec(code, left)
    return left


def code_of(screen):
    return next(block.value for block in screen.app.code if block.value.startswith("import torch"))


def test_on_arrival_the_notes_sums_are_there(open_screen):
    screen = open_screen("reductions")
    assert numbers(scene(screen)["A.sum(axis=0)"]) == [12, 15, 18]
    assert screen.boxes == {"A.sum()": "45", "A.numel()": "9", "A.sum() / A.numel()": "5", "A.mean()": "5"}
    assert "| **after** | **✕** | **3** | **`(3,)`** |" in screen.words
    assert "1 + 4 + 7 = 12" in screen.app.latex[0].value


@pytest.mark.parametrize(("label", "name", "answer"), [
    ("1…9 over axis 0", "A.sum(axis=0)", [12, 15, 18]),
    ("1…9 over axis 1", "A.sum(axis=1)", [6, 15, 24]),
    ("Mean", "A.mean()", [2.5]),
    ("Column means", "A.mean(axis=0)", [1.5, 2.5, 3.5]),
    ("keepdims", "A.sum(axis=1, keepdims=True)", [6, 15, 24]),
    ("cumsum", "A.cumsum(axis=0)", [0, 1, 2, 3, 5, 7]),
    ("Shares of a row", "A / S", [0, 0.3333, 0.6667, 0.25, 0.3333, 0.4167]),
    ("Two of three axes", "A.sum(axis=(0, 1))", [60, 66, 72, 78]),
])  # fmt: skip
def test_the_notes_examples_load_with_one_click(open_screen, label, name, answer):
    screen = open_screen("reductions", reductions_view="running", reductions_keepdims=True, reductions_axis="all")
    screen.press(label)
    assert numbers(scene(screen)[name]) == answer
    assert label in examples()


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("how", KNOBS["reductions_how"].options)
@pytest.mark.parametrize("text", ["[[1, 2, 3], [4, 5, 6]]", "1 2; 3 -4.5", "arange(24).reshape(2, 3, 4)", "5", "1 2 3",
                                  "nan 1; 2 inf", "[1]"])  # fmt: skip
def test_the_lines_shown_give_the_answer_shown(text, how, keepdims):
    count = parse_tensor(text).ndim
    for option in KNOBS["reductions_axis"].options:
        if option != "all" and max(map(int, option.split(","))) >= count:
            continue
        for correction in ("0", "1"):
            of = compute(text, how, option, keepdims, correction)
            left = ran(lines(of))
            assert left["result"].dtype == torch.float64
            assert tuple(left["result"].shape) == of.result.shape
            assert np.allclose(left["result"].numpy(), of.result, equal_nan=True)
            assert "by_hand" not in left or torch.allclose(left["by_hand"], left["result"], equal_nan=True)


def test_the_lines_of_running_sums_and_shares_give_the_answers_shown(open_screen):
    for view, name, answer in (("running", "A.cumsum(axis=0)", cumsum), ("shares", "A / S", shares)):
        screen = open_screen("reductions", reductions_view=view, reductions_a="1 2 4; 5 -7 8")
        left = ran(code_of(screen))
        assert torch.equal(left["result"], answer(left["A"], 0 if view == "running" else 1))
        assert np.allclose(numbers(scene(screen)[name]), left["result"].numpy().ravel(), rtol=1e-3)


def test_shares_without_keepdims_are_wrong_or_refused_by_torch(open_screen):
    screen = open_screen("reductions", reductions_view="shares")
    assert "6 of 9 quotients are wrong" in screen.words
    assert list(scene(screen, 1)["A / S"]["marks"].values()) == ["wrong"] * 6
    screen.turn("text_area", "reductions_a", "[[1, 2, 3], [4, 5, 6]]")
    assert "Without keepdims the sums have shape (2,), which cannot be broadcast to (2, 3)" in screen.words
    assert any("must match the size of tensor b" in block.value for block in screen.app.code)
    screen.turn("button_group", "reductions_shares_axis", "0")
    assert "the result happens to be right here" in screen.words


def test_a_line_that_adds_up_to_zero_is_told(open_screen):
    screen = open_screen("reductions", reductions_view="shares", reductions_a="1 -1; 2 3")
    assert "1 line adds up to 0, so its entries have no share." in screen.words
    assert "∞ results from" in screen.words


@pytest.mark.parametrize("view", KNOBS["reductions_view"].options)
@pytest.mark.parametrize("text", ["5", "1", "zeros(0, 3)", "[]", "zeros(2, 0, 3)", "nan 1; 2 inf", "1; 2; 3",
                                  "1e308 1e308", "ones(100, 100)", "ones(10, 10, 10)", "true false"])  # fmt: skip
def test_any_tensor_has_a_screen(open_screen, view, text):
    screen = open_screen("reductions", reductions_view=view, reductions_a=text, reductions_axis="0,1")
    assert screen.app.get("bidi_component")
    screen.turn("text_area", "reductions_a", "arange(24).reshape(2, 3, 4)")
    assert not screen.errors


@pytest.mark.parametrize("view", KNOBS["reductions_view"].options)
@pytest.mark.parametrize("text", ["", "[[1, 2], [3]]", "x", "[" * 5000, "1 " * 150_000, "ones(10**6, 10**6)", "\0"])
def test_what_cannot_be_read_is_told_and_the_last_answer_stays(open_screen, view, text):
    screen = open_screen("reductions", reductions_view=view, reductions_a="1 2; 3 4")
    before = screen.app.get("bidi_component")[0].proto.json
    screen.turn("text_area", "reductions_a", text)
    assert len(screen.errors) == 1
    assert screen.app.get("bidi_component")[0].proto.json == before


def test_the_largest_of_nothing_is_told_and_the_last_answer_stays(open_screen):
    screen = open_screen("reductions", reductions_how="max")
    screen.turn("text_area", "reductions_a", "zeros(0, 2)")
    assert screen.errors == ["An empty tensor has no largest or smallest entry; give at least one entry."]
    assert numbers(scene(screen)["A.amax(axis=0)"]) == [7, 8, 9]


def test_a_column_that_would_grow_beyond_the_screen_is_told(open_screen):
    screen = open_screen("reductions", reductions_view="shares", reductions_a="ones(5000, 1)")
    assert screen.errors == [
        "Without keepdims, A / S would have shape (5000, 5000), too large to draw; use a smaller A."
    ]


def test_variance_asks_for_its_divisor(open_screen):
    screen = open_screen("reductions", reductions_how="var", reductions_a="1 2 6")
    assert numbers(scene(screen)["A.var(correction=1)"]) == [7]
    screen.turn("button_group", "reductions_correction", "0")
    expected = reduce([1, 2, 6], "var", correction=0).item()
    assert numbers(scene(screen)["A.var(correction=0)"]) == pytest.approx([expected], rel=1e-3)


def test_traps_hold_what_torch_really_said(open_screen):
    said = "\n".join(block.value for block in open_screen("reductions", traps=True).app.code)
    with pytest.raises(RuntimeError) as raised:
        torch.arange(6).mean()
    assert f"RuntimeError: {raised.value}" in said
    assert str(torch.arange(1, 26).prod().item()) in said
    assert "IndexError: Dimension out of range" in said
