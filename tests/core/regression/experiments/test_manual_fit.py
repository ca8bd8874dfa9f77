from fractions import Fraction

import numpy as np
import pytest

from core.errors import InputError
from core.regression import evaluate, solve_closed_form
from core.regression.experiments.manual_fit import build_manual_fit, most_correlated, score_lines


def rows(n: int = 200, slope: float = 3.0, seed: int = 0, scale: float = 1.0, offset: float = 0.0):
    draw = np.random.default_rng(seed)
    x = scale * (draw.normal(size=n) + offset)
    return x, slope * x + draw.normal(size=n) * scale


def exact_loss(x, y, weight, bias) -> Fraction:
    errors = [Fraction(weight) * Fraction(a) + Fraction(bias) - Fraction(b) for a, b in zip(x, y, strict=True)]
    return sum(error * error for error in errors) / (2 * len(errors))


def exact_gradient(x, y, weight, bias) -> tuple[Fraction, Fraction]:
    errors = [Fraction(weight) * Fraction(a) + Fraction(bias) - Fraction(b) for a, b in zip(x, y, strict=True)]
    along = sum(error * Fraction(a) for error, a in zip(errors, x, strict=True))
    return along / len(errors), sum(errors) / len(errors)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("offset", [0.0, 200.0])
def test_loss_and_gradient_are_those_of_exact_fractions(scale, offset):
    x, y = rows(60, scale=scale, offset=offset)
    problem = build_manual_fit(x, y)
    for weight, bias in [problem.start, (2.0, scale), (-7.5, -40 * scale), (3.1, 0.0)]:
        assert problem.loss(weight, bias) == pytest.approx(float(exact_loss(x, y, weight, bias)), rel=1e-9)
        exact = [float(value) for value in exact_gradient(x, y, weight, bias)]
        assert problem.gradient(weight, bias) == pytest.approx(exact, rel=1e-9, abs=1e-13 * scale)


def test_the_loss_of_a_line_is_that_of_evaluate():
    x, y = rows(1000, offset=5.0)
    problem = build_manual_fit(x, y)
    for weight, bias in np.random.default_rng(1).normal(size=(20, 2)) * 10:
        assert problem.loss(weight, bias) == pytest.approx(evaluate(x[:, None], y, [weight], bias).loss, rel=1e-12)


def test_a_tiny_gap_keeps_its_digits():
    x, y = rows()
    problem = build_manual_fit(x, y)
    step = 2.0**-30
    exact = exact_loss(x, y, problem.weight + step, problem.bias) - exact_loss(x, y, problem.weight, problem.bias)
    assert problem.gap(problem.weight + step, problem.bias) == pytest.approx(float(exact), rel=1e-5)


def test_rows_on_a_line_have_a_loss_of_exactly_zero_there():
    problem = build_manual_fit([1.0, 2.0, 4.0], [3.0, 5.0, 9.0])
    assert problem.loss(2.0, 1.0) == 0.0 == evaluate([[1.0], [2.0], [4.0]], [3.0, 5.0, 9.0], [2.0], 1.0).loss
    assert problem.gradient(2.0, 1.0) == (0.0, 0.0)


def test_a_feature_that_never_varies_leaves_only_the_height_of_the_line():
    x, y = np.full(5, 0.1), np.arange(5.0)
    problem = build_manual_fit(x, y)
    assert problem.x_deviation == 0.0
    for weight, bias in [(0.0, 2.0), (10.0, 1.0), (-3.0, 2.3)]:
        assert problem.loss(weight, bias) == pytest.approx(float(exact_loss(x, y, weight, bias)), rel=1e-12)
        if abs(0.1 * weight + bias - 2) < 1e-9:
            assert problem.gap(weight, bias) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize("offset", [0.0, -3.0, 200.0])
@pytest.mark.parametrize("slope", [0.0, 0.02, 1.0, -5.0, 400.0])
@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_the_sliders_hold_start_and_closed_form_well_inside_and_do_not_give_it_away(slope, offset, scale):
    x, y = rows(30, slope=slope, offset=offset, scale=scale)
    problem = build_manual_fit(x, y)
    places = zip((problem.weight_range, problem.bias_range), problem.start, (problem.weight, problem.bias), strict=True)
    for (low, high), start, secret in places:
        assert low < start < high
        assert low + (high - low) / 6 <= secret <= high - (high - low) / 6
        assert abs(secret - (low + high) / 2) > (high - low) / 25


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([2.0, 2.0, 2.0], [1.0, 5.0, 9.0]),
        ([0.0, 0.0], [7.0, 7.0]),
        ([1.0, 2.0, 3.0], [4.0, 4.0, 4.0]),
        ([1.0, 2.0], [0.0, 0.0]),
        ([5.0], [3.0]),
        ([1e-200, 2e-200, 3e-200], [1e-9, 1e-9, 2e-9]),
        ([1e17, 1e17 + 16, 1e17 + 32], [1e17, 1e17, 1e17 + 16]),
    ],
    ids=["constant feature", "zeros", "constant label", "zero label", "one row", "tiny", "hardly varies"],
)
def test_every_table_has_ranges_around_start_and_closed_form(x, y):
    problem = build_manual_fit(x, y)
    ranges = (problem.weight_range, problem.bias_range)
    for (low, high), start, secret in zip(ranges, problem.start, (problem.weight, problem.bias), strict=True):
        assert np.isfinite([low, high]).all()
        assert low < start < high
        assert low < secret < high


@pytest.mark.parametrize("offset", [0.0, -3.0, 200.0])
def test_the_height_at_the_mean_has_a_range_of_its_own(offset):
    x, y = rows(30, offset=offset)
    problem = build_manual_fit(x, y)
    low, high = problem.level_range
    assert low + (high - low) / 6 <= y.mean() <= high - (high - low) / 6
    assert abs(y.mean() - (low + high) / 2) > (high - low) / 25
    assert (high - low) < 8 * y.std()


def test_a_line_far_out_has_an_infinite_loss_and_no_warning():
    assert build_manual_fit(*rows()).loss(1e200, 0.0) == float("inf")


def test_the_most_correlated_feature_is_the_one_that_numpy_finds():
    draw = np.random.default_rng(3)
    X = draw.normal(size=(100, 6)) * np.array([1, 1e9, 1e-9, 5, 1, 1]) + 7
    X[:, 3] = 2.5
    y = -X[:, 2] * 1e9 + X[:, 4] + draw.normal(size=100)
    others = [0, 1, 2, 4, 5]
    correlations = [abs(np.corrcoef(X[:, column], y)[0, 1]) for column in others]
    assert most_correlated(X, y) == others[int(np.argmax(correlations))] == 2


def test_without_any_correlation_the_first_feature_is_taken():
    assert most_correlated(np.ones((4, 3)), [1.0, 2.0, 3.0, 4.0]) == 0
    assert most_correlated([[1.0], [2.0]], [5.0, 5.0]) == 0


def test_lines_are_scored_on_training_and_test_rows():
    x, y = rows(100)
    problem = build_manual_fit(x[:80], y[:80])
    lines = {"hand": (1.0, 2.0), "closed form": (problem.weight, problem.bias)}
    scores = score_lines(problem, lines, x[:80], y[:80], x[80:], y[80:]).set_index("line")
    for name, (weight, bias) in lines.items():
        train, test = (evaluate(x[part, None], y[part], [weight], bias) for part in (slice(80), slice(80, None)))
        assert scores.loc[name, "loss"] == pytest.approx(train.loss, rel=1e-12)
        assert scores.loc[name, "rmse"] == pytest.approx(train.rmse, rel=1e-12)
        assert scores.loc[name, "rmse_test"] == pytest.approx(test.rmse, rel=1e-12)
    assert scores.loc["closed form", "gap"] == 0
    assert "rmse_test" not in score_lines(problem, lines, x[:80], y[:80])


def test_what_cannot_be_fitted_is_refused_in_a_sentence():
    with pytest.raises(InputError, match="missing or infinite"):
        build_manual_fit([1.0, float("nan")], [1.0, 2.0])
    with pytest.raises(InputError, match="beyond 1e100"):
        build_manual_fit([1.0, 2.0], [1e101, 2.0])
    with pytest.raises(InputError, match="other rows"):
        build_manual_fit([1.0, 2.0, 4.0], [1.0, 2.0, 9.0], solve_closed_form([[1.0], [2.0], [4.0]], [7.0, 0.0, 3.0]))
    with pytest.raises(InputError, match="got only one of them"):
        score_lines(build_manual_fit([1.0, 2.0], [1.0, 2.0]), {}, [1.0, 2.0], [1.0, 2.0], x_test=[1.0])
