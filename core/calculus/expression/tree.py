"""The nodes of an expression: numbers, names, and operations applied to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest


@dataclass(frozen=True)
class Node:
    """A piece of an expression. Two nodes are equal if they say the same, wherever they were read.

    Attributes:
        start: the position of its first character in the text.
        end: the position after its last one.
    """

    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True)
class Number(Node):
    """A number; one with a minus sign before it is one number. pi and e are numbers too.

    Attributes:
        value: finite.
    """

    value: float


@dataclass(frozen=True)
class Name(Node):
    """A variable.

    Attributes:
        id: its name.
    """

    id: str


@dataclass(frozen=True, eq=False)
class Apply(Node):
    """An operation and its arguments.

    Attributes:
        operation: "add", "subtract", "multiply", "divide", "power", "matmul" (two arguments), "negate" (one), or the
            name of a function.
        arguments: its arguments, in order.
    """

    operation: str
    arguments: tuple[Node, ...]

    def __hash__(self) -> int:
        """Return the cached hash: it takes a walk of the tree, and merging like terms needs it at every level."""
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Compare without recursion: a sum of 250 terms is 250 deep."""
        if not isinstance(other, Apply):
            return NotImplemented
        if self is other:
            return True
        pairs = zip_longest(nodes(self), nodes(other))
        return hash(self) == hash(other) and all(_alike(first, second) for first, second in pairs)

    @cached_property
    def _hash(self) -> int:
        for node in reversed(list(nodes(self))):  # the arguments first, so that no hash goes deep
            if isinstance(node, Apply) and "_hash" not in node.__dict__:
                node.__dict__["_hash"] = hash((node.operation, node.arguments))
        return hash((self.operation, self.arguments))


def _alike(first: Node | None, second: Node | None) -> bool:
    """Return whether two nodes say the same, their arguments aside."""
    if isinstance(first, Apply) and isinstance(second, Apply):
        return first.operation == second.operation and len(first.arguments) == len(second.arguments)
    return first == second


def nodes(root: Node) -> Iterator[Node]:
    """Yield every node of a tree: each one before its arguments, and these in written order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Apply):
            waiting.extend(reversed(node.arguments))


def names_of(root: Node) -> tuple[str, ...]:
    """Return the variables of a tree in the order in which they appear, each once."""
    return tuple(dict.fromkeys(node.id for node in nodes(root) if isinstance(node, Name)))


def substitute(node: Node, value: Node) -> Node:
    """Return a tree with `value` for its one variable; its operations have no position in the text."""
    if isinstance(node, Name):
        return value
    if not isinstance(node, Apply):
        return node
    return Apply(0, 0, node.operation, tuple(substitute(argument, value) for argument in node.arguments))


def renamed(node: Node, values: Mapping[str, Node]) -> Node:
    """Return a tree with these values for the variables of these names; everything else keeps its position."""
    if isinstance(node, Name):
        return values.get(node.id, node)
    if not isinstance(node, Apply):
        return node
    return Apply(node.start, node.end, node.operation, tuple(renamed(argument, values) for argument in node.arguments))


MOST_NODES = 500  # as many as one expression of 500 characters can have


def outgrown(root: Node) -> bool:
    """Return whether a tree has more nodes, or is deeper, than one typed expression can be."""
    waiting, count = [(root, 0)], 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if count > MOST_NODES or depth > MOST_NODES // 2:
            return True
        if isinstance(node, Apply):
            waiting.extend((argument, depth + 1) for argument in node.arguments)
    return False
