"""Descent on softmax against torch, and towards the exact optimum."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations.softmax import fit_softmax
from core.foundations.softmax_descent import softmax_descent


def rows():
    random = np.random.default_rng(3)
    X = random.normal(size=(90, 2)) * [1.0, 30.0]
    return X, (X @ [[1.0, 0.0, -1.0], [0.0, 0.05, 0.0]] + random.gumbel(size=(90, 3))).argmax(axis=1)


@pytest.mark.parametrize("penalty", [0.0, 0.1])
def test_every_loss_is_that_of_torch(penalty):
    X, y = rows()
    Z = torch.tensor((X - X.mean(axis=0)) / X.std(axis=0))
    W = torch.zeros(3, 2, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    descent = torch.optim.SGD([W, b], lr=0.8)
    for loss in softmax_descent(X, y, 0.8, 15, penalty):
        theirs = torch.nn.functional.cross_entropy(Z @ W.T + b, torch.tensor(y)) + penalty / 2 * (W**2).sum()
        assert loss.item() == pytest.approx(theirs.item(), rel=1e-10)
        descent.zero_grad()
        theirs.backward()
        descent.step()


def test_it_reaches_the_exact_optimum():
    X, y = rows()
    assert softmax_descent(X, y, 2.0, 2000)[-1].item() == pytest.approx(fit_softmax(X, y).loss, rel=1e-8)


def test_rates_and_updates_have_a_range():
    for rate, updates in ((0.0, 5), (1.0, 0)):
        with pytest.raises(InputError):
            softmax_descent(*rows(), rate, updates)
