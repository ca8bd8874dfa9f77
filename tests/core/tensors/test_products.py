"""Products against exact fractions and NumPy; incompatible shapes raise with one sentence."""

from fractions import Fraction

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.tensors.cloning import MAKINGS, WRITINGS, try_clone
from core.tensors.products import (
    OPERATIONS,
    SIGNS,
    angle,
    dot,
    hadamard,
    matrix_matrix,
    matrix_vector,
    transpose,
    weighted_mean,
    with_scalar,
)


def exact(A, B):
    """Return a matrix product in Python integers, which never overflow or round."""
    return [
        [sum(int(a) * int(b) for a, b in zip(row, column, strict=True)) for column in zip(*B, strict=True)] for row in A
    ]


@pytest.mark.parametrize("seed", range(20))
def test_matrix_products_of_whole_numbers_are_exact(seed):
    draw = np.random.default_rng(seed)
    n, k, m = draw.integers(1, 9, 3)
    A, B = draw.integers(-50, 50, (n, k)), draw.integers(-50, 50, (k, m))
    of = matrix_matrix(A, B)
    assert of.result.tolist() == exact(A.tolist(), B.tolist())
    assert of.result.dtype == np.int64
    assert of.notes == ()
    assert [[value] for value in matrix_vector(A, B[:, 0]).result.tolist()] == exact(A.tolist(), B[:, :1].tolist())


def test_the_examples_of_the_notes():
    A, x = np.arange(20).reshape(5, 4), np.arange(4)
    assert dot(x, np.ones(4)).result.item() == 6.0
    assert matrix_vector(A, x).result.tolist() == [14, 38, 62, 86, 110]
    assert matrix_matrix(A, np.ones((4, 3))).result.tolist() == [[total] * 3 for total in (6, 22, 38, 54, 70)]
    assert hadamard(A, A).result.tolist() == [[int(entry) ** 2 for entry in row] for row in A]
    symmetric = [[1, 2, 3], [2, 0, 4], [3, 4, 5]]
    assert transpose(symmetric).symmetric is True
    assert transpose(A).symmetric is None
    assert transpose([[1, 2], [3, 4]]).symmetric is False
    assert transpose([[np.nan]]).symmetric is False


def test_floats_are_right_to_the_last_digits():
    draw = np.random.default_rng(0)
    x, y = draw.normal(size=50), draw.normal(size=50)
    true = sum(Fraction(a) * Fraction(b) for a, b in zip(x.tolist(), y.tolist(), strict=True))
    assert dot(x, y).result.item() == pytest.approx(float(true), rel=1e-12)


def test_mixed_dtypes_which_torch_refuses_are_taken_as_floats_and_it_is_said():
    with pytest.raises(RuntimeError):
        torch.tensor([[1, 2]]) @ torch.tensor([[0.5], [1.0]])
    of = matrix_matrix(np.array([[1, 2]]), np.array([[0.5], [1.0]]))
    assert of.result.tolist() == [[2.5]]
    assert (of.left.dtype, of.right.dtype) == (np.float64, np.float64)
    assert "int64 by float64" in of.notes[0]
    masks = matrix_vector(np.array([[True, False], [True, True]]), np.array([True, True]))
    assert masks.result.tolist() == [1, 2]
    assert "1 and 0" in masks.notes[0]


def test_hadamard_has_the_dtype_that_torch_promotes_to():
    of = hadamard(np.array([1, 2]), np.array([True, False]))
    assert of.result.tolist() == [1, 0]
    assert of.result.dtype == np.int64
    assert hadamard(np.array([True]), np.array([True])).result.dtype == bool


def test_whole_numbers_that_wrap_round_are_told():
    big = np.array([[2**62, 2**62]])
    assert "have overflowed" in matrix_matrix(big, np.array([[2], [2]])).notes[0]
    assert "have overflowed" in hadamard(big, big).notes[0]
    assert "have overflowed" in with_scalar(big, "multiply", 4).notes[0]
    assert matrix_matrix(big.astype(float), np.array([[2.0], [2.0]])).notes == ()


def test_empty_products_are_sums_of_nothing():
    assert matrix_matrix(np.zeros((2, 0)), np.zeros((0, 3))).result.tolist() == [[0, 0, 0]] * 2
    assert dot(np.zeros(0), np.zeros(0)).result.item() == 0
    assert transpose(np.zeros((0, 3))).result.shape == (3, 0)
    assert hadamard(np.zeros((0,)), np.zeros((0,))).result.shape == (0,)


MISFITS = [
    (matrix_matrix, np.ones((2, 3)), np.ones((2, 3)), "A @ B.T, A.T @ B"),
    (matrix_matrix, np.ones((2, 3)), np.ones((4, 2)), "What would fit: B @ A."),
    (matrix_matrix, np.ones((2, 3)), np.ones((4, 5)), "The rows of A have length 3 and the columns of B length 4"),
    (matrix_matrix, np.ones((2, 3)), np.ones(3), "B has to be a matrix"),
    (matrix_matrix, np.ones((2000, 1)), np.ones((1, 2000)), "4,000,000 entries"),
    (matrix_vector, np.ones((2, 3)), np.ones(2), "The rows of A have length 3 and x has length 2"),
    (matrix_vector, np.ones(3), np.ones(3), "A has to be a matrix"),
    (matrix_vector, np.ones((2, 3)), np.ones((3, 1)), "x has to be a vector"),
    (dot, np.ones(3), np.ones(4), "x has length 3 and y has length 4"),
    (dot, np.ones((3, 1)), np.ones(3), "x has to be a vector"),
    (hadamard, np.ones((3, 1)), np.ones(3), "same shape"),
]


@pytest.mark.parametrize(("product", "left", "right", "said"), MISFITS)
def test_shapes_that_do_not_fit_are_told_in_a_sentence(product, left, right, said):
    with pytest.raises(InputError, match=r"\.$") as told:
        product(left, right)
    assert said in str(told.value)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4)])
def test_only_matrices_are_transposed(shape):
    with pytest.raises(InputError, match="two axes"):
        transpose(np.zeros(shape))


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("number", [2, 0, -1, 2.5, -0.5, 1e300])
@pytest.mark.parametrize("values", [[[-2, 0, 3]], [0.5, -1.5, 0.0], [True, False]])
def test_scalar_operations_are_those_of_torch_in_value_and_dtype(operation, number, values):
    try:
        expected = eval(f"x {SIGNS[operation]} a", {"x": torch.from_numpy(np.array(values)), "a": number})
    except RuntimeError:
        with pytest.raises(InputError):
            with_scalar(values, operation, number)
        return
    result = torch.from_numpy(with_scalar(values, operation, number).result)
    torch.testing.assert_close(result, expected, rtol=0, atol=0, equal_nan=True)


def test_a_scalar_is_one_number_that_fits():
    with pytest.raises(InputError, match="got 2"):
        with_scalar([1.0], "add", np.array([1, 2]))
    with pytest.raises(InputError, match="exceeds the largest int64"):
        with_scalar([1], "add", 2**70)


def test_a_weighted_mean_is_that_of_repeated_values():
    of = weighted_mean([2, 4, 9], [3, 1, 2])
    assert of.mean == pytest.approx(np.mean([2, 2, 2, 4, 9, 9]))
    assert of.shares.sum() == pytest.approx(1)
    assert of.mean == pytest.approx(np.average([2, 4, 9], weights=[3, 1, 2]))
    assert of.plain == 5
    assert weighted_mean([2, 4, 9], [7, 7, 7]).mean == pytest.approx(5)
    huge = weighted_mean([1, 2], [1e308, 1e308])
    assert (huge.mean, huge.total) == (1.5, np.inf)


@pytest.mark.parametrize(
    ("values", "weights", "said"),
    [([1, 2], [1, -1], "-1"), ([1, 2], [0, 0], "All weights are 0"), ([], [], "All weights are 0"),
     ([1, np.nan], [1, 1], "finite"), ([1, 2], [1, np.inf], "finite"), ([1, 2], [1], "length 2 and y has length 1")],
)  # fmt: skip
def test_weights_that_weigh_nothing_are_refused(values, weights, said):
    with pytest.raises(InputError, match=said):
        weighted_mean(values, weights)


@pytest.mark.parametrize("degrees", [0, 1e-6, 0.01, 30, 90, 150, 179.99, 180])
@pytest.mark.parametrize("scale", [1e-300, 1, 1e200])
def test_angles_keep_their_digits_at_every_length(degrees, scale):
    turn = np.radians(degrees)
    x, y = np.array([1.0, 0.0]) * scale, np.array([np.cos(turn), np.sin(turn)]) * 3
    assert angle(x, y) == pytest.approx(degrees, rel=1e-9, abs=1e-9)


def test_there_is_no_angle_without_a_length():
    assert angle([0, 0], [1, 2]) is None
    assert angle([], []) is None
    assert angle([np.nan, 1], [1, 1]) is None
    assert angle([np.inf, 1], [1, 1]) is None


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("making", MAKINGS)
def test_what_is_said_to_be_shared_is_what_a_write_shows(making, writing):
    A = np.arange(1, 7).reshape(2, 3)
    of = try_clone(A, making, writing)
    assert of.A.tolist() == A.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert of.shared == np.shares_memory(*_as_numpy(A, making))
    seen_in_both = (of.A_after != of.A).any() and (of.B_after != of.made).any()
    assert seen_in_both == (of.shared and not of.apart)
    if of.shared:
        assert of.A.reshape(-1)[of.places].tolist() == of.made.tolist()
        if not of.apart:
            assert of.A_after.reshape(-1)[of.places].tolist() == of.B_after.tolist()
    else:
        assert (of.places == -1).all()


def _as_numpy(A, making):
    """Run the same line in NumPy, where `np.shares_memory` decides."""
    names = {"A": type("Matrix", (np.ndarray,), {"clone": np.copy})(A.shape, A.dtype)}
    exec(MAKINGS[making], names)
    return names["A"], names["B"]


@pytest.mark.parametrize("A", [np.arange(3), np.zeros((0, 2)), np.array([[True]]), np.array(1)])
def test_a_clone_is_tried_on_matrices_of_numbers(A):
    with pytest.raises(InputError, match="matrix of numbers"):
        try_clone(A, "clone", "entry")
