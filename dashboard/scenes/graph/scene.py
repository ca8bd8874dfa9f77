"""The scene of a computational graph and its passes: the positions and texts of nodes, and every step.

In the browser the steps are played or stepped through by buttons and keys; pointing at a node shows its details.
"""

from collections.abc import Mapping
from typing import Any

from core.autograd import Graph, GraphNode
from core.autograd.engine import CUT
from core.autograd.symbols import applied, sign_of
from core.autograd.torch_graph import TorchGraph, TorchNode
from core.formatting import format_list
from core.language import _
from dashboard.scenes.graph.layout import Layout, layered
from dashboard.scenes.graph.numbers import ARROW, full, short
from dashboard.scenes.graph.steps import by, label, steps

LONGEST = 18  # characters of a name in a box


def graph_scene(graph: Graph, theirs: TorchGraph, notes: Mapping[int, str]) -> dict[str, Any]:
    """Return the scene of our graph next to torch's, with the steps of both passes.

    `notes` are sentences about singular nodes: these nodes are marked, and the sentences shown.
    """
    all_steps = steps(graph, notes)
    return {
        "steps": all_steps,
        "ours": _drawing(layered([node.parents for node in graph.nodes])) | _ours(graph, theirs, all_steps, notes),
        "torch": _drawing(layered([node.parents for node in theirs.nodes])) | _theirs(graph, theirs),
        "words": _words(),
        "key": graph.text + "".join(full(node.value) for node in graph.inputs),
    }


def _drawing(layout: Layout) -> dict[str, Any]:
    return {"places": layout.nodes, "ways": layout.edges, "layers": layout.layers, "width": layout.width}


def _ours(
    graph: Graph, theirs: TorchGraph, told: list[dict[str, Any]], notes: Mapping[int, str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the boxes and edges of our graph, each with the step in which it first appears."""
    forward = {step["node"]: number for number, step in enumerate(told) if step["phase"] == "forward"}
    backward = {step["node"]: number for number, step in enumerate(told) if step["phase"] == "backward"}
    boxes = [
        {
            "kind": node.kind,
            "title": _title(graph, node),
            "value": short(node.value) if node.kind != "constant" else "",
            "gradient": "" if node.gradient is None else short(node.gradient),
            "valueAt": forward.get(node.number, 0),
            "gradientAt": backward.get(node.number, -1),
            "awry": node.number in notes,
            "about": _about(graph, node, theirs, notes),
        }
        for node in graph.nodes
    ]
    edges = [
        {
            "from": edge.start,
            "to": edge.end,
            "sent": "" if edge.sent is None else short(edge.sent, ARROW),
            "sentAt": -1 if edge.sent is None else backward[edge.end],
        }
        for edge in graph.edges
    ]
    return {"boxes": boxes, "edges": edges}


def _title(graph: Graph, node: GraphNode) -> str:
    if node.kind != "operation":
        return label(node)[:LONGEST]
    whole = f"{node.name} = {applied(node.operation, tuple(label(graph.nodes[parent]) for parent in node.parents))}"
    return whole if len(whole) <= LONGEST else f"{node.name} = {sign_of(node.operation)}"


def _about(graph: Graph, node: GraphNode, theirs: TorchGraph, notes: Mapping[int, str]) -> list[str]:
    """Return the details of a node: `value`, then `gradient`, which is shown once it is known."""
    name = label(node) if node.kind != "operation" else f"{node.name} = {node.text}"
    value = name if node.kind == "constant" else f"{name}: {full(node.value)}"
    gradient = _("a constant: it gets no gradient")
    if node.operation == CUT:
        gradient = _("detached: a constant from here on, so no gradient passes")
    elif node.kind != "constant":
        gradient = _("it reaches the end only through detach: it gets no gradient")
    if node.gradient is not None:
        gradient = f"{by(graph, node)} = {full(node.gradient)}"
    kept = [
        _("{name} saves {saved} for the backward pass").format(name=of.name, saved=format_list(of.saved))
        if of.saved
        else of.name
        for of in theirs.nodes
        if of.ours == node.number
    ]
    text = _("In PyTorch: {nodes}.").format(nodes="; ".join(kept)) if kept else _("PyTorch has no node for it.")
    return [value, gradient, text, notes.get(node.number, "")]


def _theirs(graph: Graph, theirs: TorchGraph) -> dict[str, list[dict[str, Any]]]:
    """Return the boxes and edges of torch's own graph; its arrows point from the end to the leaves."""
    boxes = [
        {
            "kind": "torch",
            "title": _torch_title(node)[0],
            "value": _torch_title(node)[1],
            "ours": node.ours,
            "name": node.name,
        }
        | ({"leaf": label(graph.nodes[node.ours])} if node.name == "AccumulateGrad" else {})
        for node in theirs.nodes
    ]
    edges = [{"from": parent, "to": node.number} for node in theirs.nodes for parent in node.parents]
    return {"boxes": boxes, "edges": edges}


def _torch_title(node: TorchNode) -> tuple[str, str]:
    """Return torch's name for a node on two lines."""
    before, backward, digit = node.name.partition("Backward")
    return (before, backward + digit) if backward else (node.name, "")


def _words() -> dict[str, Any]:
    return {
        "label": _("The graph, forward and backward"),
        "ours": _("The graph in our engine"),
        "torch": _("The same graph, as PyTorch built it"),
        "graphLabel": _(
            "The graph of the expression, with {nodes} nodes in all. Arrow keys move one step, Space plays."
        ),
        "torchLabel": _("PyTorch's own graph: {nodes} nodes, from the output to the leaves."),
        "torchNote": _("Each box is a grad_fn; the arrows are its next_functions. The nodes of this step are framed."),
        "legend": [
            ["forward", _("forward: a value from its inputs")],
            ["backward", _("backward: local derivative times incoming gradient")],
        ],
        "gradient": _("grad {value}"),
        "phases": {"start": _("Inputs"), "forward": _("Forward pass"), "backward": _("Backward pass")},
        "hint": _(
            "Point at a node for its details; press it to go to its step. Arrow keys move one step, Space plays."
        ),
        "later": _("its gradient comes later"),
        "scrubber": _("Step"),
        "position": _("step {step} of {last}"),
        "first": _("To the inputs"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "last": _("To the last step"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
    }
