"""A recipe as JSON and as a link: the same recipe comes back, and anything else is refused in a sentence."""

import base64
import contextlib
import json
import tracemalloc
import zlib
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import ColumnPlan, Part, Recipe, SplitPlan, scale_choices
from core.preprocessing.recipes.choices import FILLS_BY_ENCODE, LEARNT_FILLS, TargetTransform

RECIPE = Recipe("Price", (ColumnPlan("NumRooms", "mean", "number"), ColumnPlan("Alley", "own_class", "one_hot")))

NUMBER = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
OPTIONS = {
    "one_hot": {
        "base": st.none() | st.text(),
        "most": st.none() | st.integers(1, 1000),
        "min_frequency": st.none() | st.integers(1, 99),
    },
    "ordinal": {
        "order": st.none()
        | st.lists(st.text() | NUMBER, min_size=1, max_size=4, unique=True).map(tuple)
    },
    "yes_no": {"yes": st.none() | st.text()},
}  # fmt: skip


@st.composite
def plans(draw, column):
    encode = draw(st.sampled_from(sorted(FILLS_BY_ENCODE)))
    fill = draw(st.sampled_from(FILLS_BY_ENCODE[encode]))
    date = st.datetimes().map(lambda moment: moment.isoformat())
    constants = {"number": NUMBER, "date": date}.get(encode, NUMBER | st.text())
    options = {name: draw(values) for name, values in OPTIONS.get(encode, {}).items()}
    if encode == "date" and fill not in LEARNT_FILLS:
        options["parts"] = draw(st.permutations(get_args(Part)).map(tuple))[: draw(st.integers(1, 6))]
    if len(options.get("parts", ())) < 2:
        options["scale"] = draw(st.sampled_from(scale_choices(encode)))
    if encode != "drop" and fill not in ("own_class", "drop_rows"):
        options["was_missing"] = draw(st.booleans())
    return ColumnPlan(column, fill, encode, draw(constants) if fill == "constant" else None, **options)


@st.composite
def splits(draw, target):
    by = draw(st.sampled_from(["random", "group", "time"]))
    column = None if by == "random" else draw(st.text().filter(lambda name: name != target))
    return SplitPlan(by, column, keep_copies=by != "time" and draw(st.booleans()))


@st.composite
def recipes(draw, names):
    transform = draw(st.sampled_from(get_args(TargetTransform)))
    return Recipe(names[0], tuple(draw(plans(name)) for name in names[1:]), transform, draw(splits(names[0])))


NAMES = st.lists(st.text(), min_size=1, max_size=5, unique=True)


@settings(deadline=None)
@given(st.data(), NAMES)
def test_json_gives_the_same_recipe_back(data, names):
    recipe = data.draw(recipes(names))
    assert Recipe.from_json(recipe.to_json()) == recipe


@settings(deadline=None)
@given(st.data(), NAMES, NAMES)
def test_a_link_gives_the_same_recipe_back_whatever_was_suggested(data, names, others):
    recipe, suggested = data.draw(recipes(names)), data.draw(recipes(others))
    for before in (suggested, recipe):
        link = recipe.to_link(before)
        assert link is not None
        assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        assert Recipe.from_link(link, before) == recipe
    assert recipe.to_link(recipe) == ""


def test_a_change_of_many_columns_makes_a_short_link_and_a_recipe_too_long_for_one_makes_none():
    names = [f"column {number}" for number in range(80)]
    suggested = Recipe("y", tuple(ColumnPlan(name, "mean", "number") for name in names))
    changed = suggested.change(names, fill="median", scale="standard", was_missing=True)
    assert len(changed.to_link(suggested)) < 600
    noise = [np.random.default_rng(number).bytes(20).hex() for number in range(80)]
    assert Recipe("y", tuple(ColumnPlan(name, "mean", "number") for name in noise)).to_link(suggested) is None


def pack(text):
    return base64.urlsafe_b64encode(zlib.compress(text if isinstance(text, bytes) else text.encode(), 9)).decode()


@pytest.mark.parametrize(
    "link",
    [
        "x", "not a link", "é", None, "A" * 1501, "eJ" * 100, pack("{}")[:-4], pack("{}") + pack("{}"), pack(b"\xff"),
        pack("[" * 100_000), pack("[]"), pack('{"a": 1}'), pack('{"names": 3}'), pack('{"names": [3]}'),
        pack('{"names": ["z"]}'), pack('{"change": 3}'), pack('{"change": [3]}'),
        pack('{"change": [["NumRooms", {}]]}'),
        pack('{"change": [[[3], {}]]}'), pack('{"change": [[[[]], {}]]}'), pack('{"change": [[["z"], {}]]}'),
        pack('{"change": [[["NumRooms"], {"column": "z"}]]}'), pack('{"change": [[["NumRooms"], {"fill": 3}]]}'),
        pack('{"target": 3}'), pack('{"target": "NumRooms"}'), pack('{"names": ["Alley", "Alley"]}'), pack("NaN"),
        pack('{"change": [[["NumRooms"], ["fill"]]]}'), pack(" " * 10**8 + "{}")[:1500], pack(" " * 10**6 + "{}"),
    ],
)  # fmt: skip
def test_a_link_that_was_tampered_with_is_refused_in_a_sentence(link):
    with pytest.raises(InputError):
        Recipe.from_link(link, RECIPE)


@settings(deadline=None)
@given(st.data())
def test_a_link_with_any_character_changed_gives_a_recipe_or_a_sentence(data):
    link = RECIPE.change("NumRooms", fill="median").to_link(RECIPE)
    place = data.draw(st.integers(0, len(link) - 1))
    changed = link[:place] + data.draw(st.characters()) + link[place + 1 :]
    with contextlib.suppress(InputError):
        assert isinstance(Recipe.from_link(changed, RECIPE), Recipe)


def test_a_link_that_unpacks_to_a_gigabyte_takes_no_memory():
    tracemalloc.start()
    with pytest.raises(InputError):
        Recipe.from_link(pack(b" " * 1_000_000), RECIPE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_recipe_from_before_the_options_still_loads():
    text = """{"target": "Price", "columns": [
        {"column": "NumRooms", "fill": "constant", "encode": "number", "constant": 3},
        {"column": "Alley", "fill": "own_class", "encode": "one_hot"}]}"""
    expected = Recipe(
        "Price", (ColumnPlan("NumRooms", "constant", "number", 3), ColumnPlan("Alley", "own_class", "one_hot"))
    )
    assert Recipe.from_json(text) == expected
    assert json.loads(expected.to_json()) == json.loads(text)


PLAN = {"column": "a", "fill": "mean", "encode": "number"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has to be valid JSON"),
        ("{", "has to be valid JSON"),
        (None, "has to be valid JSON"),
        ("[" * 100_000, "has to be valid JSON"),
        ('{"target": "y", "columns": [], "x": NaN}', "has to be valid JSON"),
        ("[]", "JSON objects with the keys columns, target"),
        ("3", "JSON objects"),
        ('{"target": "y"}', "lacks the key columns"),
        ('{"columns": []}', "lacks the key target"),
        ('{"target": "y", "columns": [], "extra": 1, "more": 2}', "unknown keys: extra, more"),
        ('{"target": 3, "columns": []}', "target has to be the name of a column; got 3"),
        ('{"target": null, "columns": []}', "target has to be the name of a column"),
        ('{"target": "y", "columns": {}}', "have to be a list"),
        ('{"target": "y", "columns": [1]}', "JSON objects with the keys column, encode, fill"),
        (json.dumps({"target": "y", "columns": [{"column": "a"}]}), "lacks the key encode, fill"),
        (json.dumps({"target": "y", "columns": [PLAN | {"size": 1}]}), "unknown keys: size"),
        (json.dumps({"target": "y", "columns": [PLAN | {"k" * 9999: 1}]}), "unknown keys: k{59}…"),
        (json.dumps({"target": "y", "columns": [PLAN | {"scale": 1}]}), "the scale 1; choose one of none"),
        (json.dumps({"target": "y", "columns": [PLAN | {"parts": {}}]}), "parts of the date “a” have to be a list"),
        (json.dumps({"target": "y", "columns": [PLAN | {"parts": [[]]}]}), "the part"),
        (json.dumps({"target": "y", "columns": [PLAN | {"order": ["x"]}]}), "takes no order"),
        (json.dumps({"target": "y", "columns": [PLAN | {"most": "3"}]}), "takes no most"),
        ('{"target": "y", "columns": ' + "1" * 5000 + "}", "has to be valid JSON"),
        ('{"target": "y", "columns": ' + "[" * 900 + "]" * 900 + "}", "JSON objects with the keys"),
        (json.dumps({"target": "y", "columns": [PLAN | {"fill": "zero"}]}), "the fill 'zero'"),
        (json.dumps({"target": "y", "columns": [PLAN | {"fill": ["mean"]}]}), "the fill"),
        (json.dumps({"target": "y", "columns": [PLAN | {"column": 1}]}), "the name of a column as text"),
        (json.dumps({"target": "a", "columns": [PLAN]}), "twice; list it once"),
        (json.dumps({"target": "y", "columns": [PLAN | {"fill": "constant", "constant": {}}]}), "a finite number"),
        ('{"target": "y", "columns": [{"column":"a","fill":"constant","encode":"number","constant":1e999}]}', "finite"),
    ],
)
def test_anything_but_a_recipe_is_refused_saying_what_was_wrong(text, words):
    with pytest.raises(InputError, match=words):
        Recipe.from_json(text)
