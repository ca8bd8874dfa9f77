"""Every text that a page sends to the browser, found in its messages and not by the names of its elements."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest


class Text(NamedTuple):
    """A text with the place where it was found: the kind of element and the way to the field."""

    place: str
    text: str


# What the browser reads for itself: names, keys, places, formats, code.
UNREAD = {
    "id", "form_id", "element_id", "user_key", "component_name", "query_param_key", "page_script_hash", "icon", "url",
    "css_content", "js_content", "html_content", "css_source_path", "js_source_path", "spec", "vega_lite_theme",
    "columns", "selection_mode", "mime_type", "color", "type", "format", "language", "anchor", "width_config", "styler",
    "data", "arrow_data", "datasets", "json", "mixed", "arrow_blobs", "element_hash", "page",
    "external_path", "delta_color", "column_order", "file_urls", "gap", "validate", "divider", "group_id",
    "deferred_file_id", "accepted_types", "link", "script_hash", "custom_units", "chart_type", "state_key",
    "query_string",
}  # fmt: skip


def texts_of(app: AppTest) -> Iterator[Text]:
    """Return all texts of a page, sidebar included."""
    for element in app._tree:
        kind, message = element.type, getattr(element, "proto", None)
        if not isinstance(message, Message) or kind in ("code", "json"):
            continue
        special = SPECIAL.get(message.DESCRIPTOR.name)
        if special is not None:
            yield from special(kind, message)
        yield from _of_message(kind, message)


def _of_message(place: str, message: Message) -> Iterator[Text]:
    for field, value in message.ListFields():
        if field.name in UNREAD or (message.DESCRIPTOR.name == "Code"):
            continue
        values = value if field.is_repeated else [value]
        for one in values:
            if field.type == FieldDescriptor.TYPE_STRING:
                yield Text(f"{place}.{field.name}", str(one))
            elif field.type == FieldDescriptor.TYPE_MESSAGE and isinstance(one, Message):
                yield from _of_message(f"{place}.{field.name}", one)


def _of_chart(place: str, message: Any) -> Iterator[Text]:
    yield from titles_of(f"{place}.spec", json.loads(message.spec))
    for held in [*[each.data for each in message.datasets], message.data]:
        yield from _cells(f"{place}.cells", held.data)


def titles_of(place: str, spec: object) -> Iterator[Text]:
    """Return what a chart calls itself, its axes, its legends and the lines of its tooltips."""
    if isinstance(spec, list):
        for part in spec:
            yield from titles_of(place, part)
    if isinstance(spec, dict):
        for name, part in spec.items():
            if name in ("title", "text", "subtitle", "description") and isinstance(part, str):
                yield Text(f"{place}.{name}", part)
            elif name not in ("datasets", "values", "locale"):
                yield from titles_of(place, part)


def _of_table(place: str, message: Any) -> Iterator[Text]:
    columns = json.loads(getattr(message, "columns", "") or "{}")
    labelled = set()
    for name, config in columns.items():
        if config.get("hidden"):
            labelled.add(name)
        for part in ("label", "help"):
            if config.get(part):
                yield Text(f"{place}.{part}", config[part])
                labelled |= {name} if part == "label" else set()
    held, order = message.arrow_data, list(getattr(message, "column_order", ()))
    if held.data:
        table = pa.ipc.open_stream(held.data).read_all()
        for number, name in enumerate(table.column_names):
            if order and name not in order:  # not shown
                continue
            if name not in labelled and f"_pos:{number}" not in labelled and not name.startswith("__index"):
                yield Text(f"{place}.heading", name)
        yield from _cells(f"{place}.cells", held.data)
    yield from _cells(f"{place}.shown", held.styler.display_values)


def _cells(place: str, data: bytes) -> Iterator[Text]:
    """Return the words in the cells of a table."""
    if not data:
        return
    table = pa.ipc.open_stream(data).read_all()
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            for cell in dict.fromkeys(column.to_pylist()):
                if cell:
                    yield Text(f"{place}.{name}", cell)


def _of_scene(place: str, message: Any) -> Iterator[Text]:
    whole = message.json or message.mixed.json
    if whole:
        yield from _strings(f"{place}.{message.component_name}", json.loads(whole))
    for blob in message.mixed.arrow_blobs.values():
        yield from _cells(f"{place}.{message.component_name}.cells", blob.data)


def _strings(place: str, value: object) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(place, value)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(f"{place}.{name}", part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(re.sub(r"\.#$", "", place) + ".#", part)


SPECIAL = {"VegaLiteChart": _of_chart, "Dataframe": _of_table, "Table": _of_table, "BidiComponent": _of_scene}
