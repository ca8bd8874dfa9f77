"""Regression: a line learned by gradient descent, beside the closed form.

What the gap is measured against is exact to the last digits.
"""

from core.errors import InputError
from core.formatting import format_general, format_number
from core.language import _
from core.problems.miniature import Miniature
from core.problems.regression.code import build_code
from core.problems.regression.panels import build_panels
from core.problems.regression.rows import diabetes
from core.problems.regression.run import train
from core.problems.regression.texts import build_figures, build_guess, describe_frame, describe_run, oracle, question
from core.problems.rows import Rows

EPOCHS = (1, 100)
RATES = (1e-9, 10.0)


def miniature(
    *,
    seed: int = 0,
    rows: Rows | None = None,
    feature: str = "",
    features: str = "one",
    rate: float = 0.1,
    batch_size: int = 0,
    epochs: int = 30,
    standardise: bool = True,
    movable: bool = False,
) -> Miniature:
    """Return a run of gradient descent on rows whose last column is the target; without rows, the diabetes data.

    `feature` is the name of the feature that is drawn; if there is none of this name, it is the one whose correlation
    with the target is largest. `features` "one" learns from it alone, "all" from all of them. `batch_size` 0 is all
    rows, as is one larger than that. With `movable` the points can be dragged.
    Raises InputError for settings that are out of range, rows without a feature, and values beyond 1e100.
    """
    rows = diabetes() if rows is None else rows
    if rows.X.shape[1] < 2 or not len(rows.X):
        raise InputError(_("At least one row, a feature and a target are needed; choose another table."))
    _check_range(_("The learning rate"), rate, RATES)
    _check_range(_("The number of epochs"), epochs, EPOCHS)
    if not batch_size >= 0:
        raise InputError(
            _("The size of a minibatch has to be 0 or more; got {got}.").format(got=format_number(batch_size))
        )
    if features not in ("one", "all"):
        raise InputError(
            _("A model learns from one feature or from all; got {got}. Choose one of them.").format(got=features)
        )
    run = train(rows, feature, features, rate, batch_size, epochs, standardise, seed)
    return Miniature(
        question=question(run),
        frames=[describe_frame(run, frame) for frame in range(len(run.updates))],
        panels=build_panels(run, movable),
        guess=build_guess(run),
        figures=build_figures(run),
        sentence=describe_run(run),
        oracle=oracle(),
        code=build_code(run),
    )


def _check_range(name: str, value: float, bounds: tuple[float, float]) -> None:
    if not bounds[0] <= value <= bounds[1]:
        low, high, got = (format_general(number) for number in (*bounds, value))
        raise InputError(
            _("{name} has to be between {low} and {high}; got {got}.").format(name=name, low=low, high=high, got=got)
        )
