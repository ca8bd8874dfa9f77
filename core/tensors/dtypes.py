"""dtypes: the result type of two of them, and numbers as stored in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.code_runner import Execution, run
from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.tensors.parsing.tensors import parse_tensor

Array = NDArray[np.generic]

DTYPES = (
    "bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64", "complex64",
)  # fmt: skip
REAL = DTYPES[1:-1]  # in which a number is stored
OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "add": "a + b",
        "subtract": "a - b",
        "multiply": "a * b",
        "divide": "a / b",
        "floor": "a // b",
        "power": "a ** b",
        "less": "a < b",
        "matmul": "a @ b",
        "in_place": "a += b",
    }
)
DIVISIONS = ("a / b", "a // b", "a % b", "torch.div(a, b, rounding_mode='trunc')", "torch.fmod(a, b)", "a ** b")
LARGEST = Decimal("1e300")
SMALLEST = Decimal("1e-300")


def mixing_table(operation: str, *, scalar: bool = False) -> pd.DataFrame:
    """Apply one of the `OPERATIONS` in torch to every pair of `DTYPES`, on ones.

    Returns left, right, dtype (that of the result, missing where torch raises), error and message. With `scalar` the
    right one is a tensor without an axis, which has lower priority in type promotion.

    >>> table = mixing_table("add").set_index(["left", "right"])["dtype"]
    >>> table["int64", "float16"], table["uint8", "int8"]
    ('float16', 'int16')
    """
    import torch

    lines = OPERATIONS[operation] if operation == "in_place" else f"c = {OPERATIONS[operation]}"
    name = "a" if operation == "in_place" else "c"
    rows = []
    for left in DTYPES:
        for right in DTYPES:
            b = torch.ones((), dtype=getattr(torch, right)) if scalar else torch.ones(2, dtype=getattr(torch, right))
            asked, names = run(lines, {"a": torch.ones(2, dtype=getattr(torch, left)), "b": b}, [])
            dtype = str(names[name].dtype).removeprefix("torch.") if asked.worked else None
            rows.append((left, right, dtype, asked.error, asked.message))
    return pd.DataFrame(rows, columns=["left", "right", "dtype", "error", "message"])


def mix(a: Array, b: Array, left: str, right: str, operation: str) -> Execution:
    """Make tensors of these numbers and dtypes and apply the operation to them in torch.

    >>> mix(np.array([1]), np.array([0.5]), "int64", "float32", "add").results[-1].text
    'tensor([1.5000])'
    >>> mix(np.array([1]), np.array([0.5]), "int64", "float32", "in_place").error
    'RuntimeError'
    """
    import torch

    made = f"a = torch.tensor(first, dtype=torch.{left})\nb = torch.tensor(second, dtype=torch.{right})"
    code = OPERATIONS[operation] if operation == "in_place" else f"c = {OPERATIONS[operation]}"
    making, names = run(made, {"torch": torch, "first": a.tolist(), "second": b.tolist()}, [])
    shown = ["a"] if operation == "in_place" else ["a", "b", "c"]
    return run(code, names, shown)[0] if making.worked else making


@dataclass(frozen=True)
class Stored:
    """A number stored in a dtype.

    Attributes:
        dtype: its name.
        value: the exact stored value; None where there is none: above the largest, or, for an integer dtype, where
            torch's result is not defined.
        step: the distance to the next larger number, None where there is none.
        why: "", "exact", "rounded", "cut", "wrapped", "infinite", "zero" or "beyond".
        smallest: the smallest number of the dtype.
        largest: the largest number of the dtype.
        bytes: of an element.
    """

    dtype: str
    value: Fraction | None
    step: Fraction | None
    why: str
    smallest: Fraction
    largest: Fraction
    bytes: int


def read_number(text: str) -> Fraction:
    """Return a typed number exactly, to the last digit.

    Raises InputError unless it is 0 or one number whose size is between 1e-300 and 1e300.
    """
    try:
        typed = Decimal(text.strip()) if len(text) <= 400 else Decimal("NaN")
    except InvalidOperation:
        typed = Decimal("NaN")
    if not typed.is_finite():
        array = parse_tensor(text)
        if array.size != 1:
            raise InputError(_("One number is needed here, and {count} came.").format(count=format_count(array.size)))
        typed = Decimal(float(array.item()))
    if typed == 0:
        return Fraction(0)
    if not typed.is_finite() or not SMALLEST <= typed.copy_abs() <= LARGEST:
        raise InputError(_("A number of a size from 1e-300 to 1e300 is needed here, or 0."))
    return Fraction(typed)


def store(number: Fraction, dtype: str) -> Stored:
    """Store a number in a dtype as torch does, whole numbers through int64.

    >>> store(Fraction(16777217), "float32").value, store(Fraction(200), "int8").value
    (Fraction(16777216, 1), Fraction(-56, 1))
    """
    import torch

    kind: torch.dtype = getattr(torch, dtype)
    if kind.is_floating_point:
        return _float(number, dtype, kind)
    info = torch.iinfo(kind)
    limits = (Fraction(info.min), Fraction(info.max), kind.itemsize)
    whole = int(number)  # towards 0, as torch does
    if not -(2**63) <= whole < 2**63:
        return Stored(dtype, None, None, "beyond", *limits)
    value = Fraction(int(torch.tensor(whole).to(kind)))
    why = "wrapped" if value != whole else "cut" if value != number else "exact"
    return Stored(dtype, value, Fraction(1), why, *limits)


def _float(number: Fraction, dtype: str, kind: Any) -> Stored:  # noqa: ANN401
    import torch

    info = torch.finfo(kind)
    limits = (Fraction(info.min), Fraction(info.max), kind.itemsize)
    stored = torch.tensor(float(number), dtype=torch.float64).to(kind)
    if not stored.isfinite():
        return Stored(dtype, None, None, "infinite", *limits)
    value = Fraction(stored.item())
    bits = {2: torch.int16, 4: torch.int32, 8: torch.int64}[kind.itemsize]
    above = (stored.abs().view(bits) + 1).view(kind)
    step = Fraction(above.item()) - abs(value) if above.isfinite() else None
    why = "exact" if value == number else "zero" if value == 0 else "rounded"
    return Stored(dtype, value, step, why, *limits)


def neighbourhood(number: Fraction, dtype: str) -> pd.DataFrame:
    """Return numbers around this one and their stored values, as distances from it: true, stored.

    For floats 4 steps to either side, 8 numbers per step; for integers 12 numbers to either side. Numbers without a
    stored value are left out; so are all if the number itself has none.
    """
    middle = store(number, dtype)
    if middle.step is None:
        return pd.DataFrame({"true": [], "stored": []}, dtype=float)
    whole = middle.smallest.denominator == 1 and dtype in ("uint8", "int8", "int16", "int32", "int64")
    if whole:
        distances = [Fraction(n) for n in range(-12, 13)]
    else:
        distances = [Fraction(n, 8) * middle.step for n in range(-32, 33)]
    rows = [(distance, store(number + distance, dtype).value) for distance in distances]
    return pd.DataFrame(
        [(float(distance), float(value - number)) for distance, value in rows if value is not None],
        columns=["true", "stored"],
    )


def divisions(a: Array, b: Array) -> list[tuple[str, Execution]]:
    """Run every kind of division on int64 and on float32; returns the dtype and the execution of each.

    >>> [attempt.error for dtype, attempt in divisions(np.array([1]), np.array([0])) if dtype == "int64"][:3]
    [None, 'RuntimeError', 'RuntimeError']
    """
    import torch

    found = []
    for dtype in ("int64", "float32"):
        kind = getattr(torch, dtype)
        given = {"torch": torch, "a": torch.tensor(a).to(kind), "b": torch.tensor(b).to(kind)}
        for code in DIVISIONS:
            asked, _names = run(f"c = {code}", given, ["c"])
            found.append((dtype, Execution(code, asked.results, asked.error, asked.message)))
    return found
