"""Assignment, view, clone or new result: which of them share memory, tried in torch."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from core.errors import InputError
from core.language import _
from core.tensors.products import Array

Making: TypeAlias = Literal["clone", "assign", "view", "transpose", "row", "compute"]
Writing: TypeAlias = Literal["entry", "in_place", "original", "rebind"]
MAKINGS: dict[Making, str] = {
    "clone": "B = A.clone()",
    "assign": "B = A",
    "view": "B = A.reshape(-1)",
    "transpose": "B = A.T",
    "row": "B = A[0]",
    "compute": "B = A + 0",
}
WRITINGS: dict[Writing, str] = {
    "entry": "B[..., 0] = 100",
    "in_place": "B += 1",
    "original": "A[..., 0] = 100",
    "rebind": "B = B + 1",
}
assert set(MAKINGS) == set(get_args(Making)) and set(WRITINGS) == set(get_args(Writing))


@dataclass(frozen=True, eq=False)
class CloneTrial:
    """What torch did when B was made of A and written to.

    Attributes:
        A: before the write.
        made: B before the write.
        A_after: A after it.
        B_after: B after it.
        same: whether both names refer to one tensor.
        shared: whether they use the same memory.
        apart: whether the write gave B memory of its own.
        places: of the shape of `made`: for each entry of B the flat index in A whose memory it uses, -1 for its own.
        lines: those that were run.
    """

    A: Array
    made: Array
    A_after: Array
    B_after: Array
    same: bool
    shared: bool
    apart: bool
    places: Array
    lines: tuple[str, str]


def try_clone(A: ArrayLike, making: Making, writing: Writing) -> CloneTrial:
    """Make B from a matrix A by one of MAKINGS, write by one of WRITINGS, and return the state of both.

    The given A is not changed. Raises InputError unless A is a matrix of numbers with at least one entry.
    """
    import torch

    values = np.asarray(A)
    if values.ndim != 2 or not values.size or values.dtype == bool:
        template = _("A has to be a matrix of numbers with at least one entry; got shape {shape}, {dtype}.")
        raise InputError(template.format(shape=values.shape, dtype=values.dtype))
    original = torch.from_numpy(values.copy())
    names: dict[str, Any] = {"A": original}
    exec(MAKINGS[making], names)  # one of the six lines above
    made = names["B"]
    before, flat = made.numpy().copy(), original.data_ptr()
    shared = made.untyped_storage().data_ptr() == original.untyped_storage().data_ptr()
    offset = (made.data_ptr() - flat) // original.element_size()
    places = np.full(tuple(made.shape), -1)
    if shared:
        steps = [np.arange(length) * step for length, step in zip(made.shape, made.stride(), strict=True)]
        places = offset + sum(np.ix_(*steps), start=np.zeros((), dtype=np.int64))
    exec(WRITINGS[writing], names)
    after = names["B"]
    return CloneTrial(
        values,
        before,
        names["A"].numpy().copy(),
        after.numpy().copy(),
        made is original,
        shared,
        after is not made,
        places,
        (MAKINGS[making], WRITINGS[writing]),
    )
