"""A self-test of about a second: what the lab computes everywhere, each time against a known answer.

A check that stops is reported by the kind of the exception and the place in the lab's own code, never by its message,
which can hold paths and names of a person.
"""

import math
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.formatting import format_general, format_list
from core.language import N_, _

Numbers = Sequence[float]

HOUSES = b"NumRooms,Alley,Price\nNA,Pave,127500\n2,NA,106000\n4,NA,178100\nNA,NA,140000\n"
WEIGHTS, BIAS, ROWS = (2.0, -3.4), 4.2, 200


@dataclass(frozen=True)
class Check:
    """One check, with its result.

    Attributes:
        name: what is computed.
        expected: the known answer.
        got: the computed answer, None if the check stopped.
        tolerance: how far each number may be from the known one.
        error: the kind of the exception that stopped the check, "" if none did.
        place: the module and the line of the lab where it stopped, "" if none.
        seconds: how long the check took.
    """

    name: str
    expected: tuple[float, ...]
    got: tuple[float, ...] | None
    tolerance: float
    error: str
    place: str
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether all numbers are there and near enough; NaN is near nothing."""
        if self.got is None or len(self.got) != len(self.expected):
            return False
        pairs = zip(self.got, self.expected, strict=True)
        return all(math.isclose(got, known, rel_tol=0, abs_tol=self.tolerance) for got, known in pairs)

    @property
    def sentence(self) -> str:
        """What went wrong, as a sentence; "" if the check passed."""
        if self.passed:
            return ""
        if self.got is None:
            template = _("“{name}” stopped with {error} ({place}).")
            return template.format(name=self.name, error=self.error, place=self.place or _("outside the lab"))
        template = _("“{name}” should give {expected}, and gave {got}.")
        return template.format(name=self.name, expected=written(self.expected), got=written(self.got))


@dataclass(frozen=True)
class Trial:
    """What a check computes.

    Attributes:
        name: what is computed, translated when it is shown.
        expected: returns the known answer.
        compute: returns the answer.
        tolerance: how far each number may be from the known one.
    """

    name: str
    expected: Callable[[], Numbers]
    compute: Callable[[], Numbers]
    tolerance: float = 0.0


def run_self_test() -> tuple[Check, ...]:
    """Run all checks."""
    return tuple(map(run_trial, TRIALS))


def run_trial(trial: Trial) -> Check:
    """Run one check. Whatever it raises is a result, for a broken installation can raise anything."""
    start = time.perf_counter()
    expected: tuple[float, ...] = ()
    got, error, place = None, "", ""
    try:
        expected = tuple(map(float, trial.expected()))
        got = tuple(map(float, trial.compute()))
    except Exception as problem:
        error, place = type(problem).__name__, _place(problem)
    return Check(trial.name, expected, got, trial.tolerance, error, place, time.perf_counter() - start)


def _place(problem: Exception) -> str:
    """Return the innermost line of the lab's own code in a trace, by its module: a file's name may hold a person's."""
    frames = [(frame.f_globals.get("__name__", ""), line) for frame, line in traceback.walk_tb(problem.__traceback__)]
    ours = [f"{module}:{line}" for module, line in frames if module.startswith("core.") and module != __name__]
    return ours[-1] if ours else ""


def written(numbers: Numbers) -> str:
    """Return numbers as a list, each with six significant digits.

    >>> written([0.0, 4.0, -3.4])
    '0, 4, -3.4'
    """
    return format_list(map(format_general, numbers))


def _matrix_times_vector() -> Numbers:
    import torch

    product: Numbers = (torch.arange(20.0).reshape(5, 4) @ torch.arange(4.0)).tolist()
    return product


def _gradient_by_torch() -> Numbers:
    import torch

    x = torch.arange(4.0, requires_grad=True)
    (2 * torch.dot(x, x)).backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    gradient: Numbers = x.grad.tolist()
    return gradient


def _gradient_by_the_engine() -> Numbers:
    from core.autograd.engine import apply, backward, constant, leaf

    x = leaf([0.0, 1.0, 2.0, 3.0])
    end = apply("multiply", constant(2.0), apply("dot", x, x))
    gradient: Numbers = backward(end)[x].tolist()
    return gradient


def _closed_form() -> Numbers:
    from core.regression import make_synthetic, solve_closed_form

    X, y = make_synthetic(n=ROWS, weights=list(WEIGHTS), bias=BIAS, noise=0, seed=0)
    fit = solve_closed_form(X, y)
    return [*map(float, fit.weights), float(fit.bias)]


def _sgd() -> Numbers:
    from core.regression import make_synthetic, train_sgd

    X, y = make_synthetic(n=ROWS, weights=list(WEIGHTS), bias=BIAS, noise=0, seed=0)
    run = train_sgd(X, y, learning_rate=0.1, batch_size=10, epochs=20, seed=0)
    return [*map(float, run.weights), float(run.bias)]


def _csv() -> Numbers:
    from core.preprocessing import read_table

    frame = read_table(HOUSES).frame
    missing = int(frame.isna().sum().sum())
    return [*frame.shape, missing, float(frame["NumRooms"].mean()), float(frame["Price"].mean())]


TRIALS = (
    Trial(N_("A matrix times a vector in torch"), lambda: (14, 38, 62, 86, 110), _matrix_times_vector),
    Trial(N_("The gradient of 2 · dot(x, x) by torch autograd"), lambda: (0, 4, 8, 12), _gradient_by_torch),
    Trial(N_("The same gradient by the lab's own engine"), lambda: (0, 4, 8, 12), _gradient_by_the_engine),
    Trial(N_("The closed form on rows without noise: the true weights and bias"), lambda: (*WEIGHTS, BIAS),
          _closed_form, 1e-9),
    Trial(N_("Minibatch SGD on the same rows: the closed form"), _closed_form, _sgd, 1e-6),
    Trial(N_("A CSV of four houses: rows, columns, missing cells, two means"),
          lambda: (4, 3, 5, 3, 137_900), _csv),
)  # fmt: skip
