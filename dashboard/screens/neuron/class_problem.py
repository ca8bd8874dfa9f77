"""What the neuron learns: a label of the visitor's table, two of its classes, and the columns it sees."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _, ngettext
from core.preprocessing.analysis.class_targets import ClassTarget, class_targets
from dashboard.pipeline import tables
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_error
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

T = TypeVar("T")
Array = npt.NDArray[np.float64]
MOST_FEATURES = 60  # that are learnt from at once
ALL = "all"
CHOICES = (
    "neuron_target",
    "neuron_label",
    "neuron_negative",
    "neuron_positive",
    "neuron_across",
    "neuron_up",
    "neuron_features",
)


@dataclass(frozen=True, eq=False)
class ClassProblem:
    """Rows with a class and features, split as the recipe splits them; `across` and `up` are places in `names`."""

    key: str
    target: ClassTarget
    classes: tuple[str, ...]
    names: tuple[str, ...]
    across: int
    up: int
    X_train: Array
    y_train: Array
    X_test: Array
    y_test: Array
    left_out: str

    @property
    def is_plane(self) -> bool:
        """Whether the two columns drawn are all that the neuron sees."""
        return len(self.names) == 2


def possible_targets() -> Mapping[str, ClassTarget]:
    """Return the labels that the table in use offers."""
    return _targets(tables.table_key(), tables.table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=False)
def _targets(key: str, _frame: pd.DataFrame) -> Mapping[str, ClassTarget]:
    return class_targets(_frame)


def usual_target(targets: Mapping[str, ClassTarget], many: bool = False) -> str:
    """Return the first label with two classes, or with more if `many` are wanted; else the first with two at least."""
    counts = {name: len(taught_classes(target)) for name, target in targets.items()}
    wanted = [name for name, count in counts.items() if (count > 2 if many else count == 2)]
    return (wanted + [name for name, count in counts.items() if count > 1] + list(targets))[0]


def taught_classes(target: ClassTarget) -> list[str]:
    """Return the classes of a label that some training row has."""
    ready = tables.preparation()
    found = set(target.labels.loc[ready.prepared.rows.intersection(ready.train)])
    return [name for name in target.classes if name in found]


def choose(*, many: bool = False) -> dict[str, str]:
    """Draw the choices and return them, for `learn`. With `many` all classes of the label are learnt, else two."""
    targets = possible_targets()
    if not targets:
        raise InputError(_("A column with classes or numbers is needed, but this table has none; choose another one."))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = "neuron_label" if many else "neuron_target"
        name = _choose(key, _("Label"), list(targets), usual_target(targets, many))
        target = targets[name]
        if not many:
            taught = [*taught_classes(target), *target.classes]
            _choose("neuron_negative", _("Class 0"), list(target.classes), taught[0])
            _choose("neuron_positive", _("Class 1"), list(target.classes), taught[min(1, len(target.classes) - 1)])
        features = _features(target)
        if len(features) < 2:
            raise InputError(_("The plane needs two columns besides the label; choose another label or table."))
        usual = _usual_columns(tuple(features))
        _choose("neuron_across", _("Across"), features, usual[0])
        _choose("neuron_up", _("Up"), features, usual[1])
        controls.either("neuron_features", _("Learn from"))
    return {key: _now(key) for key in CHOICES}


def _choose(key: str, label: str, options: list[str], first: str) -> str:
    if state.get(key) not in options:
        state.put(key, first)
    return str(st.selectbox(label, options, key=key, bind=state.bound(key), width=170))


def _now(key: str) -> str:
    return str(settings.value(key) if key in settings.KNOBS else state.get(key))


def learn(chosen: dict[str, str], fit: Callable[[ClassProblem], T], *, many: bool = False) -> tuple[ClassProblem, T]:
    """Return the problem of these choices and what `fit` makes of it.

    Where either raises InputError, say so and return those of the last choices for which neither did.
    """
    kept = f"_good_neuron_{many}_{tables.table_key()}"
    try:
        problem = _pose(chosen, many)
        fitted = fit(problem)
    except InputError as wrong:
        good = state.get(kept)
        if good is None or good == chosen:
            raise
        show_error(str(wrong))
        st.caption(_("Showing the last valid result."))
        problem = _pose(good, many)
        return problem, fit(problem)
    state.put(kept, chosen)
    if problem.left_out:
        st.caption(escape_markdown(problem.left_out))
    return problem, fitted


def _features(target: ClassTarget) -> list[str]:
    """Return the features that are not made from the label, and what is predicted elsewhere unless it is the label."""
    ready = tables.preparation()
    own = {
        name for column in ready.fitted.columns if column.plan.column == target.column for name in column.feature_names
    }
    names = [name for name in ready.prepared.feature_names if name not in own]
    label = ready.recipe.target
    return names if label == target.column or label in names else [*names, label]


def _usual_columns(names: tuple[str, ...]) -> tuple[str, str]:
    """Return the two columns drawn at first: the first two with many values, as of measurements."""
    ready = tables.preparation()
    numbers = {
        name for column in ready.fitted.columns if column.plan.encode == "number" for name in column.feature_names
    }
    first = [name for name in names if name in numbers or name == ready.recipe.target]
    order = [*first, *(name for name in names if name not in first)]
    return order[0], order[1]


def _pose(chosen: Mapping[str, str], many: bool) -> ClassProblem:
    ready = tables.preparation()
    asked = dict(chosen)
    if many:  # the two classes of the other views play no part
        asked |= {"neuron_target": chosen["neuron_label"], "neuron_negative": "", "neuron_positive": ""}
    asked.pop("neuron_label")
    return _problem(json.dumps([ready.key, asked, many]), asked, many, ready, possible_targets())


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _problem(
    key: str,
    _chosen: Mapping[str, str],
    _many: bool,
    _ready: tables.Preparation,
    _possible: Mapping[str, ClassTarget],
) -> ClassProblem:
    target = _possible[_chosen["neuron_target"]]
    classes = tuple(taught_classes(target)) if _many else (_chosen["neuron_negative"], _chosen["neuron_positive"])
    _check(target, classes)
    every = _features(target)
    wanted = [_chosen["neuron_across"], _chosen["neuron_up"]]
    if wanted[0] == wanted[1]:
        raise InputError(
            _("The plane needs two different columns, but both are “{column}”; choose another one.").format(
                column=wanted[0]
            )
        )
    names = every if _chosen["neuron_features"] == ALL else wanted
    if len(names) > MOST_FEATURES:
        raise InputError(
            _("{count} columns are more than the {most} that are learnt from here; choose two of them.").format(
                count=format_count(len(names)), most=MOST_FEATURES
            )
        )
    labels = target.labels.loc[_ready.prepared.rows]
    numbers = {name: number for number, name in enumerate(classes)}
    place: Array = np.asarray(labels.map(numbers), dtype=np.float64)
    known = ~np.isnan(place)
    X = _matrix(_ready, names)
    train = _ready.prepared.rows.isin(_ready.train)
    lacking = [name for number, name in enumerate(classes) if not (place[train & known] == number).any()]
    if lacking:
        raise InputError(
            _(
                "No training row has the class {names} of “{label}”; choose other classes, or another split on Prepare."
            ).format(names=format_list(f"“{name}”" for name in lacking), label=target.name)
        )
    return ClassProblem(
        key, target, tuple(classes), tuple(names), names.index(wanted[0]), names.index(wanted[1]),
        X[train & known], place[train & known], X[~train & known], place[~train & known],
        _left_out(target, int((~known).sum())),
    )  # fmt: skip


def _check(target: ClassTarget, classes: tuple[str, ...]) -> None:
    if len(target.classes) < 2:
        raise InputError(
            _("Two classes are needed, but every value of “{label}” is “{value}”; choose another label.").format(
                label=target.name, value=target.classes[0]
            )
        )
    if len(set(classes)) < 2:
        raise InputError(
            _("Two different classes are needed, but both are “{value}”; choose another one for class 0 or 1.").format(
                value=(classes or target.classes)[0]
            )
        )


def _matrix(ready: tables.Preparation, names: list[str]) -> Array:
    prepared = ready.prepared
    label = prepared.y if prepared.untransformed is None else prepared.untransformed
    places = {name: prepared.X[:, at] for at, name in enumerate(prepared.feature_names)}
    columns = [places.get(name, label).numpy() for name in names]
    return np.column_stack(columns)


def _left_out(target: ClassTarget, rows: int) -> str:
    if not rows:
        return ""
    return ngettext(
        "{rows} row of another class, or without a “{label}”, is left out.",
        "{rows} rows of other classes, or without a “{label}”, are left out.",
        rows,
    ).format(rows=format_count(rows), label=target.name)
