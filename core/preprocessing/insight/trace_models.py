"""The step in which a model fills a gap."""

import numpy as np
import pandas as pd

from core.formatting import format_count
from core.language import ngettext
from core.preprocessing.frames import pick_columns
from core.preprocessing.insight.trace_encoding import scale_step
from core.preprocessing.insight.trace_steps import Step
from core.preprocessing.recipes.fitted import FittedRecipe
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.matrix import encoded_numbers
from core.preprocessing.recipes.read_column import read_columns
from core.preprocessing.recipes.rows import usable_rows


def model_step(fitted: FittedRecipe, column: FittedColumn, frame: pd.DataFrame, row: int, entry: float) -> Step:
    """Return the step in which a model fills this row of X with a number, which is encoded already, not yet scaled.

    A model fills one row in no time, but with other rows beside it scikit-learn may round its sums otherwise; only if
    that row alone does not lead to the entry, bit for bit, are all of them filled.
    """
    columns = [column.plan.column for column in fitted.columns]
    read = read_columns(fitted.columns, pick_columns(frame, columns), usable_rows(frame, fitted.recipe))
    by_name = {one.column.plan.column: one for one in read}
    imputer, name = fitted.imputer, column.plan.column
    assert imputer is not None
    encoded = encoded_numbers([by_name[other] for other in imputer.columns])
    number = float(imputer.fill(column.plan.fill, encoded[[row]], [name])[0, 0])
    if _scaled(column, number) != entry:
        number = float(imputer.fill(column.plan.fill, encoded, [name])[row, 0])
    return Step("fill", number, _sentence(column), None)


def _scaled(column: FittedColumn, number: float) -> float:
    step = scale_step(column, number)
    return number if step is None else float(np.float64(step.value))


def _sentence(column: FittedColumn) -> str:
    told = {
        "nearest": ngettext(
            "The value of the one training row that has one here.",
            "The mean of the nearest training rows, at most five of the {count} that have a value here; near is meant "
            "in the other columns, standardised.",
            column.learnt_from,
        ),
        "iterative": ngettext(
            "Predicted from the other columns of this row by a model that saw a value here in {count} training row.",
            "Predicted from the other columns of this row by a model that saw a value here in {count} training rows.",
            column.learnt_from,
        ),
    }[column.plan.fill]
    return told.format(count=format_count(column.learnt_from))
