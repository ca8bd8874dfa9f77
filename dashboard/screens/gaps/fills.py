"""What each fill does to one column: charts, statistics and a formula."""

import streamlit as st

from core.formatting import format_count, format_latex, format_number, format_percent
from core.language import _
from core.preprocessing import FillComparison
from dashboard.charts.gaps import filled_histogram, filled_shares
from dashboard.pipeline import plan_names, tables
from dashboard.screens.gaps import study, summary_tables
from dashboard.screens.gaps.study import Study
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_notes
from dashboard.ui.tables import show_table
from dashboard.visit import state

CHARTS_IN_A_ROW = 3


def draw_gap_fills(of: Study) -> None:
    """Draw what each fill does to the chosen column."""
    st.header(_("What each fill does"), anchor=False)
    columns = study.columns_to_fill(of)
    if not columns:
        st.markdown(
            _("No feature has both observed and missing values in the training rows, so there is nothing to fill.")
        )
        return
    _show_plan(of)
    if state.get("gaps_column") not in columns:
        state.forget("gaps_column")
    column = st.selectbox(_("Column"), columns, key="gaps_column", persist_state="session")
    learnt = True
    if study.learning_takes_seconds(of):
        learnt = controls.toggle("gaps_learnt", _("Include fills that learn from the other columns (takes seconds)"))
    compared = study.comparison(of, column, learnt)
    summary = _(
        "Training rows with a missing value in {column}: {gaps} of {rows}. Every fill learns from the others alone."
    )
    st.markdown(
        escape_markdown(
            summary.format(gaps=format_count(compared.gaps), rows=format_count(compared.rows), column=f"“{column}”")
        )
    )
    _draw_distributions(compared)
    config = (summary_tables.number_config if compared.is_numeric else summary_tables.label_config)(compared)
    measured = summary_tables.measured(compared)
    show_table(
        measured,
        hide_index=True,
        column_order=[name for name in config if name in measured],
        column_config=config,
        alt=_("One row per fill: what it does to the column."),
    )
    refused = [f"{summary_tables.way_names()[fill]}: {reason}" for fill, reason in compared.refused.items()]
    show_notes([*compared.notes, *refused])
    _show_best(compared)
    if compared.is_numeric:
        _show_formula(compared)


def _show_plan(of: Study) -> None:
    effects = study.plan_effects(of)
    if effects.empty:
        return
    with st.expander(_("What your plan does to every column with missing values"), icon=":material/tune:"):
        show_table(
            effects.assign(fill=effects["fill"].map(plan_names.fill_names())),
            hide_index=True,
            column_order=[name for name in summary_tables.effect_config(tables.target() or "") if name in effects],
            column_config=summary_tables.effect_config(tables.target() or ""),
            alt=_("One row per column with missing values: mean, spread and correlation before and after filling."),
        )


def _draw_distributions(compared: FillComparison) -> None:
    st.markdown(_("Its distribution, before and after: filled values are stacked on observed ones."))
    drawn = [way for way in compared.measured["way"] if way != "drop_rows"]  # the same as the observed values
    for start in range(0, len(drawn), CHARTS_IN_A_ROW):
        for place, way in zip(st.columns(CHARTS_IN_A_ROW), drawn[start : start + CHARTS_IN_A_ROW], strict=False):
            rows = compared.distribution[compared.distribution["way"] == way]
            name, summary = summary_tables.way_names()[way], summary_tables.way_summary(compared, way)
            filled = _("masked") if way == "truth" else _("filled")
            if compared.is_numeric:
                chart = filled_histogram(rows, name, summary, compared.column, filled, is_date=compared.is_date)
            else:
                chart = filled_shares(summary_tables.named_values(rows), name, summary, compared.column, filled)
            place.altair_chart(chart, alt=f"{name}. {summary}")


def _show_best(compared: FillComparison) -> None:
    """Show the fill closest to the masked cells."""
    judged = compared.measured[~compared.measured["way"].isin(["present", "truth"])].dropna(subset="error")
    if judged.empty:
        return
    best = judged.sort_values("error", kind="stable").iloc[0]
    name = summary_tables.way_names()[best["way"]]
    if best["way"] == "forward":
        st.caption(
            _(
                "The last value above does well where neighbouring rows are alike: in a sorted table, or in a time "
                "series."
            )
        )
    if compared.is_numeric:
        summary = _("Closest to the masked cells: {fill}, with an RMSE of {error}.")
        st.markdown(escape_markdown(summary.format(fill=name, error=format_number(best["error"], 3))))
    elif best["error"] == 1:
        st.markdown(_("No fill predicts any of the masked cells."))
    else:
        summary = _("Closest to the masked cells: {fill}, wrong in {error} of them.")
        st.markdown(escape_markdown(summary.format(fill=name, error=format_percent(best["error"]))))


def _show_formula(compared: FillComparison) -> None:
    """Show the formula of the spread after filling with the mean."""
    if "mean" in compared.refused:
        return
    present, rows = compared.rows - compared.gaps, compared.rows
    before, after = compared.way("present")["spread"], compared.way("mean")["spread"]
    st.markdown(
        _(
            "**Why filling with the mean shrinks the spread.** A filled row is at distance 0 from the mean. The sum "
            "of squares does not change, but is divided by more rows:"
        )
    )
    filled, known = _("filled"), _("present")
    st.latex(
        rf"\begin{{aligned}} s^2_{{\text{{{filled}}}}} &= \frac{{1}}{{n}} \sum_{{i\,\text{{{known}}}}}"
        rf" (x_i - \bar x)^2 "
        rf"= s^2 \cdot \frac{{n_{{\text{{{known}}}}}}}{{n}} \\ "
        rf"s_{{\text{{{filled}}}}} &= {format_latex(before)} \cdot \sqrt{{{present} / {rows}}} "
        rf"= {format_latex(compared.shrunk_spread)} \end{{aligned}}"
    )
    summary = _("Measured on the filled {column}: {spread}. Its correlation with the label shrinks by about the "
                "same factor, since the filled rows carry no information about it.")  # fmt: skip
    st.markdown(escape_markdown(summary.format(column=f"“{compared.column}”", spread=format_number(after, 4))))
