"""Errors of median, mean and mid-range against their known variances."""

import math

import pytest

from core.errors import InputError
from core.foundations.estimate_errors import estimate_errors


@pytest.mark.parametrize("n", [3, 5, 25])
def test_the_mean_and_the_mid_range_have_the_errors_that_are_known(n):
    errors = estimate_errors(n, seed=1, repeats=20_000).set_index("law")
    for law in errors.index:
        assert errors.loc[law, "mean"] == pytest.approx(1 / math.sqrt(n), rel=0.03)
    known = math.sqrt(2 * 3 / ((n + 1) * (n + 2)))  # of n uniform values on [-√3, √3]
    assert errors.loc["uniform", "mid_range"] == pytest.approx(known, rel=0.03)


@pytest.mark.parametrize("n", [1, 2])
def test_one_value_or_two_are_refused_for_all_three_would_be_the_same_number(n):
    with pytest.raises(InputError, match="the three estimates are the same number"):
        estimate_errors(n)


def test_each_law_has_an_estimate_of_its_own():
    best = estimate_errors(101, seed=4, repeats=1000).set_index("law").idxmin(axis=1)
    assert best.to_dict() == {"normal": "mean", "laplace": "median", "uniform": "mid_range"}
    median = estimate_errors(101, seed=4, repeats=5000).set_index("law").loc["laplace", "median"]
    assert median == pytest.approx(1 / math.sqrt(2 * 101), rel=0.1)  # the limit for many values: 1/(2 f(0) √n)


def test_the_seed_decides():
    assert estimate_errors(5, seed=3, repeats=20).equals(estimate_errors(5, seed=3, repeats=20))
    assert not estimate_errors(5, seed=3, repeats=20).equals(estimate_errors(5, seed=4, repeats=20))


@pytest.mark.parametrize("n", [0, -1, 1001, 2.5, True])
def test_other_sizes_are_refused_in_a_sentence(n):
    with pytest.raises(InputError, match=r"\.$"):
        estimate_errors(n)
