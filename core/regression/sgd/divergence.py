"""Why a run diverged, and which settings would converge."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.formatting import format_general, format_list
from core.language import _, ngettext
from core.regression.data.standardizer import fit_scaling
from core.regression.data.validation import Array
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.loop import Trajectory
from core.regression.sgd.objective import Objective
from core.regression.sgd.stability import safe_limit, stability_limit

_HOPELESS = 1e4  # a run that ends this many times above its start and above the spread of the labels is lost
_WORTH_SCALING = 2.0  # standardising is advised when it allows a rate this many times larger
_SMALL = 10_000_000  # rows times columns squared


@dataclass(frozen=True, eq=False)
class Divergence:
    """What made a run diverge, and two ways out.

    Attributes:
        step: updates made when it was stopped or ended.
        eigenvalue: the largest of the Hessian [X 1]ᵀ[X 1]/n in the coordinates trained in.
        direction (d + 1,): its unit eigenvector, the bias last.
        leading: the names of the columns that dominate it.
        limit: the largest stable learning rate on all rows, 2/eigenvalue for plain SGD, infinity where no
            eigenvalue limits it, as for Adam.
        batch_size: of the minibatch that the rate was too large for.
        batch_limit: the rate that minibatch tolerates.
        working_rate: a rate that works with the other settings as they are.
        standardised_rate: one that works on standardised features; None if they are, or if it would hardly be larger.
    """

    step: int
    eigenvalue: float
    direction: Array
    leading: tuple[str, ...]
    limit: float
    batch_size: int
    batch_limit: float
    working_rate: float
    standardised_rate: float | None

    def describe(self, config: SgdConfig) -> str:
        """Return a few sentences for the visitor about the run of this config."""
        learning_rate = config.learning_rate
        if config.rule.divergence is not None:
            cause = config.rule.divergence(self.step)
        elif learning_rate > self.limit:
            cause = ngettext(
                "The run diverged and ended after {step} update: the curvature of the loss is largest along "
                "{leading}, with the eigenvalue {eigenvalue}, so descent tolerates a learning rate of at most "
                "{limit} there, and {learning_rate} overshoots more with every update.",
                "The run diverged and ended after {step} updates: the curvature of the loss is largest along "
                "{leading}, with the eigenvalue {eigenvalue}, so descent tolerates a learning rate of at most "
                "{limit} there, and {learning_rate} overshoots more with every update.",
                self.step,
            )
        else:
            ended = ngettext(
                "The run diverged and ended after {step} update.",
                "The run diverged and ended after {step} updates.",
                self.step,
            )
            cause = f"{ended} " + ngettext(
                "The largest eigenvalue, {eigenvalue} along {leading}, allows a learning rate of {limit} with all "
                "rows in one batch, but the noise of minibatches of {batch_size} row allows only about {batch_limit}.",
                "The largest eigenvalue, {eigenvalue} along {leading}, allows a learning rate of {limit} with all "
                "rows in one batch, but the noise of minibatches of {batch_size} rows allows only about {batch_limit}.",
                self.batch_size,
            )
        text = cause.format(
            step=self.step,
            leading=format_list(self.leading),
            eigenvalue=format_general(self.eigenvalue, 4),
            limit=format_general(self.limit, 3),
            batch_size=self.batch_size,
            batch_limit=format_general(self.batch_limit, 3),
            learning_rate=format_general(learning_rate, 3),
        )
        return f"{text} {self.remedy()}"

    def remedy(self) -> str:
        """Return the sentence that names the rates that work."""
        if self.standardised_rate is None:
            return _("A learning rate of {rate} works.").format(rate=format_general(self.working_rate, 2))
        return _("A learning rate of {rate} works, or standardised features with {scaled}.").format(
            rate=format_general(self.working_rate, 2), scaled=format_general(self.standardised_rate, 2)
        )


def find_divergence(
    objective: Objective, path: Trajectory, config: SgdConfig, names: Sequence[str] | None
) -> Divergence | None:
    """Return why the run diverged, or None if it did not."""
    if not is_diverged(objective, path, config):
        return None
    _left, values, right = np.linalg.svd(objective.bowl.augmented(), full_matrices=False)
    direction = right[0] * np.sign(right[0][np.abs(right[0]).argmax()])
    scaled_rate = None
    if not config.rule.has_spectrum:
        blamed, batch_limit, rate = config.batch_size, math.inf, _bounded_rate(objective, path)
    else:
        blamed, batch_limit, rate = _blame(objective.X, config)
        if not config.standardise:
            scaled_rate = _blame(fit_scaling(objective.X).transform(objective.X), config)[2]
    return Divergence(
        step=path.updates,
        eigenvalue=float(values[0] ** 2),
        direction=direction,
        leading=leading_columns(direction, names),
        limit=_limit(objective, config),
        batch_size=blamed,
        batch_limit=batch_limit,
        working_rate=rate,
        standardised_rate=scaled_rate if scaled_rate and scaled_rate > _WORTH_SCALING * rate else None,
    )


def is_diverged(objective: Objective, path: Trajectory, config: SgdConfig) -> bool:
    """Whether a run diverged.

    It did if the loss passed the ceiling; if it ended with a larger gap than it began with, at a rate above the limit;
    or if it ended far above its start. Jitter around the closed form, at a rate below the limit, is none of them.
    """
    if path.ran_away:
        return True
    first, last = path.gaps[[0, -1]]
    if path.stopped or not last > first:
        return False
    lost = _HOPELESS * (first + objective.y.var()) + np.finfo(np.float64).tiny
    if last > lost or config.learning_rate > _limit(objective, config):
        return True
    # on a large table an unstable run has so many updates that it is detected above
    return (
        config.rule.is_plain
        and _is_small(objective.X)
        and config.learning_rate > stability_limit(objective.X, config.batch_size, penalty=config.penalty)
    )


def _limit(objective: Objective, config: SgdConfig) -> float:
    """Return the largest stable rate for all rows in one batch; infinity where no eigenvalue limits it, as for Adam.

    Momentum β allows (1 + β) times the rate of plain descent (Polyak 1964, "Some methods of speeding up the convergence
    of iteration methods").
    """
    if not config.rule.has_spectrum:
        return math.inf
    largest = float(np.linalg.norm(objective.bowl.augmented(), 2)) ** 2
    return 2.0 / largest * (1.0 + config.momentum)


def _blame(X: Array, config: SgdConfig) -> tuple[int, float, float]:
    """Return the minibatch that the rate is too large for, its limit, and a rate that works: half the smallest limit.

    Momentum adds up to 1/(1 - β) updates in one direction, so its limit is that much smaller.
    """
    last = len(X) % config.batch_size or config.batch_size
    tolerates = stability_limit if _is_small(X) else safe_limit
    share = 1.0 - config.momentum
    limits = {size: share * tolerates(X, size, penalty=config.penalty) for size in {config.batch_size, last}}
    blamed = config.batch_size if config.learning_rate > limits[config.batch_size] else last
    return blamed, limits[blamed], _round_down(0.5 * min(limits.values()))


def _is_small(X: Array) -> bool:
    """Whether the exact limit of minibatches can be found in a moment."""
    return bool(X.size * X.shape[1] <= _SMALL)


def _bounded_rate(objective: Objective, path: Trajectory) -> float:
    """Return a rate whose steps, of about that length as Adam's are, are small compared with the first gap.

    With every parameter within ten steps of the closed form the gap is at most half of (10 η)² Σ|H|.
    """
    root = objective.bowl.augmented()
    gap = float(path.gaps[0]) or float(objective.y.var()) or 1.0
    return _round_down(0.1 * math.sqrt(gap / np.abs(root.T @ root).sum()))


def leading_columns(direction: Array, names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of up to three columns that make nine tenths of a unit direction (d + 1,), the bias last."""
    known = [*(names or (_("column {number}").format(number=j + 1) for j in range(len(direction) - 1))), _("the bias")]
    order = np.argsort(-np.square(direction), kind="stable")
    count = int(np.searchsorted(np.cumsum(np.square(direction[order])), 0.9)) + 1
    return tuple(known[j] for j in order[: min(count, 3)])


def _round_down(rate: float) -> float:
    """Round to two significant digits, never up.

    >>> _round_down(0.01999)
    0.019
    """
    if not 0 < rate < math.inf:
        return rate
    digits = 1 - math.floor(math.log10(rate))
    unit = 10.0**-digits
    rounded = float(f"{math.floor(rate / unit * (1 + 1e-12)) * unit:.2g}")
    return rounded
