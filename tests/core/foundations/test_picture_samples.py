"""The sample pictures, and a neuron on them; scikit-learn, numpy and torch are the oracles."""

import math

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits, load_sample_image

from core.errors import InputError
from core.foundations import shrink, to_feature_vector
from core.foundations.picture_neuron import WEIGHTINGS, apply_neuron, picture_weights
from core.foundations.sample_pictures import digit, flag, photograph


@pytest.mark.parametrize("name", ["flower", "china"])
def test_the_photographs_are_those_of_scikit_learn(name):
    assert (photograph(name).pixels == load_sample_image(f"{name}.jpg")).all()


def test_a_digit_is_that_of_scikit_learn_stretched():
    bunch = load_digits()
    for index in (0, 5, 1796):
        picture, label = digit(index)
        assert label == bunch.target[index]
        assert np.abs(picture.pixels[:, :, 1] / 255 - bunch.images[index] / 16).max() < 0.5 / 255 + 1e-9


def test_the_flag_has_pure_colours():
    pixels = flag(20, 20).pixels
    assert pixels.shape == (20, 20, 3)
    assert set(np.unique(pixels)) == {0, 255}
    assert (pixels[0, 0].tolist(), pixels[0, 10].tolist(), pixels[0, 19].tolist()) == (
        [255, 0, 0], [0, 255, 0], [0, 0, 255],
    )  # fmt: skip
    assert pixels[10, 10].tolist() == [255, 255, 255]


@pytest.mark.parametrize(
    "refused", [lambda: photograph("cat"), lambda: digit(-1), lambda: digit(1797), lambda: flag(0, 1)]
)
def test_others_are_refused(refused):
    with pytest.raises(InputError):
        refused()


@pytest.mark.parametrize("order", ["channel", "pixel"])
@pytest.mark.parametrize("kind", WEIGHTINGS)
def test_the_neuron_is_a_dot_product_and_a_sigmoid_in_either_order(kind, order):
    picture = shrink(photograph("flower"), 12, square=True)
    x = to_feature_vector(picture, order, scaled=True)
    weights = picture_weights(kind, picture.shape, order, seed=3)
    found = apply_neuron(x, weights, -0.5)
    terms = [a * b for a, b in zip(x.tolist(), weights.tolist(), strict=True)]
    assert found.exact == pytest.approx(math.fsum(terms) - 0.5, abs=1e-12)
    assert found.z == pytest.approx(found.exact, abs=1e-12)
    assert found.probability == pytest.approx(1 / (1 + math.exp(-found.exact)), rel=1e-12)
    assert found.products.sum().item() == pytest.approx(found.z + 0.5, abs=1e-12)
    other = "pixel" if order == "channel" else "channel"
    again = apply_neuron(
        to_feature_vector(picture, other, scaled=True), picture_weights(kind, picture.shape, other, seed=3), -0.5
    )
    assert again.z == pytest.approx(found.z, abs=1e-12)


def test_the_red_neuron_answers_to_red():
    shape = (4, 4, 3)
    weights = picture_weights("red", shape)
    answers = []
    for colour in ([255, 0, 0], [0, 255, 0], [255, 255, 255]):
        x = to_feature_vector(np.full(shape, colour), scaled=True)
        answers.append(apply_neuron(x, weights, 0.0).z)
    assert answers == pytest.approx([8, -4, 0])


def test_the_top_neuron_balances_and_has_no_weight_in_a_middle_row():
    weights = picture_weights("top", (3, 2, 3), "pixel").reshape(3, 2, 3)
    assert weights.sum().item() == pytest.approx(0)
    assert (weights[0] > 0).all()
    assert (weights[1] == 0).all()
    assert (weights[2] < 0).all()


def test_the_seed_decides_the_random_weights():
    first, again, other = (picture_weights("random", (4, 4, 3), seed=seed) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize(
    ("x", "weights", "bias"),
    [
        (torch.ones(3), torch.ones(4), 0.0),
        (torch.ones(1, 3), torch.ones(1, 3), 0.0),
        (torch.tensor([math.nan]), torch.ones(1), 0.0),
        (torch.ones(1), torch.ones(1), math.inf),
    ],
)
def test_what_no_neuron_can_take_is_refused(x, weights, bias):
    with pytest.raises(InputError):
        apply_neuron(x, weights, bias)


def test_huge_numbers_saturate():
    found = apply_neuron(torch.tensor([1e300, 1.0], dtype=torch.float64), torch.ones(2), 0.0)
    assert found.probability == 1.0
    assert found.exact == found.z == 1e300
