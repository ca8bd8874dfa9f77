"""The engine against torch, on thousands of random expressions."""

import numpy as np
import pytest

from core.autograd import trace
from core.autograd.engine import RULES, forward
from core.autograd.statements import KNOWN
from core.autograd.torch_graph import torch_graph
from core.calculus.expression.evaluate import NUMPY_OPERATIONS
from core.errors import InputError
from tests.core.autograd.expressions import ENTRYWISE, Maker

EACH = 250


def traced(seed, functions=ENTRYWISE):
    """Return the graph of a random expression, or None where it has no variable."""
    made = Maker(seed, functions)
    try:
        return trace(made.text, **made.inputs)
    except InputError as problem:
        nothing, long, steep = "no variable to differentiate", "500 characters", "The size of an exponent may be"
        assert any(words in str(problem).replace("may have 500", "500") for words in (nothing, long, steep)), made.text
        return None


@pytest.mark.parametrize("start", range(0, 4000, EACH))
def test_every_gradient_of_every_node_is_that_of_torch(start):
    """nan and ∞ are where torch has them: a third of these graphs leave the domain of some function."""
    compared = 0
    for seed in range(start, start + EACH):
        graph = traced(seed)
        if graph is None:
            continue
        theirs = torch_graph(graph).gradients
        for node in graph.nodes:
            if node.gradient is None:
                assert node.number not in theirs
                continue
            assert node.gradient.shape == node.value.shape
            assert_same(node.gradient, theirs[node.number], f"{graph.text} {node}")
            compared += 1
    assert compared > EACH


def test_detach_cuts_where_torch_cuts_backward_and_forward():
    """The gradients of every node that still has one are torch's, and what is cut off has none there either."""
    cut, compared, numbers = 0, 0, np.random.default_rng(0)
    for seed in range(600):
        graph = traced(seed, ["detach", "sin", "tanh"])
        if graph is None or "detach" not in graph.text:
            continue
        theirs = torch_graph(graph).gradients
        assert {node.number for node in graph.nodes if node.gradient is not None} == set(theirs)
        cut += sum(node.gradient is None for node in graph.inputs)
        for number, gradient in theirs.items():
            assert_same(graph.nodes[number].gradient, gradient, graph.text)
        moves = {graph.values[node.number]: numbers.normal(size=node.value.shape) for node in graph.inputs}
        pairs = [(graph.gradients[node.name], moves[graph.values[node.number]])
                 for node in graph.inputs if node.name in graph.gradients]  # fmt: skip
        expected = sum((gradient * move).sum() for gradient, move in pairs)
        if all(np.isfinite(edge.slope).all() for edge in graph.edges) and np.isfinite(expected):
            speed = forward(graph.values[-1], moves)[graph.values[-1]].sum()
            assert speed == pytest.approx(expected, rel=1e-8, abs=1e-9 * (1 + abs(expected))), graph.text
            compared += 1
    assert cut > 10 and compared > 50


def assert_same(ours, theirs, said):
    size = np.abs(theirs[np.isfinite(theirs)]).max(initial=0)
    np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-10 * (1 + size), err_msg=said)


def test_forward_accumulation_gives_the_same_derivatives_along_any_direction():
    compared, numbers = 0, np.random.default_rng(0)
    for seed in range(800):
        graph = traced(seed)
        if graph is None or not all(np.isfinite(edge.slope).all() for edge in graph.edges):
            continue  # 0 · ∞ is nan in one direction and may not occur in the other
        moves = {graph.values[node.number]: numbers.normal(size=node.value.shape) for node in graph.inputs}
        speed = forward(graph.values[-1], moves)[graph.values[-1]].sum()
        expected = sum((graph.gradients[node.name] * moves[graph.values[node.number]]).sum() for node in graph.inputs)
        if np.isfinite(expected):
            size = max(np.abs(gradient).max() for gradient in graph.gradients.values())
            assert speed == pytest.approx(expected, rel=1e-8, abs=1e-9 * (1 + size)), graph.text
            compared += 1
    assert compared > 300


def test_there_is_a_rule_for_every_operation_that_can_be_typed():
    typed = {*KNOWN, "add", "subtract", "multiply", "divide", "power", "negate", "matmul"}
    assert typed == set(RULES) == set(NUMPY_OPERATIONS) - {"step"}


def test_what_broadcasting_copied_gets_the_sum_of_what_comes_back():
    graph = trace("X * r + c * s", X=np.ones((2, 3)), r=[1, 2, 3], c=[[1], [2]], s=0.5)
    assert graph.gradients["r"].tolist() == [2, 2, 2]
    assert graph.gradients["c"].tolist() == [[1.5], [1.5]]
    assert float(graph.gradients["s"]) == 9
