"""Forward against reverse mode: the same derivatives, and costs that torch's own counts confirm."""

import numpy as np
import pytest
import torch

from core.autograd import trace
from core.autograd.modes import chains, directions, forward_cost, growth, jvp, modes_code, reverse_cost, side_by_side
from core.autograd.torch_graph import torch_graph

NEURON = ("h = dot(w, x) + b\n(h - y)**2 / 2", {"w": [0.5, -1], "x": [2, 3], "b": 1, "y": 0.5})
ROWS = ("r = X @ w + b\nmean(r**2) / 2", {"X": [[1, 2], [3, 4], [5, 6]], "w": [0.1, -0.2], "b": 0.5})


@pytest.mark.parametrize(("text", "inputs"), [NEURON, ROWS, ("sin(x) * x", {"x": [1, 2, 3]})])
def test_both_modes_find_the_same_derivatives(text, inputs):
    graph = trace(text, **inputs)
    end = graph.values[-1]
    for _name, value, entry in directions(graph):
        gradient = graph.nodes[graph.values.index(value)].gradient[entry]
        np.testing.assert_allclose(jvp(graph, value, entry)[end].sum(), gradient, rtol=1e-12)


@pytest.mark.parametrize(("text", "inputs"), [NEURON, ROWS])
def test_the_lines_of_torch_go_both_ways(text, inputs):
    graph, before = trace(text, **inputs), torch.get_default_dtype()
    for direction, (_name, value, entry) in enumerate(directions(graph)):
        space = {}
        try:
            exec(modes_code(graph, direction), space)
        finally:
            torch.set_default_dtype(before)
        expected = graph.nodes[graph.values.index(value)].gradient[entry]
        assert float(space["speed"].detach()) == pytest.approx(expected, rel=1e-12)
        table = side_by_side(graph, direction)
        assert float(np.sum(table["speed"].iloc[-1])) == pytest.approx(expected, rel=1e-12)
        assert table["name"].iloc[-1] == graph.end.name


def test_one_pass_takes_as_many_products_either_way_and_reverse_keeps_the_whole_chain():
    for length in (1, 7, 50):
        end = chains(length)[-1]
        ahead, back = forward_cost(end), reverse_cost(end)
        assert ahead.products == back.products == length
        assert ahead.memory == min(2 * length, 4)
        assert back.memory == length


def test_torch_too_keeps_one_number_for_each_tanh_of_a_chain():
    text = "\n".join(f"t{n} = tanh({f't{n - 1}' if n else 'x'})" for n in range(12))
    graph = trace(text, x=0.8)
    assert torch_graph(graph).kept == reverse_cost(graph.values[-1]).memory == 12


def test_forward_takes_a_pass_for_every_input_and_reverse_one_for_every_output():
    costs = growth([20], inputs=30, outputs=4).set_index("mode")
    assert costs["passes"].to_dict() == {"forward": 30, "reverse": 4}
    one = costs["products"] / costs["passes"]
    assert one["forward"] == one["reverse"] == 30 + 20 + 4


def test_a_cost_grows_in_line_with_the_length():
    costs = growth([10, 20, 30], inputs=5)
    for mode in ("forward", "reverse"):
        products = costs[costs["mode"] == mode]["products"].to_numpy()
        assert products[1] - products[0] == products[2] - products[1] > 0


def test_what_an_input_does_not_reach_costs_nothing_in_its_pass():
    end = trace("sin(x) * cos(cos(cos(y)))", x=1, y=2).values[-1]
    assert forward_cost(end).products == (1 + 1) + (3 + 1)
    assert reverse_cost(end).products == 1 + 3 + 2
