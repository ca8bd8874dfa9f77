"""What holds for every chart on every screen: it says a finding, and tells its series apart without their colours."""

import json
import re
from collections import defaultdict
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from dashboard.ui.chart import WORDS

VIEWS: dict[str, dict[str, Any]] = {
    "welcome": {},
    "train": {"train_closer": ["formulas", "nudge"]},
    "compare": {"compare_view": ["coefficients", "rank", "diagnostics", "what_if"]},
    "experiments": {"experiments_view": ["noise_floor"], "train_source": "synthetic", "train_rows": 200, "epochs": 3},
    "take_home": {"take_home_chart": ["loss", "predictions", "residuals", "way", "coefficients"]},
    "gaps": {},
    "leakage": {},
    "norms": {"norms_view": ["vector", "matrix", "distances"], "norms_matrix": "ones(2, 3)"},
    "neuron": {"neuron_view": ["train", "threshold"], "neuron_target": "species", "neuron_positive": "Gentoo"},
    "products": {"products_view": ["dot"]},
    "tensors": {"tensors_view": ["dtypes", "broadcasting"], "tensors_broadcast_part": "bug"},
    "calculus": {"calculus_view": ["limit", "rules", "valley", "differential", "plot", "two_variables"]},
    "normal": {"normal_view": ["power", "residuals"]},
    "autograd": {"autograd_view": ["modes", "lessons"], "autograd_lesson": "flow"},
    "components": {"components_view": "data", "components_bad": ["labels", "few"]},
    "network": {"network_view": ["units", "lessons"], "network_lesson": "deep"},
}
OPENED = [
    (name, {**{key: value for key, value in memory.items() if not isinstance(value, list)}, **choice})
    for name, memory in VIEWS.items()
    for choice in (
        [{key: value} for key, values in memory.items() if isinstance(values, list) for value in values] or [{}]
    )
]
OPENED += [
    ("components", {"components_view": "supervised", "components_lesson": "assumptions"}),
    *(("components", {"components_view": "levels", "components_level": name})
      for name in ("digits", "layers", "kernels", "edges")),
    ("components", {"components_view": "why_now"}),
]  # fmt: skip
COUNTED = {"point": "shape", "line": "strokeDash", "rule": "strokeDash"}


def title_of(spec: dict[str, Any]) -> str:
    title = spec.get("title", "")
    return str(title["text"] if isinstance(title, dict) else title)


def tables_of(chart: Any) -> dict[str, pd.DataFrame]:
    return {each.name: pa.ipc.open_stream(each.data.data).read_pandas() for each in chart.proto.datasets}


def mark_of(layer: dict[str, Any]) -> dict[str, Any]:
    mark = layer["mark"]
    return mark if isinstance(mark, dict) else {"type": mark}


def look(layer: dict[str, Any], field: str, names: list[str], name: str) -> tuple[str, str]:
    """Return what a mark of this name looks like apart from its colour: its kind, and its outline or dash."""
    mark = mark_of(layer)
    channel = COUNTED[mark["type"]]
    encoded = layer["encoding"].get(channel, {})
    if encoded.get("field") != field:
        return mark["type"], str(mark.get(channel))
    scale = encoded.get("scale", {})
    places = scale.get("domain", names)
    looks = scale.get("range") or places
    return mark["type"], str(looks[places.index(name) % len(looks)])


def series(spec: dict[str, Any], tables: dict[str, pd.DataFrame]) -> dict[str, dict[str, set[tuple[str, str]]]]:
    """Return, for each field whose names have a colour each, how the points and lines of each name look without it."""
    found: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for layer in spec.get("layer", [spec]):
        colour = layer.get("encoding", {}).get("color", {})
        if colour.get("type") != "nominal" or mark_of(layer)["type"] not in COUNTED:
            continue
        data = layer.get("data", spec.get("data"))["name"]
        field = colour["field"]
        names = list(dict.fromkeys(tables[data][field].dropna()))
        for name in names:
            found[field][name].add(look(layer, field, names, name))
    return found


@pytest.mark.parametrize(("name", "memory"), OPENED, ids=[f"{name} {memory}" for name, memory in OPENED])
def test_a_chart_says_a_finding_and_its_series_differ_without_colour(open_screen, name, memory):
    screen = open_screen(name, **memory)
    charts = screen.app.get("vega_lite_chart")
    assert charts
    for chart in charts:
        spec, tables = json.loads(chart.proto.spec), tables_of(chart)
        title = title_of(spec)
        finding = tables[WORDS]["said"].item() if WORDS in tables else chart.proto.alt
        assert finding.strip(". ") != title.strip(". ")
        assert re.search(r"\d|∞", finding), f"{title}: no figure in {finding!r}"
        assert chart.proto.alt, title
        assert spec["config"]["mark"]["aria"] is False, title
        for field, looks in series(spec, tables).items():
            kinds = [frozenset(kind) for kind in looks.values()][:6]
            assert len(set(kinds)) == len(kinds), f"{title}: {field} is told by colour alone: {dict(looks)}"
