"""The memory of tensors: which lines that change Y allocate a new tensor, and which tensors share the memory of Y."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.code_runner import Execution, run

if TYPE_CHECKING:
    import torch

Array = NDArray[np.generic]

WAYS: Mapping[str, str] = MappingProxyType(
    {"new": "Y = X + Y", "slice": "Y[:] = X + Y", "add": "Y += X", "out": "torch.add(X, Y, out=Y)"}
)
"""Ways to add X to Y."""

EXPRESSIONS: Mapping[str, str] = MappingProxyType(
    {
        "row": "Y[0]",
        "column": "Y[:, 0]",
        "step": "Y[::2]",
        "reshape": "Y.reshape(-1)",
        "transpose": "Y.T",
        "flat_transpose": "Y.T.reshape(-1)",
        "view_transpose": "Y.T.view(-1)",
        "list": "Y[[0]]",
        "mask": "Y[Y > 0]",
        "detach": "Y.detach()",
        "clone": "Y.clone()",
        "plus": "Y + 0",
        "same_type": "Y.to(Y.dtype)",
        "other_type": "Y.to(torch.float16)",
    }
)
"""Ways to make another tensor of Y."""


@dataclass(frozen=True, eq=False)
class Update:
    """The effect of a line on Y, whose tensor had the second name Z.

    Attributes:
        attempt: the line that was run.
        before: id(Y) and the address of its first entry, before the line.
        after: the same after it.
        y: Y after the line.
        z: Z after the line.
        total: X + Y, None where it has no value.
        temporary: bytes of a sum that is freed afterwards.
        lasting: bytes of new memory that stays allocated.
    """

    attempt: Execution
    before: tuple[int, int]
    after: tuple[int, int]
    y: Array
    z: Array
    total: Array | None
    temporary: int
    lasting: int

    @property
    def same_object(self) -> bool:
        """Whether the name Y refers to the same tensor as before."""
        return self.before[0] == self.after[0]

    @property
    def same_memory(self) -> bool:
        """Whether Y has the same memory as before."""
        return self.before[1] == self.after[1]


def update(x: Array, y: Array, way: str) -> Update:
    """Add X to Y by one of the `WAYS`, in torch, on new tensors.

    Where torch raises (incompatible shapes, a result that the dtype of Y cannot hold) the attempt holds the
    exception and Y does not change.

    >>> done = update(np.array([1, 2]), np.array([10, 20]), "add")
    >>> done.same_object, done.same_memory, done.y.tolist(), done.z.tolist()
    (True, True, [11, 22], [11, 22])
    >>> done = update(np.array([1, 2]), np.array([10, 20]), "new")
    >>> done.same_object, done.same_memory, done.y.tolist(), done.z.tolist()
    (False, False, [11, 22], [10, 20])
    """
    import torch

    X, Y = torch.tensor(x), torch.tensor(y)
    before = _place(Y)
    shown = ["id(Y) == before", "Y.data_ptr() == memory"]
    given = {"torch": torch, "X": X, "Y": Y, "Z": Y, "before": before[0], "memory": before[1]}
    attempt, kept = run(WAYS[way], given, shown)
    sums, after = run("total = X + Y", {"X": torch.tensor(x), "Y": torch.tensor(y)}, [])
    total = after["total"].numpy() if sums.worked else None
    size = total.nbytes if total is not None and attempt.worked else 0
    changed, other = kept["Y"], kept["Z"]
    return Update(
        attempt,
        before,
        _place(changed),
        changed.numpy().copy(),
        other.numpy().copy(),
        total,
        temporary=size if way == "slice" else 0,
        lasting=size if way == "new" else 0,
    )


@dataclass(frozen=True, eq=False)
class View:
    """Another tensor V made of Y.

    Attributes:
        attempt: the line that was run.
        values: V; empty if torch raised.
        places: which entry of Y each entry of V shows, or was copied from.
        shares: whether V uses the memory of Y.
        is_itself: whether V is Y itself.
        offset: the entry of Y at which V begins.
        strides: of V, in entries of Y.
        y: Y after every entry of V was set to `written`.
        written: that value.
    """

    attempt: Execution
    values: Array
    places: NDArray[np.int64]
    shares: bool
    is_itself: bool
    offset: int
    strides: tuple[int, ...]
    y: Array
    written: object


def view(y: Array, expression: str, number: float = 99) -> View:
    """Make a tensor from Y by one of the `EXPRESSIONS`, write `number` into all of it, and return Y afterwards.

    >>> seen = view(np.array([[1, 2], [3, 4]]), "column")
    >>> seen.shares, seen.values.tolist(), seen.strides, seen.y.tolist()
    (True, [1, 3], (2,), [[99, 2], [99, 4]])
    >>> copied = view(np.array([[1, 2], [3, 4]]), "clone")
    >>> copied.shares, copied.y.tolist()
    (False, [[1, 2], [3, 4]])
    """
    import torch

    Y = torch.tensor(y)
    attempt, kept = run(f"V = {EXPRESSIONS[expression]}", {"torch": torch, "Y": Y}, ["V"])
    if not attempt.worked:
        return View(attempt, np.zeros(0), np.zeros(0, np.int64), False, False, 0, (), y, number)
    V = kept["V"]
    values, shares = V.numpy().copy(), _shares(V, Y)
    places = _places(Y, expression)
    V[...] = number
    written: Any = V.flatten()[0].item() if V.numel() else number
    return View(
        attempt, values, places, shares, V is Y, V.storage_offset() if shares else 0, V.stride(), Y.numpy(), written
    )


def _place(tensor: "torch.Tensor") -> tuple[int, int]:
    return id(tensor), tensor.data_ptr()


def _shares(one: "torch.Tensor", other: "torch.Tensor") -> bool:
    """Return whether two tensors share memory, if they have any."""
    return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr() and other.numel() > 0


def _places(Y: "torch.Tensor", expression: str) -> NDArray[np.int64]:
    """Return which entry of Y is where, by applying the expression to the indices of the entries."""
    import torch

    numbers = torch.arange(Y.numel()).reshape(Y.shape)
    code = EXPRESSIONS[expression].replace("Y > 0", "M").replace("torch.float16", "torch.int64")
    kept = run(f"V = {code}", {"torch": torch, "Y": numbers, "M": Y > 0}, [])[1]
    places: NDArray[np.int64] = kept["V"].numpy()
    return places
