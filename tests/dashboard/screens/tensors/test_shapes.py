"""The views of the screen Tensors about shapes: their answers, the lines beside them, what bad input comes to."""

import pytest
import torch

from dashboard.screens.tensors import axes, broadcasting, broadcasting_bug, broadcasting_shapes, joining, slicing
from dashboard.visit import settings

VIEWS = {"axes": axes, "joining": joining, "broadcasting": broadcasting, "slicing": slicing}


def inputs_of(*keys, **typed):
    return {
        key: typed.get(key, settings.TEXTS.get(key, getattr(settings.KNOBS.get(key), "default", None))) for key in keys
    }


def run(lines):
    variables = {"torch": torch}
    exec(lines, variables)
    return variables


@pytest.mark.parametrize(
    ("a", "shape", "turned"),
    [("arange(12).reshape(3, 4)", "2, 6", False), ("arange(12).reshape(3, 4)", "2, 6", True), ("7", "1, 1", True),
     ("[1.5, nan, -inf]", "-1, 1", True), ("zeros(0, 3)", "3, 0", False),
     ("arange(24).reshape(2, 3, 4)", "-1, 4", True),
     ("[True, False]", "2", False), ("5", "", False)],
)  # fmt: skip
def test_the_lines_about_axes_give_what_is_shown(a, shape, turned):
    keys = (axes.A, axes.SHAPE, axes.ALONG, axes.TRANSPOSED)
    of = axes.compute(**inputs_of(*keys, **{axes.A: a, axes.SHAPE: shape, axes.TRANSPOSED: turned}))
    ran = run(axes.lines(of))
    assert str(ran["B"].tolist()) == str(of.reshaped.values.tolist())
    assert tuple(ran["B"].shape) == of.reshaped.values.shape
    assert tuple(ran["A"].shape) == of.facts.shape
    assert str(ran["A"].dtype) == f"torch.{of.facts.dtype}"


@pytest.mark.parametrize("how", ["cat", "stack"])
@pytest.mark.parametrize("axis", ["0", "1", "-1"])
def test_the_lines_about_joining_give_what_is_shown(how, axis):
    inputs = {joining.X: "[[1, 2], [3, 4]]", joining.Y: "[[0.5, nan], [1, 2]]", joining.HOW: how, joining.AXIS: axis}
    of = joining.compute(**inputs)
    assert str(run(joining.lines(of))["Z"].tolist()) == str(of.joined.values.tolist())


@pytest.mark.parametrize("by", ["add", "subtract", "multiply", "divide", "equal", "greater"])
@pytest.mark.parametrize("b", ["[[0, 1]]", "2.5", "[nan, inf]", "arange(12).reshape(2, 3, 2)"])
def test_the_lines_about_broadcasting_give_what_is_shown(by, b):
    of = broadcasting.compute(**{broadcasting.A: "[[0], [1], [2]]", broadcasting.B: b, broadcasting.BY: by})
    ran = run(broadcasting.lines(of))
    assert str(ran["c"].tolist()) == str(of.result.tolist())
    assert str(ran["c"].dtype) == f"torch.{of.result.dtype}"


def test_a_pair_that_fails_raises_where_the_lines_say_so():
    of = broadcasting.compute(**{broadcasting.A: "ones(3, 4)", broadcasting.B: "[1, 2, 3]", broadcasting.BY: "add"})
    assert of.result is None
    with pytest.raises(RuntimeError, match="size of tensor a"):
        run(broadcasting.lines(of))
    shapes = broadcasting_shapes.compute(**{broadcasting_shapes.A: "3, 4", broadcasting_shapes.B: "3"})
    with pytest.raises(RuntimeError, match="broadcast"):
        run(broadcasting_shapes.lines(shapes))


def test_the_line_about_shapes_gives_the_shape_that_is_shown():
    of = broadcasting_shapes.compute(**inputs_of(broadcasting_shapes.A, broadcasting_shapes.B))
    assert tuple(eval(broadcasting_shapes.lines(of).split("    #")[0], {"torch": torch})) == of.shape == (8, 7, 6, 5)


def test_the_lines_about_the_loss_bug_give_both_losses():
    of = broadcasting_bug.compute(**inputs_of(broadcasting_bug.PREDICTIONS, broadcasting_bug.LABELS))
    ran = run(broadcasting_bug.lines(of))
    assert ran["wrong"].item() == pytest.approx(of.bug.wrong, rel=1e-14)
    assert ran["meant"].item() == pytest.approx(of.bug.meant, rel=1e-14)


@pytest.mark.parametrize(
    "index",
    ["1:3, ::2", "-1", ":, 0", "[0, 2]", "A > 5", "A[:, 0] > 3", "None", "...", "[[0, 1], [1, 2]]", "1, 2", "()"],
)
@pytest.mark.parametrize("value", ["-1", "2.75"])
def test_the_lines_about_slicing_give_what_is_shown(index, value):
    inputs = {slicing.A: "arange(12).reshape(3, 4)", slicing.INDEX: index, slicing.VALUE: value}
    of = slicing.compute(**inputs)
    ran = run(slicing.lines(of))
    assert ran["B"].tolist() == of.selection.values.tolist()
    assert ran["C"].tolist() == of.written.directly.tolist()
    assert ran["D"].tolist() == of.written.through.tolist()


@pytest.mark.parametrize("part", ["pair", "shapes", "bug"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_an_answer_on_arrival_and_its_traps_were_really_run(open_screen, view, part):
    screen = open_screen("tensors", tensors_view=view, tensors_broadcast_part=part, traps=True)
    assert screen.errors == []
    codes = [str(code.value) for code in screen.app.get("code")]
    assert sum("Error: " in code for code in codes) >= 1
    assert not any("NameError" in code or "SyntaxError" in code for code in codes)
    assert screen.boxes


def test_what_cannot_be_used_is_told_and_the_last_good_answer_stays(open_screen):
    screen = open_screen("tensors", tensors_view="slicing", tensors_slice_index="A > 5")
    assert screen.boxes["Cells taken"] == "6 / 12"
    screen.turn("text_input", "tensors_slice_index", "0, 9")
    assert screen.errors == ["Axis 1 has length 4: its places go from 0 to 3, or −4 to −1 from the end."]
    assert screen.boxes["Cells taken"] == "6 / 12"
    assert any(str(code.value).endswith("   ^") for code in screen.app.get("code"))
    screen.turn("text_input", "tensors_slice_index", "0, 3")
    assert screen.errors == []
    assert screen.boxes["Cells taken"] == "1 / 12"


BAD = {
    "tensors_axes_a": ("axes", ["", "[[1, 2], [3]]", "x" * 5000, "[" * 500, "ones(10000, 10000)"]),
    "tensors_axes_shape": ("axes", ["5, 3", "a", "-1, -1", "1, 1, 12, 1", "9" * 500, "-1, 5"]),
    "tensors_join_y": ("joining", ["[1, 2]", "7", "[[1, 2]]", "nonsense"]),
    "tensors_broadcast_b": ("broadcasting", ["", "__import__('os')", "ones(2, 2, 2, 2)"]),
    "tensors_slice_index": ("slicing", ["", "5", "A.T", "::-1", "A > 2 & A < 5", "9" * 5000, "None, None", "\0"]),
    "tensors_slice_value": ("slicing", ["nan", "[1, 2, 3]", "1e300", ""]),
}


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, (_view, texts) in BAD.items() for text in texts])
def test_bad_input_from_a_link_ends_in_one_sentence_and_a_good_screen(open_screen, key, text):
    screen = open_screen("tensors", tensors_view=BAD[key][0], **{key: text})
    (error,) = screen.errors
    assert error
    assert screen.boxes
    assert not any("nan" in value.lower() for value in screen.boxes.values())


@pytest.mark.parametrize("typed", ["[nan]", "[[1e200], [1], [1], [1]]", "[1, 2]", ""])
def test_predictions_without_a_loss_are_told(open_screen, typed):
    shown = {"tensors_view": "broadcasting", "tensors_broadcast_part": "bug", "tensors_bug_predictions": typed}
    screen = open_screen("tensors", **shown)
    assert len(screen.errors) == 1
    assert screen.boxes["Loss as meant"] == "0.125"


def test_shapes_that_do_not_go_together_are_a_lesson_with_ways_out(open_screen):
    shown = {"tensors_broadcast_a": "arange(12).reshape(3, 4)", "tensors_broadcast_b": "[1, 2, 3]"}
    screen = open_screen("tensors", tensors_view="broadcasting", **shown)
    assert screen.errors == []
    assert "on axis −1 stand 4 and 3" in screen.app.warning[0].value.replace("\\", "")
    assert "b[:, None]" in screen.words
    assert any("must match the size of tensor b (3)" in str(code.value) for code in screen.app.get("code"))
    assert screen.boxes["Shape of the result"] == "none"


def test_one_click_loads_an_example(open_screen):
    screen = open_screen("tensors", tensors_view="axes").press("3 axes")
    assert screen.boxes["Shape · A.shape"] == "(2, 3, 4)"
    screen.press("scalar")
    assert screen.boxes["Length · len(A)"] == "none"
    assert "no axis" in screen.words


def test_the_wrong_loss_pulls_every_prediction_to_the_mean_label(open_screen):
    screen = open_screen("tensors", tensors_view="broadcasting", tensors_broadcast_part="bug", tensors_bug_updates=60)
    assert screen.boxes["Shape of ŷ − y"] == "(4, 4)"
    assert screen.boxes["Mean label"] == "5"
    assert "around the mean label 5" in screen.words
