"""Why a run went away from the closed form, and what would bring it back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.language import _, ngettext
from core.regression.descent import Path, Settings
from core.regression.inputs import Array
from core.regression.problem import Problem
from core.regression.scaling import fit_scaling
from core.regression.stability import stability_limit, top_direction

_HOPELESS = 1e4  # a run that ends this many times above its start and above the spread of the labels is lost
_WORTH_SCALING = 2.0  # standardising is advised when it allows a rate this many times larger


@dataclass(frozen=True, eq=False)
class Divergence:
    """What made a run diverge, and two ways out.

    step: updates made when it was stopped or ended.
    eigenvalue, direction: the largest of the Hessian [X 1]ᵀ[X 1]/n in the coordinates trained in, and its unit
    eigenvector (d + 1,), the bias last; leading: the names of the columns that dominate it.
    limit: the learning rate that descent on all rows tolerates, 2/eigenvalue for plain SGD, infinity for Adam.
    batch_size, batch_limit: the minibatch that the rate was too large for, and the rate it tolerates.
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

    def describe(self, learning_rate: float) -> str:
        """Return a few sentences for the screen about a run at this learning rate."""
        if math.isinf(self.limit):
            cause = _(
                "The run diverged: after {step} updates it is far above where it began. Adam moves every parameter by"
                " about the learning rate in each update, however small the gradient, and {learning_rate:.3g} is too"
                " far here, where the largest eigenvalue is {eigenvalue:.4g} along {leading}."
            )
        elif learning_rate > self.limit:
            cause = _(
                "The run diverged and ended after {step} updates: the loss curves most along {leading}, with the"
                " eigenvalue {eigenvalue:.4g}, so descent there tolerates a learning rate of at most {limit:.3g}, and"
                " {learning_rate:.3g} overshoots more with every update."
            )
        else:
            cause = ngettext(
                "The run diverged and ended after {step} updates: the largest eigenvalue, {eigenvalue:.4g} along"
                " {leading}, tolerates a learning rate of {limit:.3g} with all rows in one batch, but the noise of"
                " minibatches of {batch_size} row only about {batch_limit:.3g}.",
                "The run diverged and ended after {step} updates: the largest eigenvalue, {eigenvalue:.4g} along"
                " {leading}, tolerates a learning rate of {limit:.3g} with all rows in one batch, but the noise of"
                " minibatches of {batch_size} rows only about {batch_limit:.3g}.",
                self.batch_size,
            )
        text = cause.format(**{**vars(self), "leading": ", ".join(self.leading)}, learning_rate=learning_rate)
        return f"{text} {self.remedy()}"

    def remedy(self) -> str:
        """Return the sentence that names the rates that work."""
        if self.standardised_rate is None:
            return _("A learning rate of {rate:.2g} works.").format(rate=self.working_rate)
        return _("A learning rate of {rate:.2g} works, or standardised features with {scaled:.2g}.").format(
            rate=self.working_rate, scaled=self.standardised_rate
        )


def find_divergence(
    problem: Problem, path: Path, settings: Settings, names: Sequence[str] | None, standardised: bool
) -> Divergence | None:
    """Return why the run diverged, or None if it did not."""
    if not is_diverged(problem, path, settings):
        return None
    X, rate = problem.X, working_rate(problem, path, settings)
    scaled_rate = None
    if not standardised and settings.optimizer != "adam":
        scaled_rate = _half_the_limit(fit_scaling(X).transform(X), settings)
    eigenvalue, direction = top_direction(np.column_stack([X, np.ones(len(X))]))
    last = len(X) % settings.batch_size or settings.batch_size
    batch = settings.batch_size if settings.learning_rate > _batch_limit(X, settings, settings.batch_size) else last
    return Divergence(
        step=path.updates,
        eigenvalue=eigenvalue,
        direction=direction,
        leading=_leading(direction, names),
        limit=largest_rate(X, settings),
        batch_size=batch,
        batch_limit=_batch_limit(X, settings, batch),
        working_rate=rate,
        standardised_rate=scaled_rate if scaled_rate and scaled_rate > _WORTH_SCALING * rate else None,
    )


def is_diverged(problem: Problem, path: Path, settings: Settings) -> bool:
    """Say whether a run diverged.

    It did if the loss passed the ceiling; if it ended with a larger gap than it began with, at a rate above the limit;
    or if it ended hopelessly far off. Jitter around the closed form, at a rate below the limit, is none of them.
    """
    if path.ran_away:
        return True
    first, last = path.gaps[[0, -1]]
    if path.stopped or not last > first:
        return False
    if last > _HOPELESS * (first + problem.y.var()) or settings.learning_rate > largest_rate(problem.X, settings):
        return True
    limit = _batch_limit(problem.X, settings, settings.batch_size)
    return settings.optimizer == "sgd" and settings.learning_rate > limit


def largest_rate(X: Array, settings: Settings) -> float:
    """Return the largest stable rate for all rows in one batch; infinity for Adam, whose steps are bounded.

    Momentum β takes (1 + β) times the rate of plain descent (Polyak 1964, "Some methods of speeding up the convergence
    of iteration methods").
    """
    if settings.optimizer == "adam":
        return math.inf
    return stability_limit(X) * (1.0 + settings.momentum if settings.optimizer == "momentum" else 1.0)


def working_rate(problem: Problem, path: Path, settings: Settings) -> float:
    """Return a rate that works: half of the limit, or for Adam one whose steps are small beside the first gap.

    With every parameter within ten steps of the closed form the gap is at most half of (10 η)² Σ|H|.
    """
    if settings.optimizer == "adam":
        root = problem.bowl.augmented()
        gap = float(path.gaps[0]) or float(problem.y.var()) or 1.0
        return _round_down(0.1 * math.sqrt(gap / np.abs(root.T @ root).sum()))
    return _half_the_limit(problem.X, settings)


def _half_the_limit(X: Array, settings: Settings) -> float:
    last = len(X) % settings.batch_size or settings.batch_size
    return _round_down(0.5 * min(_batch_limit(X, settings, size) for size in {settings.batch_size, last}))


def _batch_limit(X: Array, settings: Settings, batch_size: int) -> float:
    """Return the rate that minibatches of this size tolerate; momentum adds up to 1/(1 - β) updates."""
    if settings.optimizer == "adam":
        return math.inf
    return stability_limit(X, batch_size) * (1.0 - settings.momentum if settings.optimizer == "momentum" else 1.0)


def _leading(direction: Array, names: Sequence[str] | None) -> tuple[str, ...]:
    """Name the columns, three at most, that together make nine tenths of the direction."""
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
