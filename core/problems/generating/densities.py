"""Densities that are known: of the data, and of what a generator makes, both as probabilities of the cells of a grid.

With p and q on the same cells, the best discriminator that sees only the cell is D* = p/(p + q) (Goodfellow et al.
2014, proposition 1), its loss is ln 4 − 2·JSD(p, q), and no classifier is right more often than ½·Σ max(p, q).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.problems.generating.gan_data import Target

Array = npt.NDArray[np.float64]
Generator = Callable[[Array], Array]
EDGE = 3.0  # the grid of the plane goes from −3 to 3
LINE_EDGE = 5.0  # that of the line from −5 to 5
CELLS, LINE_CELLS = 60, 200
BANDWIDTH = 0.1  # of the kernel that blurs p and q in the plane alike: one cell
SAMPLED = 6000  # made points that q is estimated from in the plane
NOISE_EDGE, NOISE_POINTS = 6.0, 4001  # of the noise on the line; N(0, 1) has 2e-9 beyond


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
        middles = (np.arange(LINE_CELLS + 2) - 0.5) * (2.0 * LINE_EDGE / LINE_CELLS) - LINE_EDGE
        return np.asarray(middles.reshape(-1, 1))
    along = (np.arange(cells) + 0.5) * (2.0 * EDGE / cells) - EDGE
    x, y = np.meshgrid(along, along)
    return np.column_stack([x.ravel(), y.ravel()])


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
