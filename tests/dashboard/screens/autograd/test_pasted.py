"""Lines of a notebook pasted into the fields of Autograd and Calculus, as a visitor meets them."""

import pytest

from dashboard.screens.autograd.typed_graph import INPUTS, TEXT
from tests.core.autograd.test_pasted_lines import DETACHED, NOTES, PRINTED

VALUES = "x = [0, 1, 2, 3]"


def gradients(screen):
    table = screen.table("our engine").set_index("gradient of")
    return {name: value for name, value in table["PyTorch"].items() if name.startswith("x")}


def test_the_whole_session_of_the_notes_prints_what_it_printed(open_screen):
    screen = open_screen("autograd", **{TEXT: NOTES, INPUTS: VALUES})
    assert screen.errors == []
    assert screen.table("prints")["prints"].tolist() == PRINTED
    assert gradients(screen) == {"x[0]": "0", "x[1]": "2", "x[2]": "4", "x[3]": "6"}
    assert "y.sum().backward() is what Play shows: the graph is that of y.sum()." in screen.words
    assert "The pasted lines give x = [0, 1, 2, 3]. x in the field Values is not used." in screen.words
    assert screen.app.text_area(key=TEXT).value == NOTES


@pytest.mark.parametrize("text", ["x * x", "y = x * x", "y = x * x\ny.backward(torch.ones(len(x)))"])
def test_a_vector_is_summed_and_the_screen_says_so_first(open_screen, text):
    screen = open_screen("autograd", **{TEXT: text, INPUTS: VALUES})
    assert "y has 4 entries, and `backward` needs one number." in screen.words
    assert "`y.sum().backward()`" in screen.words
    summed = open_screen("autograd", **{TEXT: "y = x * x\ny.sum()", INPUTS: VALUES})
    assert "needs one number" not in summed.words
    assert gradients(screen) == gradients(summed)


def test_detach_is_a_node_that_cuts_and_the_screen_says_so(open_screen):
    screen = open_screen("autograd", **{TEXT: f"{DETACHED}x.grad == u", INPUTS: VALUES})
    assert "u is a constant from here on: detach keeps the numbers" in screen.words.replace("**", "")
    assert gradients(screen) == {"x[0]": "0", "x[1]": "1", "x[2]": "4", "x[3]": "9"}
    assert screen.table("prints").to_numpy().tolist() == [["x.grad == u", "tensor([True, True, True, True])"]]
    assert not any(name in ("u[1]", "y[1]") for name in screen.table("our engine")["gradient of"])


def test_a_number_needs_no_sum(open_screen):
    assert "needs one number" not in open_screen("autograd", **{TEXT: "2*torch.dot(x, x)", INPUTS: VALUES}).words


def test_values_and_the_vector_of_the_lessons_can_be_pasted(open_screen):
    screen = open_screen("autograd", **{TEXT: "y = 2 * torch.dot(x, x)", INPUTS: ">>> x = torch.arange(4.0)"})
    assert gradients(screen) == {"x[0]": "0", "x[1]": "4", "x[2]": "8", "x[3]": "12"}
    lessons = open_screen("autograd", autograd_view="lessons", autograd_lessons_x="x = torch.arange(4.0)")
    assert lessons.errors == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f(x):\n    return 3 * x ** 2 - 4 * x", ""),
        ("%matplotlib inline\nimport numpy as np\ndef f(x): return 3 * x ** 2 - 4 * x", "%matplotlib inline"),
        ("y = 3*np.power(x, 2) - 4*x", ""),
        ("３＊x²−４＊x", ""),
    ],
)
def test_a_pasted_function_is_that_of_calculus(open_screen, text, said):
    screen = open_screen("calculus", calculus_view="limit", calculus_f=text, calculus_x="x = 1")
    assert screen.errors == []
    assert said in screen.words
    assert any("return 3*x**2 - 4*x" in block.value for block in screen.app.code)
    assert screen.app.text_input(key="calculus_f").value == text


def test_a_tensor_field_drops_the_name(open_screen):
    screen = open_screen("norms", norms_view="matrix", norms_matrix="A = torch.ones((4, 9))")
    assert screen.errors == []
