"""Why a line of the book worked or failed on this table, from what really happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from core.code_runner import Execution
from core.formatting import format_list
from core.language import _, ngettext
from core.preprocessing.analysis.read_line import differing_columns
from core.preprocessing.naming import quote_names

MANY_VALUES = 20  # columns from one column of text


@dataclass(frozen=True, eq=False)
class Outcome:
    """What happened at one line.

    Attributes:
        then: the old line, run.
        before: the variables before it.
        old: the variables after it; where it failed, those before it.
        new: the variables after the new line.
    """

    then: Execution
    before: Mapping[str, Any]
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def explain(name: str, outcome: Outcome) -> str:
    """Return the reason for one step in one to four sentences."""
    return " ".join(_REASONS[name](outcome))


def writing(then: Execution) -> str:
    """Explain the lines that write the file."""
    if not then.worked:
        return _("This program may not write files here, so the line failed.")
    return _(
        "Still works. '..' is relative to Python's working directory, which need not be the folder of the notebook, "
        "and exist_ok=True lets the line run a second time. Naming the encoding makes the file the same on every "
        "system."
    )


def reading(then: Execution, read: pd.DataFrame | None, frame: pd.DataFrame) -> str:
    """Explain the result of `read_csv`, by comparing it with the frame of `read_table`."""
    if not then.worked or read is None:
        return _(
            "read_csv assumes UTF-8, commas and rows of equal length, and this file differs. The line on the right "
            "is what this file needs."
        )
    if list(read.columns.astype(str)) != list(frame.columns):
        return _(
            "No exception, but other columns: read_csv found {found}, and the file has {count}. It assumes commas "
            "and one header row; the line on the right is what this file needs."
        ).format(found=len(read.columns), count=len(frame.columns))
    unlike = differing_columns(read, frame)
    if unlike:
        return _("No exception, but other values in {names}: a number, a date or a missing value has a format that "
                 "read_csv does not know by itself, so it is named on the right.").format(
                     names=quote_names(unlike)
                 )  # fmt: skip
    return _("Works here: the file is what read_csv assumes, UTF-8 with commas and one header row.")


def _split(outcome: Outcome) -> list[str]:
    sentences = [_judge_split(outcome)]
    before, new = outcome.before["data"], outcome.new
    if len(new["inputs"]) < len(before):
        sentences.append(_("Nothing can be learnt from rows without a label, so they are dropped first."))
    if int(new["data"].isna().sum().sum()) > int(before.isna().sum().sum()):
        sentences.append(_("An infinite number is not a measurement and becomes a missing value."))
    return sentences


def _judge_split(outcome: Outcome) -> str:
    width, old, new = outcome.before["data"].shape[1], outcome.old, outcome.new
    if not outcome.then.worked:
        return ngettext(
            "The line selects the columns 0, 1 and 2, and this table has {count}. Selecting by name works wherever "
            "a column stands.",
            "The line selects the columns 0, 1 and 2, and this table has {count}. Selecting by name works wherever "
            "a column stands.",
            width,
        ).format(count=width)
    taken, label = list(old["inputs"].columns), str(old["outputs"].name)
    if "outputs" not in new:
        return _(
            "No exception, but the positions in the line do not fit this table: it uses {names} as inputs and "
            "“{label}” as the label. No column here holds numbers, so there is no label at all."
        ).format(names=quote_names(taken), label=label)
    target, features = str(new["outputs"].name), list(new["inputs"].columns)
    if label == target and taken == features:
        return _(
            "Works here, since “{label}” happens to be the third of three columns. Selecting by name works wherever "
            "a column stands."
        ).format(label=label)
    why = (
        _(
            "No exception, but wrong: its positions fit only the book's table. It uses {names} as inputs, though "
            "X has shape (n, {count}), and “{label}” as the label instead of “{target}”."
        )
        if label != target
        else _(
            "No exception, but wrong: its positions fit only the book's table. It uses {names} as inputs, though "
            "X has shape (n, {count}); “{label}” happens to be the label."
        )
    )
    among = " " + _("So the label is among the inputs.") if target in taken else ""
    return why.format(names=quote_names(taken), count=len(features), label=label, target=target) + among


def _fill(outcome: Outcome) -> list[str]:
    before, after = outcome.before["inputs"], outcome.new["inputs"]
    texts = list(_texts(after).columns)
    dates = [name for name in before.select_dtypes("datetime").columns if name in after.columns]
    gone = [name for name in before.columns if name not in after.columns]
    sentences = []
    if not outcome.then.worked and texts:
        why = _("mean() takes the mean of every column, and text has none: {names}. Old versions of pandas silently "
                "left such columns out; numeric_only=True makes that explicit.")  # fmt: skip
        sentences.append(why.format(names=quote_names(texts)))
    elif not outcome.then.worked:
        sentences.append(_("mean() takes the mean of every column, and one of these has none."))
    elif before.isna().any(axis=None):
        sentences.append(_("Works here: every column has a mean."))
    else:
        sentences.append(_("Works here, and changes nothing: no input is missing."))
    if dates:
        why = _("Dates become days since 1970, which are numbers: {names}.")
        sentences.append(why.format(names=quote_names(dates)))
    if gone:
        why = _("A column without values has no mean and would stay empty, so it is left out: {names}.")
        sentences.append(why.format(names=quote_names(gone)))
    return sentences


def _encode(outcome: Outcome) -> list[str]:
    before, old, after = (kept["inputs"] for kept in (outcome.before, outcome.old, outcome.new))
    texts = _texts(before)
    if not outcome.then.worked:
        return [_("No column is left to encode.")]
    if texts.empty:
        return [_("Works here, and changes nothing: no column holds text.")]
    made = old.shape[1] - before.shape[1] + texts.shape[1]
    why = ngettext(
        "Still works: {count} column of text becomes {made} columns of True and False.",
        "Still works: {count} columns of text become {made} columns of True and False.",
        texts.shape[1],
    )
    sentences = [why.format(count=texts.shape[1], made=made)]
    unused = old.shape[1] - after.shape[1]
    if unused:
        why = ngettext(
            "dummy_na=True adds an indicator of missing values to each of them, even where nothing is missing: "
            "{count} column of zeros, which carries no information and makes XᵀX singular.",
            "dummy_na=True adds an indicator of missing values to each of them, even where nothing is missing: "
            "{count} columns of zeros, which carry no information and make XᵀX singular.",
            unused,
        )
        sentences.append(why.format(count=unused))
    widest = texts.nunique().idxmax()
    distinct = int(texts[widest].nunique())
    if distinct > MANY_VALUES:
        why = _(
            "“{column}” alone has {count} distinct values: a column that identifies single rows is better left out."
        )
        sentences.append(why.format(column=widest, count=distinct))
    return sentences


def _features(outcome: Outcome) -> list[str]:
    if not outcome.then.worked:
        kinds = sorted({str(dtype) for dtype in outcome.before["inputs"].dtypes})
        why = _(
            "The columns have the dtypes {kinds}, so .values holds Python objects, which torch does not accept. "
            "get_dummies returns bool since pandas 2, and numbers before; dtype=float converts to numbers."
        )
        return [why.format(kinds=format_list(kinds))]
    return [_judge_dtype(str(outcome.old["X"].dtype))]


def _labels(outcome: Outcome) -> list[str]:
    if not outcome.then.worked:
        return [_("The label holds Python objects, which torch does not accept; dtype=float converts to numbers.")]
    return [_judge_dtype(str(outcome.old["y"].dtype))]


def _judge_dtype(dtype: str) -> str:
    if dtype == "torch.float64":
        return _("Works here: these dtypes convert to float64. dtype=float makes sure of it for any table.")
    return _(
        "No exception, but a tensor of {dtype}: torch cannot take its mean, compute its gradient or multiply it by "
        "float64 weights. dtype=float makes it float64."
    ).format(dtype=dtype)


def _texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that get_dummies encodes."""
    return frame.select_dtypes(["object", "string", "category"])


_REASONS: Mapping[str, Callable[[Outcome], list[str]]] = MappingProxyType(
    {"split": _split, "fill": _fill, "encode": _encode, "features": _features, "labels": _labels}
)
