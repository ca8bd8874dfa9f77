"""Surfaces of a loss over two parameters: a bowl with one minimum, and others with several."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.metrics import column_centre, column_spread, near_power_of_two
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike, as_array, check_count, check_positive, check_X_y

NEWTON_STEPS = 60
LONGEST_MOVE = 0.5  # of one step of Newton, so that it stays near where descent has led
ALIKE = 1e-6  # of the range of starts: minima nearer than this are one


@dataclass(frozen=True, eq=False)
class Surface:
    """Half the mean squared error of a model with two parameters on rows of its own.

    Attributes:
        kind: "line" for ŷ = u x1 + v x2, "sine" for ŷ = sin(u x + v), "unit" for ŷ = v tanh(u x).
        X (n, 2): the features; models of one feature use the first column.
        y (n,): the labels.
        low (2,): the lower ends of the part of the plane that is drawn and searched.
        high (2,): its upper ends.
    """

    kind: str
    X: Array
    y: Array
    low: Array
    high: Array

    def loss(self, places: ArrayLike) -> Array:
        """Return the loss (...,) at parameters (..., 2)."""
        points = as_array(places, "places")
        errors = _predict(self.kind, self.X, points)[0] - self.y
        losses: Array = (errors**2).mean(axis=-1) / 2
        return losses

    def gradient(self, places: ArrayLike) -> Array:
        """Return the gradient (..., 2) at parameters (..., 2)."""
        predictions, slopes = _predict(self.kind, self.X, as_array(places, "places"))
        gradient: Array = np.einsum("...i,...ji->...j", predictions - self.y, slopes) / len(self.y)
        return gradient

    def hessian(self, place: ArrayLike) -> Array:
        """Return the second derivatives (2, 2) at one pair of parameters (2,)."""
        point = as_array(place, "place")
        predictions, slopes = _predict(self.kind, self.X, point)
        bend = _bend(self.kind, self.X, point) @ (predictions - self.y)
        hessian: Array = (slopes @ slopes.T + bend) / len(self.y)
        return hessian


@dataclass(frozen=True, eq=False)
class Minima:
    """The minima of a surface within the part that is searched, the lowest first.

    Attributes:
        places (k, 2): where they are.
        losses (k,): how low.
        curvatures (k, 2): the eigenvalues of the Hessian there, the smaller first; all are above 0.
        starts: how many starts were tried.
    """

    places: Array
    losses: Array
    curvatures: Array
    starts: int


def _predict(kind: str, X: Array, places: Array) -> tuple[Array, Array]:
    """Return predictions (..., n) at parameters (..., 2), and their slopes (..., 2, n)."""
    u, v, x = places[..., :1], places[..., 1:], X[:, 0]
    if kind == "line":
        return u * x + v * X[:, 1], np.stack([x + 0 * u, X[:, 1] + 0 * u], axis=-2)
    if kind == "sine":
        cosine = np.cos(u * x + v)
        return np.sin(u * x + v), np.stack([cosine * x, cosine], axis=-2)
    height = np.tanh(u * x)
    return v * height, np.stack([v * (1 - height**2) * x, height], axis=-2)


def _bend(kind: str, X: Array, place: Array) -> Array:
    """Return the second derivatives (2, 2, n) of the predictions at one pair of parameters (2,)."""
    (u, v), x = place, X[:, 0]
    if kind == "line":
        return np.zeros((2, 2, len(x)))
    if kind == "sine":
        sine = -np.sin(u * x + v)
        return np.array([[sine * x * x, sine * x], [sine * x, sine]])
    height = np.tanh(u * x)
    slope = 1 - height**2
    return np.array([[-2 * v * height * slope * x * x, slope * x], [slope * x, 0 * x]])


def bowl(X: ArrayLike, y: ArrayLike) -> Surface:
    """Return the loss of ŷ = u x1 + v x2 on two features X (n, 2) and labels y (n,), all centred and scaled to 1.

    The part drawn is the minimum and a margin. Raises InputError for another number of columns, and for a feature or a
    label that never varies.
    """
    matrix, labels = check_X_y(X, y)
    if matrix.shape[1] != 2:
        raise InputError(
            _("The bowl is drawn over two weights, so X needs two columns; it has {columns}.").format(
                columns=matrix.shape[1]
            )
        )
    matrix = matrix / near_power_of_two(np.abs(matrix).max(axis=0))  # so that no square overflows
    labels = labels / near_power_of_two(np.abs(labels).max())
    spread, own = column_spread(matrix), column_spread(labels)
    if not (spread > 0).all() or not own > 0:
        raise InputError(_("A feature or the label has one value only, so its loss has no bowl; choose another one."))
    scaled, centred = (matrix - column_centre(matrix)) / spread, (labels - column_centre(labels)) / own
    middle = np.linalg.lstsq(scaled, centred, rcond=None)[0]
    return Surface("line", scaled, centred, np.floor(middle - 2), np.ceil(middle + 2))


def sine_surface(rows: int = 24, noise: float = 0.1, seed: int = 0) -> Surface:
    """Return the loss of ŷ = sin(u x + v) on rows of y = sin(2 x + 0.5) + noise: many minima beside the best one."""
    X, rng = _points(rows, seed)
    y = np.sin(2.0 * X[:, 0] + 0.5) + noise * rng.standard_normal(rows)
    return Surface("sine", X, y, np.array([-5.0, -3.5]), np.array([5.0, 3.5]))


def unit_surface(rows: int = 24, noise: float = 0.1, seed: int = 0) -> Surface:
    """Return the loss of a network of one hidden unit, ŷ = v tanh(u x), on rows of y = 1.5 tanh(1.2 x) + noise.

    It has two minima alike, for -v tanh(-u x) is the same function.
    """
    X, rng = _points(rows, seed)
    y = 1.5 * np.tanh(1.2 * X[:, 0]) + noise * rng.standard_normal(rows)
    return Surface("unit", X, y, np.array([-3.0, -3.0]), np.array([3.0, 3.0]))


def _points(rows: int, seed: int) -> tuple[Array, np.random.Generator]:
    rng = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(78,)))
    x = rng.uniform(-2.5, 2.5, check_count(rows, "rows"))
    return np.column_stack([x, np.ones(rows)]), rng


def descend(surface: Surface, starts: ArrayLike, rate: float, steps: int) -> Array:
    """Return the paths (k, steps + 1, 2) of gradient descent from starts (k, 2); what overflows is infinite or NaN.

    Raises InputError for a rate that is not above 0, and for missing or infinite starts.
    """
    places = as_array(starts, "starts").reshape(-1, 2)
    paths = np.empty((len(places), check_count(steps, "steps") + 1, 2))
    paths[:, 0] = places
    rate = check_positive(rate, "rate")
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps):
            predictions, slopes = _predict(surface.kind, surface.X, paths[:, step])
            gradients = (slopes @ (predictions - surface.y)[:, :, None])[:, :, 0] / len(surface.y)
            paths[:, step + 1] = paths[:, step] - rate * gradients
    return paths


def find_minima(surface: Surface, grid: int = 15) -> Minima:
    """Return the minima found by many starts: descent from a grid of them, then Newton's method to the last digits.

    A place counts if its gradient is 0 up to rounding, both curvatures are above 0, and it lies in the part searched.
    No proof that there are no others; a finer grid finds more of the shallow ones.
    """
    starts = start_grid(surface, grid)
    ends = descend(surface, starts, safe_rate(surface), 150)[:, -1]
    found: list[Array] = []
    width = float(np.max(surface.high - surface.low))
    for end in np.unique(ends[np.isfinite(ends).all(axis=1)].round(2), axis=0):
        place = _polish(surface, end)
        inside = (place >= surface.low).all() and (place <= surface.high).all()
        if not inside or not _is_minimum(surface, place):
            continue
        if all(np.abs(place - known).max() > ALIKE * width for known in found):
            found.append(place)
    places = np.array(found).reshape(-1, 2)
    losses = surface.loss(places)
    order = np.lexsort((places[:, 1], places[:, 0], losses.round(12)))
    curved = np.array([np.linalg.eigvalsh(surface.hessian(place)) for place in places[order]]).reshape(-1, 2)
    return Minima(places[order], losses[order], curved, len(starts))


def start_grid(surface: Surface, grid: int) -> Array:
    """Return grid · grid places (grid², 2), evenly spread over the part that is drawn, in rows from the lowest."""
    middle = (np.arange(check_count(grid, "grid")) + 0.5) / grid
    across, up = np.meshgrid(*(surface.low[j] + middle * (surface.high[j] - surface.low[j]) for j in range(2)))
    return np.column_stack([across.ravel(), up.ravel()])


def safe_rate(surface: Surface) -> float:
    """Return 1 over the largest curvature met on a grid of places, where descent mostly does not overshoot."""
    largest = max(np.linalg.eigvalsh(surface.hessian(place))[-1] for place in start_grid(surface, 9))
    return float(1 / largest) if largest > 0 else 1.0


def _polish(surface: Surface, place: Array) -> Array:
    """Return where Newton's method leads downhill: along directions that curve down it steps as if they curved up."""
    here = place
    for _step in range(NEWTON_STEPS):
        curvatures, axes = np.linalg.eigh(surface.hessian(here))
        sizes = np.maximum(np.abs(curvatures), 1e-3)
        move = axes @ ((axes.T @ surface.gradient(here)) / sizes)
        longest = float(np.abs(move).max())
        here = here - move * min(1.0, LONGEST_MOVE / longest if longest else 1.0)
        if longest <= 1e-14 * max(1.0, float(np.abs(here).max())):
            break
    return here


def _is_minimum(surface: Surface, place: Array) -> bool:
    scale = max(1.0, float(np.abs(surface.hessian(place)).max()))
    flat = float(np.abs(surface.gradient(place)).max()) <= 1e-9 * scale
    return flat and bool(np.linalg.eigvalsh(surface.hessian(place))[0] > 1e-9)


def reached(minima: Minima, ends: ArrayLike, within: float = 0.05) -> list[int | None]:
    """Return, for each end (k, 2), the position of the minimum that lies within this distance, or None."""
    places = np.asarray(ends, dtype=np.float64).reshape(-1, 2)
    found: list[int | None] = []
    for place in places:
        far = np.linalg.norm(minima.places - place, axis=1) if len(minima.places) else np.array([np.inf])
        near = int(np.argmin(np.where(np.isfinite(far), far, np.inf)))
        found.append(near if np.isfinite(far[near]) and far[near] <= within else None)
    return found
