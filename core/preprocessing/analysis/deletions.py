"""Deleting what is missing, beside filling it: the lines of pandas, run on a table, and what each of them loses."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from core.code_runner import Execution, run
from core.preprocessing.column_types.infer import as_numbers, is_missing

Way: TypeAlias = Literal["nothing", "rows", "column", "column_and_rows", "fill"]


@dataclass(frozen=True, eq=False)
class Deletion:
    """One way to deal with missing values, and what is left.

    Attributes:
        way: which one.
        run: its lines, run; they leave `kept`.
        rows: how many are left.
        columns: how many are left, the label included.
        missing: how many missing inputs are left.
        lost: how many known cells, labels included, were deleted.
        mean: of the label in the rows that are left, NaN without a row or a label.
        spread: its standard deviation, n in the divisor.
        dropped: the column that was deleted, None if none was.
    """

    way: Way
    run: Execution
    rows: int
    columns: int
    missing: int
    lost: int
    mean: float
    spread: float
    dropped: str | None = None


def compare_deletions(data: pd.DataFrame, target: str | None) -> tuple[Deletion, ...]:
    """Return what is left after each way: nothing done, rows, the emptiest column, both, and numbers filled.

    Rows without a label are no part of it, and an infinite number counts as missing. A table without a missing input
    gives nothing. The table is not changed.

    >>> frame = pd.DataFrame({"a": [1.0, None], "b": [None, None], "y": [1, 2]})
    >>> [(each.way, each.rows, each.columns) for each in compare_deletions(frame, "y")][1:4]
    [('rows', 0, 3), ('column', 2, 2), ('column_and_rows', 1, 2)]
    """
    plain = data.mask(pd.DataFrame({name: is_missing(data[name]) for name in data}, index=data.index))
    plain.attrs = {}
    plain = plain if target is None else plain[plain[target].notna()]
    inputs = plain if target is None else plain.drop(columns=[target])
    if not inputs.isna().any(axis=None):
        return ()
    emptiest = str(inputs.isna().sum().idxmax())
    known = int(plain.notna().to_numpy().sum())
    found = []
    for way, code in _lines(target).items():
        execution, variables = run(code, {"data": plain}, ["kept"])
        if execution.worked:
            dropped = emptiest if way in ("column", "column_and_rows") else None
            found.append(_measure(way, execution, variables["kept"], target, known, dropped))
    return tuple(found)


def _lines(target: str | None) -> Mapping[Way, str]:
    inputs = "data" if target is None else f"data.drop(columns=[{target!r}])"
    column = f"emptiest = {inputs}.isna().sum().idxmax()\nkept = data.drop(columns=emptiest)"
    return MappingProxyType({
        "nothing": "kept = data",
        "rows": "kept = data.dropna()",
        "column": column,
        "column_and_rows": f"{column}.dropna()",
        "fill": "kept = data.fillna(data.mean(numeric_only=True))",
    })  # fmt: skip


def _measure(
    way: Way, execution: Execution, kept: pd.DataFrame, target: str | None, known: int, dropped: str | None
) -> Deletion:
    inputs = kept if target is None else kept.drop(columns=[target])
    labels = np.empty(0) if target is None else as_numbers(kept[target], target)
    left = int(kept.notna().to_numpy().sum())
    mean, spread = (float(labels.mean()), float(labels.std())) if len(labels) else (np.nan, np.nan)
    lost = 0 if way == "fill" else known - left
    options: dict[str, Any] = {"dropped": dropped}
    return Deletion(
        way, execution, len(kept), kept.shape[1], int(inputs.isna().to_numpy().sum()), lost, mean, spread, **options
    )
