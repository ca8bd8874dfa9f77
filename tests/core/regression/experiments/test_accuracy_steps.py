"""The staircase of accuracy: the accuracy of the rows at every value, flat between jumps; the loss that of the rows."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression import evaluate
from core.regression.experiments.accuracy_steps import find_accuracy_steps


def case(seed=0, n=60):
    draw = np.random.default_rng(seed)
    X = draw.normal(size=(n, 2))
    return X, X @ [2.0, -1.0] + draw.normal(size=n), np.array([1.5, -0.5, 0.2])


def accuracy(X, y, parameters):
    median = np.median(y)
    return ((X @ parameters[:-1] + parameters[-1] > median) == (y > median)).mean()


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("zoom", [1.0, 10.0])
def test_every_step_is_the_accuracy_of_the_rows(which, zoom):
    X, y, parameters = case()
    found = find_accuracy_steps(X, y, parameters, which, zoom)
    assert found.is_whole
    assert found.accuracy == accuracy(X, y, parameters)
    starts, levels = found.stairs["value"].to_numpy(), found.stairs["accuracy"].to_numpy()
    for low, high, level in zip(starts[:-1], starts[1:], levels[:-1], strict=True):
        moved = parameters.copy()
        moved[which] = (low + high) / 2
        assert accuracy(X, y, moved) == pytest.approx(level, abs=1e-12)
    assert len(starts) == found.jumps + 2
    assert (found.low, found.high) == (levels.min(), levels.max())


def test_the_slope_of_accuracy_is_zero_where_that_of_the_loss_is_not():
    X, y, parameters = case()
    found = find_accuracy_steps(X, y, parameters, 0)
    step = found.flat / 2
    for way in (-step, step):
        assert accuracy(X, y, parameters + np.array([way, 0.0, 0.0])) == found.accuracy
    w = torch.tensor(parameters, requires_grad=True)
    y_hat = torch.from_numpy(X) @ w[:-1] + w[-1]
    m = np.median(y)
    loss = ((y_hat - torch.from_numpy(y)) ** 2).mean() / 2
    loss.backward()
    assert found.gradient == pytest.approx(float(w.grad[0]), rel=1e-12)
    assert not ((y_hat > m) == (torch.from_numpy(y) > m)).float().mean().requires_grad


def test_the_curve_is_the_loss_of_the_rows():
    X, y, parameters = case()
    found = find_accuracy_steps(X, y, parameters, 1)
    for value, loss in found.curve.iloc[::40].itertuples(index=False):
        assert loss == pytest.approx(evaluate(X, y, [parameters[0], value], parameters[2]).loss, rel=1e-12)
    assert found.loss == pytest.approx(evaluate(X, y, parameters[:2], parameters[2]).loss, rel=1e-12)


def test_of_many_steps_a_thousand_values_are_taken_each_with_its_accuracy():
    X, y, parameters = case(n=3000)
    found = find_accuracy_steps(X, y, parameters, 0)
    assert not found.is_whole
    assert len(found.stairs) == 1000
    for value, level in found.stairs.iloc[::97].itertuples(index=False):
        assert accuracy(X, y, np.array([value, *parameters[1:]])) == pytest.approx(level, abs=1e-12)


def test_awkward_tables_have_a_staircase_or_none():
    assert find_accuracy_steps([[0.0], [0.0]], [1.0, 2.0], [1.0, 0.0], 0) is None
    constant = find_accuracy_steps([[1.0], [2.0]], [5.0, 5.0], [0.0, 5.0], 1)
    assert constant.accuracy == 1.0
    alone = find_accuracy_steps([[1.0]], [2.0], [1.0, 0.0], 1)
    assert (alone.threshold, alone.accuracy) == (2.0, 1.0)
    tied = find_accuracy_steps([[1.0], [1.0], [1.0]], [0.0, 1.0, 5.0], [0.0, 0.5], 0)
    assert tied.jumps == 1  # three rows that cross at once
    with pytest.raises(InputError, match="1 in all"):
        find_accuracy_steps([[1.0]], [2.0], [1.0], 0)
