"""Mask known cells of a table, to measure the error of each fill."""

from collections.abc import Sequence
from numbers import Integral
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.preprocessing.column_types.frames import check_frame
from core.preprocessing.column_types.infer import as_numbers, holds_numbers, is_missing

Which: TypeAlias = Literal["any", "large"]


def mask_cells(
    frame: pd.DataFrame, share: float, *, seed: int = 0, spare: Sequence[str] = (), which: Which = "any"
) -> pd.DataFrame:
    """Return the table with a share of the present cells of every column made missing.

    `share` is at least 0 and below 1, rounded to whole cells column by column; one value of each column is always kept,
    and the columns in `spare` are not masked. Which cells are masked depends on the seed and the table only.

    - `any`: every cell of a column is as likely as any other (missing completely at random).
    - `large`: the larger a number or the later a date, the likelier: the chance of being drawn next is proportional to
      its rank. So being missing depends on the value itself (missing not at random). Other columns: as `any`.

    Whole numbers become float64 where one is missing. Raises InputError for another share, seed or choice.

    >>> mask_cells(pd.DataFrame({"a": [1, 2, 3, 4]}), 0.5, seed=0)["a"].isna().sum()
    np.int64(2)
    """
    check_frame(frame)
    _check(share, seed, which)
    if not share:
        return frame
    generator = np.random.default_rng(int(seed))
    taken = {}
    for name in frame.columns:
        values = frame[name]
        if name in spare:
            taken[name] = values
            continue
        present = np.flatnonzero(~is_missing(values))
        count = min(round(share * len(present)), max(len(present) - 1, 0))
        chosen = present[_draw(values.iloc[present], count, generator, which)]
        taken[name] = values.mask(_marks(len(values), chosen)) if count else values
    result = pd.DataFrame(taken, index=frame.index, columns=frame.columns)
    result.attrs = dict(frame.attrs)
    return result


def _draw(values: pd.Series, count: int, generator: np.random.Generator, which: Which) -> npt.NDArray[np.int64]:
    """Draw positions without replacement, with probabilities proportional to their rank or equal.

    The positions of the smallest exponential variates, divided by the weights, are such a draw (Efraimidis and
    Spirakis, 2006).
    """
    times = generator.exponential(size=len(values))
    ordered = pd.api.types.is_datetime64_any_dtype(values.dtype) or holds_numbers(values)
    if which == "large" and ordered and len(values):
        comparable = values if values.dtype.kind == "M" else pd.Series(as_numbers(values, str(values.name)))
        times = times / comparable.rank().to_numpy()
    return np.argpartition(times, count)[:count] if count else np.zeros(0, dtype=np.int64)


def _marks(size: int, places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    marks = np.zeros(size, dtype=bool)
    marks[places] = True
    return marks


def _check(share: object, seed: object, which: object) -> None:
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share < 1:
        raise InputError(
            _("The share of cells to mask has to be at least 0 and below 1; got {value}.").format(value=share)
        )
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise InputError(_("The seed has to be a whole number of at least 0; got {value}.").format(value=seed))
    if which not in get_args(Which):
        raise InputError(
            _("Cells can be masked by {choices}; got {value}.").format(
                choices=format_list(get_args(Which)), value=repr(which)
            )
        )
