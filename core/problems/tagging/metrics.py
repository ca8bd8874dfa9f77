"""How good sets of tags are: whole sets, single tags, and F1; and the threshold that is best for each.

Source: Dembczyński, Waegeman, Cheng and Hüllermeier (2012), On label dependence and loss minimization in multi-label
classification: the best sets for Hamming loss come from each tag's own probability, those for subset accuracy from the
joint one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.problems.tagging.rows import tag_sets

Array = npt.NDArray[np.float64]
DECIMALS = 9  # to which probabilities are compared, so that rounding decides nothing


@dataclass(frozen=True)
class TagScores:
    """Scores of predicted sets of tags.

    Attributes:
        subset_accuracy: the share of rows whose whole set is right.
        hamming_loss: the share of single tags that are wrong.
        micro_f1: of all tags of all rows taken together; 0 without any tag.
        macro_f1: the mean over the tags; 0 for a tag that is neither there nor predicted.
    """

    subset_accuracy: float
    hamming_loss: float
    micro_f1: float
    macro_f1: float


def tag_scores(Y: Array, predicted: Array) -> TagScores:
    """Return the scores of predicted sets (n, L) for the true ones Y (n, L), 1 for a tag that is there.

    >>> tag_scores(np.array([[1, 0], [1, 1]]), np.array([[1, 0], [0, 1]]))
    TagScores(subset_accuracy=0.5, hamming_loss=0.25, micro_f1=0.8, macro_f1=0.8333333333333333)
    """
    hits = ((Y == 1) & (predicted == 1)).sum(axis=0)
    totals = (Y == 1).sum(axis=0) + (predicted == 1).sum(axis=0)
    each = np.divide(2.0 * hits, totals, out=np.zeros(len(hits)), where=totals > 0)
    micro = 2.0 * float(hits.sum()) / float(totals.sum()) if totals.sum() else 0.0
    wrong = predicted != Y
    return TagScores(float((~wrong.any(axis=1)).mean()), float(wrong.mean()), micro, float(each.mean()))


@dataclass(frozen=True, eq=False)
class EveryThreshold:
    """The scores at all thresholds that make a difference: a tag is predicted from the threshold on.

    Attributes:
        thresholds: (m,), rising; the k-th stands for all above the one before, up to itself. The last is infinity.
        right_sets: (m,), how many rows have their whole set right.
        right_tags: (m,), how many single tags are right.
    """

    thresholds: Array
    right_sets: npt.NDArray[np.int64]
    right_tags: npt.NDArray[np.int64]

    @property
    def best_for_sets(self) -> npt.NDArray[np.bool_]:
        """Which thresholds get the most whole sets right, (m,)."""
        most: npt.NDArray[np.bool_] = self.right_sets == self.right_sets.max()
        return most

    @property
    def best_for_tags(self) -> npt.NDArray[np.bool_]:
        """Which thresholds get the most single tags right, (m,)."""
        most: npt.NDArray[np.bool_] = self.right_tags == self.right_tags.max()
        return most

    @property
    def best(self) -> tuple[float, float]:
        """A threshold that gets the most whole sets right and one for single tags, the same where one does both."""
        both = self.best_for_sets & self.best_for_tags
        chosen = (both, both) if both.any() else (self.best_for_sets, self.best_for_tags)
        return self.nearest_to_half(chosen[0]), self.nearest_to_half(chosen[1])

    def nearest_to_half(self, chosen: npt.NDArray[np.bool_]) -> float:
        """Return a threshold from 0 to 1, the one nearest to 1/2 of all that the chosen ones (m,) stand for.

        In an interval it is 1/2 or the end nearest to it; an end that is left out is replaced by the middle.
        """
        edges = np.concatenate([[0.0], np.minimum(self.thresholds, 1.0)])
        inside = np.clip(0.5, edges[:-1], edges[1:])
        inside = np.where(inside == edges[:-1], (edges[:-1] + edges[1:]) / 2, inside)
        places = np.flatnonzero(chosen)
        return float(inside[places[int(np.abs(inside[places] - 0.5).round(DECIMALS).argmin())]])


def every_tag_threshold(shares: Array, Y: Array) -> EveryThreshold:
    """Return the scores at all thresholds, for probabilities (n, L) and tags Y (n, L)."""
    rounded = shares.round(DECIMALS)
    thresholds = np.append(np.unique(rounded), np.inf)
    wrong = (rounded >= thresholds[:, np.newaxis, np.newaxis]) != (Y == 1)
    return EveryThreshold(thresholds, (~wrong.any(axis=2)).sum(axis=1), (~wrong).sum(axis=(1, 2)))


def best_for_sets(joint: Array, tags: int) -> Array:
    """Return the most probable set (n, L) under probabilities of all sets (n, 2^L): best for subset accuracy."""
    chosen: Array = tag_sets(tags)[joint.round(DECIMALS).argmax(axis=1)]
    return chosen


def best_for_tags(joint: Array, tags: int) -> Array:
    """Return the tags (n, L) that are more probable than not under (n, 2^L): best for Hamming loss."""
    chosen: Array = ((joint @ tag_sets(tags)).round(DECIMALS) >= 0.5).astype(np.float64)
    return chosen


def product_joint(shares: Array) -> Array:
    """Return the probability of each set (n, 2^L) if the tags (n, L) were independent given the features."""
    sets = tag_sets(shares.shape[1])
    joint: Array = np.where(sets == 1, shares[:, np.newaxis], 1 - shares[:, np.newaxis]).prod(axis=2)
    return joint
