"""Rows in the plane with two classes, drawn from a seed: patterns that one straight line cannot separate."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, check_count

if TYPE_CHECKING:
    import torch

PATTERNS = ("rings", "moons", "xor", "blobs")
_MOST_ROWS = 100_000


def draw_pattern(pattern: str, n: int = 200, noise: float = 0.1, seed: int = 0) -> "tuple[torch.Tensor, torch.Tensor]":
    """Return X (n, 2), each column with mean 0 and standard deviation 1, and y (n,), -1 or 1, as float64 tensors.

    `pattern` is "rings" (one in the other), "moons" (two half circles, after scikit-learn), "xor" (the sign of the
    product of two uniform numbers) or "blobs" (two clouds, which a line separates). `noise` is the standard deviation
    of what is added to each coordinate before they are standardised; it may be 0.
    Raises InputError for another pattern, n below 2 or above a hundred thousand, and noise that is negative or no
    number.
    """
    import torch

    rows, rng = check_count(n, "n"), np.random.default_rng(check_seed(seed))
    if pattern not in PATTERNS:
        raise InputError(
            _("There is no pattern “{pattern}”; choose one of {patterns}.").format(
                pattern=pattern, patterns=format_list(PATTERNS)
            )
        )
    if not 2 <= rows <= _MOST_ROWS:
        raise InputError(_("Two classes need from 2 to {most} rows; got {rows}.").format(most=_MOST_ROWS, rows=rows))
    if not 0 <= noise < np.inf:
        raise InputError(_("noise is a standard deviation and has to be at least 0; got {value}.").format(value=noise))
    X, first = _drawn(pattern, rows, rng)
    X = X + noise * rng.standard_normal((rows, 2))
    spread = X.std(axis=0)
    X = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return torch.from_numpy(X), torch.from_numpy(np.where(first, 1.0, -1.0))


def pattern_code(pattern: str, n: int = 200, noise: float = 0.1, seed: int = 0) -> str:
    """Return the lines of NumPy and PyTorch that draw the rows of `draw_pattern`, with the same arguments."""
    lines = {
        "xor": ["X = rng.uniform(-1, 1, (n, 2))", "first = X[:, 0] * X[:, 1] > 0"],
        "blobs": ["first = np.arange(n) % 2 == 0", "X = np.where(first, 1.0, -1.0)[:, None] * np.ones(2)"],
        "rings": [
            "first = np.arange(n) % 2 == 0",
            "angle = rng.uniform(0, 2 * np.pi, n)",
            "X = np.where(first, 0.4, 1.0)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])",
        ],
        "moons": [
            "first = np.arange(n) % 2 == 0",
            "angle = rng.uniform(0, np.pi, n)",
            "X = np.column_stack([np.cos(angle), np.sin(angle)])",
            "X = np.where(first[:, None], X, np.array([1.0, 0.5]) - X)",
        ],
    }
    return "\n".join(
        [
            f"n, rng = {n}, np.random.default_rng({seed})",
            *lines[pattern],
            f"X = X + {noise} * rng.standard_normal((n, 2))",
            "X = torch.tensor((X - X.mean(axis=0)) / X.std(axis=0))",
            "y = torch.tensor(np.where(first, 1.0, -1.0))",
        ]
    )


def _drawn(pattern: str, rows: int, rng: np.random.Generator) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Return the rows without noise, and which of them are of the first class."""
    first = np.arange(rows) % 2 == 0
    if pattern == "xor":
        X = rng.uniform(-1, 1, (rows, 2))
        return X, X[:, 0] * X[:, 1] > 0
    if pattern == "blobs":
        return np.where(first, 1.0, -1.0)[:, None] * np.ones(2), first
    angle = rng.uniform(0, np.pi if pattern == "moons" else 2 * np.pi, rows)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    if pattern == "rings":
        return np.where(first, 0.4, 1.0)[:, None] * circle, first
    return np.where(first[:, None], circle, np.array([1.0, 0.5]) - circle), first
