"""The scenes of a picture hold its numbers and every word."""

import base64
import re
from pathlib import Path

import numpy as np
import pytest

from core.foundations import to_feature_vector
from core.foundations.sample_pictures import flag
from dashboard.scenes.picture import scene
from dashboard.scenes.picture.scene import Shown, flattening_scene, gallery_scene, weighing_scene

FOLDER = Path(scene.__file__).parent
PIXELS = flag(4, 6).pixels


def bytes_of(text: str, kind: str = "u1") -> list[float]:
    return np.frombuffer(base64.b64decode(text), kind).tolist()


@pytest.mark.parametrize("order", ["channel", "pixel"])
def test_the_numbers_travel_as_bytes(order):
    made = flattening_scene(PIXELS, order, (1, 2, 0), "rg")
    assert bytes_of(made["pixels"]) == PIXELS.ravel().tolist()
    assert (made["height"], made["width"], made["row"], made["column"], made["channel"]) == (4, 6, 1, 2, 0)
    assert (made["on"], made["order"]) == ("rg", order)


def test_the_weights_are_to_the_last_digit():
    weights = np.random.default_rng(0).normal(size=PIXELS.size)
    made = weighing_scene(PIXELS, "channel", weights, -0.5, (0, 0, 0), largest=255)
    assert bytes_of(made["weights"], "<f8") == weights.tolist()
    assert (made["bias"], made["largest"]) == (-0.5, 255)
    assert "255" in made["words"]["columns"]["x"]


def test_pictures_side_by_side_name_where_their_numbers_come_from():
    made = gallery_scene([Shown("a", "b", PIXELS, range(24)), Shown("c", "d", PIXELS[:, ::-1])])
    assert [each["origins"] for each in made["pictures"]] == [list(range(24)), []]
    assert bytes_of(made["pictures"][1]["pixels"]) == PIXELS[:, ::-1].ravel().tolist()


def test_every_word_that_the_browser_asks_for_is_there():
    asked = {
        found
        for path in FOLDER.glob("*.js")
        for found in re.findall(r"\bwords\.(\w+)", path.read_text(encoding="utf-8"))
    }
    x = to_feature_vector(PIXELS)
    given = (
        flattening_scene(PIXELS, "pixel", (0, 0, 0), "rgb")["words"]
        | weighing_scene(PIXELS, "pixel", x.numpy(), 0.0, (0, 0, 0))["words"]
    )
    assert len(asked) > 15
    assert asked <= given.keys()
