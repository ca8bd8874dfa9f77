"""Copies on both sides of the split, measured beside copies on one side."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression

from core.preprocessing import ColumnPlan, Recipe, SplitPlan, split_rows
from core.preprocessing.analysis.leakage.copies import measure_copies

NAMES = [f"x{place}" for place in range(30)]
RECIPE = Recipe("y", tuple(ColumnPlan(name, "mean", "number") for name in NAMES))


@pytest.fixture(scope="module")
def tripled():
    draw = np.random.default_rng(0)
    frame = pd.DataFrame(draw.standard_normal((60, 31)), columns=[*NAMES, "y"])
    return pd.concat([frame] * 3, ignore_index=True)


def test_the_errors_are_those_of_scikit_learn_on_the_same_rows(tripled):
    leak = measure_copies(tripled, RECIPE, 0.2, seed=4, splits=3)
    assert leak.copies == 120
    assert leak.errors["seed"].tolist() == [4, 5, 6]
    for keep, column in ((True, "honest_test"), (False, "leaky_test")):
        train, test = split_rows(tripled, Recipe("y", RECIPE.columns, split=SplitPlan(keep_copies=keep)), 0.2, 4)
        model = LinearRegression().fit(tripled.loc[train, NAMES], tripled.loc[train, "y"])
        left = tripled.loc[test, "y"] - model.predict(tripled.loc[test, NAMES])
        assert leak.errors[column][0] == pytest.approx(np.sqrt(np.square(left).mean()), rel=1e-9)


def test_copies_of_noise_make_the_test_error_too_small(tripled):
    leak = measure_copies(tripled, RECIPE)
    assert leak.average.high < 0
    assert leak.sentence.startswith("120 of 180 rows equal an earlier one in the target and in every feature.")
    assert leak.sentence.endswith("The copies make the test error too small.")


def test_without_copies_or_by_time_one_sentence_says_so(tripled):
    none = measure_copies(tripled.iloc[:60], RECIPE)
    assert (none.copies, len(none.errors), none.average) == (0, 0, None)
    assert none.sentence.startswith("No two rows are equal")
    timed = measure_copies(tripled, Recipe("y", RECIPE.columns, split=SplitPlan("time", "x0")))
    assert (timed.copies, len(timed.errors)) == (120, 0)
    assert "split by time" in timed.sentence


def test_rows_that_are_all_equal_cannot_be_measured():
    same = pd.DataFrame({name: [1.0] * 20 for name in [*NAMES, "y"]})
    leak = measure_copies(same, RECIPE)
    assert leak.copies == 19
    assert "could not be measured" in leak.sentence


def test_the_errors_of_a_transformed_target_are_in_its_own_unit(tripled):
    recipe = Recipe("y", RECIPE.columns, target_transform="standard")
    leak = measure_copies(tripled, recipe, splits=2)
    plain = measure_copies(tripled, RECIPE, splits=2)
    assert f"in the unit of “{recipe.label}”" in leak.sentence
    assert recipe.label != "y"
    assert (leak.errors["leaky_test"] / plain.errors["leaky_test"]).min() > 0.5
    assert not np.allclose(leak.errors["leaky_test"], plain.errors["leaky_test"], rtol=1e-6)
