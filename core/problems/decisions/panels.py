"""What the miniature of a Markov decision process draws: values with the policy, the agent, and how learning goes."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_number
from core.language import _
from core.problems.decisions.agent import agent_panel, hidden_panels, returns_panel, so_far
from core.problems.decisions.frames import Moment, shown_sweeps
from core.problems.decisions.grid_world import START, WALL, Array
from core.problems.decisions.run import Run
from core.problems.decisions.value_iteration import Marked, action_values, is_best
from core.problems.panels import Axis, Cells, Curve, Layer, Panel, Plane


def sweep_panels(run: Run) -> list[Panel]:
    """Return the panels of value iteration."""
    shown = shown_sweeps(run)
    V = run.sweeps.V[shown]
    Q = np.array([action_values(run.world, each, run.settings.gamma) for each in V])
    title = _("Values and policy of each state; a click changes a cell")
    return [_values(run, title, V, is_best(Q)), _exact(run), _errors(run, shown), *hidden_panels(run, len(shown))]


def moment_panels(run: Run, shown: list[Moment]) -> list[Panel]:
    """Return the panels of Q-learning and SARSA."""
    Q = np.array([moment.Q[run.sees] for moment in shown])
    title = _("Largest Q and greedy policy of each state; a click changes a cell")
    values = _values(run, title, Q.max(axis=-1), is_best(Q), shown)
    return [values, agent_panel(run, shown), returns_panel(run, shown), _exact(run), *hidden_panels(run, len(shown))]


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
        layers.append(Curve(so_far(xy, np.arange(len(shown))), name, "muted" if dashed else "learned", dashed=dashed))
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
