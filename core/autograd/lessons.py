"""The lessons on gradients, each run by torch on the visitor's vector."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.code_runner import Execution, run
from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.tensors import parse_tensor

if TYPE_CHECKING:
    import torch

Vector = NDArray[np.float64]

MOST_ENTRIES = 12
LARGEST, SMALLEST = 1e100, 1e-100  # their squares and cubes stay finite
WHOLE = 1000.0  # the bound of the loop
MOST_DOUBLINGS = 400  # from the smallest number to 1000


def read_vector(text: str, name: str = "x") -> Vector:
    """Return a typed vector as float64; one number is a vector of one entry.

    Raises InputError for no entry, more than one axis, more than 12 entries, NaN, ∞, and numbers other than 0 whose
    size is not between 1e-100 and 1e100.
    """
    array = np.atleast_1d(parse_tensor(text).astype(np.float64))
    if array.ndim > 1:
        template = _("{name} has to be a vector here, one row of numbers; got {axes} axes.")
        raise InputError(template.format(name=name, axes=array.ndim))
    if not 1 <= array.size <= MOST_ENTRIES:
        template = _("{name} has {count} entries; 1 to {most} are needed here.")
        raise InputError(template.format(name=name, count=format_count(array.size), most=MOST_ENTRIES))
    if not ((array == 0) | ((np.abs(array) >= SMALLEST) & (np.abs(array) <= LARGEST))).all():
        template = _("The entries of {name} are multiplied here, so the size of each has to be 0 or lie between 1e-100 "
                     "and 1e100.")  # fmt: skip
        raise InputError(template.format(name=name))
    return array


@dataclass(frozen=True, eq=False)
class Moment:
    """A line, and x.grad after it.

    Attributes:
        code: the line.
        grad: x.grad; None as in torch, not 0.
    """

    code: str
    grad: Vector | None


def moments(x: Vector, lines: Sequence[str]) -> list[Moment]:
    """Run lines one after the other on x, which requires a gradient, and record x.grad after each.

    >>> [moment.grad for moment in moments(np.array([3.0]), ["y = 2 * torch.dot(x, x)", "y.backward()"])]
    [None, array([12.])]
    """
    import torch

    names: dict[str, Any] = {"torch": torch, "x": _asking(x)}
    found = [Moment("", None)]
    for line in lines:
        _attempt, names = run(line, names, [])
        grad = names["x"].grad
        found.append(Moment(line, None if grad is None else grad.numpy().copy()))
    return found[1:]


def attempt(x: Vector, lines: str, show: Sequence[str], v: Vector | None = None) -> Execution:
    """Run lines on a new x that requires a gradient, and v if it is given, and return what `show` selects."""
    import torch

    given: dict[str, Any] = {"torch": torch, "x": _asking(x)}
    if v is not None:
        given["v"] = torch.tensor(v)
    return run(lines, given, show)[0]


def gradient(x: Vector, lines: str, v: Vector | None = None) -> Vector | None:
    """Run lines on a new x and return its gradient, or None if they raised or x got none."""
    import torch

    given: dict[str, Any] = {"torch": torch, "x": _asking(x)}
    if v is not None:
        given["v"] = torch.tensor(v)
    asked, names = run(lines, given, [])
    grad = names["x"].grad
    return None if grad is None or not asked.worked else grad.numpy().copy()


@dataclass(frozen=True, eq=False)
class Saved:
    """The values torch saves for the backward pass, by the names of its attributes.

    Attributes:
        when: the point in time.
        kept: the saved tensor; None where it was freed.
        grad: x.grad then.
    """

    when: str
    kept: Vector | None
    grad: Vector | None


def saved(x: Vector, *, retain: bool) -> tuple[list[Saved], Execution]:
    """Run backward twice through y = dot(x, x) and return what the node of the product has saved, before and after.

    The last attempt is the second backward, which raises unless the first one retained the graph.

    >>> found, second = saved(np.array([3.0]), retain=False)
    >>> [state.kept for state in found], second.error
    ([array([3.]), None, None], 'RuntimeError')
    """
    import torch

    names: dict[str, Any] = {"torch": torch, "x": _asking(x)}
    found = []
    first = f"y.backward({'retain_graph=True' if retain else ''})"
    second = Execution("")
    for line in ("y = torch.dot(x, x)", first, "y.backward()"):
        second, names = run(line, names, [])
        looked, seen = run("kept = y.grad_fn._saved_self.detach().numpy().copy()", names, [])
        grad = names["x"].grad
        found.append(
            Saved(line, seen["kept"] if looked.worked else None, None if grad is None else grad.numpy().copy())
        )
    return found, second


def walk(a: float) -> tuple[int, bool, float] | None:
    """Return the number of doublings, whether the branch for a positive sum was taken, and f(a).

    f is `b = 2 * a`, doubled while |b| < 1000, then 100 times that unless it is positive. None for 0, for which the
    loop would never end.

    >>> walk(3.0), walk(-600.0), walk(0.0)
    ((8, True, 1536.0), (0, False, -120000.0), None)
    """
    b, doublings = 2 * a, 0
    while abs(b) < WHOLE:
        b, doublings = 2 * b, doublings + 1
        if doublings > MOST_DOUBLINGS:
            return None
    return doublings, b > 0, b if b > 0 else 100 * b


FLOW = """def f(a):
    b = a * 2
    while b.norm() < 1000:
        b = b * 2
    if b.sum() > 0:
        c = b
    else:
        c = 100 * b
    return c"""


def flow_table(x: Vector) -> pd.DataFrame:
    """Return one row for each entry a of x: a, doublings, branch, d = f(a), a.grad by torch, and d / a.

    Where a is 0 the loop would never end, so it is not run: the values are missing.
    """
    rows = []
    for a in x:
        walked = walk(float(a))
        grad = None
        if walked is not None:
            found = gradient(np.array([a]), f"{FLOW}\nf(x).sum().backward()")
            grad = None if found is None else float(found[0])
        doublings, positive, d = walked or (None, None, None)
        ratio = d / float(a) if d is not None else None
        rows.append({"a": float(a), "doublings": doublings, "positive": positive, "d": d, "grad": grad, "ratio": ratio})
    return pd.DataFrame(rows).astype(
        {"doublings": "Int64", "positive": "boolean", **dict.fromkeys(("d", "grad", "ratio"), float)}
    )


def flow_pieces(x: Vector, most: int = 16) -> pd.DataFrame:
    """Return the pieces of f around these numbers, all positive or all negative: a, f, piece, slope.

    Two rows for each piece, its ends, the largest first: after n doublings 500 / 2**n <= |a| < 1000 / 2**n,
    and without any |a| >= 500. At most `most` pieces are returned, down to that of the smallest number.

    >>> flow_pieces(np.array([300.0]))
           a       f  piece  slope
    0  250.0  1000.0      1    4.0
    1  345.0  1380.0      1    4.0
    """
    reach, sign = 1.15 * float(np.abs(x).max()), float(np.sign(x[0]))
    walked = [walk(float(a)) for a in x]
    numbers = [found[0] for found in walked if found is not None]
    rows = []
    for n in range(min(numbers), min(max(numbers) + 1, min(numbers) + most)):
        slope = 2.0 ** (n + 1) * (1 if sign > 0 else 100)
        low = WHOLE / 2.0 ** (n + 1)
        high = min(2 * low, reach) if n else reach
        rows += [{"a": sign * a, "f": slope * sign * a, "piece": n, "slope": slope} for a in (low, high)]
    return pd.DataFrame(rows)


def _asking(x: Vector) -> "torch.Tensor":
    import torch

    return torch.tensor(x, dtype=torch.float64, requires_grad=True)
