"""A bandit: arms that pay with chances nobody told, and a policy that has to earn while it learns which arm is best.

The exact answers: the Bayes-optimal policy of a short game with two arms, and the rate of Lai and Robbins.
"""

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_list, format_number, format_percent
from core.language import _, ngettext
from core.problems.bandit.bayes import KNOWN, states
from core.problems.bandit.code import code_of
from core.problems.bandit.panels import panels, sentences
from core.problems.bandit.play import Played, mean_regrets, play, policy_name, winner
from core.problems.bandit.policies import POLICIES, parse_arms
from core.problems.miniature import Figure, Guess, Miniature

FEWEST_PULLS, MOST_PULLS = 100, 2000
FEWEST_RUNS, MOST_RUNS = 20, 500
SHORTEST, LONGEST = 5, 50  # games for which the Bayes-optimal policy is computed
LARGEST_SEED = 2**31 - 1
SURE = 2.0  # standard errors by which a policy has to be ahead


def miniature(
    *,
    seed: int = 0,
    arms: str = "0.45, 0.55",
    policy: str = "thompson",
    epsilon: float = 0.1,
    pulls: int = 1000,
    runs: int = 200,
    horizon: int = 30,
) -> Miniature:
    """Return one run of a policy ("greedy", "ucb" or "thompson") pull by pull, and many runs of all three.

    `arms` are the chances of reward, as `parse_arms` reads them; `horizon` is the number of pulls of the short game,
    which is computed exactly where there are two arms. Raises InputError for arms that cannot be read, an unknown
    policy, and numbers out of range.
    """
    chances = parse_arms(arms)
    _check(policy, epsilon, pulls, runs, horizon, seed)
    played = play(chances, policy, epsilon, pulls, runs, horizon, seed)
    return Miniature(
        question=_(
            "Which of {arms} arms should be pulled next, if each pays with an unknown chance and every pull counts?"
        ).format(arms=format_count(len(chances))),
        frames=sentences(played),
        panels=panels(played),
        guess=_guess(played),
        figures=_figures(played),
        sentence=_outcome(played),
        oracle=_oracle(played),
        code=code_of(chances, epsilon=epsilon, pulls=pulls, runs=runs, horizon=horizon, seed=seed),
    )


def _check(policy: str, epsilon: float, pulls: int, runs: int, horizon: int, seed: int) -> None:
    if policy not in POLICIES:
        raise InputError(
            _("The policy must be one of {names}, but is “{got}”.").format(names=format_list(POLICIES), got=policy)
        )
    for name, value, low, high in (
        (_("chance ε of exploring"), epsilon, 0.0, 1.0),
        (_("number of pulls"), pulls, FEWEST_PULLS, MOST_PULLS),
        (_("number of runs"), runs, FEWEST_RUNS, MOST_RUNS),
        (_("number of pulls of the short game"), horizon, SHORTEST, LONGEST),
        (_("seed"), seed, 0, LARGEST_SEED),
    ):
        if not low <= value <= high:
            raise InputError(
                _("The {name} must be between {low} and {high}, but is {got}; change it.").format(
                    name=name, low=format_number(low), high=format_number(high), got=format_number(value)
                )
            )


def _guess(played: Played) -> Guess:
    best, second, ahead, error = winner(played)
    decided = ahead > SURE * error + 1e-9
    numbers = {
        "best": policy_name(best, played.epsilon),
        "second": policy_name(second, played.epsilon),
        "least": format_number(played.regret(best).mean(), 3),
        "next": format_number(played.regret(second).mean(), 3),
        "error": format_number(error, 2),
    }
    if len(set(played.chances)) == 1:
        why = _("All arms are equally good, so no policy can lose anything.")
    elif decided:
        why = _("On average {best} lost {least}, and {second}, the next best, {next}: the difference is more than "
                "twice its standard error, {error}.").format(**numbers)  # fmt: skip
    else:
        why = _("On average {best} lost {least} and {second} {next}: the difference is not more than twice its "
                "standard error, {error}, so that these runs cannot decide.").format(**numbers)  # fmt: skip
    options = [
        *(policy_name(name, played.epsilon) for name in POLICIES),
        _("These runs cannot decide between the best two"),
    ]
    question = _("Which policy will lose least on average, after {pulls} pulls?").format(
        pulls=format_count(played.pulls)
    )
    return Guess(question, options, POLICIES.index(best) if decided else 3, why)


def _figures(played: Played) -> list[Figure]:
    found = []
    for policy in POLICIES:
        low, high = np.quantile(played.regret(policy), [0.1, 0.9])
        found.append(
            Figure(
                _("{policy}: mean regret after {pulls} pulls ({low} to {high} of the runs)").format(
                    policy=policy_name(policy, played.epsilon),
                    pulls=format_count(played.pulls),
                    low=format_percent(0.1),
                    high=format_percent(0.9),
                ),
                _("{mean} ({low} to {high})").format(
                    mean=format_number(played.regret(policy).mean(), 3),
                    low=format_number(low, 3),
                    high=format_number(high, 3),
                ),
            )
        )
    rate = format_number(played.bound * np.log(played.pulls), 4)
    found.append(Figure(_("c · ln n of Lai and Robbins at n = {n}").format(n=format_count(played.pulls)), "", rate))
    return found + (_exact_figures(played) if played.short else [])


def _exact_figures(played: Played) -> list[Figure]:
    """Return the figures of two arms: what was simulated beside its expectation, and the value beside the optimum."""
    name, horizon = policy_name(played.policy, played.epsilon), len(played.short["exact"]) - 1
    simulated = played.runs[played.policy].regret[:, horizon - 1]
    error = simulated.std(ddof=1) / np.sqrt(len(simulated))
    of_policy, of_best = (KNOWN * horizon - played.short[key][-1] for key in (played.policy, "exact"))
    return [
        Figure(
            _("{policy}: mean regret after {horizon} pulls on these arms, and its expectation").format(
                policy=name, horizon=format_count(horizon)
            ),
            _("{mean} ± {error}").format(mean=format_number(simulated.mean(), 3), error=format_number(error, 2)),
            format_number(played.here[played.policy][-1], 4),
        ),
        Figure(
            _("{policy}: expected rewards in {horizon} pulls, over all pairs of arms, and the largest possible").format(
                policy=name, horizon=format_count(horizon)
            ),
            format_number(of_policy, 5),
            format_number(of_best, 5),
        ),
    ]


def _outcome(played: Played) -> str:
    """Return what happened: the regrets, the runs that got stuck, and how Lai and Robbins compare."""
    parts = [
        _("Mean regret after {pulls} pulls: {list}.").format(
            pulls=format_count(played.pulls), list=format_list(mean_regrets(played), _("and"))
        )
    ]
    stuck = played.runs[played.policy].stuck
    name = policy_name(played.policy, played.epsilon)
    if stuck > 0:
        parts.append(
            _("With {policy}, {share} of the runs never pulled a best arm in their second half: they stayed with "
              "wrong arms.").format(policy=name, share=format_percent(stuck, 2, significant=True))
        )  # fmt: skip
    else:
        parts.append(_("With {policy}, every run still pulled a best arm in its second half.").format(policy=name))
    return " ".join([*parts, _beside_the_rate(played)])


def _beside_the_rate(played: Played) -> str:
    if len(set(played.chances)) == 1:
        return _("All arms are equal: there is nothing to lose, and c is 0.")
    if played.bound == 0:
        return _(
            "A best arm always pays, so that one failure excludes an arm for ever: c is 0, and regret need not grow."
        )
    rate = played.bound * np.log(played.pulls)
    below = sum(played.regret(name).mean() < rate for name in POLICIES)
    if not below:
        return _("All of them lost more than c · ln n, {rate}.").format(rate=format_number(rate, 3))
    return ngettext(
        "c · ln n is {rate}, and {count} policy lost less: that is no contradiction, for the bound holds for n → ∞.",
        "c · ln n is {rate}, and {count} policies lost less: that is no contradiction, for the bound holds for n → ∞.",
        below,
    ).format(rate=format_number(rate, 3), count=format_count(below))


def _oracle(played: Played) -> str:
    rate = _("Lai and Robbins: a policy that does well on all arms loses at least c · ln n for n → ∞. Here c = {c}, "
             "the sum of gap / KL(arm, best arm).").format(c=format_number(played.bound, 4))  # fmt: skip
    if not played.short:
        return rate + " " + _("The Bayes-optimal policy is computed for two arms only.")
    horizon = len(played.short["exact"]) - 1
    optimum = _(
        "The Bayes-optimal policy of {horizon} pulls, for two arms with uniform priors, was computed by dynamic "
        "programming over {states} states. It is best on average over all pairs of arms, not on each."
    )
    return rate + " " + optimum.format(horizon=format_count(horizon), states=format_count(states(horizon)))
