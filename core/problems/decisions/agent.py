"""What the miniature of a Markov decision process draws of the agent: its way, its returns, what it does not see."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_number, format_percent
from core.language import _
from core.problems.decisions.frames import MOST_BETWEEN, Moment, evenly, observation_name
from core.problems.decisions.grid_world import GOAL, MOVES, START, TRAP, WALL, Array
from core.problems.decisions.run import Run
from core.problems.decisions.td_agent import Method
from core.problems.panels import Axis, Bars, BarSet, Cells, Curve, Heat, Layer, Panel, Plane, Points, Segments

SMOOTHED = 20  # episodes whose mean return is drawn
ASIDE = 0.09  # by which the arrows of both actions are apart


def method_name(method: Method) -> str:
    """Return the name of a learner."""
    return _("SARSA") if method == "sarsa" else _("Q-learning")


def so_far(xy: Array, last: npt.NDArray[np.int64]) -> Array:
    """Return points (frames, n, 2) of a curve of which each frame shows those up to its last place."""
    hidden = np.arange(len(xy)) > last[:, np.newaxis]
    return np.where(hidden[:, :, np.newaxis], np.nan, xy)


def agent_panel(run: Run, shown: list[Moment]) -> Plane:
    """Return the map from above, with the agent, the action chosen and the one carried out."""
    rows, columns = run.world.shape
    walls = np.array([[float(kind == WALL) for kind in row] for row in run.world.rows[::-1]])
    places = np.full((len(shown), 1, 2), np.nan)
    chosen, carried = (np.full((len(shown), 1, 4), np.nan) for _action in range(2))
    for place, moment in enumerate(shown):
        if moment.step is not None:
            at = _centre(run, moment.step.at)
            places[place, 0] = at
            chosen[place, 0] = _arrow(at, moment.step.chosen, -ASIDE)
            carried[place, 0] = _arrow(at, moment.step.carried, ASIDE)
    layers: list[Layer] = [
        Heat(walls, (0.0, float(columns)), (0.0, float(rows)), high=2.0),
        _places(run, START, _("start"), "ring"),
        _places(run, GOAL, _("goal"), "diamond"),
        _places(run, TRAP, _("trap"), "cross"),
        Segments(chosen, _("action chosen"), "other", arrow=True, dashed=True),
        Segments(carried, _("action carried out"), "learned", arrow=True),
        Points(places, _("agent"), "data", size=6),
    ]
    slips = [moment.step.chosen != moment.step.carried for moment in shown if moment.step is not None]
    text = _("In {share} of the steps shown the action carried out is another one than the action chosen.")
    return Plane(
        _("Agent and environment"), Axis("", 0.0, float(columns)), Axis("", 0.0, float(rows)), layers,
        text.format(share=format_percent(float(np.mean(slips)))), bare=True, square=True,
    )  # fmt: skip


def _centre(run: Run, cell: tuple[int, int]) -> Array:
    return np.array([cell[1] + 0.5, run.world.shape[0] - cell[0] - 0.5])


def _arrow(at: Array, action: int, aside: float) -> Array:
    down, across = MOVES[action]
    ahead = np.array([across, -down], dtype=np.float64)
    begin = at + aside * np.array([-ahead[1], ahead[0]])
    return np.concatenate([begin, begin + 0.75 * ahead])


def _places(run: Run, wanted: str, name: str, shape: str) -> Points:
    cells = [(i, j) for i, row in enumerate(run.world.rows) for j, kind in enumerate(row) if kind == wanted]
    xy = np.array([_centre(run, cell) for cell in cells]).reshape(-1, 2)
    role = {GOAL: "good", TRAP: "bad"}.get(wanted, "muted")
    return Points(xy, name if cells else "", role, shape=shape, size=8)  # type: ignore[arg-type]


def returns_panel(run: Run, shown: list[Moment]) -> Plane:
    """Return the mean return of the last 20 episodes of both learners, drawn as far as the shown one has got."""
    curves: dict[Method, Array] = {}
    for method, learning in run.learned.items():
        sums = np.concatenate([[0.0], np.cumsum(learning.returns)])
        ends = np.array(evenly(1, len(learning.returns), 2 * MOST_BETWEEN))
        begins = np.maximum(ends - SMOOTHED, 0)
        curves[method] = np.column_stack([ends, (sums[ends] - sums[begins]) / (ends - begins)])
    over = np.array([moment.episode - (moment.step is not None) for moment in shown])
    over[-1] = max(len(learning.returns) for learning in run.learned.values())
    layers: list[Layer] = [
        Curve(so_far(xy, (xy[:, 0] <= over[:, np.newaxis]).sum(axis=1) - 1), method_name(method),
              "learned" if method == run.method else "other")
        for method, xy in curves.items()
    ]  # fmt: skip
    most = float(over[-1])
    layers.append(Curve(np.array([[0.0, run.best], [most, run.best]]), _("optimal policy"), "exact", dashed=True))
    values = np.concatenate([*(xy[:, 1] for xy in curves.values()), [run.best]])
    margin = 0.05 * float(values.max() - values.min()) or 1.0
    up = _("mean return of the last {count} episodes")
    text = _("In its second half {name} gets a mean return of {mean}; the best possible mean is {best}.")
    late = format_number(float(run.late_returns(run.method).mean()), 4)
    return Plane(
        _("Return while learning"),
        Axis(_("episode"), 0.0, most),
        Axis(up.format(count=SMOOTHED), float(values.min()) - margin, float(values.max()) + margin),
        layers,
        text.format(name=method_name(run.method), mean=late, best=format_number(run.best, 4)),
    )  # fmt: skip


def hidden_panels(run: Run, frames: int) -> list[Panel]:
    """Return what the agent observes in each cell, and what that costs; nothing where it observes its cell."""
    return [_observations(run), _cost(run, frames)] if run.hidden else []


def _observations(run: Run) -> Cells:
    cells = run.world.spread(np.array(run.sees, dtype=np.float64))
    texts = [
        ["■" if kind == WALL else kind if np.isnan(seen) else observation_name(int(seen))
         for kind, seen in zip(kinds, row, strict=True)]
        for kinds, row in zip(run.world.rows, cells, strict=True)
    ]  # fmt: skip
    text = _("The agent has {seen} observations for {states} states; cells with one letter look the same.")
    alt = text.format(seen=max(run.sees) + 1, states=len(run.sees))
    return Cells(_("Observation of each state: what the agent sees"), cells, alt, texts=texts)


def _cost(run: Run, frames: int) -> Bars:
    """Return what policies without memory are worth from the start, in the last frame; no bar where that is −∞."""
    found = run.memoryless
    assert found is not None
    worth = {_("fixed actions"): found.value, _("actions drawn"): found.drawn_value}
    worth |= {
        _("{name}, learned").format(name=method_name(method)): run.learned_value(method) for method in run.learned
    }
    values = np.full((frames, len(worth)), np.nan)
    values[-1] = [value if np.isfinite(value) else np.nan for value in worth.values()]
    best = np.full(len(worth), run.best)
    every = np.concatenate([values[-1][np.isfinite(values[-1])], [0.0, run.best]])
    text = _("Without memory {fixed} is reached by fixed actions and {drawn} by drawn ones; with the state {best}.")
    alt = text.format(
        fixed=format_number(found.value, 4), drawn=format_number(found.drawn_value, 4), best=format_number(run.best, 4)
    )
    margin = 0.05 * float(every.max() - every.min()) or 1.0
    return Bars(
        _("Without the state: value from the start"),
        Axis(_("value"), float(every.min()) - margin, float(every.max()) + margin),
        list(worth),
        [BarSet(values, _("policy without memory")), BarSet(best, _("best policy that sees the state"), "exact")],
        alt,
    )
