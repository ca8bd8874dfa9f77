"""A contextual bandit: updates against solvers, rounds by hand, and learners against scikit-learn."""

import io
from contextlib import redirect_stdout

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, Ridge

from core.errors import InputError
from core.problems.contextual import MOST_PASSES, digit_rows, given_up_arms, learn, miniature, other_prices
from core.problems.contextual.linear_arms import LinearArms, fixed_rule, lin_ucb, told_all
from core.problems.contextual.panels import two_features
from core.problems.panels import Bars, Curve, Plane
from core.problems.rows import Rows, load_rows


def made_rows(n: int, d: int, k: int, seed: int = 0) -> Rows:
    """Rows whose classes are the largest of k linear scores."""
    draw = np.random.default_rng(seed)
    X = draw.normal(size=(n, d))
    y = np.argmax(X @ draw.normal(size=(d, k)), axis=1)
    y[:k] = np.arange(k)
    names = tuple(f"x{column}" for column in range(d))
    return Rows(f"made {n} {d} {k} {seed}", X, names, y, tuple(f"class {c}" for c in range(k)))


def test_the_updates_are_those_of_solving_again():
    draw = np.random.default_rng(0)
    model, seen = LinearArms(3, 5, 0.7), [[] for _ in range(3)]
    for _ in range(400):
        arm, x, reward = int(draw.integers(3)), draw.normal(size=5), float(draw.integers(2))
        model.update(np.array([arm]), x, np.array([reward]))
        seen[arm].append((x, reward))
    for arm, rows in enumerate(seen):
        X, r = np.array([x for x, _ in rows]), np.array([reward for _, reward in rows])
        A = 0.7 * np.eye(5) + X.T @ X
        np.testing.assert_allclose(model.inverse[arm] @ A, np.eye(5), atol=1e-8)
        np.testing.assert_allclose(model.weights[arm], np.linalg.solve(A, X.T @ r), atol=1e-10)
        x = draw.normal(size=5)
        predicted, widths = model.look(x)
        assert predicted[arm] == pytest.approx(x @ np.linalg.solve(A, X.T @ r))
        assert widths[arm] == pytest.approx(np.sqrt(x @ np.linalg.solve(A, x)))


def test_three_rounds_are_those_by_hand():
    """Two arms, one feature x = 1, 2, 1, ridge 1, α = 1; the first arm is always right."""
    X, y = np.array([[1.0], [2.0], [1.0]]), np.array([0, 0, 0])
    for seed in range(6):
        run = lin_ucb(X, y, arms=2, alpha=1.0, ridge=1.0, seed=seed)
        np.testing.assert_allclose(run.predicted[0], [0, 0])
        np.testing.assert_allclose(run.widths[0], [1, 1])
        if run.chosen[0] == 0:  # A = 2, b = 1: it expects 2 · 1/2 = 1 with width 2/√2; the other one 0 with width 2
            np.testing.assert_allclose(run.predicted[1], [1, 0])
            np.testing.assert_allclose(run.widths[1], [np.sqrt(2), 2])
            assert run.chosen[1] == 0  # 1 + 1.414 > 2
            np.testing.assert_allclose(run.predicted[2], [3 / 6, 0])  # A = 2 + 4, b = 1 + 2
            np.testing.assert_allclose(run.widths[2], [1 / np.sqrt(6), 1])
            assert run.chosen[2] == 1  # 0.5 + 0.408 < 1
        else:  # A = 2, b = 0 for the second arm
            np.testing.assert_allclose(run.predicted[1], [0, 0])
            np.testing.assert_allclose(run.widths[1], [2, np.sqrt(2)])
            assert run.chosen[1] == 0
            np.testing.assert_allclose(run.predicted[2], [2 / 5, 0])  # A = 1 + 4, b = 2
            np.testing.assert_allclose(run.widths[2], [1 / np.sqrt(5), 1 / np.sqrt(2)])
            assert run.chosen[2] == 0  # 0.4 + 0.447 > 0.707
    assert len({int(lin_ucb(X, y, arms=2, seed=seed).chosen[0]) for seed in range(20)}) == 2


def test_without_width_the_largest_prediction_is_chosen():
    rows = made_rows(200, 3, 4)
    run = lin_ucb(rows.X, rows.y, arms=4, alpha=0.0, seed=1)
    best = run.predicted.round(9).max(axis=1)
    np.testing.assert_array_equal(run.predicted.round(9)[np.arange(200), run.chosen], best)
    assert run.rewards.sum() == (run.chosen == rows.y).sum() == 200 - run.mistakes[-1]


def test_the_width_of_an_arm_changes_only_when_it_is_chosen():
    X = np.ones((30, 1))
    run = lin_ucb(X, np.zeros(30, dtype=np.int64), arms=3, alpha=2.0)
    pulls = np.vstack([np.zeros(3), np.eye(3)[run.chosen].cumsum(axis=0)])[:-1]
    np.testing.assert_allclose(run.widths, 1 / np.sqrt(1 + pulls), atol=1e-9)


def test_the_learner_with_all_answers_is_the_ridge_regression_of_scikit_learn():
    rows = load_rows("iris")
    Z = np.column_stack([np.ones(150), rows.standardised])
    run = told_all(Z, rows.y, arms=3, ridge=2.5)
    ridge = Ridge(alpha=2.5, fit_intercept=False).fit(Z, np.eye(3)[rows.y])
    np.testing.assert_allclose(run.weights, ridge.coef_, atol=1e-8)
    for place in (20, 90, 149):  # what it expected of a row, it had learned from the rows before
        before = Ridge(alpha=2.5, fit_intercept=False).fit(Z[:place], np.eye(3)[rows.y[:place]])
        np.testing.assert_allclose(run.predicted[place], before.predict(Z[place : place + 1])[0], atol=1e-8)
    assert np.ptp(run.widths, axis=1).max() < 1e-9


def test_an_arm_that_was_always_chosen_is_a_ridge_regression_too():
    rows = made_rows(80, 2, 2)
    run = lin_ucb(rows.X, rows.y, arms=2, alpha=0.5, ridge=1.5, seed=4)
    for arm in (0, 1):
        mine = run.chosen == arm
        fit = Ridge(alpha=1.5, fit_intercept=False).fit(rows.X[mine], run.rewards[mine])
        np.testing.assert_allclose(run.weights[arm], fit.coef_, atol=1e-8)


@pytest.mark.parametrize("name", ["iris", "wine"])
def test_the_rule_in_hindsight_is_the_least_squares_of_scikit_learn(name):
    rows = load_rows(name)
    Z = np.column_stack([np.ones(len(rows.X)), rows.standardised])
    answers = np.eye(3)[rows.y]
    expected = LinearRegression().fit(rows.X, answers).predict(rows.X).argmax(axis=1)
    np.testing.assert_array_equal(fixed_rule(Z, rows.y, 3), expected)
    dependent = np.column_stack([Z, Z[:, 1] + Z[:, 2], np.zeros(len(Z))])
    np.testing.assert_array_equal(fixed_rule(dependent, rows.y, 3), expected)


def test_linear_classes_are_learned_by_both_over_fifty_seeds():
    late_bandit, late_told = [], []
    for seed in range(50):
        rounds = learn(made_rows(240, 2, 3, seed), alpha=0.5, seed=seed)
        late_bandit.append(rounds.bandit.rewards[160:].mean())
        late_told.append(rounds.told.rewards[160:].mean())
    assert np.mean(late_bandit) > 0.8 and np.mean(late_told) > 0.8  # a draw is right for one in three


def test_the_same_seed_makes_the_same_frames_and_another_seed_others():
    one, same, other = (miniature(seed=seed) for seed in (3, 3, 4))
    assert one.frames == same.frames and one.sentence == same.sentence and one.figures == same.figures
    assert one.frames != other.frames


def test_the_price_of_other_orders_is_a_mean_with_its_error():
    rounds = learn(load_rows("wine"), seed=1)
    prices = other_prices(rounds, 1.0, 1)
    assert len(prices) == 14 and len(set(prices)) > 1
    shown = miniature(seed=1).figures[-1]
    assert "14 other orders" in shown.name
    mean, error = map(float, shown.learned.split(" ± "))
    assert mean == pytest.approx(np.mean(prices), abs=0.06)
    assert error == pytest.approx(np.std(prices, ddof=1) / np.sqrt(14), rel=0.05)
    assert other_prices(learn(load_rows("iris"), passes=4), 1.0, 0) == []
    assert other_prices(learn(digit_rows(100)), 1.0, 0) == []


def test_every_pass_meets_every_row_once():
    rounds = learn(load_rows("iris"), passes=3, seed=5)
    for each in np.split(rounds.order, 3):
        assert sorted(each.tolist()) == list(range(150))
    assert rounds.hindsight[-1] == 3 * (rounds.fixed != rounds.y).sum()


def test_a_given_up_arm_was_never_chosen_in_the_second_half():
    rounds = learn(digit_rows(), alpha=0.0, seed=0)
    given_up = given_up_arms(rounds)
    assert given_up == [
        arm
        for arm in range(10)
        if (rounds.y[rounds.order[250:]] == arm).any() and not (rounds.bandit.chosen[250:] == arm).any()
    ]
    some = [seed for seed in range(6) if given_up_arms(learn(digit_rows(), alpha=0.0, seed=seed))]
    assert some, "without exploring, an arm of ten is given up now and then"
    assert "given up" in miniature(rows=digit_rows(), alpha=0.0, seed=some[0]).sentence


@pytest.mark.parametrize("seed", range(8))
def test_the_sentence_and_the_guess_say_what_was_counted(seed):
    for alpha in (0.0, 1.0):
        made, rounds = miniature(seed=seed, alpha=alpha), learn(load_rows("wine"), seed=seed, alpha=alpha)
        bandit, told = rounds.bandit.mistakes[-1], rounds.told.mistakes[-1]
        assert made.sentence.startswith(f"LinUCB made {bandit:.0f} mistakes in 178 rows")
        assert made.guess.answer == (0 if bandit <= told else 1 if bandit <= 2 * told else 2)
        assert ("price of not being told is" in made.sentence) == (bandit > told)


def test_frame_0_gives_nothing_away():
    made = miniature()
    for panel in made.panels:
        if isinstance(panel, Bars):
            assert all(np.isnan(bars.values[0]).all() for bars in panel.sets)
        elif isinstance(panel, Plane):
            assert all(np.isnan(layer.xy[0]).all() for layer in panel.layers if layer.xy.ndim == 3)
            curves = [layer for layer in panel.layers if isinstance(layer, Curve) and layer.role != "exact"]
            assert all(curve.until[0] == 1 and curve.xy[0].tolist() == [0, 0] for curve in curves)


def test_the_shares_of_a_frame_sum_to_one_and_the_choice_has_the_largest_bound():
    made = miniature(alpha=0.7, seed=2)
    shares, present = (panel for panel in made.panels if isinstance(panel, Bars))
    for bars in shares.sets:
        np.testing.assert_allclose(bars.values[1:].sum(axis=1), 1)
    rounds = learn(load_rows("wine"), alpha=0.7, seed=2)
    chosen = rounds.bandit.chosen[np.array(rounds.times[1:]) - 1]
    bounds = present.sets[1].values[1:].round(9)
    np.testing.assert_array_equal(bounds[np.arange(len(bounds)), chosen], bounds.max(axis=1))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"alpha": -1.0}, "weight α of the widths must be between 0 and 10, but is −1"),
        ({"alpha": float("nan")}, "weight α"),
        ({"ridge": 0.0}, "ridge λ must be between 0.01 and 100"),
        ({"seed": -1}, "seed must be between 0 and"),
        ({"passes": 6}, "number of passes must be between 1 and 5"),
        ({"rows": Rows("one", np.ones((4, 1)), ("x",), np.zeros(4, dtype=np.int64), ("a",))}, "At least 2 classes"),
        ({"rows": Rows("none", np.ones((4, 1)), ("x",))}, "At least 2 classes"),
        ({"rows": made_rows(601, 1, 2)}, "At most 600 rows can be used here, but the table has 601"),
        ({"rows": made_rows(200, 101, 2)}, "At most 100 features"),
        ({"rows": made_rows(200, 2, 13)}, "At most 12 classes"),
        ({"rows": Rows("empty", np.ones((2, 0)), (), np.array([0, 1]), ("a", "b"))}, "At least one feature"),
        (
            {"rows": Rows("huge", np.array([[1e300], [-1e300]]), ("x",), np.array([0, 1]), ("a", "b"))},
            "too large to be standardised",
        ),
    ],
)
def test_bad_input_has_a_sentence(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)


@pytest.mark.parametrize(
    "settings",
    [
        {"rows": Rows("two", np.array([[1.0], [2.0]]), ("x",), np.array([0, 1]), ("a", "b"))},
        {"rows": Rows("still", np.ones((9, 1)), ("x",), np.arange(9) % 3, ("a", "b", "c"))},
        {"rows": Rows("gap", np.arange(8.0)[:, np.newaxis], ("x",), np.arange(8) // 4 * 2, ("a", "b", "c"))},
        {"rows": made_rows(600, 4, 12), "passes": MOST_PASSES, "alpha": 10.0},
        {"rows": digit_rows(), "ridge": 0.01, "alpha": 0.0},
    ],
)
def test_smallest_and_largest_rows_make_whole_miniatures(settings):
    made = miniature(**settings)
    assert len(made.frames) <= 81
    texts = [made.sentence, made.guess.why, *made.frames, *(panel.alt for panel in made.panels)]
    assert not any("nan" in text or "–" in text for text in texts)


def test_an_absent_class_is_no_arm():
    rows = Rows("gap", np.arange(8.0)[:, np.newaxis], ("x",), np.arange(8) // 4 * 2, ("a", "b", "c"))
    assert learn(rows).names == ("a", "c")


def test_the_two_features_are_those_that_differ_most():
    rows = load_rows("iris")
    assert two_features(rows.standardised, rows.y) == (2, 3)  # the petals
    assert two_features(np.ones((4, 1)), np.array([0, 1, 0, 1])) == (0, 0)


@pytest.mark.parametrize("rows", [load_rows("wine"), digit_rows(300)], ids=lambda rows: rows.key)
def test_the_code_prints_the_numbers_shown(rows):
    settings = {"alpha": 0.4, "ridge": 2.0, "passes": 1, "seed": 6}
    made, printed = miniature(rows=rows, **settings), io.StringIO()
    with redirect_stdout(printed):
        exec(made.code, {})
    found = [float(line.split()[-1]) for line in printed.getvalue().splitlines()]
    rounds = learn(rows, **settings)
    assert found == [rounds.bandit.mistakes[-1], rounds.told.mistakes[-1], rounds.hindsight[-1]]
