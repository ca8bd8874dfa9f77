"""All kinds of problems beside each other: question, input, output, loss, example, and what is left out."""

import pandas as pd
import streamlit as st

from core.language import _
from core.problems.kinds import GROUPS, KINDS, TIMINGS


def draw_table() -> None:
    """Draw the table."""
    st.markdown(_("Most problems differ in three things: what goes in, what comes out, and what is made least."))
    rows = [
        {
            _("Problem"): _(kind.title),
            _("Question"): _(kind.question),
            _("Input"): _(kind.input),
            _("Output"): _(kind.output),
            _("Loss"): _(kind.loss),
            _("Example"): _(kind.example),
            _("What this miniature leaves out"): _(kind.leaves_out),
            _("Group"): f"{_(GROUPS[kind.group][0])}, {_(TIMINGS[kind.timing])}",
        }
        for kind in KINDS.values()
    ]
    st.table(pd.DataFrame(rows).set_index(_("Problem")))
