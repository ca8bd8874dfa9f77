"""The drawn graph: positions of nodes, and the text of each step."""

import json
import random
import time
from itertools import pairwise

import numpy as np
import pytest

from core.autograd import trace
from core.autograd.torch_graph import torch_graph
from dashboard.scenes.graph.layout import layered
from dashboard.scenes.graph.numbers import full, short
from dashboard.scenes.graph.scene import graph_scene
from dashboard.scenes.graph.steps import steps


def random_parents(seed, nodes):
    chance = random.Random(seed)
    return [
        [chance.randrange(node) for _ in range(chance.choice([0, 1, 2, 2]))] if node else [] for node in range(nodes)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_no_two_boxes_overlap_and_every_edge_goes_on_by_layers(seed):
    parents = random_parents(seed, 25)
    layout = layered(parents)
    assert len(set(layout.nodes)) == len(parents)
    for layer in range(layout.layers):
        places = sorted(place for at, place in layout.nodes if at == layer)
        assert all(after - before > 0.999 for before, after in pairwise(places))
    links = [(start, end) for end, group in enumerate(parents) for start in group]
    for (start, end), way in zip(links, layout.edges, strict=True):
        assert way[0] == layout.nodes[start]
        assert way[-1] == layout.nodes[end]
        assert all(before[0] < after[0] for before, after in pairwise(way))


def test_a_chain_with_inputs_beside_it_stands_straight():
    graph = trace("((x*a + b) * c + d) * e2 + f", x=1, a=1, b=1, c=1, d=1, e2=1, f=1)
    layout = layered([node.parents for node in graph.nodes])
    chain = [layout.nodes[node.number][1] for node in graph.nodes if node.kind == "operation"]
    assert max(chain) - min(chain) < 0.5


def test_the_largest_graph_is_laid_out_quickly():
    begun = time.process_time()
    layered([[] if node < 10 else [node - 1, node % 10] for node in range(120)])
    assert time.process_time() - begun < 2


def test_the_steps_tell_local_derivative_times_incoming_gradient_with_their_numbers():
    told = steps(trace("u = x*y\nu + sin(u)*x", x=1.5, y=-2), {})
    assert [step["phase"] for step in told] == ["start"] + ["forward"] * 4 + ["backward"] * 6
    lines = "\n".join(line for step in told for line in step["lines"])
    assert "u = x · y = 1.5 · (−2) = −3" in lines
    assert "v1 = sin(u) = sin(−3) = −0.1411" in lines
    assert "To v1: ∂v2/∂v1 = x = 1.5, times what came in: 1 · 1.5 = 1.5." in lines
    assert "∂L/∂u = (−1.485) + 1 = −0.485: 2 paths meet here, and paths add." in lines
    assert "PyTorch adds it to x.grad." in lines


def test_what_was_copied_is_summed_in_words():
    told = steps(trace("sum(x + b)", x=[1, 2, 3], b=2), {})
    lines = "\n".join(line for step in told for line in step["lines"])
    assert "[1, 1, 1] · 1, summed over its 3 copies = 3." in lines


def test_every_gradient_is_told_after_all_that_it_is_made_of():
    graph = trace("u = x*y\nv = u*x\nsin(u)*v + u", x=0.5, y=2)
    scene = graph_scene(graph, torch_graph(graph), {})
    boxes = scene["ours"]["boxes"]
    for edge in scene["ours"]["edges"]:
        assert edge["sentAt"] < boxes[edge["from"]]["gradientAt"]
        assert boxes[edge["from"]]["valueAt"] < boxes[edge["to"]]["valueAt"]


@pytest.mark.parametrize("text", ["x", "2*x", "sin(2)*x + 1", "x @ x", "log(x) + sqrt(x)"])
def test_a_scene_is_plain_data(text):
    graph = trace(text, x=[-1.0, 0.0])
    scene = graph_scene(graph, torch_graph(graph), {graph.end.number: "a note"})
    again = json.loads(json.dumps(scene, allow_nan=False))
    assert again["ours"]["boxes"][graph.end.number]["awry"]
    assert len(again["torch"]["boxes"]) == len(torch_graph(graph).nodes)


def test_numbers_fit_into_their_boxes():
    numbers = np.random.default_rng(0)
    for size in range(1, 40):
        assert len(short(numbers.normal(size=size) * 10.0 ** numbers.integers(-9, 9))) <= 17
    assert full(np.arange(12.0).reshape(4, 3)) == "[[0, 1, 2], [3, 4, 5], [6, 7, 8], …, [6, 7, 8], [9, 10, 11]]"
