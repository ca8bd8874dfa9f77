"""A session as JSON, and every sort of file that is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.export import Session, dump_session, parse_session
from core.preprocessing import ColumnPlan, Recipe

RECIPE = Recipe("y", (ColumnPlan("a", "mean", "number", scale="standard"), ColumnPlan("b", "own_class", "one_hot")))
FULL = Session(
    "own.csv", "1f2e", None, {"delimiter": ";", "kinds": {"a": "number"}}, "y", RECIPE,
    {"learning_rate": 0.03, "train_standardise": True, "train_start": "small"}, {"compare_direction": "größe"},
    ({"name": "A", "knobs": {"epochs": 3}},), {"calculus_f": "x**2\n"},
)  # fmt: skip


@pytest.mark.parametrize("session", [FULL, Session("cars.csv", "1f", sample="cars")])
def test_a_session_is_read_back_as_it_was(session):
    assert parse_session(dump_session(session)) == session


def test_figures_that_are_no_numbers_do_not_spoil_the_file():
    pin = {"name": "A", "figures": {"loss": float("inf"), "gap": [float("nan"), 1.5]}}
    read = parse_session(dump_session(Session("cars.csv", "1f", pins=(pin,))))
    assert read.pins == ({"name": "A", "figures": {"loss": None, "gap": [None, 1.5]}},)


def changed(**parts):
    return json.dumps({**json.loads(dump_session(FULL)), **parts})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has to be valid JSON"),
        ("{", "has to be valid JSON"),
        ("[" * 100_000, "has to be valid JSON"),
        ('{"descent_lab_session": NaN}', "has to be valid JSON"),
        ("[]", "not a session"),
        ('{"target": "y", "columns": []}', "not a session"),
        (changed(descent_lab_session=2), "has version 2"),
        (changed(settings=[]), "“settings”"),
        (changed(digest=None), "“digest”"),
        (changed(pins=[1]), "“pins”"),
        (changed(recipe={"target": "y"}), "lacks the key columns"),
        ("x" * 5_000_000, "too large"),
    ],
)
def test_a_file_that_is_no_session_gets_one_sentence(text, said):
    with pytest.raises(InputError, match=said) as problem:
        parse_session(text)
    assert str(problem.value).endswith(".")
    assert len(str(problem.value)) < 300


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_breaks_the_reader(text):
    with pytest.raises(InputError):
        parse_session(text)
