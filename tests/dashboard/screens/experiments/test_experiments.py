"""Experiments: what is drawn is what core finds, also where runs diverge or nothing tells the noise."""

import json

import numpy as np
import pytest

from core.formatting import format_number
from core.regression import SgdConfig, make_synthetic
from core.regression.experiments.seeds import run_seeds


def specs(screen) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in screen.app.get("vega_lite_chart")]


def test_the_scatter_is_that_of_core(open_screen):
    screen = open_screen("experiments", train_source="synthetic", noise=0.5)
    X, y = make_synthetic(n=1000, noise=0.5, seed=0)
    cloud = run_seeds(X[200:], y[200:], SgdConfig(0.03, 10, 20, standardise=True), range(50))
    assert screen.boxes["Scatter over seeds"] == format_number(cloud.scatter, 3)
    assert screen.boxes["Scatter over samples"] == format_number(cloud.sampling_scatter, 3)
    assert len(specs(screen)) == 3
    assert "times that of the data" in screen.words


def test_with_more_seeds_the_cloud_has_more_points(open_screen):
    screen = open_screen("experiments", train_source="synthetic").turn("select_slider", "experiments_seeds", 100)
    (cloud, *_others) = specs(screen)
    assert "Where the runs end" in str(cloud["title"])


def test_runs_that_all_diverge_leave_a_sentence(open_screen):
    screen = open_screen("experiments", train_source="synthetic", learning_rate=10.0, _chosen_learning_rate=True)
    assert "50 of 50 runs diverged" in screen.words
    assert specs(screen) == []


@pytest.mark.parametrize(("key", "value"), [("train_penalty", 0.3), ("train_optimizer", "adam"), ("batch_size", 65536)])
def test_other_choices_are_drawn_without_a_nan(open_screen, key, value):
    screen = open_screen("experiments", **{key: value})
    assert screen.errors == []
    assert not any("nan" in value.lower() for value in screen.boxes.values())


def test_the_study_says_the_power_of_its_law(open_screen):
    screen = open_screen("experiments", train_source="synthetic", experiments_view="study", experiments_repeats=50)
    (sentence,) = [line for line in screen.words.splitlines() if line.startswith("From 10 to ")]
    power = float(sentence.split("power of ")[1].split(";")[0].replace("−", "-"))
    assert power == pytest.approx(-0.5, abs=0.08)
    table = screen.table("closed_form")
    assert np.isfinite(table["closed_form"]).all()
    assert len(table) == 21
