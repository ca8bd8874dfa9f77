"""Rows with classes made ready for a linear model: digits, the closest two classes, and the features that are drawn."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.foundations.two_classes import fit_safe_scaling
from core.language import _
from core.problems.rows import Rows

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Features = Literal["two", "all"]
MOST_DIGITS = 400


def digit_rows(rows: int = MOST_DIGITS) -> Rows:
    """Return the first `rows` digits of scikit-learn, each with the mean ink of 16 zones of 2 by 2 pixels.

    >>> digit_rows().X.shape, digit_rows().classes[:3]
    ((400, 16), ('0', '1', '2'))
    """
    from sklearn.datasets import load_digits

    from core.foundations.digits import zone_features

    data = load_digits()
    X = zone_features(np.asarray(data.images[:rows], dtype=np.float64) / 16)
    names = tuple(_("ink of zone {place}").format(place=place + 1) for place in range(X.shape[1]))
    code = (
        "from sklearn.datasets import load_digits\n\n"
        f"digits = load_digits()\nimages, y = digits.images[:{rows}] / 16, digits.target[:{rows}]\n"
        "X = images.reshape(len(images), 4, 2, 4, 2).mean(axis=(2, 4)).reshape(len(images), -1)\n"
    )
    classes = tuple(str(digit) for digit in range(10))
    return Rows(f"digits {rows}", X, names, data.target[:rows].astype(np.int64), classes, code)


def standardise(X: Array) -> Array:
    """Return X (n, d) with each column at mean 0 and standard deviation 1; a constant column becomes 0."""
    scaled: Array = fit_safe_scaling(X).transform(X)
    return scaled


def seen_classes(rows: Rows) -> Rows:
    """Return the rows with only those classes that have some. Raises InputError for fewer than two."""
    y = rows.need_classes()
    seen, places = np.unique(y, return_inverse=True)
    if len(seen) == len(rows.classes):
        return rows
    lines = "import numpy as np\n\ny = np.unique(y, return_inverse=True)[1]\n"
    names = tuple(rows.classes[place] for place in seen)
    return Rows(f"{rows.key} seen", rows.X, rows.names, places.astype(np.int64), names, rows.code + lines)


def closest_two(rows: Rows) -> Rows:
    """Return the rows of the two classes whose mean standardised features lie closest; the first pair of equal ones.

    Raises InputError for fewer than two classes.
    """
    y = rows.need_classes()
    Z, seen = standardise(rows.X), np.unique(y)
    means = np.array([Z[y == place].mean(axis=0) for place in seen])
    gaps = ((means[:, np.newaxis] - means) ** 2).sum(axis=-1).round(9)
    gaps[np.tril_indices(len(seen))] = np.inf
    first, second = (int(seen[place]) for place in np.unravel_index(int(gaps.argmin()), gaps.shape))
    kept = np.isin(y, (first, second))
    lines = f"kept = (y == {first}) | (y == {second})\nX, y = X[kept], (y[kept] == {second}).astype(int)\n"
    names = (rows.classes[first], rows.classes[second])
    chosen = (y[kept] == second).astype(np.int64)
    return Rows(f"{rows.key} {first} {second}", rows.X[kept], rows.names, chosen, names, rows.code + lines)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Standardised features, and where each row is drawn in a plane.

    Attributes:
        Z: (n, k), the features that the model gets: the two drawn ones, or all.
        xy: (n, 2), two standardised features, or the places along the first two principal axes of all.
        titles: of both axes.
        names: of the columns that the model gets.
        code: lines that make Z from X.
    """

    Z: Array
    xy: Array
    titles: tuple[str, str]
    names: tuple[str, ...]
    code: str


def drawn_features(rows: Rows, features: Features = "two", across: int = 0, up: int = 1) -> Drawn:
    """Return the features of a model and of the plane. Raises InputError for columns that are not there, or the same.

    A table with one column is drawn with a second axis of 0.
    """
    columns = len(rows.names)
    if features == "all":
        Z = standardise(rows.X)
        titles = (_("first principal axis"), _("second principal axis"))
        return Drawn(Z, principal_plane(Z), titles, rows.names, "Z = X")
    if columns == 1:
        Z = standardise(rows.X)
        return Drawn(Z, np.column_stack([Z, np.zeros(len(Z))]), (_titled(rows.names[0]), ""), rows.names, "Z = X")
    if not (0 <= across < columns and 0 <= up < columns) or across == up:
        raise InputError(
            _("Two different columns from 1 to {columns} are needed; got {across} and {up}. Choose others.").format(
                columns=format_count(columns), across=format_count(across + 1), up=format_count(up + 1))
        )  # fmt: skip
    Z = standardise(rows.X[:, [across, up]])
    names = (rows.names[across], rows.names[up])
    return Drawn(Z, Z, (_titled(names[0]), _titled(names[1])), names, f"Z = X[:, [{across}, {up}]]")


def principal_plane(Z: Array, learned: Places | None = None) -> Array:
    """Return the places (n, 2) of rows Z (n, d) along the first two principal axes of the rows `learned`; all if none.

    Those rows are centred. The largest entry of an axis is positive; with one column the second place is 0.
    """
    axes = np.linalg.svd(Z if learned is None else Z[learned], full_matrices=False)[2][:2]
    axes = np.vstack([axes, np.zeros((2 - len(axes), Z.shape[1]))])
    largest = np.take_along_axis(axes, np.abs(axes).round(9).argmax(axis=1)[:, np.newaxis], axis=1)
    places: Array = Z @ (axes * np.where(largest < 0, -1.0, 1.0)).T
    return places


def _titled(name: str) -> str:
    return _("{name}, in standard deviations").format(name=name)
