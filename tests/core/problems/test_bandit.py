"""A bandit: policies against brute force in fractions, scipy and hand-made runs."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import rel_entr
from scipy.stats import beta

from core.errors import InputError
from core.problems.bandit import LONGEST, MOST_PULLS, MOST_RUNS, miniature
from core.problems.bandit.bayes import KNOWN, Level, bayes_optimal, choices_of, expected_rewards, states
from core.problems.bandit.play import frame_times, play, winner
from core.problems.bandit.policies import (
    POLICIES,
    bernoulli_kl,
    lai_robbins,
    make_policy,
    mean_index,
    parse_arms,
    simulate,
    top,
    ucb_index,
    write_arms,
)
from core.problems.panels import Bars, Plane

State = tuple[int, int, int, int]  # rewards and failures of both arms


def largest_reward(state: State, left: int) -> Fraction:
    """Expectimax over every sequence of pulls and rewards."""
    if left == 0:
        return Fraction(0)
    return max(_worth(state, arm, left, largest_reward) for arm in (0, 1))


def _worth(state: State, arm: int, left: int, later: Callable[[State, int], Fraction]) -> Fraction:
    s, f = state[2 * arm : 2 * arm + 2]
    p = Fraction(s + 1, s + f + 2)
    won = tuple(n + (place == 2 * arm) for place, n in enumerate(state))
    lost = tuple(n + (place == 2 * arm + 1) for place, n in enumerate(state))
    return p * (1 + later(won, left - 1)) + (1 - p) * later(lost, left - 1)


@cache
def chance_of_first(policy: str, state: State, epsilon: Fraction) -> Fraction:
    """The chance that a policy takes the first arm, without the code under test."""
    s1, f1, s2, f2 = state
    if policy == "thompson":
        area = quad(lambda x: beta.pdf(x, s1 + 1, f1 + 1) * beta.cdf(x, s2 + 1, f2 + 1), 0, 1)[0]
        return Fraction(area)
    bonus = (lambda n: np.sqrt(2 * np.log(sum(state)) / n)) if policy == "ucb" else (lambda n: 0.0)
    first, second = (s / (s + f) + bonus(s + f) if s + f else np.inf for s, f in ((s1, f1), (s2, f2)))
    ahead = Fraction(1, 2) if first == second or abs(first - second) < 1e-9 else Fraction(int(first > second))
    return epsilon / 2 + (1 - epsilon) * ahead if policy == "greedy" else ahead


def reward_of(policy: str, state: State, left: int, epsilon: Fraction) -> Fraction:
    """The expected reward of a policy, over every sequence of pulls and rewards."""
    if left == 0:
        return Fraction(0)
    q = chance_of_first(policy, state, epsilon)
    first, second = (
        _worth(state, arm, left, lambda after, rest: reward_of(policy, after, rest, epsilon)) for arm in (0, 1)
    )
    return q * first + (1 - q) * second


@pytest.mark.parametrize("horizon", [1, 2, 3, 4, 5])
def test_the_bayes_optimal_value_is_that_of_brute_force_in_fractions(horizon):
    value, choices = bayes_optimal(horizon)
    assert value == pytest.approx(float(largest_reward((0, 0, 0, 0), horizon)), abs=1e-12)
    assert expected_rewards(choices).sum() == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_value_of_a_policy_is_that_of_brute_force_in_fractions(policy):
    rewards = expected_rewards(choices_of(policy, 5, 0.25))
    assert rewards.sum() == pytest.approx(float(reward_of(policy, (0, 0, 0, 0), 5, Fraction(1, 4))), abs=1e-9)


@pytest.mark.parametrize("horizon", [1, 2, 7, 20, 50])
def test_the_optimum_is_never_beaten(horizon):
    value, _ = bayes_optimal(horizon)
    for policy in POLICIES:
        for epsilon in (0.0, 0.1, 1.0):
            assert expected_rewards(choices_of(policy, horizon, epsilon)).sum() <= value + 1e-9
    assert horizon / 2 <= value <= KNOWN * horizon


def test_all_chances_of_a_level_are_chances():
    for policy in POLICIES:
        for pulls, level in enumerate(choices_of(policy, 30, 0.1)):
            n1, s1, s2 = np.indices(level.shape)
            possible = level[(s1 <= n1) & (s2 <= pulls - n1)]
            assert np.isfinite(level).all() and possible.min() > -1e-12 and possible.max() < 1 + 1e-12


def test_thompson_sampling_takes_the_first_arm_as_often_as_scipy_says():
    levels = list(choices_of("thompson", 21))
    draw = np.random.default_rng(0)
    for _ in range(60):
        pulls = int(draw.integers(0, 21))
        n1 = int(draw.integers(0, pulls + 1))
        s1, s2 = int(draw.integers(0, n1 + 1)), int(draw.integers(0, pulls - n1 + 1))
        expected = chance_of_first("thompson", (s1, n1 - s1, s2, pulls - n1 - s2), Fraction(0))
        assert levels[pulls][n1, s1, s2] == pytest.approx(float(expected), abs=1e-7)
    for pulls in (3, 20):  # exchanging the arms exchanges the chances
        for n1 in range(pulls + 1):
            for s1 in range(n1 + 1):
                for s2 in range(pulls - n1 + 1):
                    mirrored = levels[pulls][pulls - n1, s2, s1]
                    assert levels[pulls][n1, s1, s2] == pytest.approx(1 - mirrored, abs=1e-9)


def test_the_states_are_counted_as_they_can_happen():
    for horizon in (1, 2, 5):
        possible = 0
        for pulls in range(horizon):
            (n1, n2), (s1, s2) = Level(pulls).counts, np.indices((pulls + 1,) * 3)[1:]
            possible += int(((s1 <= n1) & (s2 <= n2)).sum())
        assert possible == states(horizon)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_simulated_regret_is_the_expected_one_within_its_error(policy):
    arms, horizon = (0.3, 0.6), 15
    expected = max(arms) - expected_rewards(choices_of(policy, horizon, 0.2), arms)
    found = np.concatenate(
        [
            simulate(arms, make_policy(policy, 0.2), pulls=horizon, runs=200, seed=seed).regret[:, -1]
            for seed in range(50)
        ]
    )
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert abs(found.mean() - expected.sum()) < 4.5 * error


def test_pulling_any_arm_loses_half_the_gap():
    rewards = expected_rewards(choices_of("greedy", 12, 1.0), (0.2, 0.8))
    np.testing.assert_allclose(rewards, 0.5, atol=1e-12)


def test_ucb1_is_computed_as_by_hand():
    found = ucb_index(np.array([[1.0, 2.0, 0.0]]), np.array([[2.0, 3.0, 0.0]]), 5)
    np.testing.assert_allclose(found[0, :2], [0.5 + np.sqrt(np.log(5)), 2 / 3 + np.sqrt(2 * np.log(5) / 3)], atol=1e-8)
    assert found[0, 2] == np.inf
    np.testing.assert_array_equal(mean_index(np.array([0.0, 3.0]), np.array([0.0, 4.0])), [np.inf, 0.75])


def test_the_first_pulls_of_greedy_and_ucb1_try_every_arm():
    for policy in ("greedy", "ucb"):
        runs = simulate([0.1, 0.5, 0.9, 0.4], make_policy(policy, 0.0), pulls=6, runs=40, seed=3)
        assert all(set(row) == {0, 1, 2, 3} for row in runs.pulled[:, :4].tolist())


def test_ties_are_drawn_evenly():
    chosen = top(np.tile([1.0, 0.0, 1.0], (4000, 1)), np.random.default_rng(0))
    assert set(chosen.tolist()) == {0, 2}
    assert abs((chosen == 0).mean() - 0.5) < 0.04


def test_regret_counts_and_what_is_stuck_are_those_of_a_run_by_hand():
    runs = simulate([0.0, 1.0], make_policy("greedy", 0.0), pulls=6, runs=30, seed=1)
    assert (runs.regret[:, -1] == 1).all() and runs.stuck == 0  # the arm that never pays is tried once
    wins, counts = runs.counted(0, [0, 2, 6])
    np.testing.assert_array_equal(wins, [[0, 0], [0, 1], [0, 5]])
    np.testing.assert_array_equal(counts, [[0, 0], [1, 1], [1, 5]])


def test_policies_without_exploring_stay_with_a_wrong_arm_as_often_as_expected():
    """After one pull each, a failure of the best arm and a reward of the other one are never forgotten."""
    stuck = np.mean(
        [simulate([0.5, 0.9], make_policy("greedy", 0.0), pulls=60, runs=200, seed=s).stuck for s in range(10)]
    )
    assert 0.05 - 0.02 < stuck < 0.15  # 0.1 × 0.5 at least, but for those whose mean falls to 0 never


def test_the_divergence_and_the_bound_are_those_of_scipy():
    for p in np.linspace(0, 1, 11):
        for q in np.linspace(0, 1, 11):
            assert bernoulli_kl(p, q) == pytest.approx(rel_entr(p, q) + rel_entr(1 - p, 1 - q), abs=1e-12)
    arms = np.array([0.1, 0.45, 0.7, 0.7])
    kl = rel_entr(arms[:2], 0.7) + rel_entr(1 - arms[:2], 0.3)
    assert lai_robbins(arms.tolist()) == pytest.approx(((0.7 - arms[:2]) / kl).sum())


def test_the_bound_is_zero_without_a_gap_and_where_a_best_arm_always_pays():
    assert lai_robbins([0.3, 0.3, 0.3]) == 0 and lai_robbins([0.3, 1.0]) == 0 and lai_robbins([1.0, 1.0]) == 0
    assert lai_robbins([0.0, 0.5]) == pytest.approx(0.5 / np.log(2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0.45, 0.55", (0.45, 0.55)), ("1 0 0.5", (1, 0, 0.5)), ("0,1; 0,25", (0.1, 0.25)), (" .5,\n.5 ", (0.5, 0.5))],
)
def test_arms_are_read(text, expected):
    assert parse_arms(text) == expected
    assert parse_arms(write_arms(expected)) == expected


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"arms": ""}, "Between 2 and 5 arms are needed, but got 0"),
        ({"arms": "0.1 0.2 0.3 0.4 0.5 0.6"}, "got 6"),
        ({"arms": "0.5, 1.5"}, "one is “1.5”"),
        ({"arms": "0.5, nan"}, "one is “nan”"),
        ({"arms": "0.5, good"}, "one is “good”"),
        ({"policy": "best"}, "The policy must be one of greedy, ucb, thompson, but is “best”"),
        ({"epsilon": -0.1}, "chance ε of exploring must be between 0 and 1"),
        ({"seed": -1}, "seed must be between 0 and"),
        ({"pulls": 99}, "number of pulls must be between 100 and 2,000, but is 99"),
        ({"runs": 19}, "number of runs must be"),
        ({"horizon": 500}, "short game must be between 5 and 50"),
    ],
)
def test_bad_settings_have_a_sentence(settings, words):
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        miniature(**settings)


def test_the_same_seed_makes_the_same_frames_and_another_seed_others():
    one, same, other = (miniature(seed=seed, pulls=100, runs=20, horizon=5) for seed in (4, 4, 5))
    assert one.frames == same.frames and one.sentence == same.sentence and one.figures == same.figures
    assert one.frames != other.frames


def numbers_of(m) -> int:
    """How many numbers are sent to a browser."""
    found = 0
    for panel in m.panels:
        for layer in panel.layers if isinstance(panel, Plane) else panel.sets:
            found += sum(np.size(getattr(layer, name, ())) for name in ("xy", "ends", "values"))
    return found


@pytest.mark.parametrize(
    "settings",
    [
        {"pulls": 100, "runs": 20, "horizon": 5},
        {"pulls": MOST_PULLS, "runs": 50, "horizon": LONGEST, "policy": "ucb"},
        {"arms": "0 0.25 0.5 0.75 1", "pulls": 200, "runs": MOST_RUNS, "policy": "thompson"},
        {"arms": "0 0", "policy": "greedy", "pulls": 100, "runs": 20},
        {"arms": "1 1 1", "policy": "ucb", "pulls": 100, "runs": 20},
        {"arms": "0 1", "policy": "greedy", "epsilon": 0.0, "pulls": 100, "runs": 20},
    ],
)
def test_smallest_and_largest_settings_make_whole_miniatures(settings):
    made = miniature(**settings)
    assert len(made.frames) == len(frame_times(settings["pulls"])) and numbers_of(made) < 150_000
    assert len(made.panels) == (4 if len(parse_arms(settings.get("arms", "0 1"))) == 2 else 3)
    assert "nan" not in " ".join([made.sentence, *made.frames, made.guess.why, *(p.alt for p in made.panels)])
    counts = next(panel for panel in made.panels if isinstance(panel, Bars)).sets[0].values
    np.testing.assert_array_equal(counts.sum(axis=1), frame_times(settings["pulls"]))


def test_frame_0_gives_no_regret_away():
    made = miniature(pulls=100, runs=20, horizon=10)
    for panel in made.panels[2:]:
        for curve in panel.layers:
            if curve.role != "exact":  # the point before the first pull alone
                assert curve.until[0] == 1 and curve.xy[0].tolist() == [0, 0]
                assert curve.until[-1] == len(curve.xy)


def test_the_band_holds_eight_runs_of_ten_at_the_end():
    made, played = miniature(pulls=200, runs=100), play((0.45, 0.55), "ucb", 0.1, 200, 100, 5, 0)
    for curve, policy in zip(made.panels[2].layers, POLICIES, strict=False):
        low, high = curve.band[-1]
        within = (played.regret(policy) >= low - 1e-9) & (played.regret(policy) <= high + 1e-9)
        assert within.mean() >= 0.8 and curve.xy[-1, 1] == pytest.approx(played.regret(policy).mean())


def test_equal_arms_lose_nothing_and_nobody_wins():
    made = miniature(arms="0.4 0.4", pulls=100, runs=20)
    assert made.guess.answer == 3 and "equally good" in made.guess.why and "c is 0" in made.sentence


def test_the_answer_is_the_policy_that_lost_least_or_that_the_runs_cannot_decide():
    answers = set()
    for seed in range(6):
        for arms in ((0.45, 0.55), (0.1, 0.9)):
            played = play(arms, "ucb", 0.1, 150, 20, 5, seed)
            means = [played.regret(name).mean() for name in POLICIES]
            best, second, ahead, error = winner(played)
            assert means[POLICIES.index(best)] == pytest.approx(min(means))
            assert ahead == pytest.approx(played.regret(second).mean() - min(means)) and ahead >= 0
            text = " ".join(map(str, arms))
            answer = miniature(arms=text, policy="ucb", pulls=150, runs=20, horizon=5, seed=seed).guess.answer
            assert answer == (POLICIES.index(best) if ahead > 2 * error + 1e-9 else 3)
            answers.add(answer)
    assert len(answers) > 1


def test_the_code_prints_the_numbers_shown():
    settings = {"seed": 2, "arms": "0.2 0.5", "pulls": 120, "runs": 30, "horizon": 12, "epsilon": 0.15}
    made, printed = miniature(**settings), io.StringIO()
    with redirect_stdout(printed):
        exec(made.code, {})
    found = [float(line.split()[-1]) for line in printed.getvalue().splitlines()]
    played = play((0.2, 0.5), "ucb", 0.15, 120, 30, 12, 2)
    expected = [*(played.regret(name).mean() for name in POLICIES), played.bound * np.log(120), bayes_optimal(12)[0]]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_arms_that_cannot_be_told_apart_are_equal_and_no_chance_is_minus_0():
    assert parse_arms("0.5, 0.5000000001") == (0.5, 0.5)
    assert str(parse_arms("-0, 0.3")[0]) == "0.0"
    assert lai_robbins(parse_arms("0.3, 0.300001")) > 0
