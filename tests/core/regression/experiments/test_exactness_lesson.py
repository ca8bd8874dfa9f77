"""A shifted column costs the normal equations two digits per decade, and the exact closed form none."""

import numpy as np
import pytest

from core.errors import InputError
from core.regression.experiments.solver_accuracy import MOST_FEATURES, MOST_ROWS, changed_column, excerpt, teach

AMOUNTS = [10.0**power for power in range(9)]


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((80, 3))
    return X, X @ [1.0, -2.0, 0.5] + rng.standard_normal(80)


def digits(lessons, key):
    return [
        next(s.coefficient_digits for s in lesson.exactness.scores if (s.method.key if s.method else "exact") == key)
        for lesson in lessons
    ]


def test_a_shift_costs_normal_equations_twice_what_it_costs_qr(table):
    lessons = teach(*table, 1, "shift", AMOUNTS)
    assert [lesson.amount for lesson in lessons] == AMOUNTS
    conditions = [lesson.exactness.condition for lesson in lessons]
    assert np.polyfit(range(2, 9), np.log10(conditions[2:]), 1)[0] == pytest.approx(1, abs=0.1)
    assert np.polyfit(range(1, 7), digits(lessons, "normal64")[1:7], 1)[0] == pytest.approx(-2, abs=0.7)
    assert np.polyfit(range(1, 9), digits(lessons, "qr64")[1:], 1)[0] == pytest.approx(-1, abs=0.4)
    assert digits(lessons, "normal64")[-1] < 2
    assert min(digits(lessons, "exact")) > 15


def test_a_scale_costs_elimination_nothing(table):
    lessons = teach(*table, 0, "scale", AMOUNTS)
    conditions = [lesson.exactness.condition for lesson in lessons]
    assert conditions == pytest.approx([conditions[0]] * 9, rel=1e-9)
    assert min(digits(lessons, "normal64")) > 12
    assert min(digits(lessons, "qr64")) > 12


def test_the_table_itself_is_never_changed(table):
    X, _y = table
    before = X.copy()
    assert changed_column(X, 1, "shift", 5.0)[:, 1] == pytest.approx(before[:, 1] + 5)
    assert changed_column(X, 2, "scale", 5.0)[:, 2] == pytest.approx(before[:, 2] * 5)
    assert (before == X).all()


def test_an_excerpt_keeps_the_column_and_leaves_out_what_is_spare():
    X = np.arange(5000.0)[:, None] * np.arange(1, 51)
    rows, labels, place = excerpt(X, X[:, 0], [j for j in range(50) if j != 3], 40)
    assert rows.shape == (MOST_ROWS, MOST_FEATURES)
    assert labels[[0, -1]].tolist() == [0, 4999]
    assert rows[1, place] == 41 * labels[1]
    assert 4 * labels[1] not in rows[1]
    small, _labels, place = excerpt(X[:5, :2], X[:5, 0], [0, 1], 1)
    assert (small.shape, place) == ((5, 2), 1)


def test_it_can_be_stopped(table):
    assert len(teach(*table, 0, "shift", AMOUNTS, lambda share: share < 0.3)) == 3


def test_a_column_that_is_not_there_is_refused(table):
    with pytest.raises(InputError, match="no column number 3"):
        teach(*table, 3, "shift", [1.0])
