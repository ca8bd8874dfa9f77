"""A reduction step by step: each line of an axis is combined with the first, until the axis has length 1."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from core.tensors.reductions import Array, Axes, Floats, How, TensorLike, entries, find_axes, find_how, reduce

MOST_FOLDS = 8
_FOLDS: dict[How, Callable[[Array, Array], Array]] = {
    "sum": np.add, "mean": np.add, "var": np.add, "prod": np.multiply, "max": np.maximum, "min": np.minimum,
}  # fmt: skip
Kind: TypeAlias = Literal["start", "square", "fold", "divide", "end"]


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a collapse, and the tensor after it.

    Attributes:
        kind: "start": the entries themselves. "square": each is replaced by its squared distance from the mean. "fold":
            lines of an axis are combined with line 0 and removed. "divide": by the divisor of the collapse. "end": the
            axes of length 1 are removed, or kept with keepdims.
        values: of the tensor after it.
        axis: the folded axis.
        first: the first of the lines folded, of the tensor before.
        last: the last of them.
        taken: the number of lines of the axis that line 0 combines so far.
    """

    kind: Kind
    values: Array
    axis: int = 0
    first: int = 0
    last: int = 0
    taken: int = 0


@dataclass(frozen=True, eq=False)
class Collapse:
    """A reduction step by step. Without an axis there is nothing to fold.

    Attributes:
        x: the array.
        how: the reduction.
        axes: the reduced axes.
        keepdims: whether they are kept with length 1.
        correction: of the divisor of a variance.
        steps: in order.
        dtype: what the entries are converted to first, None for nothing.
    """

    x: Array
    how: How
    axes: tuple[int, ...]
    keepdims: bool
    correction: float
    steps: tuple[Step, ...]
    dtype: Floats | None = None

    @property
    def result(self) -> Array:
        """Return the final tensor: the result of `reduce`, as an array."""
        return self.steps[-1].values

    @property
    def count(self) -> int:
        """Return the number of entries reduced to one."""
        return int(np.prod([self.x.shape[axis] for axis in self.axes], dtype=int))

    @property
    def divisor(self) -> float:
        """Return the final divisor: n for a mean, n - correction for a variance, else 1."""
        return {"mean": self.count, "var": self.count - self.correction}.get(self.how, 1)

    @cached_property
    def means(self) -> Array:
        """Return the mean of every line, with the axes kept."""
        return reduce(self.x, "mean", self.axes or None, keepdims=True, dtype=self.dtype).numpy()

    def mean(self, place: tuple[int, ...]) -> float:
        """Return the mean of the entries reduced to one entry of the result."""
        return float(self.means.reshape(self.result.shape)[place])

    def place(self, index: tuple[int, ...]) -> tuple[int, ...]:
        """Return the entry of the result that an entry of `x` is reduced to."""
        if self.keepdims:
            return tuple(0 if axis in self.axes else at for axis, at in enumerate(index))
        return tuple(at for axis, at in enumerate(index) if axis not in self.axes)

    def line(self, place: tuple[int, ...]) -> Array:
        """Return the entries of `x` that are reduced to one entry of the result, in order."""
        kept = iter(place)
        at = [next(kept) if self.keepdims or axis not in self.axes else 0 for axis in range(self.x.ndim)]
        return self.x[tuple(slice(None) if axis in self.axes else at[axis] for axis in range(self.x.ndim))].ravel()


def collapse(
    x: TensorLike,
    how: str,
    axis: Axes = None,
    keepdims: bool = False,
    *,
    correction: float = 1,
    dtype: Floats | None = None,
    most: int = MOST_FOLDS,
) -> Collapse:
    """Return a reduction step by step, ending with the result of `reduce`; arguments and errors as for `reduce`.

    The axes are folded one after another in their order, in at most `most` folds each: a longer axis folds several
    lines at once. With an axis of length 0 the result follows in one step.

    >>> [step.values.tolist() for step in collapse([1, 2, 3], "sum").steps]
    [[1, 2, 3], [3, 3], [6], 6]
    """
    array, kind = entries(x), find_how(how)
    axes = find_axes(axis, array.ndim)
    result = reduce(array, kind, axis, keepdims, correction=correction, dtype=dtype).numpy()
    draft = Collapse(array, kind, axes, keepdims, correction, (), dtype)
    with np.errstate(all="ignore"):
        steps = tuple(_steps(draft, most))
    return replace(draft, steps=(*steps, Step("end", result)))


def _steps(of: Collapse, most: int) -> Iterator[Step]:
    counted = of.x.dtype == bool and of.how in ("sum", "prod")  # torch adds and multiplies booleans as 0 and 1
    now = of.x.astype(of.dtype or (np.int64 if counted else of.x.dtype), copy=False)
    yield Step("start", now)
    if not of.count:
        return
    if of.how == "var":
        now = np.asarray((now - of.means) ** 2)
        yield Step("square", now)
    for axis in of.axes:
        for step in _folds(now, of.how, axis, most):
            now = step.values
            yield step
    if of.how in ("mean", "var"):
        yield Step("divide", np.asarray(now / of.divisor if of.divisor > 0 else now * np.nan))


def _folds(now: Array, how: How, axis: int, most: int) -> Iterator[Step]:
    """Yield the folds of one axis; their sizes differ by at most one line."""
    bounds = np.linspace(1, now.shape[axis], min(now.shape[axis] - 1, most) + 1).round().astype(int)
    for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        taken = stop - start
        head, bite, rest = np.split(now, [1, 1 + taken], axis=axis)
        for line in np.split(bite, taken, axis=axis):
            head = _FOLDS[how](head, line)
        now = np.concatenate([head, rest], axis=axis)
        yield Step("fold", now, axis, 1, taken, stop)
