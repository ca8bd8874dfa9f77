"""Pasted lines of torch: the graph of their backward pass, and what they print, against torch run on the same lines."""

import contextlib
import io

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.autograd import trace
from core.autograd.check import agreement, gradient_table
from core.autograd.inputs import read_inputs
from core.autograd.modes import modes_code, reverse_cost, side_by_side
from core.autograd.session import answers
from core.autograd.statements import read_program
from core.autograd.torch_graph import torch_code, torch_graph
from core.errors import InputError, PointedError
from dashboard.screens.autograd.typed_graph import INPUTS, TEXT
from dashboard.screens.autograd.typed_graph import examples as loaded
from tests.examples import examples
from tests.processor_time import seconds_of

START = "x = torch.arange(4.0)\nx.requires_grad_(True)\n"
DETACHED = f"{START}y = x * x\nu = y.detach()\nz = u * x\n\nz.sum().backward()\n"
NOTES = f"""import torch

x = torch.arange(4.0)
x
x.requires_grad_(True)  # Better create `x = torch.arange(4.0, requires_grad=True)`
x.grad                  # The gradient is None by default
y = 2 * torch.dot(x, x)
y
y.backward()
x.grad
x.grad == 4 * x
x.grad.zero_()
y = x.sum()
y.backward()
x.grad
x.grad.zero_()
y = x * x
y.sum().backward()
x.grad
x.grad.zero_()
{DETACHED[len(START) :]}
x.grad == u
x.grad.zero_()
y.sum().backward()
x.grad == 2 * x
"""
PRINTED = [
    "tensor([0., 1., 2., 3.])", "None", "tensor(28., grad_fn=<MulBackward0>)", "tensor([ 0.,  4.,  8., 12.])",
    "tensor([True, True, True, True])", "tensor([1., 1., 1., 1.])", "tensor([0., 2., 4., 6.])",
    "tensor([True, True, True, True])", "tensor([True, True, True, True])",
]  # fmt: skip


def run_by_python(lines):
    """What Python itself makes of our own fixed lines: x.grad after them, and their names."""
    space = {"torch": torch, "np": np}
    exec(lines, space)
    return space


def test_every_line_of_the_notes_prints_what_is_printed_there():
    found = answers(NOTES, {})
    assert [answer.printed for answer in found] == PRINTED
    assert all(answer.worked for answer in found)
    assert [answer.line for answer in found][3:5] == ["x.grad", "x.grad == 4 * x"]


PASTED = {
    "dot": f"{START}y = 2 * torch.dot(x, x)\ny.backward()\nx.grad",
    "sum": f"{START}y = x.sum()\ny.backward()\nx.grad",
    "sum of a vector": f"{START}y = x * x\ny.sum().backward()  # y.backward(torch.ones(len(x)))\nx.grad",
    "weights of one": f"{START}y = x * x\ny.backward(torch.ones(len(x)))\nx.grad",
    "weights by name": f"{START}y = x * x\ny.backward(gradient=torch.ones_like(y), retain_graph=True)",
    "detach": DETACHED,
    "one line": "x = torch.arange(4.0, requires_grad=True); y = x * x; u = y.detach(); z = u * x; z.sum().backward()",
    "after detach": f"{DETACHED}x.grad.zero_()\ny.sum().backward()",
    "a method": f"{START}y = x.pow(2).sum() + x.mean() + torch.linalg.norm(x)\ny.backward()",
    "a matrix": "A = torch.ones((2, 3), requires_grad=True)\nx = torch.tensor([1.0, -2.0, 0.5], requires_grad=True)\n"
                "y = torch.tanh(A @ x).sum()\ny.backward()",
    "a function": "def f(x):\n    u = x * x\n    return torch.sin(u).sum()\n\nx = torch.tensor([1.0, 2.0], "
                  "requires_grad=True)\ny = f(x)\ny.backward()",
    "like": f"{START}w = torch.ones_like(x, requires_grad=True)\ntorch.dot(w, x * x).backward()",
    "a constant": "x = torch.tensor(3.0, requires_grad=True)\nc = torch.tensor(2.0)\ny = c * x ** 2\ny.backward()",
    "rebound": f"{START}y = x.sum()\ny = torch.dot(x, x)\ny.backward()",
}  # fmt: skip


@pytest.mark.parametrize("lines", PASTED.values(), ids=PASTED)
def test_the_graph_has_the_gradients_that_torch_computes_from_the_same_lines(lines):
    graph, space = trace(lines), run_by_python(lines)
    for node in graph.inputs:
        np.testing.assert_allclose(graph.gradients[node.name], space[node.name].grad.numpy(), rtol=1e-6)
    assert agreement(gradient_table(graph, torch_graph(graph).gradients)).largest < 1e-12


def test_the_pasted_tensor_is_the_value_of_the_input():
    graph = trace(PASTED["dot"], x=[5.0, 5.0])
    assert graph.inputs[0].value.tolist() == [0, 1, 2, 3]
    assert graph.end.name == "y" and float(graph.end.value) == 28
    assert graph.program.remarks == ("y.backward() is what Play shows: the graph is that of y.",)


def test_without_a_tensor_the_values_are_those_of_the_field():
    assert trace("y = 2 * torch.dot(x, x)", x=[0, 1, 2, 3]).gradients["x"].tolist() == [0, 4, 8, 12]
    assert trace("print(2 * torch.dot(x, x))", x=[1, 2]).gradients["x"].tolist() == [4, 8]
    assert trace("def f(x):\n    u = x * x\n    return u.sum()", x=[1, 2]).gradients["x"].tolist() == [2, 4]
    assert [line.name for line in read_program("def f(x):\n    u = x * x\n    return u.sum()").statements] == ["u", ""]


def test_a_vector_that_is_typed_has_the_gradient_of_its_sum():
    x = [0, 1, 2, 3]
    assert trace("x * x", x=x).gradients["x"].tolist() == trace("(x * x).sum()", x=x).gradients["x"].tolist()


@pytest.mark.parametrize(("text", "inputs"), [(one[TEXT], one[INPUTS]) for one in loaded().values()])
def test_the_lines_that_are_shown_can_be_pasted_back(text, inputs):
    graph = trace(text, **read_inputs(inputs))
    again = trace(torch_code(graph))
    for name, gradient in graph.gradients.items():
        np.testing.assert_array_equal(again.gradients[name], gradient)


def test_what_is_cut_keeps_its_numbers_and_gets_no_gradient():
    graph = trace(DETACHED)
    nodes = {node.name: node for node in graph.nodes}
    assert nodes["u"].value.tolist() == nodes["y"].value.tolist() == [0, 1, 4, 9]
    assert nodes["u"].gradient is None and nodes["y"].gradient is None
    assert graph.gradients["x"].tolist() == [0, 1, 4, 9]
    table = gradient_table(graph, torch_graph(graph).gradients)
    assert agreement(table).apart == 0  # a central difference too keeps u as it is
    rows = side_by_side(graph, 3)
    assert "u" not in rows["name"].tolist() and float(np.sum(rows["speed"].iloc[-1])) == 9
    assert reverse_cost(graph.values[-1]).products == 4 + 4  # through z and its sum, not through y
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(modes_code(graph, 3), {})
    assert "tensor([0., 1., 4., 9.])" in out.getvalue()


REMARKS = [
    ("x = torch.arange(4)\nx.requires_grad_(True)\ntorch.dot(x, x)", "refuses requires_grad for whole numbers"),
    (f"{START}w = torch.ones(4)\ntorch.dot(w, x).backward()", "no gradient for w without requires_grad=True"),
    ("x = torch.arange(4.0)\ny = x.sum()\ny.backward()", "needs requires_grad=True for x"),
    (f"{PASTED['after detach']}", "2 backward passes"),
    (f"{PASTED['after detach']}", "x.grad.zero_() empties"),
    ("%matplotlib inline\nimport torch\n2*torch.dot(x, x)", "%matplotlib inline"),
    (">>> x = torch.arange(4.0)\n>>> x\ntensor([0., 1., 2., 3.])\n>>> y = x.sum()", "Printed answers are skipped"),
    ("plt.plot(x)\nx.sum()", "Drawing is skipped"),
    ("In [1]:\ny = x.sum()\nOut[1]:\n6.0", "Printed answers are skipped: Out[1]:, 6.0."),
]


@pytest.mark.parametrize(("text", "words"), REMARKS)
def test_what_was_done_with_a_line_is_said(text, words):
    assert words in " ".join(trace(text, x=[0.0, 1.0, 2.0, 3.0]).program.remarks)


RAISES = [
    (
        "x = torch.arange(4)\nx.requires_grad_(True)\nx.grad",
        "only Tensors of floating point dtype can require gradients",
    ),
    (f"{START}y = x * x\ny.backward()\nx.grad", "grad can be implicitly created only for scalar outputs"),
    ("x = torch.arange(4.0)\ny = x.sum()\ny.backward()", "does not require grad"),
    (f"{START}x.grad.zero_()\nx.grad", "'NoneType' object has no attribute 'zero_'"),
    (f"{START}y = torch.dot(x, x)\ny.backward()\ny.backward()", "Trying to backward through the graph a second time"),
    (f"{START}y = x @ w\ny.backward()", "name 'w' is not defined"),
    (f"{START}x.requires_grad_(False)\ny = x.sum()\ny.backward()", "does not require grad"),
    (f"{START}y = x * x\ny.backward(torch.ones(3))", "Mismatch in shape"),
]


@pytest.mark.parametrize(("text", "words"), RAISES)
def test_a_line_that_torch_refuses_shows_torchs_error(text, words):
    raised = next(answer for answer in answers(text, {}) if not answer.worked)
    assert words in raised.printed and len(raised.printed) < 200
    with pytest.raises((RuntimeError, AttributeError, NameError), match=words.replace("'", ".")):
        run_by_python(text)


def test_gradients_add_up_until_they_are_emptied():
    twice = f"{START}x.sum().backward()\nx.grad\nx.sum().backward()\nx.grad\nx.grad = None\nx.grad"
    assert [answer.printed for answer in answers(twice, {})] == [
        "tensor([1., 1., 1., 1.])", "tensor([2., 2., 2., 2.])", "None",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["x.grad.fill_(0)", "x.grad[:] = 0", "with torch.no_grad():\n    x.grad.zero_()"])
def test_nothing_is_printed_after_a_line_that_may_have_changed_what_follows(line):
    lines = f"{START}x.sum().backward()\nx.grad\n{line}\nx.sum().backward()\nx.grad"
    assert [answer.printed for answer in answers(lines, {})] == ["tensor([1., 1., 1., 1.])"]


def test_an_expression_alone_prints_nothing():
    assert answers("2*dot(x, x)", {"x": [0, 1]}) == ()
    assert [one.printed for one in answers("y = x.sum()\ny.backward()\nprint(x.grad)", {"x": [0, 1]})] == [
        "tensor([1., 1.])"
    ]


REFUSED = [
    ("x.detach() * 2", InputError, "detach cuts every path", None),
    ("x.grad", PointedError, "backward computes", 1),
    ("print(x.grad)", PointedError, "backward computes", 7),
    ("y.backward()", PointedError, "y has no value", 0),
    ("x.relu_()", PointedError, "Unknown function relu_", 1),
    ("x = torch.randn(size=(), requires_grad=True)\nx.sin()", PointedError, "draws random numbers", 4),
    ("y = x * x\ny.backward(v)", PointedError, "(v * y).sum().backward()", None),
    ("x = [1, 2\n2*x", PointedError, "got “*”", 11),
    ("x = torch.arange(4.0)", PointedError, "These lines give values only", 0),
    (">>>", PointedError, "None of these lines", 0),
    ("x = []\n2*x", PointedError, "no entries", 4),
    ("b = a * 2\nb = b * 2\nb.backward()", PointedError, "a name keeps its value", 10),
    ("def f(a):\n    while a < 9:\n        a = a * 2\n    return a", PointedError, "Loops and branches", 0),
    ("x += 1", PointedError, "a name of its own", 1),
]


@pytest.mark.parametrize(("text", "kind", "words", "place"), REFUSED)
def test_what_cannot_be_read_is_refused_where_it_stands(text, kind, words, place):
    with pytest.raises(kind) as refused:
        trace(text, a=1.0, **({} if "x = " in text else {"x": [1.0, 2.0]}))
    assert words in str(refused.value)
    assert place is None or refused.value.position == place


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = torch.arange(4.0)", [0, 1, 2, 3]),
        (">>> x = torch.arange(4.0)  # four", [0, 1, 2, 3]),
        ("import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\nx.requires_grad_(True)\nx", [1, 2]),
        ("ｘ＝［１，２］", [1, 2]),
        ("x = torch.full((2,), 0.5)", [0.5, 0.5]),
    ],
)
def test_values_can_be_pasted_into_their_own_field(text, value):
    assert read_inputs(text)["x"].tolist() == value


HOSTILE = {
    "towers": ";".join(["a = 9**999", *(f"a{n} = a**999" for n in range(5)), "print(a)"]),
    "squares": "\n".join(["a0 = 99999*99999", *(f"a{n + 1} = a{n}*a{n}" for n in range(60)), "print(a60)"]),
    "outer": "x = torch.ones(400)\ny = torch.ones((400, 1))\n" + "print((x*y) @ (x*y) @ (x*y))\n" * 100,
    "many": f"{START}" + "print(" + "+".join(["x"] * 200) + ")\n" * 1,
    "imports": "print(__import__('os').getcwd())",
    "attributes": "x.sum().backward()\nprint(x.__class__.__base__.__subclasses__())",
    "weights": f"x = torch.arange(4.0)\ny = x\ny.backward({'ones()' * 40}!)",
    "10 kB": "print(x)\n" * 1_100,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_end_at_once(text):
    def run():
        with contextlib.suppress(InputError):
            for answer in answers(text, {"x": np.ones(4)}):
                assert "os" not in answer.printed.split() and len(answer.printed) < 5_000

    assert seconds_of(run, enough=1.0) < 1


PIECES = [
    "x", "y", "=", "==", "\n", ";", "(", ")", ".", "torch.", "2", "*", "+", "**", ".sum()", ".backward()", ".grad",
    ".detach()", "y = x * x\n", "print(", "x.grad.zero_()", "x = torch.arange(4.0)\n", "f(x)", "[1, 2]", ">>> ", "@",
    "def f(x):\n    return x*x\n", "x.requires_grad_(True)\n", "# a\n", "for i in x:\n", "\n    ", "torch.ones(3)",
    "x.sum().backward()\n", "u = y.detach()\n",
]  # fmt: skip


@settings(max_examples=examples(300), deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_any_text_has_a_graph_and_answers_or_a_sentence(text):
    with contextlib.suppress(InputError):
        answers(text, {"x": np.array([1.0, 2.0])})
    with np.errstate(all="ignore"), contextlib.suppress(InputError):
        graph = trace(text, x=[1.0, 2.0])
        agreement(gradient_table(graph, torch_graph(graph).gradients))
