"""A row typed in by hand, and what both models say to it."""

from datetime import date, datetime, time
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.language import _
from core.preprocessing import FittedColumn
from dashboard.parts import knobs, tables
from dashboard.parts.figures import figure
from dashboard.parts.frame import boxes
from dashboard.parts.plain import plain, show_notes, show_warning
from dashboard.parts.plan_words import level_name
from dashboard.parts.training import Problem, Result

if TYPE_CHECKING:
    import torch

COLUMNS_OF_FIELDS = 4
MOST_FIELDS = 24  # more of them scroll in a box of their own
TALLEST_BOX = 600  # pixels


@st.fragment
def draw(problem: Problem, result: Result) -> None:
    """Ask both models about a row typed in by hand; only this part of the screen is drawn again at a change."""
    st.subheader(_("Predict a row of your own"), anchor=False)
    answer = st.container()
    X, notes = _synthetic_row(problem) if knobs.value("train_source") == "synthetic" else _table_row()
    with answer:
        if len(X) == 0:
            show_warning(
                _("The plan drops rows with this gap, so there is nothing to predict; fill in the empty field.")
            )
            return
        by_sgd, by_closed_form = float(result.run.predict(X)[0]), float(result.fit.predict(X)[0])
        st.markdown(_("Predicted {label}:").format(label=plain(problem.label)))
        boxes(
            [
                (_("SGD predicts"), figure(by_sgd)),
                (_("The closed form predicts"), figure(by_closed_form)),
                (_("They differ by"), figure(by_sgd - by_closed_form, 3)),
            ]
        )
        show_notes(notes)


def _synthetic_row(problem: Problem) -> tuple["torch.Tensor", tuple[str, ...]]:
    import torch

    places = st.columns(len(problem.feature_names))
    values = [
        place.number_input(name, value=0.5, key=f"compare_{name}", persist_state="session")
        for place, name in zip(places, problem.feature_names, strict=True)
    ]
    return torch.tensor([values], dtype=torch.float64), ()


def _table_row() -> tuple["torch.Tensor", tuple[str, ...]]:
    """Draw a field for each column the plan keeps, beginning with the first prepared row. An empty field is a gap."""
    ready = tables.preparation()
    columns = ready.fitted.columns
    first = tables.table().frame.loc[ready.prepared.rows[0]]
    st.caption(_("The fields begin with the first row of the table. A field left empty is a gap, filled as planned."))
    values = {}
    fields = st.container(height=TALLEST_BOX if len(columns) > MOST_FIELDS else "content")
    for start in range(0, len(columns), COLUMNS_OF_FIELDS):
        places = fields.columns(COLUMNS_OF_FIELDS)
        for place, column in zip(places, columns[start : start + COLUMNS_OF_FIELDS], strict=False):
            name = column.plan.column
            with place:
                values[name] = _field(column, first[name])
    made = ready.fitted.features(pd.DataFrame(values))
    return made.X, made.notes


def _field(column: FittedColumn, present: Any) -> pd.Series:
    """Draw a field for one column; `present` is the cell it begins with. Return what stands in it as a column."""
    name = column.plan.column
    key = f"compare_row_{tables.table_key()}_{column.plan.encode}_{name}"
    if column.plan.encode == "date":
        return pd.Series([_date(name, present, key, "hour" in column.plan.parts)], dtype="datetime64[us]")
    if column.plan.encode == "number":
        start = None if pd.isna(present) else float(present)
        typed = st.number_input(plain(name), value=start, format="%g", key=key, persist_state="session")
        return pd.Series([typed], dtype="float64")
    levels = tables.levels(name)
    known = float(present) if isinstance(present, Real) else str(present)
    chosen = st.selectbox(
        plain(name),
        levels,
        index=levels.index(known) if known in levels else None,
        format_func=level_name,
        placeholder=_("missing"),
        key=key,
        persist_state="session",
    )
    return pd.Series([chosen], dtype="float64" if levels and isinstance(levels[0], float) else "str")


def _date(name: str, present: Any, key: str, with_time: bool) -> date | None:
    """Draw a field for a day, or for a day and a time of day if the plan or the cell it begins with needs one."""
    start = None if pd.isna(present) else pd.Timestamp(present).to_pydatetime()
    if with_time or (start and start.time() != time()):
        return st.datetime_input(
            plain(name), start, datetime.min, datetime.max, key=f"{key}_time", persist_state="session"
        )
    return st.date_input(
        plain(name), start and start.date(), date.min, date.max, key=key, format="YYYY-MM-DD", persist_state="session"
    )
