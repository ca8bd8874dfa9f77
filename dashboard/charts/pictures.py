"""A chart as a picture in a file: SVG or PNG, rendered without a browser and without the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import altair as alt
import pandas as pd

from dashboard.charts.shared import QUIET

WIDTH = 640  # pixels, of a chart that fills its container on the screen
SCALE = 2  # pixels of a PNG for each pixel of the chart
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # the first is part of the renderer

Chart = alt.TopLevelMixin


@dataclass(frozen=True)
class Colours:
    """Colours of a theme, as CSS writes them; `background` may be "transparent". `categories` distinguish lines."""

    text: str
    background: str
    grid: str
    categories: Sequence[str]


def as_svg(chart: Chart, colours: Colours, width: int = WIDTH) -> str:
    """Return the chart as SVG. Texts are text elements; nothing in it refers to external files."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(specification(chart, colours, width), allowed_base_urls=[])
    return svg


def as_png(chart: Chart, colours: Colours, width: int = WIDTH, scale: float = SCALE) -> bytes:
    """Return the chart as PNG, with `scale` pixels for each pixel of the chart."""
    import vl_convert

    png: bytes = vl_convert.vegalite_to_png(specification(chart, colours, width), scale=scale, allowed_base_urls=[])
    return png


def specification(chart: Chart, colours: Colours, width: int = WIDTH) -> dict[str, Any]:
    """Return the chart as Vega-Lite, with its data inside and the colours of a theme."""
    spec: dict[str, Any] = _with_data_inside(chart).to_dict()
    spec["config"] = _merged(spec.get("config", {}), _config(colours, width))
    return spec


def _with_data_inside(chart: Any) -> Any:
    """Return a copy whose tables are lists of records.

    Altair would pass tables through a transformer that is global to the process, and so shared with other visitors.
    """
    inside = chart.copy(deep=False)
    for part in ("layer", "hconcat", "vconcat", "concat"):
        if isinstance(chart._kwds.get(part), list):
            setattr(inside, part, [_with_data_inside(each) for each in chart[part]])
    if isinstance(chart._kwds.get("spec"), alt.SchemaBase):
        inside.spec = _with_data_inside(chart["spec"])
    table = chart._kwds.get("data")
    if isinstance(table, pd.DataFrame):
        records = alt.utils.sanitize_pandas_dataframe(table).to_dict(orient="records")
        inside.data = alt.InlineData(values=cast(list[dict[str, Any]], records))
    return inside


def _config(colours: Colours, width: int) -> dict[str, Any]:
    axis = {
        "labelColor": colours.text, "titleColor": colours.text, "domainColor": QUIET, "tickColor": QUIET,
        "gridColor": colours.grid, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    }  # fmt: skip
    return {
        "background": colours.background,
        "font": FONT,
        "padding": 12,
        "axis": axis,
        "legend": {"labelColor": colours.text, "titleColor": colours.text, "labelFontSize": 12},
        "header": {"labelColor": colours.text, "titleColor": colours.text},
        "title": {"color": colours.text, "fontSize": 15},
        "text": {"color": colours.text},
        "mark": {"color": colours.categories[0]},
        "range": {"category": list(colours.categories)},
        "view": {"continuousWidth": width, "discreteWidth": width, "stroke": None},
    }


def _merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return both merged recursively, the second taking precedence."""
    result = dict(first)
    for key, value in second.items():
        known = result.get(key)
        result[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return result
