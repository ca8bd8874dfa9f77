"""What deleting missing values leaves and loses, as a table beside filling them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.preprocessing.analysis.deletions import Deletion
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table


def draw(deletions: Sequence[Deletion]) -> None:
    """Draw one row per way, and what was lost in a sentence; nothing for a table without missing inputs."""
    if not deletions:
        return
    rows = [
        {
            "way": _name(each),
            "rows": each.rows,
            "columns": each.columns,
            "missing": each.missing,
            "lost": each.lost,
            "label_mean": each.mean,
            "label_spread": each.spread,
        }
        for each in deletions
    ]
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    show_table(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="–",
        column_config={
            "way": text(_("What is done"), width="medium"),
            "rows": number(_("Rows left")),
            "columns": number(_("Columns left")),
            "missing": number(_("Inputs still missing")),
            "lost": number(_("Known cells deleted"), help=_("Cells with a value in the deleted rows and columns.")),
            "label_mean": number(_("Mean of the label"), format="%.6g", help=_("Over the rows that are left.")),
            "label_spread": number(
                _("Its standard deviation"), format="%.5g", help=_("The number of rows that are left is the divisor.")
            ),
        },
        alt=_("One row per way to deal with missing values: what is left, and what is lost."),
    )
    for sentence in _losses({each.way: each for each in deletions}):
        st.markdown(escape_markdown(sentence))


def _name(each: Deletion) -> str:
    return {
        "nothing": _("nothing"),
        "rows": _("delete rows with a missing value"),
        "column": _("delete “{column}”, the emptiest column").format(column=each.dropped),
        "column_and_rows": _("delete “{column}”, then such rows").format(column=each.dropped),
        "fill": _("fill numbers with their mean"),
    }[each.way]


def _losses(by: dict[str, Deletion]) -> list[str]:
    start, rows, column = by["nothing"], by.get("rows"), by.get("column")
    sentences = []
    if rows is not None and not rows.rows:
        sentences.append(_("No row is complete: after dropna() nothing is left to learn from."))
    elif rows is not None:
        sentences.append(
            _("Rows left by dropna(): {left} of {rows}. Known cells deleted with the others: {lost}.").format(
                left=format_count(rows.rows), rows=format_count(start.rows), lost=format_count(rows.lost)
            )
        )
        if format_number(rows.mean) not in ("–", format_number(start.mean)):
            sentences.append(
                _("The mean of the label moves from {before} to {after}, its standard deviation from {narrow} to "
                  "{wide}. If rows with missing values differ from the others, what is left is biased.").format(
                    before=format_number(start.mean), after=format_number(rows.mean),
                    narrow=format_number(start.spread), wide=format_number(rows.spread),
                )
            )  # fmt: skip
    if column is not None:
        sentences.append(
            ngettext(
                "Without “{column}” every row stays; its {lost} known value is lost. Inputs still missing: {missing}.",
                "Without “{column}” every row stays; its {lost} known values are lost. Inputs still missing: "
                "{missing}.",
                column.lost,
            ).format(column=column.dropped, lost=format_count(column.lost), missing=format_count(column.missing))
        )  # fmt: skip
    return sentences
