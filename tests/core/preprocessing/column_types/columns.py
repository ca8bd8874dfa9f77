"""Columns of text or of a type, as they are converted; for the tests of conversion."""

import pandas as pd
import pyarrow as pa

from core.preprocessing.column_types.convert import convert_columns

MISSING = ("", "NA", "?")


def table(**columns):
    return pa.table(
        {
            name: cells if isinstance(cells, pa.Array) else pa.array(cells, pa.string())
            for name, cells in columns.items()
        }
    )


def typed(cells, decimal=".", missing=MISSING, **choices):
    return convert_columns(table(x=cells), decimal=decimal, missing=missing, **choices)


def values(result):
    return [None if pd.isna(value) else value for value in result.frame["x"]]


def same(a, b):
    return all(x == y or (x is None and y is None) for x, y in zip(a, b, strict=True))
