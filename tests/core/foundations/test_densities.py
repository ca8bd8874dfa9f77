"""Densities of noise against scipy.stats and torch; they integrate to one, and the fitted width is the likeliest."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from scipy import integrate, stats

from core.errors import InputError
from core.foundations import densities

R = np.array([-3.0, -0.4, 0.0, 0.1, 2.5])


@pytest.mark.parametrize(("mean", "variance"), [(0.0, 1.0), (-2.0, 0.05), (3.0, 9.0), (0.0, 1e-12), (1e6, 1e12)])
def test_the_normal_density_is_that_of_scipy_and_of_torch(mean, variance):
    x = mean + math.sqrt(variance) * R
    there = stats.norm(mean, math.sqrt(variance))
    assert densities.normal_log_density(x, mean, variance) == pytest.approx(there.logpdf(x))
    assert densities.normal_density(torch.tensor(x), mean, variance) == pytest.approx(there.pdf(x))
    law = torch.distributions.Normal(mean, math.sqrt(variance))
    assert densities.normal_log_density(x, mean, variance) == pytest.approx(law.log_prob(torch.tensor(x)).numpy())


@pytest.mark.parametrize("p", [1.0, 1.3, 2.0, 4.0, 50.0, 1000.0])
def test_the_family_is_the_generalised_normal_of_scipy(p):
    there = stats.gennorm(p, scale=1.7)
    inside = R[np.abs(R / 1.7) ** p < 700]
    assert densities.log_density(inside, p, 1.7) == pytest.approx(there.logpdf(inside), rel=1e-9)


def test_its_members_are_laplace_normal_and_uniform():
    assert densities.log_density(R, 1, 0.8) == pytest.approx(stats.laplace(scale=0.8).logpdf(R))
    assert densities.log_density(R, 2, 0.8 * math.sqrt(2)) == pytest.approx(stats.norm(scale=0.8).logpdf(R))
    assert densities.log_density(R, math.inf, 2.5) == pytest.approx(stats.uniform(-2.5, 5).logpdf(R))


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 7.0, math.inf])
@pytest.mark.parametrize("width", [0.02, 1.0, 40.0])
def test_every_density_integrates_to_one(p, width):
    ends = [-width, 0.0, width] if math.isinf(p) else [-60 * width, -width, 0.0, width, 60 * width]
    density = lambda r: float(np.exp(densities.log_density([r], p, width)[0]))  # noqa: E731
    parts = [integrate.quad(density, low, high)[0] for low, high in pairwise(ends)]
    assert sum(parts) == pytest.approx(1.0, abs=1e-7)


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 4.0, 20.0])
def test_no_other_width_is_likelier_than_the_fitted_one(p):
    width = densities.fit_width(R, p)
    best = densities.log_density(R, p, width).sum()
    assert all(densities.log_density(R, p, width * factor).sum() < best for factor in (0.5, 0.99, 1.01, 2.0))


def test_the_widths_of_the_three_laws_are_those_of_scipy():
    fits = {fit.law: fit for fit in densities.fit_laws(R)}
    assert fits["normal"].scale == pytest.approx(stats.norm.fit(R, floc=0)[1])
    assert fits["laplace"].scale == pytest.approx(stats.laplace.fit(R, floc=0)[1])
    assert fits["uniform"].scale == 3.0
    assert fits["uniform"].per_row == pytest.approx(-math.log(6))
    laws = {"normal": stats.norm, "laplace": stats.laplace}
    for law, there in laws.items():
        assert fits[law].per_row == pytest.approx(there.logpdf(R, scale=fits[law].scale).mean())


@pytest.mark.parametrize(
    ("law", "draw"),
    [("normal", "standard_normal"), ("laplace", "laplace"), ("uniform", "uniform")],
)
def test_draws_are_likeliest_under_the_law_that_they_are_drawn_from(law, draw):
    rng = np.random.default_rng(3)
    values = rng.uniform(-1, 1, 4000) if draw == "uniform" else getattr(rng, draw)(size=4000)
    fits = densities.fit_laws(values)
    assert fits[0].law == law
    assert [fit.per_row for fit in fits] == sorted((fit.per_row for fit in fits), reverse=True)


def test_a_residual_outside_of_the_interval_is_impossible_under_the_uniform_law():
    uniform = next(fit for fit in densities.fit_laws(R) if fit.law == "uniform")
    assert uniform.mean_log_density([1.0, 3.0]) == pytest.approx(-math.log(6))  # the ends belong to it
    assert uniform.mean_log_density([1.0, 3.1]) == -math.inf


def test_the_shares_within_one_two_and_three_deviations():
    for k in (0.0, 1.0, 2.0, 3.0, 40.0):
        assert densities.share_within(k) == pytest.approx(stats.norm.cdf(k) - stats.norm.cdf(-k))


def test_draws_are_those_of_torch_with_this_seed():
    drawn = densities.draw_standard_normal(50, seed=7)
    torch.manual_seed(7)
    assert torch.equal(drawn, torch.randn(50, dtype=torch.float64))
    assert densities.draw_standard_normal(0, seed=7).shape == (0,)


def test_one_residual_and_huge_ones_have_a_width():
    assert densities.fit_width([-2.0], 2) == pytest.approx(2 * math.sqrt(2))
    assert densities.fit_width([1e300, -1e300], 3) == pytest.approx(1e300 * 3 ** (1 / 3))
    assert densities.fit_width([1e-300, 0.0], 1) == pytest.approx(5e-301)


@pytest.mark.parametrize("bad", [[], [0.0, 0.0], [1.0, math.nan], [math.inf], ["a"], None])
def test_what_has_no_width_is_refused_in_a_sentence(bad):
    with pytest.raises(InputError, match=r"\.$"):
        densities.fit_laws(bad)


@pytest.mark.parametrize("p", [0.99, 0, -1, math.nan, "two", None])
def test_other_powers_are_refused(p):
    with pytest.raises(InputError, match="at least 1"):
        densities.fit_width(R, p)


@pytest.mark.parametrize("bad", [0.0, -1.0, math.inf, math.nan, True, "1"])
def test_a_width_or_a_variance_has_to_be_above_0(bad):
    with pytest.raises(InputError, match="above 0"):
        densities.log_density(R, 2, bad)
    with pytest.raises(InputError, match="above 0"):
        densities.normal_density(R, 0.0, bad)
