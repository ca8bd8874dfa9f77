"""Whether the residuals look like the normal noise that squared loss assumes."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_latex, format_number, format_percent
from core.language import _
from core.regression.data.validation import Array
from core.regression.diagnostics.influence import studentise
from core.regression.diagnostics.likelihood import negative_log_likelihood
from core.regression.diagnostics.normality import Shape, find_shape, histogram, normal_quantiles
from core.regression.diagnostics.residuals import Residuals, largest_rows
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.diagnostics import normal_quantile_plot, residual_histogram
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare.diagnosed import (
    MOST_DRAWN,
    chosen_model,
    influence,
    residuals,
    row_numbers,
    settings_of,
    show_reason,
)
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import boxes
from dashboard.visit.cache import cache_resource

NAMED = 3
FEW = 30  # rows, with which the test rarely rejects
MANY = 5000  # rows, with which it detects even small deviations
SKEWED, HEAVY = 0.5, 1.0


@dataclass(frozen=True, eq=False)
class _Seen:
    """What is drawn: the histogram, the normal curve, the quantiles and how many of them lie in the band; the shape."""

    bars: pd.DataFrame
    curve: pd.DataFrame
    quantiles: pd.DataFrame
    inside: float
    shape: Shape | None


def draw_noise(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the histogram, the quantiles, the statistics, and why squared loss goes with normal noise."""
    model = chosen_model(result)
    found = residuals(problem, how, result, model)
    if show_reason(found, len(found.residuals)) or found.deviation is None:
        return
    room = influence(problem, result).without.room
    seen = _look(problem.key, settings_of(model, how), problem, found, found.deviation, room)
    verdict = _verdict(seen.shape, len(found.residuals))
    left, right = st.columns(2, gap="large")
    sigma = format_number(found.deviation, 4)
    with left:
        st.altair_chart(
            residual_histogram(seen.bars, seen.curve, problem.label, sigma),
            alt=_("Histogram of the residuals with the normal curve of standard deviation {sigma}. {verdict}").format(
                sigma=sigma, verdict=verdict
            ),
        )
    with right:
        named = seen.quantiles.iloc[largest_rows(seen.quantiles["value"], NAMED)]
        text = _("In the grey band: {share}; of a normal sample, 95%.").format(share=format_percent(seen.inside))
        st.altair_chart(normal_quantile_plot(seen.quantiles, named, text), alt=text)
    st.markdown(escape_markdown(verdict))
    _show_figures(found, seen.shape, problem.label)
    _show_likelihood(found, found.deviation)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _look(
    key: str, how: SgdConfig | None, _problem: Problem, _found: Residuals, deviation: float, _room: Array
) -> _Seen:
    bars, curve = histogram(_found.residuals, deviation)
    quantiles, inside = _quantiles(_problem, studentise(_found, _room))
    return _Seen(bars, curve, quantiles, inside, find_shape(_found.residuals))


def _quantiles(problem: Problem, standardised: Array) -> tuple[pd.DataFrame, float]:
    """Return the quantiles to draw with the number of each row, and the share of them in the band."""
    known = np.flatnonzero(~np.isnan(standardised))
    quantiles = normal_quantiles(standardised[known], MOST_DRAWN)
    order = known[np.argsort(standardised[known], kind="stable")]
    rows, _test = row_numbers(problem)
    quantiles["row"] = rows[order[quantiles["rank"].to_numpy()]].astype(str)
    return quantiles, float(quantiles["value"].between(quantiles["low"], quantiles["high"]).mean())


def _show_figures(found: Residuals, shape: Shape | None, label: str) -> None:
    shown: list[tuple[str, str] | tuple[str, str, str]] = [
        (
            _("σ ({label})").format(label=escape_markdown(label)),
            format_number(found.deviation, 4),
            _("The residual standard deviation: √(sum of squared residuals / (rows − independent parameters))."),
        )
    ]
    if shape is not None:
        shown += [
            (_("Skewness"), format_number(shape.skewness, 3), _("0 if symmetric; above 0 with a longer tail upwards.")),
            (
                _("Excess kurtosis"),
                format_number(shape.excess, 3),
                _("0 for the normal curve; above 0 with heavier tails."),
            ),
            (
                _("Jarque–Bera"),
                format_number(shape.jarque_bera, 3),
                _("n/6 · (skewness² + excess²/4): how far both are from 0, compared with chance."),
            ),
            (_("p-value"), _p(shape.p_value), _("How often normal noise would give as much or more.")),
        ]
    boxes(shown)


def _p(value: float) -> str:
    return _("below 0.0001") if value < 1e-4 else format_number(value, 2)


def _verdict(shape: Shape | None, rows: int) -> str:
    """Return how the residuals differ from normal noise, in plain words."""
    if shape is None:
        return _("All residuals are equal, so their distribution has no shape.")
    seen = []
    if abs(shape.skewness) > SKEWED:
        seen.append(
            _("The tail upwards is the longer one: some labels are far above their predictions.")
            if shape.skewness > 0
            else _("The tail downwards is the longer one: some labels are far below their predictions.")
        )
    if shape.excess > HEAVY:
        seen.append(_("Large residuals are more common than in normal noise."))
    elif shape.excess < -HEAVY:
        seen.append(_("Large residuals are rarer than in normal noise."))
    share = _("less than 0.01%") if shape.p_value < 1e-4 else f"{format_number(100 * shape.p_value, 2)}%"
    if shape.p_value < 0.05:
        template = _(
            "The residuals do not look normal: normal noise would have a skewness and a kurtosis this far off in "
            "{share} of tables."
        )
        more = (
            _("With so many rows the test detects even small deviations; the charts show whether they matter.")
            if rows > MANY
            else ""
        )
    else:
        template = _(
            "The residuals are consistent with normal noise: it would have a skewness and a kurtosis this far off "
            "in {share} of tables."
        )
        more = _("With so few rows the test rarely rejects.") if rows < FEW else ""
    return " ".join(sentence for sentence in (template.format(share=share), more, *seen) if sentence)


def _show_likelihood(found: Residuals, deviation: float) -> None:
    """Draw what is assumed, the likelihood of a row, and that of all rows with its numbers."""
    st.header(_("Why squared loss: maximum likelihood"), anchor=False)
    assumed = [
        _("each label is the model's prediction plus noise, y = ŷ + ε;"),
        _("the noise is normal, with mean 0;"),
        _("it has one standard deviation σ, the same for all rows;"),
        _("the rows are independent: the noise of one says nothing about that of another."),
    ]
    lines = "\n".join(f"- {line}" for line in assumed)
    density = _("The likelihood of a label is then the normal density there, and its negative logarithm is")
    st.markdown("\n\n".join([_("Four things are assumed:"), lines, density]))
    st.latex(
        r"\begin{aligned} -\log p(y \mid x) &= \frac{1}{2\sigma^2}(y - \hat y)^2 + \tfrac{1}{2}\log(2\pi\sigma^2) \\ "
        rf"&= \frac{{(y - \hat y)^2}}{{2 \cdot {_power(deviation)}^2}} {_signed(deviation)} \end{{aligned}}"
    )
    st.markdown(
        _("Independent rows multiply their likelihoods, so the logarithms add. With one σ for all rows, the part that "
          "depends on the parameters is n/σ² times the loss:")
    )  # fmt: skip
    st.latex(likelihood_formula(found.residuals, deviation))
    st.markdown(
        _("The first term does not depend on the parameters. So those that minimise the loss, argmin L, maximise the "
          "likelihood: squared loss is maximum likelihood for normal noise. If the noise has heavier tails, squared "
          "loss gives too much weight to outliers. If σ differs from row to row, or rows depend on each other, the "
          "closed form still minimises L, but its standard errors and intervals no longer hold.")
    )  # fmt: skip


def likelihood_formula(residuals: Array, deviation: float) -> str:
    """Return the negative log-likelihood of all rows as a formula, with its two terms and their sum."""
    total = negative_log_likelihood(residuals, deviation)
    level = negative_log_likelihood(np.zeros_like(residuals), deviation)
    return (
        r"\begin{aligned} -\log P(\mathbf{y} \mid X) &= \tfrac{n}{2}\log(2\pi\sigma^2) + \frac{1}{2\sigma^2}"
        r"\sum_{i=1}^{n} \left(y^{(i)} - \hat y^{(i)}\right)^2 = \tfrac{n}{2}\log(2\pi\sigma^2) + "
        r"\frac{n}{\sigma^2}\, L \\ "
        rf"&= {format_latex(level, 5)} + {format_latex(total - level, 5)} = {format_latex(total, 5)} \end{{aligned}}"
    )


def _power(deviation: float) -> str:
    text = format_latex(deviation)
    return text if "times" not in text else rf"({text})"


def _signed(deviation: float) -> str:
    constant = 0.5 * math.log(2 * math.pi) + math.log(deviation)
    return f"{'-' if constant < 0 else '+'} {format_latex(abs(constant))}"
