"""The functions of the scripts. Their source is copied into a script, so each is self-contained."""

import math
from collections.abc import Iterator

import numpy as np
import torch


def figure(value: float | None, digits: int = 6) -> str:
    """Return a number with `digits` significant digits, a dash where there is none; in English, as scripts print.

    >>> figure(3700.6612), figure(1234567.0, 4), figure(-2.5), figure(0.00001234), figure(5e12, 3), figure(-0.0)
    ('3,700.66', '1,235,000', '−2.5', '1.234e-05', '5e+12', '0')
    >>> figure(None)
    '–'
    """
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    rounded = float(f"{value:.{digits}g}") + 0.0  # -0.0 is 0
    positional = 1e-4 <= abs(rounded) < 1e9
    decimals = max(digits - 1 - math.floor(math.log10(abs(rounded))), 0) if positional else 0
    text = f"{rounded:,.{decimals}f}" if positional else f"{rounded:.{digits}g}"
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−", 1) if value < 0 else text


def stream(seed: int, purpose: int) -> np.random.Generator:
    """Return a stream of random numbers for each purpose: 0 for the initial weights, 1 for the order of the rows."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(purpose,)))


def every_epoch(n: int, epochs: int, seed: int) -> Iterator[torch.Tensor]:
    """Yield the order of the rows for each epoch, shuffled every time."""
    rng = stream(seed, 1)
    for _epoch in range(epochs):
        yield torch.from_numpy(rng.permuted(np.arange(n)))


def once(n: int, epochs: int, seed: int) -> Iterator[torch.Tensor]:
    """Yield the order of the rows for each epoch, shuffled once and then kept."""
    order = torch.from_numpy(stream(seed, 1).permuted(np.arange(n)))
    for _epoch in range(epochs):
        yield order


def never(n: int, epochs: int, seed: int) -> Iterator[torch.Tensor]:
    """Yield the order of the rows for each epoch: that of the table."""
    for _epoch in range(epochs):
        yield torch.arange(n)


def standardise(X: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mean and the standard deviation of each column; a constant one keeps spread 1."""
    values = X.numpy()
    centre, spread = values.mean(axis=0), values.std(axis=0)
    rounding = np.finfo(np.float64).eps * np.sqrt(len(values)) * np.abs(values).max(axis=0)
    varies = (np.ptp(values, axis=0) > 0) & (spread > rounding)
    return torch.from_numpy(np.where(varies, centre, values[0])), torch.from_numpy(np.where(varies, spread, 1.0))


def expand(X: torch.Tensor, terms: list[tuple[int, ...]], off: torch.Tensor) -> torch.Tensor:
    """Return the features: a column as it is, or products of columns centred on their training means."""
    features = []
    for first, *others in terms:
        feature = X[:, first] - off[first] if others else X[:, first]
        for other in others:
            feature = feature * (X[:, other] - off[other])
        features.append(feature)
    return torch.column_stack(features)


def linreg(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The affine model: X (m, d), w (d,) and b () give predictions (m,)."""
    return X @ w + b


def squared_loss(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Half the squared error of each row, shape (m,)."""
    return (y_hat - y) ** 2 / 2


def l2_penalty(w: torch.Tensor) -> torch.Tensor:
    """Half the sum of the squares of the weights."""
    return (w**2).sum() / 2


def least_squares(X: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Fit y = Xw + b; of many solutions return that of minimum norm, the bias included.

    Returns w (d,), b () and directions (d + 1, k), orthonormal, along which no prediction changes (bias last). Solving
    X'X w = X'y would square the condition number. So: columns of mean 0 and spread 1, QR, the singular values of R, and
    a second solve for the residual of the first.
    """
    centre, spread = standardise(X)
    mean = y.mean()
    Z = (X - centre) / spread
    Q, R = torch.linalg.qr(Z)
    U, sizes, Vh = torch.linalg.svd(R, full_matrices=True)
    tiny = sizes[0] * max(Z.shape) * torch.finfo(Z.dtype).eps
    rank = int((sizes > tiny).sum())

    def solve(left: torch.Tensor) -> torch.Tensor:
        return Vh[:rank].T @ ((U[:, :rank].T @ (Q.T @ left)) / sizes[:rank])

    w = solve(y - mean)
    w = w + solve(y - mean - Z @ w)
    weights, flat = w / spread, Vh[rank:] / spread
    directions = torch.linalg.qr(torch.column_stack([flat, -flat @ centre]).T).Q
    smallest = without(torch.cat([weights, (mean - weights @ centre).reshape(1)]), directions)
    return smallest[:-1], smallest[-1], directions


def without(parameters: torch.Tensor, directions: torch.Tensor) -> torch.Tensor:
    """Return the parameters (d + 1,) projected off the directions; twice, to remove rounding errors."""
    for _pass in range(2):
        parameters = parameters - directions @ (directions.T @ parameters)
    return parameters


def ridge(Z: torch.Tensor, y: torch.Tensor, penalty: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Minimise half the mean squared error + penalty/2 · ‖w‖², the bias left free. Returns w (d,) and b ().

    That is least squares with d more rows: √(n · penalty) on the diagonal, with labels 0.
    """
    n, d = Z.shape
    centre, mean = Z.mean(dim=0), y.mean()
    pull = (n * penalty) ** 0.5 * torch.eye(d, dtype=Z.dtype)
    Q, R = torch.linalg.qr(torch.cat([Z - centre, pull]))
    labels = torch.cat([y - mean, torch.zeros(d, dtype=y.dtype)])
    w = torch.linalg.solve_triangular(R, (Q.T @ labels)[:, None], upper=True)[:, 0]
    return w, mean - w @ centre


def mean_loss(X: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Half the mean squared error, shape ()."""
    return squared_loss(linreg(X, w, b), y).mean()


def to_table(
    w: torch.Tensor, b: torch.Tensor, centre: torch.Tensor, spread: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Turn parameters for scaled features into those for the units of the table."""
    weights = w / spread
    return weights, b - weights @ centre


def scores(X: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> list[str]:
    """Return the number of rows, the loss, the root mean squared error and R² (none for constant labels)."""
    mean_square = ((linreg(X, w, b) - y) ** 2).mean().item()
    varies = y.var(correction=0).item() if len(y) > 1 else 0.0
    r_squared = 1 - mean_square / varies if varies > 0 else None
    return [
        f"{len(y):,}",
        figure(mean_square / 2, 8),
        figure(mean_square**0.5, 8),
        figure(r_squared, 8),
    ]


def print_table(head: list[str], rows: list[list[str]]) -> None:
    """Print texts in columns: the first aligned left, numbers right."""

    def one_line(cell: str) -> str:
        text = " ".join("".join(mark if mark.isprintable() else " " for mark in cell).split())
        return text if len(text) <= 40 else text[:39] + "…"

    cells = [[one_line(cell) for cell in row] for row in [head, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *others in cells:
        print("  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]).rstrip())
