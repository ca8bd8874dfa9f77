"""The scenes of products: the source cells of each entry, and its working in numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from core.language import _
from core.tensors.products import Product, Transposed, WeightedMean
from dashboard.scenes.cells.grid import Index, shown
from dashboard.scenes.cells.scene import Computed, Frame, Panel, Sources, cell_text, cells_scene, frames_scene

DIGITS = 6
SIGNS = {"*": "·", "-": "−"}  # of code, in a working
MOST_TERMS = 8  # of a written-out sum
MOST_COLUMNS = 6  # of a matrix drawn column by column
MOST_FRAMES = 20


def number(value: object) -> str:
    """Return a number of a working; a negative one in brackets."""
    text = cell_text(value, DIGITS)
    return f"({text})" if text.startswith("−") else text


def summed(pairs: Sequence[tuple[object, object]], total: object) -> str:
    """Return the working of a sum of products; a long one without its middle.

    >>> summed([(1, -2), (3, 4)], 10)
    '1 · (−2) + 3 · 4 = 10'
    """
    if not pairs:
        return _("0, the empty sum")
    terms = [
        "…" if place is None else f"{number(pairs[place][0])} · {number(pairs[place][1])}"
        for place in shown(len(pairs), MOST_TERMS)
    ]
    return f"{' + '.join(terms)} = {cell_text(total, DIGITS)}"


def transposed_scene(of: Transposed, title: str) -> dict[str, Any]:
    """Draw A and its transpose; the diagonal, which does not move, is marked."""
    A, turned = of.matrix, of.result

    def working(index: Index) -> str:
        return _("A[{row}, {column}] = {value}").format(row=index[1], column=index[0], value=number(turned[index]))

    panels: list[Panel | str] = [
        Panel("A", A, mark=_diagonal(A.shape), axis_names=_matrix_axes()),
        "→",
        Panel(
            "A.T",
            turned,
            mark=_diagonal(turned.shape),
            sources=Computed(lambda index: [("A", index[::-1])]),
            working=Computed(working),
            axis_names=_matrix_axes(),
        ),
    ]
    start = (turned.shape[0] - 1, 0) if turned.size else None
    legend = {"lit": _("the diagonal, which does not move")}
    return cells_scene(panels, title=title, legend=legend, point_at=("A.T", start) if start else None)


def _diagonal(shape: Index) -> np.ndarray[Any, Any]:
    return np.where(np.eye(shape[0], shape[1]) == 1, "lit", "")


def _matrix_axes() -> tuple[str, str]:
    return (_("rows"), _("columns"))


def entrywise_scene(of: Product, sign: str, names: tuple[str, str, str], title: str) -> dict[str, Any]:
    """Draw two tensors of the same shape, or a tensor and a scalar, and their elementwise result."""
    left, right, result = names
    scalar = of.right.ndim < of.result.ndim or of.right.shape != of.left.shape

    def sources(index: Index) -> Sources:
        return [(left, index), (right, () if scalar else index)]

    def working(index: Index) -> str:
        second = number(of.right[() if scalar else index])
        return f"{number(of.left[index])} {SIGNS.get(sign, sign)} {second} = {cell_text(of.result[index], DIGITS)}"

    made = Panel(result, of.result, sources=Computed(sources), working=Computed(working))
    panels: list[Panel | str] = [Panel(left, of.left), sign, _factor(right, of.right, scalar), "=", made]
    return cells_scene(panels, title=title, point_at=_first(result, of.result))


def _factor(name: str, values: np.ndarray[Any, Any], scalar: bool) -> Panel:
    """A Python number has no dtype."""
    return Panel(name, values, dtype=type(values.item()).__name__ if scalar else "")


def _first(name: str, values: np.ndarray[Any, Any]) -> tuple[str, Index] | None:
    return (name, (0,) * values.ndim) if values.size else None


def dot_scene(of: Product, title: str) -> dict[str, Any]:
    """Draw two vectors, the products of their entries, and the sum of these."""
    with np.errstate(all="ignore"):
        products = of.left * of.right
    every: Sources = [("x * y", (place,)) for place in range(products.size)]
    panels: list[Panel | str] = [
        Panel("x", of.left),
        "*",
        Panel("y", of.right),
        "=",
        Panel(
            "x * y",
            products,
            sources=Computed(lambda index: [("x", index), ("y", index)]),
            working=Computed(lambda i: f"{number(of.left[i])} · {number(of.right[i])} = {number(products[i])}"),
        ),
        _("sum ="),
        Panel(
            "x @ y",
            of.result,
            sources={(): every},
            working={(): summed(list(zip(of.left, of.right, strict=True)), of.result)},
        ),
    ]
    return cells_scene(panels, title=title, point_at=("x @ y", ()))


def weighted_scene(of: WeightedMean, title: str) -> dict[str, Any]:
    """Draw values, weights, their shares of the sum, and the weighted mean."""
    every: Sources = [(name, (place,)) for place in range(of.values.size) for name in ("x", "w / w.sum()")]

    def share(index: Index) -> str:
        text = f"{number(of.weights[index])} / {cell_text(of.total, DIGITS)}"
        return f"{text} = {number(of.shares[index])}"

    panels: list[Panel | str] = [
        Panel("w", of.weights),
        "→",
        Panel("w / w.sum()", of.shares, sources=Computed(lambda index: [("w", index)]), working=Computed(share)),
        "@",
        Panel("x", of.values),
        "=",
        Panel(
            _("mean"),
            np.asarray(of.mean),
            sources={(): every},
            working={(): summed(list(zip(of.shares, of.values, strict=True)), of.mean)},
        ),
    ]
    return cells_scene(panels, title=title, point_at=(_("mean"), ()))


def rows_scene(of: Product, title: str) -> dict[str, Any]:
    """Draw A x: each entry is a row of A times x."""
    A, x, y = of.left, of.right, of.result

    def sources(index: Index) -> Sources:
        return [("A", (index[0], k)) for k in range(x.size)] + [("x", (k,)) for k in range(x.size)]

    made = Panel(
        "A @ x",
        y,
        sources=Computed(sources),
        working=Computed(lambda index: summed(list(zip(A[index[0]], x, strict=True)), y[index])),
        upright=True,
    )
    panels: list[Panel | str] = [Panel("A", A), "@", Panel("x", x, upright=True), "=", made]
    return cells_scene(panels, title=title, point_at=_first("A @ x", y))


def columns_scene(of: Product, title: str) -> dict[str, Any]:
    """Draw A x as the columns of A weighted by the entries of x."""
    A, x, y = of.left, of.right, of.result
    places = shown(x.size, MOST_COLUMNS)
    panels: list[Panel | str] = []
    for place in places:
        panels += ["+"] if panels else []
        if place is None:
            panels.append("…")
            continue
        panels += [f"{number(x[place])} ·", Panel(f"A[:, {place}]", A[:, place], upright=True)]
    drawn = [place for place in places if place is not None]
    made = Panel(
        "A @ x",
        y,
        sources=Computed(lambda index: [(f"A[:, {k}]", index) for k in drawn]),
        working=Computed(lambda index: summed(list(zip(x, A[index[0]], strict=True)), y[index])),
        upright=True,
    )
    return cells_scene([*panels, "=", made], title=title, point_at=_first("A @ x", y))


def entries_scene(of: Product, title: str) -> dict[str, Any]:
    """Draw A left of A B and B above it, so the row and the column of an entry meet in it."""
    A, B, C = of.left, of.right, of.result
    made = Panel(
        "A @ B",
        C,
        sources=Computed(lambda index: _row_and_column(A.shape[1], index)),
        working=Computed(lambda at: summed(list(zip(A[at[0]], B[:, at[1]], strict=True)), C[at])),
    )
    panels: list[Panel | str] = [Panel("A", A), Panel("B", B), made]
    return cells_scene(panels, title=title, point_at=_first("A @ B", C), crossed=True)


def _row_and_column(k: int, index: Index) -> Sources:
    return [("A", (index[0], place)) for place in range(k)] + [("B", (place, index[1])) for place in range(k)]


def outer_scene(of: Product, title: str) -> dict[str, Any]:
    """Play A B as a sum: in each frame a column of A times a row of B is added."""
    A, B = of.left, of.right
    frames = [_outer_frame(A, B, place) for place in _kept(A.shape[1])]
    return frames_scene(frames, title=title, crossed=True, legend={"lit": _("multiplied and added now")})


def _kept(columns: int) -> Iterable[int]:
    """Return the columns after which a frame is drawn: of many, some evenly spaced, including the last."""
    return dict.fromkeys(np.linspace(0, columns - 1, min(columns, MOST_FRAMES)).round().astype(int).tolist())


def _outer_frame(A: np.ndarray[Any, Any], B: np.ndarray[Any, Any], place: int) -> Frame:
    column, row = np.full(A.shape, "", dtype="<U4"), np.full(B.shape, "", dtype="<U4")
    column[:, place], row[place] = "lit", "lit"
    with np.errstate(all="ignore"):
        so_far = A[:, : place + 1] @ B[: place + 1]
    made = Panel(
        _("sum so far"),
        so_far,
        sources=Computed(lambda index: [("A", (index[0], place)), ("B", (place, index[1]))]),
        working=Computed(
            lambda at: summed(list(zip(A[at[0], : place + 1], B[: place + 1, at[1]], strict=True)), so_far[at])
        ),
    )
    template = _("Step {step} of {last}: column {place} of A times row {place} of B is added.")
    label = template.format(step=place + 1, last=A.shape[1], place=place)
    return Frame(label, [Panel("A", A, mark=column), Panel("B", B, mark=row), made])
