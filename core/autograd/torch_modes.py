"""The lines of torch that go through an expression in both modes."""

from core.autograd.graph import Graph
from core.autograd.modes import directions
from core.autograd.torch_code import end_lines, leaf_lines


def modes_code(graph: Graph, direction: int) -> str:
    """Return lines that leave `speed`, by forward accumulation along one input entry, and the inputs' gradients."""
    _name, moved, entry = list(directions(graph))[direction]
    names = [node.name for node in graph.inputs]
    moving = next(node.name for node in graph.inputs if graph.values[node.number] is moved)
    lines = [f"    {line}" for line in end_lines(graph)]
    place = ", ".join(map(str, entry)) or "()"
    return "\n".join(
        [
            "import torch",
            "",
            "torch.set_default_dtype(torch.float64)",
            *leaf_lines(graph),
            "",
            f"def compute({', '.join(names)}):",
            *lines,
            f"    return {graph.end.name}",
            "",
            "# forward: one pass for one direction",
            f"moves = tuple(torch.zeros_like(one) for one in ({', '.join(names)},))",
            f"moves[{names.index(moving)}][{place}] = 1.0",
            f"value, speed = torch.func.jvp(compute, ({', '.join(names)},), moves)",
            "",
            "# reverse: one pass for all inputs",
            f"compute({', '.join(names)}).sum().backward()",
            *(f"print({name}.grad)" for name in names),
        ]
    )
