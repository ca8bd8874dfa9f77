"""Fills learnt from few rows: from how many, what all rows would give, and the way to learn from all of them."""

import streamlit as st

from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.preprocessing.analysis.fill_basis import FillBasis, find_weak_fills
from dashboard.pipeline import tables
from dashboard.pipeline.plan_names import fill_names, level_name
from dashboard.pipeline.tables import Preparation
from dashboard.ui.escape import escape_markdown
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

MOST_SHOWN = 3


def draw_weak_fills(ready: Preparation) -> None:
    """Draw a sentence for each such fill, and a button that holds out no row; nothing where there is none."""
    found = weak_fills(ready)
    for basis in found[:MOST_SHOWN]:
        st.markdown(f":material/info: {escape_markdown(_explain(basis))}")
    more = len(found) - MOST_SHOWN
    if more > 0:
        st.caption(
            ngettext(
                "{count} more fill was learnt from few rows, or would differ if it were learnt from all.",
                "{count} more fills were learnt from few rows, or would differ if they were learnt from all.",
                more,
            ).format(count=format_count(more))
        )
    if len(ready.test) and any(basis.differs for basis in found):
        st.button(
            _("Hold out no row: learn the fills from all {count}").format(count=format_count(found[0].all_rows)),
            key="prepare_no_test_rows",
            on_click=settings.choose,
            args=["prepare_test_share", 0],
            icon=":material/select_all:",
        )


def weak_fills(ready: Preparation) -> tuple[FillBasis, ...]:
    """Return the fills of this preparation that were learnt from few rows."""
    return _find(ready.key, ready, tables.table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _find(key: str, _ready: Preparation, _frame: object) -> tuple[FillBasis, ...]:
    return find_weak_fills(tables.table().frame, _ready.fitted, _ready.train, _ready.test)


def _explain(basis: FillBasis) -> str:
    sentence = _("“{column}” is filled with {value}, {fill}. Training rows with a value: {known} of {rows}.").format(
        column=basis.column,
        value=_write(basis.value),
        fill=fill_names()[basis.fill],
        known=format_count(basis.known),
        rows=format_count(basis.rows),
    )
    held_out = basis.all_rows - basis.rows
    if not held_out:
        return sentence + " " + _("No row is held out, so these are all rows.")
    if not basis.differs:
        return sentence + " " + _("All {rows} rows give the same.").format(rows=format_count(basis.all_rows))
    why = ngettext(
        "All {rows} rows would give {value}: {known} of them have a value, and {count} row is held out for testing, "
        "from which nothing may be learnt.",
        "All {rows} rows would give {value}: {known} of them have a value, and {count} rows are held out for testing, "
        "from which nothing may be learnt.",
        held_out,
    )
    return sentence + " " + why.format(
        rows=format_count(basis.all_rows),
        value=_write(basis.value_of_all),
        known=format_count(basis.known_of_all),
        count=format_count(held_out),
    )  # fmt: skip


def _write(value: float | str) -> str:
    return format_number(value) if isinstance(value, float) else level_name(value)
