"""Charts on screens that rerun at every move of a slider."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.visit.cache import cache_data

WORDS = "words"  # the table with the sentence


def draw_chart(
    picture: alt.Chart | alt.LayerChart, alternative: str, width: Literal["stretch", "content"] = "stretch"
) -> None:
    """Draw a chart, with a sentence for screen readers; faster than `st.altair_chart`, with the same result.

    Its width is that of the page, or with "content" its own, which a square chart needs.
    Tables are passed separately from the specification under fixed names, so the browser updates the rows of the same
    chart. The sentence is such a row too, read aloud from an invisible mark, the only one that is read: a new `alt`
    would make a new chart, so `alt` is fixed: the subject of the chart and how to read it.
    The chart is not validated against the schema of Vega-Lite each time, which takes as long as making it: the tests do
    that for every chart.
    """
    tables: dict[str, pd.DataFrame] = {}
    spec = _told(_with_names(picture, tables).to_dict(validate=False))
    tables[WORDS] = pd.DataFrame({"said": [alternative]})
    st.vega_lite_chart(spec=spec | {"datasets": tables}, alt=_title(spec) or alternative, width=width)


def draw_kept(
    build: Callable[..., alt.Chart | alt.LayerChart],
    tables: Mapping[str, pd.DataFrame],
    alternative: str,
    *,
    width: Literal["stretch", "content"] = "stretch",
    **fixed: Any,
) -> None:
    """Draw a chart as `draw_chart` does, but make it once and then only replace its rows; making it takes longest.

    `build` gets only the names of the tables and the `fixed` values: plain values with few variants in a visit. So
    nothing in the chart may depend on the rows.
    """
    spec = _kept_spec(build.__module__, build.__name__, tuple(tables), fixed)
    datasets = {**tables, WORDS: pd.DataFrame({"said": [alternative]})}
    st.vega_lite_chart(spec=spec | {"datasets": datasets}, alt=_title(spec) or alternative, width=width)


@cache_data(max_entries=100, show_spinner=False)
def _kept_spec(module: str, name: str, tables: tuple[str, ...], fixed: Mapping[str, Any]) -> dict[str, Any]:
    build = getattr(import_module(module), name)
    picture = build(**{table: alt.NamedData(name=table) for table in tables}, **fixed)
    spec = _told(picture.to_dict(validate=False))
    return spec


def _with_names(picture: Any, tables: dict[str, pd.DataFrame]) -> Any:
    """Return the chart with each table replaced by a name; the tables are added to `tables`."""
    copy = picture.copy(deep=False)
    if isinstance(copy.data, pd.DataFrame):
        name = next((known for known, table in tables.items() if table is copy.data), f"table-{len(tables) + 1}")
        tables[name] = copy.data
        copy.data = alt.NamedData(name=name)
    if isinstance(picture, alt.LayerChart):
        copy.layer = [_with_names(layer, tables) for layer in picture.layer]
    return copy


def _told(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the chart with one more layer: an invisible mark with the sentence as its description.

    No other mark is read aloud. Altair's own sizes and colours are removed: Streamlit sets those of the page.
    """
    words = {
        "data": {"name": WORDS},
        "mark": {"type": "text", "opacity": 0, "aria": True},
        "encoding": {"description": {"field": "said", "type": "nominal"}, "text": {"value": " "}},
    }
    own = ("data", "mark", "encoding", "transform", "params")
    layers = spec.pop("layer", None) or [{part: spec.pop(part) for part in own if part in spec}]
    locale = {key: value for key, value in spec.get("config", {}).items() if key == "locale"}
    return {**spec, "layer": [*layers, words], "config": {"mark": {"aria": False}, **locale}}


def _title(spec: dict[str, Any]) -> str:
    """Return the title and the subtitle of the chart."""
    title = spec.get("title", "")
    if not isinstance(title, dict):
        return str(title)
    under = title.get("subtitle", "")
    lines = [title.get("text", ""), *([under] if isinstance(under, str) else under)]
    return ". ".join(line.rstrip(".") for line in lines if line)
