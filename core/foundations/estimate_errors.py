"""Which estimate of a middle is nearest to the truth under which noise, by many simulated samples."""

import math

import numpy as np
import pandas as pd

from core.errors import InputError
from core.foundations.densities import LAWS
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, check_count

REPEATS = 4000
SMALLEST = 3  # the median and the mid-range of one value or two are their mean
LARGEST = 1000  # values in a sample


def estimate_errors(n: int, seed: int = 0, repeats: int = REPEATS) -> pd.DataFrame:
    """Return how far median, mean and mid-range are from the true middle, 0, for samples of n values of variance 1.

    One row a law (`LAWS`): law, median, mean and mid_range, each the root mean square over `repeats` samples drawn from
    the seed. The mean's is about 1/√n under every law. Raises InputError for n below 3 or above 1000.

    >>> errors = estimate_errors(25, seed=0).set_index("law")
    >>> errors.idxmin(axis=1).to_dict()
    {'normal': 'mean', 'laplace': 'median', 'uniform': 'mid_range'}
    """
    size, count = check_count(n, "n"), check_count(repeats, "repeats")
    if size < SMALLEST:
        raise InputError(
            _("With fewer than three values the three estimates are the same number; ask for at least {least}.").format(
                least=SMALLEST
            )
        )
    if size > LARGEST:
        raise InputError(_("A sample can have at most {most} values, but got {n}.").format(most=LARGEST, n=size))
    rng = np.random.default_rng(check_seed(seed))
    rows = []
    for law in LAWS:
        values = _drawn(rng, law, (count, size))
        ends = (values.min(axis=1) + values.max(axis=1)) / 2
        middles = {"median": np.median(values, axis=1), "mean": values.mean(axis=1), "mid_range": ends}
        rows.append({"law": law, **{name: math.sqrt(np.square(found).mean()) for name, found in middles.items()}})
    return pd.DataFrame(rows)


def _drawn(rng: np.random.Generator, law: str, shape: tuple[int, int]) -> Array:
    """Return draws of mean 0 and variance 1."""
    if law == "normal":
        return rng.standard_normal(shape)
    if law == "laplace":
        return rng.laplace(scale=math.sqrt(0.5), size=shape)
    return rng.uniform(-math.sqrt(3.0), math.sqrt(3.0), size=shape)
