"""The settings of a run of minibatch SGD: each with its default and its check, in one place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import InputError
from core.formatting import format_general, format_list
from core.language import _
from core.regression.data.minibatches import SHUFFLES, check_seed
from core.regression.data.validation import check_count, check_positive, check_size
from core.regression.sgd.optimizers import OPTIMIZERS, PARAMETERS, Optimizer, Parameter

_MOST_VISITS = 10**11  # rows times epochs: about an hour


@dataclass(frozen=True)
class SgdConfig:
    """How SGD is run: the arguments of `train_sgd` of the same names, checked at construction.

    Raises InputError for a value that is out of range, and TypeError for an option that no optimizer has. What depends
    on the rows is checked by `check_rows`, and `initial` once the number of columns is known. Nothing is clipped.

    Attributes:
        learning_rate: η.
        batch_size: rows in a minibatch.
        epochs: passes over the rows.
        seed: of the initial parameters and the order of the rows.
        standardise: whether features are centred and scaled first.
        optimizer: a name of `OPTIMIZERS`.
        options: the parameters that optimizers have of their own, as pairs or as a mapping from name to number; kept
            are pairs, one for each parameter of `PARAMETERS`, with its default where none is given.
        shuffle: when rows are put in a new order.
        start_spread: the standard deviation of the initial weights.
        penalty: λ of loss + λ/2 · ‖w‖².
        early_stopping: how many epochs the test loss may not fall; None trains all epochs.
        initial: weights (d,) and bias in the units of the table, where training begins; None draws them from the seed.

    >>> SgdConfig(optimizer="momentum").momentum
    0.9
    """

    learning_rate: float = 0.03
    batch_size: int = 10
    epochs: int = 3
    seed: int = 0
    standardise: bool = False
    optimizer: str = "sgd"
    options: Mapping[str, float] | tuple[tuple[str, float], ...] = ()
    shuffle: str = "every_epoch"
    start_spread: float = 0.01
    penalty: float = 0.0
    early_stopping: int | None = None
    initial: tuple[Any, float] | None = None

    def __post_init__(self) -> None:
        """Check every setting, and hold it as a plain number."""
        _check_known(self.optimizer, "optimizer", OPTIMIZERS)
        _check_known(self.shuffle, "shuffle", SHUFFLES)
        checked = {
            "learning_rate": check_positive(self.learning_rate, "learning_rate"),
            "batch_size": check_count(self.batch_size, "batch_size"),
            "epochs": check_count(self.epochs, "epochs"),
            "seed": check_seed(self.seed),
            "options": _check_options(dict(self.options)),
            "start_spread": check_size(self.start_spread, "start_spread"),
            "penalty": check_size(self.penalty, "penalty"),
        }
        if self.early_stopping is not None:
            checked["early_stopping"] = check_count(self.early_stopping, "early_stopping")
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, **settings: Any) -> SgdConfig:  # noqa: ANN401 - checked at construction
        """Return the config of these settings, in which options of optimizers may stand like all others.

        >>> SgdConfig.of(epochs=5, optimizer="momentum", momentum=0.5).momentum
        0.5
        """
        own = {name: settings.pop(name) for name in PARAMETERS if name in settings}
        return cls(**settings, options={**dict(settings.pop("options", ())), **own})

    @property
    def rule(self) -> Optimizer:
        """The row of its optimizer."""
        return OPTIMIZERS[self.optimizer]

    @property
    def own(self) -> dict[str, float]:
        """The parameters of its optimizer, in their order."""
        known = dict(self.options)
        return {each.name: known[each.name] for each in self.rule.parameters}

    @property
    def momentum(self) -> float:
        """The momentum β; 0 if its optimizer has none."""
        return self.own.get("momentum", 0.0)

    def check_rows(self, n: int) -> None:
        """Raise InputError if n rows are fewer than a batch, or too many for this number of epochs."""
        check_count(self.batch_size, "batch_size", n)
        if self.epochs * n > _MOST_VISITS:
            raise InputError(
                _("{epochs} epochs of {n} rows would take hours; ask for fewer epochs.").format(epochs=self.epochs, n=n)
            )


def _check_known(value: object, name: str, known: Collection[str]) -> None:
    if value not in known:
        raise InputError(
            _("{name} has to be one of {known}; {value} came.").format(name=name, known=format_list(known), value=value)
        )


def _check_options(given: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    unknown = given.keys() - PARAMETERS.keys()
    if unknown:
        raise TypeError(f"no optimizer has an option {sorted(unknown)[0]!r}")
    return tuple(
        (name, _check_option(given.get(name, parameter.default), parameter)) for name, parameter in PARAMETERS.items()
    )


def _check_option(value: object, parameter: Parameter) -> float:
    low, below = parameter.low, parameter.below
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value < below:
        raise InputError(
            _("{name} has to be at least {low} and below {below}; {value} came.").format(
                name=parameter.name, low=format_general(low), below=format_general(below), value=value
            )
        )
    return float(value)
