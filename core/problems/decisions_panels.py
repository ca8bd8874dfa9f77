"""What the miniature of a Markov decision process draws: values with the policy, the agent, and how learning goes."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_number, format_percent
from core.language import _
from core.problems.decisions_frames import MOST_BETWEEN, Moment, evenly, observation_name, shown_sweeps
from core.problems.decisions_run import Run
from core.problems.grid_world import GOAL, MOVES, START, TRAP, WALL, Array
from core.problems.panels import Axis, Cells, Curve, Heat, Layer, Panel, Plane, Points, Segments
from core.problems.td_learning import Method
from core.problems.value_iteration import Marked, action_values, is_best

SMOOTHED = 20  # episodes whose mean return is drawn
ASIDE = 0.09  # by which the arrows of both actions are apart


def method_name(method: Method) -> str:
    """Return the name of a learner."""
    return _("SARSA") if method == "sarsa" else _("Q-learning")


def sweep_panels(run: Run) -> list[Panel]:
    """Return the panels of value iteration."""
    shown = shown_sweeps(run)
    V = run.sweeps.V[shown]
    Q = np.array([action_values(run.world, each, run.settings.gamma) for each in V])
    title = _("Values and policy of each state; a click changes a cell")
    return [_values(run, title, V, is_best(Q)), _exact(run), _errors(run, shown), *_hidden(run)]


def moment_panels(run: Run, shown: list[Moment]) -> list[Panel]:
    """Return the panels of Q-learning and SARSA."""
    Q = np.array([moment.Q[run.sees] for moment in shown])
    title = _("Largest Q and greedy policy of each state; a click changes a cell")
    values = _values(run, title, Q.max(axis=-1), is_best(Q), shown)
    return [values, _agent(run, shown), _returns(run, shown), _exact(run), *_hidden(run)]


def _values(run: Run, title: str, V: Array, best: Marked, shown: list[Moment] | None = None) -> Cells:
    """Return the values of the states, (frames, states), with the policy; equal actions have no arrow."""
    world = run.world
    low, high = min(V.min(), run.optimum.V.min()), max(V.max(), run.optimum.V.max())
    cells = world.spread(V)
    alt = _("From the start the values shown at the end are {value} on average; at best they are {best}.")
    value = format_number(float(V[-1][world.first > 0].mean()), 4)
    return Cells(
        title,
        cells,
        alt.format(value=value, best=format_number(run.best, 4)),
        texts=[_texts(run, frame) for frame in cells],
        low=float(low),
        high=float(high) if high > low else float(low) + 1.0,
        marks=None if shown is None else _marks(run, shown),
        arrows=_arrows(run, best),
        editable=True,
    )


def _texts(run: Run, values: Array) -> list[list[str]]:
    """Return the number of each state, with an S at a start, and the letters of the other cells."""
    texts = []
    for kinds, row in zip(run.world.rows, values, strict=True):
        line = []
        for kind, value in zip(kinds, row, strict=True):
            number = "" if np.isnan(value) else format_number(float(value), 3)
            line.append(f"{START} {number}" if kind == START else "■" if kind == WALL else number or kind)
        texts.append(line)
    return texts


def _arrows(run: Run, best: Marked) -> npt.NDArray[np.int64]:
    """Return the action of each cell where a single one is best, −1 elsewhere."""
    single = np.where(best.sum(axis=-1) == 1, best.argmax(axis=-1), -1)
    return np.nan_to_num(run.world.spread(single.astype(np.float64)), nan=-1.0).astype(np.int64)


def _marks(run: Run, shown: list[Moment]) -> npt.NDArray[np.int64]:
    marks = np.zeros((len(shown), *run.world.shape), dtype=np.int64)
    for place, moment in enumerate(shown):
        if moment.step is not None:
            marks[(place, *moment.step.at)] = 1
    return marks


def _exact(run: Run) -> Cells:
    """Return the best values with a best action of each state, the first one of equal ones."""
    first = run.optimum.best & (run.optimum.best.cumsum(axis=-1) == 1)
    cells = run.world.spread(run.optimum.V)
    return Cells(
        _("Exact: best values and a best policy"),
        cells,
        _("The best value from the start is {best}.").format(best=format_number(run.best, 4)),
        texts=_texts(run, cells),
        arrows=_arrows(run, first),
        exact=True,
    )


def _errors(run: Run, shown: list[int]) -> Plane:
    """Return the error after each sweep beside its bound, drawn as far as the sweeps have got."""
    sweeps = np.arange(len(run.sweeps.errors))
    layers: list[Layer] = []
    for values, name, dashed in (
        (run.sweeps.bounds, _("bound: γ to the power k, times the first error"), True),
        (run.sweeps.errors, _("largest error of the values"), False),
    ):
        xy = np.column_stack([sweeps, np.where(values > 0, values, np.nan)])[shown]
        layers.append(Curve(_so_far(xy, np.arange(len(shown))), name, "muted" if dashed else "learned", dashed=dashed))
    above = run.sweeps.errors[run.sweeps.errors > 0]
    high = float(run.sweeps.errors[0]) if len(above) else 1.0
    low = max(float(above.min()) if len(above) else 0.1, 1e-9 * high)
    text = _("After {count} sweeps the largest error is {error}; at first it was {first}.")
    errors = {"error": format_number(run.sweeps.errors[-1], 3), "first": format_number(run.sweeps.errors[0], 3)}
    return Plane(
        _("Error of value iteration"),
        Axis(_("sweep k"), 0.0, float(max(len(sweeps) - 1, 1))),
        Axis(_("largest error of a value"), low * 0.7, high * 1.5, log=True),
        layers,
        text.format(count=len(sweeps) - 1, **errors),
    )


def _so_far(xy: Array, last: npt.NDArray[np.int64]) -> Array:
    """Return points (frames, n, 2) of a curve of which each frame shows those up to its last place."""
    hidden = np.arange(len(xy)) > last[:, np.newaxis]
    return np.where(hidden[:, :, np.newaxis], np.nan, xy)


def _agent(run: Run, shown: list[Moment]) -> Plane:
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


def _returns(run: Run, shown: list[Moment]) -> Plane:
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
        Curve(_so_far(xy, (xy[:, 0] <= over[:, np.newaxis]).sum(axis=1) - 1), method_name(method),
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


def _hidden(run: Run) -> list[Panel]:
    """Return what the agent observes in each cell, where that is not the cell itself."""
    if not run.hidden:
        return []
    cells = run.world.spread(np.array(run.sees, dtype=np.float64))
    texts = [
        ["■" if kind == WALL else kind if np.isnan(seen) else observation_name(int(seen))
         for kind, seen in zip(kinds, row, strict=True)]
        for kinds, row in zip(run.world.rows, cells, strict=True)
    ]  # fmt: skip
    text = _("The agent has {seen} observations for {states} states; cells with one letter look the same.")
    alt = text.format(seen=max(run.sees) + 1, states=len(run.sees))
    return [Cells(_("Observation of each state: what the agent sees"), cells, alt, texts=texts)]
