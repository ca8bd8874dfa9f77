"""A matrix and its norms: of its entries, and of its effect on vectors."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_number
from core.language import _, ngettext
from core.tensors import parse_tensor, tensor_text
from core.tensors.norms import length, singular_values
from dashboard.charts.norms import singular_bars
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.stretch.scene import stretch_scene
from dashboard.screens.norms.lines_of_today import Typed, draw_matrix_lines
from dashboard.screens.norms.vector import outcome, raised
from dashboard.screens.norms.vectors import LARGEST, finite_latex, spelt
from dashboard.ui import lesson, page, scenes, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.examples import Examples, examples
from dashboard.visit import settings

Matrix = npt.NDArray[np.float64]


def draw_matrix() -> None:
    """Draw the field, the norms, their working and the singular values."""
    st.markdown(
        _("How large is a matrix? The **Frobenius** norm treats its entries as one vector; the **spectral** and the "
          "**nuclear** norm measure what it does to vectors.")
    )  # fmt: skip
    tensor_field("norms_matrix", _("Your matrix A"), lines=3)
    A, typed = text_fields.answer("norms_matrix", {"norms_matrix": settings.text("norms_matrix")}, _read).value
    values = singular_values(A)
    examples("norms_matrix", _examples())
    page.boxes(
        [
            (_("Frobenius"), format_number(length(A, 2), 7)),
            (_("Spectral"), format_number(float(values.max(initial=0.0)), 7)),
            (_("Nuclear"), format_number(length(values, 1), 7)),
        ]
    )
    st.caption(_("A has shape {shape}; each norm has shape (), here in float64.").format(shape=A.shape))
    left, right = st.columns(2)
    with left:
        _work_out(A, values)
        draw_matrix_lines(typed)
    with right:
        if A.shape == (2, 2) and np.abs(A).max() <= LARGEST:
            scenes.stretch(stretch_scene(A), "norms_stretch")
        else:
            _draw_values(values)
    lesson.code(code(A))
    lesson.traps(_traps)


def _read(norms_matrix: str) -> tuple[Matrix, Typed]:
    """Return A in float64 and in the type it was typed in."""
    array = parse_tensor(norms_matrix, most_axes=2)
    if array.ndim != 2 or array.size == 0:
        template = _(
            "A matrix has two axes and at least one entry, but this has shape {shape}; type for example [[1, 2], "
            "[3, 4]]."
        )
        raise InputError(template.format(shape=array.shape))
    matrix = array.astype(np.float64)
    if not np.isfinite(matrix).all():
        raise InputError(_("An entry of A is NaN or infinite, so it has no singular values; type a number there."))
    return matrix, array


def _examples() -> Examples:
    return {
        _("ones(4, 9) from the book"): {"norms_matrix": "ones(4, 9)"},
        _("Rank one"): {"norms_matrix": "[[1, 2], [2, 4]]"},
        _("A rotation"): {"norms_matrix": "[[0.6, -0.8], [0.8, 0.6]]"},
    }


def _work_out(A: Matrix, values: Matrix) -> None:
    squares = spelt([rf"({finite_latex(entry, 4)})^2" if entry < 0 else rf"{finite_latex(entry, 4)}^2"
                     for entry in A.ravel()])  # fmt: skip
    st.latex(rf"\|A\|_F = \sqrt{{{squares}}} = {finite_latex(length(A, 2))}")
    shown = [finite_latex(value, 4) for value in values]
    st.latex(rf"\sigma = {spelt(shown, ', ')}")
    st.latex(rf"\|A\|_2 = \max_i \sigma_i = {finite_latex(float(values.max()))}")
    st.latex(rf"\|A\|_* = \sum_i \sigma_i = {spelt(shown)} = {finite_latex(length(values, 1))}")
    st.latex(rf"\|A\|_F = \sqrt{{\sum_i \sigma_i^2}} = {finite_latex(length(values, 2))}")
    st.caption(
        _("The singular values σ are the factors by which A stretches along orthogonal directions. The Frobenius, "
          "spectral and nuclear norms are the L2, L∞ and L1 norms of σ.")
    )  # fmt: skip


def _draw_values(values: Matrix) -> None:
    if not np.isfinite(values).all():
        st.info(_("A singular value exceeds the range of float64 and is shown as ∞."))
        return
    table = pd.DataFrame({"place": np.arange(1, len(values) + 1), "size": values})
    template = ngettext(
        "{count} singular value, {most}.", "{count} singular values, from {most} to {least}.", len(values)
    )
    draw_chart(
        singular_bars(table),
        template.format(
            count=len(values), most=format_number(float(values.max())), least=format_number(float(values.min()))
        ),
    )


def code(A: Matrix) -> str:
    """Return the code for torch: the norms of this matrix."""
    return (
        "import torch\n\n"
        f"A = torch.tensor({tensor_text(A)}, dtype=torch.float64)\n"
        "norm = torch.linalg.matrix_norm\n"
        'print(norm(A), norm(A, 2), norm(A, "nuc"))  # Frobenius, spectral, nuclear'
    )


def _traps() -> list[lesson.Trap]:
    norm = "torch.linalg.matrix_norm(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), {order})"
    one = norm.format(order=1)
    flat = "torch.linalg.matrix_norm(torch.tensor([3.0, -4.0]))"
    vector = "torch.linalg.vector_norm(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))"
    return [
        lesson.Trap(
            _("“The 2-norm” of a matrix is not the Frobenius norm."),
            _("For a matrix, 2 means spectral. `vector_norm` treats all entries as one vector: that is Frobenius."),
            f"{norm.format(order=2)}  # {outcome(norm.format(order=2))}\n{vector}  # {outcome(vector)}",
        ),
        lesson.Trap(
            _("1 and ∞ mean columns and rows."),
            _("For a matrix the orders 1 and ∞ are the largest sum of absolute values in a column and in a row: the "
              "most that it stretches in L1 and in L∞. Neither is the sum, or the maximum, of all entries."),
            f"{one}  # {outcome(one)}",
        ),
        lesson.Trap(
            _("A vector is not a matrix."),
            _("`matrix_norm` needs at least two axes; more than two are a batch of matrices."),
            flat,
            raised(f"import torch\n{flat}"),
        ),
    ]  # fmt: skip
