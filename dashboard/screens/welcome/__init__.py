"""Welcome: a model already trained on a real table, and links to the other screens."""

import streamlit as st

from core.language import _
from dashboard.charts.compare.predictions import fitted_line, predictions_against_truth
from dashboard.charts.train.loss import loss_curve
from dashboard.pipeline import findings, results, training
from dashboard.pipeline.coefficient_rows import arranged, in_units, plot, verdict
from dashboard.pipeline.starts import suit_start
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.page import explained, heading, link
from dashboard.visit import state


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Watch a model learn"),
        _("Descent Lab trains linear regression step by step, on your own table, and compares minibatch SGD with "
          "the exact solution."),
    )  # fmt: skip
    _ways_on()
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
    left, right = st.columns(2, gap="large")
    left.altair_chart(
        loss_curve(result.run.history, result.run.closed_form_loss, problem.label), alt=results.outcome(result)
    )
    if len(problem.feature_names) == 1:
        chart = fitted_line(
            results.line_points(problem), results.line_models(result), problem.feature_names[0], problem.label
        )
    else:
        chart = predictions_against_truth(results.prediction_points(problem, result), problem.label)
    right.altair_chart(chart, alt=findings.predictions(problem, result))
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
    }
