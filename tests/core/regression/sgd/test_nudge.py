"""A nudge: the loss after it is that of the rows, and gradient and curvature foretell it exactly."""

from fractions import Fraction

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression.sgd.nudge import nudge_parameters


def exact_loss(X, y, parameters):
    errors = [
        sum(Fraction(w) * Fraction(x) for w, x in zip(parameters[:-1], row, strict=True)) + Fraction(parameters[-1])
        - Fraction(label)
        for row, label in zip(X, y, strict=True)
    ]  # fmt: skip
    return sum(error * error for error in errors) / (2 * len(errors))


@pytest.mark.parametrize("amount", [2.0**-20, -0.25, 1.0, -1024.0])
def test_the_two_terms_are_the_whole_change_exactly(amount):
    """Of whole numbers and powers of two, floats and fractions are the same to the last bit."""
    draw = np.random.default_rng(0)
    X, y = draw.integers(-8, 8, (16, 3)).astype(float), draw.integers(-32, 32, 16).astype(float)
    parameters = np.array([1.0, -2.0, 0.5, 3.0])
    found = nudge_parameters(X, y, parameters, amount)
    before = exact_loss(X.tolist(), y.tolist(), parameters.tolist())
    assert found.loss == float(before)
    for place, row in found.table.iterrows():
        moved = parameters.copy()
        moved[place] += amount
        change = exact_loss(X.tolist(), y.tolist(), moved.tolist()) - before
        assert Fraction(row["first"]) + Fraction(row["second"]) == change
        assert Fraction(row["change"]) == change
    assert found.rounding == 0.0


@pytest.mark.parametrize("penalty", [0.0, 0.3])
def test_gradient_and_curvature_are_those_of_autograd(penalty):
    draw = np.random.default_rng(1)
    X, y, parameters = draw.normal(size=(40, 3)), draw.normal(size=40), draw.normal(size=4)

    def objective(w):
        errors = torch.from_numpy(X) @ w[:-1] + w[-1] - torch.from_numpy(y)
        return (errors**2).mean() / 2 + penalty / 2 * (w[:-1] ** 2).sum()

    w = torch.from_numpy(parameters)
    gradient = torch.autograd.functional.jacobian(objective, w)
    hessian = torch.autograd.functional.hessian(objective, w)
    found = nudge_parameters(X, y, parameters, 0.1, penalty)
    np.testing.assert_allclose(found.table["gradient"], gradient.numpy(), rtol=1e-12)
    np.testing.assert_allclose(found.table["curvature"], hessian.diagonal().numpy(), rtol=1e-12)
    for place in range(4):
        moved = w.clone()
        moved[place] += 0.1
        assert found.table["loss"][place] == pytest.approx(float(objective(moved)), rel=1e-12)


def test_a_tiny_change_of_a_large_loss_keeps_its_digits():
    X, y = np.array([[1.0], [2.0], [4.0]]), np.array([1e8, -1e8, 3e8])
    found = nudge_parameters(X, y, [0.0, 0.0], 1e-9)
    exact = [exact_loss(X.tolist(), y.tolist(), moved) - exact_loss(X.tolist(), y.tolist(), [0.0, 0.0])
             for moved in ([1e-9, 0.0], [0.0, 1e-9])]  # fmt: skip
    np.testing.assert_allclose(found.table["change"], [float(value) for value in exact], rtol=1e-12)


def test_a_column_of_zeros_moves_nothing_and_an_overflow_is_infinite():
    found = nudge_parameters([[0.0], [0.0]], [1.0, 2.0], [5.0, 0.0], 100.0)
    assert found.table.loc[0, ["gradient", "curvature", "change"]].tolist() == [0.0, 0.0, 0.0]
    assert np.isinf(nudge_parameters([[1e100]], [1.0], [1e100, 0.0], 1.0).loss)


def test_parameters_of_another_number_are_refused():
    with pytest.raises(InputError, match="2 in all"):
        nudge_parameters([[1.0, 2.0]], [1.0], [1.0, 2.0], 0.1)
    with pytest.raises(InputError, match="missing"):
        nudge_parameters([[np.nan]], [1.0], [1.0, 2.0], 0.1)
