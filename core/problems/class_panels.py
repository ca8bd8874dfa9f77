"""What is drawn of softmax regression: the plane with its regions, the loss, one row's probabilities, the confusion."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_number, format_percent
from core.foundations.two_classes import with_ones
from core.language import _
from core.problems.panels import Axis, Bars, BarSet, Cells, Curve, Heat, Layer, Panel, Plane, Points, Segments
from core.problems.softmax_run import SoftmaxRun

Array = npt.NDArray[np.float64]
GRID = 36  # places of the regions along each axis


def class_panels(run: SoftmaxRun) -> list[Panel]:
    """Return the four panels of a run."""
    return [_plane(run), loss_plane(run.path.updates, run.path.losses, run.best.loss, run.best.exists), _bars(run),
            confusion_cells(run.shares.argmax(axis=2), run.y, run.rows.classes)]  # fmt: skip


def _plane(run: SoftmaxRun) -> Plane:
    xy, classes = run.drawn.xy, run.rows.classes
    wrong = run.shares.argmax(axis=2) != run.y
    wrong[0] = False  # nothing is learned yet
    crosses = np.where(wrong[:, :, np.newaxis], xy, np.nan)
    x, y = _edges(xy[:, 0]), _edges(xy[:, 1])
    layers: list[Layer] = []
    if run.drawn.Z.shape[1] == 2 and run.drawn.Z is xy:
        grid = np.array(np.meshgrid(_centres(x), _centres(y))).reshape(2, -1).T
        regions = (with_ones(grid) @ run.path.parameters.transpose(0, 2, 1)).argmax(axis=2)
        layers.append(Heat(regions.reshape(-1, GRID, GRID).astype(np.float64), x, y, regions=True,
                           high=float(len(classes) - 1), name=_("predicted class")))  # fmt: skip
        if run.best.parameters is not None:
            layers.append(Segments(boundaries(run.best.parameters, x, y), _("boundaries of the best fit"), "exact"))
    layers.append(Points(xy, groups=run.y, group_names=classes))
    layers.append(Points(crosses, _("predicted wrong"), "bad", shape="cross", size=5.0))
    alt = _("Rows predicted right in the last frame: {right} of {rows}.").format(
        rows=format_count(len(run.y)), right=format_count(int(run.right[-1]))
    )
    return Plane(_("Rows and predictions"), Axis(run.drawn.titles[0], *x), Axis(run.drawn.titles[1], *y), layers, alt)


def _edges(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return low - 0.05 * (high - low) - 0.1, high + 0.05 * (high - low) + 0.1


def _centres(edges: tuple[float, float]) -> Array:
    return edges[0] + (edges[1] - edges[0]) * (np.arange(GRID) + 0.5) / GRID


def loss_plane(updates: npt.NDArray[np.int64], losses: Array, best: float, exists: bool) -> Plane:
    """Return the curve of the loss, and the smallest one or its limit as a line."""
    curve = np.column_stack([updates.astype(np.float64), losses])
    line = np.array([[0.0, best], [float(updates[-1]), best]])
    template = (
        _("The loss goes from {first} to {last}; the smallest one is {best}.")
        if exists
        else _("The loss goes from {first} to {last}; its limit, never reached, is {best}.")
    )
    first, last = format_number(float(losses[0]), 3), format_number(float(losses[-1]), 3)
    alt = template.format(first=first, last=last, best=format_number(best, 3))
    return Plane(
        _("Loss"), Axis(_("updates"), 0.0), Axis(_("loss (nats)"), 0.0),
        [Curve(line, _("smallest loss") if exists else _("limit, never reached"), "exact", dashed=True),
         Curve(curve, _("SGD"), until=np.arange(1, len(curve) + 1))], alt)  # fmt: skip


def _bars(run: SoftmaxRun) -> Bars:
    row, name = run.row, run.rows.classes[int(run.y[run.row])]
    share = format_percent(float(run.shares[-1, row, run.y[row]]), 1)
    exact = _("best fit") if run.best.exists else _("limit")
    return Bars(
        _("Row {row}, which is {name}").format(row=format_count(row + 1), name=name),
        Axis(_("probability"), 0.0, 1.0), run.rows.classes,
        [BarSet(run.shares[:, row], _("SGD")), BarSet(run.best.probabilities[row], exact, "exact")],
        _("In the last frame its class, {name}, has the probability {share}.")
        .format(name=name, share=share))  # fmt: skip


def confusion_cells(predicted: npt.NDArray[np.int64], y: npt.NDArray[np.int64], classes: tuple[str, ...]) -> Cells:
    """Return how often rows of each class (down) got each prediction (across), for predictions (frames, n)."""
    count = len(classes)
    tables = np.array([np.bincount(y * count + each, minlength=count**2).reshape(count, count) for each in predicted])
    mistakes = tables[-1] * (1 - np.eye(count, dtype=np.int64))
    worst = np.unravel_index(int(mistakes.argmax()), mistakes.shape)
    alt = (
        _("The most frequent mistake in the last frame: {count} of {true} as {said}.").format(
            count=format_count(int(mistakes.max())), true=classes[worst[0]], said=classes[worst[1]])
        if mistakes.any() else _("In the last frame there are no mistakes.")
    )  # fmt: skip
    return Cells(_("Class (down) and prediction (across)"), tables.astype(np.float64), alt, classes, classes, low=0.0)


def boundaries(parameters: Array, x: tuple[float, float], y: tuple[float, float]) -> Array:
    """Return the pieces (m, 4) of lines between the regions of classes in a rectangle: both ends of each.

    `parameters` (K, 3) hold two weights and a bias for each class. Where two classes have the same highest score runs a
    line; each other class and each side of the rectangle cuts off a part of it.
    """
    sides = [(1.0, 0.0, -x[0]), (-1.0, 0.0, x[1]), (0.0, 1.0, -y[0]), (0.0, -1.0, y[1])]
    pieces = []
    for k in range(len(parameters)):
        for j in range(k + 1, len(parameters)):
            a, b, c = parameters[k] - parameters[j]
            if (size := a * a + b * b) < 1e-18:
                continue
            start, along = np.array([-a * c, -b * c]) / size, np.array([-b, a]) / np.sqrt(size)
            cuts = np.array([*sides, *(parameters[k] - np.delete(parameters, [k, j], axis=0))])
            at, speed = cuts[:, :2] @ start + cuts[:, 2], cuts[:, :2] @ along
            if (at[np.abs(speed) < 1e-12] < 0).any():
                continue
            ends = -at / np.where(np.abs(speed) < 1e-12, np.nan, speed)
            low = float(np.nanmax(np.where(speed > 0, ends, -np.inf)))
            high = float(np.nanmin(np.where(speed < 0, ends, np.inf)))
            if low < high:
                pieces.append([*(start + low * along), *(start + high * along)])
    return np.array(pieces).reshape(-1, 4)
