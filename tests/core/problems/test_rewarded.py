"""The same objective from labels and from rewards: one gradient in the mean, two variances, one optimum."""

import contextlib
import io

import numpy as np
import pytest

from core.errors import InputError
from core.problems.panels import Bars
from core.problems.rewarded import miniature
from core.problems.rewarded.policy import (
    Array,
    Task,
    best_weights,
    enumerated_estimates,
    objective,
    objectives,
    policy,
    rewarded_scores,
    told_scores,
    variances,
)
from core.problems.rewarded.result import make_task, run_both
from core.problems.rewarded.run import RATES, drawn_class, run_learner, sample_rows
from core.problems.rows import Rows, load_rows


def small_rows(seed: int = 0, k: int = 3) -> Rows:
    rng = np.random.default_rng(seed)
    y = np.arange(24) % k
    return Rows(
        f"small {seed} {k}",
        rng.normal(size=(24, 2)) + 2 * np.column_stack([y == 0, y == 1]),
        ("a", "b"),
        y,
        tuple("uvw"[:k]),
    )


def task_and_weights(seed: int) -> tuple[Task, Array]:
    task, _classes = make_task(small_rows(seed), 0.01)
    return task, np.random.default_rng(seed).normal(size=(task.k, task.Z.shape[1]))


@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_is_that_of_small_steps(seed: int) -> None:
    task, W = task_and_weights(seed)
    slope = objective(W, task)[1]
    for place in np.ndindex(W.shape):
        small = np.zeros(W.shape)
        small[place] = 1e-6
        by_steps = (objective(W + small, task)[0] - objective(W - small, task)[0]) / 2e-6
        assert slope[place] == pytest.approx(by_steps, abs=1e-8)


@pytest.mark.parametrize("baseline", [0.0, -0.4, 3.0])
@pytest.mark.parametrize("seed", range(5))
def test_the_mean_of_the_score_function_estimate_is_the_exact_gradient(seed: int, baseline: float) -> None:
    task, W = task_and_weights(seed)
    estimates, chances = enumerated_estimates(W, task, baseline)
    np.testing.assert_allclose(chances.sum(axis=1), 1.0)
    mean = np.einsum("na,nakd->kd", chances, estimates) / len(task.y) + task.penalty * W
    np.testing.assert_allclose(mean, objective(W, task)[1], atol=1e-12)


def test_the_variances_are_those_of_many_drawn_samples() -> None:
    task, W = task_and_weights(3)
    rng = np.random.default_rng(0)
    rows = rng.integers(len(task.y), size=40_000)
    chances = policy(W, task.Z[rows])
    drawn = drawn_class(chances, rng.random(len(rows)))
    reward = -(drawn != task.y[rows]).astype(float)
    found = variances(W, task)
    for scores, exact in (
        (told_scores(chances, task.y[rows]), found.told),
        (rewarded_scores(chances, drawn, reward, np.zeros(len(rows))), found.rewarded),
        (rewarded_scores(chances, drawn, reward, np.full(len(rows), found.baseline)), found.with_baseline),
    ):
        spread = (scores[:, :, np.newaxis] * task.Z[rows][:, np.newaxis]).var(axis=0).sum()
        assert spread == pytest.approx(exact, rel=0.05)
    assert found.told < found.rewarded


def test_updates_are_those_computed_by_hand() -> None:
    """One row with the features 2 and 1, even chances of two classes: told, the slope of class 0 is −1/4 each."""
    task = Task(np.array([[2.0, 1.0]]), np.array([0]), 2, 0.01)
    rows, told = np.zeros((1, 1), dtype=np.int64), []
    for rate, loss in zip(
        RATES, run_learner(task, rows, np.zeros((1, 1)), rewarded=False)[0].losses[:, 0, -1], strict=True
    ):
        W = rate * np.array([[0.5, 0.25], [-0.5, -0.25]])  # −rate · slope · z
        score = 2 * rate * (0.5 * 2 + 0.25)  # log-odds of class 0
        told.append(loss - (1 - 1 / (1 + np.exp(-score)) + 0.005 * (W**2).sum()))
    np.testing.assert_allclose(told, 0.0, atol=1e-12)
    wrong = rewarded_scores(np.array([0.5, 0.5]), np.array(1), np.array(-1.0), np.array(0.0))
    np.testing.assert_allclose(wrong, [-0.5, 0.5])  # 1 · (e₁ − π), so that class 1 falls
    right = rewarded_scores(np.array([0.5, 0.5]), np.array(0), np.array(0.0), np.array(-0.5))
    np.testing.assert_allclose(right, [-0.25, 0.25])


def test_classes_are_drawn_with_their_chances() -> None:
    chances = np.array([0.5, 0.2, 0.3])
    drawn = drawn_class(np.tile(chances, (30_000, 1)), np.random.default_rng(1).random(30_000))
    np.testing.assert_allclose(np.bincount(drawn, minlength=3) / 30_000, chances, atol=0.02)


def test_the_optimum_is_not_beaten_and_its_slope_vanishes() -> None:
    task, _classes = make_task(load_rows("iris"), 0.01)
    W, best = best_weights(task)
    assert np.abs(objective(W, task)[1]).max() < 1e-4
    assert objectives(W[np.newaxis], task)[0] == pytest.approx(best)
    near = W + np.random.default_rng(0).normal(scale=0.3, size=(200, *W.shape))
    assert objectives(near, task).min() > best


def test_rewards_need_more_samples_than_labels_over_fifty_seeds() -> None:
    task, _classes = make_task(small_rows(), 0.01)
    best = best_weights(task)[1]
    needed = []
    for seed in range(50):
        rows, draws = sample_rows(task, 200, 3, seed)
        told, rewarded = (run_learner(task, rows, draws, rewarded=each)[0] for each in (False, True))
        goal = told.mean[0] - 0.6 * (told.mean[0] - best)
        needed.append((min(told.reach(goal), 200), min(rewarded.reach(goal), 200)))
        assert min(told.losses.min(), rewarded.losses.min()) > best - 1e-6
    told_mean, rewarded_mean = np.mean(needed, axis=0)
    assert rewarded_mean > 1.3 * told_mean
    assert np.mean([rewarded < 200 for _told, rewarded in needed]) > 0.5  # and most do get there


def test_the_two_learners_go_the_same_way_at_small_rates() -> None:
    """The mean update is the same, so that the means over many runs are too while the rate is small."""
    task, _classes = make_task(small_rows(), 0.01)
    rows, draws = sample_rows(task, 100, 400, 0)
    told, rewarded = (run_learner(task, rows, draws, rewarded=each)[0].losses[0].mean(axis=0) for each in (False, True))
    assert told[0] - told[-1] > 0.1
    np.testing.assert_allclose(told, rewarded, atol=0.02)


@pytest.mark.parametrize("settings", [
    {}, {"baseline": False, "seed": 4}, {"samples": 100, "penalty": 0.1}, {"samples": 2000, "penalty": 0.001},
    {"rows": load_rows("breast_cancer"), "samples": 200},
])  # fmt: skip
def test_a_run_draws_its_frames_and_its_code_prints_the_same_numbers(settings: dict[str, object]) -> None:
    made = miniature(**settings)  # type: ignore[arg-type]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(made.code, {})
    best, told, rewarded = (float(each) for each in printed.getvalue().split())
    assert float(made.figures[0].exact) == pytest.approx(best, rel=1e-3)
    assert float(made.figures[0].learned) == pytest.approx(told, rel=1e-3)
    assert float(made.figures[1].learned) == pytest.approx(rewarded, rel=1e-3)
    chances = made.panels[1]
    assert isinstance(chances, Bars)
    for bars in chances.sets[:2]:
        np.testing.assert_allclose(bars.values.sum(axis=-1), 1.0)


def test_the_same_seed_gives_the_same_frames_and_another_one_others() -> None:
    frames = [miniature(seed=seed, samples=100).frames for seed in (5, 5, 6)]
    assert frames[0] == frames[1] != frames[2]


def test_constant_features_teach_only_the_shares_of_the_classes() -> None:
    even = Rows(
        "even", np.ones((10, 1)), ("a",), np.arange(10) % 2, ("u", "v"), "X = np.ones((10, 1))\ny = np.arange(10) % 2\n"
    )
    result = run_both(even, samples=100, penalty=0.01, baseline=True, seed=0)
    assert not result.teaches and result.times is None
    assert "nothing to learn" in miniature(rows=even, samples=100).sentence
    huge = Rows("huge", 1e12 * small_rows().X, ("a", "b"), small_rows().y, ("u", "v", "w"))
    assert np.isfinite(run_both(huge, samples=100, penalty=0.01, baseline=True, seed=0).rewarded.mean).all()


@pytest.mark.parametrize(("settings", "said"), [
    ({"rows": Rows("one", np.ones((5, 1)), ("a",), np.zeros(5, dtype=np.int64), ("u", "v"))}, "At least 2 classes"),
    ({"rows": Rows("none", np.ones((5, 1)), ("a",))}, "At least 2 classes"),
    ({"rows": Rows("many", np.ones((30, 1)), ("a",), np.arange(30), tuple(map(str, range(30))))}, "At most 20 classes"),
    ({"samples": 10}, "samples can be seen"),
    ({"penalty": 0.0}, "penalty λ"),
])  # fmt: skip
def test_what_it_cannot_run_on_is_said(settings: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        miniature(**settings)  # type: ignore[arg-type]
