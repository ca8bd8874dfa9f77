"""What a chart hands to the browser, layer by layer."""

from collections.abc import Iterator
from typing import Any

import altair as alt

HOSTILE = "a.b[0]:Q <b>"  # a name that would be read as a path, a type and a tag


def layers(chart: alt.TopLevelMixin) -> list[dict[str, Any]]:
    """Return the layers of a chart, each with the rows of its table; one that has no layers is its only one."""
    spec = chart.to_dict()
    return [
        {**layer, "rows": spec["datasets"][layer.get("data", spec.get("data"))["name"]]}
        for layer in spec.get("layer", [spec])
    ]


def definitions(layer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a layer's channels are bound to: the channel, and the definition."""
    for channel, definition in layer["encoding"].items():
        for one in definition if isinstance(definition, list) else [definition]:
            yield channel, one
