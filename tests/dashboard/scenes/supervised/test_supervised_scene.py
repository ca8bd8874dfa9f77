"""The scene of supervised learning: every step has a sentence, and the labels to predict are kept back."""

import json

import numpy as np
import pytest

from core.foundations.supervised import half_mean_square, supervised_way
from dashboard.scenes.supervised.scene import FAMILY, MOST_POINTS, Named, family, supervised_scene


def table(n: int = 50) -> Named:
    x = np.linspace(170, 230, n)
    return Named(x, 50 * x - 5800 + 100 * np.sin(x), "a.b[0]:Q <b>", "mass", [f"r{at}" for at in range(n)])


def test_the_frames_go_from_the_table_to_the_truth_with_one_for_each_step():
    here = table()
    scene = supervised_scene(here, supervised_way(here.x, here.y, steps=3))
    assert [frame["kind"] for frame in scene["frames"]] == [
        "table", "draw", "label", "family", *["step"] * 4, "exact", "predict", "truth",
    ]  # fmt: skip
    assert all(frame["title"] and frame["text"] for frame in scene["frames"])
    assert len(scene["path"]) == 4
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene


def test_rows_carry_the_names_and_numbers_of_the_table():
    here = table()
    way = supervised_way(here.x, here.y)
    scene = supervised_scene(here, way)
    assert [row["row"] for row in scene["drawn"]] == [f"r{at}" for at in way.drawn]
    for row, at in zip(scene["asked"], way.unlabelled, strict=True):
        assert (row["x"], row["y"]) == (here.x[at], here.y[at])
        assert row["error"] == pytest.approx(abs(row["guess"] - here.y[at]))


def test_a_large_table_is_drawn_in_part():
    here = table(5000)
    scene = supervised_scene(here, supervised_way(here.x, here.y))
    assert len(scene["all"]) == MOST_POINTS


def test_no_line_of_the_family_is_better_than_the_exact_one():
    here = table()
    way = supervised_way(here.x, here.y)
    lines = family(here, way)
    assert lines.shape == (FAMILY, 2)
    losses = [half_mean_square(line, here.x[way.drawn], here.y[way.drawn]) for line in lines]
    assert min(losses) >= way.exact_loss


def test_one_drawn_row_still_has_a_family():
    here = table()
    lines = family(here, supervised_way(here.x, here.y, rows=1))
    assert np.isfinite(lines).all()
    assert len(np.unique(lines[:, 0])) == FAMILY


def test_the_words_are_seven_and_each_is_explained():
    here = table()
    terms = supervised_scene(here, supervised_way(here.x, here.y))["terms"]
    assert [term["key"] for term in terms] == [
        "sample", "feature", "label", "model", "family", "algorithm", "objective",
    ]  # fmt: skip
    assert all(term["text"].endswith(".") for term in terms)
