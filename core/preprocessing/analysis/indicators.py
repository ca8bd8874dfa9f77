"""What `get_dummies` makes of each value of a column of text: which column it turns into 1, and what a gap becomes."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.preprocessing.naming import unique_names

MOST_COLUMNS = 3
MOST_VALUES = 12


@dataclass(frozen=True, eq=False)
class Indicators:
    """The columns that one column of text becomes, value by value.

    Attributes:
        column: its name.
        marked: with `dummy_na=True`: one row per distinct value in the order of its columns, the missing one last:
            value (None where it is missing), rows (how many hold it), and each new column with 0 or 1.
        unmarked: the same with `dummy_na=False`, the default: a missing value is 0 everywhere.
        more: how many distinct values are not shown.
    """

    column: str
    marked: pd.DataFrame
    unmarked: pd.DataFrame
    more: int


def explain_indicators(inputs: pd.DataFrame) -> list[Indicators]:
    """Return this for the first 3 columns that `get_dummies` encodes; of many distinct values the 12 first are shown.

    A column without missing values has no row for one, though `dummy_na=True` adds a column of zeros for it.

    >>> (of,) = explain_indicators(pd.DataFrame({"Alley": ["Pave", None, None]}))
    >>> of.marked[["Alley_Pave", "Alley_nan"]].to_numpy().tolist(), of.unmarked["Alley_Pave"].tolist()
    ([[1, 0], [0, 1]], [1, 0])
    """
    texts = inputs.select_dtypes(["object", "string", "category"])
    return [_explain(texts.iloc[:, [place]]) for place in range(min(texts.shape[1], MOST_COLUMNS))]


def _explain(column: pd.DataFrame) -> Indicators:
    values = column.iloc[:, 0]
    levels = pd.Categorical(values).categories  # in the order in which get_dummies makes the columns
    places = [place for place, level in enumerate(levels) if (values == level).any()]
    shown = places[:MOST_VALUES]
    tables = [_tabulate(column, list(levels), shown, dummy_na) for dummy_na in (True, False)]
    return Indicators(str(column.columns[0]), tables[0], tables[1], len(places) - len(shown))


def _tabulate(column: pd.DataFrame, levels: Sequence[object], shown: Sequence[int], dummy_na: bool) -> pd.DataFrame:
    values = column.iloc[:, 0]
    dummies = pd.get_dummies(column, dummy_na=dummy_na, dtype=int)
    drawn = [*shown, *([len(levels)] if dummy_na else [])]
    names = unique_names(["value", "rows", *(str(dummies.columns[place]) for place in drawn)])
    marks = [((values == levels[place]).fillna(False).to_numpy(dtype=bool), levels[place]) for place in shown]
    marks += [(values.isna().to_numpy(), None)] if values.isna().any() else []
    rows = [[value, int(of.sum()), *dummies.iloc[int(of.argmax()), drawn]] for of, value in marks]
    return pd.DataFrame(rows, columns=names).astype({"value": object})
