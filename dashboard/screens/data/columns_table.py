"""The columns of a table: kind and reason, missing values, distribution."""

import streamlit as st

from core.language import _, ngettext
from dashboard.pipeline import results, tables
from dashboard.ui.tables import show_table

COLUMNS_AT_ONCE = 15


def draw_columns_table() -> None:
    """Show the profile of the table in use, one row per column."""
    st.header(_("Columns"), anchor=False)
    columns = tables.table_profile()
    gaps = int((columns["missing"] > 0).sum())
    st.markdown(
        ngettext("{count} column has missing cells.", "{count} columns have missing cells.", gaps).format(count=gaps)
        if gaps
        else _("No column has missing cells.")
    )
    config = st.column_config
    shown = columns.assign(kind=columns["kind"].map(results.kind_names()))
    show_table(
        shown,
        hide_index=True,
        height="content" if len(shown) <= COLUMNS_AT_ONCE else "auto",
        column_order=["column", "kind", "reason", "missing", "missing_share", "distinct", "example", "distribution"],
        column_config={
            "column": config.TextColumn(_("Column"), pinned=True),
            "kind": config.TextColumn(_("Kind"), width=80),
            "reason": config.TextColumn(_("Why"), width=270),
            "missing": config.NumberColumn(_("Missing"), format="localized", width=75),
            "missing_share": config.ProgressColumn(
                _("Share missing"), format="percent", min_value=0, max_value=1, width=110
            ),
            "distinct": config.NumberColumn(_("Distinct"), format="localized", width=75),
            "example": config.TextColumn(_("First value"), width=90),
            "distribution": config.BarChartColumn(
                _("Distribution"),
                width=110,
                help=_("Numbers: rows in ten equal bins from the minimum to the maximum. Categories: the most "
                       "frequent ones."),
                y_min=0,
            ),
        },
        alt=_("One row per column of the table: kind and why, missing cells, distinct values, distribution."),
    )  # fmt: skip
