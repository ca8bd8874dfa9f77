"""What the miniature of k-means draws: the plane with its regions, the falling loss, and the ends of 200 starts."""

import numpy as np

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.problems.clustering.kmeans import Array, HalfStep, Places, assign
from core.problems.clustering.run import STARTS, Run
from core.problems.panels import Axis, Bars, BarSet, Curve, Heat, Plane, Points, Segments

MOST_STEPS = 60  # half steps that are shown
GRID = 32  # cells of the regions, across and up
MOST_BARS = 8


def shown_steps(steps: list[HalfStep]) -> list[int]:
    """Return the places of the half steps that are shown: all, or evenly chosen ones with the first and the last."""
    return sorted({int(place) for place in np.linspace(0, len(steps) - 1, min(len(steps), MOST_STEPS)).round()})


def plane_panel(run: Run, shown: list[int]) -> Plane:
    """Return the points in the colours of their clusters, with the centres; a frame before, one each, and one after."""
    X, steps, k = run.task.X, [run.steps[place] for place in shown], run.k
    none = np.full(len(X), -1)
    groups = np.array([none, *(step.groups for step in steps), steps[-1].groups])
    centres = np.array([steps[0].centres, *(step.centres for step in steps), steps[-1].centres])
    low, high = _edges(run)
    names = [_("cluster {number}").format(number=number + 1) for number in range(k)]
    regions = Heat(_regions(centres, low, high), (low[0], high[0]), (low[1], high[1]), regions=True)
    spokes = [Segments(_spokes(X, centres, groups), role="muted")] if run.task.is_small else []
    size, movable = 6 if run.task.is_small else 3, run.task.square is not None
    points = Points(X, _("points"), groups=groups, group_names=names, size=size, movable=movable)
    marks = Points(centres, _("centres"), "learned", shape="cross", size=8)
    exact = Points(run.best.centres, _("centres of the best clustering"), "exact", shape="diamond", size=8)
    return Plane(
        _("Points, centres and their regions"),
        Axis(run.task.titles[0], low[0], high[0]),
        Axis(run.task.titles[1], low[1], high[1]),
        [regions, *spokes, points, marks, exact],
        _plane_alt(run),
        square=run.task.square is not None,
    )


def _plane_alt(run: Run) -> str:
    sizes = np.bincount(run.end.groups, minlength=run.k)
    text = _(
        "k-means divides {n} points into {k} clusters, the smallest with {fewest} and the largest with {most} points."
    )
    return text.format(n=format_count(len(run.task.X)), k=run.k, fewest=int(sizes.min()), most=int(sizes.max()))


def _edges(run: Run) -> tuple[Array, Array]:
    """Return the lower left and the upper right corner of the plane."""
    if run.task.square is not None:
        return np.zeros(2), np.full(2, run.task.square)
    low, high = run.task.X.min(axis=0), run.task.X.max(axis=0)
    margin = np.where(high > low, 0.05 * (high - low), 1.0)
    return low - margin, high + margin


def _regions(centres: Array, low: Array, high: Array) -> Array:
    """Return for each frame which centre is nearest to each cell of a grid, (frames, rows, columns)."""
    across, up = (low[axis] + (np.arange(GRID) + 0.5) / GRID * (high[axis] - low[axis]) for axis in range(2))
    cells = np.stack(np.meshgrid(across, up), axis=2).reshape(-1, 2)
    return np.array([assign(cells, frame).reshape(GRID, GRID) for frame in centres], dtype=np.float64)


def _spokes(X: Array, centres: Array, groups: Places) -> Array:
    """Return lines from each point to its centre, (frames, n, 4); NaN where it has none yet."""
    ends = np.take_along_axis(centres, np.maximum(groups, 0)[:, :, None], axis=1)
    starts = np.where(groups[:, :, None] < 0, np.nan, np.broadcast_to(X, ends.shape))
    return np.concatenate([starts, ends], axis=2)


def loss_panel(run: Run, shown: list[int]) -> Plane:
    """Return the loss after each half step, with the smallest loss."""
    losses = np.array([step.loss for step in run.steps])
    until = np.array([0, *(place + 1 for place in shown), len(losses)])
    curve = Curve(np.column_stack([np.arange(1, len(losses) + 1), losses]), _("this start"), until=until)
    ends = np.array([[1.0, run.best.loss], [max(len(losses), 2), run.best.loss]])
    name = _("best of all partitions") if run.task.is_small else _("lowest of {starts} starts").format(starts=STARTS)
    alt = (
        _("The loss falls from {first} to {last} and never rises.")
        if losses[-1] < losses[0]
        else _("The loss stays at {last}.")
    )
    return Plane(
        _("Loss: sum of squared distances to the centres"),
        Axis(_("half step")),
        Axis(_("loss"), low=0.0),
        [curve, Curve(ends, name, "exact", dashed=True)],
        alt.format(first=format_number(losses[0], 4), last=format_number(losses[-1], 4)),
    )


def ends_panel(run: Run, frames: int) -> Bars:
    """Return the share of the 200 starts that end in each local optimum; the bars stand in the last frame."""
    first = list(range(min(len(run.optima), MOST_BARS - 1)))
    if run.place not in first:
        first[-1] = run.place
    labels = [_label(run, number, run.optima[number].loss) for number in first]
    shares = [run.optima[number].count / STARTS for number in first]
    if rest := len(run.optima) - len(first):
        labels.append(_("{count} others").format(count=format_count(rest)))
        shares.append(1 - sum(shares))
    ours = np.array([number == run.place for number in first] + [False] * (len(labels) - len(first)))
    sets = [
        BarSet(_at_the_end(np.where(ours, np.nan, shares), frames), _("other ends"), "other"),
        BarSet(_at_the_end(np.where(ours, shares, np.nan), frames), _("where this start ends"), "learned"),
    ]
    alt = _("{starts} starts end in {count} different clusterings; {share} of them in the best one known.")
    return Bars(
        _("Where {starts} starts end, by how far the loss is above the best").format(starts=STARTS),
        Axis(_("share of the starts"), 0.0),
        labels,
        sets,
        alt.format(starts=STARTS, count=len(run.optima), share=format_percent(run.hits / STARTS)),
    )


def _label(run: Run, number: int, loss: float) -> str:
    """Return the place of a local optimum, and how far its loss is above the best."""
    excess = run.excess(loss)
    if excess == 0:
        return _("{place}: best").format(place=number + 1)
    more = format_percent(excess, 3, significant=True) if np.isfinite(excess) else format_number(loss, 3)
    return f"{number + 1}: +{more}"


def _at_the_end(values: Array, frames: int) -> Array:
    """Return bars that are there in the last frame only."""
    return np.vstack([np.full((frames - 1, len(values)), np.nan), values])
