"""The first minibatch and the four scales of its loss: those of torch, and the same update from each."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression import make_synthetic, train_sgd
from core.regression.sgd.first_batch import find_first_batch
from core.regression.sgd.loss_scales import loss_scales


@pytest.mark.parametrize(("standardise", "batch_size"), [(False, 10), (True, 32), (True, 200), (False, 1)])
def test_the_two_lines_of_the_book_give_the_first_update(standardise, batch_size):
    X, y = make_synthetic(n=200, noise=0.5, seed=3)
    run = train_sgd(X, y, learning_rate=0.03, batch_size=batch_size, epochs=1, seed=5, standardise=standardise)
    batch = find_first_batch(X, y, run)
    assert batch.rows.tolist() == run.minibatch(1).tolist()
    seen = torch.from_numpy(run.scaling.transform(X)[batch.rows])
    w, b = (torch.tensor(part, requires_grad=True) for part in np.split(run.updates.before[0], [-1]))
    (((seen @ w + b - y[batch.rows]) ** 2) / 2).sum().backward()
    np.testing.assert_allclose(batch.sums, torch.cat([w.grad, b.grad]).numpy(), rtol=1e-12)
    after = run.updates.before[0] - 0.03 / batch_size * batch.sums
    np.testing.assert_allclose(after, run.updates.after[0], rtol=1e-12)


def test_mean_and_sum_with_and_without_the_half_are_those_of_torch_and_step_alike():
    errors = torch.tensor([1.5, -2.0, 0.25, 4.0, -1.0], dtype=torch.float64)
    found = loss_scales(errors.numpy(), 0.03).set_index("scale")
    losses = {
        "half_mean": lambda e: (e**2 / 2).mean(),
        "mean": lambda e: torch.nn.functional.mse_loss(e, torch.zeros_like(e)),
        "half_sum": lambda e: (e**2 / 2).sum(),
        "sum": lambda e: torch.nn.functional.mse_loss(e, torch.zeros_like(e), reduction="sum"),
    }
    for scale, loss in losses.items():
        b = torch.zeros((), dtype=torch.float64, requires_grad=True)
        value = loss(errors + b)
        value.backward()
        assert found["loss"][scale] == pytest.approx(value.item(), rel=1e-15)
        assert found["gradient"][scale] == pytest.approx(float(b.grad), rel=1e-15)
    assert found["step"].tolist() == pytest.approx([0.03 * float(errors.mean())] * 4, rel=1e-14)
    assert found["rate"]["half_mean"] == pytest.approx(
        5 * found["rate"]["half_sum"]
    )  # the mean's rate: n times the sum's


def test_a_loss_is_never_negative_and_zero_when_perfect():
    assert loss_scales([0.0, 0.0], 0.1)["loss"].tolist() == [0.0] * 4
    draw = np.random.default_rng(0)
    for _try in range(20):
        assert (loss_scales(draw.normal(size=3) * 10.0 ** draw.integers(-100, 100), 0.1)["loss"] >= 0).all()


def test_a_rate_of_zero_and_missing_errors_are_refused():
    with pytest.raises(InputError, match="above 0"):
        loss_scales([1.0], 0.0)
    with pytest.raises(InputError, match="missing"):
        loss_scales([np.nan], 0.1)
