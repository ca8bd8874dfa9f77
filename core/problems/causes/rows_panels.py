"""The panels of the miniature of causes for rows with classes: the sliding clouds, the slopes, and two twins."""

import numpy as np

from core.formatting import format_number
from core.language import _
from core.problems.causes.confounder import slid_together
from core.problems.causes.drawing import Arrows, Graph, graph_panel
from core.problems.causes.rows_run import SLIDES, VALUES, RowsRun, revealed_in, shares_of, slid_slope
from core.problems.panels import Axis, Bars, BarSet, Curve, Layer, Plane, Points, Segments
from core.problems.rows import Array


def scatter(run: RowsRun) -> Plane:
    """Return the points, with their classes sliding together, and the lines through all of them and through each."""
    shares, revealed = shares_of(run), np.array(revealed_in(run))
    x, y = (np.stack([slid_together(each, run.classes, share) for share in shares]) for each in (run.x, run.y))
    groups = np.where(run.classes[None, :] < revealed[:, None], run.classes[None, :], -1)
    slopes = np.array([slid_slope(run, share) for share in shares])
    ends = np.stack((x.min(axis=1), x.max(axis=1)), axis=1)
    lines = run.y.mean() + slopes[:, None] * (ends - run.x.mean())
    reach = np.array([run.x.min(), run.x.max()])
    exact = np.column_stack((reach, run.y.mean() + run.held.slope * (reach - run.x.mean())))
    layers: list[Layer] = [
        Points(np.stack((x, y), axis=2), groups=groups.astype(np.int64), group_names=run.names),
        Segments(_class_lines(run, x, y, revealed), _("line within a class"), "other"),
        Curve(np.stack((ends, lines), axis=2), _("line through all points"), "learned"),
        Curve(exact, _("line with {label} held fixed").format(label=run.label), "exact", dashed=True),
    ]
    return Plane(
        _("Classes slid together until they have the same mean"),
        Axis(run.x_name, *_room(x)),
        Axis(run.y_name, *_room(y)),
        layers,
        _("The slope through all points is {overall}; with the classes slid together it is {held}.")
        .format(overall=format_number(run.overall.slope, 3), held=format_number(run.held.slope, 3)),
    )  # fmt: skip


def _class_lines(run: RowsRun, x: Array, y: Array, revealed: Array) -> Array:
    """Return the line within each class in each frame, (frames, classes, 4)."""
    lines = np.full((len(x), len(run.names), 4), np.nan)
    for place, fit in enumerate(run.within):
        if fit is not None:
            members, seen = run.classes == place, revealed > place
            low, high = x[:, members].min(axis=1), x[:, members].max(axis=1)
            middle, level = x[:, members].mean(axis=1), y[:, members].mean(axis=1)
            ends = (low, level + fit.slope * (low - middle), high, level + fit.slope * (high - middle))
            lines[seen, place] = np.stack(ends, axis=1)[seen]
    return lines


def _room(values: Array) -> tuple[float, float]:
    """Return the ends of an axis for all that is drawn in any frame, with some room."""
    low, high = float(values.min()), float(values.max())
    margin = 0.05 * (high - low) or 1.0
    return low - margin, high + margin


def slopes(run: RowsRun) -> Bars:
    """Return the slope of all rows, of each class and with the class held fixed."""
    revealed, shares = revealed_in(run), shares_of(run)
    values = np.full((len(shares), len(run.names) + 2), np.nan)
    values[:, 0] = run.overall.slope
    for place, fit in enumerate(run.within):
        if fit is not None:
            values[np.array(revealed) > place, place + 1] = fit.slope
    first = 1 + len(run.names)
    values[first:, -1] = [slid_slope(run, share) for share in shares[first:]]
    marks = np.full(len(run.names) + 2, np.nan)
    marks[-1] = run.held.slope
    return Bars(
        _("Slope of {y} on {x}").format(y=run.y_name, x=run.x_name),
        Axis(_("slope")),
        [_("all rows"), *run.names, _("slid together")],
        [BarSet(values, _("slope")), BarSet(marks, _("regression with {label}").format(label=run.label), "exact")],
        _slopes_alt(run),
    )


def _slopes_alt(run: RowsRun) -> str:
    known = [fit for fit in run.within if fit is not None]
    sentence = _(
        "Of {count} classes with a slope of their own, {rising} rise and {falling} fall; all rows have {overall}."
    )
    return sentence.format(
        count=len(known),
        rising=sum(fit.slope > 0 for fit in known),
        falling=sum(fit.slope < 0 for fit in known),
        overall=format_number(run.overall.slope, 3),
    )


def experiment(run: RowsRun) -> Plane:
    """Return the mean of y in both twins at each value that x is set to."""
    quiet = np.full((1 + len(run.names) + SLIDES, VALUES, 2), np.nan)
    lines = [run.twins.mean_when_set(run.set_to, forward) for forward in (True, False)]
    seen = [np.stack((np.broadcast_to(run.set_to, means.shape), means), axis=2) for means in run.drawn]
    points = [np.concatenate((quiet, each)) for each in seen]
    layers: list[Layer] = [
        Curve(np.column_stack((run.set_to, lines[0])), _("exact mean, x → y"), "exact"),
        Curve(np.column_stack((run.set_to, lines[1])), _("exact mean, y → x"), "exact", dashed=True),
        Points(points[0], _("do() in the twin x → y"), "learned", size=5),
        Points(points[1], _("do() in the twin y → x"), "other", shape="diamond", size=5),
    ]
    both = np.concatenate((run.drawn.ravel(), run.y))
    return Plane(
        _("The same rows, two graphs, two answers to do()"),
        Axis(_("value that {x} is set to").format(x=run.x_name), *_room(run.set_to)),
        Axis(_("mean of {y}").format(y=run.y_name), *_room(both)),
        layers,
        _("Setting {x} moves {y} by {effect} a unit in one twin, and by nothing in the other.")
        .format(x=run.x_name, y=run.y_name, effect=format_number(run.twins.effect, 3)),
    )  # fmt: skip


def graphs(run: RowsRun) -> Plane:
    """Return the graphs of both twins in one: they differ in the arrow between x and y."""
    places = {"Z": (0.5, 1.0), "X": (0.0, 0.0), "Y": (1.0, 0.0)}
    labels = {"Z": run.label, "X": run.x_name, "Y": run.y_name}
    arrows = [
        Arrows(_("in both twins"), "muted", [("Z", "X"), ("Z", "Y")]),
        Arrows(_("in the twin x → y"), "learned", [("X", "Y")], beside=True),
        Arrows(_("in the twin y → x"), "other", [("Y", "X")], beside=True),
    ]
    still = 1 + len(run.names) + SLIDES
    cut = [frame >= still for frame in range(len(shares_of(run)))]
    return graph_panel(
        _("Two graphs that fit these rows equally well"),
        Graph(places, labels, arrows, {"X"}),
        cut,
        _("In one graph {x} acts on {y}, in the other {y} on {x}; {label} acts on both in either.")
        .format(x=run.x_name, y=run.y_name, label=run.label),
    )  # fmt: skip
