"""What the miniature of a bandit draws: one run, what it believes of each arm, many runs, and a short game in exact."""

from collections.abc import Sequence

import numpy as np

from core.formatting import format_count, format_list, format_number, format_percent
from core.language import _
from core.problems.bandit.play import Played, mean_regrets, policy_name
from core.problems.bandit.policies import POLICIES, Array, Runs, mean_index, ucb_index
from core.problems.panels import Axis, Bars, BarSet, Curve, Layer, Panel, Plane, Points, Role, Segments

ROOM = 0.15  # beyond a chance of 1, for its label
MOST_BOUND = 1.5  # beyond which an upper bound is cut off
ROLES: dict[str, Role] = {"greedy": "data", "ucb": "other", "thompson": "learned"}


def panels(played: Played) -> list[Panel]:
    """Return all panels; that of the short game only for two arms."""
    return [_beliefs(played), _counts(played), _regrets(played), *([_short(played)] if played.short else [])]


def sentences(played: Played) -> list[str]:
    """Return a sentence for each frame: the pull, and what each arm has paid so far."""
    run = played.runs[played.policy]
    wins, counts = run.counted(0, played.times)
    return [_sentence(played, run, place, wins[place], counts[place]) for place in range(len(played.times))]


def _sentence(played: Played, run: Runs, place: int, wins: Array, counts: Array) -> str:
    time = played.times[place]
    if time == 0:
        return _("Before the first pull: nothing is known of the {count} arms.").format(
            count=format_count(len(played.chances))
        )
    arm, paid = int(run.pulled[0, time - 1]), bool(run.rewarded[0, time - 1])
    template = _("Pull {pull} of {pulls} took arm {arm}: a reward. Rewards so far: {list}.") if paid else _(
        "Pull {pull} of {pulls} took arm {arm}: no reward. Rewards so far: {list}."
    )  # fmt: skip
    so_far = [
        _("{wins} of {pulls} with arm {arm}").format(
            wins=format_count(s), pulls=format_count(n), arm=format_count(k + 1)
        )
        for k, (s, n) in enumerate(zip(wins.tolist(), counts.tolist(), strict=True))
    ]
    return template.format(
        pull=format_count(time), pulls=format_count(played.pulls), arm=format_count(arm + 1), list=format_list(so_far)
    )


def _beliefs(played: Played) -> Plane:
    """Return what the run knows of each arm: its mean, and the interval or the bound that its policy uses."""
    run, arms = played.runs[played.policy], len(played.chances)
    wins, counts = run.counted(0, played.times)
    middle, low, high, name = intervals(played.policy, wins, counts, played.times)
    level = np.broadcast_to(np.arange(1.0, arms + 1.0), middle.shape)
    now = np.full((len(played.times), 1, 2), np.nan)
    last = np.array([run.pulled[0, time - 1] for time in played.times[1:]])
    now[1:, 0] = np.column_stack([middle[np.arange(1, len(middle)), last], last + 1.0])
    truth = np.column_stack([played.chances, np.arange(1.0, arms + 1.0)])
    layers: list[Layer] = [
        *([Segments(np.stack([low, level, high, level], axis=-1), name=name)] if name else []),
        Points(np.stack([middle, level], axis=-1), name=_("mean in this run"), role="learned", size=5),
        Points(now, name=_("pulled last"), role="other", shape="ring", size=9),
        Points(truth, name=_("chance of reward, can be moved"), labels=[_percent(p) for p in played.chances],
               shape="diamond", size=5, movable=True),
    ]  # fmt: skip
    final = [
        _("arm {arm}: {mean} where the chance is {chance}").format(
            arm=format_count(k + 1), mean=format_percent(middle[-1, k]), chance=_percent(played.chances[k])
        )
        for k in range(arms) if np.isfinite(middle[-1, k])
    ]  # fmt: skip
    return Plane(
        _("One run of {policy}: what it knows of each arm").format(policy=policy_name(played.policy, played.epsilon)),
        Axis(_("chance of reward"), 0.0, MOST_BOUND if played.policy == "ucb" else 1.0 + ROOM),
        Axis(_("arm"), 0.5, arms + 0.5),
        layers,
        _("Means after the last pull: {list}.").format(list=format_list(final)),
    )


def _percent(chance: float) -> str:
    return format_percent(chance, 3, significant=True)


def intervals(policy: str, wins: Array, counts: Array, times: Sequence[int]) -> tuple[Array, Array, Array, str]:
    """Return middle, lower and upper end (times, k) of what a policy goes by, and the name of the interval.

    Thompson sampling has the central 80 % of its posterior about the posterior mean, UCB1 its bound above the mean;
    ε-greedy has no interval, and both have no mean before the first pull.
    """
    means = mean_index(wins, counts)
    known = np.where(np.isfinite(means), means, np.nan)
    if policy == "greedy":
        return known, known, known, ""
    if policy == "ucb":
        bound = np.array([ucb_index(s, n, t) for s, n, t in zip(wins, counts, times, strict=True)])
        return (
            known,
            np.where(np.isfinite(means), means, 0.0),
            np.minimum(bound, MOST_BOUND),
            _("up to its upper bound"),
        )
    from scipy.special import betaincinv

    a, b = wins + 1.0, counts - wins + 1.0
    return (
        a / (a + b),
        betaincinv(a, b, 0.1),
        betaincinv(a, b, 0.9),
        _("{share} of its posterior").format(share=format_percent(0.8)),
    )


def _counts(played: Played) -> Bars:
    wins, counts = played.runs[played.policy].counted(0, played.times)
    names = [_("arm {arm}").format(arm=format_count(k + 1)) for k in range(len(played.chances))]
    best = format_list([names[k] for k, p in enumerate(played.chances) if p == max(played.chances)])
    share = counts[-1][np.array(played.chances) == max(played.chances)].sum() / played.pulls
    return Bars(
        _("The same run: how often each arm was pulled"),
        Axis(_("pulls"), 0.0),
        names,
        [BarSet(counts, _("pulls"), "learned"), BarSet(wins, _("rewards"), "data")],
        _("{share} of the pulls took the best: {best}.").format(share=format_percent(share), best=best),
    )


def _regrets(played: Played) -> Plane:
    """Return the mean regret of all policies up to each frame, each with a band of the middle 80 % of the runs."""
    places, until = list(played.times), np.arange(len(played.times), dtype=np.int64) + 1
    layers: list[Layer] = []
    for policy in POLICIES:
        upto = np.vstack([np.zeros(len(played.runs[policy].pulled)), played.runs[policy].regret.T])[places]
        xy, band = np.column_stack([places, upto.mean(axis=1)]), np.quantile(upto, [0.1, 0.9], axis=1).T
        layers.append(Curve(xy, policy_name(policy, played.epsilon), ROLES[policy], until=until, band=band))
    n = np.linspace(1.0, played.pulls, 60)
    layers.append(Curve(np.column_stack([n, played.bound * np.log(n)]), _("c · ln n of Lai and Robbins, for n → ∞"),
                        "exact", dashed=True))  # fmt: skip
    return Plane(
        _("{runs} runs of each policy: mean regret, with a band from {low} to {high} of the runs").format(
            runs=format_count(len(played.runs["ucb"].pulled)), low=format_percent(0.1), high=format_percent(0.9)
        ),
        Axis(_("pulls"), 0.0, float(played.pulls)),
        Axis(_("regret: rewards lost against the best arm"), 0.0),
        layers,
        _("Mean regret after the last pull: {list}.").format(list=format_list(mean_regrets(played), _("and"))),
    )


def _short(played: Played) -> Plane:
    """Return the expected regret in the first pulls, averaged over all pairs of arms, computed and not simulated."""
    horizon = len(played.short["exact"]) - 1
    until = np.minimum(np.array(played.times, dtype=np.int64), horizon) + 1
    curves = []
    for policy, regret in played.short.items():
        xy = np.column_stack([np.arange(horizon + 1.0), regret])
        if policy == "exact":
            curves.append(Curve(xy, _("Bayes-optimal for these pulls"), "exact", dashed=True))
        else:
            curves.append(Curve(xy, policy_name(policy, played.epsilon), ROLES[policy], until=until))
    lost = [
        _("{regret} with {policy}").format(
            policy=_("Bayes-optimal") if policy == "exact" else policy_name(policy, played.epsilon),
            regret=format_number(regret[-1], 3),
        )
        for policy, regret in played.short.items()
    ]
    return Plane(
        _("The first {horizon} pulls, averaged over all pairs of arms: exact").format(horizon=format_count(horizon)),
        Axis(_("pulls"), 0.0, float(horizon)),
        Axis(_("expected regret"), 0.0, max(float(each.max()) for each in played.short.values())),
        curves,
        _("Expected regret after {horizon} pulls: {list}.").format(
            horizon=format_count(horizon), list=format_list(lost)
        ),
    )
