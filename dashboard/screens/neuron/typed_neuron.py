"""The typed neuron: its features, weights and bias, or a row of the visitor's own prepared table."""

import csv
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count
from core.foundations.neuron import NeuronTerms, neuron_terms
from core.language import _
from core.regression import fit_scaling
from core.regression.data.validation import LARGEST_VALUE, Array
from core.tensors import parse_tensor
from dashboard.pipeline import training
from dashboard.ui import controls, text_fields
from dashboard.ui.escape import show_error
from dashboard.visit import settings, state

FIELDS = tuple(f"neuron_one_{name}" for name in ("x", "w", "b", "names", "label"))
MOST_FEATURES = 1_000
MOST_IN_NAMES = 100_000  # characters; the csv module refuses a longer name
ROW_WEIGHT = 0.5  # of each feature of a row that is taken from the table
_PROBLEM = "_neuron_row_problem"


@dataclass(frozen=True, eq=False)
class Typed:
    """A neuron as typed, and what it computes: weights and features (d,), a name for each, and the class it is for."""

    x: Array
    w: Array
    b: float
    names: list[str]
    label: str
    terms: NeuronTerms


def answer() -> text_fields.Answer[Typed]:
    """Draw the fields, and return the neuron in them, or the last valid one."""
    columns = st.columns([2, 2, 1])
    for column, key, label in zip(
        columns, FIELDS, (_("Features x"), _("Weights w"), _("Bias b")), strict=False
    ):  # the first three
        with column:
            text_fields.field(key, label)
    with st.expander(_("Names, or a row of your table"), icon=":material/table:"):
        _draw_names()
        _draw_row()
    return text_fields.answer("neuron_one", {key: settings.text(key) for key in FIELDS}, read)


def _draw_names() -> None:
    left, right = st.columns([3, 1])
    with left:
        text_fields.field(FIELDS[3], _("Names of the features"), help=_("With commas between them."))
    with right:
        text_fields.field(FIELDS[4], _("The class it looks for"))


def _draw_row() -> None:
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        controls.number("neuron_one_row", _("Training row of your table"))
        controls.either("neuron_one_units", _("Its features"))
        st.button(_("Use this row"), key="neuron_one_use", icon=":material/table_rows:", on_click=_use_row)
    if problem := state.get(_PROBLEM):
        show_error(str(problem))
        state.forget(_PROBLEM)


def read(**typed: str) -> Typed:
    """Return the neuron of the texts of all `FIELDS`, by their keys. Raises InputError."""
    x, w = _vector(typed[FIELDS[0]], "x"), _vector(typed[FIELDS[1]], "w")
    b = _vector(typed[FIELDS[2]], "b")
    if len(b) != 1:
        raise InputError(_("The bias b has to be one number; got {count}.").format(count=format_count(len(b))))
    label = " ".join(typed[FIELDS[4]].split()) or _("class 1")
    return Typed(x, w, float(b[0]), names_of(typed[FIELDS[3]], len(x)), label, neuron_terms(w, x, b))


def names_of(text: str, count: int) -> list[str]:
    """Return a name for each of `count` features: those in the text, with commas between them, then x3, x4, …"""
    line = " ".join(text[:MOST_IN_NAMES].split())
    given = [name.strip() for name in next(csv.reader([line], skipinitialspace=True), [])][:count]
    return [name or f"x{place + 1}" for place, name in enumerate([*given, *[""] * (count - len(given))])]


def _vector(text: str, name: str) -> Array:
    array = parse_tensor(text, most_cells=MOST_FEATURES).astype(np.float64)
    if array.size != max(array.shape, default=1) or not array.size:
        raise InputError(
            _("{name} has to be one row of numbers; its shape is {shape}.").format(name=name, shape=array.shape)
        )
    if not (np.abs(array) <= LARGEST_VALUE).all():
        raise InputError(
            _("{name} has a number that is missing or larger than 1e100; use smaller ones.").format(name=name)
        )
    return array.ravel()


def take_over(settled: dict[str, Any]) -> None:
    """Put what was moved in the scene into the fields; a text that already says so stays as typed."""
    for key, name in zip(FIELDS, ("x", "w", "b"), strict=False):
        wanted = np.atleast_1d(np.asarray(settled.get(name, []), dtype=np.float64))
        if wanted.size and not np.array_equal(wanted, _typed(key, name)):
            state.put(key, vector_text(wanted))
    for axis in ("across", "up"):
        if axis in settled:
            settings.choose(f"neuron_one_{axis}", int(settled[axis]) + 1)


def _typed(key: str, name: str) -> Array:
    try:
        return _vector(settings.text(key), name)
    except InputError:
        return np.array([])


def vector_text(values: Array) -> str:
    """Return numbers as typed text, to the last digit.

    >>> vector_text(np.array([1.0, -2.5]))
    '1 -2.5'
    """
    texts = [repr(float(value)) for value in values]
    return " ".join(text.removesuffix(".0") for text in texts)


def _use_row() -> None:
    """Put a training row of the prepared table into the fields, with equal weights, and the names of its features."""
    try:
        of = training.table_problem()
        row, count = settings.value("neuron_one_row"), len(of.X_train)
        if row > count:
            template = _("The table has {count} training rows; there is no row {row}.")
            raise InputError(template.format(count=format_count(count), row=format_count(row)))
        if len(of.feature_names) > MOST_FEATURES:
            template = _("A neuron here takes at most {most} features, and the table has {count}.")
            raise InputError(
                template.format(most=format_count(MOST_FEATURES), count=format_count(len(of.feature_names)))
            )
    except InputError as problem:
        state.put(_PROBLEM, str(problem))
        return
    X = of.X_train.numpy()
    x = (fit_scaling(X).transform(X) if settings.value("neuron_one_units") == "standardised" else X)[row - 1]
    x = np.array([float(np.format_float_scientific(value, precision=5)) for value in x])  # short enough to be read
    state.put(FIELDS[0], vector_text(x))
    state.put(FIELDS[1], vector_text(np.full(len(x), ROW_WEIGHT)))
    state.put(FIELDS[2], "0")
    state.put(FIELDS[3], names_text(of.feature_names))
    state.put(FIELDS[4], "")


def names_text(names: list[str]) -> str:
    """Return names as one line with commas between them, which `names_of` reads back."""
    quoted = ['"' + name.replace('"', '""') + '"' if set(name) & set(',"') else name for name in names]
    return ", ".join(quoted)
