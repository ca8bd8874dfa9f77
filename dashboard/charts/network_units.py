"""The border that a small network has learned, beside that with the exact output layer."""

import altair as alt

from core.language import _
from dashboard.charts.shared import DASH, Table, framed, legend, titled

HEIGHT = 400


def border_names() -> dict[str, str]:
    """Return the names of the two output layers."""
    return {"learned": _("learned"), "exact": _("exact output layer")}


def borders(rows: Table, lines: Table, *, names: tuple[str, str], classes: tuple[str, str]) -> alt.LayerChart:
    """Draw where the output is 0 for both output layers, and thinner where it is ±½, with the rows.

    `rows` has x1, x2 and label (one of `classes`); `lines` has x1, x2, level, piece and layer (one of `border_names`).
    """
    domain = list(border_names().values())
    x = alt.X("x1:Q", title=names[0], scale=alt.Scale(nice=False))
    y = alt.Y("x2:Q", title=names[1], scale=alt.Scale(nice=False))
    points = (
        alt.Chart(rows)
        .mark_point(size=45, opacity=0.75)
        .encode(
            x, y,
            alt.Shape("label:N", title=_("label"), scale=alt.Scale(domain=list(classes), range=["circle", "diamond"]),
                      legend=alt.Legend(orient="bottom")),
            tooltip=[alt.Tooltip("x1:Q", title=names[0], format=".4~g"),
                     alt.Tooltip("x2:Q", title=names[1], format=".4~g"), alt.Tooltip("label:N", title=_("label"))],
        )
    )  # fmt: skip
    levels = (
        alt.Chart(lines)
        .mark_line(clip=True)
        .encode(
            x, y, alt.Detail("piece:Q"), alt.Order("order:Q"),
            alt.Color("layer:N", title=None, scale=alt.Scale(domain=domain), legend=legend(120)),
            alt.StrokeDash("layer:N", title=None, scale=alt.Scale(domain=domain, range=[[1, 0], DASH])),
            alt.Size("width:Q", scale=None, legend=None),
            tooltip=[alt.Tooltip("layer:N", title=_("output layer")),
                     alt.Tooltip("level:Q", title=_("output"), format=".1f")],
        )
    )  # fmt: skip
    title = titled(_("The border: learned, and exact"), _("Thick: the output is 0. Thin: it is −½ or ½."))
    return framed([points, levels], title, HEIGHT)


def depth_names() -> dict[str, str]:
    """Return the names of the two networks."""
    return {"deep": _("deep: two units a layer"), "wide": _("one layer: even kinks, exact output")}


def deep_and_wide(points: Table) -> alt.LayerChart:
    """Draw both functions on the interval from 0 to 1; `points` has x, y and network (one of `depth_names`)."""
    domain = list(depth_names().values())
    lines = (
        alt.Chart(points)
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("x:Q", title="x"),
            alt.Y("y:Q", title=_("output")),
            alt.Color("network:N", title=None, scale=alt.Scale(domain=domain), legend=legend(220)),
            alt.StrokeDash("network:N", title=None, scale=alt.Scale(domain=domain, range=[[1, 0], DASH])),
            tooltip=[
                alt.Tooltip("network:N", title=_("network")),
                alt.Tooltip("x:Q", title="x", format=".4~g"),
                alt.Tooltip("y:Q", title=_("output"), format=".4~g"),
            ],
        )
    )
    return framed([lines], titled(_("Folds one after the other, and one layer of as many units")), 300)
