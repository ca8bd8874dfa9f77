"""The scenes of axes, joining, broadcasting and slicing: each cell leads back to the cell with its value."""

import json

import numpy as np
import pytest

from core.tensors.broadcasting import combine
from core.tensors.joining import join
from core.tensors.loss_bug import loss_bug
from core.tensors.shapes import reshape, walk
from core.tensors.slicing import select, write
from dashboard.scenes.cells.axes import axes_scene
from dashboard.scenes.cells.broadcasting import broadcasting_scene, bug_scene
from dashboard.scenes.cells.joining import joining_scene
from dashboard.scenes.cells.slicing import slicing_scene

A = np.arange(12).reshape(3, 4)


def panels(scene, frame=-1):
    return [item for item in scene["frames"][frame]["items"] if not isinstance(item, str)]


def leads_to_its_value(scene, frame, which):
    """Say of each cell of a panel whether every cell that it was made from holds the same value."""
    shown = panels(scene, frame)
    panel = shown[which]
    assert panel["sources"]
    return all(
        shown[number]["texts"][cell] == panel["texts"][int(n)]
        for n, places in panel["sources"].items()
        for number, cell in places
    )


@pytest.mark.parametrize("turned", [False, True])
def test_cells_of_a_reshaped_tensor_lead_to_their_place_in_memory(turned):
    scene = axes_scene(A, walk((3, 4), 0), reshape(A, (2, 6), transposed=turned))
    assert leads_to_its_value(scene, 0, 0)
    assert leads_to_its_value(scene, 0, 1)
    a, b, memory = panels(scene)
    assert "A" in b["notes"][0] if not turned else "copy" in b["notes"][0]
    assert sorted(map(int, memory["marks"])) == [0, 4, 8]
    assert a["working"][6] == "memory[1·4 + 2·1] = memory[6] = 6"


@pytest.mark.parametrize(("how", "axis"), [("cat", 0), ("cat", 1), ("stack", 0), ("stack", 2)])
def test_joined_cells_lead_to_the_tensor_they_came_from(how, axis):
    tensors = {"X": A, "Y": A + 100}
    scene = joining_scene(tensors, join(tensors, axis, how), "Z")
    assert leads_to_its_value(scene, 0, 2)
    marks = panels(scene)[2]["marks"]
    assert sorted(marks.values()) == ["lit"] * 12 + ["new"] * 12


def test_broadcasting_goes_axis_by_axis_and_ends_with_every_copy_drawn():
    a, b = np.arange(3).reshape(3, 1), np.array([10, 20])
    scene = broadcasting_scene(a, b, combine(a, b, "add"), "add")
    labels = [frame["label"] for frame in scene["frames"]]
    assert len(labels) == 5
    assert "(2,) → (1, 2)" in labels[1]
    assert "Axis −1: a" in labels[2]
    assert "Axis −2: b" in labels[3]
    stretched_a, stretched_b, result = panels(scene)
    assert sorted(map(int, stretched_a["marks"])) == [1, 3, 5]
    assert sorted(map(int, stretched_b["marks"])) == [2, 3, 4, 5]
    assert leads_to_its_value(scene, -1, 0)
    assert result["working"][3] == "1 + 20 = 21"
    assert scene["start"] == 4


@pytest.mark.parametrize(("a", "b"), [((), ()), ((0, 3), (1, 3)), ((2, 1, 3), (4, 1)), ((50, 1), (1, 60))])
def test_any_pair_that_fits_has_a_scene_of_plain_values(a, b):
    one, two = np.ones(a), np.ones(b)
    scene = broadcasting_scene(one, two, combine(one, two, "multiply"), "multiply")
    assert json.loads(json.dumps(scene))["frames"]


@pytest.mark.parametrize(("index", "view"), [("1:3, ::2", True), ("[0, 2]", False)])
def test_writing_is_seen_in_a_only_through_a_view(index, view):
    selection = select(A, index)
    scene = slicing_scene(A, selection, write(A, selection, np.array(-1)))
    assert leads_to_its_value(scene, 0, 1)
    assert len(panels(scene, 0)[0]["marks"]) == selection.values.size
    through = panels(scene, 2)[0]
    assert ("−1" in through["texts"]) == view
    assert bool(through["marks"]) == view
    assert ("−1" in panels(scene, 1)[1]["texts"]) == view


def test_the_diagonal_of_the_loss_bug_is_what_was_meant():
    guess, truth = np.array([1.0, 2.0, 3.0]), np.array([1.5, 2.5, 3.5])
    difference = panels(bug_scene(guess, truth, loss_bug(guess, truth)))[2]
    assert [difference["marks"][n] for n in range(9)] == ["lit", *["wrong"] * 3, "lit", *["wrong"] * 3, "lit"]
    assert difference["working"][1] == "1 − 2.5 = −1.5"
