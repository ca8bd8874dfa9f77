"""The data of the screen Gaps: the table with some cells masked, and the effect of each fill on a column."""

import json
from dataclasses import dataclass

import pandas as pd

from core.language import N_
from core.preprocessing import (
    FillComparison,
    Missingness,
    Recipe,
    compare_fills,
    fill_effects,
    keep_missing,
    mask_cells,
    split_rows,
    summarise_missing,
)
from core.preprocessing.analysis.deletions import Deletion, compare_deletions
from core.preprocessing.column_types.infer import is_missing
from dashboard.pipeline import tables
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

MOST_ROWS_TO_LEARN = 3_000
TAKEN_WITHOUT_GAPS = 20  # percent: a table without missing values has nothing to show otherwise


@dataclass(frozen=True, eq=False)
class Study:
    """The table with cells masked, its missing values, and its key; `taken` counts the cells."""

    key: str
    frame: pd.DataFrame
    picture: Missingness
    taken: int


def suit_share() -> None:
    """Set the default share: 0 if the table has missing values, else some. A chosen one is kept."""
    if state.is_chosen("gaps_share") or state.get("_gaps_suited_to") == tables.table_key():
        return
    state.put("_gaps_suited_to", tables.table_key())
    columns = tables.table_profile()
    features = columns[columns["column"] != tables.target()]
    settings.set("gaps_share", 0 if features["missing"].any() else TAKEN_WITHOUT_GAPS)


def study() -> Study:
    """Return the table in use with the chosen share of cells masked; the label is not masked."""
    share, which, seed = (settings.value(key) for key in ("gaps_share", "gaps_which", "gaps_seed"))
    return _study(json.dumps([tables.table_key(), tables.target(), share, which, seed]), tables.table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=N_("Counting missing values"))
def _study(key: str, _frame: pd.DataFrame) -> Study:
    _table, target, share, which, seed = json.loads(key)
    spare = [] if target is None else [target]
    frame = mask_cells(_frame, share / 100, seed=seed, spare=spare, which=which)
    picture = summarise_missing(frame)
    taken = picture.missing - (picture if frame is _frame else summarise_missing(_frame)).missing
    return Study(key, frame, picture, taken)


def columns_to_fill(of: Study) -> list[str]:
    """Return the features that can be filled: some cells missing in the training rows, but not all.

    First those encoded as numbers, then the others, then those left out.
    """
    rows = of.frame.loc[_training_rows(of)]
    plans = sorted(tables.recipe().columns, key=lambda plan: (not plan.is_kept, plan.encode != "number"))
    gaps = {plan.column: is_missing(rows[plan.column]) for plan in plans}
    return [column for column, marks in gaps.items() if marks.any() and not marks.all()]


def learning_takes_seconds(of: Study) -> bool:
    """Return whether the table is so long that the fills that learn from other columns are optional."""
    return of.picture.rows > MOST_ROWS_TO_LEARN


def comparison(of: Study, column: str, learnt: bool) -> FillComparison:
    """Return the effect of each fill on this column in the training rows; those that take seconds only if `learnt`."""
    return _compare(_key(of), column, learnt, of, tables.table().frame)


@cache_resource(scope="session", max_entries=8, show_spinner=N_("Computing every fill"))
def _compare(key: str, column: str, learnt: bool, _of: Study, _whole: pd.DataFrame) -> FillComparison:
    rows = _training_rows(_of)
    truth = _whole.loc[rows, column] if _of.taken else None
    return compare_fills(_of.frame.loc[rows], _recipe(), column, truth, learnt=learnt)


def plan_effects(of: Study) -> pd.DataFrame:
    """Return the effect of the plan's fills on the training rows."""
    return _plan_effects(_key(of), of)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Filling by the plan"))
def _plan_effects(key: str, _of: Study) -> pd.DataFrame:
    rows = _of.frame.loc[_training_rows(_of)]
    return fill_effects(rows, _recipe().fit(rows))


def deletions(of: Study) -> tuple[Deletion, ...]:
    """Return what deleting instead of filling leaves of the training rows; nothing if no feature is missing there."""
    return _deletions(_key(of), of)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _deletions(key: str, _of: Study) -> tuple[Deletion, ...]:
    return compare_deletions(_of.frame.loc[_training_rows(_of)], tables.target())


def _key(of: Study) -> str:
    split = [settings.value("prepare_test_share"), settings.value("prepare_split_seed")]
    return json.dumps([of.key, tables.recipe().to_json(), *split])


def _recipe() -> Recipe:
    return keep_missing(tables.recipe())


def _training_rows(of: Study) -> pd.Index:
    share, seed = settings.value("prepare_test_share") / 100, settings.value("prepare_split_seed")
    return split_rows(of.frame, _recipe(), test_share=share, seed=seed)[0]
