"""Surfaces with one minimum and with several: slopes against torch's, minima against scipy's."""

import numpy as np
import pytest
import torch
from scipy.optimize import minimize

from core.errors import InputError
from core.foundations.loss_surfaces import (
    bowl,
    descend,
    find_minima,
    reached,
    safe_rate,
    sine_surface,
    start_grid,
    unit_surface,
)

RNG = np.random.default_rng(2)
BOWL = bowl(RNG.standard_normal((30, 2)) @ [[1.0, 0.7], [0.0, 1.0]] * 1e4, RNG.standard_normal(30) * 1e-3)
SURFACES = {"line": BOWL, "sine": sine_surface(), "unit": unit_surface()}


def torch_loss(surface, place):
    u, v = place
    x, other = torch.from_numpy(surface.X.copy()).T
    made = {
        "line": lambda: u * x + v * other,
        "sine": lambda: torch.sin(u * x + v),
        "unit": lambda: v * torch.tanh(u * x),
    }
    return ((made[surface.kind]() - torch.from_numpy(surface.y.copy())) ** 2).mean() / 2


@pytest.mark.parametrize("kind", SURFACES)
@pytest.mark.parametrize("place", [(0.3, -1.2), (-2.0, 1.0), (0.0, 0.0)])
def test_loss_gradient_and_hessian_are_those_of_torch(kind, place):
    surface = SURFACES[kind]
    point = torch.tensor(place, dtype=torch.float64, requires_grad=True)
    loss = torch_loss(surface, point)
    assert surface.loss(place) == pytest.approx(loss.item())
    assert surface.gradient(place) == pytest.approx(torch.autograd.grad(loss, point)[0].numpy(), abs=1e-12)
    hessian = torch.autograd.functional.hessian(lambda p: torch_loss(surface, p), point.detach())
    assert surface.hessian(place) == pytest.approx(hessian.numpy(), abs=1e-12)


def test_a_bowl_has_one_minimum_the_closed_form_and_every_start_leads_there():
    minima = find_minima(BOWL)
    exact = np.linalg.lstsq(BOWL.X, BOWL.y, rcond=None)[0]
    assert len(minima.losses) == 1
    assert minima.places[0] == pytest.approx(exact, abs=1e-9)
    ends = descend(BOWL, start_grid(BOWL, 4), safe_rate(BOWL), 2000)[:, -1]
    assert reached(minima, ends) == [0] * 16


def test_a_bowl_of_huge_values_is_that_of_small_ones_and_equal_values_have_none():
    X, y = np.random.default_rng(1).standard_normal((2, 9, 2))
    small, huge = bowl(X, y[:, 0]), bowl(X * 1e300, y[:, 0] * -1e-300)
    np.testing.assert_allclose(huge.X, small.X, rtol=1e-12)
    np.testing.assert_allclose(huge.y, -small.y, rtol=1e-12)
    X[:, 1] = 0.1
    with pytest.raises(InputError, match="one value only"):
        bowl(X, y[:, 0])


@pytest.mark.parametrize("kind", ["sine", "unit"])
def test_the_minima_are_those_that_scipy_finds_from_many_starts(kind):
    surface = SURFACES[kind]
    minima = find_minima(surface)
    inside = []
    for start in start_grid(surface, 8):
        end = minimize(surface.loss, start, jac=surface.gradient, method="BFGS", options={"gtol": 1e-9}).x
        if (end > surface.low).all() and (end < surface.high).all():
            inside.append(end)
    curved = [end for end in inside if np.linalg.eigvalsh(surface.hessian(end))[0] > 1e-3]
    assert len(curved) > 20
    assert None not in reached(minima, curved, within=1e-4)
    assert (minima.curvatures > 0).all()
    assert (np.diff(minima.losses) >= -1e-12).all()
    for place in minima.places:
        assert surface.gradient(place) == pytest.approx([0, 0], abs=1e-9)


def test_there_are_several_minima_and_the_start_decides():
    surface = SURFACES["sine"]
    minima = find_minima(surface)
    assert len(minima.losses) >= 5
    assert minima.losses[-1] > 10 * minima.losses[0]
    ends = descend(surface, [[2.2, 0.0], [-0.3, 0.4]], 0.3, 800)[:, -1]
    first, second = reached(minima, ends)
    assert None not in (first, second)
    assert minima.losses[first] < minima.losses[second]


def test_one_hidden_unit_has_two_minima_that_are_the_same_function_and_a_saddle_at_0():
    surface = SURFACES["unit"]
    minima = find_minima(surface)
    assert len(minima.losses) == 2
    assert minima.places[0] == pytest.approx(-minima.places[1], abs=1e-9)
    assert minima.losses[0] == pytest.approx(minima.losses[1], rel=1e-12)
    stuck = descend(surface, [[0.0, 0.0]], 0.3, 50)
    assert (stuck == 0).all()
    low, high = np.linalg.eigvalsh(surface.hessian([0.0, 0.0]))
    assert low < 0 < high


def test_descent_is_the_loop_of_torch():
    surface = SURFACES["sine"]
    point = torch.tensor([1.0, -1.0], dtype=torch.float64, requires_grad=True)
    for _step in range(20):
        torch_loss(surface, point).backward()
        with torch.no_grad():
            point -= 0.2 * point.grad
            point.grad.zero_()
    assert descend(surface, [[1.0, -1.0]], 0.2, 20)[0, -1] == pytest.approx(point.detach().numpy(), rel=1e-9)


def test_a_rate_too_large_for_the_bowl_leaves_it_and_no_minimum_is_reached():
    curved = np.linalg.eigvalsh(BOWL.hessian([0.0, 0.0]))[-1]
    ends = descend(BOWL, [[1.0, 1.0]], 2.5 / curved, 2000)[:, -1]
    assert reached(find_minima(BOWL), ends) == [None]


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[1.0], [2.0]], [1.0, 2.0]),
        ([[1.0, 1.0], [1.0, 2.0]], [1.0, 2.0]),
        ([[1.0, 3.0], [2.0, 2.0]], [1.0, 1.0]),
        ([[1.0, np.nan], [2.0, 2.0]], [1.0, 2.0]),
    ],
)
def test_rows_without_a_bowl_end_in_a_sentence(X, y):
    with pytest.raises(InputError):
        bowl(X, y)
