"""The computational graph of a typed expression, with its values and its gradients."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from core.autograd.engine import CUT, Array, Value, apply, backward, constant, in_order, leaf, vjp
from core.autograd.statements import MOST_ENTRIES, TAKEN, Program, read_program
from core.calculus.expression.tree import Apply, Name, Node, Number
from core.errors import InputError, PointedError
from core.formatting import format_count
from core.language import _
from core.masked import masked_as_nan

MOST_NODES = 120
_ENDS = ("y", "L", "f", "out")  # the name of an end without one


@dataclass(frozen=True, eq=False)
class GraphNode:
    """A value of the graph.

    Attributes:
        number: its index among the nodes.
        kind: "input", "constant" or "operation".
        name: the given one, else y for the end and v1, v2, … for others; "" for a constant.
        operation: its operation.
        text: its source.
        parents: the indices of its arguments.
        value: its value.
        gradient: that of the sum of the end's entries by it, of its own shape; None where none is required, as
            for constants.
    """

    number: int
    kind: str
    name: str
    operation: str
    text: str
    parents: tuple[int, ...]
    value: Array
    gradient: Array | None


@dataclass(frozen=True, eq=False)
class Edge:
    """An edge from a node to one computed from it.

    Attributes:
        start: the number of the argument.
        end: the number of the result.
        argument: the index of the argument.
        slope: the local derivative there, see `Step`.
        sent: the gradient passed back along this edge: slope times the gradient of `end`, summed over broadcast copies;
            None where no gradient is required.
    """

    start: int
    end: int
    argument: int
    slope: Array
    sent: Array | None


@dataclass(frozen=True, eq=False)
class Graph:
    """A traced expression.

    Attributes:
        text: of the expression.
        nodes: in topological order; the last one is the end.
        edges: between them.
        values: of the nodes, from the engine.
        program: the lines that it was read from.
    """

    text: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    values: tuple[Value, ...]
    program: Program

    @property
    def end(self) -> GraphNode:
        """The node that is differentiated."""
        return self.nodes[-1]

    @property
    def inputs(self) -> tuple[GraphNode, ...]:
        """The inputs that the expression uses."""
        return tuple(node for node in self.nodes if node.kind == "input")

    @property
    def gradients(self) -> Mapping[str, Array]:
        """The gradient of the sum of the end's entries by every input, of the input's shape."""
        found = {node.name: node.gradient for node in self.inputs if node.gradient is not None}
        return MappingProxyType(found)


def trace(text: str, /, **inputs: object) -> Graph:
    """Compute an expression forward and backward, and return the graph.

    `inputs` are numbers, vectors or matrices by name: numbers, nested lists, arrays or tensors, taken as float64. A
    name is one node however often it appears, as in torch, and so is the result of a line with a name
    (`u = x*y; u + sin(u)`); an expression written twice is computed twice. An unused input has no node. If the end
    is not a single number, its entries are summed, as `y.sum().backward()` does. Through `detach` no gradient passes.
    Pasted code is read as `read_program` says, and its tensors come before `inputs` of the same name.

    Raises PointedError where the text cannot be parsed, a name has no value or shapes are incompatible; InputError for
    an input that is empty, not a number, has more than two axes or too many entries, or if there is no variable.

    >>> graph = trace("2*dot(x, x)", x=[0, 1, 2, 3])
    >>> float(graph.end.value), graph.gradients["x"].tolist()
    (28.0, [0.0, 4.0, 8.0, 12.0])
    """
    program = read_program(text)
    for name in inputs:
        if name in TAKEN:
            raise InputError(_("{name} already has a meaning here. Give the value another name.").format(name=name))
    leaves = {name: leaf(_as_input(name, given)) for name, given in {**inputs, **program.tensors}.items()}
    builder = _Builder(text, program, leaves)
    end = builder.end
    if not end.tracked:
        raise InputError(_why_constant(end))
    return _described(end, builder, leaves)


def _why_constant(end: Value) -> str:
    if any(value.operation == CUT for value in in_order(end)):
        return _("The expression has no variable to differentiate with respect to: detach cuts every path to one. "
                 "Leave it out of one of them.")  # fmt: skip
    return _("The expression has no variable to differentiate with respect to. Add one, such as x.")


def _as_input(name: str, given: object) -> Array:
    """Return an input as a float64 array of at most two axes."""
    given = masked_as_nan(given)
    detach = getattr(given, "detach", None)
    try:
        array = np.array(detach().cpu().to_dense().double().numpy() if detach else given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        template = _("{name} has to be a number, a vector or a matrix of numbers.")
        raise InputError(template.format(name=name)) from None
    if array.ndim > 2:
        template = _("{name} has {axes} axes; at most 2 are allowed here, as in a matrix.")
        raise InputError(template.format(name=name, axes=array.ndim))
    if array.size == 0:
        raise InputError(_("{name} has no entries. Give it at least one.").format(name=name))
    if array.size > MOST_ENTRIES:
        template = _("{name} may have at most {most} entries; it has {got}. Remove some.")
        raise InputError(template.format(name=name, most=MOST_ENTRIES, got=format_count(array.size)))
    return array


class _Builder:
    """Builds the graph forward from the trees of the lines, and records the position of each value in the text."""

    def __init__(self, text: str, program: Program, leaves: Mapping[str, Value]) -> None:
        self.text, self.program, self.named, self.read_from = text, program, dict(leaves), dict[Value, str]()
        self.results: dict[Value, str] = {}
        self.count = 0
        for statement in program.statements:
            self.end = self.build(statement.root)
            if statement.name:
                self.named[statement.name] = self.end
                if self.end.operation:
                    self.results.setdefault(self.end, statement.name)

    def build(self, node: Node) -> Value:
        if isinstance(node, Name):
            if node.id not in self.named:
                sentence = _("{name} has no value. Give it one, such as {name} = 1.").format(name=node.id)
                raise PointedError(sentence, self.text, node.start)
            return self.named[node.id]
        value = constant(node.value) if isinstance(node, Number) else self.apply(node)
        self.read_from[value] = self.text[node.start : node.end]
        self.count += 1
        if self.count > MOST_NODES:
            template = _("A graph may have at most {most} nodes here; this expression needs more. Shorten it.")
            raise PointedError(template.format(most=MOST_NODES), self.text, node.start)
        return value

    def apply(self, node: Node) -> Value:
        assert isinstance(node, Apply)
        parents = [self.build(argument) for argument in node.arguments]
        try:
            return apply(node.operation, *parents)
        except InputError as problem:
            raise PointedError(str(problem), self.text, node.start) from None


def _described(end: Value, builder: _Builder, leaves: Mapping[str, Value]) -> Graph:
    """Run backward from the end, and record every node and edge with its gradient."""
    order = in_order(end)
    gradients = backward(end)
    place = {value: number for number, value in enumerate(order)}
    names = {value: name for name, value in leaves.items()} | builder.results
    if end.operation and end not in names:
        names[end] = next((name for name in _ENDS if name not in builder.named), "end")
    unnamed = (value for value in order if value.operation and value not in names)
    letter = _free_letter(set(names.values()))
    names |= {value: f"{letter}{count}" for count, value in enumerate(unnamed, start=1)}
    nodes = [
        GraphNode(
            number,
            kind="operation" if value.operation else "input" if value.tracked else "constant",
            name=names.get(value, ""),
            operation=value.operation,
            text=builder.read_from.get(value, names.get(value, "")),
            parents=tuple(place[parent] for parent in value.parents),
            value=value.data,
            gradient=gradients.get(value),
        )
        for number, value in enumerate(order)
    ]
    edges = tuple(_edges(order, place, gradients))
    return Graph(builder.text, tuple(nodes), edges, tuple(order), builder.program)


def _edges(order: Sequence[Value], place: Mapping[Value, int], gradients: Mapping[Value, Array]) -> list[Edge]:
    edges = []
    for value in order:
        if value.step is None:
            continue
        with np.errstate(all="ignore"):
            sent = iter(vjp(value, gradients))
        for argument, (parent, slope) in enumerate(zip(value.parents, value.step.slopes, strict=True)):
            comes = next(sent)[1] if value in gradients and parent.tracked else None
            edges.append(Edge(place[parent], place[value], argument, slope, comes))
    return edges


def _free_letter(names: set[str]) -> str:
    """Return a letter that, followed by a number, is not a name in use."""
    letters = (letter for letter in "vutqrs" if not any(re.fullmatch(rf"{letter}\d+", name) for name in names))
    return next(letters, "node")
