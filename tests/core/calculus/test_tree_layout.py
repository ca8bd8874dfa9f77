import math

import numpy as np
import pytest

from core.calculus import parse_expression
from core.calculus.curves import curve, shown_span
from core.calculus.differentiate import differentiate
from core.calculus.tree_layout import lay_out_tree


def outlined(text: str, x: float):
    return lay_out_tree(differentiate(parse_expression(text).root, "x"), x)


def test_the_tree_holds_every_piece_with_its_value_and_its_slope():
    pieces, lines = outlined("x**2*exp(3*x)", 0.5)
    assert pieces["sign"].tolist() == ["×", "**", "x", "2", "exp", "×", "3", "x"]
    assert pieces["text"].tolist()[:2] == ["x**2*exp(3*x)", "x**2"]
    e = math.exp(1.5)
    assert pieces["value"].tolist() == pytest.approx([0.25 * e, 0.25, 0.5, 2, e, 1.5, 3, 0.5])
    assert pieces["slope"].tolist() == pytest.approx([e + 0.75 * e, 1, 1, 0, 3 * e, 3, 0, 1])
    assert len(lines) == len(pieces) - 1


def test_no_two_pieces_stand_in_one_place_and_parents_stand_over_their_middle():
    pieces, lines = outlined("sin(x)*(x + 1)/(2 - cos(3*x))**2", 0.2)
    places = list(zip(pieces["across"], pieces["down"], strict=True))
    assert len(set(places)) == len(places)
    for (across, _down), branches in lines.groupby(["across", "down"]):
        assert branches["across_to"].mean() == across
        assert (branches["down_to"] - branches["down"] == 1).all()


def test_one_number_is_a_tree_without_branches():
    pieces, lines = outlined("5", 1)
    assert pieces["kind"].tolist() == ["number"] and lines.empty and pieces["slope"].tolist() == [0]


def test_a_piece_without_a_value_is_nan():
    pieces, _lines = outlined("log(x) + 1/x", 0)
    assert pieces["value"].isna().sum() == 3


def test_a_curve_has_gaps_where_there_is_no_value():
    points = curve(parse_expression("1/x", ["x"]), -1, 1, 5)
    assert points["y"].isna().tolist() == [False, False, True, False, False]


def test_a_pole_does_not_flatten_the_rest_of_the_curve():
    x = np.linspace(-3, 3, 241)
    low, high = shown_span(1 / (x + 1e-9))
    assert -30 < low < -1 and 1 < high < 30
    assert shown_span(np.array([np.nan])) == (-1, 1)
    low, high = shown_span(np.array([2.0, 2.0]))
    assert low < 2 < high
