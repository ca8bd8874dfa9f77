"""The rows over a plane that a small network learns: drawn from a seed, or two features of the table in use."""

import json
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_number
from core.foundations.plane_data import draw_pattern, pattern_code
from core.language import _
from core.preprocessing.recipes.scale import learn_scale, scaled
from core.regression.data.validation import Array
from dashboard.pipeline import tables
from dashboard.screens.network.last_rows import or_last
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

ROWS = 200  # drawn from a seed
MOST_ROWS = 200  # of a table
USUAL = ("rings", 0.1, 0)  # pattern, noise and seed
RINGS = dict(zip((f"network_units_{name}" for name in ("rows", "noise", "seed")), USUAL, strict=True))
FIRST, SECOND = "network_units_across", "network_units_up"


@dataclass(frozen=True, eq=False)
class PlaneRows:
    """Rows with two features and a label.

    Attributes:
        key: names them among all of this visit.
        X: (n, 2), standardised.
        y: (n,), 1 or -1.
        names: of the features.
        classes: what the labels 1 and -1 stand for.
        note: a sentence on where the rows come from, "" if there is nothing to say.
        code: the lines that make X and y.
    """

    key: str
    X: Array
    y: Array
    names: tuple[str, str]
    classes: tuple[str, str]
    note: str
    code: str


def the_rows() -> PlaneRows:
    """Return the rows as chosen; for a table without a plane or two classes say so, and return the last valid ones."""
    return or_last("network_plane_rows", _chosen, lambda: _drawn(*USUAL))


def lesson_rows() -> PlaneRows:
    """Draw the choice of the rows of a lesson, say where they come from, and return them."""
    controls.either("network_units_rows", _("Rows"))
    rows = the_rows()
    first, second = rows.names
    if rows.note:
        columns = _("x₁ is {first}, x₂ is {second}.").format(first=first, second=second)
        st.caption(escape_markdown(f"{columns} {rows.note}"))
    elif settings.value("network_units_rows") != "table":
        st.caption(
            _("As under “What each unit answers to”: noise {noise}, seed {seed}.").format(
                noise=format_number(settings.value("network_units_noise")), seed=settings.value("network_units_seed")
            )
        )
    return rows


def _chosen() -> PlaneRows:
    if settings.value("network_units_rows") == "table":
        return _of_table(*_columns())
    chosen = (settings.value(f"network_units_{name}") for name in ("rows", "noise", "seed"))
    return _drawn(*chosen)


@cache_resource(max_entries=20, show_spinner=False)
def _drawn(pattern: str, noise: float, seed: int) -> PlaneRows:
    X, y = draw_pattern(pattern, ROWS, noise, seed)
    return PlaneRows(
        json.dumps([pattern, noise, seed]),
        X.numpy(),
        y.numpy(),
        ("x₁", "x₂"),
        (_("the first class"), _("the second class")),
        "",
        pattern_code(pattern, ROWS, noise, seed),
    )


def _columns() -> tuple[str, str]:
    """Return which two features are chosen; to begin with the two that most rows differ in."""
    prepared = tables.preparation().prepared
    names = list(prepared.feature_names)
    if len(names) < 2:
        raise InputError(
            _("A plane needs two features, and the prepared table has {count}; choose another table.").format(
                count=len(names)
            )
        )
    distinct = [len(np.unique(column)) for column in prepared.X.numpy().T]
    usual = sorted(sorted(range(len(names)), key=lambda place: -distinct[place])[:2])
    first, second = (str(state.get(key)) for key in (FIRST, SECOND))
    first = first if first in names else names[usual[0]]
    others = [names[place] for place in (*usual, *range(len(names))) if names[place] != first]
    return first, second if second in others else others[0]


def choose_columns() -> None:
    """Draw the choice of the two features of the table; nothing where it has fewer than two."""
    try:
        first, second = _columns()
    except InputError:  # told beside the rows
        return
    names = list(tables.preparation().prepared.feature_names)
    others = [name for name in names if name != first]
    for key, label, options, chosen in (
        (FIRST, _("Horizontal axis"), names, first),
        (SECOND, _("Vertical axis"), others, second),
    ):
        if state.get(key) != chosen:
            state.put(key, chosen)
        st.selectbox(label, options, key=key, bind=state.bound(key))


def _of_table(first: str, second: str) -> PlaneRows:
    ready = tables.preparation()
    return _prepared(ready.key, first, second, ready)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _prepared(key: str, first: str, second: str, _ready: tables.Preparation) -> PlaneRows:
    prepared = _ready.prepared
    places = [list(prepared.feature_names).index(name) for name in (first, second)]
    values, label = prepared.X.numpy()[:, places], prepared.y.numpy()
    middle = float(np.median(label))
    if label.max() == label.min():
        raise InputError(
            _("Two classes are made of {label}, and all its values are the same; choose another label.").format(
                label=prepared.target
            )
        )
    above, most = label > middle, bool(label.max() == middle)
    if most:  # nothing is above the median where the largest value fills half of the rows, as of 0 and 1
        above = label == middle
    chosen = np.linspace(0, len(label) - 1, min(len(label), MOST_ROWS)).round().astype(int)
    X = np.column_stack([scaled(column, "standard", *learn_scale("standard", column)) for column in values[chosen].T])
    y = np.where(above[chosen], 1.0, -1.0)
    if y.min() == y.max():
        raise InputError(
            _("All {count} rows, evenly spread over the table, are of one class of {label}; choose another label.")
            .format(count=format_count(len(y)), label=prepared.target)
        )  # fmt: skip
    note = (
        _("The label is 1 where {label} is at its largest value, {middle}, and −1 where it is below.")
        if most
        else _("The label is 1 where {label} is above its median, {middle}, and −1 where it is not.")
    ).format(label=prepared.target, middle=format_number(middle))
    classes = (
        (_("at its largest value"), _("below the largest"))
        if most
        else (_("above the median"), _("at most the median"))
    )
    if len(chosen) < len(label):
        note += " " + _("{count} of {rows} rows, evenly spread.").format(
            count=format_count(len(chosen)), rows=format_count(len(label))
        )
    X = X.round(4)  # as the lines write them
    code = "\n".join(
        f"{name} = torch.tensor({values.tolist()}, dtype=torch.float64)" for name, values in (("X", X), ("y", y))
    )
    return PlaneRows(
        json.dumps([key, first, second]),
        X,
        y,
        (_("{name}, standardised").format(name=first), _("{name}, standardised").format(name=second)),
        classes,
        note,
        code,
    )
