"""Transforms of the target: scikit-learn's powers, inverses of what they give, sentences where they are not defined."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import PowerTransformer, StandardScaler

from core.errors import InputError
from core.preprocessing import ColumnPlan, FittedTarget, Recipe, explain_forbidden, read_table, suggest_recipe
from core.preprocessing.recipes.target_transform import fit_power, fit_target, log_likelihood
from tests.plain_python import run_python

RANDOM = np.random.default_rng(5)
SAMPLES = {
    "lognormal": RANDOM.lognormal(size=200),
    "gamma": RANDOM.gamma(2, size=300) * 1e5,
    "normal": RANDOM.normal(10, 1, 200),
    "large": RANDOM.lognormal(20, size=100),
    "whole": RANDOM.integers(1, 50, 90).astype(float),
    "negative": -RANDOM.lognormal(size=100),
    "both signs": RANDOM.normal(size=150) ** 3,
}
EVERY = ("log", "sqrt", "box_cox", "yeo_johnson", "standard")
POSITIVE = ("log", "sqrt", "box_cox")


def rows(values):
    return pd.RangeIndex(len(values))


def table(y):
    return pd.DataFrame({"x": np.arange(len(y), dtype=float), "y": y})


def recipe(transform):
    return Recipe("y", (ColumnPlan("x", "mean", "number"),), transform)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("transform", ["box_cox", "yeo_johnson"])
def test_powers_are_those_of_scikit_learn(name, transform):
    values = SAMPLES[name]
    if transform == "box_cox" and values.min() <= 0:
        return
    theirs = PowerTransformer(method=transform.replace("_", "-"), standardize=False).fit(values[:, None])
    ours = fit_target(transform, "y", values, rows(values))
    assert ours.power == pytest.approx(theirs.lambdas_[0], abs=2e-6)
    same = FittedTarget("y", transform, float(theirs.lambdas_[0]))
    assert same.forward(values) == pytest.approx(theirs.transform(values[:, None])[:, 0], rel=1e-12)
    likelihood = log_likelihood(transform, values)
    grid = np.linspace(-3.9, 4.9, 200)
    assert likelihood(ours.power) >= max(map(likelihood, grid)) - 1e-9


def test_standardising_is_that_of_scikit_learn():
    values = SAMPLES["gamma"]
    ours = fit_target("standard", "y", values, rows(values))
    assert ours.forward(values) == pytest.approx(StandardScaler().fit_transform(values[:, None])[:, 0])


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("transform", EVERY)
def test_the_inverse_undoes_the_transform_and_both_keep_the_order(name, transform):
    values = np.sort(SAMPLES[name])
    if transform in POSITIVE and values[0] <= 0:
        with pytest.raises(InputError, match=r"in [0-9]+ rows: 0, 1, 2, 3, 4, …"):
            fit_target(transform, "y", values, rows(values))
        return
    fitted = fit_target(transform, "y", values, rows(values))
    become = fitted.forward(values)
    assert (np.diff(become) >= 0).all()
    assert fitted.inverse(become) == pytest.approx(values, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("power", [-1.5, 0.0, 0.5, 2.0, 3.0])
def test_predictions_that_no_value_becomes_are_nan_and_ends_reach_the_edge(power):
    seen = np.array([-1e9, -3.0, 0.0, 3.0, 1e9])
    box_cox = FittedTarget("y", "box_cox", power)
    inside = power * seen + 1 > 0 if power else seen < 700
    found = box_cox.inverse(seen)
    assert (np.isnan(found) == ~inside).all()
    ends = box_cox.inverse_ends(seen)
    assert not np.isnan(ends).any()
    assert (ends[1:] >= ends[:-1]).all()
    assert ends[0] == 0.0 if power >= 0 else ends[-1] == np.inf
    ends = FittedTarget("y", "yeo_johnson", power).inverse_ends(seen)
    assert (ends[1:] >= ends[:-1]).all()


def test_roots_of_negative_predictions_and_huge_logarithms_are_nan():
    assert np.isnan(FittedTarget("y", "sqrt").inverse(np.array([-1.0]))).all()
    assert FittedTarget("y", "sqrt").inverse_ends(np.array([-1.0, 2.0])).tolist() == [0.0, 4.0]
    assert np.isnan(FittedTarget("y", "log").inverse(np.array([1e4, np.nan]))).all()
    assert FittedTarget("y", "log").inverse_ends(np.array([1e4]))[0] == np.inf
    assert np.isnan(FittedTarget("y", "log").inverse_ends(np.array([np.nan]))).all()


def test_smearing_is_the_mean_over_the_residuals():
    residuals = np.array([-0.5, 0.0, 0.5])
    log = FittedTarget("y", "log")
    assert log.corrected(2.0, residuals) == pytest.approx(np.exp(2.0) * np.exp(residuals).mean())
    assert FittedTarget("y", "standard", centre=3.0, spread=2.0).corrected(1.0, residuals) == pytest.approx(5.0)
    assert np.isnan(FittedTarget("y", "sqrt").corrected(0.1, residuals))
    assert np.isnan(log.corrected(2.0, np.array([])))


ODD = {
    "one": [3.0],
    "constant": [2.0, 2.0, 2.0],
    "ends of float64": [1e-308, 1.0, 1e308],
    "next to each other": [1e300, np.nextafter(1e300, np.inf)],
    "years": [1990.0, 2000.0, 2010.0, 2021.0],
    "zeros": [0.0, 0.0, 1e-300],
    "huge of both signs": [-1e300, 5.0, 1e300],
    "all below": [-1e300, -1.0],
}


@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
def test_odd_targets_have_a_finite_power_and_stay_finite(values):
    values = np.array(values)
    for transform in EVERY:
        if transform in POSITIVE and values.min() <= 0:
            continue
        fitted = fit_target(transform, "y", values, rows(values))
        assert -5 <= fitted.power <= 6
        assert np.isfinite(fitted.forward(values)).all()
    assert fit_power("yeo_johnson", np.full(3, 7.0)) == 1.0


def test_rows_that_forbid_a_transform_are_named():
    values = np.array([1.0, 0.0, -2.0, np.nan])
    labels = pd.Index([10, 11, 12, 13])
    assert explain_forbidden("log", "*y*", values, labels) == (
        "Logarithm and Box-Cox need values above 0, and “*y*” is 0 or less in 2 rows: 11, 12."
    )
    assert explain_forbidden("sqrt", "y", values, labels) == (
        "The square root needs values of at least 0, and “y” is below 0 in 1 row: 12."
    )
    assert explain_forbidden("yeo_johnson", "y", values, labels) is None


def test_the_transform_is_learnt_from_the_training_rows_and_applied_to_all():
    y = np.append(SAMPLES["lognormal"], [1e6, 1e7])
    frame = table(y)
    fitted = recipe("box_cox").fit(frame.iloc[:200])
    prepared = fitted.transform(frame)
    assert fitted.target.power == fit_power("box_cox", y[:200]) != fit_power("box_cox", y)
    assert prepared.y.numpy().tolist() == fitted.target.forward(y).tolist()
    assert prepared.untransformed.numpy().tolist() == y.tolist()
    assert prepared.target == "Box-Cox y"
    assert prepared.frame.columns.tolist() == ["x", "Box-Cox y"]


def test_rows_without_a_target_are_left_out_and_test_rows_may_forbid_the_transform():
    frame = table([1.0, np.nan, 4.0, -1.0])
    fitted = recipe("sqrt").fit(frame.iloc[:3])
    assert fitted.transform(frame.iloc[:3]).y.tolist() == [1.0, 2.0]
    with pytest.raises(InputError, match="below 0 in 1 row: 3"):
        fitted.transform(frame)
    assert fitted.features(frame).X[:, 0].tolist() == [0.0, 1.0, 2.0, 3.0]  # features need no target


def test_a_recipe_keeps_its_transform_in_json_and_links_and_old_ones_have_none():
    plain = recipe("none")
    assert "target_transform" not in json.loads(plain.to_json())
    for transform in EVERY:
        changed = recipe(transform)
        assert Recipe.from_json(changed.to_json()) == changed
        assert Recipe.from_link(changed.to_link(plain), plain) == changed
        assert Recipe.from_link(plain.to_link(changed), changed) == plain
    assert recipe("log").label == "log y"
    for wrong in ("cube", None, 3, ["log"]):
        with pytest.raises(InputError, match="The target's transform has to be one of"):
            Recipe.from_json(json.dumps({"target": "y", "columns": [], "target_transform": wrong}))


def test_without_a_transform_nothing_changes():
    frame = table([3.0, 1.0, 2.0])
    fitted = recipe("none").fit(frame)
    prepared = fitted.transform(frame)
    assert fitted.target is prepared.untransformed is None
    assert prepared.target == "y"
    assert "labels" not in fitted.to_script()


def test_scripts_make_the_same_labels_bit_for_bit(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,Price\n" + "".join(f"{row},{1.1**row * (row % 7 + 0.3)!r}\n" for row in range(60)))
    frame = read_table(path).frame
    plain = suggest_recipe(frame, "Price")
    lines, expected = ["import runpy, json, torch, sys", "kept = {}"], {}
    for transform in EVERY:
        fitted = Recipe("Price", plain.columns, transform).fit(frame.iloc[:50])
        (tmp_path / f"{transform}.py").write_text(fitted.to_script(str(path), split=(0.2, 1)))
        lines.append(f"kept[{transform!r}] = runpy.run_path({transform + '.py'!r})['y'].tolist()")
        expected[transform] = fitted.transform(frame).y.tolist()
    lines.append("json.dump(kept, open('kept.json', 'w'))")
    run_python("-W", "error", "-c", "\n".join(lines), folder=tmp_path, absent=("core", "dashboard"))
    assert json.loads((tmp_path / "kept.json").read_text()) == expected
