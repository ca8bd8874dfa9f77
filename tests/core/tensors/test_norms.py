"""Norms against exact fractions, decimals of fifty digits and torch, from one end of float64 to the other."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.tensors import frobenius_norm, nuclear_norm, spectral_norm, vector_norm
from core.tensors.norms import norm_terms, singular_values

MODERATE = st.floats(min_value=-1e150, max_value=1e150, allow_subnormal=False)
WIDE = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)


def in_decimals(x: list[float], p: float) -> float:
    """Return the norm in fifty digits, rounded once."""
    with localcontext() as precise:
        precise.prec, precise.Emax, precise.Emin = 50, 999_999_999, -999_999_999
        power = Decimal(p)
        total = sum((abs(Decimal(entry)) ** power for entry in x if entry), Decimal(0))
        return float(total ** (1 / power)) if total else 0.0


def is_exact(norm: float, x: list[float], p: int) -> bool:
    """Return whether the true norm lies between the two neighbours of this float, in exact fractions."""
    total = sum((abs(Fraction(entry)) ** p for entry in x), Fraction(0))
    low, high = math.nextafter(norm, 0), math.nextafter(norm, math.inf)
    return Fraction(low) ** p <= total and (math.isinf(high) or total <= Fraction(high) ** p)


@pytest.mark.parametrize("p", [1, 2, 3, 7])
@given(x=st.lists(WIDE, min_size=1, max_size=8))
def test_whole_powers_are_right_to_the_last_digit_in_exact_fractions(p, x):
    norm = vector_norm(x, p).item()
    if math.isinf(norm):
        assert sum(abs(Fraction(entry)) ** p for entry in x) > Fraction(np.finfo(float).max) ** p
    else:
        assert is_exact(norm, x, p)


@pytest.mark.parametrize("p", [0.25, 0.5, 0.9, 1.5, math.pi, 10.0, 63.9, 64.1, 400.0, 1e6])
@given(x=st.lists(MODERATE, min_size=1, max_size=6))
def test_any_power_is_right_within_one_unit_of_the_last_digit(p, x):
    expected = in_decimals(x, p)
    if math.isinf(expected):
        assert vector_norm(x, p).item() == math.inf
    else:
        assert abs(vector_norm(x, p).item() - expected) <= math.ulp(expected)


@pytest.mark.parametrize("p", [0.5, 1, 2, 3.5, math.inf])
@pytest.mark.parametrize("size", [1e300, 1e-300, 5e-324, 1.7e308, 1.0])
def test_one_entry_is_its_own_norm_at_either_end_of_float64(p, size):
    assert vector_norm([-size], p).item() == size
    assert vector_norm([0.0, -size, 0.0], p).item() == size


def test_huge_and_tiny_entries_neither_overflow_nor_vanish():
    assert vector_norm([3e300, -4e300]).item() == 5e300
    assert vector_norm([3e-300, 4e-300]).item() == 5e-300
    assert vector_norm([1e300, 1e-300], 2).item() == 1e300
    assert is_exact(frobenius_norm([[3e200, 0], [0, 4e200]]).item(), [3e200, 4e200], 2)
    assert spectral_norm([[1e300, 1e300], [1e300, 1e300]]).item() == pytest.approx(2e300, rel=1e-15)
    assert nuclear_norm([[3e-320, 0], [0, 4e-320]]).item() == pytest.approx(7e-320, rel=1e-3)
    assert vector_norm([1.7e308, 1.7e308], 1).item() == math.inf, "the norm itself is beyond float64"


@pytest.mark.parametrize("p", [0.5, 1, 2, 3.5, math.inf])
def test_a_million_entries_agree_with_torch(p):
    x = np.random.default_rng(0).normal(size=(1000, 1000))
    expected = torch.linalg.vector_norm(torch.from_numpy(x), p).item()
    assert vector_norm(x, p).item() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("values", [
    [3, -4], (3.0, -4.0), np.array([3, -4], dtype=np.int8), torch.tensor([3, -4]), torch.tensor([3.0, -4.0]),
    torch.tensor([3.0, -4.0], dtype=torch.bfloat16), torch.tensor([3.0, -4.0], requires_grad=True),
    np.array([3, -4], dtype=object), np.array([[3.0], [-4.0]], dtype=np.float16),
    [Fraction(3), Decimal(-4)],
])  # fmt: skip
def test_lists_arrays_and_tensors_of_any_kind_are_welcome(values):
    norm = vector_norm(values, 2)
    assert norm.dtype == torch.float64
    assert norm.shape == ()
    assert norm.item() == 5.0


def test_whole_numbers_beyond_the_digits_of_float64_and_the_smallest_one_are_taken_as_they_are():
    assert vector_norm(np.array([np.iinfo(np.int64).min]), 1).item() == 2.0**63
    assert vector_norm([True, True, False], 1).item() == 2.0


@pytest.mark.parametrize("p", [0.5, 1, 2, 3.5, math.inf])
def test_empty_is_zero_nan_is_nan_and_infinite_is_infinite(p):
    assert vector_norm([], p).item() == 0.0
    assert vector_norm([0.0, -0.0], p).item() == 0.0
    assert math.isnan(vector_norm([1.0, math.nan, math.inf], p).item())
    assert vector_norm([1.0, -math.inf], p).item() == math.inf


@pytest.mark.parametrize("p", [0, -1, -math.inf, math.nan, "two", None])
def test_a_power_that_is_none_is_refused_in_one_sentence(p):
    with pytest.raises(InputError, match=r"^The p of a norm .*\.$"):
        vector_norm([1.0, 2.0], p)


@pytest.mark.parametrize("values", [["a"], np.array(["1"]), [1, "2"], [[1, 2], [3]], [1j], None, {"a": 1}, [10**400]])
def test_what_is_not_real_numbers_is_refused_in_one_sentence(values):
    with pytest.raises(InputError, match=r"real numbers only"):
        vector_norm(values, 2)


def test_below_one_the_formula_holds_and_the_triangle_inequality_does_not():
    x, y = [1.0, 0.0], [0.0, 1.0]
    assert vector_norm(np.add(x, y), 0.5).item() == 4.0
    assert vector_norm(x, 0.5).item() + vector_norm(y, 0.5).item() == 2.0


@given(st.lists(st.tuples(MODERATE, MODERATE), min_size=1, max_size=5), st.floats(min_value=1, max_value=50))
def test_from_one_on_the_triangle_inequality_holds(pairs, p):
    x, y = np.array(pairs).T
    assert vector_norm(x + y, p).item() <= (vector_norm(x, p) + vector_norm(y, p)).item() * (1 + 1e-15)


def matrices() -> list[np.ndarray]:
    draw = np.random.default_rng(1)
    return [draw.normal(size=shape) for shape in ((1, 1), (2, 2), (4, 9), (30, 3))] + [np.ones((4, 9))]


@pytest.mark.parametrize("A", matrices(), ids=lambda A: str(A.shape))
def test_norms_of_matrices_are_those_of_torch(A):
    tensor = torch.from_numpy(A)
    for ours, order in ((frobenius_norm, "fro"), (spectral_norm, 2), (nuclear_norm, "nuc")):
        assert ours(A).item() == pytest.approx(torch.linalg.matrix_norm(tensor, order).item(), rel=1e-14)
        assert ours(tensor).dtype == torch.float64


def test_the_frobenius_norm_of_the_book_is_six():
    assert frobenius_norm(torch.ones((4, 9))).item() == 6.0


def test_matrices_that_are_empty_or_hold_nan_or_infinity():
    for norm in (frobenius_norm, spectral_norm, nuclear_norm):
        assert norm(np.zeros((0, 3))).item() == 0.0
        assert norm(np.zeros((2, 3))).item() == 0.0
        assert math.isnan(norm([[1.0, math.nan], [math.inf, 1.0]]).item())
        assert norm([[1.0, -math.inf]]).item() == math.inf
    assert singular_values(np.zeros((0, 3))).shape == (0,)


@pytest.mark.parametrize("values", [3.0, [1.0, 2.0], np.zeros((2, 2, 2))])
def test_a_matrix_norm_of_what_is_no_matrix_is_refused(values):
    with pytest.raises(InputError, match="two axes"):
        frobenius_norm(values)


@pytest.mark.parametrize("p", [0.5, 1, 2, 5, math.inf])
def test_the_terms_add_up_to_the_norm(p):
    terms = norm_terms([3, -4, 0], p)
    whole = terms.powers.max() if math.isinf(p) else terms.unit * terms.total ** (1 / p)
    assert whole == pytest.approx(terms.norm, rel=1e-15)
    assert terms.sizes.tolist() == [3, 4, 0]
    assert terms.unit == 1.0


@pytest.mark.parametrize("size", [1e300, 1e-300])
def test_terms_are_divided_first_where_powers_would_leave_float64(size):
    terms = norm_terms([3 * size, -4 * size], 2)
    assert terms.unit == 4 * size
    assert terms.powers.tolist() == pytest.approx([0.5625, 1.0])
    assert terms.norm == pytest.approx(5 * size, rel=1e-15)


def test_nothing_is_changed_in_place():
    x, A = np.array([3.0, -4.0]), torch.tensor([[1.0, -2.0]])
    vector_norm(x, 3)
    spectral_norm(A)
    assert x.tolist() == [3.0, -4.0]
    assert A.tolist() == [[1.0, -2.0]]
