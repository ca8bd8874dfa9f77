"""A run of recommendation: ratings are factorised on the cells seen, and measured on those hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.problems.recommendation.factorisation import (
    Factorisation,
    alternate,
    column_means,
    descend,
    fill_unrated,
    rmse,
    start_factors,
    truncated_svd,
)
from core.problems.recommendation.knowable import determined_cells
from core.problems.recommendation.ratings import FILMS, PEOPLE, Array, Mask, Ratings, hold_out, make_ratings

ALS_EPOCHS, SGD_EPOCHS = 30, 60
MOST_NUMBERS = 50_000  # in all frames of the filled table
FEWEST_FRAMES = 8
ROUNDING = 1e-12  # of the largest rating


@dataclass(frozen=True, eq=False)
class Recommendation:
    """Ratings, what was learned of them epoch by epoch, and what can be known.

    Attributes:
        ratings: with the cells seen and those hidden; each column is divided by its scale.
        scales (m,): of the columns, all 1 where all things are rated on one scale.
        rank: of the factorisation.
        result: the factors after each epoch.
        determined (n, m): the cells that those seen determine in a generic matrix of this rank, themselves among them.
    """

    ratings: Ratings
    scales: Array
    rank: int
    result: Factorisation
    determined: Mask

    @cached_property
    def filled(self) -> list[Array]:
        """The predictions for all cells after each epoch, with means for rows and columns without a rating."""
        return [fill_unrated(factors.ratings, self.ratings.seen) for factors in self.result.factors]

    @cached_property
    def train_errors(self) -> list[float]:
        """The RMSE on the ratings seen after each epoch."""
        return [rmse(filled, self.ratings.values, self.ratings.train) for filled in self.filled]

    @cached_property
    def test_errors(self) -> list[float]:
        """The RMSE on the hidden ratings after each epoch; NaN if none is hidden."""
        return [rmse(filled, self.ratings.values, self.ratings.test) for filled in self.filled]

    @cached_property
    def means_error(self) -> float:
        """The RMSE on the hidden ratings of the mean rating seen in each column."""
        values = self.ratings.values
        return rmse(np.broadcast_to(column_means(self.ratings.seen), values.shape), values, self.ratings.test)

    @cached_property
    def best(self) -> Array | None:
        """The nearest matrix of this rank to the full table, where there is one: its truncated SVD."""
        values = self.ratings.values
        return truncated_svd(values, self.rank) if np.isfinite(values).all() else None

    @cached_property
    def noise_error(self) -> float | None:
        """The RMSE of the ratings without noise on the hidden ones, where they are known."""
        truth = self.ratings.truth
        return (
            None
            if truth is None or not self.ratings.test.any()
            else rmse(truth, self.ratings.values, self.ratings.test)
        )

    @cached_property
    def best_error(self) -> float | None:
        """The RMSE of that matrix over all cells; what is but rounding is 0."""
        if self.best is None:
            return None
        values = self.ratings.values
        error = rmse(self.best, values, np.ones_like(self.ratings.test))
        return error if error > ROUNDING * float(np.abs(values).max(initial=0.0)) else 0.0

    @property
    def possible_rank(self) -> int:
        """The rank of the factorisation, no more than rows and columns."""
        return min(self.rank, len(self.ratings.people), len(self.ratings.things))

    @property
    def cold(self) -> tuple[int, int]:
        """How many rows, and how many columns, have no rating seen."""
        train = self.ratings.train
        return int((~train.any(axis=1)).sum()), int((~train.any(axis=0)).sum())

    @cached_property
    def shown(self) -> list[int]:
        """The epochs that have a frame, evenly thinned where the table is large; the first and the last among them."""
        last = len(self.filled) - 1
        most = max(FEWEST_FRAMES, MOST_NUMBERS // self.ratings.values.size)
        return sorted({round(at) for at in np.linspace(0, last, min(last + 1, most)).tolist()})


def run_recommendation(
    *,
    seed: int,
    ratings: Sequence[Sequence[float | None]] | None,
    people: Sequence[str],
    things: Sequence[str],
    scaled: bool,
    true_rank: int,
    noise: float,
    share: float,
    rank: int,
    learner: str,
    penalty: float,
    rate: float,
) -> Recommendation:
    """Make or take the ratings, factorise them and find what is determined; arguments as in `miniature`, checked."""
    if ratings is None:
        table = make_ratings(seed=seed, rank=true_rank, noise=noise, share=share)
    else:
        columns = len(ratings[0]) if ratings else 0
        table = hold_out(ratings, people=_names(people, PEOPLE, len(ratings)), seed=seed,
                         things=_names(things, [str(film) for film in FILMS], columns))  # fmt: skip
    scales = column_scales(table.seen) if scaled else np.ones(table.values.shape[1])
    table = Ratings(table.values / scales, table.train, table.test, table.people, table.things, table.truth)
    start = start_factors(table.seen, rank, seed=seed)
    result = (
        alternate(table.seen, start, penalty=penalty, epochs=ALS_EPOCHS)
        if learner == "als"
        else descend(table.seen, start, penalty=penalty, rate=rate, epochs=SGD_EPOCHS, seed=seed)
    )
    return Recommendation(table, scales, rank, result, determined_cells(table.train, rank, seed=seed))


def column_scales(seen: Array) -> Array:
    """Return the root of the mean square of the ratings seen in each column (m,); 1 where that is 0 or there is none.

    >>> column_scales(np.array([[3.0, np.nan, 0.0], [4.0, np.nan, 0.0]])).round(3).tolist()
    [3.536, 1.0, 1.0]
    """
    counts = np.isfinite(seen).sum(axis=0)
    roots = np.sqrt((np.nan_to_num(seen) ** 2).sum(axis=0) / np.maximum(counts, 1))
    return np.where(roots > 0, roots, 1.0)


def _names(given: Sequence[str], usual: Sequence[str], count: int) -> list[str]:
    """Return names, numbers where there are no more."""
    return [*(given or usual)[:count], *(str(number + 1) for number in range(len(given or usual), count))]
