"""Each line of chapters 2.1 to 2.3 as it is typed, and its printed answer on the view where one looks for it.

The oracle is torch, which runs the line as it stands in the book. A run of a screen checks all lines of its view.
"""

import re
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch

MATRIX = "torch.tensor([[2, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]])"
TWENTY = "torch.arange(20).reshape(5, 4)"
NINE = "torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]])"


class View(NamedTuple):
    """A view with what is typed there; `before` are the book's lines until here, `lines` the answers asked for.

    A line that the view writes in other words, such as A for the book's x, stands before " is ".
    """

    screen: str
    typed: dict[str, Any]
    before: str
    lines: list[str]


VIEWS = {
    "axes": View(
        "tensors", {"tensors_axes_a": "torch.arange(12)", "tensors_axes_shape": "3, 4"}, "x = torch.arange(12)",
        ["A is x", "A.numel() is x.numel()", "A.shape is x.shape", "A.reshape(3, 4) is x.reshape(3, 4)",
         "torch.randn((3, 4), generator=torch.Generator().manual_seed(0)) is torch.manual_seed(0); torch.randn(3, 4)"],
    ),
    "inferred": View(
        "tensors", {"tensors_axes_a": "torch.arange(12)", "tensors_axes_shape": "-1, 4"}, "x = torch.arange(12)",
        ["A.reshape(-1, 4) is x.reshape(-1, 4)"],
    ),
    "constructors": View(
        "tensors", {"tensors_axes_a": "torch.arange(24)", "tensors_axes_shape": "2, 3, 4"}, "A = torch.arange(24)",
        ["torch.zeros((2, 3, 4))", "torch.ones((2, 3, 4))", "A.reshape(2, 3, 4)", "torch.zeros_like(A)"],
    ),
    "typed zeros": View(
        "tensors", {"tensors_axes_a": "torch.zeros((2, 3, 4))", "tensors_axes_shape": "6, 4"},
        "A = torch.zeros((2, 3, 4))", ["A", "A.shape"],
    ),
    "a scalar": View(
        "tensors", {"tensors_axes_a": "torch.tensor(3.0)", "tensors_axes_shape": "1"}, "x = torch.tensor(3.0)",
        ["A is x", "A.shape is x.shape", "A.reshape(1) is x.reshape(1)"],
    ),
    "cat, rows": View(
        "tensors", {"tensors_view": "joining", "tensors_join_x": "torch.arange(12.0).reshape((3, 4))",
                    "tensors_join_y": MATRIX.replace("[[2,", "[[2.0,")},
        f"X = torch.arange(12, dtype=torch.float32).reshape((3, 4)); Y = {MATRIX.replace('[[2,', '[[2.0,')}",
        ["torch.cat((X, Y), dim=0)"],
    ),
    "cat, columns": View(
        "tensors", {"tensors_view": "joining", "tensors_join_x": "torch.arange(12.0).reshape((3, 4))",
                    "tensors_join_y": MATRIX, "tensors_join_axis": "1"},
        f"X = torch.arange(12, dtype=torch.float32).reshape((3, 4)); Y = {MATRIX}", ["torch.cat((X, Y), dim=1)"],
    ),
    "equal": View(
        "tensors", {"tensors_view": "broadcasting", "tensors_broadcast_by": "equal",
                    "tensors_broadcast_a": "torch.arange(12).reshape(3, 4)", "tensors_broadcast_b": MATRIX},
        f"X = torch.arange(12).reshape(3, 4); Y = {MATRIX}", ["a == b is X == Y"],
    ),
    "broadcasting": View(
        "tensors", {"tensors_view": "broadcasting", "tensors_broadcast_a": "torch.arange(3).reshape((3, 1))",
                    "tensors_broadcast_b": "torch.arange(2).reshape((1, 2))"},
        "a = torch.arange(3).reshape((3, 1)); b = torch.arange(2).reshape((1, 2))", ["a, b", "a + b"],
    ),
    "last row": View(
        "tensors", {"tensors_view": "slicing", "tensors_slice_index": "-1"}, "X = torch.arange(12).reshape(3, 4)",
        ["A[-1] is X[-1]"],
    ),
    "rows": View(
        "tensors", {"tensors_view": "slicing", "tensors_slice_index": "1:3"}, "X = torch.arange(12).reshape(3, 4)",
        ["A[1:3] is X[1:3]"],
    ),
    "write an entry": View(
        "tensors", {"tensors_view": "slicing", "tensors_slice_index": "1, 2", "tensors_slice_value": "9"},
        "X = torch.arange(12).reshape(3, 4)", ["A[1, 2] = 9; A is X[1, 2] = 9; X"],
    ),
    "write rows": View(
        "tensors", {"tensors_view": "slicing", "tensors_slice_index": "0:2, :", "tensors_slice_value": "12"},
        "X = torch.arange(12).reshape(3, 4)", ["A[0:2, :] = 12; A is X[0:2, :] = 12; X"],
    ),
    "memory": View(
        "tensors", {"tensors_view": "memory"}, f"X = torch.arange(12).reshape(3, 4); Y = {MATRIX}",
        ["before = id(Y); Y = Y + X; id(Y) == before", "Z = torch.zeros_like(Y); Z",
         "before = id(Z); Z[:] = X + Y; id(Z) == before", "before = id(X); X += Y; id(X) == before"],
    ),
    "numpy": View(
        "tensors", {"tensors_view": "conversions", "tensors_conversions_x": "torch.arange(12).reshape(3, 4)"},
        "X = torch.arange(12).reshape(3, 4)", ["A = X.numpy(); B = torch.tensor(A); type(A), type(B)"],
    ),
    "numbers": View(
        "tensors", {"tensors_view": "conversions", "tensors_conversions_about": "numbers",
                    "tensors_conversions_small": "torch.tensor([3.5])"},
        "a = torch.tensor([3.5])", ["x, x.item(), float(x), int(x) is a, a.item(), float(a), int(a)"],
    ),
    "transpose": View(
        "products", {"products_view": "transpose", "products_turned": TWENTY}, f"A = {TWENTY}", ["A", "A.T"],
    ),
    "clone": View(
        "products", {"products_view": "clone", "products_original": TWENTY}, f"A = {TWENTY}",
        ["B = A.clone(); A, A + B"],
    ),
    "hadamard": View(
        "products", {"products_view": "hadamard", "products_first": TWENTY, "products_second": TWENTY},
        f"A = {TWENTY}; B = A.clone()", ["A * B"],
    ),
    "scalar": View(
        "products", {"products_view": "scalar", "products_tensor": "torch.arange(24).reshape(2, 3, 4)"},
        "a = 2; X = torch.arange(24).reshape(2, 3, 4)", ["a + X, (a * X).shape"],
    ),
    "dot": View(
        "products", {"products_view": "dot", "products_x": "torch.arange(4.0)", "products_y": "torch.ones(4)"},
        "x = torch.arange(4, dtype=torch.float32); y = torch.ones(4, dtype=torch.float32)",
        ["x, y, torch.dot(x, y)", "torch.sum(x * y)"],
    ),
    "matrix times vector": View(
        "products", {"products_view": "matrix_vector", "products_matrix": "torch.arange(20.0).reshape(5, 4)",
                     "products_vector": "torch.arange(4.0)"},
        "A = torch.arange(20.0).reshape(5, 4); x = torch.arange(4.0)", ["A.shape, x.shape, torch.mv(A, x)"],
    ),
    "matrix times matrix": View(
        "products", {"products_view": "matrix_matrix", "products_left": "torch.arange(20.0).reshape(5, 4)",
                     "products_right": "torch.ones(4, 3)"},
        "A = torch.arange(20.0).reshape(5, 4); B = torch.ones(4, 3)", ["torch.mm(A, B)"],
    ),
    "sum over rows": View(
        "reductions", {"reductions_a": TWENTY}, f"A = {TWENTY}",
        ["A.sum(axis=0)", "A.sum(axis=[0, 1])", "A.sum()", "A.sum(axis=1)", "A.sum(axis=1, keepdims=True)"],
    ),
    "column means": View(
        "reductions", {"reductions_a": "torch.arange(20.0).reshape(5, 4)", "reductions_how": "mean"},
        "A = torch.arange(20, dtype=torch.float32).reshape(5, 4)", ["A.mean(axis=0)"],
    ),
    "running sums": View(
        "reductions", {"reductions_view": "running", "reductions_a": TWENTY}, f"A = {TWENTY}", ["A.cumsum(axis=0)"],
    ),
    "shares": View(
        "reductions", {"reductions_view": "shares", "reductions_a": NINE}, f"A = {NINE}",
        ["A / A.sum(axis=1, keepdims=True)", "A / A.sum(axis=1)"],
    ),
    "norm": View(
        "norms", {"norms_x": "torch.tensor([3.0, -4.0])"}, "u = torch.tensor([3.0, -4.0])",
        ["torch.norm(x) is torch.norm(u)", "torch.abs(x).sum() is torch.abs(u).sum()"],
    ),
    "norm of a matrix": View(
        "norms", {"norms_view": "matrix", "norms_matrix": "torch.ones((4, 9))"}, "A = torch.ones((4, 9))",
        ["torch.norm(A)"],
    ),
}  # fmt: skip


def answer_of(screen, line: str) -> str:
    """What stands below a line at the prompt, on any of the screen's blocks."""
    blocks = "\n".join(block.value for block in screen.app.code if block.value.startswith(">>>"))
    found = re.search(rf"^>>> {re.escape(line)}(?:  # [^\n]*)?\n(.*?)(?=\n>>> |\Z)", blocks, re.M | re.S)
    assert found, f"{line} is nowhere in\n{blocks}"
    return found[1]


def by_torch(before: str, line: str) -> str:
    """What a prompt prints after these lines."""
    names: dict[str, Any] = {"torch": torch, "numpy": np}
    *statements, last = line.split("; ")
    exec("\n".join([*before.split("; "), *statements]), names)
    return repr(eval(last, names))


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_the_notes_lines_stand_with_what_torch_prints(open_screen, view):
    screen = open_screen(view.screen, **view.typed)
    assert not screen.errors
    before = view.before
    for pair in view.lines:
        shown, _is, line = pair.partition(" is ")
        line = line or shown
        assert answer_of(screen, shown) == by_torch(before, line)
        before = "; ".join([before, *line.split("; ")[:-1]])


def test_the_mean_of_the_notes_matrix_is_refused_and_the_sum_by_the_count_is_not(open_screen):
    screen = open_screen("reductions", reductions_a=TWENTY, reductions_how="mean", reductions_axis="all")
    rows = screen.app.table[0].value
    assert rows.loc["`A.sum() / A.numel()`", "torch prints"] == f"`{by_torch(f'A = {TWENTY}', 'A.sum() / A.numel()')}`"
    assert rows.loc["`A.mean()`", "torch prints"] == "refused: RuntimeError"
    with pytest.raises(RuntimeError) as refused:
        torch.arange(20).reshape(5, 4).mean()
    assert f"RuntimeError: {refused.value}" in [block.value for block in screen.app.code]
    screen.turn("text_area", "reductions_a", "torch.arange(20.0).reshape(5, 4)")
    assert answer_of(screen, "A.mean()") == by_torch("A = torch.arange(20.0).reshape(5, 4)", "A.mean()")


def test_answers_of_the_notes_are_those_printed_there():
    """The oracle itself prints what the book prints."""
    printed = {
        "torch.norm(torch.tensor([3.0, -4.0]))": "tensor(5.)",
        "torch.abs(torch.tensor([3.0, -4.0])).sum()": "tensor(7.)",
        "torch.norm(torch.ones((4, 9)))": "tensor(6.)",
        "torch.dot(torch.arange(4.0), torch.ones(4))": "tensor(6.)",
        "torch.mv(torch.arange(20.0).reshape(5, 4), torch.arange(4.0))": "tensor([ 14.,  38.,  62.,  86., 110.])",
        f"{TWENTY}.sum(axis=0)": "tensor([40, 45, 50, 55])",
        f"{NINE}.sum()": "tensor(45)",
        f"{NINE}.sum() / {NINE}.numel()": "tensor(5.)",
    }
    for line, text in printed.items():
        assert by_torch("", line) == text
