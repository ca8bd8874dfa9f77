"""The columns of a table that can be tags: yes or no, or 0 and 1."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.preprocessing.column_types.infer import column_kinds, yes_values
from core.preprocessing.column_types.values import as_labels, as_numbers, is_missing


def tag_columns(frame: pd.DataFrame) -> Mapping[str, pd.Series]:
    """Return for each column of yes and no, or of 0 and 1, its values as 1.0 for yes, 0.0 for no and NaN if missing.

    A column with a single answer, or of two words that are no pair of yes and no, is left out. Empty if there are none.

    >>> tag_columns(pd.DataFrame({"a": ["yes", "no", None], "b": [0, 1, 1], "c": [1, 2, 3]}))["a"].tolist()
    [1.0, 0.0, nan]
    """
    found = {}
    for name, kind in column_kinds(frame).items():
        values = _answers(frame[name], name, kind)
        if values is not None and len(np.unique(values[~np.isnan(values)])) == 2:
            found[name] = pd.Series(values, index=frame.index)
    return found


def _answers(column: pd.Series, name: str, kind: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]] | None":
    missing = np.asarray(is_missing(column))
    if kind == "number":
        numbers = np.asarray(as_numbers(column, name), dtype=np.float64)
        return numbers if np.isin(numbers[~np.isnan(numbers)], (0.0, 1.0)).all() else None
    if kind != "yes_no":
        return None
    words = as_labels(column).astype("object").map(str)
    yes = yes_values(words[~missing].unique())
    return np.where(missing, np.nan, words.isin(yes).to_numpy(np.float64)) if yes else None
