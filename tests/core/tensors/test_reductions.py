"""Reductions against torch and against exact fractions, on random shapes; and edge cases."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from core.errors import InputError
from core.tensors import cumsum, reduce, shares
from core.tensors.reductions import HOWS

NINE = torch.arange(1, 10).reshape(3, 3)


@st.composite
def arrays_and_axes(draw, least=1, most_axes=4):
    """Draw an array of any shape, and some of its axes: a number, several, or None."""
    shape = draw(shapes.array_shapes(min_dims=1, max_dims=most_axes, min_side=least, max_side=4))
    numbers = st.integers(-10_000, 10_000).map(lambda number: number / 8)
    array = draw(shapes.arrays(np.float64, shape, elements=numbers))
    axes = st.lists(st.sampled_from(range(len(shape))), min_size=1, unique=True)
    named = axes.map(lambda some: tuple(axis - len(shape) if axis % 2 else axis for axis in some))
    return array, draw(st.one_of(st.none(), st.integers(-len(shape), len(shape) - 1), named))


def by_torch(array, how, axis, keepdims, correction):
    """Return the same by torch alone."""
    tensor = torch.tensor(array)
    axes = tuple(range(tensor.ndim)) if axis is None else (axis,) if isinstance(axis, int) else axis
    if how == "prod":
        for number in sorted(axis % tensor.ndim for axis in axes)[::-1]:
            tensor = tensor.prod(number, keepdim=keepdims)
        return tensor
    call = getattr(tensor, {"max": "amax", "min": "amin"}.get(how, how))
    return call(axes, keepdim=keepdims, **({"correction": correction} if how == "var" else {}))


@pytest.mark.filterwarnings("ignore:var")
@given(arrays_and_axes(), st.sampled_from(HOWS), st.booleans(), st.sampled_from([0, 1]))
def test_every_reduction_is_that_of_torch(case, how, keepdims, correction):
    array, axis = case
    ours = reduce(array, how, axis, keepdims, correction=correction)
    theirs = by_torch(array, how, axis, keepdims, correction)
    assert ours.dtype == torch.float64
    assert ours.shape == theirs.shape
    assert torch.allclose(ours, theirs, rtol=1e-12, atol=1e-9, equal_nan=True)


def exactly(line, how, correction):
    """Return the same in fractions, from the entries reduced to one."""
    exact = [Fraction(number) for number in line]
    mean = sum(exact) / len(exact)
    if how == "var":
        divisor = len(exact) - correction
        return sum((number - mean) ** 2 for number in exact) / divisor if divisor else None
    return {"sum": sum(exact), "mean": mean, "max": max(exact), "min": min(exact), "prod": math.prod(exact)}[how]


@given(arrays_and_axes(most_axes=3), st.sampled_from(HOWS), st.sampled_from([0, 1]))
def test_every_reduction_is_that_of_exact_fractions(case, how, correction):
    array, axis = case
    axes = {n % array.ndim for n in (range(array.ndim) if axis is None else np.atleast_1d(axis))}
    ours = reduce(array, how, axis, keepdims=True, correction=correction).numpy()
    for index in np.ndindex(ours.shape):
        where = [range(n) if axis in axes else [index[axis]] for axis, n in enumerate(array.shape)]
        line = [array[place] for place in product(*where)]
        exact = exactly(line, how, correction)
        if exact is None:
            assert np.isnan(ours[index])
            continue
        rounding = Fraction(2, 2**52) * len(line)
        size = {"prod": abs(exact), "var": exact}.get(how, sum(abs(Fraction(number)) for number in line))
        assert abs(Fraction(float(ours[index])) - exact) <= rounding * size


@given(arrays_and_axes(least=0))
def test_running_sums_are_those_of_torch_and_end_with_the_sum(case):
    array, axis = case
    number = 0 if axis is None else int(np.atleast_1d(axis)[0])
    running = cumsum(array, number)
    assert torch.allclose(running, torch.tensor(array).cumsum(number), rtol=1e-12)
    if array.shape[number]:
        assert torch.allclose(running.select(number, -1), reduce(array, "sum", number), rtol=1e-12, atol=1e-9)


def test_the_notes_sums_of_one_to_nine():
    assert reduce(NINE, "sum", axis=0).tolist() == [12, 15, 18]
    assert reduce(NINE, "sum", axis=1).tolist() == [6, 15, 24]
    assert reduce(NINE, "sum").item() == reduce(NINE, "sum", axis=(0, 1)).item() == 45
    assert reduce(NINE, "mean", dtype="float32").item() == 5 == reduce(NINE, "sum").item() / NINE.numel()
    assert cumsum(NINE, 0).tolist() == [[1, 2, 3], [5, 7, 9], [12, 15, 18]]


def test_shares_of_a_line_add_up_to_one_and_keep_the_shape():
    array = np.random.default_rng(0).uniform(1, 9, (4, 3, 5))
    for axis in (0, 1, 2, (0, 2), None):
        ours = shares(array, axis)
        assert ours.shape == array.shape
        assert torch.allclose(reduce(ours, "sum", axis), torch.ones(()).double())


def test_shares_without_keepdims_divide_by_the_sums_of_other_lines_or_do_not_fit():
    assert torch.equal(shares(NINE, 1, keepdims=False), NINE / NINE.sum(axis=1))
    assert shares(NINE.double(), 1, keepdims=False)[0].tolist() == [1 / 6, 2 / 15, 3 / 24]
    with pytest.raises(InputError, match=r"Shapes \(2, 3\) and \(2,\) cannot be broadcast"):
        shares([[1, 2, 3], [4, 5, 6]], 1, keepdims=False)


@pytest.mark.parametrize("number", [0.1, -1 / 3, 1e-300, 1.7e308, 49.0])
@pytest.mark.parametrize("count", [1, 3, 10, 1001])
def test_a_constant_has_itself_as_its_mean_and_no_variance(number, count):
    constant = np.full((2, count), number)
    assert reduce(constant, "mean", 1).tolist() == [number] * 2
    assert reduce(constant, "var", 1, correction=0).tolist() == [0.0] * 2


def test_the_variance_survives_a_large_offset():
    assert reduce(np.array([4, 7, 13, 16]) + 1e9, "var").item() == 30


def test_a_mean_never_leaves_the_range_of_its_entries():
    largest = np.finfo(float).max
    assert reduce([largest, -largest], "mean").item() == 0
    assert reduce([largest, largest, largest / 2], "mean").item() == pytest.approx(largest / 6 * 5)
    assert reduce([largest, largest], "sum").item() == math.inf


def test_missing_entries_spoil_their_own_line_only():
    table = [[1, math.nan, 3], [4, 5, 6]]
    for how in HOWS:
        assert reduce(table, how, 1).isnan().tolist() == [True, False]
    assert reduce([None, 1.0], "sum").isnan()
    assert reduce(pd.DataFrame({"a": [1, 2], "b": pd.array([1, None], "Int64")}), "sum", 1).tolist()[0] == 2
    assert cumsum([1, math.nan, 1], 0).isnan().tolist() == [False, True, True]


def test_infinite_entries_count_as_such():
    assert reduce([1, math.inf], "mean").item() == math.inf
    assert reduce([1, math.inf], "min").item() == 1
    assert reduce([math.inf, -math.inf], "sum").isnan()
    assert reduce([1, math.inf], "var").isnan()


def test_of_no_entries_there_is_a_sum_and_a_product_but_no_largest():
    nothing = torch.zeros(0, 3)
    assert reduce(nothing, "sum", 0).tolist() == [0, 0, 0]
    assert reduce(nothing, "prod", 0).tolist() == [1, 1, 1]
    assert reduce(nothing, "mean", 0).isnan().all()
    assert reduce(nothing, "var", 0).isnan().all()
    for how in ("max", "min"):
        with pytest.raises(InputError, match="at least one entry"):
            reduce(nothing, how, 0)
    assert reduce(nothing, "max", 1).shape == (0,)
    assert reduce([], "sum").item() == 0


def test_one_row_and_one_number_are_their_own_results():
    row = [[1.5, -2.0, 7.0]]
    for how in ("sum", "mean", "max", "min", "prod"):
        assert reduce(row, how, 0).tolist() == row[0]
        assert reduce(7.0, how).item() == 7
    assert reduce(row, "var", 0).isnan().all()
    assert reduce(row, "var", 0, correction=0).tolist() == [0, 0, 0]
    assert reduce(7.0, "var", correction=0).item() == 0
    assert reduce(7, "sum").shape == ()


def test_arrays_and_tensors_of_all_kinds_are_welcome_and_stay_as_they_are():
    backwards = np.arange(6.0).reshape(2, 3)[::-1, ::-1]
    fixed = np.arange(3.0)
    fixed.flags.writeable = False
    wants = torch.arange(3.0, requires_grad=True)
    for x in (backwards, fixed, wants, torch.eye(3).to_sparse(), torch.tensor([True]), np.float32(0.5), [np.int8(3)]):
        before = str(x)
        result = reduce(x, "max")
        result.fill_(0)
        cumsum([x] if np.ndim(fixed) == 0 else np.atleast_1d(0.0), 0)
        assert str(x) == before
        assert not result.requires_grad
    assert reduce(backwards, "sum", 0).tolist() == [7, 5, 3]
    assert reduce(torch.tensor([0.1], dtype=torch.bfloat16), "sum").item() == pytest.approx(0.1, rel=1e-2)


@pytest.mark.parametrize("x", ["3", ["1"], [1j], torch.ones(1) * 1j, [[1], [1, 2]], {1}, [10**400], np.array(["x"]),
                               np.array(["2020-01-01"], dtype="datetime64[D]"), pd.Series(["a"])])  # fmt: skip
def test_what_is_no_table_of_real_numbers_is_refused(x):
    with pytest.raises(InputError, match="x may hold real numbers only, in rows of equal length"):
        reduce(x, "sum")


@pytest.mark.parametrize(("axis", "words"), [
    (2, "There is no axis 2: the axes are 0 to 1, or -2 to -1 from the end."),
    (-3, "There is no axis -3"),
    (0.0, "There is no axis 0.0"),
    (True, "There is no axis True"),
    ("0", "There is no axis '0'"),
    ([0, [1]], r"There is no axis \[1\]"),
    ((0, -2), "given twice"),
    ((), "Give at least one axis"),
])  # fmt: skip
def test_axes_that_are_not_there_are_told(axis, words):
    with pytest.raises(InputError, match=words):
        reduce(NINE, "sum", axis)


def test_other_bad_arguments_are_told():
    with pytest.raises(InputError, match="Unknown reduction 'median'; use one of sum, mean, max"):
        reduce(NINE, "median")
    with pytest.raises(InputError, match="correction has to be a number"):
        reduce(NINE.double(), "var", correction="1")
    with pytest.raises(InputError, match="already one number"):
        reduce(5, "sum", 0)
    with pytest.raises(InputError, match="already one number"):
        cumsum(5, 0)


def test_full_names_mean_the_same():
    assert reduce(NINE, "product").item() == reduce(NINE, "prod").item() == math.factorial(9)
    assert reduce(NINE.double(), "variance").item() == reduce(NINE.double(), "var").item() == 7.5


WHOLE = {
    "whole": torch.arange(1, 10).reshape(3, 3),
    "negative": torch.tensor([[-3, 2], [7, 0]]),
    "booleans": torch.tensor([[True, False], [True, True]]),
    "empty": torch.zeros(2, 0, dtype=torch.int64),
    "wrapping": torch.arange(1, 26).reshape(5, 5),
    "large": torch.tensor([[2**53 + 1, 2], [2**62, 2**62]]),
}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("axis", [None, 0, 1])
@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("A", WHOLE.values(), ids=WHOLE)
def test_whole_numbers_and_booleans_are_kept_or_refused_as_torch_does(A, how, axis, keepdims):
    """The result, its dtype and every bit of it are torch's; where torch refuses, so do we, with its own words."""
    try:
        theirs = by_torch(A.numpy(), how, axis, keepdims, 1)
    except (RuntimeError, IndexError) as refusal:
        with pytest.raises(InputError) as ours:
            reduce(A, how, axis, keepdims)
        assert how not in ("mean", "var") or str(refusal) == ours.value.message
        return
    mine = reduce(A, how, axis, keepdims)
    assert mine.dtype == theirs.dtype
    assert torch.equal(mine, theirs)


def test_types_that_are_narrow_or_beyond_int64_are_widened():
    assert reduce(np.array([200, 100], dtype=np.uint8), "sum").item() == 300
    assert reduce(torch.tensor([100, 27], dtype=torch.int8), "max").dtype == torch.int64
    assert reduce(np.array([2**63, 1], dtype=np.uint64), "max").item() == 2.0**63
    assert reduce(pd.DataFrame({"a": [1, 2], "b": [3, 4]}), "sum").dtype == torch.int64
    assert cumsum(torch.tensor([True, True]), 0).tolist() == [1, 2]
    assert cumsum([1, 2], 0).dtype == torch.int64


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("how", HOWS)
def test_a_dtype_converts_the_entries_first(how, dtype):
    theirs = by_torch(NINE.numpy().astype(dtype), how, 0, False, 1)
    ours = reduce(NINE, how, 0, dtype=dtype)
    assert ours.dtype == theirs.dtype
    assert torch.allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize("A", [WHOLE["whole"], WHOLE["booleans"], WHOLE["whole"].double()])
def test_shares_have_the_type_that_torch_divides_them_into(A):
    for keepdims in (True, False):
        ours, theirs = shares(A, 1, keepdims), A / A.sum(axis=1, keepdims=keepdims)
        assert ours.dtype == theirs.dtype
        assert torch.equal(ours, theirs)
