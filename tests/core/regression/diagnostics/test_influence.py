"""Leverage, studentised residuals, Cook's distance and what the fit would be without a row."""

from fractions import Fraction

import numpy as np
import pytest
import statsmodels.api as sm

from core.errors import InputError
from core.regression.diagnostics.influence import find_influence, leave_each_out, refit_without
from core.regression.diagnostics.residuals import largest_rows
from core.regression.least_squares.closed_form import solve_closed_form


def table(n, d, mean=0.0, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) * np.arange(1, d + 1) + mean
    return X, X @ rng.standard_normal(d) + 3 + rng.standard_normal(n)


def one_hot(n, seed=0):
    rng = np.random.default_rng(seed)
    X = np.column_stack([rng.standard_normal(n), np.eye(3)[rng.integers(0, 3, n)]])
    return X, X @ [1.0, 2.0, -1.0, 0.5] + rng.standard_normal(n)


def peer(X, y):
    return sm.OLS(y, sm.add_constant(X, prepend=False, has_constant="add")).fit().get_influence()


@pytest.mark.parametrize(("n", "d", "mean"), [(30, 3, 0.0), (500, 8, 50.0), (12, 9, 0.0), (2000, 4, 1000.0)])
def test_every_figure_equals_that_of_statsmodels(n, d, mean):
    X, y = table(n, d, mean)
    oracle = peer(X, y)
    found = find_influence(X, y, solve_closed_form(X, y))
    assert found.leverage == pytest.approx(oracle.hat_matrix_diag, rel=1e-9)
    assert found.internally_studentized == pytest.approx(oracle.resid_studentized_internal, rel=1e-9, abs=1e-10)
    assert found.externally_studentized == pytest.approx(oracle.resid_studentized_external, rel=1e-9, abs=1e-10)
    assert found.cook == pytest.approx(oracle.cooks_distance[0], rel=1e-9, abs=1e-13)
    assert np.square(found.deviation_without) == pytest.approx(oracle.sigma2_not_obsi, rel=1e-9)


def test_the_largest_change_of_a_coefficient_is_the_largest_dfbetas_of_statsmodels():
    X, y = table(60, 3)
    names = ["a", "b", "c"]
    fit = solve_closed_form(X, y)
    found = leave_each_out(find_influence(X, y, fit), X, fit, np.arange(60), names)
    dfbetas = peer(X, y).dfbetas
    most = np.abs(dfbetas).argmax(axis=1)
    assert found["dfbetas"].to_numpy() == pytest.approx(dfbetas[np.arange(60), most], rel=1e-9)
    assert found["coefficient"].tolist() == [[*names, "bias"][place] for place in most]


@pytest.mark.parametrize("make", [table, one_hot])
def test_the_fit_without_a_row_is_foreseen_as_it_comes_out(make):
    X, y = make(25, 4) if make is table else make(25)
    names = [f"x{j}" for j in range(X.shape[1])]
    fit = solve_closed_form(X, y)
    found = leave_each_out(find_influence(X, y, fit), X, fit, np.arange(25), names)
    for row, foreseen in enumerate(found.itertuples()):
        again = refit_without(X, y, [row], fit, names)
        assert foreseen.without == pytest.approx(float(again.fit.predict(X[row : row + 1])[0]), rel=1e-9)
        change = again.coefficients.set_index("coefficient")["change_in_errors"]
        change = change * fit.residual_deviation / again.fit.residual_deviation
        assert foreseen.coefficient == change.abs().idxmax()
        assert -foreseen.dfbetas == pytest.approx(change[foreseen.coefficient], rel=1e-8)


def test_dependent_columns_take_up_no_room():
    X, y = one_hot(200)
    fit = solve_closed_form(X, y)
    assert fit.rank == 4
    found = find_influence(X, y, fit)
    full = find_influence(X[:, :-1], y, solve_closed_form(X[:, :-1], y))
    assert found.leverage == pytest.approx(full.leverage, rel=1e-10)
    assert found.cook == pytest.approx(full.cook, rel=1e-9, abs=1e-15)


def test_leverage_is_right_where_the_normal_equations_have_no_digit_left():
    x = [Fraction(k, 7) for k in range(9)]
    X = np.array([[float(v) ** power for power in range(1, 7)] for v in x]) + 1e4
    exact = np.array([float(h) for h in exact_leverage([[Fraction(value) for value in row] for row in X])])
    y = np.arange(9.0) ** 2
    assert find_influence(X, y, solve_closed_form(X, y)).leverage == pytest.approx(exact, abs=1e-6)
    assert np.linalg.cond(np.column_stack([X, np.ones(9)])) > 1e8


def exact_leverage(rows):
    """Gram–Schmidt in fractions: leverage is the sum of squares of orthonormal coordinates."""
    n = len(rows)
    columns = [[Fraction(1)] * n, *([row[j] for row in rows] for j in range(len(rows[0])))]
    leverage, basis = [Fraction(0)] * n, []
    for column in columns:
        for known, square in basis:
            share = sum(a * b for a, b in zip(column, known, strict=True)) / square
            column = [a - share * b for a, b in zip(column, known, strict=True)]  # noqa: PLW2901
        square = sum(a * a for a in column)
        basis.append((column, square))
        leverage = [h + a * a / square for h, a in zip(leverage, column, strict=True)]
    return leverage


def test_a_row_with_leverage_1_divides_nothing_by_0():
    X, y = table(20, 2)
    X = np.column_stack([X, np.eye(20)[3]])
    with np.errstate(all="raise"):
        fit = solve_closed_form(X, y)
        found = find_influence(X, y, fit)
    assert np.flatnonzero(found.pinned).tolist() == [3]
    assert found.leverage[3] == pytest.approx(1.0)
    for values in (found.internally_studentized, found.externally_studentized, found.cook):
        assert np.flatnonzero(np.isnan(values)).tolist() == [3]
    pinned, other = leave_each_out(found, X, fit, np.array([3, 4]), ["a", "b", "only"]).itertuples()
    assert np.isnan(pinned.without)
    assert pinned.coefficient == ""
    assert np.isfinite(other.dfbetas)


def test_more_columns_than_rows_leave_every_row_pinned_and_nothing_to_judge_by():
    X, y = table(5, 9)
    found = find_influence(X, y, solve_closed_form(X, y))
    assert found.leverage == pytest.approx(np.ones(5))
    assert found.pinned.all()
    assert np.isnan(found.cook).all()
    assert found.residuals.deviation is None


def test_a_perfect_fit_is_called_so():
    X, _y = table(30, 3, mean=1000.0)
    found = find_influence(X, X @ [1.0, 2.0, 3.0] - 7, solve_closed_form(X, X @ [1.0, 2.0, 3.0] - 7))
    assert found.residuals.perfect
    assert np.isnan(found.internally_studentized).all()
    assert found.leverage.sum() == pytest.approx(4.0)


def test_an_only_outlier_has_an_infinite_external_residual():
    x = np.arange(10.0)
    y = 2 * x + 1
    y[4] += 5
    found = find_influence(x[:, None], y, solve_closed_form(x[:, None], y))
    assert np.flatnonzero(np.isinf(found.externally_studentized)).tolist() == [4]
    assert found.deviation_without[4] == 0
    assert np.isfinite(found.internally_studentized).all()


def test_three_rows_and_one_feature():
    found = find_influence([[0.0], [1.0], [2.0]], [0.0, 1.0, 5.0], solve_closed_form([[0], [1], [2]], [0, 1, 5]))
    assert found.leverage == pytest.approx([5 / 6, 1 / 3, 5 / 6])
    assert np.isfinite(found.cook).all()
    assert np.isnan(found.externally_studentized).all()  # two rows and two parameters leave no residuals


def test_leaving_rows_out_fits_those_that_stay():
    X, y = table(40, 3)
    X_test, y_test = table(10, 3, seed=1)
    fit = solve_closed_form(X, y)
    rows = largest_rows(find_influence(X, y, fit).cook, 4).tolist()
    found = refit_without(X, y, rows, fit, ["a", "b", "c"], X_test, y_test)
    kept = np.setdiff1d(np.arange(40), rows)
    oracle = sm.OLS(y[kept], sm.add_constant(X[kept], prepend=False)).fit()
    assert found.kept.tolist() == kept.tolist()
    assert found.coefficients["without"].to_numpy() == pytest.approx(oracle.params, rel=1e-10)
    assert found.loss == pytest.approx(oracle.ssr / 72)
    assert found.loss <= found.loss_before
    errors = oracle.predict(sm.add_constant(X_test, prepend=False)) - y_test
    assert found.test_loss == pytest.approx(np.square(errors).mean() / 2)
    errors = fit.predict(X_test).numpy() - y_test
    assert found.test_loss_before == pytest.approx(np.square(errors).mean() / 2)
    assert refit_without(X, y, rows, fit, ["a", "b", "c"]).test_loss is None


def test_rows_that_are_not_there_are_refused():
    X, y = table(5, 1)
    fit = solve_closed_form(X, y)
    with pytest.raises(InputError, match="There are rows 0 to 4, and no row 5"):
        refit_without(X, y, [5], fit, ["a"])
    with pytest.raises(InputError, match="All rows are left out"):
        refit_without(X, y, range(5), fit, ["a"])


def test_blocks_of_rows_give_what_all_rows_at_once_give():
    X, y = table(20_001, 6, mean=10.0)
    centred = X - X.mean(axis=0)
    whole = 1 / len(X) + np.square(np.linalg.qr(centred).Q).sum(axis=1)
    assert find_influence(X, y, solve_closed_form(X, y)).leverage == pytest.approx(whole, rel=1e-10)


def exact_simple(x, y, row):
    """Slope, and slope without a row, leverage and Cook's distance of that row for one feature, in fractions."""
    x, y = [Fraction(float(v)) for v in x], [Fraction(float(v)) for v in y]

    def line(places):
        n = len(places)
        mx, my = sum(x[i] for i in places) / n, sum(y[i] for i in places) / n
        square = sum((x[i] - mx) ** 2 for i in places)
        slope = sum((x[i] - mx) * (y[i] - my) for i in places) / square
        return slope, my - slope * mx, mx, square

    every = range(len(x))
    slope, bias, mx, square = line(every)
    without, level, *_rest = line([i for i in every if i != row])
    noise = sum((y[i] - slope * x[i] - bias) ** 2 for i in every) / (len(x) - 2)
    h = Fraction(1, len(x)) + (x[row] - mx) ** 2 / square
    residual = y[row] - slope * x[row] - bias
    cook = residual**2 * h / ((1 - h) ** 2 * 2 * noise)
    return float(h), float(cook), float(level + without * x[row]), float(slope - without)


@pytest.mark.parametrize("sentinel", [2e4, 999999.0, -9999999.0, 1e12, 1e20, -3e37])
@pytest.mark.parametrize("row", [0, 17])
def test_a_row_that_decides_the_slope_has_its_figures_to_many_digits_and_comes_first(sentinel, row):
    rng = np.random.default_rng(11)
    x = rng.uniform(1, 4, 30).round(3)
    y = (5 - 1.3 * x + 0.2 * rng.standard_normal(30)).round(3)
    x[row] = sentinel
    leverage, cook, without, change = exact_simple(x, y, row)
    fit = solve_closed_form(x[:, None], y)
    found = find_influence(x[:, None], y, fit)
    assert not found.pinned.any()
    assert largest_rows(found.cook, 1).tolist() == [row]
    assert found.leverage[row] == pytest.approx(leverage, rel=1e-15)
    assert found.cook[row] == pytest.approx(cook, rel=1e-9)
    told = leave_each_out(found, x[:, None], fit, np.array([row]), ["x"]).iloc[0]
    assert told["without"] == pytest.approx(without, rel=1e-12)
    assert told["coefficient"] == "x"
    errors = fit.standard_errors[0].item() * found.deviation_without[row] / fit.residual_deviation
    assert told["dfbetas"] == pytest.approx(change / errors, rel=1e-9)


def test_a_sentinel_in_several_columns_of_one_row_is_no_pinned_row_either():
    X, y = table(50, 3, seed=4)
    X[8, :2] = -999999.0
    oracle_without = sm.OLS(np.delete(y, 8), sm.add_constant(np.delete(X, 8, axis=0), prepend=False)).fit()
    fit = solve_closed_form(X, y)
    found = find_influence(X, y, fit)
    assert not found.pinned.any()
    assert largest_rows(found.cook, 1).tolist() == [8]
    told = leave_each_out(found, X, fit, np.array([8]), ["a", "b", "c"]).iloc[0]
    assert told["without"] == pytest.approx(float(oracle_without.predict(np.append(X[8], 1.0))[0]), rel=1e-9)


def test_many_rare_levels_are_pinned_without_a_fit_each():
    X, y = table(300, 2, seed=6)
    X = np.column_stack([X, np.eye(300)[:, 40:100]])
    found = find_influence(X, y, solve_closed_form(X, y))
    assert np.flatnonzero(found.pinned).tolist() == list(range(40, 100))
    assert not found.without.fits


def test_a_row_pinned_by_a_combination_of_columns_is_called_so():
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((2, 25))
    third = a + 2 * b
    third[13] += 1.0  # the columns are dependent without this row, and no column stands still without it
    X = np.column_stack([a, b, third])
    y = rng.standard_normal(25)
    found = find_influence(X, y, solve_closed_form(X, y))
    assert np.flatnonzero(found.pinned).tolist() == [13]
