"""Polynomial features: powers of the columns, and their products."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from numbers import Integral
from typing import TypeAlias

import numpy as np

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.regression.data.validation import LARGEST_VALUE, Array, ArrayLike, check_array, check_names

MOST_FEATURES = 2_000
MOST_DEGREE = 9

_MOST_NUMBERS = 100_000_000  # rows times features: 0.8 GB
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Term: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class PolynomialFeatures:
    """How features are made from the d columns of a table: fitted to the training rows, applied to any rows.

    A centred square still fits every parabola: (x - c)² = x² - 2cx + c², and the weight of x and the bias absorb the
    rest.

    Attributes:
        names (k,): what the features are called.
        terms (k,): the positions of the columns that are multiplied, a power naming its column several times: (0,) is
            the first column as it is, (0, 0) its square, (0, 1) a product.
        centre (d,): what is subtracted from a column before powers and products, 0 without centring; columns that stay
            as they are stay in their own units.
    """

    names: tuple[str, ...]
    terms: tuple[Term, ...]
    centre: Array

    def transform(self, X: ArrayLike) -> Array:
        """Return the features (n, k) of rows X (n, d).

        Raises InputError for missing or infinite values, another number of columns, and features beyond 1e100.
        """
        matrix = check_array(X)
        if matrix.shape[1] != len(self.centre):
            raise InputError(
                _(
                    "X has shape (n, {columns}), but the features are made from (n, {known}); give it the same columns."
                ).format(columns=matrix.shape[1], known=len(self.centre))
            )
        shifted = matrix - self.centre
        features = np.empty((len(matrix), len(self.terms)))
        with np.errstate(over="ignore", under="ignore"):
            for j, term in enumerate(self.terms):
                features[:, j] = matrix[:, term[0]] if len(term) == 1 else _multiply(shifted, term)
        if not max(features.max(), -features.min()) <= LARGEST_VALUE:
            raise InputError(_("Powers or products exceed 1e100; scale the columns first, or choose a lower degree."))
        return features


def expand(
    X: ArrayLike,
    feature_names: Sequence[str] | None = None,
    degree: int = 1,
    products: bool = False,
    centre: bool = True,
) -> PolynomialFeatures:
    """Fit polynomial features to training rows X (n, d): the columns themselves, then powers, then products.

    Powers go from 2 to `degree`, column by column; a column with m different values gets those below m only, since m
    points determine all higher ones (so an indicator gets none). Products are those of two different columns. Left out
    are products that are constant or that add nothing to their own two columns, such as those of two indicators of one
    category, which never are 1 together; and powers too small for float64. With `centre` the mean of each column is
    subtracted before powers and products; without, x and x² run nearly parallel wherever x is far from 0, and the
    Hessian's condition number shows it. Columns without a name are called x1 … xd.

    Raises InputError for missing or infinite values, no rows or columns, a degree outside 1 … 9, more than 2,000
    features, and more than 100 million numbers in all.

    >>> made = expand([[1.0, 0.0], [2.0, 1.0], [6.0, 0.0]], ["weight", "male"], degree=2, products=True)
    >>> made.names
    ('weight', 'male', 'weight²', 'weight · male')
    >>> made.transform([[5.0, 1.0]]).round(3).tolist()
    [[5.0, 1.0, 4.0, 1.333]]
    """
    matrix = check_array(X)
    n, d = matrix.shape
    names = check_names(feature_names, d) or [f"x{j + 1}" for j in range(d)]
    if isinstance(degree, bool) or not isinstance(degree, Integral) or not 1 <= int(degree) <= MOST_DEGREE:
        raise InputError(
            _("degree has to be a whole number from 1 to {most}; got {value}.").format(most=MOST_DEGREE, value=degree)
        )
    distinct = _distinct(matrix, int(degree) + 1)
    terms: list[Term] = [(j,) * power for j in range(d) for power in range(2, min(int(degree), distinct[j] - 1) + 1)]
    if products:
        terms += _pairs(matrix, distinct)
    _check_size(n, d + len(terms))
    middle = matrix.mean(axis=0) if centre else np.zeros(d)
    shifted = matrix - middle
    kept = [term for term in terms if _adds(matrix, term) and _varies(shifted, term)]
    return PolynomialFeatures(_named(names, kept), (*((j,) for j in range(d)), *kept), middle)


def _multiply(columns: Array, term: Term) -> Array:
    """Return the product (n,) of the columns that a term names."""
    result = columns[:, term[0]].copy()
    for position in term[1:]:
        result *= columns[:, position]
    return result


def _distinct(matrix: Array, enough: int) -> list[int]:
    """Return how many different values each column has; more than `enough`, and at least 3, need not be counted."""
    few = max(enough, 3)
    counts = []
    for column in matrix.T:
        head = len(np.unique(column[:1000]))
        counts.append(head if head > few else len(np.unique(column)))
    return counts


def _pairs(matrix: Array, distinct: list[int]) -> list[Term]:
    """Return the pairs of columns whose product may add something.

    Of two columns with two values each only a pair that meets in all four ways does: with three, a plane goes through
    them all, and the product lies on it.
    """
    varying = [j for j, count in enumerate(distinct) if count > 1]
    binary = [j for j in varying if distinct[j] == 2]
    high = (matrix[:, binary] == matrix[:, binary].max(axis=0, initial=-np.inf)).astype(np.float64)
    low = 1.0 - high
    meets = np.minimum.reduce([one.T @ other for one in (high, low) for other in (high, low)])
    place = {j: position for position, j in enumerate(binary)}
    return [
        (i, j) for i, j in combinations(varying, 2) if i not in place or j not in place or meets[place[i], place[j]] > 0
    ]


def _check_size(rows: int, features: int) -> None:
    if features > MOST_FEATURES:
        raise InputError(
            _(
                "Powers and products would make {features} features, and at most {most} can be trained here; leave "
                "out the products, choose a lower degree, or leave out columns on Prepare."
            ).format(features=format_count(features), most=format_count(MOST_FEATURES))
        )
    if rows * features > _MOST_NUMBERS:
        raise InputError(
            _(
                "{features} features of {rows} rows do not fit in memory here; leave out the products or choose a "
                "lower degree."
            ).format(features=format_count(features), rows=format_count(rows))
        )


def _adds(matrix: Array, term: Term) -> bool:
    """Whether a product is more than a constant; powers always are."""
    return term[0] == term[-1] or _varies(matrix, term)


def _varies(columns: Array, term: Term) -> bool:
    """Whether a product of columns varies by more than its own rounding."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        made = _multiply(columns, term)
        return not np.ptp(made) <= 4.0 * np.finfo(np.float64).eps * max(made.max(), -made.min())


def _named(names: Sequence[str], terms: Sequence[Term]) -> tuple[str, ...]:
    """Return the columns' names and those of the terms, with a prime if a column itself is called x² already."""
    result, taken = list(names), set(names)
    for term in terms:
        power = str(len(term)).translate(_RAISED)
        alike = term[0] == term[-1]
        name = f"{names[term[0]]}{power}" if alike else " · ".join(names[position] for position in term)
        while name in taken:
            name += "′"
        taken.add(name)
        result.append(name)
    return tuple(result)
