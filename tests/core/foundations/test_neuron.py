"""A neuron, against torch's nn.Linear, exact fractions and a geometric construction."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import torch

from core.errors import InputError
from core.foundations import predict_neuron, sigmoid
from core.foundations.neuron import neuron_terms

numbers = np.random.default_rng(3)


def test_probabilities_of_many_rows_are_those_of_a_layer_of_torch():
    X, w, b = numbers.normal(size=(50, 7)), numbers.normal(size=7), 0.3
    layer = torch.nn.Linear(7, 1, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(w))
        layer.bias.fill_(b)
        expected = torch.sigmoid(layer(torch.from_numpy(X))).squeeze(1)
    for rows in (X, torch.from_numpy(X), pd.DataFrame(X), X.tolist()):
        result = predict_neuron(w, rows, b)
        assert result.shape == (50,)
        assert result.dtype == torch.float64
        assert torch.allclose(result, expected, rtol=1e-12)
    assert predict_neuron(w, X[0], torch.tensor([b])).shape == ()
    assert predict_neuron(w, np.empty((0, 7)), b).shape == (0,)


def test_terms_and_sums_are_those_of_exact_fractions():
    w, x, b = [0.5, -1.25, 3.0], [2.0, 4.5, -0.375], -0.8125
    terms = neuron_terms(w, x, b)
    products = [Fraction(left) * Fraction(right) for left, right in zip(w, x, strict=True)]
    assert terms.products.tolist() == list(map(float, products))
    assert terms.sums.tolist() == [float(sum([*products, Fraction(b)][: n + 1])) for n in range(4)]
    assert terms.z == terms.sums[-1] == float(sum(products) + Fraction(b))
    assert terms.probability == float(sigmoid(terms.z)) == float(predict_neuron(w, x, b))
    assert terms.probability + terms.other == pytest.approx(1)


def test_slopes_are_the_gradient_of_torch():
    w, x, b = [*numbers.normal(size=(2, 5)).tolist(), 0.25]
    weights = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    torch.sigmoid(weights @ torch.tensor(x, dtype=torch.float64) + b).backward()
    assert neuron_terms(w, x, b).slopes == pytest.approx(weights.grad.numpy(), rel=1e-12)


def test_the_distance_is_to_the_nearest_point_where_z_is_0():
    w, x, b = np.array([3.0, 4.0]), np.array([5.0, -1.0]), 2.0
    terms = neuron_terms(w, x, b)
    foot = x - terms.z * w / (w @ w)
    assert w @ foot + b == pytest.approx(0)
    assert terms.distance == pytest.approx(np.linalg.norm(x - foot))
    along = foot + np.linspace(-3, 3, 61)[:, None] * np.array([-w[1], w[0]])
    assert np.linalg.norm(along - x, axis=1).min() == pytest.approx(terms.distance)
    assert neuron_terms([0.0, 0.0], x, 1.0).distance is None
    assert neuron_terms([1e200, 1e200], [1.0, 1.0], 0.0).distance == pytest.approx(math.sqrt(2))


def test_unscaled_features_saturate_it():
    terms = neuron_terms([0.05, 0.01], [217.0, 4750.0], 0.0)
    assert terms.saturated
    assert 0 < terms.slope < 1e-15
    assert terms.probability == 1.0
    assert terms.other == pytest.approx(math.exp(-terms.z))
    assert not neuron_terms([1.0], [0.0], 0.0).saturated


@pytest.mark.parametrize(
    ("w", "x", "b", "says"),
    [
        ([], [], 0, "no entries"),
        ([[1, 2]], [1, 2], 0, r"shape is \(1, 2\)"),
        ([[1], [2]], [1, 2], 0, r"shape is \(2, 1\)"),
        (1.0, 1.0, 0, r"shape is \(\)"),
        ([1, 2], [1, 2, 3], 0, r"\(2,\).*shape is \(3,\)"),
        ([1, 2], [[1], [2]], 0, r"shape is \(2, 1\)"),
        ([1, 2], [[[1, 2]]], 0, r"shape is \(1, 1, 2\)"),
        ([1, 2], 3, 0, r"shape is \(\)"),
        ([1, 2], [1, 2], [1, 2], "b has to be one number"),
        ([1, 2], [1, math.nan], 0, "x contains 1 missing"),
        ([1, math.inf], [1, 2], 0, "w contains 1"),
        ([1, 2], [1, 2], None, "b contains 1"),
        ([1, 2], ["a", "b"], 0, "real numbers"),
        ([1e300], [1e300], 0, "range of float64"),
        ([1e300, 1e300], [1e300, -1e300], 0, "range of float64"),
    ],
)
def test_what_cannot_be_added_up_is_refused_in_a_sentence(w, x, b, says):
    for function in (predict_neuron, neuron_terms):
        with pytest.raises(InputError, match=says):
            function(w, x, b)


def test_huge_weights_give_a_probability_of_1_and_no_warning():
    assert predict_neuron([1e300], [1.0], 0).item() == 1.0
    assert predict_neuron([-1e300], [1.0], 0).item() == 0.0
    with pytest.raises(InputError, match="one row"):
        neuron_terms([1.0], [[1.0]], 0)
