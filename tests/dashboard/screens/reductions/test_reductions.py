"""The screen Reductions: its answers are those of the lines it shows, and of core; examples, links, bad input."""

import json
import warnings
from itertools import product

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
    assert screen.boxes == {"A.sum()": "45", "A.numel()": "9", "A.sum() / A.numel()": "5", "A.mean()": "refused"}
    assert "| **after** | **✕** | **3** | **`(3,)`** |" in screen.words
    assert "1 + 4 + 7 = 12" in screen.app.latex[0].value


@pytest.mark.parametrize(("label", "name", "answer"), [
    ("1…9 over axis 0", "A.sum(axis=0)", [12, 15, 18]),
    ("1…9 over axis 1", "A.sum(axis=1)", [6, 15, 24]),
    ("Column means", "A.float().mean(axis=0)", [4, 5, 6]),
    ("keepdims", "A.sum(axis=1, keepdims=True)", [6, 15, 24]),
    ("cumsum", "A.cumsum(axis=0)", [1, 2, 3, 5, 7, 9, 12, 15, 18]),
    ("Shares of a row", "A / S", [0.1667, 0.3333, 0.5, 0.2667, 0.3333, 0.4, 0.2917, 0.3333, 0.375]),
    ("Shares, not square", "A / S", [0, 0.3333, 0.6667, 0.25, 0.3333, 0.4167]),
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
    typed = parse_tensor(text)
    for option in KNOBS["reductions_axis"].options:
        if option != "all" and max(map(int, option.split(","))) >= typed.ndim:
            continue
        for correction, floats in product("01", KNOBS["reductions_floats"].options):
            asked = compute(text, how, option, keepdims, correction, floats)
            assert (asked.refusal is not None) == (how in ("mean", "var") and typed.dtype == int and floats == "none")
            if asked.refusal is not None:
                with pytest.raises(RuntimeError) as raised:
                    ran(f"import torch\nA = torch.tensor({typed.tolist()})\n{asked.line}")
                assert (asked.refusal.error, asked.refusal.message) == ("RuntimeError", str(raised.value))
                continue
            left = ran(lines(asked.of))
            assert left["result"].numpy().dtype == asked.of.result.dtype
            assert tuple(left["result"].shape) == asked.of.result.shape
            assert np.allclose(left["result"].numpy(), asked.of.result, equal_nan=True)
            assert "by_hand" not in left or np.allclose(left["by_hand"], left["result"], equal_nan=True)


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
    screen = open_screen("reductions", reductions_how="var", reductions_a="1.0 2 6")
    assert numbers(scene(screen)["A.var(correction=1)"]) == [7]
    screen.turn("button_group", "reductions_correction", "0")
    expected = reduce([1.0, 2, 6], "var", correction=0).item()
    assert numbers(scene(screen)["A.var(correction=0)"]) == pytest.approx([expected], rel=1e-3)


def test_traps_hold_what_torch_really_said(open_screen):
    said = "\n".join(block.value for block in open_screen("reductions", traps=True).app.code)
    with pytest.raises(RuntimeError) as raised:
        torch.arange(6).mean()
    assert f"RuntimeError: {raised.value}" in said
    assert str(torch.arange(1, 26).prod().item()) in said
    assert "IndexError: Dimension out of range" in said


def printed(screen):
    """Everything that stands on the screen as torch prints it."""
    return "\n".join(block.value for block in screen.app.code if block.value.startswith(">>>"))


def test_the_mean_of_whole_numbers_is_refused_in_place_and_one_click_helps(open_screen):
    A = torch.arange(1, 10).reshape(3, 3)
    with pytest.raises(RuntimeError) as raised:
        A.mean()
    screen = open_screen("reductions").press("Mean")
    said = [block.value for block in screen.app.code]
    assert "A.mean()" in said
    assert f"RuntimeError: {raised.value}" in said
    assert "The mean of whole numbers is seldom whole, and int64 holds whole numbers only" in screen.words
    assert not screen.app.get("bidi_component")
    assert screen.boxes["A.sum()"] == "45"
    assert "| **after** | **✕** | **✕** | **`()`** |" in screen.words
    assert not screen.errors
    for option, name, answer in (
        ("float32", "A.float().mean()", A.float().mean()),
        ("float64", "A.mean(dtype=torch.float64)", A.mean(dtype=torch.float64)),
    ):
        screen.turn("button_group", "reductions_floats", "none")
        screen.app.button(key=f"reductions_use_{option}").click()
        screen.run()
        assert numbers(scene(screen)[name]) == [5]
        assert f">>> {name}  # {str(answer.dtype)[6:]}, ()\n{answer!r}" in printed(screen)
        assert torch.equal(ran(code_of(screen))["result"], answer)
        assert torch.equal(ran(code_of(screen))["by_hand"].to(answer.dtype), answer)
    screen.turn("button_group", "reductions_how", "var")
    assert numbers(scene(screen)["A.double().var(correction=1)"]) == [7.5]


@pytest.mark.parametrize("text", ["[[1, 2, 3], [4, 5, 6], [7, 8, 9]]", "[[true, false], [true, true]]", "1 2.5; 3 4",
                                  "7", "[7]", "[]", "nan 1"])  # fmt: skip
def test_every_reduction_stands_with_its_type_as_torch_has_it(open_screen, text):
    screen = open_screen("reductions", reductions_a=text)
    values = parse_tensor(text)
    A = torch.tensor(values, dtype=torch.float32 if values.dtype.kind == "f" else None)
    table = screen.app.table[0].value
    assert "`A.sum()`" in table.index
    for line, row in table.iterrows():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                answer = eval(line.strip("`"), {"torch": torch, "A": A})
        except RuntimeError as refused:
            assert row["torch prints"] == f"refused: {type(refused).__name__}"
            continue
        assert row["torch prints"] == f"`{answer!r}`"
        if isinstance(answer, torch.Tensor):
            assert row["dtype"] == f"`{str(answer.dtype).removeprefix('torch.')}`"


def test_where_whole_numbers_become_floats_is_said_with_both_answers(open_screen):
    screen = open_screen("reductions")
    assert "A holds torch.int64: `A.sum()` is `tensor(45)`, a whole number" in screen.words
    assert "`A.sum() / A.numel()` is `tensor(5.)`, and `A.mean()`" in screen.words
    assert "raises RuntimeError" in screen.words


@pytest.mark.parametrize("text", ["[[1, 2, 3], [4, 5, 6], [7, 8, 9]]", "arange(24).reshape(2, 3, 4)"])
def test_several_axes_are_written_out_as_steps_and_equal_the_sum(open_screen, text):
    screen = open_screen("reductions", reductions_a=text)
    A = torch.tensor(parse_tensor(text))
    axes = list(range(A.ndim))
    assert f">>> A.sum(axis={axes})  # int64, ()\n{A.sum(axis=axes)!r}" in printed(screen)
    assert ">>> A" + ".sum(axis=0)" * A.ndim + f"  # int64, ()\n{A.sum()!r}" in printed(screen)
    assert f">>> A.sum(axis={axes}) == A.sum()  # bool, ()\ntensor(True)" in printed(screen)


def test_one_number_is_told_from_a_vector_of_one_entry_and_a_vector_from_a_column(open_screen):
    said = printed(open_screen("reductions"))
    A = torch.arange(1, 10).reshape(3, 3)
    with pytest.raises(IndexError) as raised:
        A.sum()[0]
    for line in (
        f"A.sum()  # int64, ()\n{A.sum()!r}",
        "A.sum().item()\n45",
        f"A.sum()[0]\nIndexError: {raised.value}",
        f"A.sum().reshape(1)  # int64, (1,)\n{A.sum().reshape(1)!r}",
        f"A.sum(axis=1)  # int64, (3,)\n{A.sum(axis=1)!r}",
        f"A.sum(axis=1, keepdims=True)  # int64, (3, 1)\n{A.sum(axis=1, keepdims=True)!r}",
    ):
        assert f">>> {line}" in said


def test_noise_in_the_last_digit_is_named_as_rounding(open_screen):
    screen = open_screen("reductions", reductions_a="0.1 0.2", reductions_axis="0")
    assert "Rounding**: 0.1 + 0.2 is 0.30000000000000004 in float64, not 0.3, 5.55e-17 away" in screen.words
    assert "Rounding" not in screen.turn("text_area", "reductions_a", "0.5 0.25").words
    shared = open_screen("reductions", reductions_view="shares", reductions_a="0.1 0.2 0.3; 0.7 0.1 0.1")
    A = torch.tensor([[0.1, 0.2, 0.3], [0.7, 0.1, 0.1]], dtype=torch.float64)
    off = (A / A.sum(axis=1, keepdims=True)).sum(axis=1)
    assert f"give {off[(off - 1).abs().argmax()].item()!r} in float64" in shared.words
    assert "0.9999999999999999" in shared.words
    assert "Rounding" not in shared.turn("text_area", "reductions_a", "1 1; 2 6").words


def test_shares_stand_as_torch_prints_them_with_and_without_keepdims(open_screen):
    A = torch.arange(1, 10).reshape(3, 3)
    said = printed(open_screen("reductions", reductions_view="shares"))
    kept, dropped = A / A.sum(axis=1, keepdims=True), A / A.sum(axis=1)
    assert f">>> A / A.sum(axis=1, keepdims=True)  # float32, (3, 3)\n{kept!r}" in said
    assert f">>> A / A.sum(axis=1)  # float32, (3, 3)\n{dropped!r}" in said
    assert int((~torch.isclose(kept, dropped)).sum()) == 6


def test_a_product_of_whole_numbers_wraps_around_as_in_torch_and_it_says_so(open_screen):
    screen = open_screen("reductions", reductions_a="arange(1, 26)", reductions_how="prod", reductions_axis="0")
    assert f"# int64, ()\n{torch.arange(1, 26).prod()!r}" in printed(screen)
    assert "have overflowed" in "\n".join(str(info.value) for info in screen.app.info)


def test_the_line_with_floats_travels_in_a_link(open_screen):
    screen = open_screen("reductions", reductions_how="mean", reductions_axis="0", reductions_floats="float32")
    assert numbers(scene(screen)["A.float().mean(axis=0)"]) == [4, 5, 6]
    screen.turn("text_area", "reductions_a", "1.5 2.5; 3 4")
    assert numbers(scene(screen)["A.mean(axis=0)"]) == [2.25, 3.25]
