"""The views Shapes of derivatives, Identities and Secant and tangent: their answers, their code, and bad input."""

import numpy as np
import pytest
import torch

from dashboard.screens.calculus.identities import NAMES
from dashboard.screens.calculus.layouts import EXAMPLES


def ran(screen) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(next(block.value for block in screen.app.code if "import torch" in block.value), names)
    return names


def test_the_components_have_their_jacobian_in_the_code_too(open_screen):
    screen = open_screen("calculus", calculus_view="layouts")
    assert "the derivative has shape (2, 2)" in screen.words
    x1, x2 = 1.0, 2.0
    wanted = [[2 * x1, 1], [np.cos(x1) * x2, np.sin(x1)]]
    assert ran(screen)["jacobian"].numpy() == pytest.approx(np.array(wanted))


def test_it_opens_with_a_scalar_by_a_column_as_a_row_and_as_a_column(open_screen):
    """The notes' y = x1² + 2x2² at (1, 1): 2 and 4, as torch's gradient of a column has them."""
    x = torch.ones(2, 1, requires_grad=True)
    (x[0] ** 2 + 2 * x[1] ** 2).backward()
    assert x.grad.tolist() == [[2], [4]]
    screen = open_screen("calculus", calculus_view="layouts")
    row, column = (tex.value for tex in screen.app.latex[:2])
    assert r"\begin{bmatrix} 2 & 4 \end{bmatrix}" in row and r"2 \cdot x_{1} & 4 \cdot x_{2}" in row
    assert r"\begin{bmatrix} 2 \\ 4 \end{bmatrix}" in column
    assert screen.words.index("(1, 2)") < screen.words.index("(2, 1)")
    assert "it is the column, (2, 1), the gradient. Autograd differs from the rules by 0," in screen.words


@pytest.mark.parametrize(
    ("text", "column", "said", "errors"),
    [
        ("x1*x2*x3*x4*x5*x6*x7", "1; 2; 3; 4; 5; 6; 7", r"5040 & 2520 & 1680 & \cdots & 720", 0),
        ("exp(x1)", "0", r"\begin{bmatrix} 1 \end{bmatrix}", 0),
        ("7", "1 2", r"\begin{bmatrix} 0 & 0 \end{bmatrix}", 0),
        ("log(x1)", "-1", r"\begin{bmatrix} 2 & 4 \end{bmatrix}", 1),
        ("x3", "1 2", r"\begin{bmatrix} 2 & 4 \end{bmatrix}", 1),
        ("x1", "1 2; 3 4", r"\begin{bmatrix} 2 & 4 \end{bmatrix}", 1),
        ("", "[]", r"\begin{bmatrix} 2 & 4 \end{bmatrix}", 1),
    ],
)
def test_any_scalar_by_any_column_is_laid_out_or_refused_in_place(open_screen, text, column, said, errors):
    screen = open_screen("calculus", calculus_view="layouts", calculus_scalar=text, calculus_column=column)
    assert said in screen.app.latex[0].value
    assert len(screen.errors) == errors


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("layout", ["numerator", "denominator", "torch"])
def test_every_example_of_tensors_loads_with_one_click(open_screen, name, layout):
    screen = open_screen("calculus", calculus_view="layouts", calculus_kind="tensors", calculus_layout=layout)
    screen.app.button_group(key="calculus_tensor_example").set_value(name)
    screen.run()
    assert screen.app.text_input(key="calculus_y").value == EXAMPLES[name][0]
    assert not screen.errors
    assert isinstance(ran(screen)["jacobian"], torch.Tensor)


def test_the_table_of_shapes_marks_the_case_that_is_typed(open_screen):
    memory = {"calculus_view": "layouts", "calculus_kind": "tensors", "calculus_y": "x @ x"}
    table = open_screen("calculus", **memory, calculus_layout="numerator").table("x: scalar")
    assert table["x: vector (n,)"].tolist()[0] == "(1, n) ← yours: (1, 3)"
    table = open_screen("calculus", **memory, calculus_layout="denominator").table("x: scalar")
    assert table["x: vector (n,)"].tolist()[0] == "(n, 1) ← yours: (3, 1)"


@pytest.mark.parametrize("key", NAMES)
def test_each_identity_is_shown_and_its_code_gives_what_was_measured(open_screen, key):
    screen = open_screen("calculus", calculus_view="identities", calculus_identity=key)
    assert screen.table("holds")["holds"].tolist() == ["✓"] * 15
    assert ran(screen)["jacobian"].numel() in (3, 9)


def test_identities_that_do_not_fit_say_why(open_screen):
    screen = open_screen("calculus", calculus_view="identities", calculus_matrix="1 2 3; 4 5 6", calculus_identity="xA")
    assert screen.table("holds")["holds"].tolist() == [*"✓✓✓✓✓✓✓✓✓––✓✓✓✓"]
    assert "as A has rows: 2, but x has 3" in screen.words


@pytest.mark.parametrize(
    ("view", "texts"),
    [
        ("identities", {"calculus_matrix": "1 2 3"}),
        ("identities", {"calculus_matrix": "nan 1; 2 3"}),
        ("identities", {"calculus_vector": "true false"}),
        ("identities", {"calculus_vector": ""}),
        ("identities", {"calculus_matrix": "zeros(10000, 10000)"}),
        ("layouts", {"calculus_components": ""}),
        ("layouts", {"calculus_components": "x9"}),
        ("layouts", {"calculus_components": "x1\n" * 3000}),
        ("layouts", {"calculus_at": "[[[1"}),
        ("layouts", {"calculus_kind": "tensors", "calculus_y": "A @ A"}),
        ("layouts", {"calculus_kind": "tensors", "calculus_y": "__import__('os')"}),
        ("layouts", {"calculus_kind": "tensors", "calculus_tensor": "1 2 3 4"}),
        ("tangent", {"calculus_f": "x("}),
        ("tangent", {"calculus_x": "1e999"}),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence_and_a_good_answer_stays(open_screen, view, texts):
    screen = open_screen("calculus", calculus_view=view, **texts)
    assert len(screen.errors) == 1
    assert any("import torch" in block.value for block in screen.app.code)


@pytest.mark.parametrize(("f", "x"), [("3*x**2 - 4*x", "1"), ("sin(x)", "-2"), ("7", "0")])
def test_the_tangent_in_code_touches_the_curve(open_screen, f, x):
    names = ran(open_screen("calculus", calculus_view="tangent", calculus_f=f, calculus_x=x))
    at = float(x)
    assert names["tangent"](at) == pytest.approx(float(names["f"](torch.tensor(at, dtype=torch.float64))))
    assert float(names["secant_slope"]) == pytest.approx(names["x"].grad.item(), abs=0.01)
