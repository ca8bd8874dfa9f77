"""Activations and their derivatives, against torch's autograd and decimal arithmetic of 50 digits."""

import math
from decimal import Context, Decimal

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations import sigmoid
from core.foundations.activations import ACTIVATIONS

MANY = Context(prec=50, Emin=-999_999, Emax=999_999)
PLACES = [-744.0, -708.5, -100.0, -37.5, -8.25, -1.0, -1e-9, 0.0, 1e-300, 0.3, 1.4, 5.5, 37.5, 100.0, 708.5, 745.0]


def exact(z: float) -> Decimal:
    return MANY.divide(Decimal(1), MANY.add(Decimal(1), MANY.exp(MANY.minus(Decimal(z)))))


@pytest.mark.parametrize("z", PLACES)
def test_sigmoid_and_its_derivative_keep_their_digits_in_both_tails(z):
    value, other = exact(z), exact(-z)
    assert float(sigmoid(z)) == pytest.approx(float(value), rel=1e-14, abs=1e-322)
    slope = ACTIVATIONS["sigmoid"].derivative(z)
    assert float(slope) == pytest.approx(float(MANY.multiply(value, other)), rel=1e-14, abs=1e-322)


@pytest.mark.parametrize("z", [place for place in PLACES if abs(place) < 350])
def test_the_derivative_of_tanh_keeps_its_digits(z):
    value = MANY.multiply(Decimal(4), MANY.multiply(exact(2 * z), exact(-2 * z)))
    assert float(ACTIVATIONS["tanh"].derivative(z)) == pytest.approx(float(value), rel=1e-14)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_values_and_derivatives_are_those_of_torch(name):
    z = torch.linspace(-6, 6, 121, dtype=torch.float64, requires_grad=True)
    value = getattr(torch, name)(z)
    value.sum().backward()
    row = ACTIVATIONS[name]
    assert torch.allclose(row.value(z.detach()), value.detach(), rtol=1e-13, atol=1e-15)
    assert torch.allclose(row.derivative(z.detach()), z.grad, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=lambda row: row.name)
def test_the_lines_of_torch_give_the_same(row):
    z = torch.tensor([-3.0, -0.5, 0.0, 0.5, 3.0], dtype=torch.float64)
    assert torch.allclose(eval(row.code, {"torch": torch, "z": z}), row.value(z), rtol=1e-14)


@pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=lambda row: row.name)
def test_shapes_stay_and_the_ends_are_limits(row):
    for shape in [(), (0,), (1,), (2, 3)]:
        z = np.full(shape, 0.7)
        for result in (row.value(z), row.derivative(z)):
            assert result.shape == shape
            assert result.dtype == torch.float64
        assert (z == 0.7).all()
    ends = row.value([-math.inf, -1e308, 1e308, math.inf])
    assert not ends.isnan().any()
    assert row.derivative([-math.inf, -1e308, 1e308, math.inf]).tolist() in ([0.0] * 4, [0.0, 0.0, 1.0, 1.0])
    assert row.value([math.nan]).isnan().all()
    assert row.derivative([math.nan]).isnan().all()


def test_what_is_no_number_is_refused():
    for wrong in ["much", ["a"], [1j], torch.tensor([1.0], requires_grad=True)]:
        with pytest.raises(InputError, match="z"):
            sigmoid(wrong)
    assert sigmoid([None]).isnan().all()
    assert sigmoid([True, 0]).tolist() == [1 / (1 + math.exp(-1)), 0.5]
