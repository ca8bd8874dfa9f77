"""The loss of a run against that of the closed form."""

import altair as alt
import pandas as pd

from core.formatting import as_factor
from core.language import _
from dashboard.charts.shared import HEIGHT, dashes, framed, legend, log_scale, titled


def loss_curve(history: pd.DataFrame, floor: float, unit: str, height: int = HEIGHT) -> alt.LayerChart:
    """Draw loss against step on a log axis, with the closed-form loss as the floor.

    `history` has step and loss, and test_loss where there are test rows; losses that are not above 0 cannot be drawn on
    a log axis and are left out. `unit` is that of the label; the loss is in its square.
    """
    names = {"loss": _("SGD, training rows"), "test_loss": _("SGD, test rows")}
    present = [column for column in names if column in history]
    lines = (
        history[["step", *present]]
        .rename(columns=names)
        .melt("step", var_name="part", value_name="loss")
        .dropna()
        .query("loss > 0")
    )
    floors = pd.DataFrame({"loss": [floor], "part": [_("closed form")]}).query("loss > 0")
    order = [names["loss"], *floors["part"], *(names[column] for column in present[1:])]
    colour = alt.Color("part:N", title=None, scale=alt.Scale(domain=order), legend=legend())
    dash = dashes("part", order)
    y = alt.Y(
        "loss:Q",
        scale=log_scale(pd.concat([lines["loss"], floors["loss"]])),
        title=_("loss ({unit}²)").format(unit=as_factor(unit)),
        axis=alt.Axis(tickCount=6),
    )
    # The test rows' line is drawn first and thinner: where both run together, both can be seen.
    test, train = lines[lines["part"] != names["loss"]], lines[lines["part"] == names["loss"]]
    floor_line = (
        alt.Chart(floors)
        .mark_rule(strokeWidth=2)
        .encode(y, colour, dash, tooltip=[alt.Tooltip("loss:Q", title=_("closed-form loss"), format=".6g")])
    )
    layers = [_line(test, y, colour, dash, 4.5, 0.5), _line(train, y, colour, dash, 2, 1), floor_line]
    title = titled(_("Loss at every step: half the mean squared error"))
    return framed(layers, title, height)


def _line(
    rows: pd.DataFrame, y: alt.Y, colour: alt.Color, dash: alt.StrokeDash, width: float, opacity: float
) -> alt.Chart:
    line: alt.Chart = (
        alt.Chart(rows)
        .mark_line(strokeWidth=width, opacity=opacity)
        .encode(
            alt.X("step:Q", title=_("step (updates of the parameters)")),
            y,
            colour,
            dash,
            tooltip=[
                alt.Tooltip("step:Q", title=_("step"), format=","),
                alt.Tooltip("loss:Q", title=_("loss"), format=".6g"),
                alt.Tooltip("part:N", title=_("curve")),
            ],
        )
    )
    return line
