"""The scene of the stage: its data agrees with the numbers of the run."""

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from core.regression import fit_scaling, loss_surface, make_synthetic, solve_closed_form, train_sgd
from core.regression.convergence.loss_surface import EXTREMES
from dashboard.scenes.stage.level_curves import plane_gaps
from dashboard.scenes.stage.scene import MOST_WRITTEN, Table, loss_axis, stage_scene


def played(X, y, axes=EXTREMES, near_start=False, **choices):
    """Train, and return the run with its scene."""
    X, y = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    fit = solve_closed_form(X, y)
    run = train_sgd(X, y, fit=fit, **choices)
    bowl = None
    if axes:
        near = run.updates.before[0] if near_start else None
        standardise, penalty = choices.get("standardise", False), choices.get("penalty", 0.0)
        bowl = loss_surface(X, y, axes, standardise=standardise, fit=fit, penalty=penalty, near=near)
    names = [f"x{j + 1}" for j in range(X.shape[1])]
    return run, stage_scene(run, Table(X, y, names, "kg"), fit_scaling(X), bowl)


def errors_in_the_browser(scene, frame):
    """Compute each row's error as run.js does, from its tables."""
    d = len(scene["names"])
    change = scene["path"]["change"].to_numpy().reshape(-1, d + 1)[frame].astype(np.float64)
    z = scene["features"]["z"].to_numpy().reshape(-1, d).astype(np.float64)
    return scene["rows"]["residual"].to_numpy() + z @ change[:-1] + change[-1]


@pytest.fixture(scope="module")
def table():
    X, y = make_synthetic(300, [2.0, -3.4, 0.5], 4.2, 0.3, 1)
    return X.numpy() * [1.0, 40.0, 0.01] + [5.0, -300.0, 2.0], y.numpy()


CHOICES = [
    {"standardise": True},
    {"standardise": True, "optimizer": "momentum", "learning_rate": 0.01},
    {"standardise": True, "optimizer": "adam", "learning_rate": 0.05},
    {"standardise": True, "penalty": 0.3},
    {"standardise": False, "learning_rate": 1e-6},
]


@pytest.mark.parametrize("choices", CHOICES)
@pytest.mark.parametrize("axes", [EXTREMES, ("w1", "w2"), ("w3", "b"), None])
def test_the_errors_of_the_rows_are_those_of_the_recorded_parameters(table, choices, axes):
    X, y = table
    run, scene = played(X, y, axes, **choices)
    names = [f"w{j + 1}" for j in range(X.shape[1])]
    for frame in (0, 1, len(run.history) // 2, len(run.history) - 1):
        row = run.history.iloc[frame]
        expected = X @ row[names].to_numpy() + row["b"] - y
        assert errors_in_the_browser(scene, frame) == pytest.approx(expected, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("choices", CHOICES)
def test_the_closed_form_drawn_predicts_what_the_residuals_say(table, choices):
    run, scene = played(*table, **choices)
    z = scene["features"]["z"].to_numpy().reshape(-1, 3)
    drawn = z @ scene["goal"][:-1] + scene["goal"][-1]
    goal = run.ridge or run.closed_form
    assert drawn == pytest.approx(goal.predict(table[0]).numpy(), rel=1e-5, abs=1e-5)
    assert drawn == pytest.approx((scene["rows"]["truth"] + scene["rows"]["residual"]).to_numpy(), rel=1e-5, abs=1e-5)


def test_small_errors_keep_their_digits_though_drawn_in_single_precision():
    X, y = make_synthetic(200, [2.0, -3.4], 4.2, 1e-7, 0)
    run, scene = played(X, y, standardise=True, epochs=80)
    expected = run.predict(X).numpy() - y.numpy()
    assert np.abs(expected).max() < 1e-5
    assert errors_in_the_browser(scene, len(run.history) - 1) == pytest.approx(expected, rel=1e-3, abs=1e-13)


@pytest.mark.parametrize("choices", CHOICES)
def test_the_written_updates_are_exactly_those_of_the_run(table, choices):
    run, scene = played(*table, **choices)
    count = len(scene["chosen"])
    for name in ("before", "gradient", "after"):
        sent = scene["written"][name].to_numpy().reshape(-1, count)[:-1]
        assert np.array_equal(sent, getattr(run.updates, name)[:-1, scene["chosen"]])
    if choices.get("optimizer", "sgd") == "sgd":
        before, gradient, after = (
            scene["written"][name].to_numpy().reshape(-1, count)[:-1] for name in ("before", "gradient", "after")
        )
        assert after == pytest.approx(before - scene["rate"] * gradient, rel=1e-9, abs=1e-12)


def test_the_rows_lit_are_those_of_the_next_update(table):
    run, scene = played(*table, standardise=True, batch_size=7)
    places, row = scene["lit"]["place"].to_numpy(), scene["rows"]["row"].to_numpy()
    first = np.concatenate([[0], scene["frames"]["lit"].cumsum()]).astype(int)
    for frame, step in enumerate(run.updates.steps[:-1]):
        lit = row[places[first[frame] : first[frame + 1]]]
        assert lit.tolist() == run.minibatch(int(step) + 1).tolist()
        assert len(lit) == scene["frames"]["size"].iloc[frame]
    assert first[-1] == first[-2] == len(places)


def test_rows_of_minibatches_are_sent_though_a_large_table_is_thinned():
    X, y = make_synthetic(20_000, [1.0, 2.0], 0.0, 0.1, 0)
    run, scene = played(X, y, standardise=True, batch_size=4, epochs=1)
    assert scene["drawn"] == 1000
    row, places = scene["rows"]["row"].to_numpy(), scene["lit"]["place"].to_numpy()
    assert np.array_equal(row[:1000], np.linspace(0, 19_999, 1000).round())
    assert row[places[:4]].tolist() == run.minibatch(1).tolist()
    assert scene["rows"]["truth"].to_numpy() == pytest.approx(y.numpy()[row])


def test_a_full_batch_lights_every_row_without_a_list(table):
    _run, scene = played(*table, standardise=True, batch_size=300)
    assert scene["all_lit"]
    assert len(scene["lit"]) == 0
    assert scene["frames"]["size"].iloc[0] == 300


@pytest.mark.parametrize("axes", [EXTREMES, ("w1", "w2"), ("w2", "b")])
def test_every_curve_has_one_loss_a_quarter_of_the_gap_outside(table, axes):
    X, y = table
    fit = solve_closed_form(X, y)
    _run, scene = played(X, y, axes, standardise=True)
    bowl = loss_surface(X, y, axes, standardise=True, fit=fit)
    gaps = [loss - fit.loss for loss in scene["bowl"]["losses"]]
    assert [inner / outer for outer, inner in pairwise(gaps)] == pytest.approx([0.25] * (len(gaps) - 1))
    for number, points in scene["curves"].groupby("curve"):
        on_curve = plane_gaps(bowl, points[["across", "up"]].to_numpy())
        assert on_curve == pytest.approx(np.full(len(points), gaps[int(number)]), rel=1e-6)


@pytest.mark.parametrize("axes", [EXTREMES, ("w1", "w2"), ("w2", "b")])
def test_the_picture_holds_the_path_and_the_closed_form(table, axes):
    _run, scene = played(*table, axes, standardise=True)
    for axis, name in enumerate(("across", "up")):
        low, high = scene["bowl"]["part"][axis]
        assert low < min(scene["frames"][name].min(), scene["bowl"]["centre"][axis])
        assert high > max(scene["frames"][name].max(), scene["bowl"]["centre"][axis])
    assert scene["bowl"]["left_at"] is None


def test_the_arrow_ends_where_the_next_recorded_step_is_when_every_step_is_recorded(table):
    _run, scene = played(*table, ("w1", "w2"), standardise=True, epochs=2)
    frames = scene["frames"]
    assert frames["next_across"].to_numpy()[:-1] == pytest.approx(frames["across"].to_numpy()[1:])
    assert frames["next_up"].to_numpy()[:-1] == pytest.approx(frames["up"].to_numpy()[1:])


def test_a_run_that_ran_away_leaves_a_picture_that_stays_meaningful(table):
    run, scene = played(*table, standardise=False, learning_rate=0.01)
    assert run.diverged
    low, high = scene["bowl"]["part"][0]
    assert high - low < 1e6
    left = run.history["gap"] > 30 * run.history["gap"].iloc[0]
    assert scene["bowl"]["left_at"] == run.history["step"][left].iloc[0]
    assert 0 < scene["loss"]["low"] <= scene["loss"]["high"] < np.inf
    assert scene["words"]["landscape"]["left"].endswith("from there on it diverges.")
    finite(scene)


def test_a_run_that_starts_near_the_goal_leaves_the_picture_by_its_noise_and_is_not_said_to_diverge(table):
    fit = solve_closed_form(*table)
    start = (fit.weights.numpy() + 1e-9, fit.bias)
    run, scene = played(*table, standardise=True, batch_size=2, initial=start)
    assert not run.diverged
    assert scene["bowl"]["left_at"] is not None
    assert scene["words"]["landscape"]["left"] == "The run leaves this chart at update {step}."


def test_dependent_columns_are_drawn_around_the_closed_form_that_descent_goes_to():
    """The indicators of a category and a bias: from zero, all updates stay in the space of the rows."""
    rng = np.random.default_rng(3)
    groups = np.eye(3)[rng.integers(0, 3, 120)]
    X = np.column_stack([groups, rng.standard_normal(120)])
    y = groups @ [100.0, 200.0, 300.0] + X[:, 3] + rng.normal(0, 0.1, 120)
    run, scene = played(X, y, ("w1", "w2"), near_start=True, standardise=True, batch_size=120, epochs=2000,
                        learning_rate=0.3)  # fmt: skip
    end = run.updates.before[-1]
    assert scene["ends"] == pytest.approx(end, abs=1e-6)
    assert scene["bowl"]["centre"] == pytest.approx(end[:2], abs=1e-6)
    assert "many solutions" in scene["words"]["many"]


def test_a_flat_plane_has_valleys_instead_of_ellipses():
    rng = np.random.default_rng(0)
    x = rng.standard_normal(50)
    X = np.column_stack([x, -x, rng.standard_normal(50)])
    y = x + X[:, 2]
    run, scene = played(X, y, ("w1", "w2"), standardise=True)
    assert not run.diverged
    gaps = scene["curves"].groupby("piece").size()
    assert set(gaps) == {2}
    finite(scene)


@pytest.mark.parametrize("rate", [0.1, 10.0])
@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[1.0], [2.0], [3.0]], [2.0, 4.0, 6.0]),
        ([[1.0], [1.0], [1.0]], [1.0, 2.0, 3.0]),
        ([[0.0], [0.0], [0.0]], [0.0, 0.0, 0.0]),
        ([[1e8], [2e8], [4e8]], [1e-9, 2e-9, 3e-9]),
        ([[1e-8, 1.0], [2e-8, 1.0], [4e-8, 1.0]], [1e9, 2e9, 3e9]),
    ],
)
def test_awkward_tables_leave_finite_numbers_only(X, y, rate):
    axes = ("w1", "b")
    for standardise in (False, True):
        _run, scene = played(X, y, axes, standardise=standardise, batch_size=2, learning_rate=rate)
        finite(scene)
        assert scene["bowl"]["part"][0][0] < scene["bowl"]["part"][0][1]
        assert scene["bowl"]["part"][1][0] < scene["bowl"]["part"][1][1]


def test_a_loss_of_exactly_0_has_no_place_on_the_axis():
    run, scene = played([[0.0], [0.0], [0.0]], [0.0, 0.0, 0.0], None, batch_size=1)
    assert run.loss == 0
    assert loss_axis(run) == {"low": None, "high": None, "floor": None, "closed_form": 0.0}
    assert scene["bowl"] is None


def test_a_floor_far_below_every_loss_is_told_instead_of_drawn():
    X = np.linspace(-1, 1, 20)[:, None]
    _run, scene = played(X, 3 * X[:, 0] + 1, ("w1", "b"), epochs=1)
    assert scene["loss"]["floor"] is None
    assert scene["loss"]["low"] > 1e-6


def test_many_features_keep_the_payload_and_the_list_of_updates_small():
    X, y = make_synthetic(1000, np.ones(300), 0.0, 0.1, 0)
    _run, scene = played(X, y, standardise=True, learning_rate=1e-3)
    assert len(scene["features"]) <= 300_000
    assert len(scene["chosen"]) == MOST_WRITTEN
    assert scene["chosen"][-1] == 300


def test_words_name_the_columns_and_their_units(table):
    _run, scene = played(*table, ("w2", "b"), standardise=True)
    assert scene["bowl"]["titles"] == ["weight of x2 (kg per standard deviation)", "bias (kg)"]
    assert scene["words"]["loss"]["y"] == "loss (kg²)"
    _run, scene = played(*table, ("w2", "w1"), standardise=False, learning_rate=1e-6)
    assert scene["bowl"]["titles"] == ["weight of x2 (kg per unit)", "weight of x1 (kg per unit)"]
    _run, scene = played(*table, standardise=True)
    assert scene["bowl"]["note"].startswith("Steepest: ")


def finite(scene):
    """Check that every number in the scene is finite, for JSON and a canvas."""
    for name, value in scene.items():
        if isinstance(value, pd.DataFrame):
            assert np.isfinite(value.to_numpy(dtype=np.float64)).all(), name
    json.dumps({name: value for name, value in scene.items() if not isinstance(value, pd.DataFrame)}, allow_nan=False)
