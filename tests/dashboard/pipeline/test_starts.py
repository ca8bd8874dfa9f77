"""A table starts near its closed form, or as near as the limits allow; what was chosen stays."""

import re

import numpy as np
import pandas as pd
import pytest

from core.preprocessing import read_table, split_rows, suggest_recipe
from core.regression import solve_closed_form, train
from dashboard.pipeline import starts, training
from dashboard.pipeline.training import Problem
from dashboard.visit import settings, state

USUAL = {key: settings.KNOBS[key].default for key in settings.STARTS}


@pytest.fixture
def visit(monkeypatch):
    """A visit's memory without a page, and training without its progress."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(state, "get", lambda key, default=None: kept.get(key, default))
    monkeypatch.setattr(state, "put", kept.__setitem__)
    monkeypatch.setattr(state, "mark_chosen", lambda key: kept.__setitem__(f"_chosen_{key}", True))
    monkeypatch.setattr(state, "is_chosen", lambda key: f"_chosen_{key}" in kept)
    fits = {}
    monkeypatch.setattr(
        training, "closed_form", lambda of: fits.setdefault(of.key, solve_closed_form(of.X_train, of.y_train))
    )
    monkeypatch.setattr(
        training, "run", lambda of, how: train(of.X_train, of.y_train, how, fit=training.closed_form(of))
    )
    return kept


def sample(name: str) -> Problem:
    frame = read_table(f"data/{name}.csv").frame
    targets = {"penguins": "body_mass_g", "cars": "Miles_per_Gallon", "longley": "TOTEMP", "house_tiny": "Price"}
    recipe = suggest_recipe(frame, targets[name])
    rows, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[rows]).transform(frame.loc[rows])
    return Problem(name, recipe.target, list(prepared.feature_names), prepared.X, prepared.y)


def houses(rows: int = 500) -> Problem:
    """A table like that of the houses of Ames: many categories with rare levels, and numbers that go together."""
    import torch

    rng = np.random.default_rng(0)
    quality, y, columns = rng.standard_normal(rows), np.zeros(rows), []
    for levels in (2, 3, 4, 5, 5, 6, 6, 8, 9, 12, 20):
        pull = rng.standard_normal(levels)
        code = (-1.5 * np.log(np.arange(1, levels + 1)) + 0.5 * np.outer(quality, pull)
                + rng.gumbel(size=(rows, levels))).argmax(axis=1)  # fmt: skip
        columns.append(np.eye(levels)[code])
        y += 0.2 * pull[code]
    numbers = np.outer(quality, rng.standard_normal(12)) + rng.standard_normal((rows, 12))
    columns.append(numbers * rng.lognormal(0.0, 2.0, 12) + 50.0)
    y += quality + numbers @ rng.standard_normal(12) * 0.1 + 0.5 * rng.standard_normal(rows)
    X = np.column_stack(columns)
    X = X[:, np.ptp(X, axis=0) > 0]
    y = 180_000 + 60_000 * y
    return Problem("houses", "price", [f"x{j}" for j in range(X.shape[1])], torch.from_numpy(X), torch.from_numpy(y))


def knobs() -> dict[str, object]:
    return {key: settings.value(key) for key in settings.STARTS}


def gap(of: Problem) -> float:
    run = training.run(of, training.sgd_config(of))
    return run.gap / run.closed_form_loss


@pytest.mark.parametrize("name", ["penguins", "cars"])
def test_samples_that_end_near_the_closed_form_start_as_usual(visit, name):
    of = sample(name)
    assert starts.suit_start(of) == ""
    assert knobs() == USUAL
    assert gap(of) < starts.NEAR


@pytest.mark.parametrize("make", [lambda: sample("longley"), lambda: sample("house_tiny"), houses])
def test_other_tables_start_near_it_or_say_what_keeps_them_away(visit, make):
    of = make()
    said = starts.suit_start(of)
    assert knobs() != USUAL
    assert all(settings.KNOBS[key].clamp(value) == value for key, value in knobs().items())
    reached = gap(of)
    if reached < starts.NEAR:
        assert said.endswith("So learning rate, batch size and epochs start where it ends below 5%.")
    else:
        assert re.search(r"below 5% would take more than (200 epochs|half a second of training)\.$", said)
    assert starts.suit_start(of) == said  # once: nothing is chosen again


def test_houses_start_below_a_twentieth(visit):
    of = houses()
    starts.suit_start(of)
    assert gap(of) < starts.NEAR


@pytest.mark.parametrize(("key", "value"), [("learning_rate", 0.005), ("batch_size", 64), ("epochs", 3)])
def test_what_is_chosen_stays_and_so_do_the_other_two(visit, key, value):
    settings.choose(key, value)
    starts.suit_start(sample("longley"))
    assert knobs() == {**USUAL, key: value}


def test_another_table_starts_anew_and_the_usual_values_can_be_chosen_back(visit):
    starts.suit_start(sample("longley"))
    assert starts.is_elsewhere()
    starts.suit_start(sample("cars"))
    assert knobs() == USUAL
    assert not starts.is_elsewhere()
    first = starts.suit_start(sample("longley"))
    settings.choose("epochs", USUAL["epochs"])
    assert starts.suit_start(sample("longley")) != first
    assert settings.value("epochs") == USUAL["epochs"]


def test_a_rate_that_diverges_starts_low_for_settings_that_nothing_is_forecast_for(visit):
    settings.choose("train_standardise", False)
    settings.choose("train_optimizer", "momentum")
    of = sample("cars")
    assert starts.suit_start(of) == "It starts low, since the usual 0.03 diverges on these rows."
    assert settings.value("learning_rate") < 0.03
    assert knobs() == {**USUAL, "learning_rate": settings.value("learning_rate")}


def test_a_table_too_large_to_look_starts_as_usual_and_says_so(visit, monkeypatch):
    monkeypatch.setattr(starts, "_MOST_TO_FORECAST", 100)
    assert starts.suit_start(sample("longley")).startswith("These are the usual settings: for a table as large as this")
    assert knobs() == USUAL


def test_the_same_table_starts_alike_every_time(visit):
    found = []
    for _time in range(2):
        visit.clear()
        starts.suit_start(houses())
        found.append(knobs())
    assert found[0] == found[1]


def test_synthetic_rows_start_as_usual(visit):
    settings.choose("train_source", "synthetic")
    of = sample("longley")
    starts.suit_start(of)
    assert knobs() == USUAL
    assert pd.notna(gap(of))
