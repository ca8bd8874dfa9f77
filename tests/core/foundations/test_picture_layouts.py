"""What reshape does to a picture, and what fewer pixels keep; torch is the oracle."""

import numpy as np
import pytest
import torch

from core.foundations import Picture, shrink
from core.foundations.picture_layouts import count_misplaced, kept_variation, permuted, reshaped
from core.foundations.sample_pictures import flag, photograph

SHAPES = [(1, 1, 3), (1, 5, 3), (2, 2, 3), (20, 20, 3), (7, 4, 3)]


@pytest.mark.parametrize("shape", SHAPES)
def test_both_are_those_of_torch(shape):
    pixels = np.arange(np.prod(shape)).reshape(shape)
    tensor = torch.from_numpy(pixels)
    right, wrong = tensor.permute(2, 0, 1), tensor.reshape(shape[2], *shape[:2])
    assert permuted(pixels).tolist() == right.tolist()
    assert reshaped(pixels).tolist() == wrong.tolist()
    assert count_misplaced(shape) == int((right != wrong).sum())


def test_of_20_x_20_only_the_two_ends_stay():
    assert count_misplaced((20, 20, 3)) == 1198


def test_the_share_kept_is_that_of_numpy():
    picture = photograph("flower")
    square = picture.pixels[:, 106:533].astype(float)
    small = shrink(picture, 61, square=True)  # 427 is 7 times 61, so blocks are whole
    means = square.reshape(61, 7, 61, 7, 3).mean(axis=(1, 3))
    within = ((square - np.repeat(np.repeat(means, 7, 0), 7, 1)) ** 2).mean()
    whole = ((square - square.mean(axis=(0, 1))) ** 2).mean()
    assert kept_variation(small, True, picture) == pytest.approx(1 - within / whole, abs=1e-3)


def test_more_pixels_keep_more_and_all_keep_all():
    picture = photograph("china")
    shares = [kept_variation(shrink(picture, side), False, picture) for side in (1, 4, 20, 128, 640)]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_one_colour_has_nothing_to_lose():
    plain = Picture.of(np.full((9, 9, 3), 7, dtype=np.uint8))
    assert kept_variation(shrink(plain, 2), True, plain) == 1.0
    assert kept_variation(flag(8, 8), True, flag(8, 8)) == 1.0
