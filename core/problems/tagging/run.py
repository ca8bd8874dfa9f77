"""A sigmoid for each tag by SGD, its maximum likelihood, and beside them a chain of tags and one softmax."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.foundations.softmax import fit_softmax
from core.foundations.two_classes import fit_safe_scaling, with_ones
from core.problems.linear_descent import LinearDescent, linear_descent, probabilities
from core.problems.softmax_limit import softmax_limit
from core.problems.tagging.metrics import DECIMALS, best_for_sets
from core.problems.tagging.rows import TagRows, tag_sets

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class BestTags:
    """The maximum likelihood of a sigmoid for each tag, on the rows learned from.

    Attributes:
        exists: (L,), whether some weights have the largest likelihood.
        loss: the sum over the tags of the smallest losses, or of their limits where there are none.
        parameters: (L, d + 1), NaN for a tag that has no best weights.
    """

    exists: npt.NDArray[np.bool_]
    loss: float
    parameters: Array


def best_tags(Z: Array, Y: Array) -> BestTags:
    """Return the exact fit of a sigmoid for each tag, from standardised features Z (n, d) and tags Y (n, L).

    A tag that all rows have, or none, has no best weights; nor has one that a hyperplane separates. Raises InputError
    where the linear programme that decides this would be too large.
    """
    limits = [softmax_limit(Z, tag.astype(np.int64), 2) for tag in Y.T]
    exists = np.array([limit.exists for limit in limits])
    parameters = np.array([limit.parameters[1] - limit.parameters[0] for limit in limits])
    parameters[~exists] = np.nan
    return BestTags(exists, float(sum(limit.loss for limit in limits)), parameters)


def chain_joint(Z: Array, Y: Array, new: Array, penalty: float) -> Array:
    """Return the probability of each set of tags for rows `new` (m, d), (m, 2^L), by a chain.

    Each tag has a logistic regression on the features and the tags before it, so that tags may depend on one another;
    all sets are tried. Source: Dembczyński, Cheng and Hüllermeier (2010), Bayes optimal multilabel classification via
    probabilistic classifier chains. A tag that all rows have, or none, has the share (k + 1)/(n + 2).
    """
    sets = tag_sets(Y.shape[1])
    joint = np.ones((len(new), len(sets)))
    for tag in range(Y.shape[1]):
        has, count = Y[:, tag], float(Y[:, tag].sum())
        if 0 < count < len(Y):
            fit = fit_softmax(np.column_stack([Z, Y[:, :tag]]), has, penalty)
            weights, bias = np.diff(fit.weights.numpy(), axis=0)[0], float(np.diff(fit.bias.numpy())[0])
            from_features = (new @ weights[: Z.shape[1]])[:, np.newaxis]
            share = probabilities(from_features + sets[:, :tag] @ weights[Z.shape[1] :] + bias, "sigmoid")
        else:
            share = np.full(joint.shape, (count + 1) / (len(Y) + 2))
        joint = joint * np.where(sets[:, tag] == 1, share, 1 - share)
    return joint


@dataclass(frozen=True, eq=False)
class TaggingRun:
    """Tags of rows held out.

    Attributes:
        rows: all of them.
        learned: the places of the rows learned from.
        held: those of the m rows held out.
        path: of SGD on the sigmoids.
        shares: (frames, m, L), the probability of each tag of the rows held out.
        best: the maximum likelihood.
        chained: (m, L), the most probable set by a chain of tags.
        one: (frames, m, L), the probabilities of one softmax over all tags.
        threshold: from which on a tag is given.
    """

    rows: TagRows
    learned: Places
    held: Places
    path: LinearDescent
    shares: Array
    best: BestTags
    chained: Array
    one: Array
    threshold: float

    @property
    def Y(self) -> Array:
        """The true tags of the rows held out, (m, L)."""
        return self.rows.Y[self.held]

    @property
    def given(self) -> Array:
        """The tags that each frame gives, (frames, m, L)."""
        return given_tags(self.shares, self.threshold)

    @property
    def single(self) -> Array:
        """The one tag that the softmax gives each row in the end, (m, L)."""
        tags: Array = np.eye(self.Y.shape[1])[self.one[-1].round(DECIMALS).argmax(axis=1)]
        return tags


def given_tags(shares: Array, threshold: float) -> Array:
    """Return 1 where a probability is at the threshold or above it, else 0; shape of shares."""
    given: Array = (shares.round(DECIMALS) >= threshold).astype(np.float64)
    return given


def run_tagging(rows: TagRows, threshold: float, rate: float, batch: int, epochs: int, seed: int) -> TaggingRun:
    """Return the run; half of the rows, drawn from the seed, are learned from. See `best_tags` for what is raised."""
    order = np.random.default_rng(seed).permutation(len(rows.X))
    learned, held = np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :])
    Z = fit_safe_scaling(rows.X[learned]).transform(rows.X)
    Y = rows.Y[learned]
    path = linear_descent(Z[learned], Y, "sigmoid", rate=rate, batch=batch, epochs=epochs, seed=seed)
    new = with_ones(Z[held])
    shares = probabilities(new @ path.parameters.transpose(0, 2, 1), "sigmoid")
    chained = best_for_sets(chain_joint(Z[learned], Y, Z[held], 1 / len(learned)), Y.shape[1])
    tagged = Y.any(axis=1)
    one = np.full(shares.shape, 1 / Y.shape[1])
    if tagged.any():
        targets = Y[tagged] / Y[tagged].sum(axis=1, keepdims=True)
        other = linear_descent(Z[learned][tagged], targets, rate=rate, batch=batch, epochs=epochs, seed=seed)
        alike = np.linspace(0, len(other.parameters) - 1, len(shares)).round().astype(np.int64)
        one = probabilities(new @ other.parameters[alike].transpose(0, 2, 1))
    best = best_tags(Z[learned], Y)
    return TaggingRun(rows, learned, held, path, shares, best, chained, one, threshold)
