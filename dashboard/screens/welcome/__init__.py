"""Welcome: a model that has learned a real table, played once on arrival, and the ways into the lab."""

import streamlit as st

from core.language import _
from dashboard.pipeline import results, training
from dashboard.pipeline.coefficient_rows import arranged, in_units, plot, verdict
from dashboard.pipeline.stage import draw_stage, usual_axes
from dashboard.pipeline.starts import suit_start
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.page import explained, heading, link
from dashboard.visit import navigation, state

OPENING = 3.0  # seconds that the descent plays on arrival


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Watch a model learn"),
        _("Descent Lab trains linear regression step by step, on your own table, and compares minibatch SGD with "
          "the exact solution."),
    )  # fmt: skip
    problem = training.table_problem()
    suit_start(problem)
    how = training.sgd_config(problem)
    result = training.result(problem, how)
    st.header(
        escape_markdown(_("{table}: predicting {target}").format(table=state.source().name, target=problem.label)),
        anchor=False,
    )
    if result.run.diverged:
        show_warning(result.run.note)
    else:
        st.markdown(escape_markdown(results.outcome(result)))
    draw_stage(problem, how, result, usual_axes(problem), OPENING)
    _ways_on()
    left, right = st.columns(2, gap="large")
    rows, confidence = arranged(in_units(result.comparison, "standardised"), "size"), 95
    left.altair_chart(plot(rows, problem, result, "standardised", confidence), alt=verdict(rows, confidence))
    right.markdown(
        escape_markdown(
            _("The two sets of coefficients, in {label} per standard deviation of the feature:").format(
                label=problem.label
            )
        )
    )
    right.dataframe(
        result.comparison.coefficients[
            ["coefficient", "sgd_standardised", "closed_form_standardised", "difference_standardised"]
        ],
        hide_index=True,
        column_config={
            "coefficient": st.column_config.TextColumn(_("Coefficient"), pinned=True),
            "sgd_standardised": st.column_config.NumberColumn(_("SGD"), format="%.6g"),
            "closed_form_standardised": st.column_config.NumberColumn(_("Closed form"), format="%.6g"),
            "difference_standardised": st.column_config.NumberColumn(_("Difference"), format="%.3g"),
        },
        alt=_("SGD's and the closed form's coefficients side by side."),
    )
    link("compare", _("See them in the units of the table"))


def _ways_on() -> None:
    ways = [
        (
            "path",
            _("Walk four days"),
            _("From a table in a file to a model that you can explain, step by step, in the order of the book."),
        ),
        (
            "data",
            _("Bring a table"),
            _("Upload a file, fill missing values, encode its categories, and take home tensors and a script."),
        ),
        (
            "train",
            _("Change the settings"),
            _("Change learning rate, batch size and noise, and see at once what each one does."),
        ),
        ("compare", _("Compare"), _("Compare SGD with the closed form, in the units of your table, digit by digit.")),
    ]
    for place, (path, name, sentence) in zip(st.columns(len(ways)), ways, strict=True):
        with place.container(border=True):
            link(path, name)
            st.caption(sentence)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.caption(_("Or look up an idea:"), width="content")
        for path, name in _ideas().items():
            link(path, name)


def _ideas() -> dict[str, str]:
    """Return the screens on a single idea, each with its name here."""
    return {
        "tensors": _("tensors"),
        "products": _("products"),
        "reductions": _("reductions"),
        "norms": _("norms"),
        "calculus": _("derivatives"),
        "autograd": _("backpropagation"),
    } | ({"glossary": _("glossary")} if navigation.find("glossary") else {})
