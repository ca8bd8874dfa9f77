"""The source of rows to predict: the table in use, or synthetic data."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from core.preprocessing import FittedColumn
from core.preprocessing.column_types.infer import is_missing
from dashboard.pipeline import tables
from dashboard.pipeline.tables import Preparation
from dashboard.pipeline.training import Problem
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

if TYPE_CHECKING:
    import torch

STEPS = 200  # that a slider has at least, from end to end
_LARGEST = 1e15  # above it a slider in the browser cannot hold every whole number


@dataclass(frozen=True)
class Field:
    """One column that the visitor can set. `key` names its widget.

    `features` are the names of its features. A number has the range (low, high) that the training rows span,
    and a step for the slider over it. A choice has its levels, and `seen`, those that the training rows have. A date
    may need a time of day, and spans from the earliest to the latest of the training rows.
    """

    name: str
    kind: Literal["number", "choice", "date"]
    key: str
    features: tuple[str, ...]
    low: float = math.nan
    high: float = math.nan
    step: float = 1.0
    levels: tuple[float, ...] | tuple[str, ...] = ()
    seen: frozenset[float | str] = frozenset()
    with_time: bool = False
    span: tuple[pd.Timestamp, pd.Timestamp] | None = None

    @property
    def slides(self) -> bool:
        """Whether there is a range to slide over."""
        return self.low < self.high and max(abs(self.low), abs(self.high)) < _LARGEST


@dataclass(frozen=True, eq=False)
class Source:
    """Rows to start from, and the function from rows to features.

    `frame` holds all rows, a column for each field; `labels` those of the rows in the units of the table, NaN where
    there is none; `held_out` marks the rows that were not trained on. `make` turns rows into the features before powers
    and products, and notes.
    """

    key: str
    fields: tuple[Field, ...]
    frame: pd.DataFrame
    labels: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    held_out: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    make: Callable[[pd.DataFrame], tuple["torch.Tensor", tuple[str, ...]]]


def source(problem: Problem) -> Source:
    """Return where the rows of this problem come from."""
    if settings.value("train_source") == "synthetic":
        return _synthetic(problem)
    ready = tables.preparation()
    return _of_table(ready.key, ready, tables.table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _of_table(key: str, _ready: Preparation, _frame: pd.DataFrame) -> Source:
    columns = _ready.fitted.columns
    train = _frame.loc[_ready.train]
    name = state.digest(tables.table_key().encode())[:8]
    rows = _frame.index.get_indexer(_ready.prepared.rows)
    labels = np.full(len(_frame), np.nan)
    prepared = _ready.prepared
    labels[rows] = (prepared.y if prepared.untransformed is None else prepared.untransformed).numpy()

    def make(frame: pd.DataFrame) -> tuple["torch.Tensor", tuple[str, ...]]:
        made = _ready.fitted.features(frame)
        return made.X, made.notes

    return Source(
        key=f"{name} {state.digest(key.encode())}",
        fields=tuple(_field(column, train[column.plan.column], name) for column in columns),
        frame=_frame[[column.plan.column for column in columns]],
        labels=labels,
        held_out=np.asarray(_frame.index.isin(_ready.test)),
        make=make,
    )


def _field(column: FittedColumn, values: pd.Series, table: str) -> Field:
    """Return the field for a column, given the values of its training rows."""
    plan = column.plan
    key = f"compare_value_{table}_{plan.encode}_{plan.column}"
    present = values[~is_missing(values)]
    if plan.encode == "date":
        moments = pd.to_datetime(present)
        clock = "hour" in plan.parts or bool((moments.dt.normalize() != moments).any())
        return Field(
            plan.column, "date", key, column.feature_names, with_time=clock, span=(moments.min(), moments.max())
        )
    if plan.encode == "number":
        return _number(plan.column, key, column.feature_names, present.to_numpy(dtype=np.float64))
    levels = tables.levels(plan.column)
    seen = frozenset(float(value) if levels and isinstance(levels[0], float) else str(value) for value in set(present))
    return Field(plan.column, "choice", key, column.feature_names, levels=levels, seen=seen)


def _number(
    name: str, key: str, features: tuple[str, ...], values: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> Field:
    """Return a field for a number, with a step of 1, 10, 0.1, … that makes at least `STEPS` of its range."""
    finite = values[np.isfinite(values)]
    if not len(finite) or finite.min() == finite.max():
        edge = float(finite[0]) if len(finite) else math.nan
        return Field(name, "number", key, features, low=edge, high=edge)
    low, high = float(finite.min()), float(finite.max())
    step = 10.0 ** math.floor(math.log10(high / STEPS - low / STEPS))
    if (finite == np.rint(finite)).all():
        step = max(step, 1.0)
    return Field(name, "number", key, features, low, high, step)


def _synthetic(problem: Problem) -> Source:
    """Return the synthetic rows, those held out first, as they were drawn. Powers and products have no fields."""
    import torch

    parts = [part for part in (problem.X_test, problem.X_train) if part is not None]
    labels = [part for part in (problem.y_test, problem.y_train) if part is not None]
    names = problem.feature_names[: len(problem.expansion.centre) if problem.expansion else None]
    X = torch.cat(parts).numpy()[:, : len(names)]
    held_out = np.arange(len(X)) < len(X) - len(problem.y_train)
    return Source(
        key=problem.key,
        fields=tuple(
            _number(name, f"compare_value_synthetic_{name}", (name,), X[~held_out, position])
            for position, name in enumerate(names)
        ),
        frame=pd.DataFrame(X, columns=pd.Index(names)),
        labels=torch.cat(labels).numpy(),
        held_out=held_out,
        make=lambda frame: (torch.from_numpy(frame.to_numpy(dtype=np.float64, copy=True)), ()),
    )
