"""The panels of the miniature of online learning: the stream, the slope in time, the regret, and the mean loss."""

import numpy as np

from core.formatting import format_number
from core.language import _
from core.problems.online.run import StreamRun
from core.problems.panels import Axis, Curve, Layer, Plane, Points
from core.problems.rows import Array, Places

WINDOW = 40  # latest rows that are drawn
FAR = 5.0  # how many times the height of the rows a line may reach before it is left out
LEAST = 1e-5  # of the largest mean loss, the lowest one that is drawn


def rows_panel(run: StreamRun) -> Plane:
    """Return the latest rows with the lines as they are now."""
    stream, ticks = run.stream, run.ticks
    latest = np.full((len(ticks), WINDOW, 2), np.nan)
    for frame, tick in enumerate(ticks):
        seen = np.column_stack((stream.x, stream.y))[max(0, tick - WINDOW) : tick]
        latest[frame, : len(seen)] = seen
    offline = np.where(ticks[:, None] < run.first, np.nan, run.offline_line)
    layers: list[Layer] = [
        Points(latest, _("latest {count} rows").format(count=WINDOW), "muted"),
        Curve(_lines(run, offline), _("fitted once"), "other"),
        Curve(_lines(run, run.online.weights[ticks]), _("row by row"), "learned"),
    ]
    if stream.law is not None:
        law = stream.law[np.minimum(ticks, len(stream.x) - 1)]
        layers.insert(1, Curve(_lines(run, law), _("true law"), "exact"))
    return Plane(
        _("The rows now, and the two lines"),
        Axis(stream.names[0], *_room(stream.x)),
        Axis(stream.names[1], *_room(stream.y)),
        layers,
        _ending(
            run,
            _("At the end the line fitted once has slope {offline}, and the one learned row by row {online}."),
            _("At the end the line fitted once has slope {offline}, and the one learned row by row has diverged."),
            run.online.weights[-1, 0],
            run.offline_line[0],
        ),
    )


def slope_panel(run: StreamRun) -> Plane:
    """Return the slope of each line in time."""
    ticks, low, high = run.ticks, *_slope_range(run)
    offline = np.where(ticks < run.first, np.nan, run.offline_line[0])
    online = np.clip(run.online.weights[ticks, 0], low - 1.0, high + 1.0)
    layers: list[Layer] = [
        Curve(growing(ticks, run.hindsight[:, 0]), _("best fixed line so far"), "muted", dashed=True),
        Curve(growing(ticks, offline), _("fitted once"), "other"),
        Curve(growing(ticks, online), _("row by row"), "learned"),
    ]
    if run.stream.law is not None:
        law = run.stream.law[np.minimum(ticks, len(run.stream.x) - 1), 0]
        layers.insert(0, Curve(growing(ticks, law), _("true law"), "exact"))
    return Plane(
        _("Slope in time"),
        Axis(_("rows so far"), 0.0, float(ticks[-1])),
        Axis(_("slope"), low, high),
        layers,
        _ending(
            run,
            _("The slope learned row by row ends at {online}, the one fitted once stays {offline}."),
            _("The slope learned row by row diverged, the one fitted once stays {offline}."),
            run.online.weights[-1, 0],
            run.offline_line[0],
        ),
    )


def _slope_range(run: StreamRun) -> tuple[float, float]:
    """Return the ends of the axis of slopes: diverging weights leave the picture."""
    shown = [run.hindsight[1:, 0], run.offline_line[:1]]
    shown += [] if run.stream.law is None else [run.stream.law[:, 0]]
    shown += [run.online.weights[run.ticks, 0]] if run.online.diverged is None else []
    values = np.concatenate(shown)
    if run.online.diverged is not None:
        values = np.concatenate((values, [-3.0, 3.0]))
    return _room(values)


def regret_panel(run: StreamRun) -> Plane:
    """Return the regret of both learners in time."""
    ticks, (online, offline) = run.ticks, run.regrets
    most = 2.0 * max(float(np.abs(offline).max()), float(run.stream.y @ run.stream.y))
    shown = np.where(np.abs(online) <= most, online, np.nan)  # what has diverged leaves the picture
    level = np.array([[0.0, 0.0], [float(ticks[-1]), 0.0]])
    return Plane(
        _("Regret: total loss above that of the best fixed line so far"),
        Axis(_("rows so far"), 0.0, float(ticks[-1])),
        Axis(_("regret"), *_room(np.concatenate((shown[~np.isnan(shown)], offline)))),
        [
            Curve(level, _("best fixed line"), "muted", dashed=True),
            Curve(growing(ticks, offline), _("fitted once"), "other"),
            Curve(growing(ticks, shown), _("row by row"), "learned"),
        ],
        _ending(
            run,
            _("After all rows the regret is {online} row by row, and {offline} for the line fitted once."),
            _("Row by row has diverged; after all rows the regret is {offline} for the line fitted once."),
            online[-1],
            offline[-1],
        ),
    )


def loss_panel(run: StreamRun) -> Plane:
    """Return the mean loss of a row so far, with the least that the law allows and the most that theory allows."""
    ticks, counts = run.ticks, np.maximum(run.ticks, 1).astype(np.float64)
    online, offline = run.totals
    highest = float(np.max(offline / counts)) or 1.0
    ranges = LEAST * highest, 1e3 * highest
    layers: list[Layer] = [
        Curve(_mean_loss(ticks, run.hindsight_losses, ranges), _("best fixed line so far"), "muted", dashed=True),
        Curve(_mean_loss(ticks, offline, ranges), _("fitted once"), "other"),
        Curve(_mean_loss(ticks, online, ranges), _("row by row"), "learned"),
    ]
    if run.floor:
        level = np.array([[0.0, run.floor], [float(ticks[-1]), run.floor]])
        layers.append(Curve(level, _("expected under the true law"), "exact"))
    if run.bound is not None:
        most = run.hindsight_losses + run.bound
        layers.append(Curve(_mean_loss(ticks, most, ranges), _("at most, row by row"), "exact", dashed=True))
    return Plane(
        _("Mean loss of a row so far, predicted before it was learned from"),
        Axis(_("rows so far"), 0.0, float(ticks[-1])),
        Axis(_("mean loss"), log=True),
        layers,
        _ending(
            run,
            _("The mean loss of all rows is {online} row by row, {offline} fitted once, {best} for the best fixed "
              "line."),
            _("Row by row has diverged; the mean loss of all rows is {offline} fitted once, {best} for the best fixed "
              "line."),
            online[-1] / counts[-1],
            offline[-1] / counts[-1],
            run.hindsight_losses[-1] / counts[-1],
        ),
    )  # fmt: skip


def _ending(run: StreamRun, usual: str, diverged: str, online: float, offline: float, best: float = 0.0) -> str:
    """Return how the run ends: in the usual sentence, or in that of a run that diverged."""
    sentence = usual if run.online.diverged is None else diverged
    return sentence.format(
        online=format_number(online, 3), offline=format_number(offline, 3), best=format_number(best, 3)
    )


def _mean_loss(ticks: Places, totals: Array, ranges: tuple[float, float]) -> Array:
    """Return the growing curve of a total divided by the rows so far, without what is out of the picture."""
    with np.errstate(divide="ignore", invalid="ignore"):
        means = totals / ticks
        means = np.where((means >= ranges[0]) & (means <= ranges[1]), means, np.nan)
    return growing(ticks, means)


def growing(ticks: Places, values: Array) -> Array:
    """Return a curve that reaches to the tick of its frame, (frames, frames, 2); what is to come is NaN.

    >>> growing(np.array([0, 5]), np.array([1.0, 2.0]))[0, :, 1]
    array([ 1., nan])
    """
    frames = len(ticks)
    curve = np.full((frames, frames, 2), np.nan)
    reached = np.tril(np.ones((frames, frames), dtype=bool))
    curve[..., 0] = ticks
    curve[..., 1] = np.where(reached, values, np.nan)
    return curve


def _lines(run: StreamRun, weights: Array) -> Array:
    """Return the ends of a line in each frame, (frames, 2, 2); lines far beyond the rows are left out."""
    across = np.array([run.stream.x.min(), run.stream.x.max()])
    up = weights[:, :1] * across + weights[:, 1:]
    low, high = _room(run.stream.y)
    near = np.abs(up - (low + high) / 2).max(axis=1) <= FAR * (high - low)
    up = np.where(near[:, None], up, np.nan)
    return np.stack((np.broadcast_to(across, up.shape), up), axis=2)


def _room(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.05 * (high - low) or 1.0
    return low - margin, high + margin
