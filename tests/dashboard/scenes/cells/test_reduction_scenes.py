"""The frames of a reduction tell the truth at every step: values, sources, workings and words."""

import re

import numpy as np
import pytest

from core.tensors import cumsum, shares
from core.tensors.reduction_steps import collapse
from core.tensors.reductions import HOWS
from dashboard.scenes.cells.collapse import collapse_scene, folds_to_draw
from dashboard.scenes.cells.grid import grid
from dashboard.scenes.cells.running_sums import running_scene
from dashboard.scenes.cells.shares import shares_scene, wrong

NINE = np.arange(1.0, 10.0).reshape(3, 3)
SHAPES = [
    ((3, 3), 0),
    ((3, 3), 1),
    ((3, 3), None),
    ((4,), 0),
    ((2, 3, 4), (0, 2)),
    ((2, 3, 2), 1),
    ((1, 5), 0),
    ((), None),
]


def panels(frame):
    return [item for item in frame["items"] if not isinstance(item, str)]


def value_of(text):
    """The number at the end of a working."""
    return float(text.rpartition("= ")[2].replace("−", "-").replace(",", ""))


def asked(working):
    """The left side of a working, computed by Python."""
    code = working.rpartition(" = ")[0].replace("−", "-").replace("×", "*").replace("²", "**2")
    names = {"max": lambda *several: max(several), "min": lambda *several: min(several)}
    return float(eval(re.sub(r"(\d),(\d)", r"\1\2", code), names))  # of numbers written in this program


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize(("shape", "axis"), SHAPES)
def test_every_working_computes_to_what_stands_in_its_cell(shape, axis, how):
    array = np.random.default_rng(1).integers(-9, 9, shape).astype(float)
    done = collapse(array, how, axis, correction=0)
    for frame in collapse_scene(done, "result")["frames"]:
        panel = panels(frame)[-1]
        for number, working in panel["working"].items():
            shown = float(panel["texts"][int(number)].replace("−", "-").replace(",", ""))
            assert value_of(working) == pytest.approx(shown, rel=1e-3)
            if "=" in working and "…" not in working:
                assert asked(working) == pytest.approx(value_of(working), rel=1e-4)


@pytest.mark.parametrize("keepdims", [True, False])
@pytest.mark.parametrize(("shape", "axis"), SHAPES)
def test_every_cell_is_made_of_the_entries_that_add_up_to_it(shape, axis, keepdims):
    array = np.random.default_rng(2).integers(-9, 9, shape).astype(float)
    entries = [array[index] for index in grid(array.shape).cells()]
    for frame in collapse_scene(collapse(array, "sum", axis, keepdims), "result")["frames"]:
        panel = panels(frame)[-1]
        for number, text in enumerate(panel["texts"]):
            assert {of for of, _entry in panel["sources"][number]} == {0}
            assert sum(entries[entry] for _of, entry in panel["sources"][number]) == float(text.replace("−", "-"))


def test_the_axis_shrinks_by_a_line_at_a_time_and_then_leaves():
    frames = collapse_scene(collapse(NINE, "sum", 0), "A.sum(axis=0)")["frames"]
    shapes = [re.search(r"\(.*?\)", panels(frame)[-1]["facts"])[0] for frame in frames]
    assert shapes == ["(3, 3)", "(3, 3)", "(2, 3)", "(2, 3)", "(1, 3)", "(3,)"]
    assert frames[-1]["label"] == "Axis 0 has length 1 now and leaves the shape: (1, 3) becomes (3,)."
    assert panels(frames[-1])[-1]["texts"] == ["12", "15", "18"]
    assert panels(frames[-1])[-1]["name"] == "A.sum(axis=0)"


def test_lines_that_move_are_marked_here_and_in_a():
    frames = collapse_scene(collapse(NINE, "sum", 1), "A.sum(axis=1)")["frames"]
    whole, so_far = panels(frames[3])
    assert whole["marks"] == {2: "lit", 5: "lit", 8: "lit"}
    assert so_far["marks"] == {0: "lit", 2: "lit", 4: "lit", 1: "folds-left", 3: "folds-left", 5: "folds-left"}


@pytest.mark.parametrize("size", [1, 3, 10, 20, 100])
def test_a_long_axis_makes_no_more_to_draw_than_a_short_one(size):
    array = np.ones((size, size))
    done = collapse(array, "sum", None, most=folds_to_draw(array.shape, 2))
    scene = collapse_scene(done, "A.sum()")
    assert sum(len(panel["texts"]) for frame in scene["frames"] for panel in panels(frame)) < 8_000
    assert panels(scene["frames"][-1])[-1]["texts"] == [f"{size * size:,}" if size > 31 else str(size * size)]


def test_of_nothing_there_is_a_result_and_words():
    frames = collapse_scene(collapse(np.zeros((0, 2)), "sum", 0), "A.sum(axis=0)")["frames"]
    assert "nothing can be taken in" in frames[0]["label"]
    assert panels(frames[-1])[-1]["working"] == {0: "of no entries = 0", 1: "of no entries = 0"}


@pytest.mark.parametrize(("shape", "axis"), [((3, 3), 0), ((3, 3), 1), ((5,), 0), ((2, 3, 4), 1), ((50, 2), 0)])
def test_running_sums_are_made_of_an_entry_and_the_sum_before_it(shape, axis):
    array = np.random.default_rng(3).integers(-9, 9, shape).astype(float)
    scene = running_scene(array, cumsum(array, axis).numpy(), axis, "c")
    for frame in scene["frames"]:
        whole, running = panels(frame)
        for number, sources in running["sources"].items():
            texts = [(whole, running)[of]["texts"][entry] for of, entry in sources]
            if "…" not in texts:
                assert sum(map(as_number, texts)) == as_number(running["texts"][number])
            working = running["working"][number]
            if "=" in working:
                assert asked(working) == value_of(working) == as_number(running["texts"][number])
    last = panels(scene["frames"][-1])[-1]
    assert "copy" not in last["marks"].values()


def as_number(text):
    return float(text.replace("−", "-"))


def test_running_sums_not_reached_yet_are_not_told():
    frames = running_scene(NINE, cumsum(NINE, 0).numpy(), 0, "c")["frames"]
    assert panels(frames[0])[1]["texts"] == ["1", "2", "3", *"······"]
    assert panels(frames[2])[1]["texts"] == ["1", "2", "3", "5", "7", "9", "12", "15", "18"]
    assert len(running_scene(np.zeros((0, 2)), np.zeros((0, 2)), 0, "c")["frames"]) == 1


def test_shares_show_which_sum_divides_each_entry():
    for keepdims in (True, False):
        done = collapse(NINE, "sum", 1, keepdims)
        result = shares(NINE, 1, keepdims).numpy()
        whole, sums, quotients = panels(shares_scene(done, result)["frames"][0])
        for number, ((_a, entry), (_s, divisor)) in quotients["sources"].items():
            ratio = as_number(whole["texts"][entry]) / as_number(sums["texts"][divisor])
            assert ratio == pytest.approx(result.ravel()[number])
            assert asked(quotients["working"][number]) == pytest.approx(result.ravel()[number], rel=1e-5)
        marks = set(sums["marks"])
        assert marks == ({1, 2, 4, 5, 7, 8} if keepdims else {3, 4, 5, 6, 7, 8})


@pytest.mark.parametrize(
    ("shape", "axis"), [((3, 3), 1), ((3, 3), 0), ((4, 1), 1), ((3, 3, 3), 1), ((3,), 0), ((2, 2, 2), (0, 2))]
)
@pytest.mark.parametrize("keepdims", [True, False])
def test_wrong_are_the_entries_divided_by_the_sum_of_another_line(shape, axis, keepdims):
    array = np.exp(np.random.default_rng(4).normal(size=shape))  # so that no two sums are the same
    result = shares(array, axis, keepdims).numpy()
    right = np.broadcast_to(shares(array, axis).numpy(), result.shape)
    marks = wrong(collapse(array, "sum", axis, keepdims), result.shape)
    assert np.array_equal(marks == "wrong", ~np.isclose(result, right))
    assert not keepdims or (marks == "").all()
