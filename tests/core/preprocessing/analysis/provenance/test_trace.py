"""Tracing an entry of X: the steps lead from the cell of the file to the entry, bit for bit, for every recipe."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import (
    ColumnPlan,
    Recipe,
    encode_choices,
    fill_choices,
    read_table,
    scale_choices,
    split_rows,
    suggest_recipe,
    trace_entry,
)
from tests.examples import examples

NUMBERS = st.none() | st.integers(-9, 9) | st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
WORDS = st.none() | st.sampled_from(["red", "green", "blue", "dark blue"])
ANSWERS = st.none() | st.sampled_from(["yes", "no", "YES"])
DATES = st.none() | st.dates(pd.Timestamp("1960-01-01").date(), pd.Timestamp("2030-12-31").date())
PARTS = ["days", "year", "month", "day", "weekday", "hour"]


def traced(text: str | bytes, recipe: Recipe | None = None, share: float = 0.0, seed: int = 0, target: str = "y"):
    """Read, prepare, and return a function from row and feature name to the trace."""
    table = read_table(text if isinstance(text, bytes) else text.encode())
    recipe = recipe or suggest_recipe(table.frame, target)
    train, _test = split_rows(table.frame, recipe, share, seed)
    fitted = recipe.fit(table.frame.loc[train])
    prepared = fitted.transform(table.frame)

    def trace(row: int, feature: str):
        return trace_entry(table, fitted, prepared, row, prepared.feature_names.index(feature))

    return trace, prepared


def steps(trace) -> dict[str, object]:
    return {step.stage: step.value for step in trace.steps}


@st.composite
def columns(draw, values, kind: str, name: str, rows: int):
    """Cells of one column, some of them missing, and a plan that fits its kind."""
    cells = draw(st.lists(values, min_size=rows, max_size=rows))
    encode = draw(st.sampled_from([choice for choice in encode_choices(kind) if choice != "drop"]))
    fills = [fill for fill in fill_choices(kind, encode) if fill != "drop_column"]
    fill = draw(st.sampled_from(fills))
    options: dict[str, object] = {}
    if fill == "constant":
        if encode == "date":
            options["constant"] = "2001-02-03 04:05:06"
        else:
            options["constant"] = draw(st.sampled_from([-3.5, 7])) if kind == "number" else str(cells[0] or "blue")
    options["scale"] = draw(st.sampled_from(scale_choices(encode)))
    if fill not in ("own_class", "drop_rows"):
        options["was_missing"] = draw(st.booleans())
    if encode == "one_hot":
        options["base"] = draw(st.sampled_from([None, "", "red", "3"]))
        options["most"] = draw(st.sampled_from([None, 1, 2]))
    if encode == "ordinal" and kind == "category":
        options["order"] = draw(st.sampled_from([None, ("green", "blue", "red")]))
    if encode == "date" and fill not in ("nearest", "iterative") and options["scale"] == "none":
        options["parts"] = tuple(draw(st.lists(st.sampled_from(PARTS), min_size=1, unique=True)))
    return cells, ColumnPlan(name, fill, encode, **options)


@st.composite
def problems(draw):
    """A table as CSV, a recipe that can be fitted on its training rows, and the split."""
    rows = draw(st.integers(6, 14))
    kinds = [("number", NUMBERS), ("category", WORDS), ("yes_no", ANSWERS), ("date", DATES), ("number", NUMBERS)]
    names = ["size", "colour", "sold", "day", "age"]
    made = [draw(columns(values, kind, name, rows)) for (kind, values), name in zip(kinds, names, strict=True)]
    frame = pd.DataFrame({name: cells for name, (cells, _plan) in zip(names, made, strict=True)}, dtype=object)
    frame["y"] = np.arange(rows, dtype=float)
    plans = tuple(plan for _cells, plan in made)
    return frame.to_csv(index=False), Recipe("y", plans), draw(st.sampled_from([0.0, 0.3]))


@given(problems(), st.data())
@settings(max_examples=examples(60), deadline=None)
def test_the_last_step_is_the_entry_bit_for_bit_for_every_recipe(problem, data):
    text, recipe, share = problem
    try:
        trace, prepared = traced(text, recipe, share)
    except InputError:
        return  # the cells that were drawn do not go with the plan: nothing is prepared, nothing to trace
    rows, features = prepared.X.shape
    for _attempt in range(min(rows * features, 12)):
        row, place = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, features - 1))
        found = trace(row, prepared.feature_names[place])
        entry = prepared.X[row, place].item()
        assert found.value == entry
        assert np.signbit(found.value) == np.signbit(entry)
        assert found.steps[-1].stage == "entry"
        assert all(step.sentence.endswith(".") for step in found.steps)


def test_a_gap_is_followed_from_the_file_through_its_mean_to_the_entry():
    recipe = Recipe("y", (ColumnPlan("x", "mean", "number", scale="standard"),))
    trace, _prepared = traced("x,y\n1,1\nNA,2\n 2.0,3\n6,4\n", recipe)
    found = trace(1, "x")
    assert steps(found) == {"file": "NA", "read": None, "fill": 3.0, "encode": 3.0, "scale": 0.0, "entry": 0.0}
    by_stage = {step.stage: step for step in found.steps}
    assert by_stage["read"].sentence == "NA stands for a missing value in this file."
    assert by_stage["fill"].sentence == "The missing value is filled with the mean of 3 training rows."
    assert (by_stage["fill"].rule, by_stage["fill"].numbers) == ("mean", {"n": 3.0})
    filled = np.array([1, 3, 2, 6.0])
    assert by_stage["scale"].numbers == {"x": 3.0, "centre": 3.0, "spread": pytest.approx(filled.std())}
    assert (found.label, found.line, found.column, found.feature) == (1, 3, "x", "x")
    assert found.raw == {"x": "NA", "y": "2"}
    assert trace(2, "x").value == pytest.approx((2 - 3) / filled.std())


def test_the_label_of_a_row_is_its_place_in_the_table_though_rows_are_dropped():
    trace, prepared = traced("x,y\n1,\n2,5\nNA,6\n", Recipe("y", (ColumnPlan("x", "median", "number"),)))
    assert list(prepared.rows) == [1, 2]
    found = trace(0, "x")
    assert (found.label, found.line, steps(found)["file"]) == (1, 3, "2")


@pytest.mark.parametrize(
    ("fill", "expected", "words"),
    [
        ("median", 2.0, "median of 3 training rows"),
        ("most_frequent", 2.0, "most frequent value of 3 training rows"),
        ("constant", -1.0, "constant of the recipe"),
        ("forward", 9.0, "The last value above, in row 2, is carried forward."),
    ],
)
def test_every_fill_says_what_it_did(fill, expected, words):
    plan = ColumnPlan("x", fill, "number", constant=-1.0 if fill == "constant" else None)
    trace, _prepared = traced("x,y\n2,1\n2,2\n9,3\nNA,4\n", Recipe("y", (plan,)))
    step = next(step for step in trace(3, "x").steps if step.stage == "fill")
    assert step.value == expected
    assert words in step.sentence


def test_forward_with_nothing_above_takes_the_training_mean_and_says_so():
    trace, _prepared = traced("x,y\nNA,1\n2,2\n4,3\n", Recipe("y", (ColumnPlan("x", "forward", "number"),)))
    step = next(step for step in trace(0, "x").steps if step.stage == "fill")
    assert (step.value, step.rule) == (3.0, "mean")
    assert step.sentence == "No row above has a value. The missing value is filled with the mean of 2 training rows."


@pytest.mark.parametrize("fill", ["nearest", "iterative"])
def test_a_model_says_that_it_predicted(fill):
    text = "a,b,y\n" + "".join(f"{row},{'' if row == 4 else 2 * row + row % 3},{row}\n" for row in range(12))
    recipe = Recipe("y", (ColumnPlan("a", "mean", "number"), ColumnPlan("b", fill, "number", scale="standard")))
    trace, prepared = traced(text, recipe)
    found = trace(4, "b")
    assert [step.stage for step in found.steps] == ["file", "read", "fill", "scale", "entry"]
    assert found.value == prepared.X[4, 1]
    assert "11" in found.steps[2].sentence


def test_one_hot_features_ask_and_answer():
    recipe = Recipe("y", (ColumnPlan("c", "own_class", "one_hot", base="b"),))
    trace, prepared = traced("c,y\na,1\nb,2\n,3\nz,4\n", recipe)
    assert prepared.feature_names == ["c_a", "c_z", "c_nan"]
    told = [trace(row, "c_a").steps[-2].sentence for row in range(3)]
    assert told[0] == "This feature asks: is it a? Yes: 1."
    assert told[1].endswith("b is the base level: all features of the column are 0.")
    assert told[2] == "This feature asks: is it a? No: 0."
    assert steps(trace(2, "c_nan")) == {"file": "", "read": None, "fill": None, "encode": 1.0, "entry": 1.0}


def test_a_category_the_training_rows_do_not_have_is_told():
    text = "c,y\n" + "".join(f"{'z' if row == 7 else 'ab'[row % 2]},{row}\n" for row in range(10))
    frame = read_table(text.encode()).frame
    recipe = suggest_recipe(frame, "y")
    seed = next(seed for seed in range(100) if 7 in split_rows(frame, recipe, 0.2, seed)[1])
    trace, prepared = traced(text, recipe, 0.2, seed)
    assert prepared.X[7].tolist() == [0, 0]
    assert (
        trace(7, "c_a")
        .steps[-2]
        .sentence.endswith("No training row has z, so it has no feature: all features of the column are 0.")
    )


def test_others_and_marks_of_gaps_have_features_of_their_own():
    recipe = Recipe("y", (ColumnPlan("c", "most_frequent", "one_hot", most=1, was_missing=True),))
    trace, prepared = traced("c,y\na,1\na,2\nb,3\n,4\nd,5\n", recipe)
    assert prepared.feature_names == ["c_a", "c_other", "c_was_missing"]
    assert trace(2, "c_other").steps[-2].sentence.endswith("Yes: 1.")
    assert [trace(row, "c_was_missing").value for row in range(5)] == [0, 0, 0, 1, 0]
    assert "fill" not in steps(trace(3, "c_was_missing"))


def test_dates_yes_no_and_ordinals_say_how_they_became_numbers():
    recipe = Recipe(
        "y",
        (
            ColumnPlan("day", "median", "date", parts=("days", "weekday")),
            ColumnPlan("sold", "most_frequent", "yes_no"),
            ColumnPlan("size", "most_frequent", "ordinal", order=("S", "M", "L")),
        ),
    )
    text = "day,sold,size,y\n2020-01-31,yes,M,1\n,no,S,2\n2020-03-01,no,XL,3\n2021-05-05,yes,L,4\n"
    trace, prepared = traced(text, recipe)
    days, weekday, sold, size = prepared.feature_names
    first = trace(0, days)
    assert steps(first)["read"] == "2020-01-31 00:00:00"
    assert first.steps[-2].numbers["moment"] / first.steps[-2].numbers["day"] == first.value == 18292
    assert trace(0, weekday).value == pd.Timestamp("2020-01-31").weekday()
    assert trace(0, sold).steps[-2].sentence.startswith("yes becomes 1")
    assert trace(0, size).steps[-2].sentence == "Its position in the order, counted from 0: S, M, L."
    unknown = next(step for step in trace(2, size).steps if step.stage == "fill")
    assert unknown.sentence.startswith("XL is not in the order, so it counts as missing.")


def test_how_a_number_was_spelt_is_told():
    text = "price;y\n1.234,50 €;1\n2.000,00 €;2\n3.500,25 €;3\n4.100,75 €;4\n"
    trace, _prepared = traced(text, Recipe("y", (ColumnPlan("price", "mean", "number"),)))
    found = trace(0, "price")
    assert steps(found)["file"] == "1.234,50 €"
    assert steps(found)["read"] == 1234.5
    read = next(step for step in found.steps if step.stage == "read")
    assert "€ was removed" in read.sentence
    assert "decimal comma" in read.sentence


def test_codes_declared_missing_are_told():
    table = read_table(b"x,y\n1,1\n-200,2\n3,3\n", codes={"x": ["-200"]})
    recipe = Recipe("y", (ColumnPlan("x", "mean", "number"),))
    fitted = recipe.fit(table.frame)
    found = trace_entry(table, fitted, fitted.transform(table.frame), 1, 0)
    assert found.steps[1].sentence == "-200 was declared a code for a missing value in this column."
    assert found.value == 2


@pytest.mark.parametrize(("row", "feature"), [(-1, 0), (0, 1), (3, 0)])
def test_an_entry_that_x_does_not_have_is_refused(row, feature):
    table = read_table(b"x,y\n1,1\n2,2\n3,3\n")
    fitted = suggest_recipe(table.frame, "y").fit(table.frame)
    with pytest.raises(InputError, match=r"X has shape \(3, 1\)"):
        trace_entry(table, fitted, fitted.transform(table.frame), row, feature)
