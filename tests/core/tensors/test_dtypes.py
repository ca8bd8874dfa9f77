"""dtypes: torch.result_type, numpy and exact fractions as oracles."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.tensors.dtypes import (
    DTYPES,
    OPERATIONS,
    REAL,
    divisions,
    mix,
    mixing_table,
    neighbourhood,
    read_number,
    store,
)
from core.tensors.error_messages.decode import decode

WHOLE = [name for name in REAL if "int" in name]


def torch_type(name: str) -> torch.dtype:
    return getattr(torch, name)


@pytest.mark.parametrize("scalar", [False, True])
def test_sums_are_of_the_type_that_torch_promotes_to(scalar):
    table = mixing_table("add", scalar=scalar)
    assert len(table) == len(DTYPES) ** 2
    for row in table.itertuples():
        b = torch.ones((), dtype=torch_type(row.right)) if scalar else torch.ones(2, dtype=torch_type(row.right))
        assert str(torch.result_type(torch.ones(2, dtype=torch_type(row.left)), b)) == f"torch.{row.dtype}"


def test_products_of_vectors_take_one_type_only_and_writing_in_place_only_what_fits():
    products = mixing_table("matmul")
    assert products["dtype"].notna().tolist() == [
        left == right != "bool" for left, right in zip(products["left"], products["right"], strict=True)
    ]
    for row in mixing_table("in_place").itertuples():
        promoted = torch.promote_types(torch_type(row.left), torch_type(row.right))
        assert pd.isna(row.error) == torch.can_cast(promoted, torch_type(row.left))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_refusal_of_every_pair_is_decoded(operation):
    for scalar in (False, True):
        messages = mixing_table(operation, scalar=scalar)["message"].dropna()
        assert [message for message in messages if decode(message) is None] == []


def test_own_numbers_are_mixed_by_torch_and_what_does_not_fit_is_an_attempt():
    mixed = mix(np.array([1, 2]), np.array([0.5, 3]), "int64", "float32", "multiply")
    assert mixed.results[-1].text == str(torch.tensor([1, 2]) * torch.tensor([0.5, 3]))
    assert mix(np.array([300]), np.array([1]), "uint8", "uint8", "add").error == "RuntimeError"
    assert mix(np.ones(2), np.ones(3), "float32", "float32", "add").error == "RuntimeError"


@given(st.integers(-(2**70), 2**70), st.sampled_from(WHOLE))
def test_whole_numbers_run_over_as_in_numpy(number, dtype):
    stored = store(Fraction(number), dtype)
    if not -(2**63) <= number < 2**63:
        assert (stored.value, stored.why) == (None, "beyond")
        return
    assert stored.value == int(np.array(number, np.int64).astype(dtype))
    fits = np.iinfo(dtype).min <= number <= np.iinfo(dtype).max
    assert stored.why == ("exact" if fits else "wrapped")


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["float16", "float32", "float64"]))
def test_decimals_are_the_nearest_there_are_and_the_step_is_numpys(number, dtype):
    stored = store(Fraction(number), dtype)
    with np.errstate(over="ignore"):
        expected = np.float64(number).astype(dtype)
    if not np.isfinite(expected):
        assert (stored.value, stored.why) == (None, "infinite")
        return
    assert stored.value == Fraction(float(expected))
    if np.abs(expected) < np.finfo(dtype).max:
        assert float(stored.step) == float(np.spacing(np.abs(expected)))
        assert abs(stored.value - Fraction(number)) <= stored.step / 2


@pytest.mark.parametrize(
    ("number", "dtype", "why", "value"),
    [
        ("16777217", "float32", "rounded", 16777216),
        ("16777217", "float64", "exact", 16777217),
        ("128", "int8", "wrapped", -128),
        ("-1", "uint8", "wrapped", 255),
        ("2.9", "int32", "cut", 2),
        ("-2.9", "int32", "cut", -2),
        ("70000", "float16", "infinite", None),
        ("1e-9", "float16", "zero", 0),
        ("1e20", "int64", "beyond", None),
    ],
)
def test_each_fate_has_its_name(number, dtype, why, value):
    stored = store(read_number(number), dtype)
    assert (stored.why, stored.value) == (why, value)


def test_numbers_are_read_to_the_last_digit():
    assert read_number(" 0.1 ") == Fraction(1, 10)
    assert read_number("9007199254740993") == 2**53 + 1
    assert read_number("1/2") == Fraction(1, 2)
    assert read_number("0e999999999") == read_number("-0") == 0


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "1e301", "1e-301", "1 2", "x", "9" * 400, "9" * 100_000, "1e999999999", "1e-999999999"]
)
def test_what_is_no_number_is_told(text):
    with pytest.raises(InputError):
        read_number(text)


@pytest.mark.parametrize("dtype", REAL)
def test_the_neighbourhood_is_a_staircase_around_the_number(dtype):
    points = neighbourhood(Fraction(100), dtype)
    assert len(points) == (25 if dtype in WHOLE else 65)
    assert points["true"].is_monotonic_increasing
    assert (points["stored"] - points["true"]).abs().max() <= (
        0 if dtype in WHOLE else float(store(Fraction(100), dtype).step)
    )
    assert neighbourhood(read_number("1e300"), "int8").empty


@given(st.integers(-99, 99), st.integers(-99, 99))
def test_divisions_are_those_of_python_and_numpy(a, b):
    found = {(dtype, attempt.code): attempt for dtype, attempt in divisions(np.array([a]), np.array([b]))}
    floor = found["int64", "a // b"]
    if b == 0:
        assert floor.error == "RuntimeError"
        return
    assert floor.results[0].text == f"tensor([{a // b}])"
    assert found["int64", "a % b"].results[0].text == f"tensor([{a % b}])"
    assert found["int64", "torch.fmod(a, b)"].results[0].text == f"tensor([{int(np.fmod(a, b))}])"
    assert found["int64", "a / b"].results[0].dtype == "torch.float32"
