"""Any recipe on any table: finite numbers, every row accounted for, nothing learnt from other rows, nothing changed."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import (
    ColumnPlan,
    Recipe,
    column_kind,
    encode_choices,
    explain_plan,
    fill_choices,
    scale_choices,
    split_rows,
    suggest_recipe,
)
from core.preprocessing.recipes.choices import LEARNT_FILLS
from tests.examples import examples

CELLS = {
    "number": st.floats() | st.integers(-3, 3).map(float),
    "category": st.sampled_from(["a", "b", "c", "nan", "3", "other", "was_missing"]),
    "yes_no": st.sampled_from(["yes", "no", "Yes"]),
    "date": st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
}
DTYPES = {"number": "float64", "category": "str", "yes_no": "str", "date": "datetime64[us]"}


@st.composite
def tables(draw):
    count = draw(st.integers(1, 9))
    names = draw(st.lists(st.sampled_from(["p", "p_a", "nan", "y_", "p_was_missing"]), min_size=1, unique=True))
    kinds = {name: draw(st.sampled_from(sorted(CELLS))) for name in names}
    frame = pd.DataFrame(
        {
            name: pd.Series(draw(st.lists(st.none() | CELLS[kind], min_size=count, max_size=count)), dtype=DTYPES[kind])
            for name, kind in kinds.items()
        }
    )
    return frame.assign(y=draw(st.lists(st.none() | st.integers(0, 5), min_size=count, max_size=count))), kinds


@st.composite
def plans(draw, name, kind):
    encode = draw(st.sampled_from([encode for encode in encode_choices(kind) if encode != "drop"]))
    fill = draw(st.sampled_from([fill for fill in fill_choices(kind, encode) if fill != "drop_column"]))
    constant = {"number": 1.5, "date": "2020-01-31T12:00"}.get(kind, "b") if fill == "constant" else None
    options = {"scale": draw(st.sampled_from(scale_choices(encode)))}
    if fill not in ("own_class", "drop_rows"):
        options["was_missing"] = draw(st.booleans())
    if encode == "one_hot":
        options |= {"base": draw(st.sampled_from([None, "", "a"])), "most": draw(st.sampled_from([None, 1, 2]))}
    if encode == "ordinal" and kind == "category" and fill != "constant":
        options["order"] = draw(st.sampled_from([None, ("c", "b", "a")]))
    if encode == "date" and options["scale"] == "none" and fill not in LEARNT_FILLS:
        options["parts"] = draw(st.sampled_from([("days",), ("year", "month"), ("hour", "days", "weekday")]))
    return ColumnPlan(name, fill, encode, constant, **options)


@settings(max_examples=examples(250), deadline=None)
@given(st.data())
def test_any_recipe_gives_finite_numbers_accounts_for_every_row_and_changes_nothing(data):
    frame, kinds = data.draw(tables())
    recipe = Recipe("y", tuple(data.draw(plans(name, kind)) for name, kind in kinds.items()))
    before = frame.copy(deep=True)
    try:
        train, _test = split_rows(frame, recipe, 0.4)
        fitted = recipe.fit(frame.loc[train])
    except InputError as problem:
        assert str(problem)
        return
    prepared = fitted.transform(frame)
    assert prepared.X.isfinite().all()
    assert prepared.y.isfinite().all()
    assert (
        prepared.X.shape == (len(prepared.y), len(prepared.feature_names)) == (len(prepared.rows), prepared.X.shape[1])
    )
    assert len(set(prepared.feature_names)) == len(prepared.feature_names)
    left_out = sum(int(note.split()[0]) for note in prepared.notes if "left out." in note or "dropped, as set" in note
                   if note[0].isdigit())  # fmt: skip
    assert len(frame) == len(prepared.rows) + left_out
    assert list(fitted.rows) == list(train)

    features = fitted.features(frame)
    shared = features.rows.get_indexer(prepared.rows)
    np.testing.assert_allclose(features.X.numpy()[shared], prepared.X.numpy(), rtol=1e-9)
    filled, marks = fitted.filled(frame), fitted.filled_cells(frame)
    assert list(filled.index) == list(features.rows)
    assert list(filled.columns) == [name for name in frame.columns if name in marks.columns]
    assert marks.index.equals(frame.index)
    for name in filled.columns:
        if recipe.plan(name).fill not in ("own_class", "drop_rows"):
            assert filled[name].notna().all()
        untouched = frame.loc[filled.index, name][~marks.loc[filled.index, name]].dropna()
        assert filled.loc[untouched.index, name].tolist() == untouched.tolist()
    assert fitted.differences(frame.loc[train]) == () or all(
        "not in the order" in note for note in fitted.differences(frame.loc[train])
    )
    pd.testing.assert_frame_equal(frame, before)


@settings(max_examples=examples(100), deadline=None)
@given(st.data())
def test_changing_the_test_rows_changes_nothing_that_is_learnt(data):
    frame, kinds = data.draw(tables())
    recipe = Recipe("y", tuple(data.draw(plans(name, kind)) for name, kind in kinds.items()))
    try:
        train, test = split_rows(frame, recipe, 0.5)
        fitted = recipe.fit(frame.loc[train])
    except InputError:
        return
    other = frame.copy()
    for name, kind in kinds.items():
        values = data.draw(st.lists(CELLS[kind], min_size=len(test), max_size=len(test)))
        other.loc[test, name] = pd.Series(values, index=test, dtype=DTYPES[kind])
    again = recipe.fit(other.loc[train])
    assert repr(again.columns) == repr(fitted.columns)
    assert again.notes == fitted.notes


@settings(max_examples=examples(60), deadline=None)
@given(tables())
def test_every_suggestion_explains_itself_and_can_be_carried_out(made):
    frame, _kinds = made
    try:
        recipe = suggest_recipe(frame, "y")
    except InputError:
        return
    for plan in recipe.columns:
        sentence = explain_plan(frame, plan)
        assert sentence.endswith(".")
        assert "your own" not in sentence
        assert plan.encode == encode_choices(column_kind(frame[plan.column]))[0]
    try:
        assert recipe.fit(frame).transform(frame).X.isfinite().all()
    except InputError as problem:
        assert "At least one feature is needed" in str(problem)


def test_the_suggestion_for_answers_dates_and_codes():
    frame = pd.DataFrame(
        {
            "answer": ["no", "Yes", None],
            "sure": ["no", "no", "no"],
            "when": pd.to_datetime(["2020-01-01", None, "2020-01-03"]),
            "id": ["00123", "00456", "00789"],
            "y": [1.0, 2.0, 4.0],
        }
    )
    recipe = suggest_recipe(frame)
    assert recipe.columns == (
        ColumnPlan("answer", "most_frequent", "yes_no", was_missing=True, yes="Yes"),
        ColumnPlan("sure", "most_frequent", "yes_no"),
        ColumnPlan("when", "median", "date"),
        ColumnPlan("id", "drop_column", "drop"),
    )
    prepared = recipe.fit(frame).transform(frame)
    assert prepared.feature_names == ["answer", "answer_was_missing", "sure", "when_days"]
    assert prepared.X.tolist() == [[0, 0, 0, 18262], [1, 0, 0, 18263], [0, 1, 0, 18264]]
    assert "You chose this plan; for a column of kind date the encoding date" in explain_plan(
        frame, ColumnPlan("when", "mean", "date")
    )
    with pytest.raises(InputError, match="no column “z”"):
        explain_plan(frame, ColumnPlan("z", "mean", "number"))


def test_a_second_table_is_compared_with_the_one_learnt_from():
    frame = pd.DataFrame({"n": [1.0, 2], "m": [1.0, 2], "c": ["a", "b"], "y": [1, 2]})
    fitted = suggest_recipe(frame, "y").fit(frame)
    second = pd.DataFrame({"n": ["many", "few"], "c": ["z", "a"], "new": [1, 2], "newer": [1, 2]})
    assert fitted.differences(second) == (
        "The recipe needs the column “m”, which the table does not have; add it, or leave it out of the recipe.",
        "The table has no target “y”: it gives features, but no labels.",
        "The recipe has no columns “new”, “newer”, which are left out.",
        "The column “n” is planned as numbers but holds other values; encode it as categories.",
        "“c”: 1 row holds a category the training rows did not have (“z”); its features are 0 there.",
    )
    assert fitted.differences(frame) == ()


def test_long_tables_are_read_on_two_threads_to_the_same_matrix():
    rng = np.random.default_rng(0)
    rows = 60_001
    frame = pd.DataFrame(
        {
            "n": np.where(rng.random(rows) < 0.1, np.nan, rng.normal(size=rows)),
            "k": rng.integers(0, 9, rows),
            "c": pd.Series(rng.choice(["u", "v", None], rows), dtype="str"),
            "y": rng.normal(size=rows),
        }
    )
    prepared = suggest_recipe(frame, "y").fit(frame).transform(frame)
    expected = pd.get_dummies(frame[["n", "k", "c"]].fillna({"n": frame["n"].mean()}), dummy_na=True, dtype=float)
    np.testing.assert_allclose(prepared.X.numpy(), expected.to_numpy(), rtol=1e-12)
