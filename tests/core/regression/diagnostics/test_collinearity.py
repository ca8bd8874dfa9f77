"""Findings by kind, inflation and condition indices against statsmodels, and directions in the null space."""

import numpy as np
import pytest
from statsmodels.datasets import longley
from statsmodels.stats.outliers_influence import variance_inflation_factor

from core.errors import InputError
from core.regression.diagnostics.collinearity import diagnose
from core.regression.least_squares.closed_form import solve_closed_form


def examine(X, names=None):
    X = np.asarray(X, float)
    y = np.random.default_rng(1).standard_normal(len(X))
    return diagnose(X, solve_closed_form(X, y, feature_names=names), names)


def one_hot(rng, n, *sizes):
    return np.column_stack([np.eye(size)[rng.integers(0, size, n)] for size in sizes])


@pytest.mark.parametrize(
    ("extra", "kind"),
    [
        (lambda a, b: np.full_like(a, 7.0), "constant"),
        (lambda a, b: np.zeros_like(a), "constant"),
        (lambda a, b: a, "copy"),
        (lambda a, b: 1.8 * a + 32, "copy"),
        (lambda a, b: a + 2 * b, "linear"),
    ],
)
def test_every_kind_of_dependency_is_told_apart(extra, kind):
    a, b = np.random.default_rng(0).standard_normal((2, 30))
    found = examine(np.stack([a, b, extra(a, b)], axis=1))
    assert [finding.kind for finding in found.findings] == [kind]
    assert found.findings[0].column == 2
    assert found.kept == (0, 1)
    assert (found.rank, found.deficient, found.forced) == (3, True, 0)


def test_indicators_of_each_category_are_one_group():
    rng = np.random.default_rng(0)
    found = examine(np.column_stack([rng.standard_normal(60), one_hot(rng, 60, 3, 4)]))
    assert [(finding.kind, finding.columns) for finding in found.findings] == [
        ("one_hot", (1, 2, 3)),
        ("one_hot", (4, 5, 6, 7)),
    ]
    assert found.of_kind("one_hot") == found.findings


def test_two_numbers_that_add_up_to_one_are_no_indicators():
    share = np.random.default_rng(0).uniform(size=20)
    assert examine(np.stack([share, 1 - share], axis=1)).findings[0].kind == "copy"


def test_a_direction_changes_no_prediction():
    rng = np.random.default_rng(0)
    X = np.column_stack([one_hot(rng, 40, 3), rng.standard_normal(40), np.full(40, 5.0)])
    X = np.column_stack([X, 3 * X[:, 3] - 2 * X[:, 0] + 4])
    found = examine(X)
    assert len(found.findings) == 3
    for finding in found.findings:
        change = finding.direction(X.shape[1])
        assert np.abs(X @ change[:-1] + change[-1]).max() < 1e-12
        assert change[finding.column] == 1


def test_inflation_is_that_of_statsmodels_on_longley():
    X = longley.load_pandas().exog.to_numpy()
    A = np.column_stack([X, np.ones(len(X))])
    found = examine(X)
    expected = [variance_inflation_factor(A, j) for j in range(6)]
    assert found.inflation["inflation"].to_numpy() == pytest.approx(expected, rel=1e-7)
    assert found.inflation["r_squared"].to_numpy() == pytest.approx(1 - 1 / np.array(expected), rel=1e-9)


def test_inflation_leaves_out_what_is_exactly_dependent_and_is_right_for_the_rest():
    rng = np.random.default_rng(3)
    a = rng.standard_normal(80)
    X = np.column_stack([a, a + 0.1 * rng.standard_normal(80), one_hot(rng, 80, 3)])
    found = examine(X)
    A = np.column_stack([X[:, :4], np.ones(80)])
    assert np.isinf(found.inflation["inflation"][2:]).all()
    expected = [variance_inflation_factor(A, j) for j in range(2)]
    assert found.inflation["inflation"][:2].to_numpy() == pytest.approx(expected, rel=1e-9)


def test_condition_indices_are_the_singular_values_of_columns_of_length_one():
    X = longley.load_pandas().exog.to_numpy()
    A = np.column_stack([X, np.ones(len(X))])
    roots = np.linalg.svd(A / np.linalg.norm(A, axis=0), compute_uv=False)
    found = examine(X)
    assert found.indices["index"].to_numpy() == pytest.approx((roots[0] / roots)[::-1], rel=1e-7)
    first = found.indices.iloc[0]
    assert {5, 6} <= set(first["involved"])  # the year and the bias


def test_condition_index_of_belsley_names_the_weights_that_share_a_direction():
    rng = np.random.default_rng(0)
    a, b, c = rng.standard_normal((3, 50))
    found = examine(np.stack([a, b, b + 1e-5 * c], axis=1))
    assert found.indices["involved"][0] == (1, 2)
    assert found.indices["index"][0] > 1e4


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e100, 1e150, 1e300])
def test_units_change_nothing(scale):
    rng = np.random.default_rng(2)
    X = rng.standard_normal((30, 3))
    X[:, 2] = X[:, 0] + 0.01 * X[:, 2]
    scaled = X * np.array([1.0, scale, 1.0])
    assert examine(scaled).inflation["inflation"].to_numpy() == pytest.approx(
        examine(X).inflation["inflation"].to_numpy(), rel=1e-9
    )


@pytest.mark.parametrize("shape", [(1, 1), (3, 1), (3, 5), (8, 30), (2, 300)])
def test_more_columns_than_rows_have_to_depend(shape):
    X = np.random.default_rng(0).standard_normal(shape)
    found = examine(X)
    assert found.forced == max(shape[1] + 1 - shape[0], 0)
    assert found.rank == min(shape[0], shape[1] + 1)
    assert len(found.kept) == found.rank - 1
    assert (found.inflation["inflation"] >= 1).all()
    assert not found.indices["index"].isna().any()


def test_names_have_to_fit():
    with pytest.raises(InputError, match="feature_names needs one name for each column of X, 2 in all; got 1"):
        X = np.eye(3, 2)
        diagnose(X, solve_closed_form(X, [1, 2, 3]), ["one"])
