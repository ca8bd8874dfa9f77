"""Lines are really run: what they leave is what they left, and an exception is the library's own."""

import numpy as np
import pandas as pd
import pytest
import torch

from core.code_runner import LONGEST_MESSAGE, TableResult, TensorResult, TextResult, describe, run


def test_names_and_expressions_are_kept_as_torch_prints_them():
    x = torch.arange(4.0, requires_grad=True)
    attempt, variables = run("y = (x * x).sum()\ny.backward()", {"x": x}, ["y", "x.grad", "y.requires_grad"])
    assert [result.text for result in attempt.results] == [str(variables["y"]), str(2 * x.detach()), "True"]
    assert attempt.results[1] == TensorResult("x.grad", "tensor([0., 2., 4., 6.])", "torch.float32", (4,), 0)
    assert attempt.worked
    assert attempt.line is None


def test_the_exception_is_that_of_the_library_and_the_line_that_raised_it_is_known():
    lines = "a = torch.ones(3)\nb = torch.ones(4)\nc = (lambda: a + b)()\nd = a"
    attempt, variables = run(lines, {"torch": torch}, ["d"])
    with pytest.raises(RuntimeError) as raised:
        torch.ones(3) + torch.ones(4)
    assert (attempt.error, attempt.message) == ("RuntimeError", str(raised.value))
    assert attempt.line == 3
    assert not attempt.worked
    assert variables == {"torch": torch}


def test_lines_that_are_no_python_and_values_that_are_not_there_are_attempts_too():
    assert run("x = = 1", {}, [])[0].error == "SyntaxError"
    missing, _variables = run("x = 1", {}, ["y"])
    assert (missing.error, missing.line) == ("NameError", None)


def test_a_table_that_is_given_keeps_its_columns():
    frame = pd.DataFrame({"a": [1.0]})
    attempt, _variables = run("frame['b'] = 2", {"frame": frame}, ["frame"])
    assert list(frame) == ["a"]
    assert isinstance(attempt.results[0], TableResult)
    assert list(attempt.results[0].head) == ["a", "b"]


@pytest.mark.parametrize(
    ("value", "text", "shape"),
    [
        (np.arange(3), "array([0, 1, 2])", (3,)),
        (np.zeros((9, 9)), repr(np.zeros((4, 5))), (9, 9)),
        (np.array(2.5), "array(2.5)", ()),
        (torch.zeros(99), str(torch.zeros(12)), (99,)),
        (torch.zeros(9, 9), str(torch.zeros(4, 5)), (9, 9)),
        (torch.tensor(2.5), "tensor(2.5000)", ()),
        (torch.zeros(0), "tensor([])", (0,)),
        (torch.zeros(3, requires_grad=True), "tensor([0., 0., 0.], requires_grad=True)", (3,)),
    ],
)
def test_arrays_and_tensors_of_any_shape_are_shown_by_their_beginning(value, text, shape):
    result = describe("x", value)
    assert isinstance(result, TensorResult)
    assert (result.text, result.shape) == (text, shape)


def test_nan_is_counted_and_anything_else_is_written_as_python_does():
    assert describe("x", np.array([1, np.nan])).missing == 1
    assert describe("x", torch.tensor([1, torch.nan])).missing == 1
    assert describe("x", np.array(["a"])).missing == 0
    assert describe("x", None) == TextResult("x", "None")
    assert describe("x", (1, "a")) == TextResult("x", "(1, 'a')")
    assert len(describe("x", list(range(10_000))).text) == LONGEST_MESSAGE
