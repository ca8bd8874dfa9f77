"""What the miniature of causes computes from rows: slopes without and with the class, and two twins that fit them."""

from dataclasses import dataclass, field

import numpy as np

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.problems.causes.confounder import (
    SlopeFit,
    Twins,
    fit_slope,
    kept_classes,
    one_hot,
    slid_together,
    slopes_by_class,
)
from core.problems.rows import Array, Places, Rows

MOST_CLASSES = 12
LARGEST = 1e100  # whose square is still a number
SLIDES = 20  # frames in which the classes are slid together
ROUNDS = 20  # frames in which do() is carried out
DRAWS = 400  # of each twin at each value, in all rounds
VALUES = 7  # that x is set to


@dataclass(frozen=True, eq=False)
class RowsRun:
    """What was computed from the rows; all of it without a choice of seed but the draws of the twins.

    Attributes:
        x_name: the column across.
        y_name: the column up.
        label: what the classes are classes of, such as species.
        x: (n,).
        y: (n,).
        classes: (n,), numbered from 0.
        names: of the classes.
        overall: the regression without the class.
        held: the regression with the class.
        within: the slope in each class, None where x does not vary.
        twins: the two structural models that fit the rows equally well.
        set_to: (VALUES,), the values that x is set to.
        drawn: (2, ROUNDS, VALUES), the mean of y in both twins after each round.
    """

    x_name: str
    y_name: str
    label: str
    x: Array = field(repr=False)
    y: Array = field(repr=False)
    classes: Places = field(repr=False)
    names: list[str]
    overall: SlopeFit
    held: SlopeFit
    within: list[SlopeFit | None]
    twins: Twins
    set_to: Array = field(repr=False)
    drawn: Array = field(repr=False)


def rows_run(rows: Rows, x: int, y: int, label: str, seed: int) -> RowsRun:
    """Compute all that the miniature shows.

    Raises InputError for columns that are not there or the same, one class, more than MOST_CLASSES classes, an x that
    does not vary, or not within the classes, and numbers beyond LARGEST.
    """
    columns = rows.X.shape[1]
    if not (0 <= x < columns and 0 <= y < columns and x != y):
        raise InputError(
            _("Two different columns of {count} are needed, but got numbers {x} and {y}; choose two columns.")
            .format(count=format_count(columns), x=x + 1, y=y + 1)
        )  # fmt: skip
    classes, names = kept_classes(rows.need_classes(), rows.classes)
    if len(names) > MOST_CLASSES:
        raise InputError(
            _("At most {most} classes can be drawn, but there are {count}; choose a label with fewer.")
            .format(most=MOST_CLASSES, count=format_count(len(names)))
        )  # fmt: skip
    across, up = rows.X[:, x], rows.X[:, y]
    for name, values in ((rows.names[x], across), (rows.names[y], up)):
        if np.abs(values).max() > LARGEST or 0 < np.ptp(values) < 1 / LARGEST:
            raise InputError(
                _("The numbers in {name} are too large or too close together for float64; change its unit.")
                .format(name=name)
            )  # fmt: skip
    if np.ptp(across) == 0:
        raise InputError(
            _("A slope needs a column that varies, but {name} has one value only; choose another column.")
            .format(name=rows.names[x])
        )  # fmt: skip
    held, twins = fit_slope(across, up, one_hot(classes)), Twins.fit(across, up, classes, len(names))
    set_to = np.linspace(across.min(), across.max(), VALUES)
    within = slopes_by_class(across, up, classes, len(names))
    run = (rows.names[x], rows.names[y], label or _("class"), across, up, classes, names, fit_slope(across, up), held)
    return RowsRun(*run, within, twins, set_to, _drawn_means(twins, set_to, np.random.default_rng(seed)))


def _drawn_means(twins: Twins, set_to: Array, rng: np.random.Generator) -> Array:
    """Return the mean of y in both twins after each round of draws, (2, ROUNDS, VALUES)."""
    each = DRAWS // ROUNDS
    values = np.broadcast_to(set_to, (ROUNDS, each, len(set_to)))
    draws = [twins.draw_when_set(values, forward, rng) for forward in (True, False)]
    counts = each * np.arange(1, ROUNDS + 1)
    return np.stack([draw.sum(axis=1).cumsum(axis=0) / counts[:, None] for draw in draws])


def shares_of(run: RowsRun) -> list[float]:
    """Return for each frame how far the classes are slid together."""
    before = [0.0] * (1 + len(run.names))
    slides = [step / SLIDES for step in range(1, SLIDES + 1)]
    return [*before, *slides, *[1.0] * ROUNDS]


def revealed_in(run: RowsRun) -> list[int]:
    """Return for each frame how many classes are coloured."""
    return [0, *range(1, len(run.names) + 1), *[len(run.names)] * (SLIDES + ROUNDS)]


def slid_slope(run: RowsRun, share: float) -> float:
    """Return the slope through all points with the classes slid together so far."""
    return fit_slope(*(slid_together(values, run.classes, share) for values in (run.x, run.y))).slope
