"""Gaps: where values are missing, what each fill does, and how far off it is."""

import streamlit as st

from core.formatting import format_count, format_percent
from core.language import _, ngettext
from dashboard.charts.gaps import missing_matrix, missing_together
from dashboard.pipeline import deletion_table, findings
from dashboard.screens.gaps import fills, study, summary_tables
from dashboard.screens.gaps.study import Study
from dashboard.ui import controls
from dashboard.ui.escape import show_notes
from dashboard.ui.page import boxes, explained, heading, link
from dashboard.ui.tables import show_table
from dashboard.visit import settings


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Gaps"),
        _("Where values are missing, and what each fill does to a column. Mask some known cells, and see how far "
          "off each fill is."),
    )  # fmt: skip
    study.suit_share()
    _choose_cells()
    of = study.study()
    _show_counts(of)
    _show_picture(of)
    fills.draw_gap_fills(of)
    _show_deletions(of)
    link("prepare", _("Choose how each column is filled"))


def _show_deletions(of: Study) -> None:
    found = study.deletions(of)
    if not found:
        return
    st.header(_("Or delete what is missing"), anchor=False)
    st.markdown(_("What is left of the training rows that have a label, of all columns at once:"))
    deletion_table.draw(found)


def _choose_cells() -> None:
    share, which, seed = st.columns([2, 1.6, 1], gap="large")
    with share:
        controls.slider(
            "gaps_share",
            _("Known cells to mask, in percent"),
            help=_("Of every column but the label. The true values are kept to measure the error of each fill."),
        )
    with which:
        controls.either("gaps_which", _("Which cells to mask"))
    with seed:
        controls.number("gaps_seed", _("Seed of the draw"))


def _show_counts(of: Study) -> None:
    picture = of.picture
    own = picture.missing - of.taken
    if not picture.missing:
        st.markdown(_("This table has no missing values. Mask some cells above to see what fills do."))
    elif not own:
        sentence = ngettext(
            "This table has no missing values of its own; {count} cell was masked to show what fills do.",
            "This table has no missing values of its own; {count} cells were masked to show what fills do.",
            of.taken,
        )
        st.markdown(sentence.format(count=format_count(of.taken)))
    elif of.taken:
        sentence = _("Missing cells in the table itself: {own}. Masked as well: {taken}.")
        st.markdown(sentence.format(own=format_count(own), taken=format_count(of.taken)))
    if settings.value("gaps_which") == "large" and of.taken:
        st.caption(
            _(
                "The larger a value, the likelier it was masked: being missing depends on the value itself (missing "
                "not at random), which no fill can know. Compare the means."
            )
        )
    cells = max(picture.rows * len(picture.counts), 1)
    boxes(
        [
            (_("Missing cells"), f"{format_count(picture.missing)} ({format_percent(picture.missing / cells, 1)})"),
            (
                _("Columns with missing values"),
                f"{format_count(int((picture.counts['missing'] > 0).sum()))} / {format_count(len(picture.counts))}",
            ),
            (
                _("Complete rows"),
                f"{format_count(picture.complete)} ({format_percent(picture.complete / max(picture.rows, 1), 1)})",
            ),
            (
                _("Combinations"),
                format_count(picture.combination_count),
                _("Sets of columns that are missing in the same row."),
            ),
        ]
    )


def _show_picture(of: Study) -> None:
    picture = of.picture
    if not picture.missing:
        return
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        st.altair_chart(
            missing_matrix(picture.matrix, _("The stronger the colour, the more values are missing.")),
            alt=findings.missing_cells(picture),
        )
    with right:
        st.markdown(_("**Missing together**: the columns that are missing in the same rows"))
        show_table(
            summary_tables.combinations(picture),
            hide_index=True,
            column_order=list(summary_tables.combination_config()),
            column_config=summary_tables.combination_config(),
            alt=_("One row per combination of columns that are missing together, the most frequent first."),
        )
    show_notes(picture.notes)
    left, right = st.columns([1, 1.5], gap="large")
    with left:
        show_table(
            picture.counts.sort_values("missing", ascending=False, kind="stable"),
            hide_index=True,
            height=min(38 + 35 * len(picture.counts), 380),
            column_config=summary_tables.count_config(),
            alt=_("One row per column of the table: how many of its cells are missing."),
        )
    with right:
        if (picture.together["both"] > 0).any():
            st.altair_chart(
                missing_together(
                    picture.together,
                    _("Of the rows in which one is missing, the share in which the other is missing too."),
                ),
                alt=findings.missing_together(picture),
            )
        elif len(picture.together):
            st.markdown(_("No two columns are missing in the same row."))
