"""A chart on a screen that is drawn anew at every move of a slider."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.visit.cache import cache_data

WORDS = "words"  # the table that holds the sentence


def draw_chart(
    picture: alt.Chart | alt.LayerChart, alternative: str, width: Literal["stretch", "content"] = "stretch"
) -> None:
    """Draw a chart, with a sentence for those who cannot see it; quicker than `st.altair_chart`, and the same.

    Its width is that of the page, or with "content" the one it has itself, which a square picture needs.
    Tables go beside the specification under names that stay, so that the browser finds the same chart with new rows
    and draws no new one. The sentence is such a row too, read aloud from a mark that nobody sees, the only one that is
    read: the page would draw a new chart for each new `alt`, which says what the chart is of and how to read it.
    Nor is it held against the schema of Vega-Lite each time, which takes as long as making the chart: the tests do that
    for every chart.
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
    """Draw a chart that is made once and then only given other rows, as `draw_chart` does; making one takes longest.

    `build` gets the names of the tables only, and what is `fixed`: plain values, few of them in a visit. So nothing in
    the chart may come from the rows.
    """
    spec = _kept_spec(build.__module__, build.__name__, tuple(tables), fixed)
    told = {**tables, WORDS: pd.DataFrame({"said": [alternative]})}
    st.vega_lite_chart(spec=spec | {"datasets": told}, alt=_title(spec) or alternative, width=width)


@cache_data(max_entries=100, show_spinner=False)
def _kept_spec(module: str, name: str, tables: tuple[str, ...], fixed: Mapping[str, Any]) -> dict[str, Any]:
    build = getattr(import_module(module), name)
    picture = build(**{table: alt.NamedData(name=table) for table in tables}, **fixed)
    spec = _told(picture.to_dict(validate=False))
    return spec


def _with_names(picture: Any, tables: dict[str, pd.DataFrame]) -> Any:
    """Return the chart with a name in place of each of its tables, which go into `tables`."""
    copy = picture.copy(deep=False)
    if isinstance(copy.data, pd.DataFrame):
        name = next((known for known, table in tables.items() if table is copy.data), f"table-{len(tables) + 1}")
        tables[name] = copy.data
        copy.data = alt.NamedData(name=name)
    if isinstance(picture, alt.LayerChart):
        copy.layer = [_with_names(layer, tables) for layer in picture.layer]
    return copy


def _told(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the chart with a layer more: a mark that shows nothing and is called by the sentence.

    No other mark is read aloud. Altair's own sizes and colours are left out: Streamlit puts those of the page.
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
    """Return the title of the chart and what stands under it."""
    title = spec.get("title", "")
    if not isinstance(title, dict):
        return str(title)
    under = title.get("subtitle", "")
    lines = [title.get("text", ""), *([under] if isinstance(under, str) else under)]
    return ". ".join(line.rstrip(".") for line in lines if line)
