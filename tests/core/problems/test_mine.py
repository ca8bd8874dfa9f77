"""Which kinds a table can be, on tables whose answer is known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.preprocessing import read_table
from core.problems import mine
from core.problems.kinds import KINDS
from core.problems.mine import LEAST_ROWS, suggest_kinds

DATA = Path(__file__).resolve().parents[3] / "data"


def kinds(frame: pd.DataFrame, target: str | None) -> dict[str, int]:
    return {each.kind: each.strength for each in suggest_kinds(frame, target)}


def test_the_penguins_are_a_regression_and_a_paradox():
    frame = read_table(DATA / "penguins.csv").frame
    found = suggest_kinds(frame, "body_mass_g")
    assert {each.kind for each in found if each.strength == 2} == {"regression", "causes"}
    assert "body_mass_g" in next(each.why for each in found if each.kind == "regression")
    assert kinds(frame, "species")["classes"] == 2
    assert all(each.fits == (each.strength > 0) for each in found)


def test_the_strongest_come_first():
    strengths = [each.strength for each in suggest_kinds(read_table(DATA / "cars.csv").frame, "Miles_per_Gallon")]
    assert strengths == sorted(strengths, reverse=True)


def test_the_paradox_is_that_of_least_squares():
    rng = np.random.default_rng(0)
    group = np.repeat([0, 1, 2], 40)
    x = 5.0 * group + rng.normal(size=120)
    y = x - 9.0 * group + 0.1 * rng.normal(size=120)
    frame = pd.DataFrame({"x": x, "y": y, "group": np.array(["a", "b", "c"])[group]})
    found = next(each for each in suggest_kinds(frame, None) if each.kind == "causes")
    overall = np.polyfit(x, y, 1)[0]
    dummies = np.column_stack([x, *(group == each for each in range(3))])
    within = np.linalg.lstsq(dummies, y, rcond=None)[0][0]
    assert overall < 0 < within
    assert found.strength == 2
    assert f"{within:.3g}" in found.why
    assert f"{abs(overall):.3g}" in found.why


def test_a_class_within_a_class_is_a_hierarchy():
    breeds = ["poodle", "beagle", "siamese", "persian"] * 5
    animals = ["dog", "dog", "cat", "cat"] * 5
    frame = pd.DataFrame({"breed": breeds, "animal": animals, "weight": np.arange(20.0)})
    found = next(each for each in suggest_kinds(frame, "breed") if each.kind == "hierarchy")
    assert found.strength == 2
    assert "“breed”" in found.why and "“animal”" in found.why


def test_columns_of_yes_and_no_are_tags_and_gaps_in_few_numbers_are_ratings():
    rng = np.random.default_rng(1)
    tags = pd.DataFrame({name: rng.choice(["yes", "no"], 30) for name in ("sea", "sky", "dog")})
    assert kinds(tags, None)["tagging"] == 2
    assert kinds(tags[["sea"]], None)["tagging"] == 0
    ratings = pd.DataFrame(rng.integers(1, 6, (30, 4)).astype(float), columns=list("ABCD"))
    assert kinds(ratings, None)["recommendation"] == 0
    ratings = ratings.mask(rng.random((30, 4)) < 0.4)
    assert kinds(ratings, None)["recommendation"] == 2


def test_dates_make_a_stream():
    frame = pd.DataFrame({"day": pd.date_range("2024-01-01", periods=30), "demand": np.arange(30.0) ** 1.5})
    assert kinds(frame, "demand")["online"] == 2


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": [1.0]}),
        pd.DataFrame({"a": [np.nan] * 20, "b": [None] * 20}),
        pd.DataFrame({"a": [1.0] * 20, "b": ["x"] * 20}),
        pd.DataFrame({"**a**": np.arange(20.0) * 1e300, "<b>": ["€", "\u202e"] * 10}),
        pd.DataFrame({"a": [np.inf, -np.inf] * 10, "b": ["u", "v"] * 10, "c": np.arange(20.0)}),
    ],
)
def test_any_table_gets_a_sentence_for_every_kind(frame):
    for target in [None, *frame.columns]:
        found = suggest_kinds(frame, target)
        assert {each.kind for each in found} <= KINDS.keys()
        assert all(each.why.endswith(".") and "nan" not in each.why for each in found)
        if len(frame) < LEAST_ROWS:
            assert not any(each.fits for each in found)


@pytest.mark.parametrize("seed", range(20))
def test_noise_and_rounding_are_no_paradox(seed):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, 60)
    frame = pd.DataFrame(
        {"x": rng.normal(size=60) + group, "y": 0.1 * group, "group": np.array(["a", "b", "c"])[group]}
    )
    assert kinds(frame, None)["causes"] < 2  # y is fixed by the class: the slope within is 0 up to rounding


def test_many_columns_are_answered_by_a_bounded_number_of_pairs(monkeypatch):
    asked: list[int] = []
    slopes = mine._opposite_slopes
    monkeypatch.setattr(mine, "_opposite_slopes", lambda *given: asked.append(1) or slopes(*given))
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(50, 40)), columns=[f"c{n}" for n in range(40)])
    frame = frame.assign(**{name: rng.choice(["u", "v"], 50) for name in "klmnop"})
    kinds(frame, None)
    assert 0 < len(asked) <= mine.GROUPED * mine.PAIRED * (mine.PAIRED - 1) / 2


def test_a_bandit_is_offered_no_more_arms_than_it_takes():
    frame = pd.DataFrame({"name": [f"n{n % 15}" for n in range(60)], "x": np.arange(60.0)})
    found = kinds(frame, None)
    assert (found["contextual"], found["rewarded"], found["classes"]) == (0, 0, 1)
