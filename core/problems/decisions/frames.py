"""The frames of a Markov decision process: the sweeps, or the steps and episodes that are shown, and what each says."""

from dataclasses import dataclass

import numpy as np

from core.formatting import format_count, format_general, format_number
from core.language import _
from core.problems.decisions.grid_world import Array
from core.problems.decisions.run import Run
from core.problems.decisions.td_agent import Step

MOST_SWEPT = 80  # sweeps that are shown
MOST_OF_EPISODE = 60  # steps of an episode that are shown
MOST_BETWEEN = 30  # episodes between the first and the last that are shown


@dataclass(frozen=True, eq=False)
class Moment:
    """A frame of a learner.

    Attributes:
        episode: how many episodes are over, or at which it is.
        Q: (observations, 4), the values then.
        step: the step that was just taken; None between episodes.
    """

    episode: int
    Q: Array
    step: Step | None = None


def action_name(action: int) -> str:
    """Return the name of an action, 0 to 3."""
    return (_("up"), _("right"), _("down"), _("left"))[action]


def observation_name(seen: int) -> str:
    """Return the letter of an observation."""
    return chr(ord("A") + seen)


def shown_sweeps(run: Run) -> list[int]:
    """Return which sweeps are shown: all, or evenly chosen ones with the first and the last."""
    return evenly(0, len(run.sweeps.V) - 1, MOST_SWEPT)


def evenly(first: int, last: int, most: int) -> list[int]:
    """Return at most `most` whole numbers from `first` to `last`, both included; none where there are none."""
    if last < first:
        return []
    return sorted({int(place) for place in np.linspace(first, last, min(last - first + 1, most)).round()})


def moments(run: Run) -> list[Moment]:
    """Return the frames of the learner: before, the first episode, the ends of some others, and the last episode."""
    learning = run.learned[run.method]
    count = len(learning.returns)
    found = [Moment(0, learning.history[0]), *_steps(run, 0, 1)]
    found += [Moment(episode, learning.history[episode]) for episode in evenly(1, count - 1, MOST_BETWEEN)]
    return found + (_steps(run, 1, count) if count > 1 else [])


def _steps(run: Run, which: int, episode: int) -> list[Moment]:
    learning = run.learned[run.method]
    steps, tables = learning.episodes[which], learning.stages[which]
    places = range(len(steps))
    kept = places if len(steps) <= MOST_OF_EPISODE else [*range(MOST_OF_EPISODE - 1), len(steps) - 1]
    return [Moment(episode, tables[place], steps[place]) for place in kept]


def sweep_sentences(run: Run) -> list[str]:
    """Return what happens in each sweep that is shown."""
    found = [_("Before the first sweep the value of every state is {zero}.").format(zero=format_number(0.0))]
    for sweep in shown_sweeps(run)[1:]:
        text = _("Sweep {sweep}: the value of each state becomes the best, over the actions, of reward + γ · next "
                 "value. The largest error is {error}; γ to the power {sweep}, times the first error, is "
                 "{bound}.")  # fmt: skip
        error, bound = (format_number(each[sweep], 4) for each in (run.sweeps.errors, run.sweeps.bounds))
        found.append(text.format(sweep=format_count(sweep), error=error, bound=bound))
    return found


def moment_sentences(run: Run, shown: list[Moment]) -> list[str]:
    """Return what happens in each frame of a learner."""
    first = _("Before the first episode all values Q are {zero}, and the policy draws its actions.")
    return [first.format(zero=format_number(0.0)), *(_said(run, moment) for moment in shown[1:])]


def _said(run: Run, moment: Moment) -> str:
    learning = run.learned[run.method]
    if moment.step is None:
        text = _("Episode {episode} is over: return {total} after {steps} steps.")
        place = moment.episode - 1
        return text.format(
            episode=format_count(moment.episode),
            total=format_number(learning.returns[place], 4),
            steps=format_count(int(learning.lengths[place])),
        )
    return f"{_taken(run, moment.episode, moment.step)} {_update(run, moment.step)}"


def _taken(run: Run, episode: int, step: Step) -> str:
    """Return observation, action, what was carried out, and reward."""
    text = (
        _("Episode {episode}, step {step}: the agent observes {seen}. Its action, drawn at random, is {chosen}; "
          "carried out is {carried}. The reward is {reward}.")
        if step.explored
        else _("Episode {episode}, step {step}: the agent observes {seen}. Its policy chooses the action {chosen}; "
               "carried out is {carried}. The reward is {reward}.")
    )  # fmt: skip
    return text.format(
        episode=format_count(episode),
        step=format_count(step.number),
        seen=_seen(run, step),
        chosen=action_name(step.chosen),
        carried=action_name(step.carried),
        reward=format_number(step.reward, 4),
    )


def _seen(run: Run, step: Step) -> str:
    if run.hidden:
        return observation_name(step.seen)
    return _("row {row}, column {column}").format(row=step.at[0] + 1, column=step.at[1] + 1)


def _update(run: Run, step: Step) -> str:
    """Return the update with its numbers."""
    text = _("Q({seen}; {action}) becomes {old} + {rate} · ({reward} + {gamma} · {following} − {old}) = {new}.")
    return text.format(
        seen=_seen(run, step),
        action=action_name(step.chosen),
        rate=format_number(step.rate, 3),
        gamma=format_general(run.settings.gamma),
        old=_bracketed(step.old),
        reward=format_number(step.reward, 4),
        following=_bracketed(step.following),
        new=format_number(step.new, 4),
    )


def _bracketed(value: float) -> str:
    """Return a number, in brackets where it is negative."""
    text = format_number(value, 4)
    return f"({text})" if value < 0 else text
