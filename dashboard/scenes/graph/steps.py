"""The passes of a graph, one node at a time, with the numbers of each step."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.autograd import Edge, Graph, GraphNode
from core.autograd.symbols import INFIX, applied, slope_of
from core.language import _
from dashboard.scenes.graph.numbers import full


def steps(graph: Graph, notes: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the steps: the inputs, every operation forward, then every node that has a gradient, backward.

    Each has phase ("start", "forward", "backward"), node (its number, -1 for the inputs), title, and lines of working.
    `notes` are sentences about nodes, shown with their forward step.
    """
    all_steps = [_start(graph)]
    all_steps += [_forward(graph, node, notes) for node in graph.nodes if node.kind == "operation"]
    all_steps += [_backward(graph, node) for node in reversed(graph.nodes) if node.gradient is not None]
    return all_steps


def label(node: GraphNode) -> str:
    """Return the label of a node in a formula: its name, or its number for a constant."""
    return node.name or node.text


def by(graph: Graph, node: GraphNode) -> str:
    """Return the name of the gradient by a node."""
    return f"∂{label(graph.end)}/∂{label(node)}"


def _start(graph: Graph) -> dict[str, Any]:
    lines = [f"{node.name} = {full(node.value)}" for node in graph.inputs]
    return {"phase": "start", "node": -1, "title": _("The inputs are given."), "lines": lines}


def _forward(graph: Graph, node: GraphNode, notes: Mapping[int, str]) -> dict[str, Any]:
    parents = [graph.nodes[parent] for parent in node.parents]
    symbols = f"{node.name} = {applied(node.operation, tuple(label(parent) for parent in parents))}"
    between = node.operation in INFIX or node.operation == "negate"
    texts = [full(parent.value) for parent in parents]
    numbers = applied(node.operation, tuple(_signed(text) if between else text for text in texts))
    line = f"{symbols} = {numbers} = {full(node.value)}"
    lines = [line] if node.number not in notes else [line, notes[node.number]]
    title = _("{name}, from {parents}").format(
        name=node.name, parents=_listed(sorted({label(parent) for parent in parents}))
    )
    return {"phase": "forward", "node": node.number, "title": title, "lines": lines}


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else _("{first} and {second}").format(first=names[0], second=names[1])


def _backward(graph: Graph, node: GraphNode) -> dict[str, Any]:
    arrived = [edge for edge in graph.edges if edge.start == node.number and edge.sent is not None]
    lines = [_arriving(graph, node, arrived)]
    sent = [edge for edge in graph.edges if edge.end == node.number and edge.sent is not None]
    lines += [_sending(graph, node, edge) for edge in sent]
    if node.kind == "input":
        lines.append(_("PyTorch adds it to {name}.grad.").format(name=node.name))
        title = _("{name} has its gradient").format(name=node.name)
    else:
        names = _listed(sorted({label(graph.nodes[edge.start]) for edge in sent}))
        title = _("from {name} to {parents}").format(name=node.name, parents=names)
    return {"phase": "backward", "node": node.number, "title": title, "lines": lines}


def _arriving(graph: Graph, node: GraphNode, arrived: list[Edge]) -> str:
    assert node.gradient is not None
    total = full(node.gradient)
    if node is graph.end:
        if node.value.ndim == 0:
            return _("{gradient} = 1: the backward pass begins.").format(gradient=by(graph, node))
        template = _("{name} has {entries} entries; their sum is differentiated, so {gradient} = {ones}.")
        return template.format(name=node.name, entries=node.value.size, gradient=by(graph, node), ones=total)
    if len(arrived) == 1:
        return _("{gradient} = {total}: the gradient is complete.").format(gradient=by(graph, node), total=total)
    parts = " + ".join(_signed(full(edge.sent)) for edge in arrived if edge.sent is not None)
    template = _("{gradient} = {parts} = {total}: {count} paths meet here, and their gradients add up.")
    return template.format(gradient=by(graph, node), parts=parts, total=total, count=len(arrived))


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _sending(graph: Graph, node: GraphNode, edge: Edge) -> str:
    """Return the working of an edge in the backward pass: local derivative times incoming gradient."""
    assert edge.sent is not None and node.gradient is not None
    parent = graph.nodes[edge.start]
    names = tuple(label(graph.nodes[number]) for number in node.parents)
    incoming, sent = _signed(full(node.gradient)), full(edge.sent)
    if node.operation == "matmul":
        way = _matrix_way(node, edge.argument, names)
        return _("To {name}: {way} = {sent}.").format(name=label(parent), way=way, sent=sent)
    symbols = slope_of(node.operation, edge.argument, names, node.name, parent.value.size)
    numbers = _slope_text(edge)
    slope = _signed(numbers)
    local = f"∂{node.name}/∂{label(parent)} = {symbols}"
    if symbols.replace("−", "").replace(".", "").isdecimal() or symbols == numbers:
        slope = _signed(symbols)
    else:
        local += f" = {numbers}"
    product = f"{incoming} · {slope}"
    if edge.slope.shape == parent.value.shape:
        template = _("To {name}: {local}, times the incoming gradient: {product} = {sent}.")
        return template.format(name=label(parent), local=local, product=product, sent=sent)
    template = _(
        "To {name}: {local}, times the incoming gradient: {product}, summed over its {copies} copies = {sent}."
    )
    copies = edge.slope.size // parent.value.size
    return template.format(name=label(parent), local=local, product=product, sent=sent, copies=copies)


def _matrix_way(node: GraphNode, argument: int, names: tuple[str, ...]) -> str:
    gradient = f"(∂/∂{node.name})"
    return f"{gradient} @ {names[1]}ᵀ" if argument == 0 else f"{names[0]}ᵀ @ {gradient}"


def _slope_text(edge: Edge) -> str:
    """Return the numbers of a slope, as one number where all are the same."""
    first = edge.slope.reshape(-1)[:1]
    same = bool(np.array_equal(edge.slope, np.broadcast_to(first.reshape(()), edge.slope.shape), equal_nan=True))
    return full(first.reshape(()) if same else edge.slope)
