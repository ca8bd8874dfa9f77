"""Conversions between torch, NumPy and Python numbers: what is shared, what is copied, what raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.code_runner import Execution, run

Array = NDArray[np.generic]

CHAIN: Mapping[str, str] = MappingProxyType(
    {"A": "X.numpy()", "B": "torch.from_numpy(A)", "C": "torch.tensor(A)", "D": "A.copy()"}
)
"""What is made of a tensor X, one after the other; A and D are arrays of numpy, the others tensors."""

BRIDGES = (
    "X.numpy()",
    "np.asarray(X)",
    "X.numpy().copy()",
    "X.tolist()",
    "torch.from_numpy(A)",
    "torch.as_tensor(A)",
    "torch.asarray(A)",
    "torch.tensor(A)",
    "torch.from_numpy(A).double()",
    "torch.from_numpy(A).float()",
    "torch.tensor(A.tolist())",
)
"""Ways between X, a tensor, and A, its array."""

CALLS = ("x.item()", "float(x)", "int(x)", "bool(x)", "x.tolist()", "len(x)", "range(x)", "f'{x:.2f}'", "x.numpy()")
"""What one asks of a tensor to have a number of Python, or an array."""


@dataclass(frozen=True, eq=False)
class Change:
    """X and what was made of it, before and after one entry of one of them was written.

    Attributes:
        attempt: the lines that were run; if torch or NumPy raised, it holds the exception and nothing changed.
        before: the arrays before, by their names.
        after: the arrays after, by their names.
        addresses: of their memory, by their names.
        shares: the names that share memory with the written one, itself included.
    """

    attempt: Execution
    before: Mapping[str, Array]
    after: Mapping[str, Array]
    addresses: Mapping[str, int]
    shares: tuple[str, ...]


def change(x: Array, who: str, index: tuple[int, ...], value: float | bool) -> Change:
    """Make A, B, C and D from X as in `CHAIN`, write a value into one entry of `who`, and return the values of all.

    >>> changed = change(np.array([1.0, 2.0]), "X", (0,), 9)
    >>> {name: values.tolist() for name, values in changed.after.items()}
    {'X': [9.0, 2.0], 'A': [9.0, 2.0], 'B': [9.0, 2.0], 'C': [1.0, 2.0], 'D': [1.0, 2.0]}
    >>> changed.shares
    ('X', 'A', 'B')
    """
    import torch

    names = {"torch": torch, "X": torch.tensor(x)}
    _made, kept = run("\n".join(f"{name} = {code}" for name, code in CHAIN.items()), names, [])
    known = {name: kept[name] for name in ("X", *CHAIN)}
    before = {name: np.asarray(holder).copy() for name, holder in known.items()}
    attempt, _after = run(f"{who}[{written(index)}] = value", {**known, "value": value}, [])
    arrays = {name: np.asarray(holder) for name, holder in known.items()}
    addresses = {name: array.__array_interface__["data"][0] for name, array in arrays.items()}
    shares = tuple(name for name, array in arrays.items() if np.shares_memory(array, arrays[who]))
    return Change(attempt, before, {name: array.copy() for name, array in arrays.items()}, addresses, shares)


def written(index: tuple[int, ...]) -> str:
    """Return an index as written between brackets.

    >>> written((1, 2)), written((3,)), written(())
    ('1, 2', '3', '()')
    """
    return ", ".join(map(str, index)) or "()"


@dataclass(frozen=True)
class Bridge:
    """One way between torch and numpy.

    Attributes:
        code: the call.
        kind: the type of the result.
        dtype: of the result.
        shares: whether it uses the memory of X.
    """

    code: str
    kind: str
    dtype: str
    shares: bool


def bridges(x: Array) -> list[Bridge]:
    """Run each of the `BRIDGES` on this tensor, and check whether its memory is shared.

    >>> [bridge.code for bridge in bridges(np.array([1.0])) if bridge.shares][-1]
    'torch.from_numpy(A).double()'
    """
    import torch

    X = torch.tensor(x)
    A = X.numpy()
    found = []
    for code in BRIDGES:
        made: Any = run(f"made = {code}", {"torch": torch, "np": np, "X": X, "A": A}, [])[1]["made"]
        listed = isinstance(made, list | int | float)
        shares = not listed and np.shares_memory(np.asarray(made), A)
        found.append(Bridge(code, type(made).__name__, "" if listed else str(made.dtype), bool(shares)))
    return found


@dataclass(frozen=True)
class Call:
    """A call of a tensor's method, and its result or the exception.

    Attributes:
        attempt: the call that was run.
        text: the result as Python prints it.
        kind: its type.
    """

    attempt: Execution
    text: str
    kind: str


def calls(x: Array, *, grad: bool = False) -> tuple[Execution, list[Call]]:
    """Run all `CALLS` on a tensor; with `grad` it requires gradients, if torch allows that, as the first attempt shows.

    >>> asked = {call.attempt.code: call for call in calls(np.array([3.5]))[1]}
    >>> asked["x.item()"].text, asked["int(x)"].text, asked["range(x)"].attempt.error
    ('3.5', '3', 'TypeError')
    """
    import torch

    given = {"torch": torch, "x": torch.tensor(x)}
    asking = "x.requires_grad_()" if grad else ""
    first, _kept = run(asking, given, [])
    return first, [_call(code, given) for code in CALLS]


def _call(code: str, given: Mapping[str, Any]) -> Call:
    attempt, kept = run(f"answer = {code}", given, ["answer"])
    plain = Execution(code, attempt.results, attempt.error, attempt.message)
    if not attempt.worked:
        return Call(plain, "", "")
    result = attempt.results[0]
    text = repr(kept["answer"]) if isinstance(kept["answer"], str) else getattr(result, "text", "")
    return Call(plain, text, type(kept["answer"]).__name__)
