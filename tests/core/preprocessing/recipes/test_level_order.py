"""The order of categories: every scale comes back from any spelling, and what is no scale has none."""

import random

import pandas as pd
import pytest

from core.preprocessing import ColumnPlan, Recipe, declared_order, known_order, lacks_order, read_table
from core.preprocessing.recipes.level_order import SCALES

KNOWN = {
    "spelling": ["low", "Medium", "HIGH"],
    "sizes": ["S", "M", "L", "XL"],
    "months": ["Jan", "Feb", "Mar", "Apr", "May", "Sept", "Dec"],
    "weekdays": ["Monday", "Tuesday", "Thursday", "Sunday"],
    "German months": ["Januar", "Februar", "März", "Mai", "Oktober", "Dezember"],
    "French months, shortened": ["janv.", "févr.", "mars", "avr.", "juil.", "août", "déc."],
    "Polish months in a date": ["stycznia", "lutego", "maja", "grudnia"],
    "Portuguese weekdays": ["Segunda-feira", "Terça-feira", "Sexta-feira", "Sábado", "Domingo"],
    "Russian weekdays": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    "Chinese weekdays": ["星期一", "星期二", "星期三", "星期日"],
    "Japanese weekdays": ["月", "火", "水", "木", "金", "土", "日"],
    "agreement": ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
    "hyphens": ["very-low", "low", "very_high"],
    "grades": ["F", "D-", "C+", "B-", "B", "A-", "A", "A+"],
    "house quality": ["Po", "Fa", "TA", "Gd", "Ex"],
    "ranges": ["<1", "1-5", "6-10", "11-20", ">20"],
    "open ends": ["under 18", "18-29", "30 to 44", "45+"],
    "the same number": ["< 5", "5-10", "> 10"],
    "from one number on": ["<= 5", "5", "5+"],
    "money": ["$0 - 9,999", "$10,000 - 99,999", "$100k+", "$1.5M"],
    "negative": ["-10 to -5", "-5 to 0", "0 to 5"],
    "numbered": ["Level 2", "Level 10", "Level 11"],
    "decimals": [".5", "0.75", "1"],
}


@pytest.mark.parametrize("levels", KNOWN.values(), ids=KNOWN)
def test_a_known_order_is_found_whatever_order_it_is_given_in(levels):
    shuffled = random.Random(1).sample(levels, len(levels))
    assert known_order(shuffled).levels == tuple(levels)
    assert known_order(shuffled).is_sure


@pytest.mark.parametrize("scale", SCALES)
def test_every_scale_is_found_by_its_words(scale):
    words = [place.split("|")[-1].title() for place in scale.split(", ")]
    assert known_order(sorted(words)).levels == tuple(words)


UNKNOWN = {
    "none": [],
    "one": ["low"],
    "names": ["Europe", "Japan", "USA"],
    "one word beside a scale": ["low", "high", "purple"],
    "months of two languages": ["Januar", "février", "März", "avril"],
    "twice the same month": ["Januar", "Jan", "Mai", "Juni"],
    "twice the same place": ["med", "medium", "high"],
    "codes": ["A1", "B2", "C3"],
    "the same number": ["5 kg", "5 lb"],
    "blank": ["", " "],
    "hostile": ["<script>", "$(x)", "\x00"],
    "digits beyond floats": ["9" * 400, "8" * 400],
    "too many": [f"Level {number}" for number in range(1_001)],
}


@pytest.mark.parametrize("levels", UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_no_scale_has_no_order(levels):
    assert known_order(levels) is None


@pytest.mark.parametrize("levels", [["A", "B", "C"], ["M", "S"]])
def test_single_letters_may_be_names_and_are_not_sure(levels):
    assert not known_order(levels).is_sure


def test_the_order_of_the_file_comes_before_any_scale():
    assert known_order(["low", "high"], ["high", "middle", "low"]).levels == ("high", "low")
    assert known_order(["low", "high"], ["high", "middle", "low"]).source == "file"
    assert known_order(["low", "high"], ["high"]).source == "scale"  # the file does not order every category


@pytest.mark.parametrize("ordered", [True, False])
def test_an_ordered_categorical_keeps_its_order_through_parquet(ordered):
    levels = ["dull", "plain", "bright"]
    frame = pd.DataFrame({"look": pd.Categorical(["plain", "dull", None], categories=levels, ordered=ordered), "y": 1})
    expected = tuple(levels) if ordered else ()
    assert declared_order(frame, "look") == expected
    table = read_table(frame.to_parquet())
    assert declared_order(table.frame, "look") == table.reading.column("look").order == expected
    assert declared_order(table.frame, "y") == ()


def test_categories_ranked_by_the_alphabet_are_noted_and_those_with_an_order_or_numbers_are_not():
    frame = pd.DataFrame({"c": ["low", "high", "mid"], "n": [3, 1, 2], "y": [1, 2, 3]})

    def notes(column, **options):
        return Recipe("y", (ColumnPlan(column, "most_frequent", "ordinal", **options),)).fit(frame).notes

    assert notes("c") == (
        "“c” is ordinal without an order, so the order of the alphabet is used, as a guess: “high”, “low”, “mid”. "
        "State the order, the lowest category first.",
    )
    assert notes("c", order=("low", "mid", "high")) == ()
    assert notes("n") == ()


def test_only_categories_without_an_order_lack_one():
    plan = ColumnPlan("c", "most_frequent", "ordinal")
    assert lacks_order(plan, "category")
    assert not lacks_order(plan, "number")
    assert not lacks_order(ColumnPlan("c", "most_frequent", "ordinal", order=("a", "b")), "category")
    assert not lacks_order(ColumnPlan("c", "own_class", "one_hot"), "category")
    assert not lacks_order(ColumnPlan("c", "drop_column", "ordinal"), "category")
