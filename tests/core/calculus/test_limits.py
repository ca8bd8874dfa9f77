"""The table of difference quotients, against exact fractions and the notes' own table."""

import math
from fractions import Fraction

import numpy as np
import pytest
import torch

from core.calculus import difference_quotients
from core.errors import InputError

NOTES = ["2.30000", "2.03000", "2.00300", "2.00030", "2.00003"]


def notes_function(x):
    return 3 * x**2 - 4 * x


def test_it_is_the_table_of_the_notes():
    table = difference_quotients(notes_function, 1, [10.0**-power for power in range(1, 6)])
    assert [f"{value:.5f}" for value in table["forward"]] == NOTES
    assert [f"{value:.5f}" for value in table["backward"]] == ["1.70000", "1.97000", "1.99700", "1.99970", "1.99997"]
    assert [f"{value:.5f}" for value in table["central"]] == ["2.00000"] * 5


def test_each_quotient_is_the_exact_one_where_floats_are_exact():
    x, steps = Fraction(3, 4), [Fraction(1, 2**power) for power in range(1, 12)]
    table = difference_quotients(notes_function, x, steps)
    f = notes_function
    assert table["forward"].tolist() == [float((f(x + h) - f(x)) / h) for h in steps]
    assert table["backward"].tolist() == [float((f(x) - f(x - h)) / h) for h in steps]
    assert table["central"].tolist() == [float((f(x + h) - f(x - h)) / (2 * h)) for h in steps]


def test_a_negative_step_looks_the_other_way():
    there, back = (difference_quotients(math.exp, 0.3, [h]) for h in (0.01, -0.01))
    assert back["forward"].tolist() == there["backward"].tolist()
    assert back["central"].tolist() == there["central"].tolist()


def test_tensors_are_welcome_as_place_steps_and_values():
    table = difference_quotients(lambda x: torch.sin(torch.tensor(x)), torch.tensor(0.5), torch.tensor([0.25, 0.125]))
    assert table["central"].to_numpy() == pytest.approx(np.cos(0.5) * np.sin([0.25, 0.125]) / [0.25, 0.125], rel=1e-6)


@pytest.mark.parametrize("f", [math.sqrt, lambda x: np.sqrt(np.float64(x)), lambda x: x**0.5 if x >= 0 else math.nan])
@pytest.mark.filterwarnings("ignore:invalid value")
def test_where_f_is_not_defined_the_quotients_that_need_it_are_nan(f):
    table = difference_quotients(f, 0, [0.01])
    assert table["forward"][0] == pytest.approx(10)
    assert table[["backward", "central"]].isna().all(axis=None)


def test_a_pole_gives_nan_and_a_jump_gives_what_it_gives():
    assert difference_quotients(lambda x: 1 / x, 0, [0.1])[["forward", "backward"]].isna().all(axis=None)
    assert difference_quotients(lambda x: float(x > 0), 0, [0.1, 0.01])["forward"].tolist() == [10, 100]


def test_a_step_that_does_not_move_x_gives_zero():
    assert difference_quotients(notes_function, 1, [1e-20]).iloc[0, 1:].tolist() == [0, 0, 0]


@pytest.mark.parametrize("step", [0, 0.0, -0.0, math.nan, math.inf, -math.inf])
def test_a_step_that_is_no_step_is_refused(step):
    with pytest.raises(InputError, match="other than 0"):
        difference_quotients(notes_function, 1, [0.1, step])


@pytest.mark.parametrize("x", [math.nan, math.inf])
def test_a_place_that_is_no_place_is_refused(x):
    with pytest.raises(InputError, match="finite"):
        difference_quotients(notes_function, x, [0.1])


def test_no_steps_give_no_rows_and_too_many_are_refused():
    empty = difference_quotients(notes_function, 1, [])
    assert list(empty.columns) == ["h", "forward", "backward", "central"]
    assert len(empty) == 0
    with pytest.raises(InputError, match="10,000"):
        difference_quotients(notes_function, 1, (0.1 for _ in iter(int, 1)))


def test_huge_values_do_not_warn():
    table = difference_quotients(lambda x: x * 1e308, 1, [0.5, 10])
    assert table["forward"][0] == pytest.approx(1e308)
    assert math.isnan(table["forward"][1])
