"""The grid, its exact values, Q-learning and SARSA, and what a hidden state costs."""

import contextlib
import io
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from core.errors import InputError
from core.problems.decisions import miniature
from core.problems.decisions.grid_text import changed_grid, make_world, parse_grid
from core.problems.decisions.grid_world import Array, GridWorld
from core.problems.decisions.hidden_state import best_memoryless, observations, start_values, value_and_slope
from core.problems.decisions.td_agent import Agent, updated
from core.problems.decisions.td_learning import learn
from core.problems.decisions.value_iteration import (
    action_values,
    evaluate_policy,
    policy_iteration,
    start_value,
    value_iteration,
)
from core.problems.panels import Bars, Cells

ROOM = "...G/.#.T/S..."
TWINS = "S...S/T#G#T"
CLIFF = "............/............/............/STTTTTTTTTTG"
LARGEST = "/".join(["............"] * 7 + ["S..........G"])
CLIFF_SETTINGS = {"grid": CLIFF, "slip": 0.0, "gamma": 1.0, "step": -1.0, "goal": 0.0, "trap": -100.0, "alpha": 0.5}


@pytest.mark.parametrize(("grid", "slip"), [(ROOM, 0.0), (ROOM, 0.3), (TWINS, 0.6), (LARGEST, 0.1)])
def test_the_chances_of_every_state_and_action_sum_to_one(grid: str, slip: float) -> None:
    P, R = make_world(grid, slip=slip).transitions
    np.testing.assert_allclose(P.sum(axis=2), 1.0, atol=1e-12)
    assert P.min() >= 0 and (R[-1] == 0).all() and (P[-1, :, -1] == 1).all()


def test_a_slip_goes_to_both_sides_and_a_wall_keeps_the_agent() -> None:
    world = make_world("S./.G", slip=0.2, step=-1.0, goal=10.0)
    P, R = world.transitions
    np.testing.assert_allclose(P[0, 1], [0.1, 0.8, 0.1, 0.0])  # right; up hits the edge, down is the cell below
    np.testing.assert_allclose(P[1, 2], [0.1, 0.1, 0.0, 0.8])  # down, from the upper right corner
    assert R[1, 2] == pytest.approx(-1 + 0.8 * 10)


def by_linear_programme(world: GridWorld, gamma: float) -> Array:
    """Return the smallest V with V ≥ R + γPV for every action: the best values (Puterman 1994, section 6.9)."""
    P, R = world.transitions
    count = len(world.cells)
    rows = np.concatenate([gamma * P[:-1, action, :-1] - np.eye(count) for action in range(4)])
    found = linprog(np.ones(count), rows, -R[:-1].T.ravel(), bounds=(None, None))
    values: Array = found.x
    return values


@pytest.mark.parametrize(("grid", "slip", "gamma"), [
    (ROOM, 0.2, 0.9), (ROOM, 0.0, 0.5), (TWINS, 0.3, 1.0), (CLIFF, 0.1, 1.0), (CLIFF, 0.0, 0.95), (LARGEST, 0.6, 0.99),
])  # fmt: skip
def test_policy_iteration_finds_the_values_of_the_linear_programme(grid: str, slip: float, gamma: float) -> None:
    world = make_world(grid, slip=slip)
    optimum = policy_iteration(world, gamma)
    np.testing.assert_allclose(optimum.V, by_linear_programme(world, gamma), atol=1e-6)
    np.testing.assert_allclose(optimum.V, action_values(world, optimum.V, gamma).max(axis=1), atol=1e-9)


@pytest.mark.parametrize("gamma", [0.9, 1.0])
def test_no_fixed_policy_of_a_tiny_grid_beats_the_best_values(gamma: float) -> None:
    world = make_world("S.G/.#T", slip=0.2)
    V = policy_iteration(world, gamma).V
    every = [evaluate_policy(world, np.eye(4)[list(actions)], gamma) for actions in product(range(4), repeat=len(V))]
    np.testing.assert_allclose(np.max(every, axis=0), V, atol=1e-9)


@pytest.mark.parametrize(("grid", "slip", "gamma"), [
    (ROOM, 0.2, 0.9), (CLIFF, 0.0, 1.0), (LARGEST, 0.6, 0.99), (TWINS, 0.6, 0.5)
])  # fmt: skip
def test_the_error_of_value_iteration_stays_under_its_bound(grid: str, slip: float, gamma: float) -> None:
    world = make_world(grid, slip=slip)
    sweeps = value_iteration(world, gamma, policy_iteration(world, gamma).V)
    assert (sweeps.errors <= sweeps.bounds * (1 + 1e-9) + 1e-9).all()
    assert sweeps.errors[-1] < 1e-6


def test_a_policy_that_loops_is_worth_minus_infinity_without_discount() -> None:
    world = make_world("S..G", step=-1.0, goal=0.0)
    left, right = np.eye(4)[[3, 3, 3]], np.eye(4)[[1, 1, 1]]
    assert start_value(world, evaluate_policy(world, left, 1.0)) == -np.inf
    assert start_value(world, evaluate_policy(world, right, 1.0)) == pytest.approx(-3.0)
    assert start_value(world, evaluate_policy(world, left, 0.5)) == pytest.approx(-2.0)


def agent(method: str, decays: bool = False) -> Agent:
    return Agent([[1.0, 2.0, 0.0, 0.0], [5.0, 3.0, 0.0, 0.0]], 0.9, 0.5, 0.0, method, decays, np.random.default_rng(0))  # type: ignore[arg-type]


def test_updates_are_those_computed_by_hand() -> None:
    assert updated(2.0, -1.0, 5.0, gamma=0.9, rate=0.5) == pytest.approx(2.75)  # 2 + 0.5 (−1 + 4.5 − 2)
    learner = agent("q")
    learner.learn(0, 1, -1.0, (1, 1))  # the best action there has 5, the one taken next 3
    assert learner.Q[0][1] == pytest.approx(2.75)
    learner = agent("sarsa")
    learner.learn(0, 1, -1.0, (1, 1))
    assert learner.Q[0][1] == pytest.approx(1.85)  # 2 + 0.5 (−1 + 2.7 − 2)
    learner.learn(0, 1, 10.0, None)
    assert learner.Q[0][1] == pytest.approx(5.925)  # an end is worth 0
    learner = agent("q", decays=True)
    rates = [learner.learn(0, 0, 0.0, None)[2] for _time in range(3)]
    np.testing.assert_allclose(rates, [0.5, 0.5 / 2**0.6, 0.5 / 3**0.6])


def test_every_recorded_update_follows_from_its_own_numbers() -> None:
    world = make_world(ROOM, slip=0.3, step=-0.5)
    for method in ("q", "sarsa"):
        found = learn(world, method, gamma=0.9, alpha=0.2, epsilon=0.2, episodes=40, seed=3)
        for episode in found.episodes:
            for step, after in zip(episode, [*episode[1:], None], strict=True):
                assert step.new == pytest.approx(step.old + step.rate * (step.reward + 0.9 * step.following - step.old))
                assert step.to == world.target(step.at, step.carried) and step.reward == world.reward(step.to)
                assert after is None or after.at == step.to
                if method == "sarsa" and after is not None and after.seen != step.seen:
                    assert step.following == after.old  # the value of the action that was really taken next
        np.testing.assert_allclose(found.stages[1][-1], found.Q)


def test_ties_are_broken_at_random_and_by_the_seed() -> None:
    world = make_world(ROOM)
    first = [
        learn(world, "q", gamma=0.9, alpha=0.2, epsilon=0.0, episodes=1, seed=seed).episodes[0][0].chosen
        for seed in range(200)
    ]
    counts = np.bincount(first, minlength=4)
    assert counts.min() > 25  # 50 are expected of each, 25 is four standard deviations below


def test_slips_come_as_often_as_they_should() -> None:
    world = make_world(LARGEST, slip=0.3)
    slipped = [
        step.chosen != step.carried
        for seed in range(30)
        for step in learn(world, "q", gamma=0.9, alpha=0.2, epsilon=0.5, episodes=1, seed=seed).episodes[0]
    ]
    assert abs(np.mean(slipped) - 0.3) < 4 * np.sqrt(0.21 / len(slipped))


@pytest.mark.parametrize("method", ["q", "sarsa"])
def test_learned_values_approach_the_exact_ones_over_fifty_seeds(method: str) -> None:
    """With falling rates and full exploring Q-learning gets close to Q*, and SARSA to the random policy's Q."""
    world = make_world("S.G/..T", slip=0.2, step=-0.5)
    explore = np.full((len(world.cells), 4), 0.25)
    V = policy_iteration(world, 0.8).V if method == "q" else evaluate_policy(world, explore, 0.8)
    exact = action_values(world, V, 0.8)
    first, last = [], []
    for seed in range(50):
        found = learn(world, method, gamma=0.8, alpha=1.0, epsilon=1.0, episodes=400, seed=seed, decays=True)  # type: ignore[arg-type]
        first.append(np.abs(found.history[10] - exact).max())
        last.append(np.abs(found.Q - exact).max())
    assert np.mean(last) < 0.15 * np.abs(exact).max() < np.mean(first)
    assert np.max(last) < 0.4 * np.abs(exact).max()


def test_sarsa_takes_the_safe_way_along_a_cliff_and_earns_more_while_it_learns() -> None:
    world = make_world(CLIFF, step=-1.0, goal=0.0, trap=-100.0)
    late = {
        method: np.mean([
            learn(world, method, gamma=1.0, alpha=0.5, epsilon=0.1, episodes=300, seed=seed).returns[150:].mean()
            for seed in range(8)
        ])
        for method in ("q", "sarsa")
    }  # fmt: skip
    assert late["q"] + 5 < late["sarsa"] < -13


def test_cells_that_look_alike_cost_value_and_drawing_actions_wins_some_back() -> None:
    world = make_world(TWINS, step=-0.5)
    sees = observations(world, "walls")
    assert sees == [0, 1, 2, 1, 3]
    found = best_memoryless(world, sees, 0.95)
    best = start_value(world, policy_iteration(world, 0.95).V)
    every = np.array(list(product(range(4), repeat=4)))
    by_hand = max(
        start_value(world, evaluate_policy(world, np.eye(4)[actions][sees], 0.95)) for actions in every
    )  # fmt: skip
    assert found.all_tried and found.value == pytest.approx(by_hand)
    assert found.value + 1 < found.drawn_value < best - 1


@pytest.mark.parametrize("by", ["value", "sarsa"])
def test_what_a_hidden_state_costs_is_drawn_at_the_end(by: str) -> None:
    panel = miniature(grid=TWINS, sees="walls", by=by, gamma=0.95).panels[-1]
    assert isinstance(panel, Bars) and len(panel.labels) == (2 if by == "value" else 4)
    learned, best = panel.sets
    assert np.isnan(learned.values[:-1]).all() and (learned.values[-1] <= best.values + 1e-9).all()
    assert best.role == "exact" and not any(
        isinstance(each, Bars) for each in miniature(grid=TWINS, by=by, gamma=0.95).panels
    )


@pytest.mark.parametrize("gamma", [0.9, 1.0])
@pytest.mark.parametrize("sees", ["walls", "column"])
@pytest.mark.parametrize("grid", [ROOM, CLIFF, LARGEST])
def test_a_hidden_state_never_gains(grid: str, sees: str, gamma: float) -> None:
    world = make_world(grid, slip=0.2)
    found = best_memoryless(world, observations(world, sees), gamma)
    best = start_value(world, policy_iteration(world, gamma).V)
    assert found.best <= best + 1e-9
    again = start_values(world, observations(world, sees), found.chances[np.newaxis], gamma)[0]
    assert found.drawn_value == pytest.approx(again)
    np.testing.assert_allclose(found.chances.sum(axis=1), 1.0)


def test_the_slope_of_a_drawn_policy_is_that_of_small_steps() -> None:
    world = make_world(ROOM, slip=0.2)
    sees = observations(world, "walls")
    scores = np.random.default_rng(1).normal(size=(max(sees) + 1, 4))

    def value(scores: Array) -> tuple[float, Array]:
        return value_and_slope(world, sees, np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True), 0.9)

    slope = value(scores)[1]
    for place in np.ndindex(scores.shape):
        small = np.zeros(scores.shape)
        small[place] = 1e-5
        assert slope[place] == pytest.approx((value(scores + small)[0] - value(scores - small)[0]) / 2e-5, abs=1e-6)


@pytest.mark.parametrize("settings", [
    {}, {"by": "q"}, {"by": "sarsa", "decays": True}, {"grid": TWINS, "sees": "walls", "by": "q", "gamma": 1.0},
    {"by": "sarsa", **CLIFF_SETTINGS}, {"by": "value", **CLIFF_SETTINGS}, {"sees": "column"},
    {"grid": LARGEST, "slip": 0.6, "gamma": 1.0, "by": "q", "episodes": 1000},
    {"grid": "SG", "episodes": 20, "by": "sarsa"}, {"grid": "SG", "step": 0.0, "goal": 0.0},
    {"grid": LARGEST, "gamma": 0.5, "sees": "walls"},
])  # fmt: skip
def test_a_run_draws_its_frames_and_its_code_prints_the_same_numbers(settings: dict[str, object]) -> None:
    made = miniature(**settings)  # type: ignore[arg-type]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(made.code, {})
    best, second = (float(each) for each in printed.getvalue().split())
    panel = made.panels[0]
    assert isinstance(panel, Cells) and panel.editable
    said = [figure.learned.replace("−", "-").replace(",", "") for figure in made.figures]
    exact = made.figures[0].exact.replace("−", "-").replace(",", "")
    assert float(exact) == pytest.approx(best, rel=1e-3, abs=1e-6)
    if settings.get("by", "value") == "value":
        assert float(said[2]) == second
    else:
        assert float(said[0]) == pytest.approx(second, rel=1e-3)


def test_the_same_seed_gives_the_same_frames_and_another_one_others() -> None:
    frames = [miniature(seed=seed, by="q").frames for seed in (5, 5, 6)]
    assert frames[0] == frames[1] != frames[2]


@pytest.mark.parametrize(("settings", "said"), [
    ({"grid": "S#G"}, "this grid has no exit"),
    ({"grid": "S..T"}, "this grid has no exit"),
    ({"grid": "..G"}, "needs a start"),
    ({"grid": ""}, "rows of one length"),
    ({"grid": "S./G"}, "rows of one length"),
    ({"grid": "S?G"}, "one is “?”"),
    ({"grid": "S" + "." * 12 + "G"}, "at most 8 rows"),
    ({"gamma": 1.0, "step": 0.0}, "loop for ever costs nothing"),
    ({"gamma": 1.1}, "discount γ"),
    ({"slip": 0.7}, "chance to slip"),
    ({"step": 0.1}, "must not be above 0"),
    ({"goal": float("nan")}, "Rewards must be"),
    ({"by": "guessing"}, "must be one of"),
    ({"sees": "nothing"}, "must be one of"),
    ({"alpha": 0.0}, "learning rate"),
    ({"epsilon": 2.0}, "exploring"),
    ({"episodes": 5}, "episodes can be learned"),
])  # fmt: skip
def test_what_it_cannot_run_on_is_said(settings: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said.replace("?", "[?]")):
        miniature(**settings)  # type: ignore[arg-type]


def test_clicks_change_a_cell_through_all_its_kinds() -> None:
    grid, seen = "S./.G", []
    for _click in range(5):
        grid = changed_grid(grid, 0, 1)
        seen.append(grid[1])
    assert seen == ["#", "T", "G", "S", "."] and grid == "S./.G"
    assert changed_grid(grid, 9, 9) == grid == changed_grid(grid, 0, 7)
    assert parse_grid(" s. \n .g ") == ("S.", ".G")
