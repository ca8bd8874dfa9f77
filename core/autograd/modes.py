"""Forward and reverse mode on one graph: what each computes, and what it costs.

The cost is counted in products: one derivative times one entry of a local derivative. A pass takes equally many in both
directions, so the modes differ in the number of passes: forward one for every input entry, reverse one for every entry
of the end. Memory is the most numbers held at once in one pass, without inputs and constants.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from core.autograd.engine import Array, Value, apply, constant, forward, in_order, leaf
from core.autograd.graph import Graph
from core.autograd.torch_graph import end_lines, leaf_lines


@dataclass(frozen=True)
class Cost:
    """What a mode takes for all derivatives.

    Attributes:
        passes: the number of passes.
        products: of all passes.
        memory: numbers held at once in one pass.
    """

    passes: int
    products: int
    memory: int


def directions(graph: Graph) -> Iterator[tuple[str, Value, tuple[int, ...]]]:
    """Yield every entry of every input: its name, such as x[0], its value, and its index there."""
    for node in graph.inputs:
        for entry in np.ndindex(node.value.shape):
            name = node.name + (f"[{', '.join(map(str, entry))}]" if entry else "")
            yield name, graph.values[node.number], entry


def jvp(graph: Graph, value: Value, entry: tuple[int, ...]) -> dict[Value, Array]:
    """Return the derivatives of all values by one entry of one input: one forward pass."""
    move = np.zeros_like(value.data)
    move[entry] = 1.0
    return forward(graph.values[-1], {value: move})


def side_by_side(graph: Graph, direction: int) -> pd.DataFrame:
    """Return one row per node that depends on an input entry: name, value, speed and gradient.

    `direction` counts the entries of all inputs. `speed` is the result of one forward pass along that entry,
    `gradient` that of the one reverse pass. The last speed and the entry's gradient are the same number.
    """
    _name, value, entry = list(directions(graph))[direction]
    speeds = jvp(graph, value, entry)
    rows = [
        {"name": node.name, "value": node.value, "speed": speeds[of], "gradient": node.gradient}
        for node, of in zip(graph.nodes, graph.values, strict=True)
        if of in speeds
    ]
    return pd.DataFrame(rows, columns=["name", "value", "speed", "gradient"])


def reverse_cost(end: Value) -> Cost:
    """Count reverse mode: a pass for each entry of the end, and every value saved until it is used."""
    order = in_order(end)
    reached = {end}  # not what reaches the end only through detach
    for value in reversed(order):
        if value in reached and value.tracked:
            reached |= {parent for parent in value.parents if parent.tracked}
    work = sum(_work(value, {parent for parent in value.parents if parent.tracked}) for value in reached)
    kept = sum(value.data.size for value in order if value.step is not None)
    return Cost(end.data.size, end.data.size * work, kept)


def forward_cost(end: Value) -> Cost:
    """Count forward mode: a pass for each input entry, through the values that depend on it.

    A value and its derivative are freed after their last use, so the memory is the peak.
    """
    order = in_order(end)
    products = memory = passes = 0
    for start in order:
        if start.tracked and start.step is None:
            moving = _moving(order, start)
            passes += start.data.size
            products += start.data.size * sum(_work(value, moving) for value in order)
            memory = max(memory, _widest(order, moving))
    return Cost(passes, products, memory)


def _work(value: Value, moving: set[Value]) -> int:
    """Return the products of one pass through those arguments of a value that are among these."""
    if value.step is None or not value.tracked:
        return 0
    return sum(work for parent, work in zip(value.parents, value.step.work, strict=True) if parent in moving)


def _moving(order: Sequence[Value], start: Value) -> set[Value]:
    moving = {start}
    for value in order:
        if value.tracked and any(parent in moving for parent in value.parents):
            moving.add(value)
    return moving


def _widest(order: Sequence[Value], moving: set[Value]) -> int:
    """Return the most numbers held at once on a pass through a graph that frees values after their last use."""
    last_use = {parent: number for number, value in enumerate(order) for parent in value.parents}
    held: dict[Value, int] = {}
    most = 0
    for number, value in enumerate(order):
        if value.step is not None:
            held[value] = value.data.size * (2 if value in moving else 1)
        most = max(most, sum(held.values()))
        held = {of: size for of, size in held.items() if last_use.get(of, len(order)) > number}
    return most


def chains(longest: int, inputs: int = 1, outputs: int = 1) -> tuple[Value, ...]:
    """Return the ends of chains of 1, 2, … up to this many tanh, each extending the previous one.

    Several inputs are averaged before the first; of the last, several outputs are multiples.

    >>> float(chains(3)[-1].data) == float(np.tanh(np.tanh(np.tanh(0.8))))
    True
    """
    x = leaf(np.full(inputs, 0.8) if inputs > 1 else 0.8)
    value = x if inputs == 1 else apply("dot", constant(np.full(inputs, 1 / inputs)), x)
    multiples, ends = constant(np.arange(1.0, outputs + 1)), []
    for _link in range(longest):
        value = apply("tanh", value)
        ends.append(value if outputs == 1 else apply("multiply", multiples, value))
    return tuple(ends)


def growth(lengths: Sequence[int], inputs: int = 1, outputs: int = 1) -> pd.DataFrame:
    """Return the cost of both modes on chains of these lengths: length, mode ("forward" or "reverse"), then the costs.

    >>> growth([10, 20])["memory"].tolist()
    [4, 10, 4, 20]
    """
    ends = chains(max(lengths), inputs, outputs)
    rows = []
    for length in lengths:
        for mode, cost in (("forward", forward_cost(ends[length - 1])), ("reverse", reverse_cost(ends[length - 1]))):
            rows.append({"length": length, "mode": mode, **asdict(cost)})
    return pd.DataFrame(rows)


def free_name(word: str, taken: Collection[str]) -> str:
    """Return the word, followed by as many underscores as it takes to be no name in use.

    >>> free_name("value", {"value", "x"})
    'value_'
    """
    while word in taken:
        word += "_"
    return word


def modes_code(graph: Graph, direction: int) -> str:
    """Return lines that compute `speed`, by forward mode along one input entry, and the inputs' gradients."""
    _name, moved, entry = list(directions(graph))[direction]
    names = [node.name for node in graph.inputs]
    taken = {*names, *(line.name for line in graph.program.statements), graph.end.name}
    compute, moves, value, speed = (free_name(word, taken) for word in ("compute", "moves", "value", "speed"))
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
            f"def {compute}({', '.join(names)}):",
            *lines,
            f"    return {graph.end.name}",
            "",
            "# forward: one pass for one direction",
            f"{moves} = ({', '.join(f'torch.zeros_like({name})' for name in names)},)",
            f"{moves}[{names.index(moving)}][{place}] = 1.0",
            f"{value}, {speed} = torch.func.jvp({compute}, ({', '.join(names)},), {moves})",
            "",
            "# reverse: one pass for all inputs",
            f"{compute}({', '.join(names)}).sum().backward()",
            *(f"print({name}.grad)" for name in names),
        ]
    )
