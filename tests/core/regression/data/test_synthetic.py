import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression import make_synthetic


def test_without_noise_labels_are_linear():
    X, y = make_synthetic(50, [1.0, -2.0, 3.0], bias=0.5, noise=0)
    assert X.dtype == y.dtype == torch.float64
    assert (X.shape, y.shape) == ((50, 3), (50,))
    assert torch.allclose(y, X @ torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64) + 0.5, rtol=0, atol=1e-14)


def test_features_and_noise_have_the_spread_asked_for():
    X, y = make_synthetic(200_000, [2.0], bias=1.0, noise=0.3, seed=4)
    noise = y - 2 * X[:, 0] - 1
    assert X.mean().item() == pytest.approx(0, abs=0.01)
    assert X.std().item() == pytest.approx(1, abs=0.01)
    assert noise.std().item() == pytest.approx(0.3, abs=0.005)


def test_the_knobs_do_not_change_the_draw():
    X, y = make_synthetic(20, noise=0.1, seed=7)
    louder, more = make_synthetic(20, noise=0.2, seed=7)
    quiet = make_synthetic(20, noise=0, seed=7)[1]
    assert torch.equal(X, louder)
    assert torch.allclose(more - quiet, 2 * (y - quiet))
    assert not torch.equal(X, make_synthetic(20, seed=8)[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"n": 0}, "n has to be a whole number of at least 1; got 0."),
        ({"n": 2.5}, "n has to be a whole number"),
        ({"n": 10**12}, "are too many; ask for at most 100000000 numbers."),
        ({"weights": []}, "weights has to be a list of at least one number"),
        ({"weights": 3.0}, "weights has to be a list of at least one number"),
        ({"weights": [np.nan]}, "weights contains 1 missing"),
        ({"noise": -0.1}, "noise is a standard deviation and has to be at least 0; got -0.1."),
        ({"noise": np.inf}, "noise contains 1 missing or infinite values"),
        ({"bias": [1.0, 2.0]}, "bias has to be one number"),
        ({"bias": "4"}, "bias has to hold real numbers only"),
        ({"seed": 0.5}, "seed has to be a whole number of at least 0; got 0.5."),
    ],
)
def test_bad_input_is_named(change, words):
    with pytest.raises(InputError) as error:
        make_synthetic(**change)
    assert words in str(error.value)
