"""The tables of the screen Gaps: names of their columns and rows."""

from typing import Any

import pandas as pd
import streamlit as st

from core.formatting import format_date, format_list, format_number, format_percent
from core.language import _
from core.preprocessing import FillComparison, Missingness
from dashboard.pipeline.plan_names import fill_names

MOST_NAMES = 6  # of a combination

Config = dict[str, Any]


def way_names() -> dict[str, str]:
    """Return the names of the fills on this screen, and of the two that are no fills."""
    names = {
        "mean": _("the mean"),
        "median": _("the median"),
        "most_frequent": _("the most frequent value"),
        "constant": _("a constant"),
        "forward": _("the last value above"),
        "nearest": _("the nearest rows"),
        "iterative": _("a model of the other columns"),
        "own_class": _("a class of its own"),
        "drop_rows": _("drop the rows"),
    }
    return {**names, **fill_names(), "present": _("before: observed values"), "truth": _("the true values")}


def way_summary(compared: FillComparison, way: str) -> str:
    """Return the result of one fill in a few numbers."""
    row = compared.way(way)
    if compared.is_numeric and not compared.is_date:
        template = _("mean {mean}, spread {spread}")
        return template.format(mean=format_number(row["mean"], 4), spread=format_number(row["spread"], 4))
    if compared.is_date:
        return _("mean {mean}, spread {spread} days").format(
            mean=format_date(_as_date(row["mean"])), spread=format_number(row["spread"], 4)
        )
    return _("{share} are {value}").format(share=format_percent(row["top_share"]), value=row["top"])


def named_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the rest of the categories, which core leaves without one."""
    return rows.assign(value=rows["value"].where(rows["value"].notna(), _("all others")))


def combinations(picture: Missingness) -> pd.DataFrame:
    """Return the combinations with their columns in one cell."""
    return picture.combinations.assign(columns=picture.combinations["columns"].map(_join_names))


def combination_config() -> Config:
    """Name the columns of the combinations."""
    return {
        "rows": st.column_config.NumberColumn(_("Rows"), width="small"),
        "columns": st.column_config.TextColumn(_("Columns"), width="large"),
    }


def count_config() -> Config:
    """Name the columns of the counts."""
    return {
        "column": st.column_config.TextColumn(_("Column"), pinned=True),
        "missing": st.column_config.NumberColumn(_("Missing")),
        "share": _share(_("Share missing")),
    }


def measured(compared: FillComparison) -> pd.DataFrame:
    """Return the statistics with the names of the fills; without a known truth there is no error."""
    table = compared.measured.assign(way=compared.measured["way"].map(way_names()))
    if table["error"].isna().all():
        table = table.drop(columns="error")
    return table.assign(mean=table["mean"].map(_as_date)) if compared.is_date else table


def number_config(compared: FillComparison) -> Config:
    """Name what is measured of a column of numbers."""
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    mean = st.column_config.DateColumn(_("Mean")) if compared.is_date else number(_("Mean"), format="%.6g")
    return {
        "way": text(_("Filled with"), pinned=True),
        "rows": number(_("Rows")),
        "filled": number(_("Filled")),
        "mean": mean,
        "spread": number(_("Standard deviation"), format="%.5g", help=_("The number of rows is the divisor.")),
        "error": number(
            _("Error of the fills"),
            format="%.4g",
            help=_("Root mean squared error on the masked cells, in the unit of the column."),
        ),
        "correlation": number(_("Correlation with {label}").format(label=compared.target), format="%.3f"),
        "largest_change": number(
            _("Largest change of another correlation"),
            format="%+.3f",
            help=_("Compared with the correlation over the rows where both values are observed."),
        ),
        "changed_with": text(_("with")),
    }


def label_config(compared: FillComparison) -> Config:
    """Name what is measured of a column of categories."""
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    return {
        "way": text(_("Filled with"), pinned=True),
        "rows": number(_("Rows")),
        "filled": number(_("Filled")),
        "classes": number(_("Classes")),
        "top": text(_("Most frequent")),
        "top_share": _share(_("Its share")),
        "error": _share(_("Fills that are wrong")),
    }


def effect_config(target: str) -> Config:
    """Name what the plan's own fills did."""
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    related = _("Correlation with {label}").format(label=target)
    return {
        "column": text(_("Column"), pinned=True),
        "fill": text(_("Filled with")),
        "gaps": number(_("Missing")),
        "mean_before": number(_("Mean before"), format="%.6g"),
        "mean_after": number(_("Mean after"), format="%.6g"),
        "spread_before": number(_("Standard deviation before"), format="%.5g"),
        "spread_after": number(_("Standard deviation after"), format="%.5g"),
        "correlation_before": number(_("{what} before").format(what=related), format="%.3f"),
        "correlation_after": number(_("{what} after").format(what=related), format="%.3f"),
        "largest_change_after": number(_("Largest change of another correlation"), format="%+.3f"),
        "changed_with_after": text(_("with")),
        "top_before": text(_("Most frequent before")),
        "top_share_before": _share(_("Its share before")),
        "top_share_after": _share(_("Its share after")),
    }


def _share(label: str) -> Any:
    return st.column_config.ProgressColumn(label, format="percent", min_value=0, max_value=1)


def _join_names(names: tuple[str, ...]) -> str:
    shown = format_list(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return shown
    return _("{names} and {count} more").format(names=shown, count=len(names) - MOST_NAMES)


def _as_date(days: float) -> pd.Timestamp:
    return pd.Timestamp(0) + pd.Timedelta(days=days)
