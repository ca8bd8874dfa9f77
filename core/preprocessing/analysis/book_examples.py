"""The lines of preprocessing from *Dive into Deep Learning*, chapter 2.2, run on any table with today's versions.

A. Zhang, Z. C. Lipton, M. Li and A. J. Smola, Cambridge University Press, 2023. Each line is run as in the book and as
it has to be written now; the next line starts from the result of the second.
"""

import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from core.code_runner import Execution, run, run_apart
from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.analysis import explanations
from core.preprocessing.analysis.book_file import HOUSE_TINY, read_book_file, write_lines_now, write_lines_then
from core.preprocessing.analysis.deletions import Deletion, compare_deletions
from core.preprocessing.analysis.indicators import Indicators, explain_indicators
from core.preprocessing.analysis.read_line import holds_same, write_read_line
from core.preprocessing.column_types.frames import check_frame, read_target
from core.preprocessing.column_types.infer import is_missing
from core.preprocessing.schema import Reading

MOST_ROWS = 1_000
MOST_FEATURES = 100
MOST_VALUES = 10_000  # distinct texts: get_dummies makes a column for each
MOST_BYTES = 5_000_000  # of a file for which read_csv is run

READ_THEN = "import pandas as pd\n\ndata = pd.read_csv(data_file)"
SPLIT_THEN = "inputs, outputs = data.iloc[:, 0:2], data.iloc[:, 2]"
FILL_THEN = "inputs = inputs.fillna(inputs.mean())"
ENCODE_THEN = "inputs = pd.get_dummies(inputs, dummy_na=True)"
FEATURES_THEN = "import torch\n\nX = torch.tensor(inputs.values)"
LABELS_THEN = "y = torch.tensor(outputs.values)"

INFINITE = "data = data.replace([float('inf'), float('-inf')], float('nan'))"
DATES = """dates = inputs.select_dtypes('datetime').columns
inputs[dates] = (inputs[dates] - pd.Timestamp('1970-01-01')) / pd.Timedelta(days=1)"""
VALUELESS = "inputs = inputs.dropna(axis='columns', how='all')"
FILL_NOW = "inputs = inputs.fillna(inputs.mean(numeric_only=True))"
ZEROS = """unused = inputs.columns.str.endswith('_nan') & ~inputs.any().to_numpy()
inputs = inputs.loc[:, ~unused]"""
FEATURES_NOW = "import torch\n\nX = torch.tensor(inputs.to_numpy(dtype=float))"
LABELS_NOW = "y = torch.tensor(outputs.to_numpy(dtype=float))"


@dataclass(frozen=True, eq=False)
class Step:
    """One line of the book.

    Attributes:
        name: what the line does.
        then: the line as in the book, run.
        now: the line as it has to be now, run.
        reason: why, in a sentence or two.
    """

    name: str
    then: Execution
    now: Execution
    reason: str


@dataclass(frozen=True, eq=False)
class ThenAndNow:
    """The book's lines, run on a table.

    Attributes:
        steps: in their order.
        versions: of the packages they ran with, by name.
        notes: what was left out of the table to run them.
        deletions: what deleting instead of filling leaves of the same rows.
        indicators: what each value of the columns of text becomes.
    """

    steps: tuple[Step, ...]
    versions: Mapping[str, str]
    notes: tuple[str, ...]
    deletions: tuple[Deletion, ...] = ()
    indicators: tuple[Indicators, ...] = ()


def write_then_and_now(text: str = HOUSE_TINY) -> Step:
    """Run the first lines, which write a file such as that of the four houses, in a temporary folder.

    The result is the path and the size of the file in bytes.
    """
    show = "repr(str(data_file)) + ', ' + str(__import__('os').path.getsize(data_file)) + ' bytes'"
    then, now = run_apart(write_lines_then(text), show), run_apart(write_lines_now(text), show)
    return Step("file", then, now, explanations.writing(then))


def read_then_and_now(
    content: bytes, frame: pd.DataFrame, in_full: Callable[[Reading], str] | None = None
) -> Step | None:
    """Run `pd.read_csv` on the bytes of a file, and the line of pandas that gives the frame of `read_table`.

    The line is the book's own where that does, else one with the arguments that this file needs, else what `in_full`
    writes, which has to set `data` from `data_file`. Of a file of text of more than 5 MB the first lines that fit are
    read. Returns None for a compressed file, which `read_csv` would decompress without a limit.
    """
    reading = frame.attrs.get("reading")
    if getattr(reading, "compression", None) is not None:
        return None
    if len(content) > MOST_BYTES and (reading is None or reading.format == "csv"):
        content = content[: content.rfind(b"\n", 0, MOST_BYTES) + 1] or content[:MOST_BYTES]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(content)
        given = {"data_file": str(path)}
        then, variables = run(READ_THEN, given, ["data"])
        now, made = then, variables
        for code in () if reading is None else _candidates(reading, in_full):
            if now.worked and holds_same(made["data"], frame):
                break
            now, made = run(code, given, ["data"])
    return Step("read", then, now, explanations.reading(then, variables.get("data"), frame))


def _candidates(reading: Reading, in_full: Callable[[Reading], str] | None) -> Iterator[str]:
    """Yield lines that read the file, the shortest first."""
    yield write_read_line(reading, names_missing=False)
    yield write_read_line(reading)
    if in_full is not None:
        yield in_full(reading)


def book_then_and_now(text: str) -> tuple[tuple[Step, ...], ThenAndNow]:
    """Run all lines on a file that is typed, its last column the label: those up to reading it, and those after.

    Raises InputError for a text that is no such file, and as `then_and_now` does.
    """
    frame = read_book_file(text)
    following = then_and_now(frame, str(frame.columns[-1]))
    read = read_then_and_now(text.encode(), frame)
    return (write_then_and_now(text), *([read] if read else [])), following


def then_and_now(frame: pd.DataFrame, target: str | None) -> ThenAndNow:
    """Run the lines from the split of inputs and outputs to the tensors on this table.

    Of a large table the first 1,000 rows (with a value of the target, if the first ones have none), at most 100
    features, and fewer rows if texts have too many distinct values; notes say so. Without a target all columns are
    inputs, and there are no outputs. The last X is float64 and has no missing or infinite value; so has y.
    Raises InputError if the target is absent or has no number, or if no other column has a value.
    """
    import torch

    data, notes = _cut(frame, target)
    steps: list[Step] = []
    known: dict[str, Any] = {"pd": pd, "data": data}
    shown = ["inputs"] if target is None else ["inputs", "outputs"]
    known = _take(steps, known, "split", SPLIT_THEN, _split_now(data, target), shown)
    known = _take(steps, known, "fill", FILL_THEN, _fill_now(known["inputs"]), ["inputs"])
    indicators = tuple(explain_indicators(known["inputs"]))
    known = _take(steps, known, "encode", ENCODE_THEN, _encode_now(known["inputs"]), ["inputs"])
    known = _take(steps, known, "features", FEATURES_THEN, FEATURES_NOW, ["X"])
    if target is not None:
        known = _take(steps, known, "labels", LABELS_THEN, LABELS_NOW, ["y"])
    versions = {"pandas": pd.__version__, "torch": torch.__version__, "Python": platform.python_version()}
    return ThenAndNow(tuple(steps), versions, tuple(notes), compare_deletions(data, target), indicators)


def _take(
    steps: list[Step], known: dict[str, Any], name: str, then_code: str, now_code: str, show: list[str]
) -> dict[str, Any]:
    """Run both sides of a line on the current variables, add the step, and return the variables after the right one."""
    then, old = run(then_code, known, ["inputs", "outputs"] if name == "split" else show)
    now, new = run(now_code, known, show)
    steps.append(Step(name, then, now, explanations.explain(name, explanations.Outcome(then, known, old, new))))
    return new


def _split_now(data: pd.DataFrame, target: str | None) -> str:
    lines = [INFINITE] if any(int(is_missing(data[name]).sum()) > int(data[name].isna().sum()) for name in data) else []
    if target is None:
        return "\n".join([*lines, "inputs = data.copy()"])
    if is_missing(data[target]).any():
        lines.append(f"data = data.dropna(subset=[{target!r}])")
    return "\n".join([*lines, f"inputs, outputs = data.drop(columns=[{target!r}]), data[{target!r}]"])


def _fill_now(inputs: pd.DataFrame) -> str:
    has_dates = not inputs.select_dtypes("datetime").empty
    valueless = inputs.isna().all().any()
    return "\n".join([*([DATES] if has_dates else []), *([VALUELESS] if valueless else []), FILL_NOW])


def _encode_now(inputs: pd.DataFrame) -> str:
    texts = inputs.select_dtypes(["object", "string", "category"])
    return f"{ENCODE_THEN}\n{ZEROS}" if len(texts.columns) and not texts.isna().any().all() else ENCODE_THEN


def _cut(frame: pd.DataFrame, target: str | None) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows and columns on which the lines are run, without the `attrs`, and what was left out."""
    check_frame(frame)
    labelled = np.ones(len(frame), dtype=bool) if target is None else ~is_missing(read_target(frame, target))
    others = [name for name in frame.columns if name != target]
    data = frame[[name for name in frame.columns if name == target or name in set(others[:MOST_FEATURES])]]
    data.attrs = {}
    rows = MOST_ROWS
    texts = data.select_dtypes(["object", "string", "category"])
    while rows > 1 and texts.head(rows).nunique().sum() > MOST_VALUES:
        rows //= 2
    kept = np.arange(min(rows, len(data))) if labelled[:rows].any() else np.flatnonzero(labelled)[:rows]
    data = data.iloc[kept]
    if all(is_missing(data[name])[labelled[kept]].all() for name in others[:MOST_FEATURES]):
        raise InputError(_("The lines need a column with values besides the label; this table has none."))
    return data, _cut_notes(len(frame), len(data), len(others))


def _cut_notes(rows: int, shown: int, features: int) -> list[str]:
    notes = []
    if shown < rows:
        notes.append(
            _("The lines are run on {shown} of {rows} rows.").format(shown=format_count(shown), rows=format_count(rows))
        )
    if features > MOST_FEATURES:
        notes.append(
            _("The lines are run on the first {shown} of {count} features.").format(
                shown=MOST_FEATURES, count=format_count(features)
            )
        )
    return notes
