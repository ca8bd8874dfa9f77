"""The pictures of the dot product: fields, titles, and that the steps of the sum lead to the dot product."""

import numpy as np
import pytest

from core.tensors.products import dot, weighted_mean
from dashboard.charts.products import balance_chart, balance_sentence, sum_chart, sum_sentence, sum_table
from tests.dashboard.charts.spec import definitions, layers

MANY = np.random.default_rng(0).normal(size=500)
CHARTS = {
    "sum": sum_chart(np.array([1.0, -2.0, 3.0])),
    "one term": sum_chart(np.array([0.0])),
    "many terms": sum_chart(MANY),
    "balance": balance_chart(weighted_mean([2, 4, 9], [1, 1, 2])),
    "one value": balance_chart(weighted_mean([0], [3])),
    "the same value": balance_chart(weighted_mean([5, 5], [3, 0])),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data(name):
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            if "field" in definition and layer["rows"]:
                assert definition["field"] in layer["rows"][0], (channel, definition)


@pytest.mark.parametrize("name", CHARTS)
def test_every_field_has_a_type_and_every_axis_a_title(name):
    assert CHARTS[name].to_dict()["title"]["text"]
    pairs = [pair for layer in layers(CHARTS[name]) for pair in definitions(layer)]
    assert all("type" in definition for channel, definition in pairs if "field" in definition and channel != "y2")
    assert {channel for channel, definition in pairs if channel in "xy" and definition.get("title")} == {"x", "y"}


def test_the_steps_of_the_sum_lead_from_0_to_the_dot_product():
    x, y = np.array([1.5, -2.0, 4.0]), np.array([3.0, 0.25, 1.0])
    table = sum_table(x * y)
    assert table["before"].iloc[0] == 0
    assert table["after"].iloc[-1] == dot(x, y).result.item()
    assert table["before"].iloc[1:].tolist() == table["after"].iloc[:-1].tolist()
    assert table["does"].tolist() == ["adds", "subtracts", "adds"]


def test_of_many_terms_the_first_are_drawn_and_it_says_so():
    assert len(sum_table(MANY)) == 60
    assert CHARTS["many terms"].to_dict()["title"]["subtitle"] == "The first 60 of 500 terms."
    assert CHARTS["sum"].to_dict()["title"]["subtitle"] == ""


def test_the_sentences_say_what_the_pictures_show():
    assert sum_sentence(np.array([1.0, -2.0, 3.0])) == (
        "3 products are added: 2 are positive, 1 negative, and the sum is 2."
    )
    said = balance_sentence(weighted_mean([2, 4, 9], [1, 1, 2]))
    assert said == "Values from 2 to 9; with these weights their mean is 6, with equal weights 5."
