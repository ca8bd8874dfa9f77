"""Nearly dependent columns, and the component of the parameters that no gradient changes."""

import altair as alt
import pandas as pd

from core.formatting import format_general
from core.language import _
from dashboard.charts.shared import DASH, QUIET, framed, legend, titled

ROW = 24  # pixels per feature
ALARMING = 10.0  # the usual threshold of a variance inflation factor


def inflation_dots(rows: pd.DataFrame, subtitle: str = "") -> alt.LayerChart:
    """Draw each feature's variance inflation on a log axis, from 1 on, the largest on top.

    `rows` has feature, inflation (finite) and r_squared, in the order of the axis.
    """
    parts = [
        _("below {limit}").format(limit=format_general(ALARMING)),
        _("{limit} and more").format(limit=format_general(ALARMING)),
    ]
    rows = rows.assign(part=[parts[value >= ALARMING] for value in rows["inflation"]], least=1.0)
    most = max(float(rows["inflation"].max()), ALARMING) * 1.5
    scale = alt.Scale(type="log", domain=[1, most], nice=False)
    x = alt.X("inflation:Q", title=_("variance inflation factor"), scale=scale, axis=alt.Axis(tickCount=6, format="~g"))
    y = alt.Y("feature:N", sort=list(rows["feature"]), title=None, axis=alt.Axis(labelLimit=200))
    colour = alt.Color("part:N", title=None, scale=alt.Scale(domain=parts), legend=legend())
    stems = alt.Chart(rows).mark_rule(strokeWidth=2, opacity=0.6).encode(x, alt.X2("least"), y, colour)
    dots = (
        alt.Chart(rows)
        .mark_point(size=90, filled=True, opacity=1)
        .encode(
            x,
            y,
            colour,
            alt.Shape("part:N", title=None, scale=alt.Scale(domain=parts, range=["circle", "diamond"])),
            tooltip=[
                alt.Tooltip("feature:N", title=_("feature")),
                alt.Tooltip("inflation:Q", title=_("variance inflation factor"), format=",.4~g"),
                alt.Tooltip("r_squared:Q", title=_("R² from all other features"), format=".6f"),
            ],
        )
    )
    border = (
        alt.Chart(pd.DataFrame({"inflation": [ALARMING]})).mark_rule(color=QUIET, strokeDash=DASH).encode(x)
    )  # fmt: skip
    return framed([border, stems, dots], titled(_("How much the others say already"), subtitle), alt.Step(ROW))


def parts_kept(way: pd.DataFrame, title: str, subtitle: str = "") -> alt.LayerChart:
    """Draw the component of the parameters along one direction against the step, one line per run.

    `way` has step, part (a number, in the label's unit where features are standardised) and run, in the order of the
    legend. A run whose line is dashed is a prediction.
    """
    runs = list(dict.fromkeys(way["run"]))
    dashes = [[1, 0], [8, 4], [2, 3]][: len(runs)]
    lines = (
        alt.Chart(way)
        .mark_line(strokeWidth=2.5)
        .encode(
            alt.X("step:Q", title=_("step (updates of the parameters)")),
            alt.Y("part:Q", title=_("part along the direction"), scale=alt.Scale(zero=True, nice=True)),
            alt.Color("run:N", title=None, scale=alt.Scale(domain=runs), legend=legend(260)),
            alt.StrokeDash("run:N", title=None, scale=alt.Scale(domain=runs, range=dashes), legend=legend(260)),
            tooltip=[
                alt.Tooltip("run:N", title=_("run")),
                alt.Tooltip("step:Q", title=_("step"), format=","),
                alt.Tooltip("part:Q", title=_("part along the direction"), format=".8g"),
            ],
        )
    )
    return framed([lines], titled(title, subtitle), 260)
