"""Ten neurons on the digits, against torch's own training and scikit-learn's least squares."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits

from core.errors import InputError
from core.foundations import NetworkConfig
from core.foundations.digits_layer import load_split_digits, train_digits_layer

CONFIG = NetworkConfig(outputs=10, loss="cross_entropy", learning_rate=1.0, steps=60, start="zero")


@pytest.fixture(scope="module")
def digits():
    return load_split_digits(3)


def test_every_picture_is_there_once_and_the_seed_decides_who_is_held_out(digits):
    pictures = torch.cat([digits.X_test, digits.X_train]).numpy() * 16
    assert sorted(map(tuple, pictures)) == sorted(map(tuple, load_digits().data))
    assert digits.X_test.shape == (360, 64)
    assert 0 <= digits.X_train.min() <= digits.X_train.max() == 1
    assert torch.equal(load_split_digits(3).X_test, digits.X_test)
    assert not torch.equal(load_split_digits(4).X_test, digits.X_test)
    with pytest.raises(InputError):
        load_split_digits(-1)


def test_the_layer_is_that_of_torch_and_its_accuracy_on_held_out_pictures(digits):
    found = train_digits_layer(digits, CONFIG)
    net = torch.nn.Linear(64, 10).double()
    torch.nn.init.zeros_(net.weight)
    torch.nn.init.zeros_(net.bias)
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
    for _step in range(60):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(digits.X_train), digits.y_train).backward()
        optimizer.step()
    assert found.run.parameters[0].weights.numpy() == pytest.approx(net.weight.detach().numpy().T, rel=1e-6, abs=1e-9)
    right = (net(digits.X_test).argmax(1) == digits.y_test).double().mean().item()
    assert found.accuracies[-1].item() == pytest.approx(right, abs=1e-9)
    assert found.accuracies[0] < 0.2 < 0.9 < right
    assert found.train_accuracy > 0.9


def test_the_exact_layer_is_ten_linear_regressions(digits):
    found = train_digits_layer(digits, CONFIG)
    design = np.column_stack([digits.X_train.numpy(), np.ones(len(digits.X_train))])
    targets = np.eye(10)[digits.y_train.numpy()]
    fitted = design @ np.linalg.lstsq(design, targets, rcond=1e-10)[0]
    ours = digits.X_train.numpy() @ found.exact.weights.numpy() + found.exact.bias.numpy()
    assert ours == pytest.approx(fitted, abs=1e-7)
    assert 0.85 < found.exact_accuracy < 1


def test_a_pixel_that_is_always_dark_keeps_its_starting_weight(digits):
    dark = ~(digits.X_train > 0).any(dim=0)
    assert dark.any()
    run = train_digits_layer(digits, NetworkConfig(outputs=10, loss="cross_entropy", steps=20, seed=1)).run
    first, last = (run.frames[place][0].weights for place in (0, -1))
    assert torch.equal(first[dark], last[dark])
    assert not torch.equal(first[~dark], last[~dark])
