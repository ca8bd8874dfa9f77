"""Points without a gradient, or without a value: what torch returns there, and why, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from core.autograd.engine import Array
from core.autograd.graph import Graph, GraphNode
from core.calculus.expression.functions import FUNCTIONS, Singular
from core.language import _


@dataclass(frozen=True)
class SingularPoint:
    """What happens at a node whose value or derivative is out of the ordinary.

    Attributes:
        number: of the node.
        kind: the name of the case.
        sentence: one or two sentences.
    """

    number: int
    kind: str
    sentence: str


def singular_points(graph: Graph) -> tuple[SingularPoint, ...]:
    """Return every node of the graph without a gradient or a value, in the order of the forward pass.

    A node whose inputs are already nan is left out.
    """
    found: list[SingularPoint] = []
    for node in graph.nodes:
        arguments = [graph.nodes[parent].value for parent in node.parents]
        wanted = tuple(graph.nodes[parent].gradient is not None for parent in node.parents)
        cases = _cases(node, arguments, wanted)
        found += [SingularPoint(node.number, kind, sentence.format(node=node.text)) for kind, sentence in cases]
    return tuple(found)


def _cases(node: GraphNode, arguments: Sequence[Array], wanted: tuple[bool, ...]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the sentence of each case that holds at a node."""
    if node.kind == "input" and not np.isfinite(node.value).all():
        yield "given", _sentences()["given"]
    if node.gradient is not None:
        with np.errstate(all="ignore"):
            holding = [case for case in _singular(node.operation) if case.holds(*arguments).any()]
        yield from ((case.kind, case.sentence()) for case in holding)
    if node.operation == "power":
        yield from ((kind, _sentences()[kind]) for kind in _power(arguments[0], arguments[1], wanted))
    finite = all(np.isfinite(argument).all() for argument in arguments)
    if arguments and finite and np.isinf(node.value).any() and _overflows(node.operation):
        yield "overflow", _sentences()["overflow"]


def _singular(operation: str) -> tuple[Singular, ...]:
    return FUNCTIONS[operation].singular if operation in FUNCTIONS else _SINGULAR.get(operation, ())


def _overflows(operation: str) -> bool:
    if operation in FUNCTIONS:
        return FUNCTIONS[operation].overflows
    return operation in ("add", "subtract", "multiply", "dot", "matmul", "sum", "norm", "mean")


_SINGULAR: Mapping[str, tuple[Singular, ...]] = MappingProxyType(
    {
        "divide": (
            Singular(
                "divide",
                lambda x, y: (y == 0) & (x != 0),
                lambda: _(
                    "{node} divides by zero: PyTorch returns ∞ or −∞, as floating-point numbers do, and raises no "
                    "error. The slopes 1 / y and −x / y² are infinite too."
                ),
            ),
            Singular(
                "zero_by_zero",
                lambda x, y: (y == 0) & (x == 0),
                lambda: _(
                    "{node} divides zero by zero: any number would do, so PyTorch returns nan (no number), for the "
                    "value, and nan reaches every gradient behind it that is multiplied by it."
                ),
            ),
        ),
        "norm": (
            Singular(
                "norm",
                lambda x: ~x.any(keepdims=True),
                lambda: _(
                    "{node} is the length of a vector of zeros, where the length has a corner in every direction: "
                    "x / |x| would be 0 / 0. PyTorch takes 0."
                ),
            ),
        ),
    }
)


def _sentences() -> Mapping[str, str]:
    return {
        "given": _("An input is ∞ or nan (no number) already; what comes of it cannot be trusted."),
        "power_pole": _(
            "{node} raises 0 to a negative power, which is to divide by zero: the value is ∞, and so is the slope."
        ),
        "power_negative": _(
            "{node} raises a negative number to a power that is not whole: there is no real value, and PyTorch "
            "returns nan (no number)."
        ),
        "power_root": _(
            "{node} is a root of 0, which rises straight up there: the slope is infinite, and PyTorch returns ∞ "
            "times what comes in; if that is 0, then nan, since 0 · ∞ is no number."
        ),
        "exponent": _(
            "{node} has a negative base: the slope by the exponent needs the base's logarithm, which does not "
            "exist, so PyTorch returns nan (no number) for it."
        ),
        "overflow": _(
            "{node} is larger than the largest float64 number, about 1.8e308, so its value is ∞; gradients that "
            "meet it become ∞, 0 or nan (no number)."
        ),
    }


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
