"""Traced expressions: their nodes, the fields of each, and the errors."""

import contextlib
import io
import math
import re

import numpy as np
import pytest
import torch

from core.autograd import trace
from core.autograd.check import agreement, central_difference, entries, gradient_table
from core.autograd.inputs import read_inputs
from core.autograd.modes import modes_code
from core.autograd.singular_points import singular_points
from core.autograd.torch_graph import torch_code, torch_graph
from core.errors import InputError, PointedError
from tests.processor_time import seconds_of


def test_the_books_example():
    graph = trace("2*dot(x, x)", x=torch.arange(4.0, requires_grad=True))
    assert [node.operation for node in graph.nodes] == ["", "", "dot", "multiply"]
    assert graph.gradients["x"].tolist() == [0, 4, 8, 12]
    assert float(graph.end.value) == 28
    assert [float(edge.sent.sum()) for edge in graph.edges if edge.start == 1] == [12, 12]


def test_a_name_is_one_node_and_a_text_written_twice_is_two():
    once = trace("u = sin(x)\nu * u", x=0.5)
    twice = trace("sin(x) * sin(x)", x=0.5)
    assert [node.operation for node in once.nodes].count("sin") == 1
    assert [node.operation for node in twice.nodes].count("sin") == 2
    assert len([node for node in torch_graph(once).nodes if node.name == "SinBackward0"]) == 1
    assert len([node for node in torch_graph(twice).nodes if node.name == "SinBackward0"]) == 2
    assert once.gradients["x"] == pytest.approx(np.sin(1.0))


@pytest.mark.parametrize(
    ("text", "inputs", "names"),
    [
        ("2*dot(x, x)", {"x": [0, 1]}, ["AccumulateGrad", "DotBackward0", "MulBackward0"]),
        ("2/x", {"x": 3}, ["AccumulateGrad", "ReciprocalBackward0", "MulBackward0"]),
        ("2 - x", {"x": 3}, ["AccumulateGrad", "RsubBackward1"]),
        ("x**2", {"x": 3}, ["AccumulateGrad", "PowBackward0"]),
        ("2**x", {"x": 3}, ["AccumulateGrad", "PowBackward2"]),
        ("A @ x", {"A": [[1, 2]], "x": [3, 4]}, ["AccumulateGrad", "AccumulateGrad", "MvBackward0"]),
        ("norm(x)", {"x": [3, 4]}, ["AccumulateGrad", "LinalgVectorNormBackward0"]),
        ("x", {"x": 3}, ["AccumulateGrad"]),
        ("sin(2)*x", {"x": 3}, ["AccumulateGrad", "MulBackward0"]),
    ],
)
def test_torchs_nodes_are_those_that_its_own_code_makes(text, inputs, names):
    graph = trace(text, **inputs)
    ours = torch_graph(graph)
    assert [node.name for node in ours.nodes] == names
    space = {}
    exec(torch_code(graph), space)
    assert _walked(space[graph.end.name]) == sorted(names)


def _walked(tensor):
    found, waiting = {}, [torch.autograd.graph.get_gradient_edge(tensor).node]
    while waiting:
        function = waiting.pop()
        found[function] = type(function).__name__
        waiting.extend(before for before, _ in function.next_functions if before is not None)
    return sorted(found.values())


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("2*dot(x, x)", "x = [0, 1, 2, 3]"),
        ("h = dot(w, x) + b\n(h - y)**2 / 2", "w = [0.5, -1]\nx = [2, 3]\nb = 1\ny = 0.5"),
        ("r = X @ w + b - y; mean(r**2) / 2", "X = 1 2; 3 4; 5 6\nw = [0.1, -0.2]\nb = 0.5\ny = 1 2 3"),
        ("softplus(x) + sin(2*3)*norm(x)", "x = 1 2"),
        ("X * b", "X = 1 2\n3 4\nb = 5"),
        ("x", "x = 1 2"),
    ],
)
def test_the_lines_of_torch_give_the_gradients(text, inputs, capsys):
    graph = trace(text, **read_inputs(inputs))
    before, space = torch.get_default_dtype(), {}
    try:
        exec(torch_code(graph), space)
    finally:
        torch.set_default_dtype(before)
    for node in graph.inputs:
        np.testing.assert_allclose(space[node.name].grad.numpy(), node.gradient, rtol=1e-12)
    assert capsys.readouterr().out.count("tensor(") == len(graph.inputs)


def test_what_torch_keeps_is_counted_once():
    kept = torch_graph(trace("y = tanh(x); tanh(tanh(y))", x=np.ones(7))).kept
    assert kept == 3 * 7


def test_central_differences_agree_at_every_node():
    graph = trace("u = x*y\nu + sin(u)*x", x=1.5, y=-2)
    table = gradient_table(graph, torch_graph(graph).gradients)
    assert table["name"].tolist() == ["x", "y", *[node.name for node in reversed(graph.nodes) if node.operation]]
    assert len(table) == entries(graph)
    found = agreement(table)
    assert found.largest < 1e-14
    assert found.central < 1e-8
    assert found.apart == 0
    assert central_difference(graph, 0, ()) == pytest.approx(float(graph.gradients["x"]), abs=1e-8)


CORNERS = [
    ("abs(x)", 0, "abs", 0.0),
    ("relu(x)", 0, "relu", 0.0),
    ("sign(x)", 2, "sign", 0.0),
    ("sqrt(x)", 0, "sqrt_zero", np.inf),
    ("0*sqrt(x)", 0, "sqrt_zero", np.nan),
    ("sqrt(x)", -1, "sqrt_negative", np.nan),
    ("log(x)", 0, "log_zero", np.inf),
    ("log(x)", -2, "log_negative", -0.5),
    ("asin(x)", 1, "arc_end", np.inf),
    ("acos(x)", 2, "arc_outside", np.nan),
    ("1/x", 0, "divide", -np.inf),
    ("x/x", 0, "zero_by_zero", np.nan),
    ("norm(x)", [0, 0], "norm", [0, 0]),
    ("x**-1", 0, "power_pole", -np.inf),
    ("x**0.5", -1, "power_negative", np.nan),
    ("x**0.5", 0, "power_root", np.inf),
    ("(-2)**x", 2, "exponent", np.nan),
    ("exp(x)", 1000, "overflow", np.inf),
    ("2*x", np.inf, "given", 2.0),
]


@pytest.mark.parametrize(("text", "x", "kind", "gradient"), CORNERS)
def test_where_there_is_no_gradient_the_words_say_what_torch_returns(text, x, kind, gradient):
    graph = trace(text, x=x)
    found = singular_points(graph)
    assert [corner.kind for corner in found] == [kind]
    assert "{" not in found[0].sentence
    theirs = torch_graph(graph)
    leaf = graph.inputs[0].number
    np.testing.assert_array_equal(theirs.gradients[leaf], gradient)
    np.testing.assert_array_equal(graph.gradients["x"], gradient)
    said = found[0].sentence
    if np.isscalar(gradient) and np.isnan(gradient):
        assert "nan" in said
    elif np.isscalar(gradient) and np.isinf(gradient):
        assert "∞" in said
    elif kind in ("abs", "relu", "norm"):
        assert "PyTorch uses 0" in said


def test_a_smooth_place_has_nothing_to_explain():
    assert singular_points(trace("abs(x) + sqrt(x) + log(x)/x + x**0.5 + x**3", x=[1.0, 2.0])) == ()


REFUSED = [
    ("", {}, InputError, "expression is empty"),
    ("2*3", {}, InputError, "no variable to differentiate"),
    ("x + z", {"x": 1}, PointedError, "z has no value"),
    ("dot(x, y)", {"x": [1, 2], "y": [1, 2, 3]}, PointedError, "a vector of 2 and a vector of 3"),
    ("x + y", {"x": [1, 2], "y": [1, 2, 3]}, PointedError, "from the right"),
    ("A @ x", {"A": [[1, 2]], "x": [1, 2, 3]}, PointedError, "a 1 × 2 matrix and a vector of 3"),
    ("x @ 2", {"x": 1}, PointedError, "Multiply by a number with"),
    ("x*x; x+x", {"x": 1}, PointedError, "Only the last line"),
    ("x = 2; x", {"x": 1}, InputError, "no variable to differentiate"),
    ("u = x; u = 2; u", {"x": 1}, PointedError, "already used above"),
    ("sin = x; sin", {"x": 1}, PointedError, "already has a meaning"),
    ("x", {"x": []}, InputError, "no entries"),
    ("x", {"x": [[[1]]]}, InputError, "3 axes"),
    ("x", {"x": "two"}, InputError, "numbers"),
    ("x", {"x": [[1, 2], [3]]}, InputError, "numbers"),
    ("x", {"x": np.zeros(401)}, InputError, "400 entries"),
    ("x * y", {"x": np.zeros(300), "y": np.zeros((300, 1))}, PointedError, "20,000 entries"),
    ("x.real", {"x": 1}, PointedError, ""),
    ("__import__('os')", {}, PointedError, ""),
    ("step(x)", {"x": 1}, PointedError, ""),
    ("+".join(["x"] * 240), {"x": 1}, PointedError, ""),
    ("\n".join(f"a{n} = x" for n in range(30)), {"x": 1}, InputError, "20 lines"),
    ("x" * 100_000, {}, PointedError, ""),
    ("(" * 20_000, {}, PointedError, ""),
    ("\0", {}, PointedError, ""),
]


@pytest.mark.parametrize(("text", "inputs", "kind", "words"), REFUSED)
def test_what_cannot_be_traced_is_refused_at_once_in_a_sentence(text, inputs, kind, words):
    with pytest.raises(kind) as caught:
        trace(text, **inputs)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    if isinstance(caught.value, PointedError):
        assert caught.value.text == text

    def refuse():
        with pytest.raises(kind):
            trace(text, **inputs)

    assert seconds_of(refuse, enough=0.1) < 0.1


@pytest.mark.parametrize(
    ("text", "position"), [("u = x*y\nv = u $ 2\nv", 14), ("u = x*y; u + zz", 13), ("u = x*y\n  u u", 12)]
)
def test_the_place_is_counted_in_the_whole_text(text, position):
    with pytest.raises(PointedError) as caught:
        trace(text, x=1, y=2)
    assert caught.value.position == position


def test_many_nodes_are_refused_and_few_are_drawn():
    line = "+".join(["sin(x)"] * 35)
    with pytest.raises(InputError, match="120 nodes"):
        trace(f"a = {line}\nb = {line}\na*b", x=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 2 3", "by name"),
        ("x = 1\nx = 2", "twice"),
        ("sin = 2", "already has a meaning"),
        ("x = [1, 2", ""),
        ("x =", ""),
        ("x = []", "no entries"),
        ("x = zeros(2, 2, 2)", "axes"),
        ("x = zeros(10000, 10000)", ""),
        ("\n".join(f"x{n} = 1" for n in range(21)), "20 names"),
        ("x = " + "1 " * 90_000, ""),
    ],
)
def test_inputs_that_cannot_be_read_are_refused_at_once(text, words):
    def refuse():
        with pytest.raises(InputError, match=words or "."):
            read_inputs(text)

    assert seconds_of(refuse, enough=0.1) < 0.1


def test_no_text_is_no_inputs():
    assert read_inputs(" \n ") == {}


def test_a_pasted_table_is_the_value_of_the_name_above_it():
    values = read_inputs("A =\n1\t2\n3\t4\n\nb = 0.5\n")
    assert values["A"].tolist() == [[1, 2], [3, 4]]
    assert float(values["b"]) == 0.5


def run_lines(code):
    """What the lines print."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    return printed.getvalue().split("\n")[:-1]


@pytest.mark.parametrize(
    "text",
    ["e**x", "x*pi", "sin(2*pi*x)/e", "-pi*x + exp(-e)", "x**2*softplus(3)", "x*(2/0)", "x + (-3)**0.5",
     "x*7**300*9**99", "mean(2)*x + norm(-4)", "x*log(0)", "sqrt(2*pi)**-1*x", "x - sigmoid(-pi)"],
)  # fmt: skip
def test_the_lines_print_our_gradient_whatever_numbers_stand_beside_x(text):
    graph = trace(text, x=0.7)
    (line,) = run_lines(torch_code(graph))
    printed = re.fullmatch(r"tensor\((.*)\)", line)
    assert printed
    assert float(printed[1]) == pytest.approx(graph.gradients["x"].item(), rel=1e-3, nan_ok=True)
    assert run_lines(modes_code(graph, 0)) == run_lines(torch_code(graph))


def test_the_lines_run_for_variables_called_as_they_call_theirs():
    names = ["value", "speed", "moves", "compute", "one", "tuple", "y", "tensor", "float", "f", "L"]
    graph = trace("*".join(names), **dict.fromkeys(names, 2.0))
    wanted = ["tensor(1024.)"] * len(names)
    assert run_lines(torch_code(graph)) == run_lines(modes_code(graph, 3)) == wanted


@pytest.mark.parametrize("name", ["torch", "print"])
def test_the_names_that_the_lines_need_are_taken(name):
    with pytest.raises(InputError, match=f"{name} already has a meaning here"):
        trace(f"{name}*x", **{name: 2.0, "x": 3.0})
    with pytest.raises(InputError, match=f"{name} already has a meaning here"):
        trace(f"{name} = x*x; {name}*2", x=3.0)
    with pytest.raises(InputError, match=f"{name} already has a meaning here"):
        read_inputs(f"{name} = 1 2 3")


@pytest.mark.parametrize("text", ["x = 2*x; x + 1", "u = x*x; x = u; x", "u = u + x; u"])
def test_a_name_keeps_its_value_an_inputs_too(text):
    with pytest.raises(PointedError, match="a name keeps its value"):
        trace(text, x=2.0, u=1.0)


@pytest.mark.parametrize(
    ("text", "inputs"),
    [("norm(x)", {"x": [0.0, 0.0, 0.0]}), ("log(x)*x", {"x": 0.0}), ("x/x", {"x": 0.0}), ("log(x) + 1", {"x": 0.0}),
     ("sqrt(x - x)*x", {"x": 3.0})],
)  # fmt: skip
def test_gradients_that_both_call_nan_or_infinite_agree(text, inputs):
    graph = trace(text, **inputs)
    found = agreement(gradient_table(graph, torch_graph(graph).gradients))
    assert found.largest == 0.0
    ours = {node.number: node.gradient for node in graph.nodes if node.gradient is not None}
    off = {number: np.where(np.isfinite(value), np.nan, 5.0) for number, value in ours.items()}
    assert math.isnan(agreement(gradient_table(graph, off)).largest)
