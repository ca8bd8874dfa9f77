"""Typed tensors: parsed as torch and NumPy would; errors point at their position."""

import re

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.errors import InputError, PointedError
from core.tensors import parse_tensor, tensor_code, tensor_text
from tests.examples import examples
from tests.processor_time import seconds_of

ANY_TENSOR = st.one_of(
    arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, max_side=4, min_side=0)),
    arrays.arrays(np.int64, arrays.array_shapes(max_dims=3, max_side=4)),
    arrays.arrays(np.bool_, arrays.array_shapes(max_dims=3, max_side=4)),
)


@given(ANY_TENSOR)
@example(np.array([-(2**63), 2**63 - 1]))
def test_whatever_is_written_is_read_back_bit_for_bit(array):
    again = parse_tensor(tensor_text(array))
    assert again.dtype == array.dtype
    np.testing.assert_array_equal(again, array)


@given(ANY_TENSOR)
def test_what_torch_and_numpy_print_can_be_pasted(array):
    if array.size:
        np.testing.assert_array_equal(parse_tensor(np.array2string(array, floatmode="unique", threshold=9999)), array)
        if array.dtype.kind != "f":  # of a float torch prints four digits
            np.testing.assert_array_equal(parse_tensor(repr(torch.from_numpy(array))), array)


@given(ANY_TENSOR)
def test_the_line_of_torch_makes_the_same_tensor(array):
    made = eval(tensor_code(array), {"torch": torch})
    torch.testing.assert_close(made, torch.from_numpy(array), rtol=0, atol=0, equal_nan=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("1 2 3", [1, 2, 3]), ("1, 2, 3", [1, 2, 3]), ("1,2,", [1, 2]), ("1; 2; 3", [[1], [2], [3]]),
        ("1\n2\n3\n", [1, 2, 3]), ("1 2; 3 4", [[1, 2], [3, 4]]), ("1\t2\r\n3\t4\r\n", [[1, 2], [3, 4]]),
        ("1,5\t2\n3\t4", [[1.5, 2.0], [3.0, 4.0]]), ("1/3 1 / 2", [1 / 3, 0.5]), ("−1 +2", [-1, 2]),
        ("[[1. 2.]\n [3. 4.]]", [[1.0, 2.0], [3.0, 4.0]]), ("(1, 2)", [1, 2]), ("[[1], [2]]", [[1], [2]]),
        ("tensor([[1., 2.]], dtype=torch.float64)", [[1.0, 2.0]]), ("np.array([1, 2], dtype=float)", [1.0, 2.0]),
        ("arange(6).reshape(2, 3)", [[0, 1, 2], [3, 4, 5]]),
        ("torch.arange(6).reshape((3, -1))", [[0, 1], [2, 3], [4, 5]]),
        ("arange(1, 10, 3)", [1, 4, 7]), ("zeros(1, 2)", [[0.0, 0.0]]), ("eye(2)", [[1.0, 0.0], [0.0, 1.0]]),
        ("true false", [True, False]), ("[1].reshape(1, 1)", [[1]]),
    ],
)  # fmt: skip
def test_the_ways_of_typing(text, value):
    read, meant = parse_tensor(text), np.asarray(value)
    assert read.dtype == meant.dtype and read.shape == meant.shape
    np.testing.assert_array_equal(read, meant)


PASTED = [
    "torch.arange(20).reshape(5, 4)", "torch.arange(4.0)", "torch.arange(12, dtype=torch.float32)",
    "torch.tensor([1.0, 2, 4, 8])", "torch.tensor([[1, 2], [3, 4]], dtype=torch.float32)", "torch.tensor(3.0)",
    "torch.arange(4.0, requires_grad=True)", "torch.ones(2, 3)", "torch.zeros((2, 3, 4))", "torch.ones(size=(2, 3))",
    "torch.zeros(3, dtype=torch.int64)", "torch.full((2, 3), 7)", "torch.linspace(0, 1, 5)",
    "torch.linspace(0, 1, steps=5)", "torch.eye(3)", "torch.eye(2, 3)", "torch.ones_like(torch.arange(3))",
    "torch.zeros_like(torch.tensor([[1.0, 2.0]]))", "torch.arange(6).reshape(2, 3).T", "torch.arange(3).float()",
    "torch.arange(6).reshape((3, -1)).t()", "torch.arange(3).to(torch.float32)", "torch.tensor([1, 2]).double()",
    "torch.tensor([[1, 2]]).flatten()", "torch.tensor([1, 2], device='cpu').clone()", "torch.Tensor([1, 2])",
    "torch.tensor([True, False])", "torch.tensor([2.5, -1]).int()", "np.arange(0, 3, 0.5)", "np.array([[1, 2]])",
    "np.zeros((2, 2)).astype(int)", "np.linspace(-1, 1, num=3)", "np.ones_like([1.0, 2.0])",
]  # fmt: skip


@pytest.mark.parametrize("line", PASTED)
@pytest.mark.parametrize("around", ["{}", "A = {}", ">>> A = {}  # a comment", "import torch\n\nA = {}\nA\nA.shape",
                                    "In [3]: A = {};"])  # fmt: skip
def test_a_pasted_line_is_the_tensor_that_torch_makes_of_it(line, around):
    made = eval(line, {"torch": torch, "np": np})  # our own fixed line
    wanted = made.detach().numpy() if isinstance(made, torch.Tensor) else made
    found = parse_tensor(around.format(line))
    assert found.shape == wanted.shape and found.dtype.kind == wanted.dtype.kind
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = 1 2 3", [1, 2, 3]), ("A =\n1\t2\n3\t4\n", [[1, 2], [3, 4]]), ("（［１， ２］）", [[1, 2]]),
        ("y＝［１．５，−２］", [1.5, -2]), ("Out[4]: tensor([0., 4.])", [0.0, 4.0]), ("x = nan", float("nan")),
        ("# rows\n1 2\n3 4", [[1, 2], [3, 4]]), ("x = −1", -1),
    ],
)  # fmt: skip
def test_a_name_and_what_stands_around_a_tensor_are_dropped(text, value):
    np.testing.assert_array_equal(parse_tensor(text), value)


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("", "The field is empty", 0), ("A = ", "no tensor in this text", 4), ("A = 1 x", "“x” is not a number", 6),
        ("A = [1]\nB = [2]", "got A and B", 8), ("A = torch.randn(3)", "draws random numbers", 4),
        ("A = torch.ones(2).cuda()", "ends before this", 17), ("A = zeros_like(", "got the end", 15),
        ("A = __import__('os')", "is not a number", 4), ("full()", "full((2, 3), 7)", 0),
        ("arange(" + "1, " * 50 + ")", "more numbers", None), ("ones(2).to(3)", "A dtype was needed", 11),
        ("1 x 2", "“x” is not a number", 2), ("1,,2", "between these separators", 2),
        ("1 2\n3", "row 2 has 1", 4), ("[1, 2", "not closed", 5), ("[1,,2]", "got “,”", 3),
        ("[1, [2]]", "mixes numbers and brackets", 0), ("[[1, 2], [3]]", "part 2 has 1", 0),
        ("[1] 2", "ends before this;", 4), ("import os", "got “import”", 0),
        ("__import__('os')", "is not a number", 0), ("ones(99999999)", "10,000", 0), ("arange(1e300)", "10,000", 0),
        ("arange(inf)", "arange(12)", 0), ("arange(1, 2, 0)", "arange(12)", 0), ("ones(2.5)", "ones(2, 3)", 0),
        ("eye()", "eye(3)", 0), ("arange(6).reshape(4, 2)", "product of the sizes must be 6", 17),
        ("[[[[1]]]]", "3 axes", 0),
        ("[" * 100, "too deep", 42), ("1/0", "is not a number", 0), ("[1/0]", "got “1/0”", 1),
        ("tensor(1, 2)", "closing", 10),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_pointed_at(text, words, place):
    with pytest.raises(PointedError, match=re.escape(words)) as caught:
        parse_tensor(text)
    assert place is None or caught.value.position == place


HUGE = [
    "1 " * 99_000, "[" * 199_000, "1" * 199_000, "[1," * 66_000, "arange(" + "1," * 90_000, "1.5e" * 49_000,
    "/ " * 90_000, "[" + "1.5, " * 39_000 + "]", ("1\t" * 1000 + "\n") * 90, "x" * 10_000_000, "(((" * 60_000,
    "-" * 190_000, "e" * 190_000, "a = 1\n" * 30_000, "#" * 190_000, "zeros_like(" * 18_000,
    "ones(2)" + ".T" * 90_000 + "!",
]  # fmt: skip


@pytest.mark.parametrize("text", HUGE, ids=[text[:8] for text in HUGE])
def test_what_is_too_large_is_told_within_a_tenth_of_a_second(text):
    def parse():
        with pytest.raises(InputError):
            parse_tensor(text)

    assert seconds_of(parse, enough=0.1) < 0.1


@settings(max_examples=examples(500))
@given(st.one_of(st.text(max_size=60), st.text(alphabet="[](),; \t\n0123456789.eE+-/naifrgtsow", max_size=60)))
def test_any_text_is_a_tensor_or_a_sentence(text):
    try:
        array = parse_tensor(text)
    except InputError as problem:
        assert str(problem)
    else:
        assert array.ndim <= 3 and array.size <= 10_000 and array.dtype in (np.int64, np.float64, np.bool_)
