import contextlib
import io

import numpy as np
import pytest
from scipy.optimize import minimize

from core.errors import InputError
from core.foundations.softmax import fit_softmax
from core.foundations.two_classes import with_ones
from core.problems.class_panels import boundaries, confusion_cells
from core.problems.class_rows import closest_two, digit_rows, drawn_features, principal_plane, standardise
from core.problems.classes import miniature
from core.problems.linear_descent import linear_descent, mean_loss, probabilities
from core.problems.rows import Rows, load_rows
from core.problems.softmax_limit import softmax_limit
from core.problems.softmax_run import best_fit


def wine(columns=(0, 1)):
    rows = load_rows("wine")
    return standardise(rows.X[:, list(columns)]), rows.y


def drawn_rows(seed, n=40, classes=3, columns=2, apart=1.0):
    rng = np.random.default_rng(seed)
    y = np.arange(n) % classes
    X = rng.normal(size=(n, columns)) + apart * rng.normal(size=(classes, columns))[y]
    return Rows(f"drawn {seed}", X, tuple(f"x{i}" for i in range(columns)), y, tuple(f"c{i}" for i in range(classes)))


def test_the_first_update_is_that_of_a_hand():
    Z, targets = np.array([[1.0], [-1.0]]), np.eye(2)
    found = linear_descent(Z, targets, rate=1.0, batch=2, epochs=2)
    half = np.array([[0.5, 0.0], [-0.5, 0.0]])  # P is 1/2 everywhere
    np.testing.assert_allclose(found.parameters[1], half, atol=1e-15)
    error = 1 - 1 / (1 + np.exp(-1.0))  # scores 1/2 and -1/2
    np.testing.assert_allclose(found.parameters[2], half + error * np.array([[1.0, 0.0], [-1.0, 0.0]]), atol=1e-15)


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_the_gradient_is_the_slope_of_the_loss(output):
    rng = np.random.default_rng(0)
    Z, targets = rng.normal(size=(7, 2)), np.eye(3)[rng.integers(0, 3, 7)]
    step = linear_descent(Z, targets, output, rate=1e-6, batch=7, epochs=1).parameters[1] / -1e-6
    for place in np.ndindex(step.shape):
        move = np.zeros(step.shape)
        move[place] = 1e-5
        sides = [mean_loss(with_ones(Z) @ (sign * move).T, targets, output) for sign in (1, -1)]
        assert step[place] == pytest.approx((sides[0] - sides[1]) / 2e-5, abs=1e-8)


def test_probabilities_add_up_to_one_and_never_overflow():
    scores = np.array([[1e300, -1e300, 0.0], [1.0, 2.0, 3.0]])
    np.testing.assert_allclose(probabilities(scores).sum(axis=1), 1.0)
    assert np.isfinite(probabilities(scores, "sigmoid")).all()


def test_the_optimum_is_never_beaten_and_the_average_is_within_theory():
    """For convex losses the mean gap over all updates is at most |w*|²/(2 η T) + η G²/2 (Zinkevich 2003)."""
    Z, y = wine()
    best, targets, rate = best_fit(Z, y, 3), np.eye(3)[y], 0.1
    bound_of_gradients = 2 * (with_ones(Z) ** 2).sum(axis=1).max()
    gaps = []
    for seed in range(50):
        path = linear_descent(Z, targets, rate=rate, batch=16, epochs=20, seed=seed, frames=10_000)
        assert path.losses.min() >= best.loss - 1e-12
        gaps.append(path.losses.mean() - best.loss)
    size = (best.parameters**2).sum()
    assert np.mean(gaps) <= size / (2 * rate * len(path.losses)) + rate * bound_of_gradients / 2


def test_all_rows_in_each_update_fall_as_theory_promises():
    """Below 1/L the loss never rises, and its gap after t updates is at most |w*|²/(2 η t)."""
    Z, y = wine()
    steepest = np.linalg.eigvalsh(with_ones(Z).T @ with_ones(Z) / len(Z)).max() / 2  # of softmax, Böhning 1992
    rate, best = 1 / steepest, best_fit(Z, y, 3)
    losses = linear_descent(Z, np.eye(3)[y], rate=rate, batch=len(Z), epochs=60, frames=100).losses
    assert (np.diff(losses) <= 1e-14).all()
    updates = np.arange(1, 61)
    assert (losses[1:] - best.loss <= (best.parameters**2).sum() / (2 * rate * updates) + 1e-12).all()


def test_where_an_optimum_exists_it_is_that_of_two_other_solvers():
    Z, y = wine()
    best, targets = best_fit(Z, y, 3), np.eye(3)[y]
    solved = minimize(lambda w: mean_loss(with_ones(Z) @ w.reshape(3, 3).T, targets), np.zeros(9), tol=1e-12)
    assert best.exists and best.loss == pytest.approx(solved.fun, abs=1e-9)
    assert best.loss == pytest.approx(fit_softmax(Z, y).loss, abs=1e-12)


def test_the_limit_of_iris_is_the_loss_of_the_two_classes_that_overlap():
    rows = load_rows("iris")
    for columns in ([0, 1], [2, 3]):
        Z = standardise(rows.X[:, columns])
        limit = softmax_limit(Z, rows.y, 3)
        alone = fit_softmax(Z[rows.y > 0], rows.y[rows.y > 0]).loss * 100 / 150  # setosa adds nothing
        assert not limit.exists and limit.loss == pytest.approx(alone, abs=1e-9)


@pytest.mark.parametrize("seed", range(30))
def test_the_limit_is_that_of_an_ever_smaller_penalty(seed):
    rows = drawn_rows(seed, n=24, apart=[1.0, 3.0, 8.0][seed % 3])
    Z = standardise(rows.X)
    limit = softmax_limit(Z, rows.y, 3)
    losses = [fit_softmax(Z, rows.y, penalty).loss for penalty in (1e-3, 1e-5, 1e-7)]
    assert all(loss >= limit.loss - 1e-10 for loss in losses)
    assert losses[-1] - limit.loss < 5e-4
    if limit.exists:
        assert limit.loss == pytest.approx(fit_softmax(Z, rows.y).loss, abs=1e-9)
    else:
        with pytest.raises(InputError, match="separable"):
            fit_softmax(Z, rows.y)


def test_the_direction_is_a_certificate():
    rows = load_rows("iris")
    Z = standardise(rows.X)
    limit = softmax_limit(Z, rows.y, 3)
    ranked = with_ones(Z) @ limit.direction.T
    gaps = ranked[np.arange(150), rows.y][:, np.newaxis] - ranked
    assert gaps.min() > -1e-7 and (gaps[limit.separated] > 0.999).all() and limit.separated.sum() == 200
    np.testing.assert_allclose(limit.probabilities.sum(axis=1), 1.0)
    scores = with_ones(Z) @ (limit.parameters + 200 * limit.direction).T
    np.testing.assert_allclose(probabilities(scores), limit.probabilities, atol=1e-5)


def test_too_large_a_question_gets_a_sentence():
    with pytest.raises(InputError, match="Choose two features, fewer classes or a penalty"):
        softmax_limit(np.zeros((30, 60)), np.arange(30) % 10, 10)


def test_boundaries_have_two_equal_highest_scores():
    rng = np.random.default_rng(3)
    for _round in range(20):
        parameters = rng.normal(size=(4, 3))
        pieces = boundaries(parameters, (-3.0, 3.0), (-2.0, 2.0))
        assert len(pieces)
        for piece in pieces:
            middle = (piece[:2] + piece[2:]) / 2
            top = np.sort(parameters @ np.append(middle, 1.0))
            assert top[-1] == pytest.approx(top[-2], abs=1e-9)
            assert (np.abs(piece) <= [3 + 1e-9, 2 + 1e-9] * 2).all()
    assert len(boundaries(np.zeros((3, 3)), (0.0, 1.0), (0.0, 1.0))) == 0


def test_the_confusion_is_that_of_scikit_learn():
    from sklearn.metrics import confusion_matrix

    rng = np.random.default_rng(0)
    y, said = rng.integers(0, 3, 50), rng.integers(0, 3, (2, 50))
    values = confusion_cells(said, y, ("a", "b", "c")).values
    np.testing.assert_array_equal(values[1], confusion_matrix(y, said[1]))


def test_the_closest_two_classes_are_those_with_the_closest_means():
    assert closest_two(load_rows("iris")).classes == ("versicolor", "virginica")
    with pytest.raises(InputError, match="At least 2 classes"):
        closest_two(Rows("one", np.zeros((3, 1)), ("x",), np.zeros(3, dtype=np.int64), ("a",)))


def test_the_plane_of_all_columns_keeps_as_much_variance_as_scikit_learns():
    from sklearn.decomposition import PCA

    Z = standardise(load_rows("wine").X)
    np.testing.assert_allclose(principal_plane(Z).var(axis=0), PCA(2).fit(Z).explained_variance_ * 177 / 178)


def printed(code):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return [float(word) for word in out.getvalue().split()]


@pytest.mark.parametrize(
    "settings",
    [
        {"rows": load_rows("wine")},
        {"penalty": 0.01},
        {"penalty": 0.01, "classes": "closest"},
        {"classes": "closest"},
        {"features": "all"},
        {"rows": digit_rows(), "features": "all", "penalty": 0.01, "epochs": 5},
    ],
    ids=str,
)
def test_the_code_prints_the_numbers_shown(settings):
    made = miniature(**settings)
    numbers = printed(made.code)
    assert float(made.figures[0].learned) == pytest.approx(numbers[0], rel=1e-5)
    assert made.figures[1].learned.startswith(f"{int(numbers[1])} of")
    if len(numbers) == 3:
        assert float(made.figures[0].exact) == pytest.approx(numbers[2], rel=1e-5)
    assert (len(numbers) == 3) == (made.guess.answer == 0)


def test_a_penalty_makes_an_optimum_exist():
    assert miniature().guess.answer == 1 and "none exists" in miniature().figures[0].exact
    assert miniature(penalty=0.001).guess.answer == 0


def test_the_same_seed_gives_the_same_frames_and_another_one_others():
    assert miniature(seed=4).frames == miniature(seed=4).frames != miniature(seed=5).frames


@pytest.mark.parametrize(
    "settings",
    [
        {"rate": 3.0, "batch": 4, "epochs": 60, "penalty": 0.3},
        {"rate": 0.001, "batch": 1000, "epochs": 1},
        {"rows": drawn_rows(0, n=2, classes=2, columns=1)},
        {"rows": Rows("same", np.ones((4, 2)), ("a", "b"), np.array([0, 1, 0, 1]), ("a", "b"))},
        {"rows": Rows("huge", 1e200 * drawn_rows(1).X, ("a", "b"), drawn_rows(1).y, ("a", "b", "c"))},
        {"rows": Rows("hole", drawn_rows(1).X, ("a", "b"), np.minimum(drawn_rows(1).y * 2, 2), ("a", "b", "c"))},
    ],
    ids=str,
)
def test_the_smallest_and_the_largest_settings_work(settings):
    made = miniature(**settings)
    assert len(made.frames) >= 2 and made.sentence
    assert np.isfinite(made.panels[1].layers[1].xy).all()


def test_rows_that_never_vary_leave_the_shares_of_the_classes():
    made = miniature(rows=Rows("same", np.ones((4, 2)), ("a", "b"), np.array([0, 1, 1, 1]), ("a", "b")))
    np.testing.assert_allclose(made.panels[2].sets[1].values, [0.25, 0.75], atol=1e-9)


def test_no_input_is_changed():
    rows = drawn_rows(2)
    before = rows.X.copy()
    miniature(rows=rows)
    np.testing.assert_array_equal(rows.X, before)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"row": 151}, "rows 1 to 150; got row 151"),
        ({"across": 1, "up": 1}, "Two different columns from 1 to 4"),
        ({"across": 7}, "got 8 and 2"),
        ({"penalty": -1.0}, "A penalty from 0 to 0.3"),
        ({"rate": 0.0}, "learning rate above 0"),
        ({"batch": 1}, "Batches of 4 rows"),
        ({"epochs": 61}, "1 to 60 epochs"),
        ({"rows": Rows("none", np.zeros((3, 2)), ("a", "b"))}, "At least 2 classes"),
    ],
)
def test_bad_settings_get_a_sentence(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)


def test_the_features_drawn_are_standardised():
    drawn = drawn_features(load_rows("wine"), "two", 3, 1)
    np.testing.assert_allclose(drawn.Z.std(axis=0), 1.0)
    assert drawn.code == "Z = X[:, [3, 1]]"


def test_one_update_is_singular():
    made = miniature(rows=load_rows("wine"), epochs=1, batch=512)
    assert made.frames[1].startswith("After 1 update the") and made.sentence.startswith("After 1 update the")


def test_with_a_penalty_the_weights_are_unique_and_the_biases_are_not():
    rows = load_rows("iris")
    Z, y = standardise(rows.X[:, :2]), rows.need_classes()
    best = best_fit(Z, y, 3, 0.01).parameters
    shifted, heavier = best + np.array([0.0, 0.0, 2.0]), best + np.array([2.0, 0.0, 0.0])
    losses = [
        mean_loss(with_ones(Z) @ W.T, np.eye(3)[y]) + 0.005 * (W[:, :-1] ** 2).sum() for W in (best, shifted, heavier)
    ]
    assert losses[1] == pytest.approx(losses[0], abs=1e-12) and losses[2] > losses[0] + 1e-3
    assert "added to all biases" in miniature(rows=rows, penalty=0.01).oracle
