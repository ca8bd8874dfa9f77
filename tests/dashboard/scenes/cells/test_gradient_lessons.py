"""The scenes of memory, conversions and gradients: the values of the cells, and their workings."""

import numpy as np
import pytest

from core.autograd.lessons import gradient, moments, saved
from core.tensors.conversions import change
from core.tensors.memory import EXPRESSIONS, WAYS, update, view
from dashboard.scenes.cells.conversions import conversions_scene
from dashboard.scenes.cells.gradient_lessons import (
    accumulating_scene,
    detach_scene,
    dot_scene,
    moments_scene,
    saved_scene,
    vector_scene,
)
from dashboard.scenes.cells.memory import update_scene, view_scene

x = np.array([2.0, -3.0])


def panels(scene, frame: int = -1) -> dict[str, dict]:
    return {item["name"]: item for item in scene["frames"][frame]["items"] if isinstance(item, dict)}


@pytest.mark.parametrize("way", WAYS)
def test_the_last_frame_holds_y_as_it_is_and_the_frames_tell_its_way(way):
    X, Y = np.array([[1, 2], [3, 4]]), np.array([10, 20])
    refused = update_scene(X, Y, way, update(X, Y, way))
    assert len(refused["frames"]) == (3 if way == "new" else 1)
    Y = np.array([[10, 20], [30, 40]])
    scene = update_scene(X, Y, way, update(X, Y, way))
    assert panels(scene)["Y"]["texts"] == ["11", "22", "33", "44"]
    assert set(panels(scene)["Y"]["marks"].values()) == {"new"}
    assert ("Z" in panels(scene)) == (way == "new")


def test_a_broadcast_sum_names_the_entries_that_it_was_made_from():
    X, Y = np.array([[1, 2], [3, 4]]), np.array([10, 20])
    total = panels(update_scene(X, Y, "new", update(X, Y, "new")), 1)["X + Y"]
    assert total["working"][2] == "3 + 10 = 13"
    assert total["sources"][2] == [[0, 2], [1, 0]]


@pytest.mark.parametrize("expression", [name for name in EXPRESSIONS if name != "view_transpose"])
def test_v_is_lit_where_it_shares_memory_only(expression):
    Y = np.array([[1.0, 2.0], [3.0, 4.0]])
    seen = view(Y, expression)
    scene = panels(view_scene(Y, EXPRESSIONS[expression], seen))
    assert bool(scene["Y"]["marks"]) == bool(scene["V"]["marks"]) == seen.shares
    assert len(scene["Y afterwards"]["marks"]) == (len(np.unique(seen.places)) if seen.shares else 0)
    assert scene["Y afterwards"]["texts"].count("99") == len(scene["Y afterwards"]["marks"])


def test_all_that_stand_in_one_memory_are_marked_after_the_entry_was_written():
    scene = conversions_scene(change(np.array([1.0, 2.0]), "A", (1,), 9), "A", (1,))
    assert {name for name, panel in panels(scene).items() if panel["marks"]} == {"X", "A", "B"}
    assert all(panel["marks"] == {} for panel in panels(scene, 0).values())


def test_gradients_have_their_working_and_none_is_a_word():
    assert panels(dot_scene(x, 4 * x))["x.grad"]["working"] == {0: "4 · 2 = 8", 1: "4 · (−3) = −12"}
    assert panels(dot_scene(x, 4 * x))["y"]["working"][0] == "2 · (2·2 + (−3)·(−3)) = 26"
    first = panels(moments_scene(x, moments(x, ["y = x.sum()", "y.backward()"])), 0)["x.grad"]
    assert first["texts"] == ["None"]
    weighed = panels(vector_scene(x, np.array([1.0, 10.0]), gradient(x, "(x * x).backward(v)", np.array([1.0, 10.0]))))
    assert weighed["x.grad"]["working"][1] == "10 · 2 · (−3) = −60"
    assert "x.grad" not in panels(vector_scene(x, np.ones(3), None))


@pytest.mark.parametrize("zeroed", [False, True])
def test_a_sum_of_gradients_is_added_up_in_view(zeroed):
    lines = ["x.sum().backward()", ("x.grad.zero_()\n" if zeroed else "") + "(x * x).sum().backward()"]
    scene = accumulating_scene(moments(x, lines), [np.ones(2), 2 * x], zeroed)
    assert panels(scene)["x.grad"]["working"][0] == ("0 + 4 = 4" if zeroed else "1 + 4 = 5")
    assert panels(scene)["x.grad"]["texts"] == (["4", "−6"] if zeroed else ["5", "−5"])


def test_detach_and_what_is_saved():
    scene = detach_scene(x, x * x, 3 * x * x)
    assert panels(scene)["x.grad"]["working"][1] == "u = 9"
    assert panels(scene, 0)["x.grad"]["working"][1] == "3 · (−3) · (−3) = 27"
    for retain in (False, True):
        kept = panels(saved_scene(x, saved(x, retain=retain)[0]), 1)["saved"]
        assert set(kept["marks"].values()) == {"lit" if retain else "gone"}
