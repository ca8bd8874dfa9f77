"""The digits, features of them made by hand, and a small network, beside scikit-image, scikit-learn and torch."""

import warnings

import numpy as np
import pytest
import torch
from skimage.feature import hog
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

from core.errors import InputError
from core.foundations.digits import (
    direction_features,
    frequency_features,
    hand_made_accuracies,
    linear_accuracy,
    load_digits,
    pixel_features,
    shifted,
    zone_features,
)
from core.foundations.representation import (
    affine_gap,
    layer_accuracies,
    learned_kernels,
    principal_plane,
    train_network,
)


@pytest.fixture(scope="module")
def few():
    return load_digits(rows=300, shift=1)


def test_no_test_image_is_learned_from_and_every_digit_is_tested():
    found = load_digits()
    assert found.images.shape == (1797, 8, 8)
    assert (found.images.min(), found.images.max()) == (0, 1)
    assert len(found.train) + len(found.test) == 1797
    assert not set(found.train) & set(found.test)
    assert set(found.labels[found.test]) == set(range(10))
    assert not np.array_equal(found.test, load_digits(seed=1).test)


def test_a_shifted_digit_has_the_same_ink_elsewhere():
    plain, moved = load_digits().images[:50], load_digits(shift=2).images[:50]
    assert moved.shape == (50, 12, 12)
    np.testing.assert_allclose(moved.sum(axis=(1, 2)), plain.sum(axis=(1, 2)))
    assert np.array_equal(shifted(plain, 0), plain)


@pytest.mark.parametrize("asked", [{"rows": 5}, {"rows": 5000}, {"shift": 9}, {"shift": -1}])
def test_what_cannot_be_drawn_ends_in_a_sentence(asked):
    with pytest.raises(InputError, match="Between 20 and 1347"):
        load_digits(**asked)


def test_directions_of_edges_are_those_of_scikit_image():
    images = load_digits().images[:20]
    found = direction_features(images)
    for image, ours in zip(images, found, strict=True):
        theirs = hog(image, orientations=8, pixels_per_cell=(2, 2), cells_per_block=(1, 1), block_norm="L1")
        np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_zones_are_means_by_hand_and_pixels_are_read_row_by_row():
    images = load_digits().images[:3]
    found = zone_features(images)
    assert found.shape == (3, 16)
    assert found[1, 5] == pytest.approx(images[1, 2:4, 2:4].mean())
    np.testing.assert_array_equal(pixel_features(images)[2], images[2].ravel())


def test_frequencies_do_not_see_where_a_digit_stands():
    image = np.zeros((1, 12, 12))
    image[0, 2:10, 2:10] = load_digits().images[0]
    other = np.roll(image, (2, -1), axis=(1, 2))
    np.testing.assert_allclose(frequency_features(image), frequency_features(other), atol=1e-9)
    assert frequency_features(image)[0, 0] == pytest.approx(image.sum())


def test_the_accuracy_is_that_of_scikit_learn(few):
    model = LogisticRegression(max_iter=60)
    X = pixel_features(few.images)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(X[few.train], few.labels[few.train])
    right = [guess == truth for guess, truth in zip(model.predict(X[few.test]), few.labels[few.test], strict=True)]
    assert linear_accuracy(X, few) == pytest.approx(np.mean(right))


def test_on_moved_digits_a_feature_that_does_not_see_the_move_is_far_ahead_of_pixels(few):
    found = hand_made_accuracies(few).set_index("name")["accuracy"]
    assert found["frequencies"] > found["pixels"] + 0.2


def test_the_network_is_that_of_torch_layer_by_layer(few):
    network = train_network(few, depth=3, epochs=2)
    assert len(network.outputs) == 3
    assert len(network.loss) == 3
    assert network.loss[-1] < network.loss[0]
    assert network.parameters == (100 + 1) * 32 + 2 * 33 * 32 + 33 * 10
    before = pixel_features(few.images) @ network.weights.reshape(32, -1).T
    biases = (network.outputs[0] - before)[:, network.outputs[0].min(axis=0) > 0]
    np.testing.assert_allclose(biases, np.broadcast_to(biases[:1], biases.shape), atol=1e-4)
    assert all((output >= 0).all() for output in network.outputs), "after ReLU"


def test_training_is_the_same_every_time_and_leaves_the_random_state_of_torch_alone(few):
    torch.manual_seed(5)
    before = torch.get_rng_state()
    one, two = (train_network(few, epochs=1, seed=3) for _time in range(2))
    assert torch.equal(torch.get_rng_state(), before)
    np.testing.assert_allclose(one.weights, two.weights)
    assert not np.allclose(one.weights, train_network(few, epochs=1, seed=4).weights)


def test_learning_makes_the_layers_tell_the_digits_apart_better(few):
    trained, random = (train_network(few, epochs=epochs) for epochs in (15, 0))
    assert trained.accuracy > random.accuracy + 0.3
    table = layer_accuracies(few, trained)
    assert table["layer"].tolist() == [0, 1, 2]
    assert table["accuracy"].iloc[-1] > table["accuracy"].iloc[0] + 0.05


def test_layers_without_an_activation_are_one_affine_map(few):
    network = train_network(few, depth=2, epochs=1, relu=False)
    X = np.hstack([pixel_features(few.images), np.ones((1797, 1))])
    solution = np.linalg.lstsq(X, network.outputs[-1], rcond=None)[0]
    np.testing.assert_allclose(X @ solution, network.outputs[-1], atol=1e-4)
    assert affine_gap(few, network.outputs[-1]) < 1e-9
    assert affine_gap(few, train_network(few, depth=2, epochs=1).outputs[-1]) > 0.01
    assert affine_gap(few, np.ones((1797, 3))) == 0


@pytest.mark.parametrize("asked", [{"depth": 0}, {"depth": 9}, {"epochs": -1}])
def test_a_network_that_cannot_be_made_ends_in_a_sentence(few, asked):
    with pytest.raises(InputError, match="1 to 4 hidden layers"):
        train_network(few, **asked)


def test_kernels_are_learned():
    digits = load_digits(rows=400)
    before, chance = learned_kernels(digits, epochs=0)
    after, accuracy = learned_kernels(digits, epochs=4)
    assert before.shape == after.shape == (8, 3, 3)
    assert accuracy > chance + 0.3
    assert not np.allclose(before, after)


def test_the_plane_is_that_of_scikit_learn(few):
    outputs = pixel_features(few.images)
    plane, kept = principal_plane(outputs, few.test)
    model = PCA(2, svd_solver="full").fit(outputs[few.test])
    np.testing.assert_allclose(np.abs(plane), np.abs(model.transform(outputs[few.test])), atol=1e-8)
    assert kept == pytest.approx(model.explained_variance_ratio_.sum())
    flat, nothing = principal_plane(np.ones((9, 1)), np.arange(9))
    assert flat.shape == (9, 2)
    assert nothing == 0
