"""The likelihood of residuals is that of torch's normal distribution, and least where the loss is."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression import evaluate, solve_closed_form
from core.regression.diagnostics.likelihood import negative_log_likelihood


def test_it_is_the_sum_of_the_logarithms_of_independent_rows():
    residuals = np.random.default_rng(0).normal(size=200) * 30
    peer = -torch.distributions.Normal(torch.tensor(0.0, dtype=torch.float64), 25.0).log_prob(torch.tensor(residuals))
    assert negative_log_likelihood(residuals, 25.0) == pytest.approx(float(peer.sum()), rel=1e-13)


def test_with_one_deviation_it_is_a_constant_and_the_loss_so_both_have_the_same_minimum():
    draw = np.random.default_rng(1)
    X, y = draw.normal(size=(80, 2)), draw.normal(size=80)
    fit = solve_closed_form(X, y)
    best = negative_log_likelihood(y - fit.predict(X).numpy(), 0.8)
    assert best == pytest.approx(80 * np.log(0.8 * np.sqrt(2 * np.pi)) + 80 / 0.64 * fit.loss, rel=1e-13)
    for _try in range(10):
        w, b = fit.weights.numpy() + draw.normal(size=2) / 100, fit.bias + draw.normal() / 100
        other = negative_log_likelihood(y - X @ w - b, 0.8)
        assert other > best
        assert other - best == pytest.approx(80 / 0.64 * (evaluate(X, y, w, b).loss - fit.loss), rel=1e-6)


def test_a_deviation_of_zero_is_refused():
    with pytest.raises(InputError, match="above 0"):
        negative_log_likelihood([1.0], 0.0)
