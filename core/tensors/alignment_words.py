"""Two aligned shapes, told axis by axis from the right, and as a table."""

import pandas as pd

from core.language import _
from core.tensors.broadcasting import Alignment, Pair


def told(aligned: Alignment) -> list[str]:
    """Return a sentence for each axis, from the right, as torch compares them."""
    return [_sentence(pair) for pair in reversed(aligned.pairs)]


def _sentence(pair: Pair) -> str:
    sentence = {
        "equal": _("Axis −{axis}: {first} and {second} are equal."),
        "first is copied": _("Axis −{axis}: a has length 1 and is read {length} times."),
        "second is copied": _("Axis −{axis}: b has length 1 and is read {length} times."),
        "first has none": _("Axis −{axis}: a has no such axis, so it gets one of length 1, read {length} times."),
        "second has none": _("Axis −{axis}: b has no such axis, so it gets one of length 1, read {length} times."),
        "apart": _(
            "Axis −{axis}: {first} and {second} are not equal and neither is 1, so the shapes do not go together."
        ),
    }[pair.verdict]
    return sentence.format(axis=-pair.axis, first=pair.first, second=pair.second, length=pair.length)


def alignment_table(aligned: Alignment) -> pd.DataFrame:
    """Return one row for each tensor and axis: who (a, b, result), axis (-1 is the last), length, read and part.

    length and read are texts: how long the axis is, and as how long the result reads it; "–" where there is none.

    `part` is "own", "copied" (a length of 1 read more often), "missing" or "apart".
    """
    rows = []
    for pair in aligned.pairs:
        parts = (_part(pair.first, pair), _part(pair.second, pair), "apart" if pair.length is None else "own")
        for who, length, part in zip(("a", "b", "result"), (pair.first, pair.second, pair.length), parts, strict=True):
            told = ["–" if one is None else f"{one}" for one in (length, pair.length)]
            rows.append({"who": who, "axis": pair.axis, "length": told[0], "read": told[1], "part": part})
    return pd.DataFrame(rows, columns=["who", "axis", "length", "read", "part"])


def alignment_text(aligned: Alignment) -> str:
    """Return both shapes and that of the result below each other, aligned from the right, as plain text.

    >>> from core.tensors.broadcasting import align
    >>> print(alignment_text(align((3, 4), (4,))))
    a       3  4
    b          4
    result  3  4
    """
    names = ("a", "b", _("result"))
    columns = [
        ["" if pair.first is None else str(pair.first), "" if pair.second is None else str(pair.second),
         "✗" if pair.length is None else str(pair.length)]
        for pair in aligned.pairs
    ]  # fmt: skip
    wide = [max(map(len, column)) for column in columns]
    rows = [[column[at].rjust(width) for column, width in zip(columns, wide, strict=True)] for at in range(3)]
    longest = max(map(len, names))
    return "\n".join("  ".join([name.ljust(longest), *row]).rstrip() for name, row in zip(names, rows, strict=True))


def _part(length: int | None, pair: Pair) -> str:
    if length is None:
        return "missing"
    if pair.length is None:
        return "apart"
    return "copied" if length != pair.length else "own"
