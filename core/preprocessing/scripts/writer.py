"""A fitted recipe, written as a script of pandas and torch."""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from core.preprocessing.reading.parsing import plain_arguments
from core.preprocessing.reading.reader import DEFAULT_MISSING

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedColumn, FittedRecipe

WIDTH = 90
FEW_CATEGORIES = 3

SCRIPT = '''\
"""Turn a table into tensors: fill the gaps, encode the categories."""

import sys

{imports}

path = sys.argv[1] if len(sys.argv) > 1 else {path}
table = pd.read_csv(
    path,
{arguments}
)
{repairs}
# Rows that cannot be used: without a label, or with a gap that is not to be filled.
table = table.dropna(subset={required})

# What gaps are filled with was learnt from the training rows alone.
features = {{}}
{features}

feature_names = list(features)
X = torch.tensor(pd.DataFrame(features).to_numpy(dtype="float64"))
y = torch.tensor(table[{target}].to_numpy(dtype="float64"))
print("X", tuple(X.shape), "y", tuple(y.shape))
'''


def write_script(fitted: "FittedRecipe", path: str | None = None) -> str:
    """Return the script; see `FittedRecipe.to_script`.

    Names and values from the table go in through `repr`, and none into a comment: whatever a file calls its columns,
    it cannot write code.
    """
    reading = _check_reading(fitted.reading)
    kept = {column.plan.column for column in fitted.columns}
    target = fitted.recipe.target
    required = [target, *(plan.column for plan in fitted.recipe.columns if plan.is_kept and plan.fill == "drop_rows")]
    repairs = "".join(f"{line}\n" for line in _write_repairs(reading, kept))
    return SCRIPT.format(
        imports="\n".join(
            [*(["import numpy as np"] if reading["infinite"] else []), "import pandas as pd", "import torch"]
        ),
        path=_quote(os.fspath(path if path is not None else reading["path"])),
        arguments="\n".join(_write_arguments(reading["arguments"], {*kept, target})),
        repairs=repairs,
        required=_write_list(required),
        features="\n".join(line for column in fitted.columns for line in _write_column(column)),
        target=_quote(target),
    )


def _check_reading(reading: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return how the table was read; for a table made by hand, how `read_table` reads a plain CSV file."""
    plain = plain_arguments(DEFAULT_MISSING)
    return {"arguments": plain, "strip": [], "infinite": False, "path": "table.csv", **(reading or {})}


def _write_arguments(arguments: Mapping[str, Any], used: set[str]) -> Iterator[str]:
    for name, value in arguments.items():
        if isinstance(value, dict):  # the types of columns: those the script uses
            entries = {key: entry for key, entry in value.items() if key in used}
            if entries:
                yield f"    {name}={_write_dict(entries, indent=4)},"
        elif isinstance(value, list):
            yield f"    {name}={_write_list(value, indent=4)},"
        else:
            yield f"    {name}={_quote(value)},"


def _write_repairs(reading: Mapping[str, Any], kept: set[str]) -> Iterator[str]:
    strip = [name for name in reading["strip"] if name in kept]
    if strip:
        yield f"for name in {_write_list(strip)}:"
        yield "    table[name] = table[name].str.strip()"
    if reading["infinite"]:
        yield "table = table.replace([np.inf, -np.inf], np.nan)"


def _write_column(column: "FittedColumn") -> Iterator[str]:
    values = f"table[{_quote(column.plan.column)}]"
    fill, comment = column.fill_value, ""
    if fill is not None:
        # A column without a single value has no text type yet, and would refuse a text to fill it with.
        values += ".astype(object)" if isinstance(fill, str) and not column.learnt_from else ""
        values += f".fillna({_quote(fill)})"
        comment = f"  # {_describe_fill(column)}"
    if column.plan.encode == "number":
        yield f"features[{_quote(column.feature_names[0])}] = {values}{comment}"
    elif column.plan.encode == "yes_no":
        yes = _quote(str(column.yes).casefold())
        yield f"features[{_quote(column.feature_names[0])}] = {values}.str.casefold() == {yes}{comment}"
        if column.has_missing_column:
            gaps = f"table[{_quote(column.plan.column)}].isna()"
            yield f"features[{_quote(column.feature_names[-1])}] = {gaps}"
    else:
        yield from _write_one_hot(column, values, comment)


def _write_one_hot(column: "FittedColumn", values: str, comment: str) -> Iterator[str]:
    named = dict(zip(column.feature_names, column.categories, strict=False))
    if len(named) > 1 or comment:
        yield f"values = {values}{comment}"
        values = "values"
    if len(named) <= FEW_CATEGORIES:
        for name, category in named.items():
            yield f"features[{_quote(name)}] = {values} == {_quote(category)}"
    else:
        yield f"for name, category in {_write_dict(named)}.items():"
        yield f"    features[name] = {values} == category"
    if column.has_missing_column:
        yield f"features[{_quote(column.feature_names[-1])}] = {values}.isna()  # missing is a class of its own"


def _describe_fill(column: "FittedColumn") -> str:
    if column.plan.fill == "constant":
        return "a constant of your choice"
    what = {"mean": "mean", "median": "median", "most_frequent": "most frequent value"}[column.plan.fill]
    return f"{what} of the {column.learnt_from} training rows with a value"


def _write_list(values: Iterable[object], indent: int = 0) -> str:
    return _wrap("[", map(_quote, values), "]", indent)


def _write_dict(values: Mapping[str, object], indent: int = 0) -> str:
    return _wrap("{", (f"{_quote(key)}: {_quote(value)}" for key, value in values.items()), "}", indent)


def _wrap(opening: str, entries: Iterable[str], closing: str, indent: int) -> str:
    """Return the entries on one line if it is short, else each on its own."""
    every = list(entries)
    line = opening + ", ".join(every) + closing
    if len(line) <= WIDTH:
        return line
    margin = " " * indent
    return f"{opening}\n" + "".join(f"{margin}    {entry},\n" for entry in every) + f"{margin}{closing}"


def _quote(value: object) -> str:
    """Return `repr` of the value, with double quotes where it makes no difference."""
    literal = repr(value)
    is_simple = isinstance(value, str) and not {'"', "'"} & set(value)
    return f'"{literal[1:-1]}"' if is_simple else literal
