"""The rows that kinds share: the sample of penguins, and the visitor's own table with a label that is chosen here."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.analysis.class_targets import ClassTarget, class_targets
from core.problems.rows import Rows
from dashboard.pipeline import tables
from dashboard.visit import state
from dashboard.visit.cache import cache_resource
from dashboard.visit.samples import samples

MOST_ROWS = 400  # of a table; more are thinned evenly
MOST_COLUMNS = 60
LABEL = "problems_label"  # the label with classes that the visitor chose, a name of the table


@cache_resource(max_entries=1, show_spinner=False)
def penguins_frame() -> pd.DataFrame:
    """Return the penguins whose every cell is known."""
    frame = pd.read_csv(BytesIO(samples()["penguins"].content()))
    return frame.dropna().reset_index(drop=True)


def penguins(columns: Sequence[str], label: str = "species") -> Rows:
    """Return the penguins with these columns as features and the classes of another one."""
    frame = penguins_frame()
    classes = tuple(sorted(frame[label].unique()))
    names = tuple(column.replace("_", " ").replace(" mm", " (mm)").replace(" g", " (g)") for column in columns)
    code = (
        "import pandas as pd\n\n"
        'frame = pd.read_csv("data/penguins.csv").dropna()\n'
        f"X = frame[{list(columns)!r}].to_numpy(float)\n"
        f'y = frame["{label}"].astype("category").cat.codes.to_numpy()\n'
    )
    y = frame[label].map({name: place for place, name in enumerate(classes)}).to_numpy(np.int64)
    return Rows(f"penguins {columns} {label}", frame[list(columns)].to_numpy(np.float64), names, y, classes, code)


def own_numbers(most: int = MOST_ROWS) -> Rows:
    """Return the visitor's prepared rows without a label, at most `most` of them, evenly chosen.

    Raises InputError if nothing can be learnt from the table, or it has too many columns.
    """
    ready = tables.preparation()
    X, names = ready.prepared.X.numpy().astype(np.float64), tuple(ready.prepared.feature_names)
    _check_columns(names)
    rows = _thinned(len(X), most)
    return Rows(f"table {ready.key} numbers {most}", X[rows], names, code=_code(rows, len(X)))


def own_classes(most: int = MOST_ROWS, least: int = 2) -> Rows:
    """Draw the choice of a label with classes of the visitor's table, and return its rows, without those of no class.

    The usual label is the first with `least` classes. Raises InputError if no label of the table has two classes with
    rows, or if the table has too many columns.
    """
    targets = {name: target for name, target in _targets().items() if len(target.classes) > 1}
    if not targets:
        raise InputError(
            _("A column with at least two classes is needed, but this table has none; choose another table on Data.")
        )
    if state.get(LABEL) not in targets:
        enough = [name for name, target in targets.items() if len(target.classes) >= least]
        state.put(LABEL, (enough or list(targets))[0])
    chosen = str(st.selectbox(_("Label"), list(targets), key=LABEL, bind=state.bound(LABEL), width=170))
    return _class_rows(targets[chosen], most)


def _class_rows(target: ClassTarget, most: int) -> Rows:
    ready = tables.preparation()
    own = {
        name for column in ready.fitted.columns if column.plan.column == target.column for name in column.feature_names
    }
    places = [place for place, name in enumerate(ready.prepared.feature_names) if name not in own]
    names = tuple(ready.prepared.feature_names[place] for place in places)
    _check_columns(names)
    labels = target.labels.loc[ready.prepared.rows]
    numbers = pd.Series(labels.map({name: place for place, name in enumerate(target.classes)}), dtype="float64")
    known = np.flatnonzero(numbers.notna().to_numpy())
    if len(np.unique(numbers.to_numpy()[known])) < 2:
        raise InputError(
            _("At least two classes are needed, but the rows have one; choose another label, or a table on Data.")
        )
    rows = known[_thinned(len(known), most)]
    X = ready.prepared.X.numpy().astype(np.float64)[rows][:, places]
    y = numbers.to_numpy()[rows].astype(np.int64)
    seen = np.unique(y)  # a class without a row is none
    classes = tuple(target.classes[place] for place in seen)
    key = f"table {ready.key} {target.name} {most}"
    return Rows(key, X, names, np.searchsorted(seen, y), classes, _code(rows, len(labels)))


def _targets() -> Mapping[str, ClassTarget]:
    return _kept_targets(tables.table_key(), tables.table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=False)
def _kept_targets(key: str, _frame: pd.DataFrame) -> Mapping[str, ClassTarget]:
    return class_targets(_frame)


def _thinned(count: int, most: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))


def _check_columns(names: Sequence[str]) -> None:
    if not names:
        raise InputError(_("At least one feature is needed, but none is left; choose another label or table."))
    if len(names) > MOST_COLUMNS:
        raise InputError(
            _("At most {most} features are learnt from, but the table has {count}; leave some out on Prepare.").format(
                most=format_count(MOST_COLUMNS), count=format_count(len(names))
            )
        )


def _code(rows: "np.ndarray[tuple[int], np.dtype[np.int64]]", count: int) -> str:
    """Return the lines that stand for the visitor's rows: X and y of the script on Take home."""
    chosen = f"\nrows = {rows.tolist()!r}\nX, y = X[rows], y[rows]" if len(rows) < count else ""
    return f"# X and y are the arrays of your table, as the script of Prepare makes them{chosen}\n"
