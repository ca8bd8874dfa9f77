"""Identities of matrix derivatives, checked on the visitor's A and x."""

import numpy as np
import pandas as pd
import streamlit as st

from core.calculus.identities import IDENTITIES, Checked, check_identities
from core.errors import InputError
from core.formatting import format_number
from core.language import _
from core.tensors import parse_tensor, tensor_code
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.scene import Computed, Panel, cells_scene
from dashboard.screens.calculus import traps
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import settings

NAMES = settings.KNOBS["calculus_identity"].names


def draw_identities() -> None:
    """Draw the view."""
    st.markdown(
        _("Some derivatives are worth knowing by heart. Here each is checked, entry by entry, on your own A and x.")
    )
    left, right = st.columns(2)
    with left:
        A = tensor_field("calculus_matrix", _("A, a matrix"), lines=3)
    with right:
        x = tensor_field("calculus_vector", _("x, a vector"))
        layout = controls.either("calculus_side", _("Layout"))
    inputs = {"calculus_matrix": A, "calculus_vector": x}
    matrix, vector, checked = text_fields.answer("calculus_identities", inputs, _check).value
    _draw_table(checked)
    chosen = controls.select("calculus_identity", _("Look at"))
    found = next(one for one in checked if one.identity.key == chosen)
    _draw_one(found, matrix, vector, layout == "denominator")
    if not found.why_not:  # the lines would raise for the same reason
        lesson.code(torch_lines(found, matrix, vector))
    lesson.traps(traps.of_layouts)


def _check(calculus_matrix: str, calculus_vector: str) -> tuple[np.ndarray, np.ndarray, tuple[Checked, ...]]:
    A, x = (numbers(text) for text in (calculus_matrix, calculus_vector))
    return A, x, check_identities(A, x)


def numbers(text: str) -> np.ndarray:
    """Return a typed tensor of numbers in float64. Raises InputError or PointedError if there is none."""
    value = parse_tensor(text, most_axes=2, most_cells=400)
    if value.dtype == bool:
        raise InputError(_("Derivatives need numbers, and these are booleans."))
    return value.astype(np.float64)


def _draw_table(checked: tuple[Checked, ...]) -> None:
    names = controls.option_names("calculus_identity")
    table = pd.DataFrame(
        {
            _("derivative"): [names[one.identity.key] for one in checked],
            _("holds"): ["–" if one.why_not else "✓" if one.holds else "✗" for one in checked],
            _("shape, numerator"): [_shape(one, False) for one in checked],
            _("shape, denominator"): [_shape(one, True) for one in checked],
            _("error against central differences"): [_gap(one, one.gap) for one in checked],
            _("error against torch"): [_gap(one, one.torch_gap) for one in checked],
        }
    )
    described = _("Each identity: whether it holds here, its shapes and its errors.")
    show_table(table, hide_index=True, alt=described, height="content")
    kept = sum(one.holds for one in checked)
    tried = sum(not one.why_not for one in checked)
    template = _("{kept} of {tried} identities hold for this A and x. The errors are relative to the largest entry.")
    st.caption(escape_markdown(template.format(kept=kept, tried=tried)))


def _shape(one: Checked, denominator: bool) -> str:
    if one.why_not:
        return "–"
    shape = one.in_layout(one.formula, denominator).shape
    row_or_column = (*shape, 1) if denominator else (1, *shape)
    return str(shape if len(shape) > 1 else row_or_column)


def _gap(one: Checked, gap: float) -> str:
    return "–" if one.why_not else format_number(gap, 2)


def _draw_one(found: Checked, A: np.ndarray, x: np.ndarray, denominator: bool) -> None:
    identity = found.identity
    sides = ((_("numerator layout"), identity.in_numerator), (_("denominator layout"), identity.in_denominator))
    for column, (name, text) in zip(st.columns(2), sides, strict=True):
        column.markdown(f"**{name}**")
        column.latex(rf"\begin{{aligned}}{identity.left} &= {text}\end{{aligned}}")
    if identity.where:
        st.latex(identity.where)
    if found.why_not:
        st.info(escape_markdown(found.why_not))
        return
    formula, measured = (found.in_layout(values, denominator) for values in (found.formula, found.measured))
    panels: list[Panel | str] = [
        Panel("A", A),
        Panel("x", x, upright=True),
        Panel(_("formula"), formula, upright=denominator),
        "=",
        Panel(
            _("measured"),
            measured,
            sources=Computed(lambda index: [(_("formula"), index)]),
            working=Computed(lambda index: format_number(float(measured[index]), 15)),
            upright=denominator,
            note=_("by central differences, entry by entry"),
        ),
    ]
    scenes.cells(cells_scene(panels, title=_("The formula and the measured entries")), "calculus_identities_cells")


def torch_lines(found: Checked, A: np.ndarray, x: np.ndarray) -> str:
    """Return the code for torch: the derivative."""
    wanted = "A" if found.identity.by_matrix else "x"
    return f"""import torch

A = {tensor_code(A)}
x = {tensor_code(x)}
jacobian = torch.autograd.functional.jacobian(lambda {wanted}: {found.identity.torch}, {wanted})
print(jacobian)"""


assert NAMES.keys() == {identity.key for identity in IDENTITIES}
