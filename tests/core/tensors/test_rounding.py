"""Rounding is named where it is: against exact decimals, and nowhere else."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tensors import shares
from core.tensors.reduction_steps import collapse
from core.tensors.rounding import farthest_total, rounding_of

DECIMALS = st.lists(st.integers(-1_000, 1_000).map(lambda number: number / 100), min_size=1, max_size=8)


@given(DECIMALS)
def test_a_sum_is_noisy_where_the_exact_decimals_give_another_float(numbers):
    of = collapse([float(number) for number in numbers], "sum")
    exact = float(sum(Decimal(repr(float(number))) for number in numbers))
    found = rounding_of(of)
    assert (found is None) == (float(of.result) == exact)
    if found is not None:
        assert (found.got, found.wanted) == (float(of.result), exact)
        assert 0 < found.off < 1e-10


@pytest.mark.parametrize(("x", "how"), [([1, 2], "sum"), ([0.5, 0.25], "sum"), ([True, True], "sum"), ([], "sum"),
                                        ([0.1, np.nan], "sum"), ([0.1, np.inf], "sum"), ([0.1, 0.2], "max"),
                                        ([1.0, 2.0], "mean")])  # fmt: skip
def test_what_is_exact_or_has_no_decimals_is_not_called_rounding(x, how):
    assert rounding_of(collapse(x, how)) is None


def test_the_first_noisy_line_of_a_matrix_is_found():
    found = rounding_of(collapse([[0.5, 0.5], [0.1, 0.2]], "sum", 1))
    assert found is not None
    assert (found.terms, found.got) == ((0.1, 0.2), 0.1 + 0.2)


def test_shares_are_added_up_again_in_their_own_type():
    A = np.array([[0.1, 0.2, 0.3], [0.7, 0.1, 0.1]])
    quotients = A / A.sum(axis=1, keepdims=True)
    total, off = farthest_total(shares(A, 1).numpy(), (1,))
    assert (total, off) == ("0.9999999999999999", 2.0**-53)
    assert float(total) in quotients.sum(axis=1)
    assert farthest_total(shares([[1, 1], [2, 6]], 1).numpy(), (1,)) == ("1.0", 0.0)
    assert farthest_total(np.full((1, 2), np.nan), (1,)) == ("1.0", 0.0)
