"""The same graph built by torch: the lines, and its grad_fn nodes, each with the matching node of our graph."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from core.autograd.engine import Array
from core.autograd.graph import Graph, GraphNode
from core.autograd.statements import Statement
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.printing import to_text
from core.calculus.expression.tree import Apply, Name, Node, Number, names_of, nodes
from core.calculus.torch_code import runs_in_python
from core.calculus.torch_values import torch_at
from core.tensors import tensor_code

ARITHMETIC: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "add": operator.add,
        "subtract": operator.sub,
        "multiply": operator.mul,
        "divide": operator.truediv,
        "power": operator.pow,
        "negate": operator.neg,
        "matmul": operator.matmul,
    }
)


def torch_path(operation: str) -> str:
    """Return the dotted name in torch of an operation that has no sign."""
    if operation in FUNCTIONS:
        return FUNCTIONS[operation].torch_path
    return "torch.linalg.vector_norm" if operation == "norm" else f"torch.{operation}"


@dataclass(frozen=True)
class TorchNode:
    """One node of torch's own graph.

    Attributes:
        number: its index among the nodes.
        name: torch's name.
        ours: the number of the node of our graph that made it.
        saved: the names of the tensors that it saves for the backward pass.
        parents: the numbers of its arguments.
    """

    number: int
    name: str
    ours: int
    saved: tuple[str, ...]
    parents: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class TorchGraph:
    """torch's graph and gradients.

    Attributes:
        nodes: in topological order.
        gradients: by our node numbers.
        kept: the number of values torch saves for the backward pass, each tensor counted once.
    """

    nodes: tuple[TorchNode, ...]
    gradients: Mapping[int, Array]
    kept: int

    def names_of(self, ours: int) -> tuple[str, ...]:
        """Return the names of torch's nodes that belong to a node of ours, in the order of the forward pass."""
        return tuple(node.name for node in self.nodes if node.ours == ours)


def torch_graph(graph: Graph) -> TorchGraph:
    """Compute the expression of a graph with torch, in float64, and run torch's backward.

    Constants are Python numbers. An end of several entries is summed by passing ones to `backward`. A value without
    a gradient in torch (none is needed there) is left out.
    """
    import torch

    saved: dict[tuple[int, tuple[int, ...]], int] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        saved[tensor.data_ptr(), tuple(tensor.shape)] = tensor.numel()
        return tensor

    results: list[Any] = []
    functions: dict[Any, int] = {}
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        for node in graph.nodes:
            result = _computed(node, [results[parent] for parent in node.parents])
            results.append(result)
            if isinstance(result, torch.Tensor) and result.requires_grad:
                edge = torch.autograd.graph.get_gradient_edge(result)
                _collect(edge.node, node.number, functions)
    nodes = _described(functions)  # before backward, which frees the saved values
    for result in results:
        if isinstance(result, torch.Tensor) and not result.is_leaf:
            result.retain_grad()
    end = results[-1]
    end.backward(torch.ones_like(end))
    return TorchGraph(nodes, MappingProxyType(_gradients(results)), sum(saved.values()))


def function_named(operation: str) -> Callable[..., Any]:
    """Return the function of torch for an operation of ours."""
    return ARITHMETIC[operation] if operation in ARITHMETIC else torch_at(torch_path(operation))


def _computed(node: GraphNode, arguments: list[Any]) -> Any:  # noqa: ANN401 - a tensor, or a number of Python
    """Return a node's value: a leaf tensor, a number, or torch's result from its inputs."""
    import torch

    if node.kind == "input":
        return torch.tensor(node.value, dtype=torch.float64, requires_grad=True)
    if node.kind == "constant":
        return float(node.value)
    bare = not any(isinstance(argument, torch.Tensor) for argument in arguments)
    if bare or node.operation not in ARITHMETIC:
        arguments = [torch.as_tensor(argument, dtype=torch.float64) for argument in arguments]
    result = function_named(node.operation)(*arguments)
    return result.item() if bare else result


def _collect(function: Any, ours: int, functions: dict[Any, int]) -> None:  # noqa: ANN401 - torch has no type for it
    """Record a new grad_fn node for a node of ours, after its inputs."""
    if function is None or function in functions:
        return
    for before, _ in function.next_functions:
        _collect(before, ours, functions)
    functions[function] = ours


def _described(functions: Mapping[Any, int]) -> tuple[TorchNode, ...]:
    numbers = {function: number for number, function in enumerate(functions)}
    return tuple(
        TorchNode(
            number=numbers[function],
            name=type(function).__name__,
            ours=ours,
            saved=tuple(name.removeprefix("_saved_") for name in dir(function) if _is_kept(function, name)),
            parents=tuple(numbers[before] for before, _ in function.next_functions if before is not None),
        )
        for function, ours in functions.items()
    )


def _is_kept(function: Any, name: str) -> bool:  # noqa: ANN401 - torch has no type for it
    """Return whether a node saves a tensor under this name; sizes and the like are saved too, at no cost."""
    import torch

    return name.startswith("_saved_") and isinstance(getattr(function, name), torch.Tensor)


def _gradients(results: list[Any]) -> dict[int, Array]:
    import torch

    return {
        number: np.asarray(result.grad.numpy())
        for number, result in enumerate(results)
        if isinstance(result, torch.Tensor) and result.grad is not None
    }


def torch_code(graph: Graph) -> str:
    """Return the lines: the inputs, the expression, `backward`, and the gradients printed.

    >>> from core.autograd.graph import trace
    >>> print(torch_code(trace("2*dot(x, x)", x=[0, 1])))
    import torch
    <BLANKLINE>
    torch.set_default_dtype(torch.float64)
    x = torch.tensor([0.0, 1.0], requires_grad=True)
    <BLANKLINE>
    y = 2*torch.dot(x, x)
    y.backward()
    print(x.grad)
    """
    end = graph.end
    backward = f"{end.name}.backward()" if end.value.ndim == 0 else f"{end.name}.sum().backward()"
    prints = [f"print({node.name}.grad)" for node in graph.inputs]
    head = ["import torch", "", "torch.set_default_dtype(torch.float64)"]
    return "\n".join([*head, *leaf_lines(graph), "", *end_lines(graph), backward, *prints])


def leaf_lines(graph: Graph) -> list[str]:
    """Return a line for each input, which makes it a leaf."""
    return [
        f"{node.name} = {tensor_code(node.value, double=False).removesuffix(')')}, requires_grad=True)"
        for node in graph.inputs
    ]


def end_lines(graph: Graph) -> list[str]:
    """Return the lines that compute the end from the inputs."""
    lines = []
    for statement in _needed(graph.program.statements):
        root = statement.root  # a number with a name is a tensor, since functions may be called on it
        written = to_text(_as_tensors(root) if statement.name and _is_bare(root) else _in_torch(root))
        if statement.name or graph.end.kind == "operation":
            lines.append(f"{statement.name or graph.end.name} = {written}")
    return lines


def _needed(statements: Sequence[Statement]) -> list[Statement]:
    """Return the lines on which the last one depends: others may use inputs that have no node."""
    *before, last = statements
    kept, wanted = [last], set(last.names)
    for statement in reversed(before):
        if statement.name in wanted:
            kept.insert(0, statement)
            wanted |= set(statement.names)
    return kept


def _in_torch(node: Node) -> Node:
    """Return the tree with torch's names for functions; functions of Python numbers get tensors."""
    if isinstance(node, Number):
        return _constant(node)
    if not isinstance(node, Apply):
        return node
    if _is_bare(node) and not runs_in_python(node):
        return Apply(node.start, node.end, node.operation, tuple(map(_as_tensors, node.arguments)))
    arguments = tuple(_in_torch(argument) for argument in node.arguments)
    if node.operation in ARITHMETIC:
        return Apply(node.start, node.end, node.operation, arguments)
    wrapped = tuple(
        _as_tensors(argument) if _is_bare(argument) else there
        for argument, there in zip(node.arguments, arguments, strict=True)
    )
    return Apply(node.start, node.end, torch_path(node.operation), wrapped)


def _as_tensors(node: Node) -> Node:
    """Return arithmetic of numbers as a tensor, or of tensors where Python would not get the number that torch does."""
    if isinstance(node, Apply) and not runs_in_python(node):
        return Apply(node.start, node.end, node.operation, tuple(map(_as_tensors, node.arguments)))
    return Apply(node.start, node.end, "torch.tensor", (_with_points(node),))


def _with_points(node: Node) -> Node:
    """Return arithmetic of numbers written as floats, of which torch makes no tensor of whole numbers."""
    if isinstance(node, Apply):
        return Apply(node.start, node.end, node.operation, tuple(map(_with_points, node.arguments)))
    assert isinstance(node, Number)
    known = _constant(node)
    if not isinstance(known, Number):
        return known
    size = Name(node.start, node.end, repr(abs(node.value)))
    return size if node.value >= 0 else Apply(node.start, node.end, "negate", (size,))


def _constant(node: Number) -> Node:
    """Return a number as it stands in the lines: pi and e have torch's names."""
    for name, value in (("torch.pi", math.pi), ("torch.e", math.e)):
        if abs(node.value) == value:
            constant = Name(node.start, node.end, name)
            return constant if node.value > 0 else Apply(node.start, node.end, "negate", (constant,))
    return node


def _is_bare(node: Node) -> bool:
    """Return whether a piece has Python numbers only."""
    called = any(isinstance(of, Apply) and of.operation not in ARITHMETIC for of in nodes(node))
    return not called and not names_of(node)
