"""The layout of a function's tree for drawing, with the value and the slope of every piece at x."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from core.calculus.differentiate import Derivation, differentiate
from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.printing import to_text
from core.calculus.expression.tree import Apply, Name, Node, nodes

SIGNS: Mapping[str, str] = MappingProxyType(
    {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "power": "**", "negate": "−"}
)


def lay_out_tree(derivation: Derivation, x: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nodes of the tree, and the lines between them.

    Nodes, one row each, in the order of the text: across (in leaves, from 0), down (in levels, from 0), kind
    ("operation", "variable", "number"), side (where there is room for text: "below" a leaf, "left" of the first of two
    branches, else "right"), sign (the text in its node), text, value and slope (its value at x, and that of its
    derivative, nan where there is none). Lines: across, down, across_to, down_to.
    """
    root, variable = derivation.root, derivation.variable
    across = _places(root)
    known = {id(step.node): step.result for step in derivation.steps}
    at = _evaluator(variable, x)
    rows: list[tuple[object, ...]] = []
    lines: list[tuple[float, ...]] = []
    waiting = [(root, 0, "right")]
    while waiting:
        node, down, side = waiting.pop()
        slope = known[id(node)] if id(node) in known else differentiate(node, variable).result
        side = side if isinstance(node, Apply) else "below"
        rows.append((across[id(node)], down, side, *_told(node), to_text(node), at(node), at(slope)))
        if isinstance(node, Apply):
            sides = ("left", "right")[-len(node.arguments) :]
            below = [(value, down + 1, where) for value, where in zip(node.arguments, sides, strict=True)]
            waiting.extend(reversed(below))
            lines.extend((across[id(node)], down, across[id(value)], down + 1) for value in node.arguments)
    pieces = pd.DataFrame(rows, columns=["across", "down", "side", "kind", "sign", "text", "value", "slope"])
    return pieces, pd.DataFrame(lines, columns=["across", "down", "across_to", "down_to"], dtype=np.float64)


def _places(root: Node) -> dict[int, float]:
    """Return the horizontal position of each node: leaves side by side, others above the middle of their children."""
    places: dict[int, float] = {}
    for node in nodes(root):
        if not isinstance(node, Apply):
            places[id(node)] = float(len(places))
    for node in reversed(list(nodes(root))):
        if isinstance(node, Apply):
            below = [places[id(value)] for value in node.arguments]
            places[id(node)] = sum(below) / len(below)
    return places


def _told(node: Node) -> tuple[str, str]:
    if isinstance(node, Apply):
        return "operation", SIGNS.get(node.operation, node.operation)
    return "variable" if isinstance(node, Name) else "number", to_text(node)


def _evaluator(variable: str, x: float) -> Callable[[Node], float]:
    def at(node: Node) -> float:
        with np.errstate(all="ignore"):
            value = float(evaluate(node, {variable: np.float64(x)}, NUMPY_OPERATIONS, np.float64))
        return value if np.isfinite(value) else np.nan

    return at
