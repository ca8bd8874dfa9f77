"""Rank: linearly dependent columns, what the usual solvers return, and which solution SGD converges to."""

import streamlit as st

from core.formatting import format_count
from core.language import N_, _, ngettext
from core.regression.diagnostics.collinearity import Diagnosis, diagnose
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare import rank_findings, rank_min_norm, rank_solvers
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import boxes
from dashboard.visit.cache import cache_resource


def draw_rank(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the view."""
    diagnosis = _diagnose(problem.key, problem, result)
    st.header(_("Linearly dependent columns"), anchor=False)
    st.markdown(escape_markdown(_verdict(diagnosis)))
    boxes(
        [
            (_("Columns, that of ones included"), format_count(diagnosis.features + 1)),
            (_("Rank"), format_count(diagnosis.rank), _("Number of linearly independent columns.")),
            (_("Dependent columns"), format_count(len(diagnosis.findings))),
            (_("Training rows"), format_count(diagnosis.rows)),
        ]
    )
    rank_findings.draw_findings(problem, diagnosis)
    st.header(_("What the usual solvers return"), anchor=False)
    rank_solvers.draw_rank_lines(problem, result)
    st.header(_("Which solution SGD converges to, and why"), anchor=False)
    rank_min_norm.draw_landing(problem, how, result, diagnosis)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Inspecting the columns"))
def _diagnose(key: str, _problem: Problem, _result: Result) -> Diagnosis:
    return diagnose(_problem.X_train, _result.fit, _problem.feature_names)


def _verdict(diagnosis: Diagnosis) -> str:
    if not diagnosis.deficient:
        return _(
            "All columns are linearly independent: the rank is full, and exactly one set of parameters fits best. "
            "How close they are to linear dependence is shown below."
        )
    count = len(diagnosis.findings)
    text = ngettext(
        "{count} feature is a linear combination of the others and the column of ones for the bias. So infinitely "
        "many sets of parameters predict the same, and solvers that need a unique solution fail.",
        "{count} features are linear combinations of the others and the column of ones for the bias. So infinitely "
        "many sets of parameters predict the same, and solvers that need a unique solution fail.",
        count,
    ).format(count=format_count(count))
    if not diagnosis.forced:
        return text
    return (
        text
        + " "
        + _(
            "X with its column of ones has shape ({rows}, {columns}), so this cannot be avoided: of its columns at "
            "least {forced} must depend on the others."
        ).format(
            rows=format_count(diagnosis.rows),
            columns=format_count(diagnosis.features + 1),
            forced=format_count(diagnosis.forced),
        )
    )
