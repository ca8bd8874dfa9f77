"""The loop of learning, turn by turn, against torch's own optimisers on the same minibatches."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations.learning_loop import walk_loop
from core.regression import SgdConfig, make_synthetic, train

X, Y = (part.numpy() for part in make_synthetic(n=30, noise=0.5, seed=3))


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("penalty", [0.0, 0.3])
def test_turns_are_those_of_torch(optimizer, penalty):
    config = SgdConfig(0.1, batch_size=4, seed=2, optimizer=optimizer, penalty=penalty, standardise=True)
    turns = walk_loop(X, Y, config, turns=4)
    assert len(turns) == 4
    w = torch.tensor(turns[0].before[:-1].copy(), requires_grad=True)
    b = torch.tensor(turns[0].before[-1], requires_grad=True)
    step = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer]([w, b], lr=0.1)
    scaled = (X - X.mean(axis=0)) / X.std(axis=0)
    for turn in turns:
        features, labels = torch.from_numpy(scaled[turn.rows]), torch.from_numpy(Y[turn.rows])
        assert pytest.approx(features.numpy()) == turn.X
        predictions = features @ w + b
        loss = ((predictions - labels) ** 2).mean() / 2
        objective = loss + penalty / 2 * (w @ w)
        step.zero_grad()
        objective.backward()
        assert turn.predictions == pytest.approx(predictions.detach().numpy())
        assert turn.loss == pytest.approx(loss.item())
        assert turn.objective == pytest.approx(objective.item())
        assert turn.gradient == pytest.approx([*w.grad.tolist(), b.grad.item()])
        step.step()
        assert turn.after == pytest.approx([*w.tolist(), b.item()])


def test_turns_are_the_first_updates_of_the_whole_run():
    config = SgdConfig(0.05, batch_size=7, epochs=2, seed=9, standardise=True)
    run = train(X, Y, config)
    for k, turn in enumerate(walk_loop(X, Y, config, turns=3)):
        assert turn.rows.tolist() == run.minibatch(k + 1).tolist()
        assert turn.before == pytest.approx(run.updates.before[k])
        assert turn.after == pytest.approx(run.updates.after[k])


def test_an_epoch_may_have_fewer_turns_than_asked_and_its_last_batch_fewer_rows():
    turns = walk_loop(X[:6], Y[:6], SgdConfig(0.05, batch_size=4), turns=5)
    assert [len(turn.rows) for turn in turns] == [4, 2]
    assert len(walk_loop([[1.0]], [2.0], SgdConfig(0.05, batch_size=1), turns=3)) == 1


def test_a_batch_larger_than_the_table_ends_in_a_sentence():
    with pytest.raises(InputError):
        walk_loop(X[:3], Y[:3], SgdConfig(0.05, batch_size=4))
    with pytest.raises(InputError):
        walk_loop(np.full((4, 1), np.nan), Y[:4], SgdConfig(0.05, batch_size=2))
