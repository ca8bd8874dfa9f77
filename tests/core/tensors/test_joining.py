"""Joined tensors, against torch.cat and torch.stack."""

import itertools

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.tensors.joining import axes_that_fit, join

SHAPES = [(), (1,), (3,), (3, 4), (2, 4), (3, 2), (0, 4), (2, 3, 4), (2, 1, 4)]


@pytest.mark.parametrize(("one", "two"), list(itertools.product(SHAPES, repeat=2)))
@pytest.mark.parametrize("how", ["cat", "stack"])
@pytest.mark.parametrize("axis", range(-3, 4))
def test_what_torch_joins_is_joined_and_what_it_refuses_is_refused(one, two, how, axis):
    x, y = np.arange(np.prod(one)).reshape(one), 100.5 + np.arange(np.prod(two)).reshape(two)
    tensors = {"X": x, "Y": y}
    try:
        expected = getattr(torch, how)((torch.tensor(x), torch.tensor(y)), dim=axis)
    except (RuntimeError, IndexError):
        with pytest.raises(InputError, match=r"\.$"):
            join(tensors, axis, how)
        return
    if expected.ndim > 3:
        with pytest.raises(InputError, match="3 axes"):
            join(tensors, axis, how)
        return
    joined = join(tensors, axis, how)
    assert joined.values.tolist() == expected.tolist()
    assert str(joined.values.dtype) == str(expected.dtype).removeprefix("torch.")
    assert joined.values.shape == tuple(expected.shape)
    for index in np.ndindex(joined.values.shape):
        owner = (x, y)[joined.owner[index]]
        assert owner.ravel()[joined.place[index]] == joined.values[index]


def test_the_notes_own_matrices():
    x, y = np.arange(12.0).reshape(3, 4), np.array([[2.0, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]])
    assert join({"X": x, "Y": y}, 0).values.tolist() == [*x.tolist(), *y.tolist()]
    assert join({"X": x, "Y": y}, 1).values[0].tolist() == [0, 1, 2, 3, 2, 1, 4, 3]


def test_the_sentence_names_the_tensor_and_the_axis():
    with pytest.raises(InputError, match="along axis 1, X has 4 and Y has 2"):
        join({"X": np.zeros((3, 4)), "Y": np.zeros((3, 2))}, 0)
    with pytest.raises(InputError, match=r"X has shape \(3, 4\) and Y has \(4,\)"):
        join({"X": np.zeros((3, 4)), "Y": np.zeros(4)}, 0)
    with pytest.raises(InputError, match="no axis 2"):
        join({"X": np.zeros((3, 4)), "Y": np.zeros((3, 4))}, 2)
    with pytest.raises(InputError, match="Stack scalars"):
        join({"X": np.array(1), "Y": np.array(2)}, 0)
    with pytest.raises(InputError, match="at least one"):
        join({}, 0)


def test_the_axes_that_fit_are_all_of_them_and_no_other():
    assert axes_that_fit({"X": (3, 4), "Y": (3, 2)}) == [1]
    assert axes_that_fit({"X": (3, 4), "Y": (3, 4)}) == [0, 1]
    assert axes_that_fit({"X": (3, 4), "Y": (3, 4)}, "stack") == [0, 1, 2]
    assert axes_that_fit({"X": (), "Y": ()}) == []
    assert axes_that_fit({"X": (), "Y": ()}, "stack") == [0]


def test_too_many_elements_are_refused():
    with pytest.raises(InputError, match="100,000"):
        join({"X": np.zeros((1000, 60)), "Y": np.zeros((1000, 60))}, 0)
