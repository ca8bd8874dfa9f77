"""A picture as a vector: numpy and torch are the oracles."""

import numpy as np
import pytest
import torch
from PIL import Image

from core.errors import InputError
from core.foundations import entry_of, place_of, read_picture, to_feature_vector
from core.foundations.picture_files import picture_bytes

SHAPES = [(1, 1, 3), (2, 3, 3), (20, 20, 3), (5, 4, 1)]


def some(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)


@pytest.mark.parametrize("shape", SHAPES)
def test_both_orders_are_those_of_torch_and_numpy(shape):
    pixels = some(shape)
    by_channel, by_pixel = to_feature_vector(pixels), to_feature_vector(pixels, "pixel")
    assert by_channel.dtype == by_pixel.dtype == torch.float64
    assert torch.equal(by_channel, torch.from_numpy(pixels).permute(2, 0, 1).reshape(-1).double())
    assert by_pixel.tolist() == pixels.reshape(-1).tolist()


def test_a_picture_of_20_x_20_has_1200_features_not_8000():
    assert to_feature_vector(np.zeros((20, 20, 3))).shape == (1200,)


@pytest.mark.parametrize("order", ["channel", "pixel"])
@pytest.mark.parametrize("shape", SHAPES)
def test_entry_and_place_lead_to_each_other_and_to_the_same_number(shape, order):
    pixels = some(shape)
    vector = to_feature_vector(pixels, order)
    for k in range(vector.numel()):
        place = place_of(k, shape, order)
        assert entry_of(place, shape, order) == k
        assert vector[k] == pixels[place]


def test_scaled_divides_by_255():
    vector = to_feature_vector(np.array([[[0, 51, 255]]], dtype=np.uint8), scaled=True)
    assert vector.tolist() == [0.0, 51 / 255, 1.0]


def test_whatever_holds_the_picture_the_vector_is_the_same():
    pixels = some((4, 5, 3))
    expected = to_feature_vector(pixels)
    content = picture_bytes(pixels)
    others = [torch.from_numpy(pixels), pixels.tolist(), Image.fromarray(pixels), content, read_picture(content)]
    assert all(torch.equal(to_feature_vector(each), expected) for each in others)


def test_the_image_is_not_changed_and_shares_no_memory():
    pixels = some((3, 3, 3)).astype(np.float64)
    before = pixels.copy()
    to_feature_vector(pixels, "pixel")[:] = -1
    assert (pixels == before).all()


def test_grey_has_one_channel():
    assert to_feature_vector(some((8, 8))).shape == (64,)


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.zeros((0, 4, 3)), "empty"),
        (np.zeros((3, 20, 20)), "permute(1, 2, 0)"),
        (np.zeros((20, 20, 4)), "[:, :, :3]"),
        (np.zeros(12), "(height, width, 3)"),
        (np.full((2, 2, 3), np.nan), "finite"),
        (np.full((2, 2, 3), np.inf), "finite"),
        (np.array([[["a", "b", "c"]]]), "numbers"),
        ([[[1, 2, 3]], [[1, 2, 3], [1, 2, 3]]], "as many pixels"),
        (None, "(height, width, 3)"),
        (b"", "no bytes"),
        (b"no picture", "no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(image, words):
    with pytest.raises(InputError) as problem:
        to_feature_vector(image)
    assert words in str(problem.value)


@pytest.mark.parametrize("k", [-1, 12])
def test_an_entry_outside_of_the_vector_is_refused(k):
    with pytest.raises(InputError, match="12 entries"):
        place_of(k, (2, 2, 3))


@pytest.mark.parametrize("place", [(-1, 0, 0), (2, 0, 0), (0, 2, 0), (0, 0, 3)])
def test_a_place_outside_of_the_picture_is_refused(place):
    with pytest.raises(InputError, match="no place"):
        entry_of(place, (2, 2, 3))


def test_another_order_is_refused():
    for refused in (
        lambda: to_feature_vector(some((2, 2, 3)), "row"),
        lambda: entry_of((0, 0, 0), (1, 1, 3), "row"),
        lambda: place_of(0, (1, 1, 3), "row"),
    ):
        with pytest.raises(InputError, match="not “row”"):
            refused()
