"""The plan as a table: what happens to each column, what was learnt for it, and why."""

from datetime import datetime, time
from typing import Any

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number
from core.language import _
from core.preprocessing import FittedColumn, Recipe
from dashboard.pipeline import plan_choices, results, tables
from dashboard.pipeline.plan_names import becomes, filled_with, scale_names
from dashboard.pipeline.tables import Preparation
from dashboard.ui.tables import show_table

TALLEST = 388  # pixels
BECOMES_WIDTH, FILL_WIDTH = 130, 190  # pixels, so that the usual words are not truncated


def draw_plan_table(plan: Recipe, ready: Preparation | None) -> None:
    """Draw one row per column. Without a preparation, if the plan cannot be applied, nothing is learnt yet."""
    if not plan.columns:  # the table has no column but the one to predict
        return
    kinds, names = plan_choices.kinds(), results.kind_names()
    suggested, reasons = tables.suggested_recipe(), tables.explanations()
    fitted = {column.plan.column: column for column in ready.fitted.columns} if ready else {}
    rows = [
        {
            _("Column"): column.column,
            _("Kind"): names[kinds[column.column]],
            _("Missing"): ready.gaps[column.column] if ready else None,
            _("Becomes"): becomes(column, kinds[column.column]),
            _("Filled with"): filled_with(column),
            **_learnt(fitted.get(column.column), ready),
            _("Scale"): scale_names()[column.scale] if column.scale != "none" else "",
            _("Columns of X"): len(fitted[column.column].feature_names) if column.column in fitted else 0,
            _("Why"): reasons[column.column] if column == suggested.plan(column.column) else _("You chose it."),
        }
        for column in plan.columns
    ]
    show_table(
        pd.DataFrame(rows).astype({_("Missing"): "Int64"}),
        hide_index=True,
        height=min(38 + 35 * len(rows), TALLEST),
        placeholder="",
        column_config=_config(),
        alt=_("The plan: one row per column, how missing values are filled, what it becomes, and why."),
    )


def _config() -> dict[str, Any]:
    config = st.column_config
    return {
        _("Column"): config.TextColumn(pinned=True),
        _("Missing"): config.NumberColumn(help=_("Missing cells in the training rows."), width=75),
        _("Becomes"): config.TextColumn(width=BECOMES_WIDTH),
        _("Filled with"): config.TextColumn(width=FILL_WIDTH),
        _("Value learnt"): config.TextColumn(
            help=_("What missing values become, learnt from the training rows alone.")
        ),
        _("Learnt from"): config.TextColumn(help=_("Of the training rows, those that have a value in this column.")),
        _("Columns of X"): config.NumberColumn(help=_("The number of features it becomes.")),
        _("Why"): config.TextColumn(help=_("Why this is suggested for the column."), width="large"),
    }


def _learnt(column: FittedColumn | None, ready: Preparation | None) -> dict[str, object]:
    if column is None or ready is None:
        return {_("Value learnt"): "", _("Learnt from"): ""}
    counts = {"known": format_count(column.learnt_from), "rows": format_count(len(ready.train))}
    return {_("Value learnt"): _value(column), _("Learnt from"): _("{known} of {rows}").format(**counts)}


def _value(column: FittedColumn) -> str:
    value = column.fill_value
    if value is None:
        return _("a model") if column.is_filled_by_model else ""
    if column.kind == "date":
        moment = datetime.fromisoformat(str(value))
        return str(moment.date()) if moment.time() == time() else moment.isoformat(" ", "minutes")
    return format_number(value) if isinstance(value, float) else str(value)
