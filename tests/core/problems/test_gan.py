import numpy as np
import pytest
import torch

from core.problems.generating.densities import Grid, blur, cell_middles, made_in_plane, made_on_line, real_cells
from core.problems.generating.gan import (
    Game,
    discriminator_gradient,
    generator_gradient,
    losses,
    play,
    start_game,
)
from core.problems.generating.gan_data import target
from core.problems.generating.small_network import Adam, Network, sigmoid
from core.problems.generating.two_sample import two_sample_test

bce = torch.nn.functional.binary_cross_entropy_with_logits


def clumps(**rules):
    return Game(target("clumps").draw, 2, 2, **rules)


def as_torch(network: Network, vector):
    """The same network with torch's layers, and its parameters in our order."""
    parts = [torch.tensor(part, requires_grad=True) for part in network.parts(vector)]

    def forward(x):
        for weight, bias in zip(parts[0:4:2], parts[1:4:2], strict=True):
            x = torch.tanh(x @ weight + bias)
        return x @ parts[4] + parts[5]

    return forward, parts


def flat(parts):
    return np.concatenate([part.grad.numpy().ravel() for part in parts])


@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_of_the_discriminator_is_that_of_autograd(seed):
    game, state = clumps(), start_game(clumps(), seed)
    ours = discriminator_gradient(game, state.generator.values, state.discriminator.values, np.random.default_rng(5))
    rng = np.random.default_rng(5)
    real, noise = game.draw(64, rng), rng.standard_normal((64, 2))
    made = torch.from_numpy(game.generator.forward(state.generator.values, noise))
    forward, parts = as_torch(game.discriminator, state.discriminator.values)
    ones = torch.ones(64, 1).double()
    (bce(forward(torch.from_numpy(real)), ones) + bce(forward(made), 0 * ones)).backward()
    assert np.allclose(ours, flat(parts), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("loss", ["non_saturating", "minimax"])
def test_the_gradient_of_the_generator_is_that_of_autograd(loss):
    game, state = clumps(loss=loss), start_game(clumps(), 1)
    ours = generator_gradient(game, state.generator.values, state.discriminator.values, np.random.default_rng(5))
    noise = torch.from_numpy(np.random.default_rng(5).standard_normal((64, 2)))
    forward, parts = as_torch(game.generator, state.generator.values)
    judge, _fixed = as_torch(game.discriminator, state.discriminator.values)
    chance = torch.sigmoid(judge(forward(noise)))
    (torch.log(1 - chance).mean() if loss == "minimax" else -torch.log(chance).mean()).backward()
    assert np.allclose(ours, flat(parts), rtol=1e-9, atol=1e-12)


def test_adam_is_that_of_torch():
    rng = np.random.default_rng(0)
    start, gradients = rng.standard_normal(5), rng.standard_normal((20, 5))
    theirs = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.Adam([theirs], lr=0.01, betas=(0.5, 0.999))
    ours = Adam(start, np.zeros(5), np.zeros(5))
    for gradient in gradients:
        ours = ours.step(gradient, 0.01)
        theirs.grad = torch.tensor(gradient)
        optimizer.step()
    assert np.allclose(ours.values, theirs.detach().numpy(), rtol=1e-12, atol=1e-14)


def test_the_losses_are_the_cross_entropies_of_torch():
    rng = np.random.default_rng(0)
    real, made = rng.normal(0, 3, 50), rng.normal(0, 3, 70)
    first, second = losses(clumps(), real, made)
    zeros, ones = torch.zeros(70).double(), torch.ones(70).double()
    expected = bce(torch.from_numpy(real), ones[:50]) + bce(torch.from_numpy(made), zeros)
    assert first == pytest.approx(expected.item()) and second == pytest.approx(bce(torch.from_numpy(made), ones).item())
    assert losses(clumps(loss="minimax"), real, made)[1] == pytest.approx(-bce(torch.from_numpy(made), zeros).item())


def test_the_losses_of_certain_networks_are_finite():
    assert np.isfinite(losses(clumps(), np.full(3, -1e4), np.full(3, 1e4))).all()
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_a_run_that_was_stopped_and_resumed_is_the_run_that_was_not():
    game, start = clumps(), start_game(clumps(), 0)
    short, long = play(game, start, [20, 40])
    resumed = play(game, short, [20, 40])
    assert resumed[0].updates == 20 and resumed[1].updates == long.updates == 40
    assert np.allclose(resumed[0].generator.values, short.generator.values, rtol=0, atol=0)
    assert np.allclose(resumed[1].generator.values, long.generator.values, rtol=1e-9)
    assert np.allclose(resumed[1].discriminator.values, long.discriminator.values, rtol=1e-9)


def test_playing_does_not_change_the_state_that_it_starts_from():
    game, start = clumps(), start_game(clumps(), 0)
    before = start.generator.values.copy(), start.discriminator.values.copy(), str(start.random)
    play(game, start, [5])
    assert (before[0] == start.generator.values).all() and (before[1] == start.discriminator.values).all()
    assert str(start.random) == before[2]


@pytest.mark.parametrize("name", ["clumps", "ring", "two", "one"])
def test_the_density_of_the_data_adds_up_to_one_and_fits_the_draws(name):
    goal = target(name)
    if goal.dimension == 1:
        x = np.linspace(-8, 8, 4001)[:, None]
        cell = 16 / 4000
    else:
        x, cell = cell_middles(2, 400), (6 / 400) ** 2
    assert goal.density(x).sum() * cell == pytest.approx(1.0, abs=1e-3)
    cells = real_cells(goal)
    assert cells.sum() == pytest.approx(1.0, abs=1e-9)
    points = goal.draw(50_000, np.random.default_rng(0))
    middles, flat_cells = cell_middles(goal.dimension), cells.ravel()
    assert points.mean(axis=0) == pytest.approx(flat_cells @ middles, abs=0.05)
    assert np.sqrt(points.var(axis=0).sum()) == pytest.approx(goal.extent, rel=0.02)
    assert goal.nearest(points)[1].mean() == pytest.approx(goal.within, abs=0.003)


@pytest.mark.parametrize("name", ["clumps", "ring"])
def test_the_blurred_data_are_those_of_many_points(name):
    goal = target(name)
    many = made_in_plane(goal.draw(200_000, np.random.default_rng(0)))
    assert np.abs(many - real_cells(goal)).sum() < 0.05


def test_the_blurred_clumps_are_wider_gaussians():
    cells, goal = real_cells(target("clumps")), target("clumps")
    wider = np.exp(-((cell_middles(2)[:, None] - goal.centres) ** 2).sum(axis=2) / 2 / (goal.spread**2 + 0.1**2))
    expected = wider.mean(axis=1) / (2 * np.pi * (goal.spread**2 + 0.1**2)) * 0.1**2
    assert np.abs(cells.ravel() - expected).sum() < 0.02


def test_made_probabilities_on_a_line_are_those_of_the_change_of_variables():
    from scipy.stats import norm

    edges = np.linspace(-5, 5, 201)
    straight = made_on_line(lambda z: 1.0 - 0.7 * z)
    below = norm.cdf(edges, 1.0, 0.7)
    assert np.allclose(straight, np.diff(np.r_[0.0, below, 1.0]), atol=1e-4)
    folded = made_on_line(np.abs)  # two values of z for each x: the half-normal density
    below = np.maximum(2 * norm.cdf(edges) - 1, 0)
    assert np.allclose(folded, np.diff(np.r_[0.0, below, 1.0]), atol=1e-4)
    assert straight.sum() == pytest.approx(1.0) and folded.sum() == pytest.approx(1.0)


def test_a_generator_that_makes_one_number_has_all_probability_in_its_cell():
    made = made_on_line(lambda z: np.full_like(z, 0.02))
    assert made.max() == pytest.approx(1.0) and made.argmax() == 101  # the cell from 0 to 0.05


def test_points_far_away_are_counted_at_the_edge():
    assert made_in_plane(np.array([[1e9, 0.0], [-1e9, 1e9]])).sum() == pytest.approx(1.0)
    assert blur(np.eye(60) / 60).sum() == pytest.approx(1.0)


def test_the_best_discriminator_is_better_than_any_other():
    rng = np.random.default_rng(0)
    grid = Grid(rng.dirichlet(np.ones(30)), rng.dirichlet(np.ones(30)))

    def loss(d):
        return -(grid.real * np.log(d)).sum() - (grid.made * np.log(1 - d)).sum()

    assert loss(grid.best) == pytest.approx(grid.best_loss)
    assert all(loss(np.clip(grid.best + rng.normal(0, 0.05, 30), 0.01, 0.99)) >= grid.best_loss for _try in range(50))
    assert grid.best_accuracy == pytest.approx(0.5 + np.abs(grid.real - grid.made).sum() / 4)


def test_equal_densities_leave_nothing_to_tell_and_distant_ones_everything():
    same = Grid(np.array([0.2, 0.8, 0.0]), np.array([0.2, 0.8, 0.0]))
    assert same.best.tolist() == [0.5] * 3 and same.best_loss == pytest.approx(np.log(4)) and same.best_accuracy == 0.5
    apart = Grid(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    assert apart.best.tolist() == [1.0, 0.0] and apart.best_loss == pytest.approx(0.0) and apart.best_accuracy == 1.0


def test_the_two_sample_test_errs_about_as_often_as_it_says():
    def draw(n, rng):
        return rng.standard_normal((n, 2))

    found = [two_sample_test(draw, draw, seed) for seed in range(60)]
    assert 0.46 < np.mean([test.accuracy for test in found]) < 0.54
    assert sum(test.differs for test in found) <= 10  # 3 expected; more than 10 has a probability below 1e-3


def test_the_two_sample_test_is_no_better_than_the_best_classifier():
    from scipy.stats import norm

    def shifted(n, rng):
        return 1.0 + rng.standard_normal((n, 1))

    test = two_sample_test(lambda n, rng: rng.standard_normal((n, 1)), shifted, 0)
    best = norm.cdf(0.5)
    assert test.differs and test.right == round(test.accuracy * test.of)
    assert best - 0.08 < test.accuracy < best + 0.05
    near = two_sample_test(lambda n, rng: rng.standard_normal((n, 1)), shifted, 0, neighbours=1)
    assert 0.5 < near.accuracy < test.accuracy + 0.03
