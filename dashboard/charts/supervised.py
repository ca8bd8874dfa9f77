"""Charts of supervised learning: texts of different lengths, and errors as rows are added."""

import altair as alt

from core.language import _
from dashboard.charts.shared import QUIET, Table, dashes, framed, legend, titled


def token_grid(cells: Table, kinds: dict[str, str], length: int) -> alt.LayerChart:
    """Draw texts as rows of tokens: what is kept, what is padding and what is cut off.

    `cells` has text (its number and first words), order, place (from 1), token and state, one of the names in `kinds`,
    which say for each state its colour. A rule stands after place `length`.
    """
    x = alt.X("place:O", title=_("place in the text"), axis=alt.Axis(labelAngle=0))
    y = alt.Y("text:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(labelLimit=110))
    colour = alt.Color(
        "state:N", title=None, scale=alt.Scale(domain=list(kinds), range=list(kinds.values())), legend=legend()
    )
    tooltip = [
        alt.Tooltip("text:N", title=_("text")),
        alt.Tooltip("place:O", title=_("place")),
        alt.Tooltip("token:N", title=_("token")),
        alt.Tooltip("state:N", title=_("what becomes of it")),
    ]
    tiles = alt.Chart(cells).mark_rect(stroke=QUIET, strokeWidth=0.5, opacity=0.35)
    words = alt.Chart(cells).mark_text(fontSize=12, limit=64)
    layers = [tiles.encode(x, y, colour, tooltip=tooltip), words.encode(x, y, alt.Text("token:N"))]
    title = titled(_("Texts as vectors of {length} numbers").format(length=length),
                   _("Each tile is a token; 0 is padding, and what is cut off is lost."))  # fmt: skip
    return framed(layers, title, alt.Step(30))


def mean_grid(cells: Table) -> alt.LayerChart:
    """Draw the mean vectors of texts: `cells` has text, order, token and share, 0 to 1."""
    x = alt.X("token:N", title=_("token of the vocabulary"), axis=alt.Axis(labelAngle=-40, labelLimit=70))
    y = alt.Y("text:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(labelLimit=110))
    colour = alt.Color(
        "share:Q",
        title=_("share of the text"),
        scale=alt.Scale(scheme="blues", domain=[0, 1], type="sqrt"),
        legend=alt.Legend(orient="top", gradientLength=120, titleOrient="left", format="%"),
    )
    tooltip = [
        alt.Tooltip("text:N", title=_("text")),
        alt.Tooltip("token:N", title=_("token")),
        alt.Tooltip("share:Q", title=_("share"), format=".1%"),
    ]
    tiles = alt.Chart(cells).mark_rect(stroke=QUIET, strokeWidth=0.5).encode(x, y, colour, tooltip=tooltip)
    return framed([tiles], titled(_("Texts as means of their tokens"), _("Rows alike are one vector.")), alt.Step(26))


def contest_chart(curve: Table, names: tuple[str, str], label: str, log: bool) -> alt.LayerChart:
    """Draw the test error of a line and of nearest neighbours as rows are added, on a log axis of rows.

    `curve` has rows, model (one of the two `names`), error, low and high over the seeds; `label` is the unit of the
    error, whose axis is logarithmic too if `log`.
    """
    x = alt.X("rows:Q", title=_("rows learned from"), scale=alt.Scale(type="log", nice=False))
    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False)
    unit = _("test error ({label})").format(label=label)
    y = alt.Y("error:Q", title=unit, scale=scale)
    colour = alt.Color("model:N", title=None, scale=alt.Scale(domain=list(names)), legend=legend(260))
    dash = dashes("model", names)
    band = (
        alt.Chart(curve)
        .mark_area(opacity=0.15)
        .encode(x, alt.Y("low:Q", title=unit, scale=scale), alt.Y2("high"), colour)
    )
    tooltip = [
        alt.Tooltip("model:N", title=_("model")),
        alt.Tooltip("rows:Q", title=_("rows"), format=","),
        alt.Tooltip("error:Q", title=_("mean error"), format=".4g"),
        alt.Tooltip("low:Q", title=_("smallest of the seeds"), format=".4g"),
        alt.Tooltip("high:Q", title=_("largest of the seeds"), format=".4g"),
    ]
    line = alt.Chart(curve).mark_line(strokeWidth=2.5).encode(x, y, colour, dash)
    dots = alt.Chart(curve).mark_point(filled=True, size=55, opacity=1)
    shapes = alt.Scale(domain=list(names), range=["circle", "diamond"])
    shown = dots.encode(x, y, colour, alt.Shape("model:N", title=None, scale=shapes), tooltip=tooltip)
    return framed([band, line, shown], titled(_("Test error as rows are added"), _("Root of the mean squared error on "
                  "rows that neither has seen. Line: mean over the seeds; band: all of them.")))  # fmt: skip
