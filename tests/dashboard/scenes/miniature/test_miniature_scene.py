"""The scene of a miniature says the same as its panels, in JSON."""

import json

import numpy as np
import pytest

from core.problems.miniature import Guess, Miniature
from core.problems.panels import Axis, Bars, BarSet, Cells, Curve, Heat, Pictures, Plane, Points, Segments
from dashboard.scenes.miniature.scene import miniature_scene

GUESS = Guess("Which?", ["this", "that"], 1, "Since that is more.")
XY = np.array([[0.0, 1.0], [2.0, np.nan]])


def made(*panels: object, frames: int = 2) -> Miniature:
    return Miniature(
        "What?", [f"Frame {n}." for n in range(frames)], panels, GUESS, [], "Done.", "By hand.", "print(1)"
    )  # type: ignore[arg-type]


def scene(*panels: object, **more: object) -> dict:
    return miniature_scene(made(*panels), **{"exact": False, "guess": "none", **more})  # type: ignore[arg-type]


def plane(*layers: object) -> Plane:
    return Plane("A plane", Axis("x (mm)", 0, 3), Axis("y", log=True), layers, "It rises.")  # type: ignore[arg-type]


def test_what_moves_has_a_frame_each_and_what_is_still_has_none():
    points = Points(np.stack([XY, XY + 1]), "rows", groups=np.array([0, -1]), group_names=("a",))
    curve = Curve(XY, "fit", until=np.array([0, 2]), band=XY)
    arrows = Segments(np.zeros((1, 4)), arrow=True)
    heat = Heat(np.ones((2, 3)), (0, 1), (0, 2))
    drawn = scene(plane(heat, arrows, curve, points))["panels"][0]
    assert drawn["x"] == {"title": "x (mm)", "low": 0, "high": 3, "log": False}
    kinds = [layer["kind"] for layer in drawn["layers"]]
    assert kinds == ["heat", "segments", "curve", "points"]
    assert drawn["layers"][3]["xy"] == {"moving": [[[0.0, 1.0], [2.0, None]], [[1.0, 2.0], [3.0, None]]]}
    assert drawn["layers"][3]["groups"] == {"still": [0, -1]}
    assert drawn["layers"][2]["until"] == [0, 2]
    assert drawn["layers"][2]["xy"] == {"still": [[0.0, 1.0], [2.0, None]]}
    assert drawn["layers"][0]["values"]["still"] == [[1.0] * 3] * 2


def test_bars_cells_and_pictures_are_told_apart():
    bars = Bars("Bars", Axis("share"), ["a", "b"], [BarSet(np.array([[0.0, 1.0], [1.0, np.inf]]), "now")], "b leads.")
    cells = Cells(
        "Cells", np.array([[1.0, np.nan]]), "One.", texts=[[["x", ""]], [["y", "z"]]], marks=np.array([[1, 2]])
    )
    pictures = Pictures("Pictures", np.zeros((1, 2, 2)), [["a"], ["b"]], "Blank.", paintable=True)
    first, second, third = scene(bars, cells, pictures)["panels"]
    assert [each["kind"] for each in (first, second, third)] == ["bars", "cells", "pictures"]
    assert first["sets"][0]["values"] == {"moving": [[0.0, 1.0], [1.0, None]]}
    assert second["texts"] == {"moving": [[["x", ""]], [["y", "z"]]]}
    assert second["values"] == {"still": [[1.0, None]]}
    assert (second["low"], second["high"]) == (0.0, 1.0)
    assert third["captions"] == {"moving": [["a"], ["b"]]}
    assert third["paintable"]


@pytest.mark.parametrize("value", [1 / 3, 1e300, -2.5e-17, 123456789.123])
def test_numbers_travel_with_seven_digits(value):
    (panel,) = scene(Cells("Cells", np.array([[value]]), "One."))["panels"]
    assert panel["values"]["still"][0][0] == pytest.approx(value, rel=5e-7)


def test_it_is_json_and_holds_the_prediction():
    of = scene(plane(Points(XY)), exact=True, guess="0")
    assert json.loads(json.dumps(of, allow_nan=False)) == of
    assert of["exact"] is True
    assert of["guess"]["made"] == "0"
    assert of["guess"]["options"] == ["this", "that"]


def test_a_panel_with_another_number_of_frames_is_refused():
    with pytest.raises(AssertionError, match="frames"):
        made(plane(Points(np.zeros((3, 2, 2)))), frames=2)
    with pytest.raises(AssertionError, match="frames"):
        made(plane(Points(XY)), frames=0)
