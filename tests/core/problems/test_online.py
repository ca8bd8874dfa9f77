import contextlib
import io
import math
import re

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.problems.online import miniature
from core.problems.online.learning import (
    best_fixed,
    fixed_losses,
    learn_online,
    learning_rates,
    regret_bound,
    safe_rate,
)
from core.problems.online.run import FIRSTS, LENGTHS, NOISES, RADIUS, RATES, SPEEDS, stream_run
from core.problems.online.stream import DRIFTS, make_stream, slopes_in_time, table_stream
from core.problems.panels import Curve, _arrays
from core.problems.rows import Rows, load_rows

USUAL = {
    "rows": None, "x": 0, "y": 1, "drift": "turn", "speed": 0.5, "noise": 0.3, "length": 300, "first": 50,
    "rate": 0.1, "schedule": "constant", "project": True, "seed": 0,
}  # fmt: skip


def run_of(**settings):
    return stream_run(**{**USUAL, **settings})


# the stream


@pytest.mark.parametrize("drift", DRIFTS)
def test_the_slope_starts_at_1_and_stays_within_1(drift):
    slopes = slopes_in_time(drift, 1.7, 2000)
    assert slopes[0] == 1 and np.abs(slopes).max() <= 1
    assert (np.ptp(slopes) == 0) == (drift == "none")


def test_the_speed_is_the_mean_change_in_100_rows():
    turn = slopes_in_time("turn", 0.5, 401)
    assert turn[100] == pytest.approx(0.5) and turn[400] == pytest.approx(-1)
    assert np.count_nonzero(np.diff(slopes_in_time("jump", 0.5, 2001))) == 5  # 5 jumps of 2 in 2000 rows
    season = np.abs(np.diff(slopes_in_time("season", 0.5, 1601))).sum()  # two periods
    assert season / 16 == pytest.approx(0.5, rel=1e-3)


def test_rows_lie_around_the_law_with_the_noise_asked_for():
    stream = make_stream("season", 1.0, 0.7, 2000, 3)
    left = stream.y - stream.law[:, 0] * stream.x - stream.law[:, 1]
    assert left.std() == pytest.approx(0.7, rel=0.06) and abs(left.mean()) < 5 * 0.7 / np.sqrt(2000)
    exact = make_stream("season", 1.0, 0.0, 50, 3)
    np.testing.assert_allclose(exact.y, exact.law[:, 0] * exact.x + exact.law[:, 1])


def test_a_table_is_scaled_by_its_first_rows_alone():
    rows = Rows("t", np.random.default_rng(0).normal(5, 3, size=(60, 2)), ("u", "v"))
    stream = table_stream(rows, 0, 1, 20)
    assert stream.x[:20].mean() == pytest.approx(0, abs=1e-12) and stream.y[:20].std() == pytest.approx(1)
    later = rows.X.copy()
    later[20:] *= 2
    np.testing.assert_array_equal(table_stream(Rows("u", later, ("u", "v")), 0, 1, 20).x[:20], stream.x[:20])


# SGD


def test_a_step_by_hand():
    run = learn_online(np.array([2.0, 1.0]), np.array([1.0, 0.0]), np.array([0.1, 0.1]))
    np.testing.assert_allclose(run.weights, [[0, 0], [0.2, 0.1], [0.17, 0.07]])
    np.testing.assert_allclose(run.losses, [0.5, 0.045])
    np.testing.assert_allclose(run.squared_gradients, [5.0, 0.18])


@pytest.mark.parametrize("schedule", ["constant", "root"])
def test_the_weights_are_those_of_torch(schedule):
    stream = make_stream("turn", 0.5, 0.3, 80, 1)
    rates = learning_rates(0.2, schedule, 80)
    ours = learn_online(stream.x, stream.y, rates)
    weights = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    for t, (x, y) in enumerate(zip(stream.x, stream.y, strict=True)):
        optimizer = torch.optim.SGD([weights], lr=float(rates[t]))
        optimizer.zero_grad()
        loss = (weights[0] * x + weights[1] - y) ** 2 / 2
        loss.backward()
        assert loss.item() == pytest.approx(ours.losses[t], rel=1e-9, abs=1e-14)
        assert float(weights.grad @ weights.grad) == pytest.approx(ours.squared_gradients[t], rel=1e-9, abs=1e-14)
        optimizer.step()
        np.testing.assert_allclose(weights.detach().numpy(), ours.weights[t + 1], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_below_the_safe_rate_no_step_makes_the_error_of_its_row_larger(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 50)) * 3
    safe = safe_rate(x)
    for rate, smaller in ((0.99 * safe, True), (1.01 * safe, False)):
        run = learn_online(x, y, np.full(50, rate))
        after = np.abs(run.weights[1:, 0] * x + run.weights[1:, 1] - y)
        before = np.sqrt(2 * run.losses)
        assert np.all(after <= before + 1e-9) == smaller


@pytest.mark.parametrize("radius", [0.1, 1.0, 3.0])
def test_the_weights_stay_in_the_ball(radius):
    run = learn_online(*np.random.default_rng(0).normal(size=(2, 200)) * 100, np.full(200, 2.0), radius)
    assert np.hypot(*run.weights.T).max() <= radius * (1 + 1e-9) and run.diverged is None


# hindsight and regret


def test_hindsight_is_least_squares_at_every_prefix():
    stream = make_stream("season", 2.0, 0.5, 120, 4)
    design = np.column_stack((stream.x, np.ones(120)))
    for n in range(1, 121):
        weights, loss = best_fixed(stream.x[:n], stream.y[:n])
        theirs = np.linalg.lstsq(design[:n], stream.y[:n], rcond=None)[0]
        np.testing.assert_allclose(weights, theirs, rtol=1e-8, atol=1e-10)
        assert loss == pytest.approx(0.5 * np.sum((design[:n] @ theirs - stream.y[:n]) ** 2), abs=1e-10)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("rows", [1, 2, 30])
def test_the_best_in_a_ball_is_never_beaten_in_it(seed, rows):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, rows)) * [[1.0], [10.0]]
    weights, loss = best_fixed(x, y, 0.5)
    assert np.hypot(*weights) <= 0.5 * (1 + 1e-9)
    angles = np.linspace(0, 2 * np.pi, 2001)
    for length in (0.5, 0.45, 0.25, 0.0):
        others = length * np.stack((np.cos(angles), np.sin(angles)))
        losses = 0.5 * np.sum((others[0] * x[:, None] + others[1] - y[:, None]) ** 2, axis=0)
        assert losses.min() >= loss * (1 - 1e-9)
    surface = 0.5 * np.stack((np.cos(angles), np.sin(angles)))
    found = 0.5 * np.sum((surface[0] * x[:, None] + surface[1] - y[:, None]) ** 2, axis=0).min()
    assert loss <= found * (1 + 1e-9)


@pytest.mark.parametrize("schedule", ["constant", "root"])
@pytest.mark.parametrize("drift", ["none", "jump"])
def test_the_regret_stays_below_its_bound_for_50_seeds(schedule, drift):
    for seed in range(50):
        rate = (0.02, 0.1, 0.5, 2.0)[seed % 4]
        run = run_of(seed=seed, schedule=schedule, drift=drift, rate=rate, speed=2.0, length=200)
        assert np.all(run.regrets[0] <= run.bound + 1e-9)


@pytest.mark.parametrize("schedule", ["constant", "root"])
def test_the_bound_holds_against_every_line_of_the_ball_even_for_hostile_rows(schedule):
    """Rows that turn against the last prediction, as an opponent would choose them."""
    rng = np.random.default_rng(0)
    x, rates = rng.uniform(-2, 2, 300), learning_rates(0.1, schedule, 300)
    y = np.zeros(300)
    for t in range(300):
        weights = learn_online(x[:t], y[:t], rates[:t], RADIUS).weights[-1] if t % 30 == 0 else weights  # noqa: F821
        y[t] = -3 * np.sign(weights @ [x[t], 1.0])
    run = learn_online(x, y, rates, RADIUS)
    bound = regret_bound(run, RADIUS)
    for t in (1, 10, 100, 300):
        regret = run.losses[:t].sum() - best_fixed(x[:t], y[:t], RADIUS)[1]
        assert regret <= bound[t - 1]


def test_under_drift_learning_row_by_row_beats_the_best_fixed_line():
    for seed in range(20):
        run = run_of(seed=seed, length=600)
        assert run.regrets[0][-1] < 0 < run.regrets[1][-1]
        assert run.later[0] < run.best_later < run.later[1]
    made = miniature()
    assert made.guess.answer == 1 and "negative" in made.sentence


def test_without_drift_the_line_fitted_once_loses_as_much_more_than_the_law_as_theory_says():
    """The expected excess of least squares with two weights on m rows is σ² / m, of half the squared error."""
    excess = []
    for seed in range(400):
        stream = make_stream("none", 1.0, 0.5, 200, seed)
        line = fixed_losses(stream, 50)[1] - stream.law[0]
        second = np.array([[4 / 3, 0], [0, 1]])  # of x uniform on [−2, 2], and of 1
        excess.append(0.5 * line @ second @ line)
    error = np.std(excess) / 20
    assert abs(np.mean(excess) - 0.5**2 / 50) < 5 * error + 0.1 * 0.5**2 / 50


def test_the_mean_loss_comes_near_its_floor_without_drift():
    run = run_of(drift="none", schedule="root", length=2000, first=200)
    assert run.floor == pytest.approx(0.045)
    assert run.later[0] == pytest.approx(run.floor, rel=0.2) and run.later[1] == pytest.approx(run.floor, rel=0.2)


# the miniature


def test_a_rate_too_large_diverges_and_says_which_would_not():
    made = miniature(rate=1.5, project=False)
    run = run_of(rate=1.5, project=False)
    assert run.online.diverged is not None and math.isinf(run.later[0])
    assert "SGD diverged after" in made.sentence and made.guess.answer == 0
    assert run_of(rate=0.99 * safe_rate(run.stream.x), project=False).online.diverged is None


@pytest.mark.parametrize("settings", [{}, {"drift": "jump", "project": False}])
def test_the_same_seed_gives_the_same_frames_and_another_one_others(settings):
    first, same, other = (miniature(seed=seed, **settings) for seed in (3, 3, 4))
    arrays = [[a for p in m.panels for a, _still in _arrays(p) if a is not None] for m in (first, same, other)]
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(*arrays[:2], strict=True))
    assert first.frames == same.frames != other.frames
    assert sum(a.size for a in arrays[0]) < 150_000


def test_before_the_guess_nothing_that_is_learned_is_drawn():
    for panel in miniature().panels[1:]:
        for layer in panel.layers:
            if isinstance(layer, Curve) and np.ndim(layer.xy) == 3:
                assert np.isnan(layer.xy[0, 1:, 1]).all()


@pytest.mark.parametrize("drift", DRIFTS)
@pytest.mark.parametrize("project", [True, False])
@pytest.mark.parametrize("extreme", [0, 1])
def test_the_smallest_and_largest_settings_are_drawn(drift, project, extreme):
    settings = {"speed": SPEEDS, "noise": NOISES, "length": LENGTHS, "rate": RATES}
    made = miniature(drift=drift, project=project, first=(FIRSTS[0], FIRSTS[1])[extreme],
                     **{name: ends[extreme] for name, ends in settings.items()})  # fmt: skip
    assert len(made.frames) == 61
    texts = [made.sentence, made.oracle, made.guess.why, *(panel.alt for panel in made.panels)]
    assert not any("nan" in text or "{" in text for text in texts)
    for panel in made.panels:
        assert all(end is None or np.isfinite(end) for axis in (panel.x, panel.y) for end in (axis.low, axis.high))


@pytest.mark.parametrize("drift", DRIFTS)
@pytest.mark.parametrize("settings", [{"schedule": "root"}, {"project": False}, {"rate": 0.5}])
def test_the_code_prints_the_same_losses(drift, settings):
    run = run_of(drift=drift, seed=2, **settings)
    expected = [*run.later, run.regrets[0][-1], run.regrets[1][-1]]
    made = miniature(**{**USUAL, "drift": drift, "seed": 2, **settings})
    assert run_code(made.code) == pytest.approx(expected, rel=1e-6)


def test_the_code_of_a_table_prints_the_same_losses():
    iris = load_rows("iris")
    made = miniature(rows=iris, x=2, y=3, first=50)
    run = run_of(rows=iris, x=2, y=3)
    assert run_code(made.code) == pytest.approx([*run.later, run.regrets[0][-1], run.regrets[1][-1]], rel=1e-6)


def test_the_code_finds_the_best_line_of_the_ball():
    rng = np.random.default_rng(0)
    X = np.column_stack((rng.normal(size=100), np.r_[rng.normal(size=20), rng.normal(50, 1, size=80)]))
    rows = Rows("far", X, ("u", "v"), code=f"X = np.array({X.tolist()})")
    run, made = run_of(rows=rows, first=20), miniature(rows=rows, first=20)
    assert np.hypot(*run.hindsight[-1]) == pytest.approx(RADIUS)
    assert run_code(made.code) == pytest.approx([*run.later, run.regrets[0][-1], run.regrets[1][-1]], rel=1e-6)


def run_code(code: str) -> list[float]:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(code, {})
    return [float(re.findall(r"[-+.\dea-z]+$", line)[0]) for line in said.getvalue().splitlines()]


# what cannot be used, and what hardly can


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"drift": "sideways"}, "the drift"),
        ({"schedule": "never"}, "schedule of the learning rate"),
        ({"speed": 9.0}, "speed of the drift"),
        ({"noise": -1.0}, "the noise"),
        ({"length": 5}, "length of the stream"),
        ({"rate": float("nan")}, "the learning rate"),
        ({"first": 1}, "number of first rows"),
        ({"first": 300, "length": 300}, "Some rows have to come after"),
        ({"rows": load_rows("iris"), "first": 150}, "some after the first 150"),
        ({"rows": load_rows("iris"), "x": 1, "first": 50}, "Two different columns"),
        ({"rows": Rows("few", np.zeros((9, 2)), ("u", "v")), "first": 2}, "at least 20 rows"),
        ({"rows": Rows("far", np.r_[np.eye(2), np.full((30, 2), 1e200)], ("u", "v")), "first": 2}, "too far"),
        ({"rows": Rows("max", np.r_[np.full((5, 2), 1e308), np.full((30, 2), -1e308)], ("u", "v")), "first": 5}, "far"),
    ],
)
def test_settings_out_of_range_are_refused(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)


@pytest.mark.parametrize("project", [True, False])
@pytest.mark.parametrize("scale", [0.0, 1e-200, 1.0, 1e40])
def test_tables_that_are_constant_or_jump_far_are_drawn(project, scale):
    X = np.random.default_rng(0).normal(size=(60, 2))
    X[30:] *= scale
    X[:, 1] *= scale > 0
    made = miniature(rows=Rows("odd", X, ("u", "v")), first=30, project=project)
    assert not any("nan" in text for text in (made.sentence, made.guess.why, *made.frames))
    run = run_of(rows=Rows("odd", X, ("u", "v")), first=30, project=project)
    assert np.isfinite(run.offline_losses).all() and np.isfinite(run.hindsight_losses).all()
    assert np.isfinite(run.online.losses[: run.online.diverged]).all()


def test_a_run_that_diverged_has_no_dash_for_a_number_in_what_is_read_aloud():
    made = miniature(rate=2.0, project=False)
    assert all("diverged" in panel.alt and "–" not in panel.alt for panel in made.panels)
    assert [made.figures[place].learned for place in (0, 3, 5)] == ["diverged"] * 3


def test_the_axes_of_a_table_have_its_names_and_their_unit():
    made = miniature(rows=load_rows("iris"), x=2, y=0, first=50)
    assert made.panels[0].x.title == "petal length (cm), in standard deviations of the first rows"
    assert made.panels[0].y.title == "sepal length (cm), in standard deviations of the first rows"
