"""What a GAN learns from: points of a mixture of Gaussians, or of a ring, whose density is known."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
RADIUS = 2.0  # of the ring, and of the circle of clumps


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


def _normal(x: Array) -> Array:
    return np.asarray(np.exp(-0.5 * x * x) / np.sqrt(2.0 * np.pi))
