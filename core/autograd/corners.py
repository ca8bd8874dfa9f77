"""Places where there is no gradient, or no value: what torch returns there, and why, in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from core.autograd.corner_words import corner_sentence
from core.autograd.graph import Graph, GraphNode
from core.autograd.step import Array


@dataclass(frozen=True)
class Corner:
    """What happens at node `number`: one or two sentences. `kind` names the case."""

    number: int
    kind: str
    sentence: str


def corners(graph: Graph) -> tuple[Corner, ...]:
    """Return every place of the graph without a gradient or a value, in the order of the forward pass.

    Where the values before it are nan already, a node has nothing of its own to explain.
    """
    found: list[Corner] = []
    for node in graph.nodes:
        arguments = [graph.nodes[parent].value for parent in node.parents]
        wanted = tuple(graph.nodes[parent].gradient is not None for parent in node.parents)
        kinds = list(_kinds(node, arguments, wanted))
        found += [Corner(node.number, kind, corner_sentence(kind).format(node=node.text)) for kind in kinds]
    return tuple(found)


def _kinds(node: GraphNode, arguments: Sequence[Array], wanted: tuple[bool, ...]) -> Iterator[str]:
    if node.kind == "input" and not np.isfinite(node.value).all():
        yield "given"
    if node.operation in _CASES and node.gradient is not None:
        with np.errstate(all="ignore"):
            yield from (kind for kind, holds in _CASES[node.operation] if holds(*arguments).any())
    if node.operation == "power":
        yield from _power(arguments[0], arguments[1], wanted)
    finite = all(np.isfinite(argument).all() for argument in arguments)
    if arguments and finite and np.isinf(node.value).any() and node.operation in _GROWS:
        yield "overflow"


_GROWS = frozenset({"add", "subtract", "multiply", "exp", "sinh", "cosh", "dot", "matmul", "sum", "norm", "mean"})

_Case = tuple[str, Callable[..., Array]]

_LOGARITHM: tuple[_Case, ...] = (("log_zero", lambda x: x == 0), ("log_negative", lambda x: x < 0))
_ARC: tuple[_Case, ...] = (("arc_end", lambda x: np.abs(x) == 1), ("arc_outside", lambda x: np.abs(x) > 1))

_CASES: Mapping[str, tuple[_Case, ...]] = MappingProxyType(
    {
        "abs": (("abs", lambda x: x == 0),),
        "relu": (("relu", lambda x: x == 0),),
        "sign": (("sign", lambda x: x == x),),
        "sqrt": (("sqrt_zero", lambda x: x == 0), ("sqrt_negative", lambda x: x < 0)),
        "log": _LOGARITHM,
        "log2": _LOGARITHM,
        "log10": _LOGARITHM,
        "asin": _ARC,
        "acos": _ARC,
        "divide": (
            ("divide", lambda x, y: (y == 0) & (x != 0)),
            ("zero_by_zero", lambda x, y: (y == 0) & (x == 0)),
        ),
        "norm": (("norm", lambda x: ~x.any(keepdims=True)),),
    }
)


def _power(x: Array, y: Array, wanted: tuple[bool, ...]) -> Iterator[str]:
    whole = y == np.round(y)
    if ((x == 0) & (y < 0)).any():
        yield "power_pole"
    if ((x < 0) & ~whole).any():
        yield "power_negative"
    if wanted[0] and ((x == 0) & (y > 0) & (y < 1)).any():
        yield "power_root"
    if wanted[1] and ((x < 0) & whole).any():
        yield "exponent"
    finite = np.isfinite(x) & np.isfinite(y) & (x != 0)
    with np.errstate(all="ignore"):
        if (finite & np.isinf(x**y)).any():
            yield "overflow"
