"""Lines and what they print: the text of torch itself, types, refusals, float32 where it holds the numbers."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from core.tensors.printed import as_torch, in_float32, print_lines, print_value

ARRAYS = st.one_of(
    shapes.arrays(np.int64, shapes.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)),
    shapes.arrays(np.bool_, shapes.array_shapes(min_dims=0, max_dims=3, max_side=4)),
    shapes.arrays(np.float64, shapes.array_shapes(min_dims=0, max_dims=3, max_side=4), elements=st.floats(width=16)),
)


@given(ARRAYS)
def test_a_tensor_is_printed_as_torch_prints_the_list(array):
    (answer,) = print_lines({"A": array}, ["A"])
    theirs = torch.tensor(array.tolist(), dtype=torch.int64 if array.dtype == np.int64 else None).reshape(array.shape)
    assert answer.text == repr(theirs)
    assert (answer.shape, answer.dtype) == (array.shape, str(theirs.dtype))
    assert print_value("A", array) == answer


@pytest.mark.parametrize(("values", "narrow"), [
    ([1.5, -2.0], True), ([0.0, np.nan, np.inf], True), ([], True), ([3e38, 1e-37], True),
    ([1e39], False), ([1e-40], False), ([3e200, -4e200], False),
])  # fmt: skip
def test_floats_are_float32_where_it_holds_them(values, narrow):
    array = np.array(values, dtype=np.float64)
    assert in_float32(array) == narrow
    assert as_torch(array).dtype == (torch.float32 if narrow else torch.float64)
    assert torch.allclose(as_torch(array).double(), torch.from_numpy(array), equal_nan=True)


def test_whole_numbers_and_booleans_are_never_narrowed():
    assert not in_float32(np.array([1]))
    assert as_torch(np.array([2**62])).tolist() == [2**62]
    assert as_torch(np.array([True])).dtype == torch.bool


def test_lines_share_their_names_and_an_error_ends_its_line_only():
    given_array = np.array([1, 2])
    lines = ["B = A + 1", "A += 10; A", "A.mean()", "x = 1; y = x / 0; y", "B, B.shape"]
    made, changed, refused, divided, both = print_lines({"A": given_array}, lines)
    assert (made.text, made.said) == ("", ">>> B = A + 1")
    assert changed.said == ">>> A += 10; A  # int64, (2,)\ntensor([11, 12])"
    with pytest.raises(RuntimeError) as theirs:
        torch.tensor([11, 12]).mean()
    assert (refused.error, refused.text) == ("RuntimeError", f"RuntimeError: {theirs.value}")
    assert divided.said == ">>> x = 1; y = x / 0; y\nZeroDivisionError: division by zero"
    assert both.text == "(tensor([2, 3]), torch.Size([2]))"
    assert given_array.tolist() == [1, 2]


def test_what_torch_leaves_out_of_a_large_tensor_is_left_out():
    (answer,) = print_lines({"A": np.arange(10_000)}, ["A"])
    assert answer.text == repr(torch.arange(10_000))
    assert "..." in answer.text
