"""What inv, solve, lstsq, pinv, ridge and dropping columns return on this very table."""

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_duration, format_list, format_number
from core.language import N_, _, ngettext
from core.regression.experiments.solver_snippets import SETUP
from core.regression.experiments.solver_trials import Trial, Trials, try_all
from dashboard.pipeline.training import Problem, Result
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit.cache import cache_resource


def draw_rank_lines(problem: Problem, result: Result) -> None:
    """Draw the table of trials, and the code of each."""
    knob, words = st.columns([1, 2.2], gap="large", vertical_alignment="center")
    with knob:
        penalty = controls.slider("compare_ridge", _("Penalty of ridge regression, λ"))
    trials = _try(problem.key, penalty, problem, result)
    with words:
        st.markdown(escape_markdown(_outcome(trials)))
    show_table(
        pd.DataFrame([_row(attempt) for attempt in trials.attempts]),
        hide_index=True,
        placeholder="–",
        height=38 + 35 * len(trials.attempts),
        column_config={
            "way": st.column_config.TextColumn(_("Line"), pinned=True),
            "verdict": st.column_config.TextColumn(_("Verdict")),
            "digits": st.column_config.NumberColumn(
                _("Correct digits"),
                format="%.1f",
                help=_("To how many digits its predictions agree with the exact ones."),
            ),
            "largest": st.column_config.TextColumn(_("Largest coefficient")),
            "loss": st.column_config.TextColumn(_("Loss")),
            "gap": st.column_config.TextColumn(_("Above the smallest loss")),
            "seconds": st.column_config.TextColumn(_("Time")),
            "said": st.column_config.TextColumn(_("Exception or note"), width="large"),
        },
        alt=_("One row per line of code: verdict, largest coefficient, loss and time, or the exception."),
    )
    if trials.rows < trials.of_rows:
        template = _("To save time, the lines run on {rows} of the {of_rows} training rows, evenly spread.")
        st.caption(
            escape_markdown(template.format(rows=format_count(trials.rows), of_rows=format_count(trials.of_rows)))
        )
    _show_code(trials)


@cache_resource(scope="session", max_entries=8, show_spinner=N_("Running the lines"))
def _try(key: str, penalty: float, _problem: Problem, _result: Result) -> Trials:
    return try_all(_problem.X_train, _problem.y_train, _result.fit, penalty)


def _outcome(trials: Trials) -> str:
    wrong = [attempt for attempt in trials.attempts if attempt.verdict in ("nonsense", "not_finite", "raises")]
    silent = [attempt for attempt in wrong if attempt.verdict != "raises"]
    if not wrong:
        return _("Each of these was run on your rows just now, and none fails.")
    text = ngettext(
        "Each of these was run on your rows just now. {count} of {all} fails.",
        "Each of these was run on your rows just now. {count} of {all} fail.",
        len(wrong),
    ).format(count=len(wrong), all=len(trials.attempts))
    if not silent:
        return text
    return (
        text
        + " "
        + _("A silent error is worse than an exception: {names} returned a wrong result without a warning.").format(
            names=format_list(attempt.way.name for attempt in silent)
        )
    )


def verdict(attempt: Trial) -> str:
    """Return the verdict on a trial, in a few words after a sign."""
    return {
        "smallest": _("✓ correct, and of minimum norm"),
        "right": _("✓ correct"),
        "close": _("≈ close"),
        "nonsense": _("✗ wrong, and no exception"),
        "not_finite": _("✗ overflows, and no exception"),
        "raises": _("! raises"),
    }[attempt.verdict]


def _row(attempt: Trial) -> dict[str, object]:
    return {
        "way": attempt.way.name,
        "verdict": verdict(attempt),
        "digits": None if attempt.digits is None else max(attempt.digits, 0.0),
        "largest": format_number(attempt.largest, 5),
        "loss": format_number(attempt.loss, 8),
        "gap": format_number(attempt.gap, 3),
        "seconds": format_duration(attempt.seconds),
        "said": _said(attempt),
    }


def _said(attempt: Trial) -> str:
    if attempt.error is not None:
        return f"{attempt.error}: {attempt.message}"
    if attempt.verdict == "not_finite":
        return _("Some of its numbers are infinite or not a number.")
    return "" if attempt.rank is None else _("It estimated the rank as {rank}.").format(rank=attempt.rank)


def _show_code(trials: Trials) -> None:
    with st.expander(_("The lines themselves"), icon=":material/code:"):
        st.markdown(_("All begin with the features and a column of ones for the bias:"))
        st.code(SETUP, language="python", wrap_lines=True)
        for attempt in trials.attempts:
            sentence = _("{way}: {verdict}").format(way=attempt.way.name, verdict=verdict(attempt))
            if attempt.digits is not None:
                sentence += "; " + _("its coefficients have the norm {norm}").format(
                    norm=format_number(attempt.norm, 4)
                )
            st.markdown(escape_markdown(sentence))
            st.code(attempt.way.code, language="python", wrap_lines=True)
            if attempt.error is not None:
                st.code(f"{attempt.error}: {attempt.message}", language=None, wrap_lines=True)
