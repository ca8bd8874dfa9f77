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
    st.header(_("Which columns say nothing new"), anchor=False)
    st.markdown(escape_markdown(_verdict(diagnosis)))
    boxes(
        [
            (_("Columns, that of ones included"), format_count(diagnosis.features + 1)),
            (_("Rank"), format_count(diagnosis.rank), _("How many of these columns say something of their own.")),
            (_("Too many"), format_count(len(diagnosis.findings))),
            (_("Training rows"), format_count(diagnosis.rows)),
        ]
    )
    rank_findings.draw_findings(problem, diagnosis)
    st.header(_("What the usual lines return"), anchor=False)
    rank_solvers.draw_rank_lines(problem, result)
    st.header(_("Where SGD lands, and why there"), anchor=False)
    rank_min_norm.draw_landing(problem, how, result, diagnosis)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Looking at the columns"))
def _diagnose(key: str, _problem: Problem, _result: Result) -> Diagnosis:
    return diagnose(_problem.X_train, _result.fit, _problem.feature_names)


def _verdict(diagnosis: Diagnosis) -> str:
    if not diagnosis.deficient:
        return _(
            "Every column says something of its own: the rank is full, and exactly one set of parameters fits best. "
            "How close the columns come to depending on each other is told below."
        )
    count = len(diagnosis.findings)
    told = ngettext(
        "{count} feature can be computed from the others and the column of ones that stands for the bias. So "
        "infinitely many parameters predict the same, and lines that ask for the one right answer fail.",
        "{count} features can be computed from the others and the column of ones that stands for the bias. So "
        "infinitely many parameters predict the same, and lines that ask for the one right answer fail.",
        count,
    ).format(count=format_count(count))
    if not diagnosis.forced:
        return told
    return (
        told
        + " "
        + _(
            "With {rows} rows for {columns} columns there is no way around it: at least {forced} of them had to depend "
            "on the others."
        ).format(
            rows=format_count(diagnosis.rows),
            columns=format_count(diagnosis.features + 1),
            forced=format_count(diagnosis.forced),
        )
    )
