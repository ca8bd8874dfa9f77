"""Rows drawn in the plane: standardised, of both classes, and the same for the same seed."""

import math

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations.plane_data import PATTERNS, draw_pattern, pattern_code


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_standardised_and_has_both_classes_and_comes_from_its_seed(pattern):
    X, y = draw_pattern(pattern, 101, noise=0.2, seed=4)
    assert X.shape == (101, 2)
    assert X.dtype == y.dtype == torch.float64
    assert X.mean(dim=0).numpy() == pytest.approx(0, abs=1e-12)
    assert X.std(dim=0, correction=0).numpy() == pytest.approx(1)
    assert set(y.tolist()) == {-1.0, 1.0}
    again, other = draw_pattern(pattern, 101, noise=0.2, seed=4)[0], draw_pattern(pattern, 101, noise=0.2, seed=5)[0]
    assert torch.equal(X, again)
    assert not torch.equal(X, other)


def test_without_noise_rings_have_two_radii_and_xor_the_sign_of_a_product():
    X, y = draw_pattern("xor", 400, noise=0)
    assert ((X[:, 0] * X[:, 1] > 0) == (y > 0)).double().mean() > 0.85, "the mean is taken off, which moves few signs"
    rings = draw_pattern("rings", 400, noise=0)[0]
    assert np.linalg.norm(rings[::2], axis=1).max() < np.linalg.norm(rings[1::2], axis=1).min()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_lines_draw_the_same_rows(pattern):
    lines: dict[str, object] = {}
    exec(f"import numpy as np\nimport torch\n{pattern_code(pattern, 50, 0.3, 7)}", lines)
    X, y = draw_pattern(pattern, 50, 0.3, 7)
    assert torch.equal(lines["X"], X)
    assert torch.equal(lines["y"], y)


def test_two_rows_without_noise_do():
    X, y = draw_pattern("blobs", 2, noise=0)
    assert X.tolist() == [[1, 1], [-1, -1]]
    assert y.tolist() == [1, -1]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: draw_pattern("spiral"),
        lambda: draw_pattern("moons", 1),
        lambda: draw_pattern("moons", 10**6),
        lambda: draw_pattern("moons", noise=-1),
        lambda: draw_pattern("moons", noise=math.nan),
        lambda: draw_pattern("moons", seed=-1),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(ask):
    with pytest.raises(InputError, match=r"\.$"):
        ask()
