"""Whatever is typed as an expression and its inputs gets a graph or a sentence, and lines that print its gradients."""

import contextlib
import io
import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.autograd import trace
from core.autograd.check import agreement, gradient_table
from core.autograd.graph import Graph
from core.autograd.inputs import read_inputs
from core.autograd.modes import forward_cost, modes_code, reverse_cost
from core.autograd.singular_points import singular_points
from core.autograd.torch_graph import torch_code, torch_graph
from core.errors import InputError
from tests.core.calculus.texts import functions_of
from tests.examples import examples

VALUES = (
    "0", "1", "-2", "0.5", "nan", "inf", "1e300", "9" * 320, "1 2", "0 0", "1 -1 3", "[[1, 2], [3, 4]]", "1 2; 3 4",
    "[[0.5, 2]]", "true", "[]", "zeros(0, 3)", "arange(0, 1, 1e-320)", "tensor([1e30], dtype=torch.int64)", "1e-300",
)  # fmt: skip
values = st.sampled_from(VALUES)
NUMBER = re.compile(r"nan|-?inf|-?\d+\.?\d*(?:e[+-]?\d+)?")


def traced(text: str, inputs: str) -> Graph | None:
    """The graph, or None where text or inputs are refused in words."""
    try:
        return trace(text, **read_inputs(inputs))
    except InputError as refused:
        assert str(refused).endswith((".", "?", "!")) or " such as " in str(refused)
        return None


def printed(code: str) -> list[float]:
    """The numbers that the lines print."""
    out = io.StringIO()
    torch.set_printoptions(precision=17, sci_mode=True)
    try:
        with contextlib.redirect_stdout(out):
            exec(code, {})
    finally:
        torch.set_printoptions(profile="default")
    return [float(number) for number in NUMBER.findall(out.getvalue().replace("tensor", ""))]


@settings(max_examples=examples(200))
@given(functions_of("x", "a", vectors=True), functions_of("x", "u", "a", vectors=True), values, values)
def test_the_graph_is_torchs_and_the_lines_print_its_gradients(first, second, x, a):
    with np.errstate(all="ignore"):
        graph = traced(f"u = {first}\n{second}", f"x = {x}\na = {a}")
        if graph is None:
            return
        names = [node.name for node in graph.nodes if node.name]
        assert len(set(names)) == len(names)
        torchs = torch_graph(graph)
        agreement(gradient_table(graph, torchs.gradients))
        singular_points(graph)
        forward_cost(graph.values[-1]), reverse_cost(graph.values[-1])
    wanted = np.concatenate([graph.gradients[node.name].ravel() for node in graph.inputs])
    assert printed(torch_code(graph)) == pytest.approx(wanted.tolist(), rel=1e-9, nan_ok=True)
    if all(map(math.isfinite, wanted)):
        assert printed(modes_code(graph, 0)) == pytest.approx(wanted.tolist(), rel=1e-9, nan_ok=True)
