"""The computational graph of a typed expression, with its values and its gradients."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from core.autograd.engine import Array, Value, apply, backward, constant, in_order, leaf, vjp
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.parser import VECTOR_FUNCTIONS, Expression, parse_expression
from core.calculus.expression.tree import Apply, Name, Node, Number
from core.errors import InputError, PointedError
from core.formatting import format_count
from core.language import _
from core.masked import masked_as_nan

KNOWN = {name: count for name, count in VECTOR_FUNCTIONS.items() if name not in FUNCTIONS or FUNCTIONS[name].slope}
"""What torch has a derivative of: not a step."""
MOST_LINES = 20
_NAMED = re.compile(r"\s*([^\W\d]\w{0,19})\s*=(?!=)")
_LINE_ENDS = re.compile(r"[\n\r;]+")


@dataclass(frozen=True)
class Statement:
    """One line of the text.

    Attributes:
        name: of its result, or "" for the last one.
        expression: the parsed expression.
        start: the position of the expression in the text.
    """

    name: str
    expression: Expression
    start: int


def read_statements(text: str) -> tuple[Statement, ...]:
    """Parse lines separated by line breaks or semicolons; all but the last name their result for later lines.

    >>> [(line.name, line.expression.names) for line in read_statements("h = w*x + b; (h - y)**2")]
    [('h', ('w', 'x', 'b')), ('', ('h', 'y'))]

    Raises PointedError for a line that is not an expression, for a result without a name, and for a name given twice or
    too late; InputError for an empty text or more than 20 lines.
    """
    pieces = list(_pieces(text))
    if not pieces:
        raise InputError(_("The expression is empty. Type one, such as 2*dot(x, x)."))
    if len(pieces) > MOST_LINES:
        template = _("An expression may have at most {most} lines; this one has {got}. Remove some.")
        raise InputError(template.format(most=MOST_LINES, got=len(pieces)))
    statements: list[Statement] = []
    for number, (piece, start) in enumerate(pieces, start=1):
        statement = _read(piece, start, text)
        if not statement.name and number < len(pieces):
            template = _("Only the last line may stand without a name. Give this one a name, such as u = {piece}")
            raise PointedError(
                template.format(piece=piece.strip()[:40]), text, start + len(piece) - len(piece.lstrip())
            )
        _check_name(statement, statements, text, start + len(piece) - len(piece.lstrip()))
        statements.append(statement)
    return tuple(statements)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    place = 0
    for end in [*_LINE_ENDS.finditer(text), None]:
        piece = text[place : end.start() if end else len(text)]
        if piece.strip():
            yield piece, place
        place = end.end() if end else len(text)


def _read(piece: str, start: int, text: str) -> Statement:
    named = _NAMED.match(piece)
    begins = named.end() if named else 0
    try:
        expression = parse_expression(piece[begins:], functions=KNOWN)
    except PointedError as problem:
        raise PointedError(str(problem), text, start + begins + problem.position) from None
    except InputError as problem:
        raise PointedError(str(problem), text, start + begins) from None
    return Statement(named[1] if named else "", expression, start + begins)


def _check_name(statement: Statement, before: list[Statement], text: str, place: int) -> None:
    """Raise PointedError if a result takes a name that already has a meaning."""
    name = statement.name
    if name and not is_free(name):
        template = _("{name} already has a meaning here. Give the line another name.")
    elif name and any(name == line.name or name in line.expression.names for line in before):
        template = _("{name} is already used above, and a name keeps its value. Give the line another name.")
    elif name and name in statement.expression.names:
        template = _("{name} is used in its own line, and a name keeps its value. Give the line another name.")
    else:
        return
    raise PointedError(template.format(name=name), text, place)


TAKEN = ("torch", "print")  # by the lines that are shown


def is_free(name: str) -> bool:
    """Return whether a value can have this name: not a function, not a number such as pi, and not torch or print."""
    if name in TAKEN:
        return False
    try:
        return isinstance(parse_expression(name, functions=KNOWN).root, Name)
    except InputError:
        return False


MOST_NODES = 120
MOST_ENTRIES = 400  # of one input
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
    """

    text: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    values: tuple[Value, ...]

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
    is not a single number, its entries are summed, as `y.sum().backward()` does.

    Raises PointedError where the text cannot be parsed, a name has no value or shapes are incompatible; InputError for
    an input that is empty, not a number, has more than two axes or too many entries, or if there is no variable.

    >>> graph = trace("2*dot(x, x)", x=[0, 1, 2, 3])
    >>> float(graph.end.value), graph.gradients["x"].tolist()
    (28.0, [0.0, 4.0, 8.0, 12.0])
    """
    statements = read_statements(text)
    for name in inputs:
        if name in TAKEN:
            raise InputError(_("{name} already has a meaning here. Give the value another name.").format(name=name))
    leaves = {name: leaf(_as_input(name, given)) for name, given in inputs.items()}
    builder = _Builder(text, statements, leaves)
    end = builder.end
    if not end.tracked:
        raise InputError(_("The expression has no variable to differentiate with respect to. Add one, such as x."))
    return _described(text, end, builder, leaves)


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

    def __init__(self, text: str, statements: Sequence[Statement], leaves: Mapping[str, Value]) -> None:
        self.text, self.named, self.read_from = text, dict(leaves), dict[Value, str]()
        self.results: dict[Value, str] = {}
        self.count = 0
        for statement in statements:
            self.start, self.piece = statement.start, statement.expression.text
            self.end = self.build(statement.expression.root)
            if statement.name:
                self.named[statement.name] = self.end
                if self.end.operation:
                    self.results.setdefault(self.end, statement.name)

    def build(self, node: Node) -> Value:
        if isinstance(node, Name):
            if node.id not in self.named:
                sentence = _("{name} has no value. Give it one, such as {name} = 1.").format(name=node.id)
                raise PointedError(sentence, self.text, self.start + node.start)
            return self.named[node.id]
        value = constant(node.value) if isinstance(node, Number) else self.apply(node)
        self.read_from[value] = self.piece[node.start : node.end]
        self.count += 1
        if self.count > MOST_NODES:
            template = _("A graph may have at most {most} nodes here; this expression needs more. Shorten it.")
            raise PointedError(template.format(most=MOST_NODES), self.text, self.start + node.start)
        return value

    def apply(self, node: Node) -> Value:
        assert isinstance(node, Apply)
        parents = [self.build(argument) for argument in node.arguments]
        try:
            return apply(node.operation, *parents)
        except InputError as problem:
            raise PointedError(str(problem), self.text, self.start + node.start) from None


def _described(text: str, end: Value, builder: _Builder, leaves: Mapping[str, Value]) -> Graph:
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
    return Graph(text, tuple(nodes), tuple(_edges(order, place, gradients)), tuple(order))


def _edges(order: Sequence[Value], place: Mapping[Value, int], gradients: Mapping[Value, Array]) -> list[Edge]:
    edges = []
    for value in order:
        if value.step is None:
            continue
        with np.errstate(all="ignore"):
            sent = iter(vjp(value, gradients))
        for argument, (parent, slope) in enumerate(zip(value.parents, value.step.slopes, strict=True)):
            comes = next(sent)[1] if value.tracked and parent.tracked else None
            edges.append(Edge(place[parent], place[value], argument, slope, comes))
    return edges


def _free_letter(names: set[str]) -> str:
    """Return a letter that, followed by a number, is not a name in use."""
    letters = (letter for letter in "vutqrs" if not any(re.fullmatch(rf"{letter}\d+", name) for name in names))
    return next(letters, "node")
