"""A reduction step by step: every step is what it claims, and the last equals `reduce`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from core.errors import InputError
from core.tensors import reduce
from core.tensors.reduction_steps import MOST_FOLDS, collapse
from core.tensors.reductions import HOWS

ARRAYS = shapes.arrays(
    np.float64, shapes.array_shapes(min_dims=0, max_dims=3, max_side=12), elements=st.integers(-9, 9)
)


@given(ARRAYS, st.sampled_from(HOWS), st.booleans(), st.data())
def test_the_last_step_before_the_end_has_the_result_already(array, how, keepdims, data):
    axis = data.draw(st.sampled_from([None, *range(array.ndim)]))
    done = collapse(array, how, axis, keepdims)
    result = reduce(array, how, axis, keepdims).numpy()
    assert np.array_equal(done.result, result, equal_nan=True)
    assert np.allclose(done.steps[-2].values.reshape(result.shape), result, equal_nan=True)


@given(ARRAYS, st.data())
def test_every_fold_shortens_its_axis_and_keeps_the_total(array, data):
    axis = data.draw(st.sampled_from([None, *range(array.ndim)]))
    before = array.shape
    for step in collapse(array, "sum", axis).steps[1:-1]:
        lost = list(before)
        lost[step.axis] -= step.last - step.first + 1
        assert step.values.shape == tuple(lost)
        assert step.values.sum() == array.sum()
        lines = np.take(array.sum(tuple(range(step.axis))), range(step.taken), axis=0)
        assert np.array_equal(np.take(step.values.sum(tuple(range(step.axis))), 0, axis=0), lines.sum(0))
        before = step.values.shape


def test_one_to_nine_collapse_over_axis_0():
    steps = collapse(np.arange(1, 10).reshape(3, 3), "sum", 0).steps
    assert [step.kind for step in steps] == ["start", "fold", "fold", "end"]
    assert steps[1].values.tolist() == [[5, 7, 9], [7, 8, 9]]
    assert steps[2].values.tolist() == [[12, 15, 18]]
    assert steps[3].values.tolist() == [12, 15, 18]
    assert [step.taken for step in steps] == [0, 2, 3, 0]


def test_a_variance_is_squared_first_and_divided_last():
    done = collapse([1.0, 2, 6], "var", correction=1)
    steps = done.steps
    assert [step.kind for step in steps] == ["start", "square", "fold", "fold", "divide", "end"]
    assert steps[1].values.tolist() == [4, 1, 9]
    assert (done.divisor, steps[-1].values) == (2, 7)


def test_a_long_axis_takes_bites():
    folds = [step for step in collapse(np.ones(1000), "sum").steps if step.kind == "fold"]
    assert len(folds) == MOST_FOLDS
    assert {step.last - step.first + 1 for step in folds} <= {124, 125}
    assert folds[-1].taken == 1000


def test_without_lines_there_is_nothing_to_fold():
    assert [step.kind for step in collapse(np.zeros((0, 2)), "sum", 0).steps] == ["start", "end"]
    assert [step.kind for step in collapse(5, "max").steps] == ["start", "end"]
    with pytest.raises(InputError, match="at least one entry"):
        collapse([], "max")


@given(ARRAYS, st.booleans(), st.data())
def test_every_entry_of_the_result_knows_the_entries_it_is_made_of(array, keepdims, data):
    axis = data.draw(st.sampled_from([None, *range(array.ndim)]))
    done = collapse(array, "sum", axis, keepdims)
    assert all(done.line(place).sum() == done.result[place] for place in np.ndindex(done.result.shape))
    places = [done.place(index) for index in np.ndindex(array.shape)]
    assert all(places.count(place) == done.count for place in np.ndindex(done.result.shape))


def test_what_comes_in_is_not_changed():
    array = np.arange(6.0).reshape(2, 3)
    before = array.copy()
    for how in HOWS:
        for step in collapse(array, how, 0).steps[1:]:
            step.values[...] = 0
    assert np.array_equal(array, before)


@pytest.mark.parametrize("how", ["sum", "max", "min", "prod"])
@pytest.mark.parametrize("array", [np.arange(1, 10).reshape(3, 3), np.array([[True, False], [True, True]])])
def test_steps_of_whole_numbers_and_booleans_stay_whole(array, how):
    done = collapse(array, how, 0)
    assert done.result.dtype == done.steps[-2].values.dtype
    assert np.array_equal(done.steps[-2].values.reshape(done.result.shape), done.result)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_converted_entries_are_folded_in_their_new_type(dtype):
    done = collapse(np.arange(1, 10).reshape(3, 3), "mean", 0, dtype=dtype)
    assert {step.values.dtype for step in done.steps} == {np.dtype(dtype)}
    assert (done.x.dtype, done.result.tolist(), done.mean((1,))) == (np.int64, [4, 5, 6], 5)
