"""The loss bug, against torch's own losses and gradients."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.tensors.loss_bug import RATE, descend, descent_table, loss_bug

NUMBERS = st.floats(-1e6, 1e6)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20)


@given(PAIRS)
def test_both_losses_are_torchs_and_the_wrong_one_parts_into_distance_to_the_mean_and_spread(pairs):
    predictions, labels = np.array(pairs).T
    bug = loss_bug(predictions[:, None], labels)
    guess, truth = torch.tensor(predictions)[:, None], torch.tensor(labels)
    assert bug.differences.tolist() == (guess - truth).tolist()
    assert bug.wrong == pytest.approx(float(((guess - truth) ** 2 / 2).mean()), rel=1e-12)
    assert bug.meant == pytest.approx(float(((guess[:, 0] - truth) ** 2 / 2).mean()), rel=1e-12)
    assert bug.to_mean + bug.spread == pytest.approx(bug.wrong, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("updates", [0, 1, 7])
def test_descent_is_that_of_torchs_gradients_on_either_loss(updates):
    start, labels = np.array([[2.5], [3.5], [9.0]]), np.array([2.0, 4.0, 7.0])
    truth = torch.tensor(labels)
    for which, target in enumerate((truth[:, None], truth)):
        guess = torch.tensor(start, requires_grad=True)
        for _update in range(updates):
            loss = len(start) * ((guess - target) ** 2 / 2).mean()
            (gradient,) = torch.autograd.grad(loss, guess)
            guess = (guess - RATE * gradient).detach().requires_grad_()
        np.testing.assert_allclose(descend(start, labels, updates)[which], guess.detach().numpy()[:, 0], rtol=1e-12)


def test_the_table_has_each_prediction_three_times():
    table = descent_table(np.array([[1.0], [2.0]]), np.array([3.0, 5.0]), 1000)
    assert table.groupby("which")["prediction"].apply(list).to_dict() == {
        "start": [1.0, 2.0], "meant": [pytest.approx(3), pytest.approx(5)], "wrong": [pytest.approx(4)] * 2,
    }  # fmt: skip


def test_what_has_no_loss_is_refused_in_words():
    for predictions, labels in [
        ([1.0, 2.0], [1.0]), ([], []), ([np.nan], [1.0]), ([np.inf], [1.0]), ([1e200], [-1e200]),
        ([0.0] * 101, [0.0] * 101),
    ]:  # fmt: skip
        with pytest.raises(InputError, match=r"\.$"):
            loss_bug(np.array(predictions), np.array(labels))
