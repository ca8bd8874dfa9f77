"""Which kinds of learning problems a table and its target can be, and why the others are not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.formatting import format_count, format_list, format_number
from core.language import _
from core.preprocessing.column_types.infer import column_kinds
from core.preprocessing.column_types.values import as_labels, as_numbers, is_missing

FEW = 10  # different numbers that may be classes too
MOST_CLASSES = 20
LEAST_ROWS = 8
RATINGS = 12  # different numbers that a scale of ratings has at most
LEAST_ITEMS = 3  # columns of ratings
SHOWN = 3  # names in a sentence
PAIRED = 12  # columns of numbers whose pairs are looked at
GROUPED = 4  # columns of classes that are held fixed
ARMS = 12  # classes of a bandit and of a learner from rewards at most
ROUNDING = 1e-9

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Suggestion:
    """A kind that the table can or cannot be.

    Attributes:
        kind: its name in `core.problems.kinds.KINDS`.
        fits: whether the table can be this kind.
        why: one sentence with the columns that decide it.
        strength: 2 where the target asks for it, 1 where the table allows it, 0 where it does not.
    """

    kind: str
    fits: bool
    why: str
    strength: int


@dataclass(frozen=True, eq=False)
class _Table:
    """A table with what the rules ask for: the names of its columns by their use."""

    frame: pd.DataFrame
    kinds: Mapping[str, str]
    target: str | None

    def named(self, *kinds: str) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in kinds]

    def classes(self, name: str) -> list[str]:
        labels = as_labels(self.frame[name])[~is_missing(self.frame[name])]
        return sorted({str(label) for label in labels})

    @property
    def numbers(self) -> list[str]:
        return [name for name in self.named("number") if name != self.target]


def suggest_kinds(frame: pd.DataFrame, target: str | None) -> list[Suggestion]:
    """Return for each kind that can learn from a table whether this one fits, those that fit best first.

    `target` is the column to predict, or None. Columns without a value fit nothing; an empty table fits no kind.
    """
    table = _Table(frame, {str(name): str(kind) for name, kind in column_kinds(frame).items()}, target)
    if len(frame) < LEAST_ROWS:
        why = _("A kind needs {least} rows, and the table has {rows}.").format(
            least=format_count(LEAST_ROWS), rows=format_count(len(frame))
        )
        return [Suggestion(kind, False, why, 0) for kind in _RULES]
    found = [_suggest(kind, table) for kind in _RULES]
    return sorted(found, key=lambda each: -each.strength)


def _suggest(kind: str, table: _Table) -> Suggestion:
    strength, why = next(_RULES[kind](table))
    return Suggestion(kind, strength > 0, why, strength)


Ruling = Iterator[tuple[int, str]]


def _regression(table: _Table) -> Ruling:
    if table.target and table.kinds.get(table.target) == "number":
        yield 2, _("The target “{target}” is a number.").format(target=table.target)
    numbers = table.named("number")
    if numbers:
        yield 1, _("A number can be predicted, such as “{column}”.").format(column=numbers[0])
    yield 0, _("No column holds numbers.")


def _classes(table: _Table) -> Ruling:
    if table.target and (2 <= (count := len(table.classes(table.target))) <= MOST_CLASSES):
        if table.kinds.get(table.target) in ("category", "yes_no", "text"):
            yield 2, _("The target “{target}” has {count} classes.").format(target=table.target, count=count)
        if count <= FEW:
            yield (
                1,
                _("The target “{target}” has {count} different values, which can be classes.").format(
                    target=table.target, count=count
                ),
            )
    found = _class_columns(table)
    if found:
        yield 1, _("A class can be predicted, such as “{column}”.").format(column=found[0])
    yield 0, _("No column has between 2 and {most} classes.").format(most=MOST_CLASSES)


def _class_columns(table: _Table) -> list[str]:
    names = table.named("category", "yes_no")
    return [name for name in names if 2 <= len(table.classes(name)) <= MOST_CLASSES]


def _hierarchy(table: _Table) -> Ruling:
    for fine in _class_columns(table):
        for coarse in _class_columns(table):
            if _nests(table.frame, fine, coarse):
                yield 2, _("Each class of “{fine}” lies within one of “{coarse}”.").format(fine=fine, coarse=coarse)
    large = [name for name in _class_columns(table) if len(table.classes(name)) > 2]
    if large:
        yield 1, _("“{column}” has classes that you can put into groups.").format(column=large[0])
    yield 0, _("No column has three classes or more.")


def _nests(frame: pd.DataFrame, fine: str, coarse: str) -> bool:
    if fine == coarse:
        return False
    known = frame[[fine, coarse]].dropna()
    groups = known.groupby(fine, observed=True)[coarse].nunique()
    counts = known.nunique()
    return bool(counts[fine] > counts[coarse] > 1 and (groups == 1).all())


def _tagging(table: _Table) -> Ruling:
    names = table.named("yes_no")
    if len(names) > 1:
        yield 2, _("{count} columns say yes or no: {names}.").format(count=len(names), names=_names(names))
    yield 0, _("At least two columns of yes and no are needed; the table has {count}.").format(count=len(names))


def _recommendation(table: _Table) -> Ruling:
    names = [name for name in table.named("number") if _is_rating(table.frame[name], name)]
    if len(names) >= LEAST_ITEMS:
        yield (
            2,
            _("{count} columns have missing cells and few different numbers, as ratings do: {names}.").format(
                count=len(names), names=_names(names)
            ),
        )
    yield (
        0,
        _("A table of ratings has missing cells in at least {least} columns of few different numbers.").format(
            least=LEAST_ITEMS
        ),
    )


def _is_rating(values: pd.Series, name: str) -> bool:
    numbers = as_numbers(values, name)
    known = numbers[~np.isnan(numbers)]
    return 0 < len(known) < len(numbers) and 2 <= len(np.unique(known)) <= RATINGS


def _clustering(table: _Table) -> Ruling:
    if len(table.numbers) > 1:
        yield (
            1,
            _("No label is needed: {count} columns of numbers can be put into clusters.").format(
                count=len(table.numbers)
            ),
        )
    yield 0, _("At least two columns of numbers besides the target are needed.")


def _components(table: _Table) -> Ruling:
    if len(table.numbers) > 2:
        yield 1, _("No label is needed: {count} columns of numbers may vary together.").format(count=len(table.numbers))
    yield 0, _("At least three columns of numbers besides the target are needed.")


def _causes(table: _Table) -> Ruling:
    numbers = {name: as_numbers(table.frame[name], name) for name in table.named("number")[:PAIRED]}
    for group in _class_columns(table)[:GROUPED]:
        missing = np.asarray(is_missing(table.frame[group]), dtype=bool)
        labels = np.where(missing, "", as_labels(table.frame[group]).astype(str))
        places = np.where(missing, -1, np.unique(labels, return_inverse=True)[1])
        for across, up in combinations(sorted(numbers), 2):
            slopes = _opposite_slopes(numbers[across], numbers[up], places)
            if slopes:
                yield 2, _("The slope of “{up}” on “{across}” changes its sign once “{group}” is held fixed: "
                           "{overall} and {within}.").format(
                    up=up, across=across, group=group, overall=format_number(slopes[0], 3),
                    within=format_number(slopes[1], 3),
                )  # fmt: skip
    if _class_columns(table) and len(numbers) > 1:
        yield 1, _("A column of classes may explain why two numbers go together.")
    yield 0, _("Two columns of numbers and one of classes are needed.")


def _opposite_slopes(x: Array, y: Array, places: npt.NDArray[np.int64]) -> tuple[float, float] | None:
    """Return the slope over all rows and the one within the classes (places, −1 for none) if their signs differ.

    None if they do not, or if one of them is within two standard errors of 0.
    """
    known = np.isfinite(x) & np.isfinite(y) & (places >= 0)
    x, y, places = x[known], y[known], places[known]
    with np.errstate(over="ignore", invalid="ignore"):
        if len(x) < LEAST_ROWS or not (0 < x.std() < np.inf and 0 < y.std() < np.inf):
            return None
    unit = y.std() / x.std()
    x, y = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
    counts = np.maximum(np.bincount(places), 1)
    inner = [values - (np.bincount(places, weights=values) / counts)[places] for values in (x, y)]
    overall, within = _clear_slope(x, y, 1), _clear_slope(inner[0], inner[1], len(np.unique(places)))
    return (overall * unit, within * unit) if overall * within < 0 else None


def _clear_slope(x: Array, y: Array, means: int) -> float:
    """Return the slope of centred values of size 1 after `means` means were taken off; 0 within two standard errors."""
    spread, freedom = float(x @ x), len(x) - means - 1
    if freedom < 1 or spread < ROUNDING * len(x):
        return 0.0
    slope = float(x @ y) / spread
    error = np.sqrt(float(((y - slope * x) ** 2).sum()) / freedom / spread)
    return slope if abs(slope) > 2 * error + ROUNDING else 0.0


def _online(table: _Table) -> Ruling:
    dates = table.named("date")
    numeric = bool(table.target) and table.kinds.get(str(table.target)) == "number"
    if dates and numeric:
        yield 2, _("“{column}” says when each row was measured, so the law may drift.").format(column=dates[0])
    if numeric:
        yield 1, _("The rows can be learned in their order, one by one.")
    yield 0, _("A target that is a number is needed.")


def _contextual(table: _Table) -> Ruling:
    names = [name for name in _class_columns(table) if len(table.classes(name)) <= ARMS]
    if names:
        yield (
            1,
            _("The classes of “{column}” can be arms, of which only the right one pays.").format(
                column=table.target if table.target in names else names[0]
            ),
        )
    yield 0, _("A column with between 2 and {most} classes is needed.").format(most=ARMS)


def _rewarded(table: _Table) -> Ruling:
    names = [name for name in _class_columns(table) if len(table.classes(name)) <= ARMS]
    if names:
        yield (
            1,
            _("“{column}” can be learned from rewards alone, to see what that costs.").format(
                column=table.target if table.target in names else names[0]
            ),
        )
    yield 0, _("A column with between 2 and {most} classes is needed.").format(most=ARMS)


def _names(names: list[str]) -> str:
    shown = [f"“{name}”" for name in names[:SHOWN]]
    return format_list([*shown, "…"] if len(names) > SHOWN else shown)


_RULES = {
    "regression": _regression,
    "classes": _classes,
    "hierarchy": _hierarchy,
    "tagging": _tagging,
    "recommendation": _recommendation,
    "clustering": _clustering,
    "components": _components,
    "causes": _causes,
    "online": _online,
    "contextual": _contextual,
    "rewarded": _rewarded,
}  # kinds that learn from any table; the others have data of their own
