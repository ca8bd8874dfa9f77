"""Broadcasting, against torch on every small pair of shapes."""

import itertools

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.tensors.broadcasting import (
    OPERATIONS,
    align,
    alignment_table,
    broadcast_shape,
    combine,
    explain_alignment,
    stretch,
    ways_out,
)

LENGTHS = [shape for axes in range(4) for shape in itertools.product((0, 1, 2, 3), repeat=axes)]
OF_TORCH = {"add": torch.add, "subtract": torch.sub, "multiply": torch.mul, "divide": torch.div, "equal": torch.eq,
            "greater": torch.gt}  # fmt: skip


def expected_shape(one, two):
    try:
        return tuple((torch.empty(one) + torch.empty(two)).shape)
    except RuntimeError:
        return None


@pytest.mark.parametrize("one", LENGTHS, ids=str)
def test_any_two_shapes_give_the_shape_that_torch_gives_or_none(one):
    for two in LENGTHS:
        aligned = align(one, two)
        assert aligned.shape == expected_shape(one, two)
        assert (aligned.apart is None) == (aligned.shape is not None)
        assert len(explain_alignment(aligned)) == len(aligned.pairs) == max(len(one), len(two))
        assert len(alignment_table(aligned)) == 3 * len(aligned.pairs)


@pytest.mark.parametrize(("one", "two"), [((3, 4), (3,)), ((2, 3), (4, 3)), ((4,), (3,)), ((2, 3, 4), (2, 3))])
def test_the_axis_that_is_told_is_the_one_torch_complains_of(one, two):
    apart = align(one, two).apart
    with pytest.raises(RuntimeError) as caught:
        torch.zeros(one) + torch.zeros(two)
    assert f"({apart.first})" in str(caught.value)
    assert f"({apart.second})" in str(caught.value)
    assert f"dimension {apart.axis + max(len(one), len(two))}" in str(caught.value)
    with pytest.raises(InputError, match=f"lengths {apart.first} and {apart.second}"):
        broadcast_shape(one, two)


@pytest.mark.parametrize(
    ("one", "two"), [((3, 1), (1, 2)), ((3, 4), (4,)), ((3, 1, 2), (2, 1)), ((), (2, 3)), ((0,), (1,))]
)
def test_stretched_tensors_are_torchs_expanded_ones_with_their_strides(one, two):
    shape = broadcast_shape(one, two)
    for own in (one, two):
        values = np.arange(np.prod(own)).reshape(own)
        expected = torch.arange(values.size).reshape(own).expand(shape)
        of = stretch(values, shape)
        assert of.values.tolist() == expected.tolist()
        assert of.strides == tuple(expected.stride())
        assert (~of.copies).sum() == (values.size if 0 not in shape else 0)
        assert sorted(of.place[~of.copies].tolist()) == (list(range(values.size)) if 0 not in shape else [])
        assert np.array_equal(values.ravel()[of.place], of.values)


def test_a_tensor_is_never_stretched_to_what_does_not_hold_it():
    with pytest.raises(InputError, match=r"\(3,\)"):
        stretch(np.zeros(3), (3, 4))
    with pytest.raises(InputError, match=r"\(2, 3\)"):
        stretch(np.zeros((2, 3)), (1, 3))


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("kinds", list(itertools.product([np.int64, np.float64, np.bool_], repeat=2)), ids=str)
def test_combined_cells_have_torchs_values_and_dtype(operation, kinds):
    a = np.array([[0], [1], [-2]]).astype(kinds[0])
    b = np.array([[1, 0]]).astype(kinds[1])
    if operation == "subtract" and np.bool_ in kinds:
        with pytest.raises(InputError, match="True and False"):
            combine(a, b, operation)
        return
    expected = OF_TORCH[operation](torch.tensor(a), torch.tensor(b))
    result = combine(a, b, operation)
    assert str(result.dtype) == str(expected.dtype).removeprefix("torch.")
    np.testing.assert_array_equal(result, expected.numpy())


@pytest.mark.parametrize("one", [shape for shape in LENGTHS if 0 not in shape], ids=str)
def test_every_way_out_is_a_line_that_torch_runs_with_the_shapes_told(one):
    helped = 0
    for two in (shape for shape in LENGTHS if 0 not in shape):
        for way in ways_out(one, two):
            tensors = {"a": torch.zeros(one), "b": torch.zeros(two)}
            changed = eval(way.line, tensors)
            assert tuple(changed.shape) == way.becomes
            tensors["a" if way.changes == "first" else "b"] = changed
            assert tuple((tensors["a"] + tensors["b"]).shape) == way.shape
            helped += 1
    assert helped or 3 not in one


def test_products_that_would_be_huge_are_refused_before_they_are_made():
    with pytest.raises(InputError, match="100,000,000"):
        combine(np.zeros((10_000, 1)), np.zeros((1, 10_000)), "add")


def test_the_notes_own_sum():
    a, b = np.arange(3).reshape(3, 1), np.arange(2).reshape(1, 2)
    assert combine(a, b, "add").tolist() == [[0, 1], [1, 2], [2, 3]]


def test_what_is_drawn_tells_copies_from_missing_axes():
    table = alignment_table(align((8, 1, 6, 1), (7, 1, 5)))
    assert table[table["who"] == "result"]["length"].tolist() == ["8", "7", "6", "5"]
    assert table[table["who"] == "a"]["part"].tolist() == ["own", "copied", "own", "copied"]
    assert table[table["who"] == "b"]["part"].tolist() == ["missing", "own", "copied", "own"]
    assert "apart" in alignment_table(align((2,), (3,)))["part"].tolist()
