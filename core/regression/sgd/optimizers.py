"""The optimizers, a row each: their parameters, their names, and the rule as a formula, as a script and in torch.

A new optimizer is a row of `OPTIMIZERS`, and a branch of `kernel.descend` that makes its updates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from core.language import _, ngettext
from core.regression.sgd import kernel

if TYPE_CHECKING:
    import torch

Words: TypeAlias = Callable[[], str]  # looked up when they are shown, in the language of whoever reads them


@dataclass(frozen=True)
class Parameter:
    """A parameter that only some optimizers have.

    Attributes:
        name: in `train_sgd` and in scripts.
        label: on its slider.
        word: in lists of settings.
        help: the help text of the slider.
        default: where none is given.
        high: the upper end of the slider.
        step: of the slider.
        low: the smallest value allowed.
        below: all values allowed are smaller.
    """

    name: str
    label: Words
    word: Words
    help: Words
    default: float
    high: float
    step: float = 0.01
    low: float = 0.0
    below: float = 1.0


@dataclass(frozen=True)
class Optimizer:
    r"""One rule for an update, given the mean gradient g of a minibatch with the penalty's share.

    In formula and first_step, $rate and $<parameter> are replaced by numbers, and in first_step $slope for the
    gradient, $enclosed for the same in brackets if it is negative, $size for its size.

    Attributes:
        name: what `train_sgd`, links and session files call it.
        label: its name on a button.
        word: its name within a sentence.
        rule: its branch in `kernel.descend`.
        scratch: the function whose source goes into a script.
        update: the lines of the script that call it.
        torch: the class of `torch.optim`, and the arguments beyond lr.
        formula: LaTeX of an update, a line each.
        first_step: LaTeX of what the first update takes off.
        parameters: its own ones, in the order in which its branch gets them.
        memory: how many rows (d + 1,) its branch keeps from update to update.
        state: the lines before the loop of the script.
        about: the text next to the update on the stage.
        step: the name and the formula of what is multiplied by the rate there, None for the gradient itself.
        has_spectrum: whether updates on all rows follow e⁺ = (1 + β - ηλ) e - β e⁻ along an eigenvector, β being its
            parameter momentum or 0: then there is a largest stable rate, and a run can be forecast.
        rate_note: what limits the rate instead, without such a spectrum.
        divergence: why a run diverged, without such a spectrum, with {step}, {learning_rate}, {eigenvalue} and
            {leading}.
        span_note: why updates leave the span of the rows, None if they stay in it.
    """

    name: str
    label: Words
    word: Words
    rule: int
    scratch: Callable[..., object]
    update: tuple[str, ...]
    torch: tuple[str, tuple[str, ...]]
    formula: tuple[str, ...]
    first_step: str = r"$rate \cdot $enclosed"
    parameters: tuple[Parameter, ...] = ()
    memory: int = 0
    state: tuple[str, ...] = ()
    about: Words | None = None
    step: tuple[str, str] | None = None
    has_spectrum: bool = True
    rate_note: Words | None = None
    divergence: Callable[[int], str] | None = None
    span_note: Words | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is plain descent, whose stability and noise with minibatches are known exactly."""
        return self.has_spectrum and not self.parameters


def sgd(params: list[torch.Tensor], learning_rate: float) -> None:
    """Move each parameter against its gradient, then set the gradient to zero, for gradients accumulate."""
    with torch.no_grad():
        for param in params:
            param.sub_(learning_rate * param.grad)
            param.grad.zero_()


def with_momentum(
    params: list[torch.Tensor], velocities: list[torch.Tensor], learning_rate: float, momentum: float
) -> None:
    """Move each parameter by its velocity, which remembers the gradients of the past."""
    with torch.no_grad():
        for param, velocity in zip(params, velocities, strict=True):
            velocity.mul_(momentum).add_(param.grad)
            param.sub_(learning_rate * velocity)
            param.grad.zero_()


def adam(
    params: list[torch.Tensor],
    means: list[torch.Tensor],
    squares: list[torch.Tensor],
    learning_rate: float,
    step: int,
) -> None:
    """Move each parameter by the mean of its gradients over the root of the mean of their squares; step counts from 1.

    Both means begin at 0, which dividing by 1 - 0.9^step and 1 - 0.999^step corrects.
    """
    with torch.no_grad():
        for param, mean, square in zip(params, means, squares, strict=True):
            mean.mul_(0.9).add_(0.1 * param.grad)
            square.mul_(0.999).add_(0.001 * param.grad**2)
            root = (square / (1 - 0.999**step)).sqrt()
            param.sub_(learning_rate * mean / (1 - 0.9**step) / (root + 1e-8))
            param.grad.zero_()


MOMENTUM = Parameter(
    name="momentum",
    label=lambda: _("Momentum β"),
    word=lambda: _("momentum"),
    help=lambda: _(
        "The share of the last step that goes into the next one. In all, each gradient counts 1/(1 − β) times."
    ),
    default=0.9,
    high=0.99,
)

_ROWS = (
    Optimizer(
        name="sgd",
        label=lambda: _("SGD"),
        word=lambda: _("plain SGD"),
        rule=kernel.SGD,
        scratch=sgd,
        update=("sgd([w, b], learning_rate)",),
        torch=("SGD", ()),
        formula=(r"w &\leftarrow w - \eta\, g", r"&= w - $rate\, g"),
    ),
    Optimizer(
        name="momentum",
        label=lambda: _("Momentum"),
        word=lambda: _("momentum"),
        rule=kernel.MOMENTUM,
        parameters=(MOMENTUM,),
        memory=1,
        scratch=with_momentum,
        state=("velocities = [torch.zeros_like(w), torch.zeros_like(b)]",),
        update=("with_momentum([w, b], velocities, learning_rate, momentum)",),
        torch=("SGD", ("momentum=momentum",)),
        formula=(
            r"v &\leftarrow \beta v + g = $momentum\, v + g",
            r"w &\leftarrow w - \eta\, v = w - $rate\, v",
        ),
        about=lambda: _("v is the velocity: this gradient, and a decaying sum of the earlier ones."),
        step=("v", "v ← β v + g"),
    ),
    Optimizer(
        name="adam",
        label=lambda: _("Adam"),
        word=lambda: _("Adam"),
        rule=kernel.ADAM,
        memory=2,
        scratch=adam,
        state=(
            "means, squares, step = [torch.zeros_like(w), torch.zeros_like(b)], "
            "[torch.zeros_like(w), torch.zeros_like(b)], 0",
        ),
        update=("step += 1", "adam([w, b], means, squares, learning_rate, step)"),
        torch=("Adam", ()),
        formula=(
            r"m &\leftarrow 0.9\, m + 0.1\, g, \quad s \leftarrow 0.999\, s + 0.001\, g^2",
            r"\hat m &= \frac{m}{1 - 0.9^t}, \quad \hat s = \frac{s}{1 - 0.999^t}",
            r"w &\leftarrow w - $rate\, \frac{\hat m}{\sqrt{\hat s} + 10^{-8}}",
        ),
        first_step=r"$rate \cdot \frac{$slope}{$size}",
        about=lambda: _(
            "Adam divides a running mean of the gradients by the root of a running mean of their squares: r is that "
            "ratio."
        ),
        step=("r", "r = m̂ / (√v̂ + ε)"),
        has_spectrum=False,
        rate_note=lambda: _(
            "Adam divides each gradient by its own size, so a step is about η however steep the loss: no eigenvalue "
            "limits its learning rate. With too large a rate it keeps oscillating around the closed form."
        ),
        divergence=lambda step: ngettext(
            "The run diverged: after {step} update its loss is far above that of the start. Adam moves every "
            "parameter by about the learning rate in each update, however small the gradient, and {learning_rate} "
            "is too large here, where the largest eigenvalue is {eigenvalue} along {leading}.",
            "The run diverged: after {step} updates its loss is far above that of the start. Adam moves every "
            "parameter by about the learning rate in each update, however small the gradient, and {learning_rate} "
            "is too large here, where the largest eigenvalue is {eigenvalue} along {leading}.",
            step,
        ),
        span_note=lambda: _(
            "Adam is different: it divides each entry of the gradient by its own size, which turns the step out of "
            "the span."
        ),
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {row.name: row for row in _ROWS}

PARAMETERS: dict[str, Parameter] = {each.name: each for row in _ROWS for each in row.parameters}  # of all of them
