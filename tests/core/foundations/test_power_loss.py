"""The best number under every p-loss against closed forms, exact fractions, and a search over a fine grid."""

import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.foundations.power_loss import best_constant, exact_constant

FINITE = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
VALUES = [1.0, 2.0, 2.5, 3.0, 9.0]


def test_median_mean_and_mid_range():
    values = torch.tensor(VALUES)
    assert best_constant(values, 1).centre == np.median(VALUES)
    assert best_constant(values, 2).centre == pytest.approx(np.mean(VALUES), rel=1e-15)
    assert best_constant(values, math.inf).centre == 5.0


def test_an_even_number_of_values_has_many_medians():
    tied = best_constant([1, 2, 4, 9], 1)
    assert (tied.low, tied.centre, tied.high) == (2.0, 3.0, 4.0)
    sums = [np.abs(np.array([1, 2, 4, 9]) - m).sum() for m in (2.0, 2.7, 3.0, 4.0)]
    assert sums == pytest.approx([tied.norm] * 4)


@pytest.mark.parametrize("p", [1.0, 1.1, 1.5, 2.0, 3.0, 4.0, 10.0, 50.0, math.inf])
@given(values=st.lists(FINITE, min_size=1, max_size=9))
def test_no_other_number_has_a_smaller_norm(p, values):
    found = best_constant(values, p)
    assert min(values) <= found.low <= found.centre <= found.high <= max(values)
    grid = np.linspace(min(values), max(values), 101)
    wide = np.array(values, dtype=np.longdouble)  # the 50th power of a difference overflows float64
    norms = [np.linalg.norm(wide - m, p) for m in grid]
    assert found.norm <= min(norms) * (1 + 1e-9)
    assert found.norm == pytest.approx(float(np.linalg.norm(wide - found.centre, p)), rel=1e-9)


def test_between_two_powers_the_zero_of_a_polynomial_is_found():
    # p = 4: Σ (m - v)³ = 0, a cubic with one real root
    roots = np.roots([5, -3 * sum(VALUES), 3 * sum(v**2 for v in VALUES), -sum(v**3 for v in VALUES)])
    (real,) = roots[np.abs(roots.imag) < 1e-9].real
    assert best_constant(VALUES, 4).centre == pytest.approx(real, rel=1e-9)


def test_with_growing_p_the_best_number_goes_from_the_median_to_the_mid_range():
    path = [best_constant(VALUES, p).centre for p in (1, 1.2, 1.5, 2, 3, 5, 10, 50, 1000, math.inf)]
    assert path == sorted(path)
    assert (path[0], path[-1]) == (2.5, 5.0)
    assert path[-2] == pytest.approx(5.0, abs=0.01)


@given(values=st.lists(FINITE, min_size=1, max_size=12))
def test_exact_fractions_agree(values):
    for p in (1, 2, math.inf):
        exact = exact_constant(values, p)
        assert best_constant(values, p).centre == pytest.approx(float(exact), rel=1e-12, abs=1e-9)
    written = [Fraction(str(value)) for value in values]
    assert exact_constant(values, 2) == sum(written, Fraction(0)) / len(written)
    assert exact_constant(values, 3) is None


@pytest.mark.parametrize("p", [1, 1.5, 2, 7, math.inf])
def test_one_value_equal_values_and_huge_ones(p):
    assert best_constant([4.5], p).centre == 4.5
    same = best_constant([0.1] * 7, p)
    assert (same.centre, same.norm) == (pytest.approx(0.1, rel=1e-15), pytest.approx(0.0, abs=1e-15))
    assert best_constant([1.7e308, 1.7e308, 1.6e308], p).centre == pytest.approx(1.68e308, rel=0.05)
    assert best_constant([-1.7e308, 1.7e308], p).centre == pytest.approx(0, abs=1e294)


@pytest.mark.parametrize("bad", [[], [1.0, math.nan], [math.inf], ["a"], None])
def test_what_has_no_best_number_is_refused_in_a_sentence(bad):
    for find in (best_constant, exact_constant):
        with pytest.raises(InputError, match=r"\.$"):
            find([] if bad is None else bad, 2)


@pytest.mark.parametrize("p", [0.5, 0, math.nan, "x"])
def test_below_1_there_is_no_single_minimum(p):
    with pytest.raises(InputError, match="at least 1"):
        best_constant(VALUES, p)
