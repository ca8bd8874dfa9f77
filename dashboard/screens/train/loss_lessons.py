"""What holds for the loss: never negative, the ½, mean or sum; and drawing rows with or without replacement."""

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.regression.data.replacement import draw_epochs, unseen_share
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.loss_scales import loss_scales
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.train.update_lines import first_batch
from dashboard.visit.cache import cache_data

_ROUNDING = 1e-14  # of 1 - R², below which residuals are rounding


def draw_loss_lessons(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw why the loss is never negative, and what a factor before it changes."""
    least = format_number(result.fit.loss, 4)
    here = (
        _("The closed form meets every label of these rows: its loss is {least}, 0 but for rounding.")
        if _is_perfect(result)
        else _("The loss of the closed form is {least}: no linear model meets every label of these rows.")
    ).format(least=least)
    never = _(
        "**Never negative, and 0 when perfect.** Each row adds half of a square. So L ≥ 0, and L = 0 only where every "
        "prediction equals its label."
    )
    accuracy = _("Why one descends a loss and not the accuracy is shown under “Nudge a parameter”, above.")
    st.markdown(f"{never} {here} {accuracy}")
    st.markdown(_scales_sentence())
    alt = _("Four scales of the loss, one a row: its value, the derivative by b, the rate, and the step of b.")
    st.table(_scales_table(problem, how, result), hide_index=True, border="horizontal", alt=alt)
    if not how.rule.has_spectrum:
        st.markdown(
            _("That is plain SGD. Adam divides each gradient by its own size: the factor drops out, the rate stays.")
        )


def _is_perfect(result: Result) -> bool:
    share = result.fit.r_squared
    return result.fit.loss == 0 or (share is not None and 1.0 - share < _ROUNDING)


def _scales_sentence() -> str:
    return _(
        "**Why the ½, and mean or sum.** A factor before the loss moves no minimum: w* is the same. The ½ cancels the "
        "2 that the square brings down. A sum over m rows is m times their mean, and so is its gradient, so its rate "
        "has to be divided by m for the same update. The book sums, `loss.sum().backward()`, and its `sgd` divides by "
        "the batch size. The first minibatch, with e = ŷ − y:"
    )


def _scales_table(problem: Problem, how: SgdConfig, result: Result) -> pd.DataFrame:
    """Return the loss on four scales, as it is read."""
    batch = first_batch(problem, how, result)
    rows = loss_scales(batch.errors, how.learning_rate).to_dict("records")
    m = len(batch.errors)
    names = {
        "half_mean": (rf"\frac{{1}}{{2 \cdot {m}}} \sum e^2", _("half the mean: this lab")),
        "mean": (rf"\frac{{1}}{{{m}}} \sum e^2", _("mean: torch's MSELoss")),
        "half_sum": (r"\frac{1}{2} \sum e^2", _("half the sum: the book's")),
        "sum": (r"\sum e^2", _("sum")),
    }
    lines = [
        [
            f"${names[row['scale']][0]}$, {names[row['scale']][1]}",
            *(format_number(value, 4) for value in (row["loss"], row["gradient"], row["rate"], row["step"])),
        ]
        for row in rows
    ]
    return pd.DataFrame(lines, columns=[_("loss"), _("value"), _("∂/∂b"), _("rate η"), _("η · ∂/∂b")])


def draw_replacement(problem: Problem, how: SgdConfig) -> None:
    """Draw what drawing the rows with replacement would change, as measured on the training rows."""
    n = len(problem.y_train)
    drawn = _drawn(problem.key, how.seed, problem)
    names = {False: _("without replacement: this lab, the book"), True: _("with replacement")}
    lines = [
        [
            names[bool(row["replacement"])],
            *(format_count(int(count)) for count in (row["never"], row["once"], row["more"])),
            format_number(float(row["off"]), 3),
        ]
        for row in drawn.to_dict("records")
    ]
    share = int(drawn["never"].iloc[1]) / n
    text = _(
        "**Drawing rows without or with replacement.** An epoch takes each row exactly once: that is without "
        "replacement. With replacement each of the n = {rows} draws would be from all rows. A row is then missed in an "
        "epoch with probability (1 − 1/n)ⁿ = {expected}; in one such epoch, drawn with this seed, {share} of the rows "
        "were never seen:"
    ).format(
        rows=format_count(n),
        expected=format_percent(unseen_share(n), 1),
        share=format_percent(share, 1),
    )
    head = [
        _("n draws"), _("rows never seen"), _("seen once"), _("seen more often"), _("mean label of the draws, off by"),
    ]  # fmt: skip
    st.markdown(text)
    alt = _("Two ways to draw, one a row: how many rows are seen never, once and more often, and the mean label drawn.")
    st.table(pd.DataFrame(lines, columns=head), hide_index=True, border="horizontal", alt=alt)


@cache_data(scope="session", max_entries=16, show_spinner=False)
def _drawn(key: str, seed: int, _problem: Problem) -> pd.DataFrame:
    return draw_epochs(_problem.y_train, seed)
