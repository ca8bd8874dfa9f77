"""Convert text columns between pandas and Arrow, without a Python object for each text."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

TEXT = pd.StringDtype(storage="pyarrow", na_value=np.nan)  # the dtype `str` of pandas


def to_arrow(texts: pd.Series) -> "pa.Array":
    """Return a column of text as one array of Arrow."""
    import pyarrow as pa

    array = pa.array(texts.array, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def from_arrow(texts: "pa.Array | pa.ChunkedArray") -> pd.Series:
    """Return texts of Arrow as a column of dtype `str`; null is missing."""
    import pyarrow as pa

    return pd.Series(pd.array(texts.cast(pa.large_string()), dtype=TEXT))


def matches(texts: pd.Series, pattern: str) -> npt.NDArray[np.bool_]:
    """Mark the texts that match the pattern from end to end, shape (n,); False where missing.

    The same as `texts.str.fullmatch(pattern)`, but faster for a short column.
    """
    import pyarrow.compute as pc

    found = pc.match_substring_regex(to_arrow(texts), pattern=rf"\A(?:{pattern})\z")
    marked: npt.NDArray[np.bool_] = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return marked


def no_values(count: int, name: str) -> pd.Series:
    """Return a column of this many missing values, of dtype `str`."""
    import pyarrow as pa

    return from_arrow(pa.nulls(count, pa.large_string())).rename(name)
