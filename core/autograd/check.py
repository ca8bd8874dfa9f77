"""Every gradient in three ways: our engine, torch, and a central difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from core.autograd.engine import Array, replayed
from core.autograd.graph import Graph, GraphNode

MOST_ROWS = 60
CLOSE = 1e-5  # bound on truncation and rounding in a central difference


def central_difference(graph: Graph, number: int, entry: tuple[int, ...]) -> float:
    """Return the derivative of the sum of the end's entries by one entry of a node, from a central difference.

    The step is the cube root of the rounding error, times the entry's size if that is more than 1: there truncation and
    rounding errors are of equal order. The result has about ten correct digits; nan where there is no value nearby.
    """
    value = graph.values[number]
    step = float(np.cbrt(np.finfo(np.float64).eps)) * max(1.0, abs(float(value.data[entry])))
    ends = []
    for shift in (step, -step):
        moved = value.data.copy()
        moved[entry] = float(moved[entry]) + shift
        ends.append((float(moved[entry]), replayed(graph.values[-1], {value: moved}, graph.values).sum()))
    (after, high), (before, low) = ends
    with np.errstate(all="ignore"):
        return float((high - low) / np.float64(after - before))


def gradient_table(graph: Graph, torch_gradients: Mapping[int, Array], most: int = MOST_ROWS) -> pd.DataFrame:
    """Return one row per entry of every gradient: name, ours, torch, difference (of the two) and central.

    Inputs are first, then computed values, from the end backward; entries after the first `most` are left out. The name
    includes the entry: `x[0]`, `W[1, 2]`. The difference of two gradients that are both nan, or the same infinity, is
    0.
    """
    rows = []
    for node, entry in islice(_entries(graph), most):
        assert node.gradient is not None
        ours, theirs = float(node.gradient[entry]), float(torch_gradients[node.number][entry])
        same = ours == theirs or (np.isnan(ours) and np.isnan(theirs))
        rows.append(
            {
                "name": node.name + (f"[{', '.join(map(str, entry))}]" if entry else ""),
                "ours": ours,
                "torch": theirs,
                "difference": 0.0 if same else ours - theirs,
                "central": central_difference(graph, node.number, entry),
            }
        )
    return pd.DataFrame(rows)


def entries(graph: Graph) -> int:
    """Return the total number of entries of all gradients.

    >>> from core.autograd.graph import trace
    >>> entries(trace("2*dot(x, x)", x=[0, 1, 2, 3]))
    6
    """
    return sum(node.gradient.size for node in graph.nodes if node.gradient is not None)


def _entries(graph: Graph) -> Iterator[tuple[GraphNode, tuple[int, ...]]]:
    computed = [node for node in reversed(graph.nodes) if node.kind == "operation"]
    for node in [*graph.inputs, *computed]:
        if node.gradient is not None:
            yield from ((node, entry) for entry in np.ndindex(node.gradient.shape))


@dataclass(frozen=True)
class Agreement:
    """The differences between the columns of a gradient table.

    Attributes:
        largest: the largest difference between ours and torch's, relative to gradients above 1; nan if only one of
            them is a number.
        central: the same for the central differences, over the rows where both are numbers, or None if there are none.
        apart: the number of rows whose central difference is not a number or differs from ours by more than rounding.
    """

    largest: float
    central: float | None
    apart: int


def agreement(table: pd.DataFrame) -> Agreement:
    """Return the agreement of a gradient table."""
    scale = np.maximum(np.abs(table["ours"]), 1.0)
    with np.errstate(all="ignore"):
        relative = (table["difference"].abs() / scale).where(table["difference"] != 0, 0.0)  # both nan, both infinite
        largest = float(relative.max(skipna=False))
        off = (np.abs(table["central"] - table["ours"]) / scale).to_numpy()
    numbers = off[np.isfinite(off)]
    close = numbers[numbers <= CLOSE]
    return Agreement(largest, float(close.max()) if len(close) else None, len(off) - len(close))
