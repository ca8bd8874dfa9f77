"""torch's errors, raised here, are explained in plain words with the numbers of the case."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.code_runner import run
from core.tensors.error_messages import gradients, numbers, shapes
from core.tensors.error_messages.decode import decode

GIVEN = "x = torch.ones(3, requires_grad=True)\n"

RAISES = {
    # shapes
    "torch.ones(2, 3) + torch.ones(2, 4)": "Axis 1 has length 3 in one tensor and 4 in the other",
    "y = torch.ones(2)\ny += torch.ones(3, 2)": "shape (3, 2), but the tensor it is written into has shape (2)",
    "y = torch.ones(2)\ny[:] = torch.ones(3)": "Axis 0 should have size 2 and has 3",
    "torch.ones(2, 3).expand(3, 3)": "Axis 0 should have size 3 and has 2",
    "torch.ones(2, 3) @ torch.ones(4, 5)": "the left matrix have length 3 and the columns of the right one 4",
    "torch.ones(2, 3) @ torch.ones(2)": "The rows of the matrix have length 3 and the vector 2",
    "torch.dot(torch.ones(3), torch.ones(4))": "One vector has length 3 and the other 4",
    "torch.dot(torch.ones(3, 1), torch.ones(3))": "got one with 2 and one with 1",
    "torch.mm(torch.ones(2, 3), torch.ones(3))": "mm takes two matrices",
    "torch.mv(torch.ones(3), torch.ones(3))": "mv takes a matrix first",
    "torch.matmul(torch.tensor(3.0), torch.ones(3))": "one side has no axis",
    "torch.bmm(torch.ones(2, 3, 4), torch.ones(2, 3, 4))": "should begin with 2, 4 but begins with 2, 3",
    "torch.linalg.inv(torch.ones(2, 3))": "this one is 2 by 3",
    "torch.linalg.inv(torch.ones(2, 2))": "The matrix is singular",
    "torch.linalg.solve(torch.ones(2, 2), torch.ones(2))": "The matrix is singular",
    "torch.cat([torch.ones(2, 3), torch.ones(3, 2)])": "got 3 in the first and 2 in tensor 1",
    "torch.cat([torch.ones(2, 3), torch.ones(3)])": "and these have 2 and 1",
    "torch.stack([torch.ones(2), torch.ones(3)])": "the first has shape (2), tensor 1 has (3)",
    "torch.cat([])": "There is nothing to join",
    "torch.ones(2, 3).reshape(4, 2)": "The size of the tensor is 6, but the shape (4, 2)",
    "torch.arange(12).reshape(5, -1)": "The size of the tensor is 12, but the shape (5, -1)",
    "torch.ones(2, 3).reshape(-1, -1)": "it may be used once only",
    "torch.ones(2, 3).T.view(6)": "reshape copies where it must",
    "torch.ones(2, 2, 2).t()": "this tensor has 3",
    "torch.ones(2, 3).permute(0, 0)": "The same axis is named twice",
    "torch.ones(2, 3).sum(axis=(0, 0))": "The same axis is named twice",
    "torch.zeros(-1)": "0 or more",
    "torch.tensor([[1, 2], [3]])": "2 was needed, but got 1",
    "torch.ones(2, 3).sum(2)": "no axis 2: the axes of this tensor are numbered from 0 to 1, or from the end -2 to",
    "torch.ones(2, 3)[0, 3]": "Axis 1 has length 3, so index 3 is out of range",
    "torch.ones(2, 3)[0, 0, 0]": "than the tensor has axes (2)",
    "torch.tensor(1.0)[0]": "a single number without an axis",
    "torch.ones(2, 3)[::-1]": "flip reverses an axis",
    "torch.ones(3)[torch.tensor([True, False])]": "The mask has shape (2) and the tensor has shape (3)",
    "torch.ones(3)[torch.tensor([0.5])]": "An index has to be a whole number, a slice, or a mask",
    "torch.ones(3)[1.5]": "An index has to be a whole number, a slice, or a mask",
    "len(torch.tensor(1.0))": "it has no length",
    "list(torch.tensor(1.0))": "it has no length",
    "torch.ones(0).max()": "The tensor is empty",
    "torch.ones(0).argmax()": "The tensor is empty",
    # dtypes
    "y = torch.arange(3)\ny += 0.5": "The result is float32, but the tensor it is written into is int64",
    "torch.dot(torch.ones(3), torch.arange(3))": "One vector is float32 and the other int64",
    "torch.ones(2, 3) @ torch.arange(3)": "One side is float32 and the other int64",
    "torch.ones(2, 3) @ torch.ones(3, 2, dtype=torch.float64)": "is float32 and the other float64",
    "torch.nn.Linear(3, 1)(torch.ones(2, 3, dtype=torch.float64))": "is float64 and the other float32",
    "torch.nn.functional.cross_entropy(torch.ones(2, 3), torch.ones(2))": "Class labels must be whole numbers",
    "torch.arange(3).mean()": "int64 holds whole numbers only",
    "torch.linalg.vector_norm(torch.arange(3))": "A norm ends in a square root",
    "torch.arange(3).std()": "Variance and standard deviation are seldom whole",
    "torch.arange(3) ** -1": "is a fraction",
    "torch.tensor([1]) // 0": "Whole numbers have no infinity",
    "torch.tensor([300], dtype=torch.uint8)": "too large, or too small, for uint8",
    "torch.tensor(2**63)": "int64 ends at",
    "torch.arange(3).softmax(0)": "does not implement this function for int64",
    "torch.ones(2) & torch.ones(2)": "does not implement this function for float32",
    "~torch.ones(2)": "~ inverts True and False",
    "(torch.ones(2) > 0) - (torch.ones(2) > 0)": "True minus True",
    "-(torch.ones(2) > 0)": "True has no negative",
    "bool(torch.ones(2))": "use all() or any()",
    "bool(torch.ones(0))": "the tensor is empty",
    "torch.ones(2, 3).item()": "this one has 6",
    "torch.ones(0).item()": "this one is empty",
    "float(torch.ones(2))": "exactly one entry",
    "int(torch.ones(2))": "exactly one entry",
    "range(torch.tensor(1.5))": "Python needs a whole number",
    "f'{torch.ones(2):.2f}'": "without an axis can be formatted like a number",
    "int(torch.tensor(float('nan')))": "NaN is not a number",
    "int(torch.tensor(float('inf')))": "no whole number for infinity",
    GIVEN + "x.numpy()": "x.detach().numpy()",
    GIVEN + "np.asarray(x)": "x.detach().numpy()",
    "torch.tensor(np.array(['a']))": "The array holds str",
    "torch.from_numpy(np.array([1, None]))": "The array holds object",
    "torch.from_numpy(np.ones(3)[::-1])": "has negative strides",
    "torch.from_numpy([1])": "got a list",
    "torch.tensor(['a'])": "got text",
    "torch.tensor(None)": "got NoneType",
    "torch.ones(2) + [1, 2]": "+ does not work between Tensor and list",
    "np.ones(2) + torch.ones(2)": "NumPy computes the sum",
    "torch.ones(3, dtype='float32')": "The argument dtype must be torch.dtype, but got str",
    "torch.ones(3).cumsum()": "cumsum needs the argument dim",
    # gradients
    GIVEN + "(x * x).backward()": "backward() starts from one number",
    GIVEN + "torch.autograd.grad(x * 2, x)": "backward() starts from one number",
    "torch.ones(2, dtype=torch.complex64, requires_grad=True).sum().backward()": "got torch.complex64",
    GIVEN + "(x * x).detach().sum().backward()": "detach()",
    "torch.ones(3).sum().backward()": "no input has requires_grad=True",
    GIVEN + "(x * x).backward(torch.ones(2))": "has shape (2), but y has shape (3)",
    GIVEN + "y = (x * x).sum()\ny.backward()\ny.backward()": "retain_graph=True",
    GIVEN + "torch.autograd.grad((x * x).detach().requires_grad_().sum(), x)": "not even 0",
    GIVEN + "torch.autograd.grad(x.sum(), torch.ones(2))": "not made with requires_grad=True",
    GIVEN + "x.grad.zero_()": "x.grad is None, not 0",
    GIVEN + "x += 1": "a leaf",
    GIVEN + "x[0] = 1": "a leaf",
    GIVEN + "y = x.exp()\ny += 1\ny.sum().backward()": "Exp, but it has been overwritten (version 1 instead of",
    GIVEN + "x.resize_(4)": "cannot change its shape in place",
    GIVEN + "x[:].detach_()": "A view cannot be detached in place",
    "torch.arange(3, requires_grad=True)": "which whole numbers do not allow",
    "torch.arange(3).requires_grad_()": "which whole numbers do not allow",
    GIVEN + "y = x * x\ny.requires_grad = False": "y.detach()",
    GIVEN + "import copy\ncopy.deepcopy(x * 2)": "y.detach().clone()",
    GIVEN + "x.grad = torch.ones(2)": "shape of its tensor, (3), but got shape (2)",
    GIVEN + "x.grad = torch.ones(3, dtype=torch.float64)": "of its tensor, float32, but got float64",
}  # fmt: skip


@pytest.mark.parametrize("lines", RAISES)
def test_what_torch_raises_is_told_in_plain_words(lines):
    attempt, _variables = run(lines, {"torch": torch, "np": np}, [])
    assert attempt.error is not None, "torch does not refuse this any more"
    told = decode(attempt.message or "")
    assert told is not None, attempt.message
    assert RAISES[lines] in told
    assert decode(f"{attempt.error}: {attempt.message}") == told
    assert "{" not in told
    assert told.endswith(".")


def test_no_pattern_is_there_that_torch_never_fills():
    """A pattern that no line above matches is either dead or untested."""
    told = {decode(run(lines, {"torch": torch, "np": np}, [])[0].message or "") for lines in RAISES}
    tables = [*shapes.words(), *numbers.words(), *gradients.words()]
    starts = {sentence.split("{")[0] for _pattern, sentence in tables}
    unreached = {start for start in starts if start and not any(text and text.startswith(start) for text in told)}
    assert unreached <= ALTERNATIVES


ALTERNATIVES = {
    "This build of torch computes on the processor only; there is no graphics card to send a tensor to.",
    "The backward pass needs a value that has been overwritten. Make a new tensor, y = y + 1, instead of y += 1.",
}  # those that depend on the build, or on the version


@pytest.mark.parametrize("message", ["", "Something quite different.", "x" * 1_000_000])
def test_what_is_not_known_is_not_guessed(message):
    assert decode(message) is None


@given(st.text())
def test_any_text_is_taken(message):
    assert decode(message) is None or isinstance(decode(message), str)
