"""Kernels, edges and keypoints, beside torch and scipy and on pictures whose edges are known."""

import numpy as np
import pytest
import torch
from scipy.ndimage import correlate, label

from core.errors import InputError
from core.foundations.edges import (
    KERNELS,
    PHOTOGRAPHS,
    canny_edges,
    canny_steps,
    convolve,
    photograph,
    share_found_again,
    sift_keypoints,
)


@pytest.mark.parametrize("name", KERNELS)
def test_a_convolution_is_that_of_torch_and_the_correlation_of_scipy(name):
    image, kernel = np.random.default_rng(0).random((9, 12)), np.array(KERNELS[name], dtype=float)
    found = convolve(image, kernel)
    by_torch = torch.nn.functional.conv2d(torch.tensor(image)[None, None], torch.tensor(kernel)[None, None])
    np.testing.assert_allclose(found, by_torch[0, 0].numpy(), atol=1e-12)
    np.testing.assert_allclose(found, correlate(image, kernel)[1:-1, 1:-1], atol=1e-12)


def test_a_kernel_of_the_size_of_the_picture_gives_one_sum():
    assert convolve([[1, 2], [3, 4]], [[1, 0], [0, 10]]).tolist() == [[41]]


@pytest.mark.parametrize(
    ("image", "kernel", "words"),
    [
        (np.ones((2, 5)), np.ones((3, 3)), "at least as large"),
        (np.ones(5), np.ones((3, 3)), "at least as large"),
        (np.full((4, 4), np.nan), np.ones((3, 3)), "missing or infinite"),
    ],
)
def test_bad_pictures_end_in_a_sentence(image, kernel, words):
    with pytest.raises(InputError, match=words):
        convolve(image, kernel)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_the_photographs_are_grey_and_as_wide_as_asked(name):
    found = photograph(name, 96)
    assert found.shape[1] == 96
    assert 0 <= found.min() < found.max() <= 1
    with pytest.raises(InputError, match="china or flower"):
        photograph("../secret")


def test_the_edge_of_a_square_is_found_and_a_flat_picture_has_none():
    picture = np.zeros((40, 40))
    picture[10:30, 10:30] = 1
    found = canny_edges(picture, sigma=1.0)
    assert found.pieces == 1
    rows, columns = np.nonzero(found.edges)
    near = np.minimum.reduce([abs(rows - 10), abs(rows - 29), abs(columns - 10), abs(columns - 29)])
    assert near.max() <= 1
    assert found.share == found.edges.mean() > 0
    assert canny_edges(np.ones((20, 20))).share == 0


@pytest.mark.parametrize("height", [0.3, 1.0])
def test_a_threshold_is_eight_times_the_slope_of_a_blurred_step(height):
    sigma = 4.0
    picture = np.where(np.arange(61) >= 30, height, 0.0) * np.ones((61, 1))
    slope = height / (sigma * np.sqrt(2 * np.pi))  # of the blurred step, where it is steepest
    assert canny_edges(picture, sigma, 0.95 * 8 * slope, 0.95 * 8 * slope).share > 0
    assert canny_edges(picture, sigma, 1.02 * 8 * slope, 1.02 * 8 * slope).share == 0


@pytest.mark.parametrize(("low", "high"), [(0.1, 0.4), (0.5, 0.3)])
def test_the_steps_lead_to_the_edges(low, high):
    picture = photograph("flower", 120)
    steps = canny_steps(picture, 1.0, low, high)
    assert (steps.found.edges == canny_edges(picture, 1.0, low, high).edges).all()
    assert (steps.slope[steps.strong] >= high * (1 - 1e-9)).all()
    assert (steps.slope[steps.weak] >= min(low, high) * (1 - 1e-9)).all()
    assert (steps.slope[steps.weak & ~steps.strong] < high * (1 + 1e-9)).all()
    groups, count = label(steps.weak, np.ones((3, 3)))
    joined = np.isin(groups, [group for group in range(1, count + 1) if steps.strong[groups == group].any()])
    assert (joined == steps.found.edges).all()
    assert np.abs(canny_steps(np.full((9, 9), 0.7)).blurred - 0.7).max() < 1e-12


def test_a_higher_threshold_leaves_fewer_edges_and_a_low_one_above_it_is_lowered():
    picture = photograph("china", 120)
    shares = [canny_edges(picture, 1.0, 0.05, high).share for high in (0.1, 0.2, 0.4)]
    assert shares == sorted(shares, reverse=True)
    assert canny_edges(picture, 1.0, 0.9, 0.2).share == canny_edges(picture, 1.0, 0.2, 0.2).share
    with pytest.raises(InputError, match="at least one pixel"):
        canny_edges(np.empty((0, 3)))


def test_a_blob_has_a_keypoint_near_its_middle_and_a_flat_picture_none():
    down, right = np.mgrid[:60, :60]
    blob = np.exp(-((down - 25) ** 2 + (right - 35) ** 2) / (2 * 4**2))
    found = sift_keypoints(blob)
    assert len(found)
    assert np.hypot(found["x"] - 35, found["y"] - 25).min() < 1.5
    assert sift_keypoints(np.ones((40, 40))).empty


def test_keypoints_are_found_again_after_a_turn_and_others_are_not():
    picture = photograph("flower", 120)
    found = sift_keypoints(picture)
    assert share_found_again(picture, found) > 0.8
    random = np.random.default_rng(0)
    nowhere = found.assign(x=random.uniform(-500, -400, len(found)))
    assert share_found_again(picture, nowhere) == 0
    assert share_found_again(np.ones((40, 40)), sift_keypoints(np.ones((40, 40)))) == 0
