"""The inputs of the lessons: the tensor A and the axes."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import streamlit as st

from core.language import _, ngettext
from core.tensors import parse_tensor
from core.tensors.reductions import Array, entries
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.ui import controls, text_fields
from dashboard.visit import settings


def ask_tensor() -> tuple[str, Array]:
    """Draw the field for A; return the last valid text, and its tensor."""
    text = tensor_field("reductions_a", _("A"), lines=3)
    answer = text_fields.answer("reductions_tensor", {"reductions_a": text}, read)
    return str(answer.inputs["reductions_a"]), answer.value


def read(reductions_a: str) -> Array:
    """Return the tensor of a text: bool, int64 or float64, as typed."""
    return entries(parse_tensor(reductions_a))


def ask_axes(count: int, shape: Sequence[int]) -> str:
    """Draw the choice of axes to reduce; none for a tensor without axes. Returns the chosen option."""
    singles = {str(axis): _one(axis, shape) for axis in range(count)}
    pairs = {f"{first},{second}": _pair(first, second) for first, second in combinations(range(count), 2)}
    every = {"all": _("all axes")} if count > 1 else {}
    return _ask("reductions_axis", _("Axes that disappear"), singles | (pairs if count > 2 else {}) | every)


def ask_running_axis(shape: Sequence[int]) -> str:
    """Draw the choice of the axis of running sums."""
    return _ask("reductions_running_axis", _("Axis"), {str(axis): _one(axis, shape) for axis in range(len(shape))})


def ask_shares_axis(shape: Sequence[int]) -> str:
    """Draw the choice of the axis of the sums that A is divided by."""
    last = len(shape) - 1
    names = {"last" if axis == last else str(axis): _one(axis, shape) for axis in range(len(shape))}
    return _ask("reductions_shares_axis", _("Axis to sum over"), names | ({"all": _("all axes")} if last else {}))


def _ask(key: str, label: str, names: dict[str, str]) -> str:
    """Draw a choice of axes. An axis chosen for a tensor with more axes becomes the nearest existing one."""
    if settings.KNOBS[key].default not in names:
        return "all"
    if settings.value(key) not in names:
        every = "all" in names and ("," in settings.value(key) or settings.value(key) == "all")
        settings.set(key, "all" if every else settings.KNOBS[key].default)
    return controls.either(key, label, names)


def _one(axis: int, shape: Sequence[int]) -> str:
    template = ngettext("axis {axis}: {count} line", "axis {axis}: {count} lines", shape[axis])
    return template.format(axis=axis, count=shape[axis])


def _pair(first: int, second: int) -> str:
    return _("axes {first} and {second}").format(first=first, second=second)


def axes_of(option: str, count: int) -> tuple[int, ...]:
    """Return the axes of an option for this number of axes.

    >>> axes_of("0,2", 3), axes_of("last", 2), axes_of("all", 2), axes_of("2", 2)
    ((0, 2), (1,), (0, 1), (2,))
    """
    if option == "all":
        return tuple(range(count))
    return (count - 1,) if option == "last" else tuple(int(axis) for axis in option.split(","))


def tell_unusual(values: Array) -> None:
    """Explain nan and ∞ among the results."""
    if values.dtype.kind != "f":
        return
    if np.isnan(values).any():
        st.caption(_("nan, “not a number”, results from a missing entry, from 0 / 0, or from ∞ − ∞."))
    if np.isinf(values).any():
        st.caption(_("∞ results from an infinite entry, from a division by 0, or from a value too large for its type."))


NINE = "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"
SIX = "[[0, 1, 2], [3, 4, 5]]"


def examples() -> dict[str, dict[str, str | bool]]:
    """Return the settings of each example, by the text of its button."""
    plain: dict[str, str | bool] = {
        "reductions_view": "collapse",
        "reductions_how": "sum",
        "reductions_keepdims": False,
        "reductions_floats": "none",
    }
    nine, six = plain | {"reductions_a": NINE}, plain | {"reductions_a": SIX}
    return {
        _("1…9 over axis 0"): nine | {"reductions_axis": "0"},
        _("1…9 over axis 1"): nine | {"reductions_axis": "1"},
        _("Mean"): nine | {"reductions_how": "mean", "reductions_axis": "all"},
        _("Column means"): nine | {"reductions_how": "mean", "reductions_axis": "0", "reductions_floats": "float32"},
        _("keepdims"): nine | {"reductions_axis": "1", "reductions_keepdims": True},
        _("cumsum"): nine | {"reductions_view": "running", "reductions_running_axis": "0"},
        _("Shares of a row"): nine | {"reductions_view": "shares", "reductions_shares_axis": "last"},
        _("Shares, not square"): six | {"reductions_view": "shares", "reductions_shares_axis": "last"},
        _("Two of three axes"): plain | {"reductions_a": "arange(24).reshape(2, 3, 4)", "reductions_axis": "0,1"},
    }
