"""A kind comes with the reason for it, and a table that was read is believed as long as its columns fit."""

import uuid

import numpy as np
import pandas as pd
import pytest

from core.preprocessing.column_types.infer import (
    PAIRS,
    KindGuess,
    answers_yes_no,
    column_kinds,
    guess_kind,
    kind_guesses,
    look_like_codes,
    names_rows,
    yes_values,
)
from core.preprocessing.schema import ColumnReading, Reading

UUIDS = [str(uuid.UUID(int=place)) for place in range(5)]


@pytest.mark.parametrize(
    ("values", "name", "kind", "reason"),
    [
        ([1, 2, 2], "n", "number", "whole numbers with 2 distinct values"),
        ([0, 1, 1], "n", "number", "whole numbers with 2 distinct values"),
        ([1.5, None, -2], "n", "number", "decimal numbers from -2 to 1.5"),
        ([7, 7, 7], "n", "number", "the same number in every row: 7"),
        ([1, 50_000], "n", "number", "whole numbers from 1 to 50,000"),
        ([-1.7e308, 1.7e308], "n", "number", "whole numbers from -1.7e+308 to 1.7e+308"),
        ([1, 2, 3], "PassengerId", "identifier", "whole numbers, all distinct, in a column called “PassengerId”"),
        (["A1", "B2", "C3"], "c", "identifier", "every value is distinct and looks like a code"),
        (["001", "002", "013"], "c", "identifier", "every value is distinct and looks like a code"),
        (UUIDS, "c", "identifier", "every value is distinct and looks like a code"),
        (["A1", "B2", "B2"], "c", "category", "text with 2 distinct values"),
        (["Pave"], "c", "category", "text with 1 distinct value"),
        (
            [f"name {place}" for place in range(25)] * 1,
            "c",
            "text",
            "100% of the values are distinct, as in free text",
        ),
        (
            [f"name {place % 60}" for place in range(600)],
            "c",
            "text",
            "60 distinct values, more than categories usually have",
        ),
        (["Yes", "no", None], "c", "yes_no", "answers of yes or no: “Yes”, “no”"),
        ([True, False, None], "c", "yes_no", "answers of yes or no: “True”, “False”"),
        (pd.to_datetime(["2020-01-01"]), "c", "date", "every value is a date"),
        ([None, float("inf")], "c", "empty", "no row has a value"),
        ([], "c", "empty", "no row has a value"),
    ],
)
def test_each_kind_says_why(values, name, kind, reason):
    assert guess_kind(pd.Series(values, name=name)) == KindGuess(kind, reason)


@pytest.mark.parametrize("pair", PAIRS)
def test_every_pair_answers_yes_or_no_whatever_its_letter_case(pair):
    yes, no = pair
    for words in ([yes, no], [no.upper(), yes.capitalize()], [no]):
        assert answers_yes_no(words)
        assert guess_kind(pd.Series(words * 2)).kind == "yes_no"
    assert yes_values([no, yes]) == (yes,)


@pytest.mark.parametrize("words", [["yes", "off"], ["yes", "no", "maybe"], ["male", "female"], [], ["1", "0"]])
def test_other_words_do_not_answer_yes_or_no(words):
    assert not answers_yes_no(words)
    assert yes_values(words) == ()


@pytest.mark.parametrize(
    "texts",
    [
        ["red", "blue", "green"], ["a 1", "b 2", "c 3"], ["A1", "B2"], ["10:00", "10:05", "10:10"], ["1", "2", "3"],
        ["a@b.c", "d@e.f", "g@h.i"], ["A1", "B2", "C"], ["x" * 64 + "1", "y1", "z1"],
    ],
)  # fmt: skip
def test_other_texts_do_not_look_like_codes(texts):
    assert not look_like_codes(pd.Series(texts, dtype="str"))


@pytest.mark.parametrize(
    ("name", "numbers", "yes"),
    [
        ("id", [1, 2, 3], True), ("ID", [7, 8, 9], True), ("index", [0, 1, 2], True), ("", [0, 1, 2], True),
        ("Unnamed: 0", [0, 1, 2], True), ("column_1", [1, 2, 3], True), ("No.", [1, 2, 3], True),
        ("customer_id", [1, 2, 3], True), ("customerId", [1, 2, 3], True), ("序号", [1, 2, 3], True),
        ("id", [1, 2], False), ("id", [1, 3, 2], False), ("id", [1.5, 2.5, 3.5], False), ("YEAR", [1, 2, 3], False),
        ("paid", [1, 2, 3], False), ("grid", [1, 2, 3], False), ("id", list(range(0, 60, 3)), True),
        ("id", [1] * 20, False), ("index", list(range(0, 60, 3)), False), ("notes", [1, 2, 3], False),
    ],
)  # fmt: skip
def test_numbers_that_name_rows(name, numbers, yes):
    assert names_rows(name, np.array(numbers)) is yes


def read_frame():
    frame = pd.DataFrame(
        {
            "n": [1, 2], "d": pd.to_datetime(["2020-01-01", None]), "c": ["1", "2"], "id": [5, 9], "e": [None, None],
        }
    ).astype({"e": "str"})  # fmt: skip
    kinds = {"n": "number", "d": "date", "c": "text", "id": "identifier", "e": "empty", "gone": "number"}
    columns = tuple(ColumnReading(name, kind, f"because {name}") for name, kind in kinds.items())
    frame.attrs = {"reading": Reading("csv", tuple(kinds), columns)}
    return frame


def test_a_table_that_was_read_is_believed_also_in_part():
    frame = read_frame()
    kinds = {"n": "number", "d": "date", "c": "text", "id": "identifier", "e": "empty"}
    assert column_kinds(frame) == kinds
    assert column_kinds(frame.iloc[:0]) == kinds
    assert kind_guesses(frame[["c"]].loc[[1]]) == {"c": KindGuess("text", "because c")}
    assert frame.attrs["reading"].columns[0].name == "n"


def test_a_column_that_was_changed_since_is_judged_anew():
    frame = read_frame().assign(n=["a", "b"], d=[1, 2], c=[1.5, 2.5], id=pd.to_datetime(["2020", "2021"]), e=["x", "y"])
    frame["new"] = ["yes", "no"]
    assert column_kinds(frame) == {
        "n": "category", "d": "number", "c": "number", "id": "date", "e": "category", "new": "yes_no",
    }  # fmt: skip


@pytest.mark.parametrize("attrs", [{}, {"reading": None}, {"reading": {"columns": 3}}, {"read_csv": {}}])
def test_other_attributes_are_not_believed(attrs):
    frame = pd.DataFrame({"c": ["1", "2"]})
    frame.attrs = attrs
    assert column_kinds(frame) == {"c": "category"}


def test_huge_numbers_under_the_name_of_an_identifier_are_numbers_without_a_warning():
    with np.errstate(all="raise"):
        assert guess_kind(pd.Series([1.7e308, -1.7e308, 1.6e308], name="id")).kind == "number"


@pytest.mark.parametrize(
    ("distinct", "rows_each", "kind"),
    [(51, 20, "category"), (51, 11, "category"), (51, 10, "text"), (50, 2, "category"), (300, 12, "category"),
     (500, 11, "category"), (501, 40, "text"), (60, 1, "text")],
)  # fmt: skip
def test_categories_are_told_from_text_by_the_rows_that_each_value_has(distinct, rows_each, kind):
    words = [f"quarter of {chr(97 + place % 26)}{place}" for place in range(distinct)] * rows_each
    assert guess_kind(pd.Series(words, name="place")).kind == kind
