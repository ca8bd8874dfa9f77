"""Well-known derivatives of matrix expressions, checked on given A and x.

Each is written twice: in numerator layout, and in denominator layout, as the book's gradients are (all axes reversed).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.calculus.layouts import Array, central_differences, laid_out, share_of
from core.errors import InputError
from core.language import _

AGREES = 1e-6  # tolerance of central differences, relative to the largest entry
MOST_SIDE = 12


@dataclass(frozen=True)
class Identity:
    """An identity of matrix derivatives.

    Attributes:
        key: its short name.
        left: the derivative to find, as TeX of an `aligned` environment, as the next two are.
        in_numerator: the derivative in numerator layout.
        in_denominator: the derivative in denominator layout.
        y: takes A and x, arrays or tensors, and returns y.
        numerator: takes A and x, and returns the derivative in numerator layout.
        y_axes: the number of axes of y.
        needs: the required shapes of A and x.
        by_matrix: whether y is differentiated by the matrix itself, not by x.
        torch: y as code for torch.
        where: what its letters stand for, as TeX; "" if A and x alone are in it.
    """

    key: str
    left: str
    in_numerator: str
    in_denominator: str
    y: Callable[[Any, Any], Any]  # of arrays or of tensors
    numerator: Callable[[Array, Array], Array]
    y_axes: int
    needs: str = "columns"
    by_matrix: bool = False
    torch: str = ""
    where: str = ""


IDENTITIES: tuple[Identity, ...] = (
    Identity("a", r"\frac{\partial\, a}{\partial x}", r"0^\top", "0",
             lambda A, x: 5.0 + 0 * x.sum(), lambda A, x: np.zeros(x.size), 0, "any",
             torch="torch.tensor(5.0) + 0*x.sum()", where="a = 5"),
    Identity("vector", r"\frac{\partial\, a}{\partial x}", "0", "0",
             lambda A, x: A.sum(1), lambda A, x: np.zeros((len(A), x.size)), 1, "any",
             torch="A.sum(1)", where=r"a = A\, 1"),
    Identity("sum", r"\frac{\partial\, \operatorname{sum}(x)}{\partial x}", r"1^\top", "1",
             lambda A, x: x.sum(), lambda A, x: np.ones(x.size), 0, "any", torch="x.sum()"),
    Identity("x", r"\frac{\partial\, x}{\partial x}", "I", "I",
             lambda A, x: 1 * x, lambda A, x: np.eye(x.size), 1, "any", torch="x.clone()"),
    Identity("au", r"\frac{\partial\, a u}{\partial x}",
             r"a\, \frac{\partial u}{\partial x} = 5 \cdot 2 \operatorname{diag}(x)",
             r"a\, \frac{\partial u}{\partial x} = 5 \cdot 2 \operatorname{diag}(x)",
             lambda A, x: 5 * (x * x), lambda A, x: 5 * 2 * np.diag(x), 1, "any", torch="5*(x*x)",
             where=r"a = 5, \quad u = x \circ x"),
    Identity("Au", r"\frac{\partial\, A u}{\partial x}",
             r"A\, \frac{\partial u}{\partial x} = A \cdot 2 \operatorname{diag}(x)",
             r"\frac{\partial u}{\partial x}\, A^\top = 2 \operatorname{diag}(x)\, A^\top",
             lambda A, x: A @ (x * x), lambda A, x: A @ (2 * np.diag(x)), 1, torch="A @ (x*x)",
             where=r"u = x \circ x"),
    Identity("added", r"\frac{\partial\, (u + v)}{\partial x}",
             r"\frac{\partial u}{\partial x} + \frac{\partial v}{\partial x} = 2 \operatorname{diag}(x) + 3 I",
             r"\frac{\partial u}{\partial x} + \frac{\partial v}{\partial x} = 2 \operatorname{diag}(x) + 3 I",
             lambda A, x: x * x + 3 * x, lambda A, x: 2 * np.diag(x) + 3 * np.eye(x.size), 1, "any",
             torch="x*x + 3*x", where=r"u = x \circ x, \quad v = 3 x"),
    Identity("inner", r"\frac{\partial\, u^\top v}{\partial x}",
             r"u^\top \frac{\partial v}{\partial x} + v^\top \frac{\partial u}{\partial x}"
             r" \\ &= (A x)^\top A + (A x + 1)^\top A",
             r"\frac{\partial v}{\partial x}\, u + \frac{\partial u}{\partial x}\, v"
             r" \\ &= A^\top A x + A^\top (A x + 1)",
             lambda A, x: (A @ x) @ (A @ x + 1), lambda A, x: (A @ x) @ A + (A @ x + 1) @ A, 0,
             torch="(A @ x) @ (A @ x + 1)", where=r"u = A x, \quad v = A x + 1"),
    Identity("Ax", r"\frac{\partial\, A x}{\partial x}", "A", r"A^\top",
             lambda A, x: A @ x, lambda A, x: A, 1, torch="A @ x"),
    Identity("xA", r"\frac{\partial\, x^\top A}{\partial x}", r"A^\top", "A",
             lambda A, x: x @ A, lambda A, x: A.T, 1, "rows", torch="x @ A"),
    Identity("xAx", r"\frac{\partial\, x^\top A x}{\partial x}", r"x^\top (A + A^\top)", r"(A + A^\top)\, x",
             lambda A, x: x @ A @ x, lambda A, x: x @ (A + A.T), 0, "square", torch="x @ A @ x"),
    Identity("xx", r"\frac{\partial\, \lVert x \rVert^2}{\partial x}", r"2 x^\top", "2 x",
             lambda A, x: x @ x, lambda A, x: 2 * x, 0, "any", torch="x @ x"),
    Identity("XX", r"\frac{\partial\, \lVert A \rVert_F^2}{\partial A}", r"2 A^\top", "2 A",
             lambda A, x: (A * A).sum(), lambda A, x: 2 * A.T, 0, "any", True, torch="(A * A).sum()"),
    Identity("product", r"\frac{\partial\, u\, v}{\partial x}",
             r"v\, \frac{\partial u}{\partial x} + u\, \frac{\partial v}{\partial x} \\ &= A x \cdot 2 x^\top"
             r" + \lVert x \rVert^2 A",
             r"\frac{\partial u}{\partial x}\, v^\top + u\, \frac{\partial v}{\partial x} \\ &= 2 x \cdot (A x)^\top"
             r" + \lVert x \rVert^2 A^\top",
             lambda A, x: (x @ x) * (A @ x), lambda A, x: np.outer(A @ x, 2 * x) + (x @ x) * A, 1,
             torch="(x @ x) * (A @ x)", where=r"u = \lVert x \rVert^2, \quad v = A x"),
    Identity("chain", r"\frac{\partial\, \lVert A x \rVert^2}{\partial x}",
             r"\frac{\partial y}{\partial u}\, \frac{\partial u}{\partial x} = 2 (A x)^\top A",
             r"\frac{\partial u}{\partial x}\, \frac{\partial y}{\partial u} = A^\top\, 2 (A x)",
             lambda A, x: (A @ x) @ (A @ x), lambda A, x: 2 * (A @ x) @ A, 0,
             torch="(A @ x) @ (A @ x)", where=r"y = \lVert u \rVert^2, \quad u = A x"),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Checked:
    """An identity on this A and x. Where the shapes do not fit, only `why_not` is set.

    Attributes:
        identity: which one.
        why_not: why the shapes do not fit, or "".
        formula: the derivative by the formula, in numerator layout.
        measured: the derivative by central differences, in numerator layout.
        gap: the difference between formula and central differences, relative to the largest entry.
        torch_gap: the difference between formula and torch, relative to the largest entry.
    """

    identity: Identity
    why_not: str
    formula: Array
    measured: Array
    gap: float
    torch_gap: float

    @property
    def holds(self) -> bool:
        """Return whether both numerical derivatives agree with the formula."""
        return not self.why_not and self.gap < AGREES and self.torch_gap < AGREES

    def in_layout(self, values: Array, denominator: bool) -> Array:
        """Return the formula or the measured derivative in a layout."""
        return values.T if denominator else values


def check_identities(A: Array, x: Array) -> tuple[Checked, ...]:
    """Check every identity for a matrix and a vector, with central differences and with torch.

    Raises InputError unless A is a matrix and x a vector, of 1 to 12 finite numbers along each axis.
    """
    for name, value, axes in (("A", A, 2), ("x", x, 1)):
        if value.ndim != axes or not 0 < max(value.shape, default=0) <= MOST_SIDE or 0 in value.shape:
            template = _("A has to be a matrix and x a vector, with 1 to {most} entries along each axis, but {name} "
                         "has shape {shape}.")  # fmt: skip
            raise InputError(template.format(most=MOST_SIDE, name=name, shape=value.shape))
        if not np.isfinite(value).all() or np.abs(value).max() > 1e60:
            raise InputError(_("{name} has to hold finite numbers, up to 1e60.").format(name=name))
    return tuple(_check(identity, A, x) for identity in IDENTITIES)


def _check(identity: Identity, A: Array, x: Array) -> Checked:
    if why_not := _why_not(identity.needs, A, x):
        return Checked(identity, why_not, np.empty(0), np.empty(0), 0.0, 0.0)
    formula = identity.numerator(A, x)
    if identity.by_matrix:
        measured = central_differences(lambda at: identity.y(at, x), A)
    else:
        measured = central_differences(lambda at: identity.y(A, at), x)
    measured = laid_out(measured, identity.y_axes, "numerator")
    exact = laid_out(_by_torch(identity, A, x), identity.y_axes, "numerator")
    gaps = (share_of(np.abs(other - formula), formula) for other in (measured, exact))
    return Checked(identity, "", formula, measured, *gaps)


def _by_torch(identity: Identity, A: Array, x: Array) -> Array:
    """Return torch's derivative of the same expression."""
    import torch

    given = {"A": torch.tensor(A), "x": torch.tensor(x)}
    if identity.by_matrix:
        return np.asarray(torch.func.jacrev(lambda at: identity.y(at, given["x"]))(given["A"]))
    return np.asarray(torch.func.jacrev(lambda at: identity.y(given["A"], at))(given["x"]))


def _why_not(needs: str, A: Array, x: Array) -> str:
    rows, columns = A.shape
    sentences = {
        "columns": _("A x needs as many entries in x as A has columns: {columns}, but x has {n}."),
        "rows": _("xᵀA needs as many entries in x as A has rows: {rows}, but x has {n}."),
        "square": _(
            "xᵀA x needs a square A with as many rows as x has entries, but A is {rows} × {columns} and x has {n}."
        ),
    }
    fits = {"columns": columns == x.size, "rows": rows == x.size, "square": rows == columns == x.size}
    return "" if fits.get(needs, True) else sentences[needs].format(rows=rows, columns=columns, n=x.size)
