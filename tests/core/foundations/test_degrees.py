"""Polynomials of every degree, against exact fractions, and a descent on them against NumPy."""

from fractions import Fraction

import numpy as np
import pytest

from core.errors import InputError
from core.foundations.degrees import add_noise, draw_rows, fit_degrees, make_wave, orthonormal_polynomials
from core.foundations.descent_on_curve import descend_on_curve, descents_by_degree


def solve_exactly(x: list[int], y: list[int], degree: int) -> list[Fraction]:
    """Return the coefficients of 1, x, x² … by Gauss's elimination of the normal equations, without rounding."""
    powers = [[Fraction(value) ** k for k in range(degree + 1)] for value in x]
    rows = [
        [sum(row[i] * row[j] for row in powers) for j in range(degree + 1)]
        + [sum(row[i] * label for row, label in zip(powers, y, strict=True))]
        for i in range(degree + 1)
    ]
    for i in range(degree + 1):
        pivot = rows[i][i]
        rows[i] = [value / pivot for value in rows[i]]
        for j in range(degree + 1):
            if j != i:
                rows[j] = [a - rows[j][i] * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[-1] for row in rows]


def test_every_degree_is_the_exact_least_squares_fit():
    x, y = [0, 1, 2, 3, 5, 8, 9, 11], [3, 1, 4, 1, 5, 9, 2, 6]
    other, truth = [4, 7, 10], [2, 2, 2]
    fits = fit_degrees(x, y, other, truth, degree=6)
    for degree in range(7):
        exact = solve_exactly(x, y, degree)

        def at(point: int, exact: list[Fraction] = exact) -> Fraction:
            return sum((c * Fraction(point) ** k for k, c in enumerate(exact)), Fraction(0))

        assert fits.predict(other, degree) == pytest.approx([float(at(point)) for point in other], rel=1e-9)
        for part, points, labels in (("train", x, y), ("test", other, truth)):
            loss = sum((at(p) - q) ** 2 for p, q in zip(points, labels, strict=True)) / (2 * len(points))
            assert fits.errors[part][degree] == pytest.approx(float(loss), rel=1e-9)
    assert fits.errors["test"][fits.best] == fits.errors["test"].min()
    assert fits.judge(fits.best) == "best"


def test_a_degree_is_judged_by_both_errors():
    x, y = make_wave(300, 0.3, seed=0)
    train, test = draw_rows(300, 40, seed=0)
    fits = fit_degrees(x[train], y[train], x[test], y[test], 15)
    verdicts = [fits.judge(degree) for degree in range(16)]
    assert verdicts[0] == verdicts[1] == "under"
    assert verdicts[fits.best] == "best"
    assert "near" in verdicts
    assert verdicts[-1] == "over"


def test_the_test_error_of_a_descent_keeps_its_digits_beside_a_closed_form_far_off():
    x, y = make_wave(300, 0.3, seed=0)
    train, test = draw_rows(300, 10, seed=0)
    descent = descend_on_curve(x[train], y[train], x[test], y[test], degree=9, epochs=200)
    predicted = descent.curves(x[test], [descent.best])[0]
    direct = float(((predicted - y[test]) ** 2).mean() / 2)
    assert descent.test_errors[descent.best] == pytest.approx(direct, rel=1e-9)
    assert direct > 0


def test_the_training_error_never_grows_and_ends_at_0_through_all_points():
    x, y = make_wave(10, 0.3, seed=4)
    fits = fit_degrees(x, y, x, y, degree=15)
    assert len(fits.errors) == 10  # ten points determine a polynomial of degree 9
    assert (np.diff(fits.errors["train"]) <= 1e-12).all()
    assert fits.errors["train"].iloc[-1] == pytest.approx(0, abs=1e-15)


def test_the_polynomials_are_orthonormal_on_the_points_however_large_they_are():
    for scale in (1e-90, 1.0, 1e90):
        basis = orthonormal_polynomials(scale * np.linspace(3, 4, 40) ** 2, 12)
        gram = basis.points.T @ basis.points / 40
        assert gram == pytest.approx(np.eye(13), abs=1e-12)
        assert basis.at(scale * np.linspace(3, 4, 40) ** 2) == pytest.approx(basis.points, abs=1e-8)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([2.0, 2.0, 2.0], [1.0, 2.0, 3.0], "two different values"),
        ([1.0, 2.0], [1.0], "same rows"),
        ([], [], "same rows"),
        ([1.0, np.nan], [1.0, 2.0], "missing or infinite"),
        ([1.0, 1e101], [1.0, 2.0], "x is beyond 1e100"),
        ([1.0, 2.0], [1.0, -1e300], "y is beyond 1e100"),
    ],
)
def test_rows_that_hold_no_curve_end_in_a_sentence(x, y, message):
    with pytest.raises(InputError, match=message):
        fit_degrees(x, y, [0.0], [0.0])


@pytest.mark.parametrize(
    ("x", "most"),
    [
        ([0.0, 1e-300, 1.0, 2.0], 2),
        ([*np.arange(10) * 1e-3, 1e9], 1),
        ([*np.random.default_rng(0).normal(0, 1e-7, 8), 1.0, 2.0], 12),
        ([0.0, 1e-9, 2e-9, 1.0, 2.0, 3.0], 12),
    ],
)
def test_points_that_are_nearly_one_point_never_raise_the_training_error(x, most):
    y = np.random.default_rng(2).normal(size=len(x))
    fits = fit_degrees(x, y, x, y, degree=12)
    train = fits.errors["train"].to_numpy()
    assert (np.diff(train) <= 1e-9 * train[0]).all()
    assert len(fits.errors) - 1 <= most
    gram = fits.basis.points.T @ fits.basis.points / len(x)
    assert gram == pytest.approx(np.eye(len(gram)), abs=1e-9)
    assert fits.basis.at(x).shape == fits.basis.points.shape


def test_more_rows_keep_the_earlier_ones_and_one_is_left_to_test_on():
    few, rest = draw_rows(20, 5, seed=3)
    more, _rest = draw_rows(20, 9, seed=3)
    assert more[:5].tolist() == few.tolist()
    assert sorted([*few, *rest]) == list(range(20))
    assert len(draw_rows(4, 100)[1]) == 1
    with pytest.raises(InputError):
        draw_rows(1, 1)


def test_noise_is_drawn_once_and_multiplied():
    y = np.array([1.0, 5.0, 2.0, 7.0])
    one, two = (add_noise(y, noise, seed=1) - y for noise in (0.5, 1.0))
    assert two == pytest.approx(2 * one)
    assert add_noise(y, 0.0).tolist() == y.tolist()


def test_descent_takes_the_test_error_down_and_up_again_while_the_training_error_falls():
    x, y = make_wave(300, 0.3, seed=0)
    train, test = draw_rows(300, 15, seed=0)
    descent = descend_on_curve(x[train], y[train], x[test], y[test], degree=9, epochs=3000)
    history = descent.history
    assert (np.diff(history["loss"]) <= 1e-12).all()
    assert 0 < descent.best < len(history) - 1
    assert descent.test_errors[-1] > 1.2 * descent.test_errors[descent.best]
    found = descents_by_degree(x[train], y[train], x[test], y[test], [3, 9], 3000)
    assert found["degree"].tolist() == [3, 9]
    assert found["end"][1] == pytest.approx(descent.test_errors[-1])
    assert (found["least"] <= found["end"]).all()
    fitted = np.polynomial.Chebyshev.fit(
        x[train], y[train], 9, domain=[x.min(), x.max()]
    )  # the exact answer that the run goes towards
    exact = float(((fitted(x[train]) - y[train]) ** 2).mean() / 2)
    assert descent.run.closed_form_loss == pytest.approx(exact, rel=1e-6)
    end = descent.curves(x[train], [len(history) - 1])[0]
    assert float(((end - y[train]) ** 2).mean() / 2) == pytest.approx(history["loss"].iloc[-1], rel=1e-9)
