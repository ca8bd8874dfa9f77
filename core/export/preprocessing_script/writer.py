"""A fitted recipe as a script of pandas and torch that reads the file and gives the same tensors."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from inspect import getsource
from typing import TYPE_CHECKING

from core.export.preprocessing_script.columns import dtype_in_read_csv, write_values
from core.export.preprocessing_script.features import marks_missing, write_column
from core.export.preprocessing_script.imputation import model_imports, write_encoded, write_models
from core.export.preprocessing_script.literals import literal, write_list
from core.export.preprocessing_script.parquet import AS_NUMBERS, AS_TEXT
from core.export.preprocessing_script.reading import is_cut_by_pandas, modules, write_opening
from core.export.preprocessing_script.rows import (
    helpers_of_split,
    write_left_out,
    write_sample,
    write_sides,
    write_split,
    write_training_rows,
)
from core.export.preprocessing_script.target import target_functions, write_forward
from core.preprocessing.read_options import DEFAULT_MISSING
from core.preprocessing.reading.excel_cells import cell_text
from core.preprocessing.recipes.split import compared_columns
from core.preprocessing.schema import ColumnReading, DateFormat, Reading

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedRecipe
    from core.preprocessing.recipes.fitted_column import FittedColumn


SCALED = '''\
def scaled(values, centre, spread):
    """Return the values in units of the spread; one beyond the range of float64 becomes the largest there is."""
    return np.clip((values - centre) / spread, -sys.float_info.max, sys.float_info.max)
'''
SIGNED_LOG = '''\
def signed_log(values):
    """Return the logarithm of 1 + |x| with the sign of x: finite for every number."""
    return np.sign(values) * np.log1p(np.abs(values))
'''


def write_helpers(fitted: "FittedRecipe", reading: Reading, labelled: bool = True, is_split: bool = False) -> list[str]:
    """Return the functions that this recipe, and its split if there is one, needs, separated by two blank lines."""
    scales = {column.plan.scale for column in fitted.columns}
    needed = []
    if reading.format == "excel":
        needed.append(getsource(cell_text))  # the same rule as in reading a sheet
    if reading.format == "parquet":
        needed += [AS_TEXT, AS_NUMBERS]
    if scales - {"none", "log"}:
        needed.append(SCALED)
    if "log" in scales:
        needed.append(SIGNED_LOG)
    needed += target_functions(fitted.target if labelled else None)
    needed += map(getsource, helpers_of_split(fitted.recipe.split) if is_split else [])
    return ["\n" + "\n\n".join(needed)] if needed else []


Split = tuple[float, int]

FROM = {
    "collections.abc": "from collections.abc import Iterator",
    "datetime": "from datetime import date, datetime, time, timedelta",
}


@dataclass(frozen=True)
class Steps:
    """The parts of a script that prepares a table, as lines, so that a longer script can include them.

    Attributes:
        own: the modules of Python that it imports.
        others: all other modules.
        late: lines of imports that follow those.
        helpers: functions.
        sections: what is done, one after the other, from a variable `path` to X (and y).
    """

    own: tuple[str, ...]
    others: tuple[str, ...]
    late: tuple[str, ...]
    helpers: tuple[str, ...]
    sections: tuple[tuple[str, ...], ...]

    def imports(self, own: Sequence[str] = (), others: Sequence[str] = ()) -> list[str]:
        """Return the imports, as isort would sort them, with further ones that the longer script needs."""
        lines = [import_line(name) for name in sorted({*self.own, *own})]
        return [*lines, "", *(import_line(name) for name in sorted({*self.others, *others})), *self.late]


def write_script(fitted: "FittedRecipe", path: str | None = None, split: Split | None = None) -> str:
    """Return the script; see `FittedRecipe.to_script`.

    Names and values from the table are written through `repr`, and none in a comment, so that no file can inject code.
    """
    steps = write_steps(fitted, split)
    file = os.fspath(path or (fitted.reading and fitted.reading.path) or "table.csv")
    docstring = '"""Turn a table into tensors: fill the gaps, encode the categories, scale the numbers."""'
    sections = [
        [docstring, "", *steps.imports(own=["sys"])],
        list(steps.helpers),
        [path_from_argument(file)],
        *map(list, steps.sections),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def path_from_argument(file: str) -> str:
    """Return the line that sets `path`: the first argument of the script, or this file."""
    return f"path = sys.argv[1] if len(sys.argv) > 1 else {literal(file)}"


def write_steps(
    fitted: "FittedRecipe", split: Split | None = None, reading: Reading | None = None, labelled: bool = True
) -> Steps:
    """Return the lines that read the table and leave `X`, `feature_names` and, if it is labelled, `y`.

    `reading` says how the file is read, if not like the table of the training rows. Without labels the target is not
    read, and models that fill missing values are fitted to `training`, an array that the script has to hold (see
    `FittedImputer.training`).
    """
    how = reading or fitted.reading or _plain_reading(fitted)
    names = modules(how)
    models = model_imports(fitted.imputer) if fitted.imputer else ([], [])
    helpers = write_helpers(fitted, how, labelled, split is not None)
    own = [*(name for name in names if name.partition(".")[0] in sys.stdlib_module_names), *models[0]]
    own += ["sys"] if any("sys." in line for line in helpers) or fitted.imputer else []
    others = ["numpy as np", "pandas as pd", "torch", *(["sklearn"] if fitted.imputer else [])]
    others += [name for name in names if name not in own]
    sections = [
        list(_write_table(fitted, how, labelled, split is not None)),
        list(write_sides(fitted, how)) if split is not None else [],
        list(_write_before_rows_go(fitted)),
        list(write_left_out(fitted, labelled)),
        list(_write_training(fitted, split, labelled)),
        ["# All that is filled in and scaled with was learnt from the training rows alone.", "features = {}"]
        + [line for column in fitted.columns for line in write_column(column)],
        _write_tensors(fitted, split, labelled),
    ]
    kept = tuple(tuple(lines) for lines in sections if lines)
    return Steps(tuple(own), tuple(others), tuple(models[1]), tuple(helpers), kept)


def import_line(module: str) -> str:
    """Return the line that imports a module, or the names of it that scripts use."""
    return FROM.get(module, f"import {module}")


def _write_table(fitted: "FittedRecipe", reading: Reading, labelled: bool, is_split: bool) -> Iterator[str]:
    used = list(_used_columns(fitted, reading, labelled, is_split))
    types = {column.name: dtype_in_read_csv(reading, column, is_number) for column, is_number in used}
    if not is_cut_by_pandas(reading):
        yield f"missing = {write_list(reading.missing)}"
    yield from write_opening(reading, types)
    yield from write_sample(reading)
    for column, is_number in used:
        yield from write_values(reading, column, is_number)


def _used_columns(
    fitted: "FittedRecipe", reading: Reading, labelled: bool, is_split: bool
) -> Iterator[tuple[ColumnReading, bool]]:
    """Yield the columns that the script needs, in the order of the file, and whether they hold numbers."""
    of_numbers = {column.plan.column: column.of_numbers for column in fitted.columns}
    of_numbers |= {fitted.recipe.target: True} if labelled else {}
    for plan in fitted.recipe.columns:
        if plan.is_kept and plan.fill == "drop_rows":
            of_numbers.setdefault(plan.column, False)
    split = fitted.recipe.split
    decides = {split.column, *(compared_columns(fitted.recipe) if split.keep_copies else ())} if is_split else set()
    for column in reading.columns:
        if column.name in decides:
            of_numbers.setdefault(column.name, column.kind == "number")
        if column.name in of_numbers:
            yield column, of_numbers[column.name]


def _write_before_rows_go(fitted: "FittedRecipe") -> Iterator[str]:
    """Write the lines that need all rows of the table: values not in an order, missing indicators, forward fills."""
    for column in fitted.columns:
        if column.plan.encode == "ordinal" and column.plan.fill != "drop_rows":
            place = f"table[{literal(column.plan.column)}]"
            yield f"{place} = {place}.where({place}.isin({write_list(column.categories)}))"
    marked = [column.plan.column for column in fitted.columns if marks_missing(column)]
    if marked:
        yield f"gaps = table[{write_list(marked)}].isna()"
    if fitted.imputer:
        yield from write_encoded(fitted.columns, fitted.imputer)
    for column in fitted.columns:
        if column.plan.fill == "forward":
            place = f"table[{literal(column.plan.column)}]"
            yield f"{place} = {place}.ffill()"


def _write_training(fitted: "FittedRecipe", split: Split | None, labelled: bool) -> Iterator[str]:
    if split is not None:
        yield from write_split(fitted.recipe.split, *split)
    elif fitted.imputer and labelled:
        yield from write_training_rows(fitted.rows)
    if fitted.imputer:
        yield from write_models(fitted.columns, fitted.imputer, labelled)


def _write_tensors(fitted: "FittedRecipe", split: Split | None, labelled: bool) -> list[str]:
    lines = [
        "feature_names = list(features)",
        'X = torch.tensor(pd.DataFrame(features).to_numpy(dtype="float64"))',
    ]
    if not labelled:
        return lines
    labels = f'table[{literal(fitted.recipe.target)}].to_numpy(dtype="float64")'
    if fitted.target is None:
        lines.append(f"y = torch.tensor({labels})")
    else:
        lines += [
            f"labels = {labels}  # in the units of the table",
            f"y = torch.tensor({write_forward(fitted.target, 'labels')})",
        ]
    if split is not None:
        lines += [
            "is_train = torch.tensor(table.index.isin(train))",
            "X_train, y_train, X_test, y_test = X[is_train], y[is_train], X[~is_train], y[~is_train]",
        ]
    return [*lines, 'print("X", tuple(X.shape), "y", tuple(y.shape))']


def _plain_reading(fitted: "FittedRecipe") -> Reading:
    """Return how a plain CSV file is read, for a table without a file."""
    columns = [_plain_column(column) for column in fitted.columns]
    columns.append(ColumnReading(fitted.recipe.target, "number", ""))
    known = {column.name for column in columns}
    columns += [ColumnReading(plan.column, "text", "") for plan in fitted.recipe.columns if plan.column not in known]
    names: Sequence[str] = [column.name for column in columns]
    return Reading("csv", tuple(names), tuple(columns), missing=DEFAULT_MISSING)


def _plain_column(column: "FittedColumn") -> ColumnReading:
    conversion = DateFormat("ISO8601") if column.plan.encode == "date" else None
    return ColumnReading(column.plan.column, column.kind, "", conversion)
