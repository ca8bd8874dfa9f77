"""Whatever is typed as a function gets an answer or a sentence, and lines for PyTorch that run and agree."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calculus import difference_quotients, parse_expression
from core.calculus.contours import level_lines, quantile_levels
from core.calculus.curves import curve
from core.calculus.differentiate import differentiate
from core.calculus.expression.printing import to_latex, to_text
from core.calculus.gradients import directional, field, look_at, partials
from core.calculus.layouts import of_components, of_tensors
from core.calculus.slopes import slope_at
from core.calculus.stack_code import to_stack_code
from core.calculus.step_size import measure_step_sizes
from core.calculus.torch_code import tensor_function, torch_definition
from core.calculus.torch_values import torch_gradient
from core.calculus.tree_layout import lay_out_tree
from core.errors import InputError
from tests.core.calculus.texts import PLACES, functions_of
from tests.examples import examples

places = st.sampled_from(PLACES)
numbers = st.sampled_from([0.0, 1.0, -1.0, 0.5, 1e300, 5e-324, math.pi])


def read(text, names):
    """The function, or None where the text is refused in words."""
    try:
        return parse_expression(text, names)
    except InputError as refused:
        assert str(refused).endswith((".", "?", "!"))
        return None


@settings(max_examples=examples(400))
@given(functions_of("x"), places)
def test_a_function_of_x_gets_its_slopes_and_every_table_and_picture(text, x):
    f = read(text, ["x"])
    if f is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        slope = slope_at(f, x)
        assert (slope.kind == "smooth") == math.isfinite(slope.derivative)
        difference_quotients(f, x, [0.1, 1e-8])
        if slope.kind == "smooth":
            measure_step_sizes(f, x)
        curve(f, -3, 3)
        to_latex(f.root)
        to_stack_code(f.root)
    assert parse_expression(to_text(f.root), ["x"])(x) == pytest.approx(float(f(x)), rel=1e-9, nan_ok=True)
    try:
        derivation = differentiate(f.root, "x")
    except InputError:
        return
    lay_out_tree(derivation, x)


@settings(max_examples=examples(400))
@given(functions_of("x"), places)
def test_where_a_function_is_called_smooth_torch_agrees_unless_its_own_rules_give_none(text, x):
    f = read(text, ["x"])
    slope = None if f is None else slope_at(f, x)
    if f is None or slope is None or slope.kind != "smooth" or not math.isfinite(slope.noise):
        return
    (theirs,) = torch_gradient(f, x)
    kinks = any(name in text for name in ("abs", "relu", "sign", "step", "acos", "asin", "sqrt", "**"))
    if math.isfinite(theirs) and not kinks and slope.noise < 1e3 and abs(slope.derivative) < 1e100:
        assert slope.derivative == pytest.approx(theirs, rel=1e-6, abs=1e-9)


@settings(max_examples=examples(300))
@given(functions_of("x"), places)
def test_the_lines_of_a_function_run_and_give_its_value(text, x):
    import torch

    f = read(text, ["x"])
    if f is None:
        return
    space = {}
    exec(torch_definition(f, ["x"]), space)
    at = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    value = space["f"](at)
    value.backward()
    mine = float(f(x))
    if "5e-324" in text:  # a number so small is 0 to torch's division
        return
    if math.isfinite(mine) and abs(mine) < 1e300 and slope_at(f, x).noise * 1e-13 < abs(mine):
        assert value.item() == pytest.approx(mine, rel=1e-9)


@settings(max_examples=examples(120))
@given(functions_of("x", "y"), st.sampled_from([0.0, 1.0, -1.5, 2.0]), st.sampled_from([0.0, 1.0, -0.5]))
def test_a_function_of_two_variables_gets_a_verdict_and_its_pictures(text, x, y):
    f = read(text, ["x", "y"])
    if f is None:
        return
    try:
        slopes = partials(f)
    except InputError:
        return
    place = look_at(f, x, y)
    assert (place.verdict == "undefined") == math.isnan(place.value)
    directional(f, place)
    seen = field(f, slopes, 3.0, grid=9, rows=3)
    level_lines(seen.xs, seen.ys, seen.values, quantile_levels(seen.values))
    space = {}
    exec(torch_definition(f, ["x", "y"]), space)


@settings(max_examples=examples(120))
@given(functions_of("x1", "x2"), functions_of("x1", "x2"), numbers, numbers)
def test_components_get_a_derivative_or_a_sentence(first, second, a, b):
    try:
        _functions, found = of_components([first, second], np.array([a, b]))
    except InputError as refused:
        assert str(refused).endswith((".", "?", "!"))
        return
    assert found.entries.shape == (2, 2)
    exec(tensor_function([first, second], 2), {})


@settings(max_examples=examples(200))
@given(
    functions_of("x", "A", vectors=True),
    st.sampled_from([np.array(2.0), np.array([1.0, -2.0]), np.array([[1.0, 2.0], [0.5, 0.0]]), np.zeros((1, 1))]),
    st.sampled_from([np.array(3.0), np.eye(2), np.array([[1.0, 2.0]]), np.array([0.5, 1.5])]),
)
def test_tensors_get_a_derivative_or_a_sentence(text, x, A):
    import torch

    try:
        _expression, found = of_tensors(text, x, A)
    except InputError as refused:
        assert str(refused).endswith((".", "?", "!"))
        return
    assert found.entries.shape == (*found.y.shape, *x.shape)
    space = {"A": torch.tensor(A)}
    exec(tensor_function([text]), space)
    value = space["f"](torch.tensor(x, requires_grad=True))
    assert np.asarray(value.detach()) == pytest.approx(found.y, rel=1e-6, abs=1e-9)


TERMS = {"+": 250, "-": 250, "*": 250}


@pytest.mark.parametrize(("sign", "count"), TERMS.items())
def test_a_long_chain_is_no_nesting(sign, count):
    f = parse_expression(sign.join(["x"] * count), ["x"])
    assert f(1.0) == {"+": count, "-": 2 - count, "*": 1}[sign]
    assert slope_at(f, 1.0).derivative == {"+": count, "-": 2 - count, "*": count}[sign]
    assert f.root == parse_expression(to_text(f.root).replace(" ", ""), ["x"]).root
    assert hash(f.root) != hash(parse_expression(sign.join(["x"] * (count - 1)), ["x"]).root)
    assert torch_gradient(f, 1.0) == (slope_at(f, 1.0).derivative,)


def test_what_stands_inside_one_another_still_has_a_limit():
    for text in ("(" * 60 + "x" + "+1)" * 60, "sin(" * 60 + "x" + ")" * 60, "x**" * 60 + "x"):
        with pytest.raises(InputError, match="nested at most 50 deep"):
            parse_expression("".join(text).replace("+1)", "*2+1)") if "+1" in text else text, ["x"])
