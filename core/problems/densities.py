"""Densities that are known: of the data, and of what a generator makes, both as probabilities of the cells of a grid.

With p and q on the same cells, the best discriminator that sees only the cell is D* = p/(p + q) (Goodfellow et al.
2014, proposition 1), its loss is ln 4 − 2·JSD(p, q), and no classifier is right more often than ½·Σ max(p, q).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Generator = Callable[[Array], Array]
RADIUS = 2.0  # of the ring, and of the circle of clumps
EDGE = 3.0  # the grid of the plane goes from −3 to 3
LINE_EDGE = 5.0  # that of the line from −5 to 5
CELLS, LINE_CELLS = 60, 200
BANDWIDTH = 0.1  # of the kernel that blurs p and q in the plane alike: one cell
SAMPLED = 6000  # made points that q is estimated from in the plane
NOISE_EDGE, NOISE_POINTS = 6.0, 4001  # of the noise on the line; N(0, 1) has 2e-9 beyond


@dataclass(frozen=True)
class Target:
    """What the data are drawn from: Gaussians of equal weight, or a ring with a uniform angle and a Gaussian radius.

    Attributes:
        name: "clumps", "ring", "two" or "one".
        centres: (k, d), of the clumps, or of the middles of eight arcs of the ring.
        spread: the standard deviation of a clump, in each direction, or of the radius.
    """

    name: str
    centres: Array
    spread: float

    @property
    def dimension(self) -> int:
        """Numbers of a point: 1 on a line, 2 in the plane."""
        return int(self.centres.shape[1])

    def draw(self, n: int, rng: np.random.Generator) -> Array:
        """Return n points (n, d)."""
        if self.name == "ring":
            angle = rng.uniform(0.0, 2.0 * np.pi, n)
            radius = RADIUS + self.spread * rng.standard_normal((n, 1))
            return np.asarray(radius * np.c_[np.cos(angle), np.sin(angle)])
        return self.centres[rng.integers(len(self.centres), size=n)] + self.spread * rng.standard_normal(
            (n, self.dimension)
        )

    def density(self, x: Array) -> Array:
        """Return the density (n,) at points x (n, d)."""
        if self.name == "ring":
            r = np.linalg.norm(x, axis=1)
            across = _normal((r - RADIUS) / self.spread) / self.spread
            return np.asarray(across / (2.0 * np.pi * np.maximum(r, 1e-9)))
        scaled = (x[:, None, :] - self.centres) / self.spread
        return np.asarray((_normal(scaled) / self.spread).prod(axis=2).mean(axis=1))

    def nearest(self, x: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return for points x (n, d) the nearest centre (n,), and whether they are within three deviations of the data.

        On the ring that is a distance from the ring, elsewhere one from the nearest centre.
        """
        away = np.linalg.norm(x[:, None, :] - self.centres, axis=2)
        off = np.abs(np.linalg.norm(x, axis=1) - RADIUS) if self.name == "ring" else away.min(axis=1)
        return away.argmin(axis=1), off <= 3.0 * self.spread

    @property
    def within(self) -> float:
        """The share of the data within three deviations: 1 − e^(−9/2) about a clump of the plane."""
        from scipy.special import ndtr

        return float(-np.expm1(-4.5)) if self.name == "clumps" else float(1.0 - 2.0 * ndtr(-3.0))

    @property
    def extent(self) -> float:
        """The root of the mean squared distance of the data from their mean."""
        directions = 1 if self.name == "ring" else self.dimension
        return float(np.sqrt(self.centres.var(axis=0).sum() + directions * self.spread**2))


def target(name: str) -> Target:
    """Return the distribution of this name."""
    angles = np.arange(8) * np.pi / 4.0
    circle = RADIUS * np.c_[np.cos(angles), np.sin(angles)]
    centres = {"clumps": circle, "ring": circle, "two": np.array([[-2.0], [2.0]]), "one": np.array([[1.0]])}[name]
    return Target(name, centres, {"clumps": 0.15, "ring": 0.2, "two": 0.5, "one": 0.7}[name])


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells of a line or of the plane with the probabilities of the data, and those that are made.

    On a line the first and the last cell go to infinity. In the plane both are blurred by the same Gaussian kernel.

    Attributes:
        real: (cells,) or (cells, cells), probabilities that add up to 1; the first row is the lowest.
        made: the same of the generator.
    """

    real: Array
    made: Array

    @property
    def best(self) -> Array:
        """D* = p/(p + q) of each cell; ½ where both are 0."""
        total = self.real + self.made
        return np.where(total > 0, self.real / np.where(total > 0, total, 1.0), 0.5)

    @property
    def divergence(self) -> float:
        """The divergence of Jensen and Shannon between the two, between 0 and ln 2."""
        middle = (self.real + self.made) / 2.0
        parts = [part * np.log(np.where(part > 0, part, 1.0) / np.where(part > 0, middle, 1.0)) for part in
                 (self.real, self.made)]  # fmt: skip
        return float(np.clip(sum(part.sum() for part in parts) / 2.0, 0.0, np.log(2.0)))

    @property
    def best_loss(self) -> float:
        """The loss of D*: ln 4 where nothing can be told, 0 where everything can."""
        return float(np.log(4.0) - 2.0 * self.divergence)

    @property
    def best_accuracy(self) -> float:
        """How often the best classifier is right about which of the two a point is from."""
        return float(np.maximum(self.real, self.made).sum() / 2.0)


def line_edges() -> Array:
    """Return the edges (201,) between the cells of a line: 200 cells 0.05 wide, and one to infinity at each end."""
    return np.linspace(-LINE_EDGE, LINE_EDGE, LINE_CELLS + 1, dtype=np.float64)


def cell_middles(dimension: int, cells: int = CELLS) -> Array:
    """Return the middles (n, d) of the cells, row by row from below in the plane, where a side has `cells`.

    On a line those of the two cells that go to infinity are just beyond the edge.
    """
    if dimension == 1:
        return np.asarray((np.arange(LINE_CELLS + 2) - 0.5) * (2.0 * LINE_EDGE / LINE_CELLS) - LINE_EDGE)[:, None]
    along = (np.arange(cells) + 0.5) * (2.0 * EDGE / cells) - EDGE
    x, y = np.meshgrid(along, along)
    return np.c_[x.ravel(), y.ravel()]


def real_cells(goal: Target) -> Array:
    """Return the probabilities of the data in the cells: exact on a line, blurred as `blur` does in the plane."""
    from scipy.special import ndtr

    if goal.dimension == 1:
        below = ndtr((line_edges()[:, None] - goal.centres[:, 0]) / goal.spread).mean(axis=1)
        return np.diff(np.concatenate([[0.0], below, [1.0]]))
    # nine smaller cells in each, so that the middles stand for them
    density = goal.density(cell_middles(2, 3 * CELLS)).reshape(CELLS, 3, CELLS, 3).sum(axis=(1, 3))
    return blur(density / density.sum())


def made_on_line(generator: Generator) -> Array:
    """Return the exact probabilities of the cells of a line when x = generator(z), z from N(0, 1).

    Between 4,001 values of z the generator is taken as straight; there the change of variables q(x) = φ(z)/|dx/dz|
    holds piece by piece, however often the generator turns.
    """
    from scipy.special import ndtr

    z = np.linspace(-NOISE_EDGE, NOISE_EDGE, NOISE_POINTS)
    mass = np.diff(np.concatenate([[0.0], ndtr(z[1:-1]), [1.0]]))
    x = generator(z[:, None])[:, 0]
    low, high = np.minimum(x[:-1], x[1:]), np.maximum(x[:-1], x[1:])
    width = np.maximum(high - low, 1e-12)  # a piece without width is a point
    below = np.array([mass @ np.clip((edge - low) / width, 0.0, 1.0) for edge in line_edges()])
    return np.maximum(np.diff(np.concatenate([[0.0], below, [1.0]])), 0.0)


def made_in_plane(points: Array) -> Array:
    """Return an estimate of the probabilities of the cells of the plane from made points (n, 2), blurred.

    Points beyond the edge are counted in the cell at the edge.
    """
    places = np.clip(((points + EDGE) * (CELLS / (2.0 * EDGE))).astype(np.int64), 0, CELLS - 1)
    counts = np.bincount(places[:, 1] * CELLS + places[:, 0], minlength=CELLS * CELLS)
    return blur(counts.reshape(CELLS, CELLS) / len(points))


def blur(cells: Array) -> Array:
    """Blur cells of the plane with a Gaussian of deviation BANDWIDTH; their sum stays, for the edges are mirrors."""
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(cells, BANDWIDTH * CELLS / (2.0 * EDGE), mode="reflect"), dtype=np.float64)


def _normal(x: Array) -> Array:
    return np.asarray(np.exp(-0.5 * x * x) / np.sqrt(2.0 * np.pi))
