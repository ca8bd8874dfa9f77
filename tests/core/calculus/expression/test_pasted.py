"""Functions as they are pasted: methods, modules, definitions, cells of a notebook, and what is skipped in them."""

import math
import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calculus import parse_expression
from core.calculus.expression.parser import VECTOR_FUNCTIONS
from core.calculus.expression.pasted import read_lines
from core.calculus.expression.printing import to_text
from core.errors import InputError, PointedError
from tests.examples import examples

CELL = """%matplotlib inline
import numpy as np
from matplotlib_inline import backend_inline
from d2l import torch as d2l


def f(x):
    return 3 * x ** 2 - 4 * x

def numerical_lim(f, x, h):
    return (f(x + h) - f(x)) / h

h = 0.1
for i in range(5):
    print(f'h={h:.5f}, numerical limit={numerical_lim(f, 1, h):.5f}')
    h *= 0.1
"""

SAME = [
    ("np.sin(x)", "sin(x)"), ("torch.sin(x)", "sin(x)"), ("math.sin(x)", "sin(x)"), ("x.sin()", "sin(x)"),
    ("x.pow(2)", "x**2"), ("torch.pow(x, 2)", "x**2"), ("np.power(x, 3)", "x**3"), ("pow(x, 2)", "x**2"),
    ("x.square()", "x**2"), ("torch.square(x)", "x**2"), ("x.mul(2).add(1)", "2*x + 1"), ("-x.exp().neg()", "exp(x)"),
    ("torch.nn.functional.relu(x)", "relu(x)"), ("F.softplus(x)", "softplus(x)"),
    ("torch.special.expit(x)", "sigmoid(x)"),
    ("np.arctan(x)*np.pi", "atan(x)*pi"), ("math.e**x", "e**x"), ("torch.tensor(2.0)*x", "2*x"),
    ("（x＋1）＊２", "(x + 1)*2"), ("ｘ−３×x÷4", "x - 3*x/4"), ("x² + 2x⁻¹".replace("2x", "2*x"), "x**2 + 2*x**-1"),
    ("x¹⁰", "x**10"), ("y = 3 * x ** 2 - 4 * x", "3*x**2 - 4*x"), ("y: float = x**2", "x**2"),
    ("def f(x): return 3 * x ** 2 - 4 * x", "3*x**2 - 4*x"),
    ("def f(x):\n    return 3 * x ** 2 - 4 * x", "3*x**2 - 4*x"),
    ("def f(t: float, a=2) -> float:\n    '''A square.'''\n    u = t * t\n    return a * u  # twice\n", "2*(x*x)"),
    ('def f(x):\n    """Return a square.\n\n    It\'s x times x.\n    """\n    return x**2', "x**2"),
    ("In [1]:\ny = x**2\ny\nOut[1]:\n28.0", "x**2"), ("print(x**2)", "x**2"),
    ("lambda x: x**2", "x**2"), ("f = lambda t: t**2", "x**2"), ("return x**2", "x**2"),
    ("u = x**2; v = u + 1\nu * v", "x**2*(x**2 + 1)"),
    ("def g(u): return u + 1\ndef f(x): return g(x)**2\nf(x)", "(x + 1)**2"),
    ("x**2 \\\n + 1", "x**2 + 1"), ("(x +\n 1)", "x + 1"), ("x**2\n- 1", "x**2 - 1"),
    (">>> def f(x):\n...     return x**2\n...\n>>> f(3)\n9", "x**2"),
    ("In [3]: y = x**2  # a square\nOut[3]: 9", "x**2"),
    (CELL, "3*x**2 - 4*x"), (" ".join(CELL[: CELL.index("def numerical")].split()), "3*x**2 - 4*x"),
    ("def f(x):\n    return x**2\n\ndef broken(a, b, c):\n    while a: pass\n    return a", "x**2"),
    ("f = lambda x: x.sin()\nplt.plot(f(x))\nf(1)", "sin(x)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "same"), SAME, ids=lambda text: text[:24])
def test_what_is_pasted_is_the_function_that_it_says(text, same):
    pasted, typed = parse_expression(text, ["x"]), parse_expression(same, ["x"])
    x = np.array([0.3, 1.7])
    np.testing.assert_allclose(pasted(x), typed(x), rtol=1e-15)
    assert pasted.text == text
    assert parse_expression(to_text(pasted.root), ["x"]).root == pasted.root


@pytest.mark.parametrize("line", ["2*torch.dot(x, x)", "torch.sum(x)", "x.sum()", "x.mean()*2", "x.dot(x)",
                                  "torch.norm(x)",
                                  "torch.linalg.vector_norm(x)", "torch.mv(A, x).sum()", "torch.matmul(A, x).sum()",
                                  "(A @ x).sum()", "torch.sum(x * x) / 2", "x.pow(2).sum()"])  # fmt: skip
def test_lines_on_vectors_have_the_value_that_torch_computes(line):
    x, A = np.array([1.0, -2.0, 3.0]), np.arange(6.0).reshape(2, 3)
    wanted = eval(line, {"torch": torch, "x": torch.tensor(x), "A": torch.tensor(A)})  # our own fixed line
    found = parse_expression(line, ["x", "A"], VECTOR_FUNCTIONS)(x=x, A=A)
    assert float(found) == pytest.approx(float(wanted), rel=1e-14)


def test_the_notes_function_has_the_slope_of_their_quotients():
    f = parse_expression(CELL, ["x"])
    h, printed = 0.1, []
    for _row in range(5):
        printed.append(f"{(f(1 + h) - f(1)) / h:.5f}")
        h *= 0.1
    assert printed == ["2.30000", "2.03000", "2.00300", "2.00030", "2.00003"]


def test_what_was_skipped_is_said_in_a_sentence_each():
    remarks = " ".join(parse_expression(CELL, ["x"]).remarks)
    assert "%matplotlib inline" in remarks and "import numpy as np" in remarks and "for i in range(5):" in remarks
    assert parse_expression("3*x**2", ["x"]).remarks == ()
    assert (
        "y.backward() starts the backward pass" in parse_expression("y = x**2\ny.backward()\nx.grad", ["x"]).remarks[0]
    )


def test_parameters_of_a_function_come_in_its_own_order():
    assert float(parse_expression("def f(y, x): return y - x")(5, 1)) == 4
    assert float(parse_expression("def f(a, b): return a - b", ["x", "y"])(5, 1)) == 4


REFUSED = [
    ("def f(x):\n    while x < 9:\n        x = x * 2\n    return x", "lesson “Loops and branches”", 0),
    ("import os", "None of these lines is an expression", 0),
    ("x.grad", "backward computes", 1),
    ("x.__class__.__mro__", "A dot between names", 11),
    ("y = x.sin", "is a function", 5),
    ("x += 1", "keeps its value", 1),
    ("a, b = 1, 2", "One name at a time", 5),
    ("w * torch.tensor([1.0, 2.0])", "Give it a name on a line of its own", 10),
    ("x*x; x+x", "Only the last line", 0),
    ("u = x $ 2\n3*x", "not allowed here", 6),
    ("def f(x): return f(x)", "Unknown function f", 17),
    ("f = lambda x: x.pow(10**6)\nf(x)", "exponent", 20),
    ("y = 3x", "operator is missing", 5),
    ("def f(a b): return a", "comma is missing", 8),
    (";".join(["a0=x*x", *(f"a{n + 1}=a{n}*a{n}" for n in range(40))]), "too long", None),
    ("def f(x): return x*x*x*x\nf(f(f(f(f(f(x))))))", "too long", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "place"), REFUSED, ids=lambda value: str(value)[:24])
def test_what_is_no_function_is_refused_where_it_stands(text, words, place):
    with pytest.raises(PointedError) as refused:
        parse_expression(text)
    assert words in str(refused.value)
    assert refused.value.text == text
    assert place is None or refused.value.position == place


def test_a_function_of_too_many_variables_is_refused():
    with pytest.raises(InputError, match="this one has 2 variables"):
        parse_expression("def f(a, b): return a*b", ["x"])


HUGE = {
    "import": "__import__('os').system('true')",
    "attributes": "x" + ".__class__" * 900,
    "powers": "9**9**9**9",
    "nested": "(" * 10_000,
    "closed": "(" * 4_000 + "x" + ")" * 4_000,
    "100 kB": "x + " * 25_000 + "x",
    "lines": "y = x\n" * 1_600,
    "long lines": ("u = " + "x + " * 100 + "x\n") * 200,
    "prompts": ">>> " * 2_400,
    "strings": "'" * 9_000,
    "superscripts": "x" + "²" * 400,
    "spaces": "x" + " " * 9_000 + ".backward",
    "equals": "x=" * 4_900,
    "commas": "a, " * 3_300,
    "defs": "def f(x):\n" * 900,
    "lambdas": "lambda x: " * 900,
    "open def": "def f(" * 1_600,
    "dots": "." * 9_900,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_hostile_text_ends_in_a_sentence_at_once(text):
    begun = time.process_time()
    with pytest.raises(InputError) as refused:
        parse_expression(text, ["x"])
    assert time.process_time() - begun < 0.3
    assert str(refused.value).endswith(".") and len(str(refused.value)) < 300 and "\n" not in str(refused.value)


PIECES = ["x", "y", "f", "=", "==", "\n", "\n    ", "    ", ";", ":", "(", ")", "[", "]", ",", ".", "def f(x):",
          "return ",          "lambda x: ", "import torch", "from d2l import torch", "for i in range(3):", "print(",
          ".backward()", ".grad",
          ".detach()", ".sum()", "torch.", "np.sin(", "torch.arange(4.0)", ">>> ", "In [3]: ", "Out[3]: ", "# no",
          "%matplotlib inline", "x.requires_grad_(True)", "x.grad.zero_()", "²", "（", "）", "＝", "'", '"', "\\\n",
          "+", "**", "2", "0.5", "\0", "\ud800"]  # fmt: skip


@settings(max_examples=examples(400), deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_is_a_function_or_a_sentence(text):
    try:
        found = parse_expression(text, ["x"])
    except InputError as problem:
        assert str(problem)
        if isinstance(problem, PointedError):
            assert problem.text == text and 0 <= problem.position <= len(text)
    else:
        found(0.7)
        assert set(found.names) <= {"x"}


def test_every_line_knows_its_place_in_the_text():
    text = "  >>> u = x²  # two\n>>> u.sin()"
    first, second = read_lines(text)
    assert [text[line.place :][:1] for line in (first, second)] == ["u", "u"]
    with pytest.raises(PointedError) as refused:
        parse_expression("u = x²＋x\nu $ 2")
    assert refused.value.position == 11
    assert math.isclose(float(parse_expression(text)(0.5)), math.sin(0.25))
