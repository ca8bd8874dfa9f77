"""Shared memory in torch, against NumPy's view of the same memory."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.tensors.memory import EXPRESSIONS, WAYS, update, view

X = np.arange(12.0).reshape(3, 4)
Y = np.array([[2.0, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]])


@pytest.mark.parametrize("way", WAYS)
def test_every_way_adds_and_only_the_first_makes_a_new_tensor(way):
    done = update(X, Y, way)
    np.testing.assert_array_equal(done.y, X + Y)
    np.testing.assert_array_equal(done.z, Y if way == "new" else X + Y)
    assert done.same_object == done.same_memory == (way != "new")
    assert [result.text for result in done.attempt.results] == [str(way != "new")] * 2
    assert (done.temporary, done.lasting) == {"new": (0, 96), "slice": (96, 0)}.get(way, (0, 0))


def test_nothing_that_is_given_is_changed():
    x, y = X.copy(), Y.copy()
    for way in WAYS:
        update(x, y, way)
    for expression in EXPRESSIONS:
        view(y, expression)
    np.testing.assert_array_equal(x, X)
    np.testing.assert_array_equal(y, Y)


def test_a_sum_of_a_longer_shape_fits_in_a_new_tensor_only():
    y = np.array([10.0, 20, 30, 40])
    assert update(X, y, "new").y.shape == (3, 4)
    for way in ("slice", "add"):
        refused = update(X, y, way)
        assert refused.attempt.error == "RuntimeError"
        np.testing.assert_array_equal(refused.y, y)
        assert refused.same_object
        assert (refused.temporary, refused.lasting) == (0, 0)


def test_decimals_are_refused_in_place_and_cut_by_a_slice():
    x, y = np.array([0.9]), np.array([1])
    assert update(x, y, "new").y.dtype == np.float64
    assert update(x, y, "slice").y.tolist() == [1]
    assert "can't be cast" in (update(x, y, "add").attempt.message or "")


def test_shapes_that_never_fit_have_no_sum():
    done = update(np.ones(2), np.ones(3), "new")
    assert done.total is None
    assert not done.attempt.worked
    assert done.y.tolist() == [1, 1, 1]


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.parametrize("shape", [(3, 4), (5,), (2, 3, 2), (1, 1), ()])
def test_a_view_is_what_numpy_finds_to_share_memory_and_writing_into_it_shows(expression, shape):
    y = np.arange(1.0, 1 + np.prod(shape, dtype=int)).reshape(shape)
    seen = view(y, expression)
    Y = torch.tensor(y)
    try:
        V = eval(EXPRESSIONS[expression], {"torch": torch, "Y": Y})
    except (IndexError, RuntimeError) as problem:
        assert (seen.attempt.error, seen.attempt.message) == (type(problem).__name__, str(problem))
        return
    np.testing.assert_array_equal(seen.values, V.numpy())
    assert seen.shares == np.shares_memory(V.numpy(), Y.numpy())
    np.testing.assert_array_equal(seen.values, y.flatten()[seen.places])
    expected = y.flatten()
    if seen.shares:
        expected[seen.places.flatten()] = 99
    np.testing.assert_array_equal(seen.y, expected.reshape(shape))
    assert seen.is_itself == (V is Y)


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=6), st.sampled_from(sorted(EXPRESSIONS)))
def test_any_whole_numbers_can_be_looked_at(numbers, expression):
    seen = view(np.array(numbers), expression)
    if seen.attempt.worked:
        assert seen.shares == (seen.y.tolist() != numbers) or seen.places.size == 0


def test_yes_and_no_can_be_looked_at_too():
    seen = view(np.array([True, False]), "reshape")
    assert seen.written is True
    assert seen.y.tolist() == [True, True]
