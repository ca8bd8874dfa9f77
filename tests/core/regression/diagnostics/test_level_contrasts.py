"""Levels against a reference are the coefficients of treatment coding, and whole categories have the F of two fits."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import betainc

from core.errors import InputError
from core.regression import compare, fit_leverage, solve_closed_form, solve_ridge, train_sgd
from core.regression.diagnostics.level_contrasts import LevelGroup, against_levels, partial_f_tests
from core.regression.diagnostics.residuals import find_residuals

COLOUR, SIZE = LevelGroup("colour", tuple("abcd"), (0, 1, 2, 3)), LevelGroup("size", tuple("xyz"), (5, 6, 7))
GROUPS = [COLOUR, SIZE]
KEPT = [0, 2, 3, 4, 5, 6, 8]  # the columns of treatment coding with the references b and z
LEVELS = [0, 1, 2, 4, 5]  # the places of the differences among them
NAMES = ["w1 − w2", "w3 − w2", "w4 − w2", "w5", "w6 − w8", "w7 − w8", "w9", "bias"]


def table(n: int = 200, scale: float = 1.0):
    """Four colours, a number far from 0, three sizes, and another number; every level occurs."""
    rng = np.random.default_rng(0)
    colour, size = rng.permutation(np.arange(n) % 7 % 4), rng.permutation(np.arange(n) % 5 % 3)
    numbers = rng.standard_normal((n, 2)) * [3.0, 0.1] + [60.0, 1.0]
    X = np.column_stack([np.eye(4)[colour], numbers[:, 0] * scale, np.eye(3)[size], numbers[:, 1]])
    return X, 1.5 * colour - size + 0.3 * numbers[:, 0] + rng.standard_normal(n)


def compared(X, y, groups=GROUPS, references=(1, 2), confidence=0.95, **settings):
    """Return the run, the table against the references, and that of every level."""
    run = train_sgd(X, y, **{"learning_rate": 0.05, "batch_size": 10, "epochs": 5, "standardise": True} | settings)
    every = compare(run, run.closed_form, X, y).coefficients
    lean = fit_leverage(X, run.closed_form)
    return run, against_levels(every, groups, references, run.closed_form, lean, confidence), every


def f_tests(X, y, groups=GROUPS):
    fit = solve_closed_form(X, y)
    residuals = find_residuals(X, y, fit.weights, fit.bias, fit.rank)
    return partial_f_tests(fit, fit_leverage(X, fit), residuals, groups)


def two_fits(X, y, group):
    """Return q, F and p of leaving the columns of a category out: projections and ranks by numpy."""

    def fitted(matrix):
        centred = matrix - matrix.mean(axis=0)
        left, sizes, _right = np.linalg.svd(centred / np.linalg.norm(centred, axis=0), full_matrices=False)
        basis = left[:, sizes > 1e-9]
        rest = y - y.mean()
        for _pass in range(2):
            rest = rest - basis @ (basis.T @ rest)
        return rest @ rest, basis.shape[1] + 1

    (full, rank), (less, lower) = fitted(X), fitted(np.delete(X, group.features, axis=1))
    q, freedom = rank - lower, len(y) - rank
    f = (less - full) / q / (full / freedom)
    return q, f, betainc(freedom / 2, q / 2, freedom / (freedom + q * f))


@pytest.mark.parametrize("standardise", [True, False])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_differences_are_the_coefficients_of_treatment_coding(standardise, confidence):
    X, y = table(scale=0.01)
    run, found, _every = compared(X, y, confidence=confidence, standardise=standardise, learning_rate=0.02)
    peer = sm.OLS(y, np.column_stack([X[:, KEPT], np.ones(len(y))])).fit()
    assert found["coefficient"].tolist() == NAMES
    np.testing.assert_allclose(found["closed_form"], peer.params, rtol=1e-9)
    np.testing.assert_allclose(found["standard_error"], peer.bse, rtol=1e-9)
    np.testing.assert_allclose(found[["low", "high"]], peer.conf_int(1 - confidence), rtol=1e-9)
    assert found["estimable"].all()
    w = run.weights.numpy()
    by_hand = [w[0] - w[1], w[2] - w[1], w[3] - w[1], w[4], w[5] - w[7], w[6] - w[7], w[8], run.bias + w[1] + w[7]]
    np.testing.assert_allclose(found["sgd"], by_hand, rtol=1e-9)
    np.testing.assert_allclose(found["difference"], by_hand - peer.params, rtol=1e-7)
    assert "sgd_as_it_landed" not in found


def test_in_standardised_units_levels_stay_in_the_label_and_numbers_are_per_deviation():
    X, y = table(scale=1e4)
    _run, found, _every = compared(X, y)
    Z = X[:, KEPT].copy()
    Z[:, [3, 6]] = (Z[:, [3, 6]] - Z[:, [3, 6]].mean(axis=0)) / Z[:, [3, 6]].std(axis=0)
    peer = sm.OLS(y, np.column_stack([Z, np.ones(len(y))])).fit()
    np.testing.assert_allclose(found["closed_form_standardised"], peer.params, rtol=1e-9)
    np.testing.assert_allclose(found["standard_error_standardised"], peer.bse, rtol=1e-9)
    np.testing.assert_allclose(found[["low_standardised", "high_standardised"]], peer.conf_int(), rtol=1e-9)
    np.testing.assert_array_equal(found["sgd_standardised"].iloc[LEVELS], found["sgd"].iloc[LEVELS])


def test_a_level_without_a_column_can_be_the_reference_or_not():
    X, y = table()
    coded = X[:, KEPT]
    colour, size = LevelGroup("colour", tuple("bacd"), (None, 0, 1, 2)), LevelGroup("size", tuple("zxy"), (None, 4, 5))
    names = {"w1": 0, "colour_b": 1, "w2": 2, "w3": 3, "w4": 4, "w5": 5, "w6": 6, "size_z": 7, "w7": 8, "bias": 9}
    for references, dropped in (((0, 0), (1, 7)), ((2, 0), (2, 7)), ((3, 2), (3, 6))):
        _run, found, _every = compared(coded, y, [colour, size], references)
        kept = [column for column in range(10) if column not in dropped]
        peer = sm.OLS(y, np.column_stack([X, np.ones(len(y))])[:, kept]).fit()
        columns = [names[name] for name in found["coefficient"].str.split(" − ").str[0]]
        assert sorted(columns) == kept
        order = [kept.index(column) for column in columns]
        np.testing.assert_allclose(found["closed_form"], peer.params[order], rtol=1e-9)
        np.testing.assert_allclose(found["standard_error"], peer.bse[order], rtol=1e-9)


def test_collinear_categories_say_what_is_not_determined():
    """A region is known from its city: differences of cities in one region are determined, and no others."""
    rng = np.random.default_rng(1)
    city = np.arange(90) % 5
    region = np.array([0, 0, 1, 1, 1])[city]
    X = np.column_stack([np.eye(5)[city], np.eye(2)[region], rng.standard_normal(90)])
    y = city + rng.standard_normal(90)
    groups = [LevelGroup("city", tuple("abcde"), (0, 1, 2, 3, 4)), LevelGroup("region", ("n", "s"), (5, 6))]
    _run, found, every = compared(X, y, groups, (2, 0))
    assert found["coefficient"].tolist() == [
        "w1 − w3", "w2 − w3", "w4 − w3", "w5 − w3", "w7 − w6", "w8", "bias",
    ]  # fmt: skip
    assert found["estimable"].tolist() == [False, False, True, True, False, True, False]
    assert found["low"].isna().tolist() == (~found["estimable"]).tolist()
    peer = sm.OLS(y, np.column_stack([X[:, [0, 1, 3, 4, 7]], np.ones(90)])).fit()
    np.testing.assert_allclose(found["closed_form"].iloc[[2, 3, 5]], peer.params[[2, 3, 4]], rtol=1e-9)
    np.testing.assert_allclose(found["standard_error"].iloc[[2, 3, 5]], peer.bse[[2, 3, 4]], rtol=1e-9)
    assert found["sgd_as_it_landed"].iloc[0] == pytest.approx(
        every["sgd_as_it_landed"].iloc[0] - every["sgd_as_it_landed"].iloc[2]
    )
    tests = f_tests(X, y, groups)
    assert tests["df"].tolist() == [3, 0]
    q, f, p = two_fits(X, y, groups[0])
    assert (q, pytest.approx(f, rel=1e-9), pytest.approx(p, rel=1e-8)) == (3, tests["f"][0], tests["p"][0])
    assert tests[["f", "p"]].iloc[1].isna().all()


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_units_and_repeated_numbers_change_nothing(scale):
    X, y = table()
    X = np.column_stack([X, X[:, 4] * 1.8 * scale + 32.0 * scale])
    _run, found, _every = compared(X, y)
    peer = sm.OLS(y, np.column_stack([X[:, KEPT], np.ones(len(y))])).fit()
    places = dict(zip(found["coefficient"], range(len(found)), strict=True))
    rows = [places[name] for name in NAMES if "−" in name]
    np.testing.assert_allclose(found["closed_form"].iloc[rows], peer.params[LEVELS], rtol=1e-9)
    np.testing.assert_allclose(found["standard_error"].iloc[rows], peer.bse[LEVELS], rtol=1e-9)
    assert found["estimable"].tolist() == ["−" in name for name in NAMES[:3]] + [False, True, True, True, False, False]


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_a_number_that_counts_the_levels_takes_a_degree_of_freedom(scale):
    X, y = table()
    X = np.column_stack([X, X[:, :4] @ [1.0, 2.0, 3.0, 4.0] * scale])
    found = f_tests(X, y)
    assert found["df"].tolist() == [2, 2]
    for group, row in zip(GROUPS, found.itertuples(), strict=True):
        q, f, p = two_fits(X, y, group)
        assert (row.df, row.f, row.p) == (q, pytest.approx(f, rel=1e-9), pytest.approx(p, rel=1e-8))


def test_whole_categories_have_the_f_of_statsmodels_and_of_two_fits():
    X, y = table()
    found = f_tests(X, y)
    peer = sm.OLS(y, np.column_stack([X[:, KEPT], np.ones(len(y))])).fit()
    assert found["category"].tolist() == ["colour", "size"]
    assert found["levels"].tolist() == [4, 3]
    for group, row, places in zip(GROUPS, found.itertuples(), (LEVELS[:3], LEVELS[3:]), strict=True):
        by_statsmodels = peer.f_test(np.eye(8)[places])
        assert row.df == by_statsmodels.df_num == len(group.levels) - 1
        assert row.f == pytest.approx(float(by_statsmodels.fvalue), rel=1e-9)
        assert row.p == pytest.approx(float(by_statsmodels.pvalue), rel=1e-7)
        q, f, p = two_fits(X, y, group)
        assert (row.df, row.f, row.p) == (q, pytest.approx(f, rel=1e-9), pytest.approx(p, rel=1e-7))
    coded = f_tests(X[:, KEPT], y, [LevelGroup("colour", tuple("bacd"), (None, 0, 1, 2))])
    assert coded["f"][0] == pytest.approx(found["f"][0], rel=1e-9)


def test_a_category_of_one_level_has_nothing_to_compare():
    X, y = table()
    X = np.column_stack([X, np.ones(len(y))])
    groups = [*GROUPS, LevelGroup("alley", ("Pave",), (9,))]
    run, found, _every = compared(X, y, groups, (1, 2, 0))
    assert found["coefficient"].tolist() == NAMES
    peer = sm.OLS(y, np.column_stack([X[:, KEPT], np.ones(len(y))])).fit()
    np.testing.assert_allclose(found["closed_form"], peer.params, rtol=1e-9)
    assert found["sgd"].iloc[-1] == pytest.approx(run.bias + float(run.weights[[1, 7, 9]].sum()), rel=1e-9)
    assert f_tests(X, y, groups)[["levels", "df"]].iloc[-1].tolist() == [1, 0]


def test_a_penalty_shrinks_the_estimates_and_leaves_the_intervals_to_least_squares():
    X, y = table()
    run, found, _every = compared(X, y, penalty=0.1)
    ridge, peer = solve_ridge(X, y, 0.1, standardise=True), sm.OLS(y, np.column_stack([X[:, KEPT], np.ones(200)])).fit()
    w = ridge.weights.numpy()
    np.testing.assert_allclose(found["closed_form"].iloc[[0, 4]], [w[0] - w[1], w[5] - w[7]], rtol=1e-9)
    np.testing.assert_allclose(found["least_squares"], peer.params, rtol=1e-9)
    np.testing.assert_allclose(found[["low", "high"]], peer.conf_int(), rtol=1e-9)
    assert found["sgd"].iloc[0] == pytest.approx(float(run.weights[0] - run.weights[1]), rel=1e-12)


def test_a_run_that_diverged_leaves_the_closed_form_as_it_is():
    X, y = table()
    run, found, _every = compared(X, y, learning_rate=1e3, epochs=20)
    assert run.diverged
    peer = sm.OLS(y, np.column_stack([X[:, KEPT], np.ones(len(y))])).fit()
    np.testing.assert_allclose(found["closed_form"], peer.params, rtol=1e-9)
    assert found["low"].notna().all()


def test_without_residuals_there_are_values_and_no_intervals_and_no_tests():
    X, y = table(8)
    few = X[:8]
    run, found, _every = compared(few, y[:8], batch_size=8)
    assert run.closed_form.rank == 8
    assert found[["closed_form", "sgd"]].notna().all().all()
    assert found[["low", "high", "standard_error"]].isna().all().all()
    tests = f_tests(few, y[:8])
    assert tests["df"].tolist() == [3, 2]
    assert tests[["f", "p"]].isna().all().all()


@pytest.mark.parametrize("exact", [lambda X: np.zeros(len(X)), lambda X: X[:, :4] @ [1.0, 2.5, 3.0, 4.0] + X[:, 4] / 3])
def test_a_perfect_fit_has_no_tests(exact):
    X, _y = table()
    tests = f_tests(X, exact(X))
    assert tests["df"].tolist() == [3, 2]
    assert tests[["f", "p"]].isna().all().all()


def test_the_most_frequent_level_is_found_with_and_without_its_column():
    X, _y = table()
    counts = X[:, :4].sum(axis=0)
    assert COLOUR.most_frequent(X) == counts.argmax()
    for left_out in range(4):
        columns = tuple(None if level == left_out else level for level in range(4))
        assert LevelGroup("colour", tuple("abcd"), columns).most_frequent(X) == counts.argmax()
    assert LevelGroup("tie", ("x", "y"), (0, 1)).most_frequent(np.array([[0.0, 1.0], [1.0, 0.0]])) == 0


def test_a_false_group_or_reference_is_named():
    X, y = table(40)
    with pytest.raises(InputError, match="colour needs one column for each of its levels"):
        LevelGroup("colour", ("a", "b"), (0,))
    with pytest.raises(InputError, match="at most one level without"):
        LevelGroup("colour", ("a", "b", "c"), (0, None, None))
    with pytest.raises(InputError, match="2 categories needs one reference level; got 1"):
        compared(X, y, references=(1,))
    with pytest.raises(InputError, match="size has the levels x, y, z; 3 is the position of none"):
        compared(X, y, references=(1, 3))
