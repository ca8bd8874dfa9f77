import math

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.calculus import Expression, parse_expression
from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.parser import SCALAR_FUNCTIONS, VECTOR_FUNCTIONS
from core.calculus.expression.printing import to_latex, to_text
from core.calculus.expression.tree import Apply, Name, Node, Number, nodes
from core.errors import InputError, PointedError
from tests.examples import examples
from tests.processor_time import seconds_of

PIECES = [*SCALAR_FUNCTIONS, *"xyzπθ0123456789.+-*/()@,^=_ \t\n\0'\"[]{}", "**", "1e", "e", "pi", "lambda", "if", "__"]
HOSTILE = {
    "x +": 3,
    "(x": 0,
    "x)": 1,
    "1 + * 2": 4,
    "3x": 1,
    "2.5x + 1": 3,
    "0x10": 1,
    "1else x": 1,
    "1e3y": 3,
    "1e": 1,
    "sin x": 4,
    "x(x + 1)": 1,
    "x^2": 1,
    "y = x =": 6,
    "x < 1": 2,
    "x.real": 1,
    "x.__class__": 1,
    "x[0]": 1,
    "'x'": 0,
    "lambda x": 0,
    "2 + x if x else 1": 6,
    "None": 0,
    "1j": 1,
    "...": 0,
    "x, 1": 1,
    "0,5*x": 1,
    "x // 2": 2,
    "x @ x": 2,
    "open(x)": 0,
    "__import__(x)": 0,
    "sin": 0,
    "2*sin()": 5,
    "sin(x, x)": 3,
    "sin(*x)": 3,
    "sin(x=1)": 5,
    "9**9**9": 3,
    "x**1001": 3,
    "x**(1/0)": 4,
    "1e999": 0,
    "9" * 400: 0,
    "x\0": 1,
    "\ud800": 0,
    "x" * 21: 0,
    "_x": 0,
    "-" * 300 + "x": 51,
    "(" * 250 + "x" + ")" * 249: 0,
    "x" * 501: 500,
}


def parsed(text: str) -> Expression | InputError:
    """Return the parser's result for a text: an expression, or why it is none."""
    try:
        return parse_expression(text)
    except InputError as problem:
        return problem


@settings(max_examples=examples(1000), deadline=None)
@given(st.one_of(st.text(max_size=600), st.lists(st.sampled_from(PIECES), max_size=200).map("".join)))
@example("(" * 5_000)
@example("-" * 499 + "x")
@example("x" + "**x" * 166)
@example("9" * 500)
def test_any_text_is_an_expression_or_is_refused_in_words(text):
    result = parsed(text)
    assert seconds_of(lambda: parsed(text), enough=0.1) < 0.1
    if isinstance(result, InputError):
        assert str(result).endswith(".") and len(str(result)) < 300
    else:
        expression = result

        def use():
            expression(**dict.fromkeys(expression.names, 0.7))
            to_latex(expression.root)

        assert seconds_of(use, enough=0.1) < 0.1
        assert parse_expression(to_text(result.root)).root == result.root


@pytest.mark.parametrize(("text", "place"), HOSTILE.items(), ids=lambda value: repr(value)[:20])
def test_what_is_no_expression_is_refused_at_the_character(text, place):
    with pytest.raises(PointedError) as refused:
        parse_expression(text)
    assert refused.value.position == place
    assert refused.value.pointing.splitlines()[1].endswith("^")


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_no_text_is_refused(text):
    with pytest.raises(InputError, match="expression is empty"):
        parse_expression(text)


def test_a_million_characters_are_refused_at_once():
    text = "x+" * 500_000
    assert "500 characters" in str(parsed(text))
    assert seconds_of(lambda: parsed(text), enough=0.1) < 0.1


def test_only_the_variables_that_are_allowed_are_known():
    assert parse_expression("2*y", ["x", "y"]).names == ("y",)
    with pytest.raises(PointedError, match="Unknown name z") as refused:
        parse_expression("x*z", ["x", "y"])
    assert refused.value.position == 2
    with pytest.raises(PointedError, match=r"Unknown name z\. Only numbers can stand here"):
        parse_expression("2*z", names=())


def test_a_letter_can_be_a_variable_or_a_constant():
    assert float(parse_expression("e**x")(1)) == math.e
    assert float(parse_expression("e**2", ["e"])(3)) == 9


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("3*x**2 - 4*x", lambda x: 3 * x**2 - 4 * x),
        ("-x**2", lambda x: -(x**2)),
        ("2**-x**2", lambda x: 2 ** -(x**2)),
        ("x/2/3*x", lambda x: x / 2 / 3 * x),
        ("x - (2 - x) - 1", lambda x: x - (2 - x) - 1),
        ("  ln(x) × 2 − 1", lambda x: math.log(x) * 2 - 1),
        ("sin(pi*x)\n+ π·cos(x)", lambda x: math.sin(math.pi * x) + math.pi * math.cos(x)),
        ("1_000 + 16. + 1e-3*+x", lambda x: 1016 + 1e-3 * x),
    ],
)
def test_the_value_is_pythons(text, python):
    function = parse_expression(text)
    for x in (0.3, 1.7):
        assert float(function(x)) == pytest.approx(python(x), rel=1e-15)


@pytest.mark.parametrize("name", SCALAR_FUNCTIONS)
def test_every_function_is_torchs(name):
    own = {
        "step": lambda u: torch.heaviside(u, torch.zeros_like(u)),
        "softplus": lambda u: torch.nn.functional.softplus(u, threshold=40),
    }
    x = np.array([-800.0, -2.5, -0.5, -0.0, 0.0, 0.3, 1.0, 40.0, 800.0, np.inf, -np.inf])
    reference = own.get(name, getattr(torch, name, None))(torch.tensor(x)).numpy()
    np.testing.assert_allclose(parse_expression(f"{name}(x)")(x), reference, rtol=1e-13)


def test_functions_of_vectors_are_torchs():
    x, y, A = np.array([1.0, -2.0, 3.0]), np.array([0.5, 0.25, 2.0]), np.arange(6.0).reshape(2, 3)
    f = parse_expression("dot(x, y) + norm(x)*mean(y) - sum(A @ x)", functions=VECTOR_FUNCTIONS)
    a, b, c = torch.tensor(x), torch.tensor(y), torch.tensor(A)
    assert float(f(x=x, y=y, A=A)) == pytest.approx(float(a @ b + a.norm() * b.mean() - (c @ a).sum()), rel=1e-14)
    with pytest.raises(InputError, match="The shapes do not match"):
        f(x=x, y=y[:2], A=A)


def test_outside_its_domain_there_is_no_value_and_no_warning(recwarn):
    assert math.isnan(parse_expression("log(x)")(-1)) and float(parse_expression("1/x")(0)) == math.inf
    assert float(parse_expression("exp(x)**1000")(1e5)) == math.inf
    assert not recwarn.list


def test_values_are_given_in_order_or_by_name_and_broadcast():
    f = parse_expression("x - y")
    assert float(f(5, 2)) == float(f(y=2, x=5)) == float(f(5, y=2)) == 3
    assert parse_expression("y - x", ["x", "y"])(1, 5) == 4
    assert f(np.zeros((3, 1)), np.ones(4)).shape == (3, 4)
    assert parse_expression("x", ["x", "y"])(np.zeros((3, 1)), np.ones(4)).shape == (3, 4)
    assert parse_expression("5")(np.zeros(3)).tolist() == [5, 5, 5]
    for values, named in [((1,), {}), ((1, 2, 3), {}), ((1, 2), {"x": 3})]:
        with pytest.raises(TypeError):
            f(*values, **named)


def test_nothing_that_is_given_is_changed():
    x = np.array([1.0, 2.0])
    parse_expression("x")(x)[0] = 7
    assert x.tolist() == [1, 2]


@pytest.mark.parametrize("kind", [np.float32, torch.tensor], ids=["float32", "torch"])
def test_a_tree_can_be_evaluated_in_other_numbers(kind):
    operations = {**NUMPY_OPERATIONS, "sigmoid": torch.sigmoid} if kind is torch.tensor else NUMPY_OPERATIONS
    operations = {**operations, **({"add": torch.add, "multiply": torch.mul} if kind is torch.tensor else {})}
    value = evaluate(parse_expression("3*sigmoid(x) + 1").root, {"x": kind(0.3)}, operations, kind)
    assert type(value) is type(kind(0.3))
    assert float(value) == pytest.approx(3 / (1 + math.exp(-0.3)) + 1, rel=1e-6)


def test_every_piece_knows_where_it_was_read():
    text = " θ*sin(x + 1)"
    found = {text[node.start : node.end] for node in nodes(parse_expression(text).root)}
    assert found == {"θ*sin(x + 1)", "θ", "sin(x + 1)", "x + 1", "x", "1"}


@pytest.mark.parametrize("inner", ["sin({})**2", "-({}+1)", "2*({}+1)", "1-({}-1)", "({})**-2", "exp({})+x", "x/({})"])
def test_what_is_nested_deep_is_written_at_once(inner):
    text = "x"
    while len(text) < 480:
        text, shorter = inner.format(text), text
        try:
            root = parse_expression(text).root
        except InputError:
            root = parse_expression(shorter).root
            break
    assert parse_expression(to_text(root)).root == root
    assert seconds_of(lambda: (to_latex(root), parse_expression(to_text(root))), enough=0.1) < 0.1


def trees() -> st.SearchStrategy[Node]:
    numbers = st.floats(-1e6, 1e6).map(lambda value: Number(0, 0, value + 0.0))
    leaves = numbers | st.sampled_from("xy").map(lambda name: Name(0, 0, name))
    two = st.sampled_from(["add", "subtract", "multiply", "divide"])
    one = st.sampled_from(["negate", *SCALAR_FUNCTIONS])

    def grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        powers = st.tuples(inner, st.just(Name(0, 0, "x")) | st.just(Number(0, 0, -2.0)))
        return st.one_of(
            st.builds(lambda name, value: Apply(0, 0, name, (value,)), one, inner.filter(not_a_positive_number)),
            st.builds(lambda name, values: Apply(0, 0, name, values), two, st.tuples(inner, inner)),
            st.builds(lambda values: Apply(0, 0, "power", values), powers),
        )

    return st.recursive(leaves, grow, max_leaves=12)


def not_a_positive_number(node: Node) -> bool:
    """A minus sign and a number are parsed as one number."""
    return not (isinstance(node, Number) and node.value >= 0)


@settings(max_examples=examples(500), deadline=None)
@given(trees())
def test_what_is_written_reads_as_the_same_tree(tree):
    text = to_text(tree)
    if len(text) <= 500:
        assert parse_expression(text).root == tree


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("3*x**2 - 4*x", r"3\,x^{2} - 4\,x"),
        ("(x+1)/sqrt(x)", r"\frac{x + 1}{\sqrt{x}}"),
        ("sin(x)**2*x", r"\sin^{2}\left(x\right)\,x"),
        ("exp(-x**2)", "e^{-x^{2}}"),
        ("x*(x+1)", r"x \cdot \left(x + 1\right)"),
        ("2*pi*x_1", r"2\,\pi \cdot x_{1}"),
        ("learning_rate - (-2)", r"\mathrm{learning\_rate} - \left(-2\right)"),
        ("1e-7*x", r"1 \times 10^{-7}\,x"),
    ],
)
def test_tex_is_written_as_by_hand(text, tex):
    assert to_latex(parse_expression(text).root) == tex
