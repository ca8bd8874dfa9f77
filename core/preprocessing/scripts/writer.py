"""A fitted recipe, written as a script of pandas and torch that reads the file and leaves the same tensors."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from core.preprocessing.reading.options import DEFAULT_MISSING
from core.preprocessing.reading.table import ColumnReading, DateFormat, Reading
from core.preprocessing.scripts.features import marks_gaps, write_column
from core.preprocessing.scripts.helpers import write_helpers
from core.preprocessing.scripts.literals import literal, write_list
from core.preprocessing.scripts.models import model_imports, write_encoded, write_models
from core.preprocessing.scripts.opening import is_cut_by_pandas, modules, write_opening
from core.preprocessing.scripts.rows import write_left_out, write_sample, write_split, write_training_rows
from core.preprocessing.scripts.values import dtype_in_read_csv, write_values

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedRecipe
    from core.preprocessing.recipes.fitted_column import FittedColumn

Split = tuple[float, int]


def write_script(fitted: "FittedRecipe", path: str | None = None, split: Split | None = None) -> str:
    """Return the script; see `FittedRecipe.to_script`.

    Names and values from the table go in through `repr`, and none into a comment: whatever a file calls its columns,
    it cannot write code.
    """
    reading = fitted.reading or _plain_reading(fitted)
    sections = [
        _write_head(fitted, reading),
        write_helpers(fitted, reading),
        [f"path = sys.argv[1] if len(sys.argv) > 1 else {literal(os.fspath(path or reading.path or 'table.csv'))}"],
        [*_write_table(fitted, reading), *write_sample(reading)],
        list(_write_before_rows_go(fitted)),
        list(write_left_out(fitted)),
        list(_write_training(fitted, split)),
        ["# All that is filled in and scaled with was learnt from the training rows alone.", "features = {}"]
        + [line for column in fitted.columns for line in write_column(column)],
        _write_tensors(fitted, split),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _write_head(fitted: "FittedRecipe", reading: Reading) -> list[str]:
    """Write the imports, as isort would sort them."""
    names = modules(reading)
    models = model_imports(fitted.imputer) if fitted.imputer else ([], [])
    own = ["sys", *(name for name in names if name.partition(".")[0] in sys.stdlib_module_names), *models[0]]
    others = ["numpy as np", "pandas as pd", "torch", *(["sklearn"] if fitted.imputer else [])]
    others += [name for name in names if name not in own]
    lines = ['"""Turn a table into tensors: fill the gaps, encode the categories, scale the numbers."""', ""]
    lines += [_import(name) for name in sorted(own)]
    return [*lines, "", *(_import(name) for name in sorted(others)), *models[1]]


def _import(module: str) -> str:
    return "from datetime import date, datetime, time, timedelta" if module == "datetime" else f"import {module}"


def _write_table(fitted: "FittedRecipe", reading: Reading) -> Iterator[str]:
    used = list(_used_columns(fitted, reading))
    types = {column.name: dtype_in_read_csv(reading, column, is_number) for column, is_number in used}
    if not is_cut_by_pandas(reading):
        yield f"missing = {write_list(reading.missing)}"
    yield from write_opening(reading, types)
    for column, is_number in used:
        yield from write_values(reading, column, is_number)


def _used_columns(fitted: "FittedRecipe", reading: Reading) -> Iterator[tuple[ColumnReading, bool]]:
    """Yield the columns that the script needs, in the order of the file, and whether they hold numbers."""
    of_numbers = {column.plan.column: column.of_numbers for column in fitted.columns} | {fitted.recipe.target: True}
    for plan in fitted.recipe.columns:
        if plan.is_kept and plan.fill == "drop_rows":
            of_numbers.setdefault(plan.column, False)
    for column in reading.columns:
        if column.name in of_numbers:
            yield column, of_numbers[column.name]


def _write_before_rows_go(fitted: "FittedRecipe") -> Iterator[str]:
    """Write what looks at all rows of the table: values that no order knows, marks of gaps, values carried forward."""
    for column in fitted.columns:
        if column.plan.encode == "ordinal" and column.plan.fill != "drop_rows":
            place = f"table[{literal(column.plan.column)}]"
            yield f"{place} = {place}.where({place}.isin({write_list(column.categories)}))"
    marked = [column.plan.column for column in fitted.columns if marks_gaps(column)]
    if marked:
        yield f"gaps = table[{write_list(marked)}].isna()"
    if fitted.imputer:
        yield from write_encoded(fitted.columns, fitted.imputer)
    for column in fitted.columns:
        if column.plan.fill == "forward":
            place = f"table[{literal(column.plan.column)}]"
            yield f"{place} = {place}.ffill()"


def _write_training(fitted: "FittedRecipe", split: Split | None) -> Iterator[str]:
    if split is not None:
        yield from write_split(*split)
    elif fitted.imputer:
        yield from write_training_rows(fitted.rows)
    if fitted.imputer:
        yield from write_models(fitted.columns, fitted.imputer)


def _write_tensors(fitted: "FittedRecipe", split: Split | None) -> list[str]:
    lines = [
        "feature_names = list(features)",
        'X = torch.tensor(pd.DataFrame(features).to_numpy(dtype="float64"))',
        f'y = torch.tensor(table[{literal(fitted.recipe.target)}].to_numpy(dtype="float64"))',
    ]
    if split is not None:
        lines += [
            "is_train = torch.tensor(table.index.isin(train))",
            "X_train, y_train, X_test, y_test = X[is_train], y[is_train], X[~is_train], y[~is_train]",
        ]
    return [*lines, 'print("X", tuple(X.shape), "y", tuple(y.shape))']


def _plain_reading(fitted: "FittedRecipe") -> Reading:
    """Return how a plain CSV file is read, for a table that was made by hand and has no file."""
    columns = [_plain_column(column) for column in fitted.columns]
    columns.append(ColumnReading(fitted.recipe.target, "number", ""))
    known = {column.name for column in columns}
    columns += [ColumnReading(plan.column, "text", "") for plan in fitted.recipe.columns if plan.column not in known]
    names: Sequence[str] = [column.name for column in columns]
    return Reading("csv", tuple(names), tuple(columns), missing=DEFAULT_MISSING)


def _plain_column(column: "FittedColumn") -> ColumnReading:
    conversion = DateFormat("ISO8601") if column.plan.encode == "date" else None
    return ColumnReading(column.plan.column, column.kind, "", conversion)
