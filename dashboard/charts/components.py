"""Charts of bad data: the accuracy by the share of wrong labels, and the error by the number of rows."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import QUIET, dashes, framed, legend, titled


def label_noise(study: pd.DataFrame, chosen: float) -> alt.LayerChart:
    """Draw the accuracy of a classifier trained on flipped labels by the share of them, with its range over seeds.

    `study` has share, seed, true, measured and expected, as `study_label_noise` returns it; `chosen` is the share of
    the slider.
    """
    names = {"true": _("on true labels"), "measured": _("on labels flipped too"), "expected": _("expected of these")}
    parts = [part for part in names if study[part].notna().any()]
    rows = study.melt(["share", "seed"], parts, var_name="key", value_name="accuracy").dropna()
    ranges = rows.groupby(["share", "key"], as_index=False)["accuracy"].agg(mean="mean", low="min", high="max")
    ranges["part"] = ranges["key"].map(names)
    order = [names[part] for part in parts]
    scale = alt.Scale(domain=[min(0.4, float(ranges["low"].min())), 1], clamp=True)
    ticks = alt.Axis(format=".0%", values=[step / 10 for step in range(7)])
    x = alt.X("share:Q", title=_("share of labels flipped"), axis=ticks)
    colour = alt.Color("part:N", title=None, scale=alt.Scale(domain=order), legend=legend(220))
    title = _("accuracy on the test rows")
    y = alt.Y("mean:Q", title=title, scale=scale, axis=alt.Axis(format=".0%"))
    band = (
        alt.Chart(ranges[ranges["key"] == "true"])
        .mark_area(opacity=0.18)
        .encode(x, alt.Y("low:Q", title=title, scale=scale), alt.Y2("high"))
    )
    lines = (
        alt.Chart(ranges)
        .mark_line(strokeWidth=2.5)
        .encode(x, y, colour, dashes("part", order), tooltip=[
            alt.Tooltip("part:N", title=_("accuracy")), alt.Tooltip("share:Q", title=_("flipped"), format=".0%"),
            alt.Tooltip("mean:Q", title=_("mean over seeds"), format=".1%"),
            alt.Tooltip("low:Q", title=_("lowest"), format=".1%"),
            alt.Tooltip("high:Q", title=_("highest"), format=".1%"),
        ])
    )  # fmt: skip
    here = alt.Chart(pd.DataFrame({"share": [chosen]})).mark_rule(color=QUIET, strokeWidth=1.5).encode(x)
    return framed([band, lines, here], titled(_("What wrong labels do"), _("The band: other seeds. Grey: your share.")))
