"""Shared by the views of Norms: typed vectors, and vectors in formulas and code."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_latex, format_number
from core.language import _, ngettext
from core.tensors import parse_tensor

Vector = npt.NDArray[np.float64]
LARGEST = 1e150  # larger ones have sums that cannot be drawn
MOST_ENTRIES = 1_000
MOST_WRITTEN = 4  # terms of a sum that a formula spells out


def typed_vector(text: str, name: str) -> Vector:
    """Return a typed vector, (n,) with n of at least 1; a matrix of one row or column is accepted too.

    Raises InputError for anything else; NaN and infinite entries stay.
    """
    array = parse_tensor(text, most_cells=MOST_ENTRIES).astype(np.float64)
    if array.ndim > 1 and array.size != max(array.shape):
        template = _("{name} has to be a vector, but got shape {shape}; use one row of it.")
        raise InputError(template.format(name=name, shape=array.shape))
    if array.size == 0:
        raise InputError(_("{name} has no entries, so its norm is 0 for every p. Type some numbers.").format(name=name))
    return array.ravel()


def drawable_vector(text: str, name: str, size: int | None = None) -> Vector:
    """Return a typed vector of finite entries that can be drawn, of `size` entries if given."""
    vector = typed_vector(text, name)
    if size is not None and len(vector) != size:
        template = ngettext(
            "{name} is drawn in a plane, so it needs {size} entries; got {got}.",
            "{name} is drawn in a plane, so it needs {size} entries; got {got}.",
            len(vector),
        )
        raise InputError(template.format(name=name, size=size, got=len(vector)))
    if not np.isfinite(vector).all() or np.abs(vector).max() > LARGEST:
        raise InputError(
            _("{name} cannot be drawn: its entries have to be finite, with sizes up to 1e150.").format(name=name)
        )
    return vector


def fitted_to(vector: Vector, size: int) -> Vector:
    """Return the vector padded with zeros or truncated to `size` entries."""
    return np.concatenate([vector[:size], np.zeros(max(size - len(vector), 0))])


def vector_text(values: Sequence[float]) -> str:
    """Return entries as typed text.

    >>> vector_text([1.0, -2.5])
    '1 -2.5'
    """
    return " ".join(repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value) for value in values)


def code_vector(vector: Vector) -> str:
    """Return the torch expression of a float64 vector."""
    listed = ", ".join(repr(float(value)) for value in vector).replace("nan", "torch.nan").replace("inf", "torch.inf")
    return f"torch.tensor([{listed}], dtype=torch.float64)"


def code_power(p: float) -> str:
    """Return p as an argument of torch's norms."""
    return "torch.inf" if math.isinf(p) else repr(p)


def power_latex(p: float) -> str:
    """Return p in a formula."""
    return r"\infty" if math.isinf(p) else format_latex(p)


def power_said(p: float) -> str:
    """Return p in a sentence."""
    return format_number(p, 4)


def spelt(terms: Sequence[str], sign: str = " + ") -> str:
    """Return a sum for a formula; a long one without its middle."""
    if len(terms) <= MOST_WRITTEN:
        return sign.join(terms)
    return sign.join([*terms[: MOST_WRITTEN - 2], r"\dots", terms[-1]])


def aligned(lines: Sequence[str]) -> str:
    """Return several lines of a formula, aligned at their & signs."""
    return r"\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}"


def finite_latex(value: float, digits: int = 5) -> str:
    """Return any number for a formula."""
    if math.isnan(value):
        return r"\text{NaN}"
    return (r"-\infty" if value < 0 else r"\infty") if math.isinf(value) else format_latex(value, digits)
