"""The shape of a derivative: numerator layout, denominator layout, and torch's own.

A derivative holds one number for each entry of y and each entry of x. In numerator layout the axes of y come first and
those of x after them, in reverse (so the derivative of a scalar by a column is a row); in denominator layout the order
is reversed, so each layout is the other one with all its axes reversed. torch has the axes of y, then those of x.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.calculus.differentiate import differentiate
from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.parser import VECTOR_FUNCTIONS, Expression, parse_expression
from core.calculus.expression.tree import Node
from core.errors import InputError
from core.formatting import format_count
from core.language import _

Layout: TypeAlias = Literal["numerator", "denominator", "torch"]
Array: TypeAlias = NDArray[np.float64]
Index: TypeAlias = tuple[int, ...]
MOST_ENTRIES = 400  # of a derivative
MOST_FORMULAS = 100  # each takes about a millisecond
STEP = float(np.finfo(np.float64).eps) ** (1 / 3)


def layout_shape(y: Sequence[Any], x: Sequence[Any], layout: Layout) -> tuple[Any, ...]:
    """Return the shape of the derivative of y by x, given their shapes.

    >>> layout_shape(("m",), ("n",), "numerator"), layout_shape((), ("n", "k"), "numerator")
    (('m', 'n'), ('k', 'n'))
    >>> layout_shape(("m", "l"), ("n",), "denominator")
    ('n', 'l', 'm')
    """
    if layout == "torch":
        return (*y, *x)
    return (*y, *reversed(x)) if layout == "numerator" else (*x, *reversed(y))


def book_shape(y: Sequence[Any], x: Sequence[Any], layout: Layout) -> tuple[Any, ...]:
    """Return the shape as books write it, where vectors are columns: a derivative with one axis is a row or a column.

    >>> book_shape((), ("n",), "numerator"), book_shape((), ("n",), "denominator"), book_shape(("m",), (), "numerator")
    ((1, 'n'), ('n', 1), ('m', 1))
    """
    shape = layout_shape(y, x, layout)
    if len(shape) != 1 or layout == "torch":
        return shape
    upright = (len(y) == 1) == (layout == "numerator")
    return (*shape, 1) if upright else (1, *shape)


def laid_out(derivative: NDArray[Any], y_axes: int, layout: Layout) -> NDArray[Any]:
    """Return a derivative, with axes in torch's order, those of y first (`y_axes` of them), in another layout."""
    first, last = range(y_axes), range(y_axes, derivative.ndim)
    if layout == "torch":
        return derivative
    order = (*first, *reversed(last)) if layout == "numerator" else (*last, *reversed(first))
    return derivative.transpose(order)


@dataclass(frozen=True, eq=False)
class Derivative:
    """A typed example: y at x, and its derivative with the axes in torch's order.

    Attributes:
        y: the result.
        x: the point.
        entries: of the derivative.
        formulas: the derivative of each component as a tree, by its index; empty for expressions of tensors.
        gap: the largest difference from central differences, relative to the largest entry.
    """

    y: Array
    x: Array
    entries: Array
    formulas: Mapping[Index, Node]
    gap: float


def of_components(texts: Sequence[str], x: Array) -> tuple[tuple[Expression, ...], Derivative]:
    """Differentiate component functions of x1, x2, …, one text each, by the rules, at the vector x.

    Raises InputError or PointedError for a text that is not such a function, and where a value or a slope is not
    finite.
    """
    names = [f"x{place}" for place in range(1, x.size + 1)]
    if x.ndim != 1 or not x.size:
        raise InputError(_("Component functions need x as a vector of at least one number, such as 1 2."))
    if not texts or len(texts) * x.size > MOST_FORMULAS:
        raise InputError(_("1 to {most} functions are needed; type one on each line.").format(
            most=MOST_FORMULAS))  # fmt: skip
    functions = tuple(parse_expression(text, names) for text in texts)
    formulas: dict[Index, Node] = {
        (row, column): differentiate(function.root, name).result
        for row, function in enumerate(functions)
        for column, name in enumerate(names)
    }
    values = dict(zip(names, x, strict=True))

    def y(at: Array) -> Array:
        here = dict(zip(names, at, strict=True))
        return np.array([function(**here) for function in functions])

    entries = np.empty((len(texts), x.size))
    for place, root in formulas.items():
        entries[place] = Expression("", root, tuple(names), tuple(names))(**values)
    return functions, _checked(y, x, entries, formulas)


def of_scalar(text: str, x: Array) -> tuple[Expression, Derivative]:
    """Differentiate one function of x1, x2, … by the rules at x, a vector (n,) or a column (n, 1).

    It is a scalar by a column: its entries have shape (n,). Raises InputError or PointedError as `of_components` does.

    >>> _function, found = of_scalar("x1**2 + 2*x2**2", np.array([[1.0], [1.0]]))
    >>> found.y.shape, found.entries.tolist(), laid_out(found.entries, 0, "numerator").shape
    ((), [2.0, 4.0], (2,))
    """
    flat = x[:, 0] if x.ndim == 2 and x.shape[1] == 1 else np.atleast_1d(x)
    (function,), found = of_components([text], flat)
    formulas = {place[1:]: root for place, root in found.formulas.items()}
    return function, Derivative(found.y[0], flat, found.entries[0], formulas, found.gap)


def of_tensors(text: str, x: Array, A: Array) -> tuple[Expression, Derivative]:
    """Differentiate an expression of the tensors x and A by x, with torch.

    Raises InputError or PointedError for any other text, incompatible shapes, and values that are not finite.
    """
    expression = parse_expression(text, ("x", "A"), VECTOR_FUNCTIONS)

    def y(at: Array) -> Array:
        try:
            with np.errstate(all="ignore"):
                found = evaluate(expression.root, {"x": at, "A": A}, NUMPY_OPERATIONS, np.asarray)
            return np.asarray(found, dtype=np.float64)
        except ValueError:
            raise _unfit(x, A) from None

    value = y(x)
    if value.size * x.size > MOST_ENTRIES:
        template = _("The derivative has {got} entries; at most {most} can be shown. Use smaller tensors.")
        raise InputError(template.format(got=format_count(value.size * x.size), most=MOST_ENTRIES))
    if not value.size * x.size:
        raise InputError(_("x and y need at least one number each; one of them is empty."))
    return expression, _checked(y, x, _by_torch(expression, x, A, value.shape), {})


def _unfit(x: Array, A: Array) -> InputError:
    return InputError(
        _("The shapes do not match: x has shape {x}, A has shape {A}. A @ x needs as many entries in x as A has "
          "columns.")
        .format(x=x.shape, A=A.shape)
    )  # fmt: skip


def _by_torch(expression: Expression, x: Array, A: Array, shape: tuple[int, ...]) -> Array:
    import torch

    from core.calculus.torch_values import torch_operations

    def number(value: float) -> torch.Tensor:
        return torch.tensor(value, dtype=torch.float64)

    given = torch.tensor(A)

    def y(at: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = evaluate(expression.root, {"x": at, "A": given}, torch_operations(), number)
        return result

    try:
        jacobian = torch.func.jacrev(y)(torch.tensor(x))
    except (RuntimeError, IndexError):
        raise _unfit(x, A) from None
    return np.asarray(jacobian).reshape((*shape, *x.shape))


def central_differences(y: Callable[[Array], Array], x: Array) -> Array:
    """Return the derivative of y by x from central differences: axes of y first, then those of x."""
    columns = []
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = STEP * max(1.0, abs(x[index]))
        columns.append((y(x + step) - y(x - step)) / (2 * step[index]))
    stacked = np.stack(columns, axis=-1)
    return stacked.reshape((*stacked.shape[:-1], *x.shape))


def _checked(y: Callable[[Array], Array], x: Array, entries: Array, formulas: Mapping[Index, Node]) -> Derivative:
    value = y(x)
    if not (np.isfinite(value).all() and np.isfinite(entries).all()):
        raise InputError(_("A value or a slope is not finite at this x, so there is no derivative; choose another x."))
    with np.errstate(all="ignore"):
        apart = np.abs(central_differences(y, x) - entries)
    return Derivative(value, x, entries, formulas, share_of(apart, entries))


def share_of(apart: Array, entries: Array) -> float:
    """Return the largest difference relative to the largest entry, or to 1 if that is larger; inf for nan."""
    worst = float(np.max(apart, initial=0.0))
    return worst / max(float(np.abs(entries).max(initial=0.0)), 1.0) if worst == worst else float("inf")
