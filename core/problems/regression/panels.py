"""What is drawn of a regression: the line with its residuals, the loss, and the parameters on their way."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_number
from core.language import _
from core.problems.panels import Axis, Bars, BarSet, Curve, Heat, Layer, Panel, Plane, Points, Segments
from core.problems.regression.run import Run

Array = npt.NDArray[np.float64]
MOST_POINTS, MOST_RESIDUALS, MOST_WEIGHTS = 300, 60, 12  # that are drawn
GRID = 31
FAR = 1e6  # ranges; what a run that diverged draws further away is drawn there


def build_panels(run: Run, movable: bool) -> list[Panel]:
    """Return the three panels."""
    return [_line(run, movable), _loss(run), _weights(run) if len(run.names) > 1 else _surface(run)]


def _line(run: Run, movable: bool) -> Plane:
    x, y = run.X[:, run.drawn], run.y
    (left, right), (low, high) = _range(x), _range(y)
    some = _evenly(len(y), MOST_RESIDUALS)
    predicted = _near(run.parameters[:, :-1] @ run.X[some].T + run.parameters[:, -1:], low, high)
    across = np.broadcast_to(x[some], predicted.shape)
    ends = np.stack([across, np.broadcast_to(y[some], predicted.shape), across, predicted], axis=-1)
    fit = run.sgd.closed_form
    exact = np.append(fit.weights.numpy(), fit.bias)[None]
    shown = np.arange(len(y)) if movable else _evenly(len(y), MOST_POINTS)
    layers: list[Layer] = [
        Segments(ends, _("residuals"), "muted"),
        Points(np.column_stack([x, y])[shown], _("rows"), "data", movable=movable, size=6.0 if movable else 3.0),
        Curve(_lines(run, run.parameters, left, right), _("learned"), "learned"),
        Curve(_lines(run, exact, left, right)[0], _("closed form"), "exact", dashed=True),
    ]
    if len(run.names) > 1:
        layers.insert(2, Points(np.stack([across, predicted], axis=-1), _("predictions"), "learned", size=2.0))
    alt = _("{target} against {feature}; in the end the weight of {feature} is {learned}, in the closed form {exact}.")
    texts = {"target": run.target, "feature": run.names[run.drawn]}
    numbers = {"learned": run.parameters[-1, run.drawn], "exact": exact[0, run.drawn]}
    written = {name: format_number(float(number), 4) for name, number in numbers.items()}
    title = _("The line and the residuals")
    if len(run.names) > 1:
        title = _("The model along {feature}, the others at their means").format(feature=run.names[run.drawn])
    axes = Axis(run.names[run.drawn], left, right), Axis(run.target, low, high)
    return Plane(title, axes[0], axes[1], layers, alt.format(**texts, **written))


def _lines(run: Run, parameters: Array, left: float, right: float) -> Array:
    """Return lines (k, 2, 2) of the model along the drawn feature, with the others at their means."""
    at = np.tile(run.X.mean(axis=0), (2, 1))
    at[:, run.drawn] = left, right
    y = _near(parameters[:, :-1] @ at.T + parameters[:, -1:], *_range(run.y))
    return np.stack([np.broadcast_to([left, right], y.shape), y], axis=-1)


def _loss(run: Run) -> Plane:
    updates = run.updates.astype(np.float64)
    until = np.arange(1, len(updates) + 1)
    layers: list[Layer] = [
        Curve(np.c_[updates, run.losses], _("loss"), "learned", until=until),
        Curve(np.c_[updates, run.gaps], _("gap to the closed form"), "other", until=until),
        Curve(np.c_[updates[[0, -1]], [run.least] * 2], _("least possible"), "exact", dashed=True),
    ]
    alt = _("The loss is {first} at the start and {last} at the end; the least possible is {least}.")
    numbers = {"first": run.losses[0], "last": run.losses[-1], "least": run.least}
    written = {name: format_number(float(number), 4) for name, number in numbers.items()}
    # a loss of 0 has no logarithm, and rounding is no progress
    top = float(run.losses.max())
    low = max(1e-12 * float(run.losses[0]), 0.5 * min(float(run.gaps[run.gaps > 0].min(initial=top)), top))
    axis = Axis(_("loss, on a logarithmic scale"), low if low > 0 else None, log=True)
    return Plane(_("The loss"), Axis(_("updates")), axis, layers, alt.format(**written))


def _trained(run: Run) -> tuple[Array, Array]:
    """Return parameters (frames, d + 1) and the closed form (d + 1,) in the coordinates trained in."""
    scaling, fit = run.sgd.scaling, run.sgd.closed_form
    weights, bias = scaling.to_standard(run.parameters[:, :-1], run.parameters[:, -1])
    best, best_bias = scaling.to_standard(fit.weights.numpy(), fit.bias)
    return np.column_stack([weights, bias]), np.append(best, best_bias)


def _surface(run: Run) -> Plane:
    """Draw the path of weight and bias over the gap."""
    path, best = _trained(run)
    reach = 1.3 * np.abs(path[0] - best)
    reach = np.where(reach > 0, reach, max(float(reach.max()), 1e-3))
    w, b = (np.linspace(centre - size, centre + size, GRID) for centre, size in zip(best, reach, strict=True))
    z = run.sgd.scaling.transform(run.X)[:, 0]
    dw, db = np.meshgrid(w - best[0], b - best[1])
    size = float(np.sqrt(np.mean(z * z)))  # times dw before it is squared, which would overflow or vanish alone
    aside = dw * size
    gap = np.maximum(aside**2 + 2.0 * aside * db * (float(np.mean(z)) / (size or 1.0)) + db**2, 0.0)
    root = np.sqrt(gap / (float(gap.max()) or 1.0))
    edges = [(float(each[0]), float(each[-1])) for each in (w, b)]
    drawn = np.column_stack([_near(path[:, axis], *edges[axis]) for axis in (0, 1)])
    layers: list[Layer] = [
        Heat(root, edges[0], edges[1], name=_("root of the gap, as a share of the largest here")),
        Curve(drawn, _("path"), "learned", until=np.arange(1, len(path) + 1)),
        Points(drawn[:, None], "", "learned", size=5.0),
        Points(best[None], _("closed form"), "exact", shape="diamond", size=6.0),
    ]
    alt = _("Weight and bias go from ({w0}, {b0}) to ({w1}, {b1}); the closed form is at ({w2}, {b2}).")
    names = ("w0", "b0", "w1", "b1", "w2", "b2")
    numbers = dict(zip(names, (*path[0], *path[-1], *best), strict=True))
    title = _("The way of weight and bias")
    scaled = bool(run.sgd.config.standardise)
    axes = (
        Axis(_("weight, of the standardised feature") if scaled else _("weight"), *edges[0]),
        Axis(_("bias, with the standardised feature") if scaled else _("bias"), *edges[1]),
    )
    return Plane(
        title, axes[0], axes[1], layers,
        alt.format(**{name: format_number(float(number), 4) for name, number in numbers.items()}),
    )  # fmt: skip


def _weights(run: Run) -> Bars:
    """Draw the weights of standardised features, those that are largest in the closed form."""
    spread = run.X.std(axis=0)
    best = run.sgd.closed_form.weights.numpy() * spread
    chosen = np.sort(np.argsort(-np.abs(best).round(9), kind="stable")[:MOST_WEIGHTS])
    size = max(float(np.abs(best).max()), 1e-9)
    moving = np.clip(run.parameters[:, chosen] * spread[chosen], -FAR * size, FAR * size)
    sets = [BarSet(moving, _("learned"), "learned"), BarSet(best[chosen], _("closed form"), "exact")]
    distance = float(np.abs(moving[-1] - best[chosen]).max())
    alt = _("Weights for one standard deviation of each feature; in the end the largest difference is {distance}.")
    axis = Axis(_("{target} for one standard deviation").format(target=run.target), -1.5 * size, 1.5 * size)
    labels = [run.names[place] for place in chosen]
    return Bars(_("The weights"), axis, labels, sets, alt.format(distance=format_number(distance, 4)))


def _evenly(count: int, most: int) -> npt.NDArray[np.int64]:
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))


def _range(values: Array) -> tuple[float, float]:
    """Return the range of values with some room; that of a constant is wide enough to be drawn."""
    low, high = float(values.min()), float(values.max())
    room = 0.1 * (high - low) or 0.5 * abs(low) or 1.0
    return low - room, high + room


def _near(values: Array, low: float, high: float) -> Array:
    return np.clip(values, low - FAR * (high - low), high + FAR * (high - low))
