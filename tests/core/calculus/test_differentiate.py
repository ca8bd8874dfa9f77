import math
import time

import numpy as np
import pytest
import torch

from core.calculus import parse_expression
from core.calculus.differentiate import differentiate
from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.parser import SCALAR_FUNCTIONS, VECTOR_FUNCTIONS
from core.calculus.expression.printing import to_latex, to_text
from core.calculus.expression.tree import Apply, Name, Node, nodes
from core.calculus.torch_values import torch_operations
from core.errors import InputError

TREES = 2000
PLACES = np.array([-2.3, -0.7, 0.4, 0.9, 1.8])
SMOOTH = [name for name in SCALAR_FUNCTIONS if name not in ("sign", "step", "relu", "abs")]


def derivative(text: str, variable: str = "x") -> str:
    return to_text(differentiate(parse_expression(text).root, variable).result)


@pytest.mark.parametrize(
    ("text", "by_hand"),
    [
        ("3*x**2 - 4*x", "6*x - 4"),
        ("5", "0"),
        ("y", "0"),
        ("x", "1"),
        ("x*x", "2*x"),
        ("x**3/3", "x**2"),
        ("0.1*x**3", "0.3*x**2"),
        ("x**0", "0"),
        ("x**-1", "-x**-2"),
        ("x*sin(x)", "sin(x) + x*cos(x)"),
        ("sin(x)/x", "(x*cos(x) - sin(x))/x**2"),
        ("x/(1+x)", "1/(1 + x)**2"),
        ("exp(-x**2)", "-2*x*exp(-x**2)"),
        ("(x**2+1)**5", "10*x*(x**2 + 1)**4"),
        ("sqrt(1 + x**2)", "x/sqrt(1 + x**2)"),
        ("2**x", "2**x*log(2)"),
        ("e**x", "e**x"),
        ("x**x", "x**x*(log(x) + 1)"),
        ("x**y", "y*x**(y - 1)"),
        ("1/(1 + exp(-x))", "exp(-x)/(1 + exp(-x))**2"),
        ("sigmoid(3*x - 1)", "3*sigmoid(3*x - 1)*(1 - sigmoid(3*x - 1))"),
        ("relu(x) - abs(x)", "step(x) - sign(x)"),
        ("-cos(-x)", "-sin(-x)"),
        ("pi*x**2", "2*pi*x"),
        ("log(x**2)", "2/x"),
    ],
)
def test_the_derivative_is_written_as_by_hand(text, by_hand):
    assert derivative(text) == by_hand


def random_tree(random: np.random.Generator, depth: int) -> str:
    """Return the text of a function of x and y, with all operations and functions equally likely."""
    if depth == 0 or random.random() < 0.1:
        return str(random.choice(["x", "x", "y", "2", "0.5", "3", "pi"]))
    kind = random.choice(["sign", "power", "function", "operation", "operation"])
    if kind == "sign":
        return f"(-{random_tree(random, depth - 1)})"
    if kind == "power":
        exponent = random.choice(["2", "3", "-1", "0.5", "x", "y"])
        return f"({random_tree(random, depth - 1)})**{exponent}"
    if kind == "function":
        return f"{random.choice(list(SCALAR_FUNCTIONS))}({random_tree(random, depth - 1)})"
    left, right = random_tree(random, depth - 1), random_tree(random, depth - 1)
    return f"({left} {random.choice(['+', '-', '*', '/'])} {right})"


def slopes_of_torch(root: Node) -> np.ndarray:
    x = torch.tensor(PLACES, requires_grad=True)
    y = torch.full_like(x, 1.3)
    value = evaluate(root, {"x": x, "y": y}, torch_operations(), lambda number: torch.tensor(number, dtype=x.dtype))
    value = value + 0 * x.nan_to_num()  # a constant has a gradient too
    return torch.autograd.grad(value.sum(), x)[0].numpy()


def test_thousands_of_derivatives_agree_with_torch_and_with_central_differences():
    """Where all of them exist: the rules' slope is that of autograd, and central differences tend to both."""
    random = np.random.default_rng(6)
    compared = differences = 0
    for _tree in range(TREES):
        root = parse_expression(random_tree(random, 4)).root
        values = {"x": PLACES, "y": np.full_like(PLACES, 1.3)}
        with np.errstate(all="ignore"):
            ours = evaluate(differentiate(root, "x").result, values, NUMPY_OPERATIONS, np.float64) + 0 * PLACES
            here = evaluate(root, values, NUMPY_OPERATIONS, np.float64) + 0 * PLACES
            beside = [
                evaluate(root, {**values, "x": PLACES + h}, NUMPY_OPERATIONS, np.float64) + 0 * PLACES
                for h in (-2e-5, -1e-5, 1e-5, 2e-5)
            ]
            near, wide = (beside[2] - beside[1]) / 2e-5, (beside[3] - beside[0]) / 4e-5
            bend = beside[2] - 2 * here + beside[1]
        torchs = slopes_of_torch(root)
        usable = np.isfinite(ours) & np.isfinite(torchs) & np.isfinite(here) & (np.abs(ours) < 1e8)
        scale = 1 + np.abs(torchs) + np.abs(here)
        assert np.all(np.abs(ours[usable] - torchs[usable]) <= 1e-7 * scale[usable]), to_text(root)
        compared += int(usable.sum())
        # Two central differences that agree are near the slope, unless both straddle a kink or a jump.
        with np.errstate(all="ignore"):
            agree = np.abs(near - wide) < 1e-4 * scale
        steady = usable & agree & (np.abs(bend) < 1e-7)
        assert np.all(np.abs(ours - near)[steady] <= 1e-3 * scale[steady]), to_text(root)
        differences += int(steady.sum())
    assert compared > TREES and differences > TREES


@pytest.mark.parametrize("name", SMOOTH)
def test_the_slope_of_every_smooth_function_is_its_central_difference(name):
    f = parse_expression(f"{name}(x)")
    x = np.array([0.2, 0.5, 0.8])
    slope = parse_expression(derivative(f"{name}(x)"), ["x"])
    np.testing.assert_allclose(slope(x), (f(x + 1e-5) - f(x - 1e-5)) / 2e-5, rtol=1e-8)


@pytest.mark.parametrize(("name", "slope"), [("abs", 0), ("relu", 0), ("step", 0), ("sign", 0)])
def test_at_a_kink_the_slope_is_the_one_that_torch_takes(name, slope):
    assert float(parse_expression(derivative(f"{name}(x)"), ["x"])(0)) == slope


def test_each_step_names_its_rule_and_the_piece_it_was_applied_to():
    text = "x**2*exp(3*x) - x/y"
    steps = differentiate(parse_expression(text).root, "x").steps
    assert [(step.depth, step.rule, text[step.node.start : step.node.end]) for step in steps] == [
        (0, "sum", text),
        (1, "product", "x**2*exp(3*x)"),
        (2, "power", "x**2"),
        (2, "chain", "exp(3*x)"),
        (3, "factor", "3*x"),
        (4, "variable", "x"),
        (1, "factor", "x/y"),
        (2, "variable", "x"),
    ]
    chain = steps[3]
    assert chain.outer and chain.inner
    assert (to_text(chain.outer), to_text(chain.inner)) == ("exp(u)", "3*x")
    assert to_latex(chain.pattern) == (r"e^{3\,x} \cdot \frac{\mathrm{d}}{\mathrm{d}x}\left[3\,x\right]")


def test_the_result_of_every_step_is_the_derivative_of_its_piece():
    f = parse_expression("sin(x**2)*log(x)/(1 + x**3) - tanh(x)**3")
    for step in differentiate(f.root, "x").steps:
        piece = parse_expression(to_text(step.node), ["x"])
        slope = parse_expression(to_text(step.result), ["x"])
        assert float(slope(1.3)) == pytest.approx(float(piece(1.3001) - piece(1.2999)) / 2e-4, rel=1e-6)


def test_partial_derivatives_take_the_other_variable_for_a_constant():
    assert derivative("x**2*y + sin(x*y)", "y") == "x**2 + x*cos(x*y)"


def test_rules_for_numbers_refuse_operations_on_vectors():
    for text in ("sum(x)", "x @ x", "2*norm(x)"):
        with pytest.raises(InputError, match="works on whole vectors"):
            differentiate(parse_expression(text, functions=VECTOR_FUNCTIONS).root, "x")


@pytest.mark.parametrize(
    "text",
    [
        "**".join("x" * 45),
        "/".join(["(x+1)"] * 45),
        "*".join(f"sin({place}*x)" for place in range(40)),
        "exp(" * 40 + "x**x" + ")" * 40,
        "(x**x)/(" * 30 + "x" + ")" * 30,
        "1/(1+" * 24 + "x" + ")" * 24,
        "x*1e300*1e300*1e-300/3e200",
        "x**3*999999999999999*999999999999999",
    ],
)
def test_any_function_is_differentiated_or_refused_at_once(text):
    root = parse_expression(text).root
    start = time.process_time()
    try:
        result = differentiate(root, "x").result
        assert sum(1 for _node in nodes(result)) <= 1000 and to_latex(result)
    except InputError as problem:
        assert "too long" in str(problem)
    assert time.process_time() - start < 0.15


def test_large_numbers_stay_as_they_were_typed():
    slope = parse_expression(derivative("1e200*x**2*1e-200"), ["x"])
    assert float(slope(3)) == pytest.approx(6)
    assert math.isinf(parse_expression(derivative("x*1e300*1e300"), ["x"])(1))


def test_nothing_of_the_typed_function_is_changed():
    f = parse_expression("x*(x + x)")
    before = to_text(f.root)
    differentiate(f.root, "x")
    assert to_text(f.root) == before and isinstance(f.root, Apply) and isinstance(f.root.arguments[0], Name)
