"""Facts of a tensor, and reshaping, against torch's own answers."""

import itertools

import numpy as np
import pytest
import torch

from core.errors import InputError, PointedError
from core.tensors.shapes import (
    contiguous_strides,
    describe,
    dimension_sentence,
    infer_shape,
    kind,
    parse_shape,
    reshape,
    shape_text,
    walk,
)

SHAPES = [(), (1,), (5,), (0,), (3, 4), (1, 4), (4, 1), (0, 3), (3, 0), (2, 3, 4), (2, 1, 4), (1, 1, 1), (2, 0, 3)]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_facts_are_those_that_torch_tells(shape):
    tensor = torch.zeros(shape)
    facts = describe(np.zeros(shape))
    assert (facts.axes, facts.shape, facts.elements) == (tensor.ndim, tuple(tensor.shape), tensor.numel())
    assert facts.strides == tuple(tensor.stride()) == contiguous_strides(shape)
    assert facts.length == (len(tensor) if shape else None)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("transposed", [False, True])
def test_reshaping_gives_torchs_elements_strides_and_memory(shape, transposed):
    values = np.arange(int(np.prod(shape)), dtype=float).reshape(shape) * 1.5
    tensor = torch.arange(values.size, dtype=torch.float64).mul(1.5).reshape(shape)
    turned = tensor.permute(tuple(reversed(range(tensor.ndim)))) if transposed else tensor
    for wanted in {(values.size,), (1, values.size), (values.size, 1), *itertools.permutations(shape), (-1,), (-1, 2)}:
        try:
            expected = turned.reshape(wanted)
        except RuntimeError:
            with pytest.raises(InputError):
                reshape(values, wanted, transposed=transposed)
            continue
        result = reshape(values, wanted, transposed=transposed)
        assert result.values.tolist() == expected.tolist()
        assert result.strides == tuple(expected.stride())
        if values.size:
            assert result.shares_memory == (
                expected.untyped_storage().data_ptr() == tensor.untyped_storage().data_ptr()
            )
        assert np.array_equal(values.ravel()[result.place], result.values)


def test_shapes_with_another_number_of_elements_are_refused_with_both_numbers():
    with pytest.raises(InputError, match="15 elements in all, but the size of the tensor is 12"):
        infer_shape(12, (5, 3))
    with pytest.raises(InputError, match="not a multiple of 5"):
        infer_shape(12, (-1, 5))
    with pytest.raises(InputError, match="write the length"):
        infer_shape(0, (0, -1))


def test_dimension_has_both_its_meanings():
    vector = dimension_sentence(describe(np.zeros(5)))
    assert "dimension is 5, its length" in vector
    assert "dimension is 1, its number of axes" in vector
    assert "dimension is 3, its number of axes" in dimension_sentence(describe(np.zeros((2, 3, 4))))
    assert "lengths 2, 3 and 4" in dimension_sentence(describe(np.zeros((2, 3, 4))))
    assert [kind(axes) for axes in range(4)] == ["scalar", "vector", "matrix", "tensor with 3 axes"]


def test_walking_along_an_axis_passes_as_many_cells_as_it_is_long():
    assert [int(walk((2, 3, 4), axis).sum()) for axis in range(3)] == [2, 3, 4]
    assert walk((2, 3), 0).tolist() == [[True, False, False], [True, False, False]]
    assert walk((0, 3), 1).sum() == 0
    with pytest.raises(InputError, match="no axis 2"):
        walk((2, 3), 2)


@pytest.mark.parametrize(
    ("text", "shape"),
    [("2, 6", (2, 6)), ("(2, 6)", (2, 6)), ("[3]", (3,)), ("3,", (3,)), ("2x6", (2, 6)), ("2 × 6", (2, 6)), ("", ()),
     ("()", ()), ("-1, 3", (-1, 3)), ("−1 3", (-1, 3)), ("torch", None), ("2.5", None), ("-2", None), ("-1,-1", None),
     ("1,1,1,1,1,1,1,1,1", None), ("9" * 30, None), ("9" * 300, None), ("1" * 19 + "9", None)],
)  # fmt: skip
def test_shapes_are_read_as_they_are_typed_or_refused_in_a_sentence(text, shape):
    if shape is not None:
        assert parse_shape(text, inferred=True) == shape
        return
    with pytest.raises(InputError, match=r"\.$|;"):
        parse_shape(text, inferred=True)


def test_the_place_of_what_is_no_shape_is_pointed_at():
    with pytest.raises(PointedError) as caught:
        parse_shape("2, a")
    assert caught.value.position == 3
    with pytest.raises(PointedError) as caught:
        parse_shape("-1, -1", inferred=True)
    assert caught.value.position == 4
    with pytest.raises(PointedError, match="0 or more"):
        parse_shape("-1")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_that_is_written_is_read_back(shape):
    assert parse_shape(shape_text(shape)) == shape
