"""What the miniature of a contextual bandit draws, and a sentence for each of its frames."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.problems.contextual.linear_arms import Array, Learned, Places
from core.problems.panels import Axis, Bars, BarSet, Curve, Layer, Panel, Plane, Points
from core.problems.rows import Rows

FIRST = 20  # rows that have a frame each
MORE = 60  # frames for all later rows
LAST = 20  # rows whose choices are marked in the plane


@dataclass(frozen=True, eq=False)
class Rounds:
    """All that was learned, from which the drawing and the sentences are made.

    Attributes:
        rows: the table.
        names: of the arms: the classes that have rows.
        y: the arm that is right for each row of the table.
        order: (rounds,), the row of the table that came in each round.
        alpha: the weight of the widths.
        bandit: the learner that hears only the reward of the arm it chose.
        told: the learner that hears the answer for every arm.
        fixed: (n,), the arm of each row of the table by the rule fitted in hindsight.
    """

    rows: Rows
    names: tuple[str, ...]
    y: Places
    order: Places
    alpha: float
    bandit: Learned
    told: Learned
    fixed: Places

    @property
    def times(self) -> list[int]:
        """The numbers of rows seen that have a frame."""
        first = min(FIRST, len(self.order))
        return sorted({*range(first + 1), *np.linspace(first, len(self.order), MORE + 1).round().astype(int).tolist()})

    @property
    def hindsight(self) -> Array:
        """(rounds + 1,), the mistakes of the fixed rule before the first row and after each."""
        return np.concatenate([[0.0], np.cumsum((self.fixed != self.y)[self.order])])


def panels(rounds: Rounds) -> list[Panel]:
    """Return the mistakes, the pulls, the plane of two features and the arms for the present row."""
    return [_mistakes(rounds), _plane(rounds), _pulls(rounds), _present(rounds)]


def sentences(rounds: Rounds) -> list[str]:
    """Return a sentence for each frame: the row, what was chosen, and the mistakes so far."""
    start = _("Before the first row: every arm expects a reward of 0.")
    return [start, *(_sentence(rounds, time) for time in rounds.times[1:])]


def _sentence(rounds: Rounds, time: int) -> str:
    right, chosen = int(rounds.y[rounds.order[time - 1]]), int(rounds.bandit.chosen[time - 1])
    template = _("Row {row} of {rows} is {right}. LinUCB chose it: a reward.") if right == chosen else _(
        "Row {row} of {rows} is {right}. LinUCB chose {chosen}: no reward, and the right answer stays unknown."
    )  # fmt: skip
    row = template.format(row=format_count(time), rows=format_count(len(rounds.order)), right=rounds.names[right],
                          chosen=rounds.names[chosen])  # fmt: skip
    made = int(rounds.bandit.mistakes[time])
    score = ngettext(
        "{made} mistake so far; with all answers, {other}.", "{made} mistakes so far; with all answers, {other}.", made
    )
    return row + " " + score.format(made=format_count(made), other=format_count(rounds.told.mistakes[time]))


def _mistakes(rounds: Rounds) -> Plane:
    times = np.array(rounds.times)
    until = np.arange(len(times), dtype=np.int64) + 1

    def curve(mistakes: Array) -> Array:
        return np.column_stack([times, mistakes[times]])

    ends = [made.mistakes[-1] for made in (rounds.bandit, rounds.told)]
    return Plane(
        _("Mistakes so far"),
        Axis(_("rows seen"), 0.0, float(times[-1])),
        Axis(_("mistakes"), 0.0, max(*ends, rounds.hindsight[-1], 1.0)),
        [
            Curve(curve(rounds.bandit.mistakes), _("LinUCB, one reward a row"), "learned", until=until),
            Curve(curve(rounds.told.mistakes), _("all answers told"), "other", until=until),
            Curve(curve(rounds.hindsight), _("fixed rule, fitted in hindsight"), "exact",
                  dashed=True),
        ],
        _("After {rows} rows: {bandit} mistakes by LinUCB, {told} by the learner that is told all answers, {fixed} by "
          "the rule fitted in hindsight.").format(
            rows=format_count(len(rounds.order)), bandit=format_count(ends[0]), told=format_count(ends[1]),
            fixed=format_count(rounds.hindsight[-1])),
    )  # fmt: skip


def _pulls(rounds: Rounds) -> Bars:
    """Return how often each arm was chosen, and how often it was right, as shares of the rows seen."""
    times, arms = np.array(rounds.times), len(rounds.names)
    right = rounds.y[rounds.order]
    chosen, wanted = (
        np.vstack(
            [np.full(arms, np.nan), np.eye(arms)[each].cumsum(axis=0) / np.arange(1, len(each) + 1)[:, np.newaxis]]
        )
        for each in (rounds.bandit.chosen, right)
    )
    most = int(np.argmax(np.bincount(rounds.bandit.chosen, minlength=arms)))
    return Bars(
        _("Share of the rows for which LinUCB chose each arm"),
        Axis(_("share"), 0.0, 1.0),
        rounds.names,
        [BarSet(chosen[times], _("chosen"), "learned"), BarSet(wanted[times], _("right"), "exact")],
        _("{arm} was chosen most, for {chosen} of the rows, and was right for {right}.").format(
            arm=rounds.names[most], chosen=format_percent(chosen[-1, most]), right=format_percent(wanted[-1, most])
        ),
    )


def _plane(rounds: Rounds) -> Plane:
    """Return the table in the two features that differ most between the classes, with the last choices marked."""
    across, up = two_features(rounds.rows.standardised, rounds.y)
    xy = rounds.rows.X[:, [across, up]]
    good, bad = (np.full((len(rounds.times), LAST, 2), np.nan) for _unused in range(2))
    for frame, time in enumerate(rounds.times):
        for place, turn in enumerate(range(max(time - LAST, 0), time)):
            (good if rounds.bandit.rewards[turn] else bad)[frame, place] = xy[rounds.order[turn]]
    last = rounds.bandit.rewards[-LAST:]
    layers: list[Layer] = [
        Points(xy, groups=rounds.y, group_names=rounds.names, size=2.5),
        Points(good, _("right arm"), "good", shape="ring", size=6),
        Points(bad, _("wrong arm"), "bad", shape="cross", size=6),
    ]
    return Plane(
        _("The last {count} choices").format(count=format_count(LAST)),
        Axis(rounds.rows.names[across] if rounds.rows.names else ""),
        Axis(rounds.rows.names[up] if rounds.rows.names else ""),
        layers,
        _("{right} of the last {count} choices are right.").format(
            right=format_count(last.sum()), count=format_count(len(last))
        ),
    )


def two_features(Z: Array, y: Places) -> tuple[int, int]:
    """Return the two columns of Z (n, d), each of spread 1, whose means differ most between the classes; both may be 0.

    >>> two_features(np.array([[1.0, 0.0, 1.0], [-1.0, 0.0, 1.0], [1.0, 0.0, -1.0]]), np.array([0, 1, 0]))
    (0, 2)
    """
    between = sum((y == c).mean() * Z[y == c].mean(axis=0) ** 2 for c in np.unique(y))
    ranked = np.argsort(-np.round(between, 9), kind="stable")
    return int(ranked[0]), int(ranked[min(1, len(ranked) - 1)])


def _present(rounds: Rounds) -> Bars:
    """Return what LinUCB expected of each arm for the row of a frame, its upper bounds, and the rewards."""
    places = np.array(rounds.times[1:]) - 1
    expected, widths = rounds.bandit.predicted[places], rounds.alpha * rounds.bandit.widths[places]
    right = np.eye(len(rounds.names))[rounds.y[rounds.order[places]]]
    nothing = np.full((1, len(rounds.names)), np.nan)
    chosen = int(rounds.bandit.chosen[-1])
    sets: Sequence[BarSet] = [
        BarSet(np.vstack([nothing, expected]), _("expected reward"), "learned"),
        BarSet(np.vstack([nothing, expected + widths]), _("expected + α · width: the largest is chosen"), "other"),
        BarSet(np.vstack([nothing, right]), _("reward, if chosen"), "exact"),
    ]
    return Bars(
        _("The arms for this row, before it was answered"),
        Axis(_("reward")),
        rounds.names,
        sets,
        _("For the last row {arm} was chosen, whose expected reward was {expected} with α · width {width}.").format(
            arm=rounds.names[chosen],
            expected=format_number(expected[-1, chosen], 2),
            width=format_number(widths[-1, chosen], 2),
        ),
    )
