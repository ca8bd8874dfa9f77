"""The digits of a sigmoid, against mpmath."""

import mpmath
import pytest
import torch

from core.errors import InputError
from core.foundations.sigmoid_precision import exact_sigmoid, lost_digits, sigmoid_ways


@pytest.mark.parametrize("z", [-1e6, -800.0, -1.4, 0.0, 0.1, 40.0, 1e5])
def test_the_exact_digits_are_those_of_mpmath(z):
    with mpmath.workdps(60):
        expected = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
        error = abs(mpmath.mpf(str(exact_sigmoid(z))) / expected - 1)
        assert error < mpmath.mpf("1e-28")


def test_float32_loses_the_small_probability_and_float64_keeps_it():
    ways = sigmoid_ways(40.0).set_index("way")
    assert ways.loc["naive", "other"] == ways.loc["torch", "other"] == 0.0
    assert ways.loc["float64", "other"] == pytest.approx(float(ways.loc["exact", "other"]), rel=1e-14)
    assert ways.loc["torch", "p"] == torch.sigmoid(torch.tensor(40.0)).item()


def test_far_away_there_are_no_exact_digits_and_nothing_raises():
    ways = sigmoid_ways(-1e300).set_index("way")
    assert ways.loc["exact", "p"] is None
    assert ways.loc["float64", "p"] == 0.0
    for wrong in (float("nan"), float("inf"), None):
        with pytest.raises(InputError):
            sigmoid_ways(wrong)


@pytest.mark.parametrize(
    ("z", "lost"),
    [
        (1.4, "nothing"), (-10.0, "nothing"), (10.0, "difference"), (40.0, "complement"), (100.0, "both"),
        (-100.0, "naive"), (-80.1, "input"), (800.0, "float64"), (-800.0, "float64"), (1e12, "unknown"),
        (-1e12, "unknown"),
    ],
)  # fmt: skip
def test_the_gravest_loss_is_named(z, lost):
    assert lost_digits(z) == lost


@pytest.mark.parametrize("z", [0.5, 3.0, 6.0, 12.0, -0.5, -20.0])
def test_digits_are_lost_where_mpmath_finds_a_wrong_float32(z):
    with mpmath.workdps(60):
        right = 1 / (1 + mpmath.exp(mpmath.mpf(z)))
        p = torch.sigmoid(torch.tensor(z))
        wrong = abs(mpmath.mpf((1 - p).item()) / right - 1) > 1e-6
    assert (lost_digits(z) == "difference") == wrong
