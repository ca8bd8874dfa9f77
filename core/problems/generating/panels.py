"""What is drawn of a GAN: its points, D beside D*, the losses of both, and how much of the data is covered."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.problems.generating.densities import CELLS, EDGE, LINE_CELLS, LINE_EDGE, cell_middles
from core.problems.generating.gan_data import RADIUS
from core.problems.generating.run import Run
from core.problems.generating.small_network import sigmoid
from core.problems.panels import Axis, Bars, BarSet, Curve, Heat, Layer, Panel, Plane, Points

Array = npt.NDArray[np.float64]
SHOWN = 128  # points of each kind that are drawn
HEAT = 30  # cells of the colours along each side
ANGLES = 73  # along the ring, every 5 degrees
EMPTY = 1e-5  # a cell with less of p + q has no D* worth drawing


def build_panels(run: Run) -> list[Panel]:
    """Return what is drawn: three panels, and a fourth where the data have parts."""
    on_line = run.goal.dimension == 1
    panels: list[Panel] = [_densities(run) if on_line else _plane(run), _discriminators(run), _losses(run)]
    return [*panels, _parts(run)] if len(run.goal.centres) > 1 else panels


def _with_x(x: Array, values: Array) -> Array:
    """Return curves (frames, n, 2) for values (frames, n) over x (n,)."""
    return np.stack([np.broadcast_to(x, values.shape), values], axis=-1)


def _plane(run: Run) -> Plane:
    frames, grid = range(len(run.states)), cell_middles(2, HEAT)
    heat = np.array([sigmoid(run.logits(frame, grid)).reshape(HEAT, HEAT) for frame in frames])
    layers: list[Layer] = [
        Heat(heat, (-EDGE, EDGE), (-EDGE, EDGE), name=_("D, the probability that a point is real")),
        Points(run.real[:SHOWN], _("real"), "data", size=2.5),
        Points(run.made[:, :SHOWN], _("made"), "learned", shape="diamond", size=3.0),
    ]
    alt = _("{count} real points, and as many made ones; in the end {within} of those lie where the data lie.")
    return Plane(
        _("Points, real and made"), Axis("x₁", -EDGE, EDGE), Axis("x₂", -EDGE, EDGE), layers,
        alt.format(count=format_count(SHOWN), within=format_percent(run.within[-1])), square=True,
    )  # fmt: skip


def _densities(run: Run) -> Plane:
    width = 2.0 * LINE_EDGE / LINE_CELLS
    x = cell_middles(1)[1:-1, 0]
    made = np.array([grid.made[1:-1] for grid in run.grids]) / width
    real = run.grids[0].real[1:-1] / width
    top = 2.0 * float(real.max())
    at = np.full((len(run.states), SHOWN), -0.04 * top)
    layers: list[Layer] = [
        Curve(np.c_[x, real], _("p, the data"), "data"),
        Curve(_with_x(x, np.minimum(made, 1.2 * top)), _("q, what is made"), "learned"),
        Points(np.stack([run.made[:, :SHOWN, 0], at], axis=-1), "", "learned", shape="diamond", size=2.5),
    ]
    alt = _("Densities of the data and of what is made; in the end {within} of that lies where the data lie.")
    across, up = Axis("x", -LINE_EDGE, LINE_EDGE), Axis(_("density"), -0.08 * top, top)
    return Plane(_("Densities"), across, up, layers, alt.format(within=format_percent(run.within[-1])))


def _discriminators(run: Run) -> Plane:
    """Draw D and D* along the line, or along the ring by the angle."""
    if run.goal.dimension == 1:
        across, where = cell_middles(1)[1:-1, 0], cell_middles(1)[1:-1]
        axis, title = Axis("x", -LINE_EDGE, LINE_EDGE), _("The discriminator along the line")
    else:
        across = np.linspace(0.0, 360.0, ANGLES)
        where = RADIUS * np.c_[np.cos(np.radians(across)), np.sin(np.radians(across))]
        axis, title = Axis(_("angle along the ring, in degrees"), 0.0, 360.0), _("The discriminator along the ring")
    learned = np.array([sigmoid(run.logits(frame, where)) for frame in range(len(run.states))])
    best = np.array([_best_at(grid.best, grid.real + grid.made, where) for grid in run.grids])
    half = np.c_[across[[0, -1]], [0.5, 0.5]]
    layers: list[Layer] = [
        Curve(half, _("½: nothing can be told"), "muted", dashed=True),
        Curve(_with_x(across, best), "D* = p/(p + q)", "exact"),
        Curve(_with_x(across, learned), "D", "learned"),
    ]
    alt = _("D, learned, beside D*; in the end their mean distance is {distance}.")
    distance = format_number(run.distance, 3)
    return Plane(title, axis, Axis(_("probability of real"), 0.0, 1.0), layers, alt.format(distance=distance))


def _best_at(best: Array, total: Array, where: Array) -> Array:
    """Return D* (n,) in the cells of the points where (n, d), NaN where hardly anything is real or made."""
    shown = np.where(total > EMPTY, best, np.nan)
    if best.ndim == 1:
        return np.asarray(shown[1:-1])
    column, row = np.clip(((where + EDGE) * (CELLS / (2.0 * EDGE))).astype(np.int64), 0, CELLS - 1).T
    return np.asarray(shown[row, column])


def _losses(run: Run) -> Plane:
    x = np.array(run.stops, dtype=np.float64)
    until = np.arange(1, len(x) + 1)
    best = np.array([grid.best_loss for grid in run.grids])
    ends = x[[0, -1]]
    middle = -np.log(2.0) if run.game.loss == "minimax" else np.log(2.0)
    named = _("−ln 2: D is ½ everywhere") if run.game.loss == "minimax" else _("ln 2: D is ½ everywhere")
    layers: list[Layer] = [
        Curve(np.c_[ends, np.full(2, np.log(4.0))], _("ln 4: D is ½ everywhere"), "muted", dashed=True),
        Curve(np.c_[ends, np.full(2, middle)], named, "muted", dashed=True),
        Curve(np.c_[x, best], _("loss of D*"), "exact", until=until),
        Curve(np.c_[x, run.losses[:, 0]], _("loss of the discriminator"), "learned", until=until),
        Curve(np.c_[x, run.losses[:, 1]], _("loss of the generator"), "other", until=until),
    ]
    alt = _("In the end the loss of the discriminator is {first}, and that of the generator {second}.")
    first, second = (format_number(loss, 3) for loss in run.losses[-1])
    return Plane(
        _("Losses"), Axis(_("updates")), Axis(_("loss")), layers, alt.format(first=first, second=second)
    )  # fmt: skip


def _parts(run: Run) -> Bars:
    count = len(run.goal.centres)
    shares = np.full(count, run.goal.within / count)
    sets = [BarSet(run.shares, _("made"), "learned"), BarSet(shares, _("data"), "exact")]
    labels = [format_count(number) for number in range(1, count + 1)]
    alt = _("Shares of the made points near each part of the data; covered in the end: {covered} of {count}.")
    texts = {"count": format_count(count), "covered": format_count(int(run.covered[-1]))}
    title = _("Made points near each arc") if run.goal.name == "ring" else _("Made points near each clump")
    return Bars(title, Axis(_("share"), 0.0, 1.0), labels, sets, alt.format(**texts))
