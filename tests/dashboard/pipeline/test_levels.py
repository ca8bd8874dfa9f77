"""The levels of a recipe's one-hot columns, and their reference levels."""

import numpy as np
import pandas as pd
import pytest

from core.preprocessing import suggest_recipe
from dashboard.pipeline import levels
from dashboard.visit import state

FRAME = pd.DataFrame(
    {
        "y": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        "colour": ["red", "red", "blue", "green", "blue", "red", None],
        "x": [1.0, 0.0, 3.0, 2.0, 5.0, 1.0, 2.0],
        "size": ["small", "large", "small", "small", "large", "small", "small"],
    }
)


def groups(**changes):
    recipe = suggest_recipe(FRAME, "y").change("size", encode="one_hot").change("x", encode="number")
    fitted = recipe.change("colour", **{"encode": "one_hot", "fill": "own_class", **changes}).fit(FRAME)
    return fitted, {group.name: group for group in levels.level_groups(fitted)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"blue": "colour_blue", "green": "colour_green", "red": "colour_red", "nan": "colour_nan"}),
        ({"base": "red"}, {"blue": "colour_blue", "green": "colour_green", "nan": "colour_nan", "red": None}),
        ({"most": 1}, {"red": "colour_red", "other": "colour_other", "nan": "colour_nan"}),
        ({"fill": "most_frequent", "was_missing": True},
         {"blue": "colour_blue", "green": "colour_green", "red": "colour_red"}),
    ],
)  # fmt: skip
def test_each_level_has_its_feature(changes, expected):
    fitted, found = groups(**changes)
    names = fitted.feature_names
    colour = found["colour"]
    features = {
        level: None if column is None else names[column]
        for level, column in zip(colour.levels, colour.columns, strict=True)
    }
    assert features == expected
    assert [names[column] for column in found["size"].features] == ["size_large", "size_small"]
    X = fitted.transform(FRAME).X.numpy()
    assert X[:, colour.features].sum() == len(FRAME) - (3 if None in colour.columns else 0)


@pytest.mark.parametrize("chosen", ["", "{", "[1]", "3", '{"size": 3}', '{"size": "huge"}', '{"shape": "round"}', None])
def test_what_a_link_says_of_no_level_leaves_the_most_frequent_one(monkeypatch, chosen):
    fitted, found = groups()
    monkeypatch.setattr(state, "get", lambda key, default=None: default if chosen is None else chosen)
    X = fitted.transform(FRAME).X.numpy()
    assert levels.references(list(found.values()), X) == [
        found["colour"].levels.index("red"), found["size"].levels.index("small"),
    ]  # fmt: skip


def test_a_level_that_was_chosen_is_the_reference(monkeypatch):
    kept = {"compare_references": '{"colour": "nan"}'}
    monkeypatch.setattr(state, "get", lambda key, default=None: kept.get(key, default))
    monkeypatch.setattr(state, "put", kept.__setitem__)
    _fitted, found = groups()
    levels.choose_reference(found["size"], 0)
    X = np.zeros((1, 20))
    assert [group.levels[level] for group, level in zip(found.values(), levels.references(list(found.values()), X),
                                                        strict=True)] == ["nan", "large"]  # fmt: skip


def test_one_level_has_nothing_to_compare():
    _fitted, found = groups(most=None)
    alone = levels.LevelGroup("alone", ("only",), (0,))
    assert levels.comparable([*found.values(), alone]) == list(found.values())
