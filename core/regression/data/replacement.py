"""Drawing the rows of an epoch with or without replacement: which rows are seen, and what their mean is."""

import math

import numpy as np
import pandas as pd

from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike, as_array, check_count

_STREAM = 7  # of random numbers, apart from those of a run


def unseen_share(n: int) -> float:
    """Return the expected share of n rows that n draws with replacement never take, (1 - 1/n)ⁿ: 1/e for many rows.

    >>> unseen_share(1), unseen_share(2), round(unseen_share(274), 4), round(unseen_share(10**12), 6)
    (0.0, 0.25, 0.3672, 0.367879)
    """
    check_count(n, "n")
    return 0.0 if n == 1 else math.exp(n * math.log1p(-1.0 / n))


def draw_epochs(y: ArrayLike, seed: int = 0) -> pd.DataFrame:
    """Draw as many rows as there are labels y (n,), without and with replacement, and return a row for each way.

    The columns: replacement, never, once, more (how many rows are drawn so often) and off (the mean label of the rows
    drawn, less that of all rows; 0 without replacement). Raises InputError for missing or infinite labels.

    >>> draw_epochs([1.0, 2.0, 3.0, 4.0], seed=1)
       replacement  never  once  more  off
    0        False      0     4     0  0.0
    1         True      1     2     1  0.5
    """
    labels: Array = as_array(y, "y").ravel()
    n = len(labels)
    rng = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(_STREAM,)))
    counts = {False: np.ones(n, dtype=np.int64), True: np.bincount(rng.integers(0, n, n), minlength=n)}
    centred = labels - labels.mean()
    return pd.DataFrame(
        [
            {
                "replacement": way,
                "never": int((times == 0).sum()),
                "once": int((times == 1).sum()),
                "more": int((times > 1).sum()),
                "off": float(centred @ times) / n if way else 0.0,
            }
            for way, times in counts.items()
        ]
    )
