"""Charts of the dot product: a sum term by term, and a mean as the point of balance."""

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.formatting import format_number
from core.language import _
from core.tensors.products import WeightedMean
from dashboard.charts.shared import DASH, QUIET, framed, legend, titled

MOST_TERMS = 60


def sum_table(products: NDArray[np.float64]) -> pd.DataFrame:
    """Return one row for each term of a sum: its index, the sum before and after it, and whether it is positive."""
    after = np.cumsum(products)
    adds = np.where(products < 0, _("subtracts"), _("adds"))
    columns = {"place": np.arange(products.size), "before": after - products, "after": after, "term": products}
    return pd.DataFrame(columns | {"does": adds}).head(MOST_TERMS)


def sum_chart(products: NDArray[np.float64]) -> alt.LayerChart:
    """Draw a sum as steps: each term begins at the sum before it."""
    table = sum_table(products)
    text = _("The first {shown} of {all} terms.").format(shown=len(table), all=products.size)
    across = alt.X("place:O", title=_("index i"), axis=alt.Axis(labelAngle=0, labelOverlap=True))
    up = alt.Y("before:Q", title=_("sum so far"), axis=alt.Axis(tickCount=5))
    names = [_("adds"), _("subtracts")]
    colour = alt.Color("does:N", title=None, legend=legend(), scale=alt.Scale(domain=names))
    tooltip = [
        alt.Tooltip("place:O", title=_("index i")),
        alt.Tooltip("term:Q", title=_("term"), format=".6~g"),
        alt.Tooltip("after:Q", title=_("sum so far"), format=".6~g"),
    ]
    base = alt.Chart(table)
    bars = base.mark_bar(size=48 if len(table) <= 12 else 8).encode(
        across, up, alt.Y2("after:Q"), colour, tooltip=tooltip
    )
    ends = base.mark_point(filled=True, size=110, opacity=1).encode(
        across, alt.Y("after:Q"), colour, alt.Shape("does:N", title=None, scale=alt.Scale(
            domain=names, range=["triangle-up", "triangle-down"]), legend=legend()), tooltip=tooltip
    )  # fmt: skip
    steps = base.mark_line(interpolate="step-after", strokeDash=DASH, color=QUIET, strokeWidth=1.5).encode(
        across, alt.Y("after:Q"), order="place:O"
    )
    return framed(
        [steps, bars, ends], titled(_("The sum, term by term"), text if len(table) < products.size else ""), 280
    )


def sum_sentence(products: NDArray[np.float64]) -> str:
    """Describe the chart of a sum."""
    template = _("{terms} products are added: {positive} are positive, {negative} negative, and the sum is {total}.")
    return template.format(
        terms=products.size,
        positive=int((products >= 0).sum()),
        negative=int((products < 0).sum()),
        total=format_number(float(products.sum())),
    )


def balance_chart(of: WeightedMean) -> alt.LayerChart:
    """Draw values on a line, sized by their shares, with their point of balance."""
    values = pd.DataFrame({"value": of.values, "share": of.shares})
    means = pd.DataFrame(
        {"value": [of.mean, of.plain], "which": [_("weighted mean"), _("plain mean")], "share": [np.nan, np.nan]}
    )
    low, high = float(of.values.min()), float(of.values.max())
    room = (high - low) / 10 or max(abs(high), 1.0) / 10
    across = alt.X("value:Q", title=_("value"), scale=alt.Scale(domain=[low - room, high + room], nice=False))
    names = [_("weighted mean"), _("plain mean")]
    rules = alt.Chart(means).mark_rule(strokeWidth=2.5).encode(
        across,
        alt.Color("which:N", title=None, legend=legend(), scale=alt.Scale(domain=names)),
        alt.StrokeDash("which:N", title=None, legend=legend(), scale=alt.Scale(domain=names, range=[[1, 0], DASH])),
        tooltip=[alt.Tooltip("which:N", title=_("mean")), alt.Tooltip("value:Q", title=_("value"), format=".6~g")],
    )  # fmt: skip
    up = alt.Scale(domain=[0, float(of.shares.max()) * 1.2], nice=False)
    sticks = alt.Chart(values).mark_rule(color=QUIET, strokeWidth=1.5).encode(
        across, alt.Y("share:Q", title=_("share"), scale=up), alt.Y2(datum=0)
    )  # fmt: skip
    dots = alt.Chart(values).mark_circle(opacity=0.75).encode(
        across,
        alt.Y("share:Q", title=_("share"), scale=up, axis=alt.Axis(format="~%", tickCount=5)),
        alt.Size("share:Q", legend=None, scale=alt.Scale(domainMin=0, range=[20, 900])),
        tooltip=[
            alt.Tooltip("value:Q", title=_("value"), format=".6~g"),
            alt.Tooltip("share:Q", title=_("share"), format=".1%"),
        ],
    )  # fmt: skip
    return framed([sticks, rules, dots], titled(_("Where the values balance")), 280)


def balance_sentence(of: WeightedMean) -> str:
    """Describe the chart of a weighted mean."""
    template = _("Values from {low} to {high}; with these weights their mean is {mean}, with equal weights {plain}.")
    return template.format(
        low=format_number(float(of.values.min())),
        high=format_number(float(of.values.max())),
        mean=format_number(of.mean),
        plain=format_number(of.plain),
    )
