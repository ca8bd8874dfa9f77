"""The two-sample test by a classifier: if it can tell two samples apart on rows it has not seen, they differ.

Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
TRAINED, HELD_OUT = 1000, 1000
LEVEL = 0.05  # below this p-value the samples are taken to differ


@dataclass(frozen=True)
class TwoSampleTest:
    """How often a classifier was right on held-out points.

    Attributes:
        right: number of held-out points that it told right.
        of: number of held-out points.
        p_value: the probability of so many right answers or more, if it answered by tossing a coin.
    """

    right: int
    of: int
    p_value: float

    @property
    def accuracy(self) -> float:
        """The share of right answers."""
        return self.right / self.of

    @property
    def differs(self) -> bool:
        """Whether the classifier is better than chance at the level of 5 %."""
        return self.p_value < LEVEL


def two_sample_test(
    draw_real: Callable[[int, np.random.Generator], Array],
    draw_made: Callable[[int, np.random.Generator], Array],
    seed: int | Sequence[int] = 0,
    neighbours: int = 31,
) -> TwoSampleTest:
    """Fit k nearest neighbours to 1,000 points and test it on 1,000 others.

    Each point is real or made by the toss of a fair coin: so if both are drawn from the same distribution, the number
    of right answers has exactly the binomial distribution with share ½, whatever was learned. 31 neighbours are the
    root of 1,000, as the paper has it; `neighbours=1` is the test of the nearest neighbour.

    >>> normal = lambda n, rng: rng.standard_normal((n, 1))
    >>> far = lambda n, rng: 9.0 + rng.standard_normal((n, 1))
    >>> two_sample_test(normal, far).accuracy, two_sample_test(normal, normal).differs
    (1.0, False)
    """
    from scipy.stats import binomtest
    from sklearn.neighbors import KNeighborsClassifier

    rng = np.random.default_rng(seed)
    total = TRAINED + HELD_OUT
    is_real = rng.integers(2, size=total) == 1
    real, made = draw_real(total, rng), draw_made(total, rng)
    x = np.where(is_real[:, None], real, made)
    known = KNeighborsClassifier(neighbours).fit(x[:TRAINED], is_real[:TRAINED])
    right = int((known.predict(x[TRAINED:]) == is_real[TRAINED:]).sum())
    return TwoSampleTest(right, HELD_OUT, float(binomtest(right, HELD_OUT, 0.5, alternative="greater").pvalue))
