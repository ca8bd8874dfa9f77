"""The lines of torch that compute a traced expression and its gradients."""

from core.autograd.graph import Graph
from core.autograd.statements import read_statements
from core.autograd.torch_graph import ARITHMETIC, torch_path
from core.calculus.tree import Apply, Node, names_of, nodes
from core.calculus.writing import to_text
from core.tensors import tensor_code


def torch_code(graph: Graph) -> str:
    """Return the lines: the inputs as they are, the expression, `backward`, and the gradients printed.

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
    for statement in read_statements(graph.text):
        written = to_text(_in_torch(statement.expression.root))
        if statement.name or graph.end.kind == "operation":
            lines.append(f"{statement.name or graph.end.name} = {written}")
    return lines


def _in_torch(node: Node) -> Node:
    """Return the tree with torch's names for functions; a function of bare numbers is given a tensor of them."""
    if not isinstance(node, Apply):
        return node
    arguments = tuple(_in_torch(argument) for argument in node.arguments)
    if node.operation in ARITHMETIC:
        return Apply(node.start, node.end, node.operation, arguments)
    wrapped = tuple(
        Apply(node.start, node.end, "torch.tensor", (argument,)) if _is_bare(argument) else argument
        for argument in arguments
    )
    return Apply(node.start, node.end, torch_path(node.operation), wrapped)


def _is_bare(node: Node) -> bool:
    """Say whether a piece is made of numbers of Python only."""
    called = any(isinstance(of, Apply) and of.operation not in ARITHMETIC for of in nodes(node))
    return not called and not names_of(node)
