import contextlib
import io
from itertools import product

import numpy as np
import pytest

from core.errors import InputError
from core.problems.hierarchy import miniature
from core.problems.hierarchy.near_misses import (
    TwoLevels,
    closest_groups,
    cost_table,
    fit_two_levels,
    group_first,
    halves,
    in_order,
    least_cost,
    most_probable,
    read_groups,
)
from core.problems.hierarchy.panels import group_cells, telling_row
from core.problems.hierarchy.run import run_hierarchy
from core.problems.rows import Rows, load_rows

IRIS = load_rows("iris")


def shares(seed, n=200, classes=5):
    return np.random.default_rng(seed).dirichlet(np.ones(classes), n)


@pytest.mark.parametrize("seed", range(50))
def test_the_enumerated_decision_is_the_one_of_the_formula(seed):
    """Σ P(i) C(i, j) = 1 − near · P(j) − (1 − near) · P(group of j)."""
    rng = np.random.default_rng(seed)
    groups, near, P = in_order(rng.integers(0, 3, 5)), rng.uniform(), shares(seed)
    inside = P @ (groups[:, np.newaxis] == groups)
    gain = near * P + (1 - near) * inside
    np.testing.assert_allclose(P @ cost_table(groups, near), 1 - gain, atol=1e-12)
    top = np.sort(gain, axis=1)
    clear = top[:, -1] - top[:, -2] > 1e-6
    assert (least_cost(P, cost_table(groups, near)) == gain.argmax(axis=1))[clear].all()


def test_no_way_of_deciding_is_expected_to_cost_less():
    P, groups = shares(0, n=4, classes=3), np.array([0, 1, 1])
    costs = cost_table(groups, 0.3)
    expected = P @ costs
    best = expected[np.arange(4), least_cost(P, costs)].sum()
    every = [sum(expected[row, said] for row, said in enumerate(way)) for way in product(range(3), repeat=4)]
    assert best == pytest.approx(min(every), abs=1e-8)


def test_at_cost_one_the_most_probable_class_is_the_cheapest():
    P = shares(1)
    np.testing.assert_array_equal(least_cost(P, cost_table(np.array([0, 0, 1, 1, 2]), 1.0)), most_probable(P))


def test_at_cost_zero_it_is_the_most_probable_class_of_the_most_probable_group():
    P, groups = shares(2), np.array([0, 0, 1, 1, 2])
    levels = TwoLevels(P, np.column_stack([P[:, groups == g].sum(axis=1) for g in range(3)]), P)
    np.testing.assert_array_equal(least_cost(P, cost_table(groups, 0.0)), group_first(levels, groups))


def test_a_near_miss_that_is_cheap_changes_the_decision():
    P = np.array([[0.4, 0.3, 0.3]])
    groups = np.array([0, 1, 1])  # expected costs: 0.6; 0.4 + 0.3 near
    assert [int(least_cost(P, cost_table(groups, near))[0]) for near in (0.9, 0.7, 0.6, 0.0)] == [0, 0, 1, 1]


@pytest.mark.parametrize("groups", [[0, 0, 1], [0, 1, 1], [0, 1, 0]])
def test_both_models_are_those_of_scikit_learn_and_add_up_to_one(groups):
    from sklearn.linear_model import LogisticRegression

    groups, Z = np.array(groups), IRIS.standardised
    levels = fit_two_levels(Z, IRIS.y, groups, 0.01, Z[::7])
    for P in (levels.flat, levels.tree, levels.groups):
        np.testing.assert_allclose(P.sum(axis=1), 1.0)
    flat = LogisticRegression(C=1 / (150 * 0.01), tol=1e-10, max_iter=10_000).fit(Z, IRIS.y)
    np.testing.assert_allclose(levels.flat, flat.predict_proba(Z[::7]), atol=1e-5)
    outer = LogisticRegression(C=2 / (150 * 0.01), tol=1e-10, max_iter=10_000).fit(Z, groups[IRIS.y])
    np.testing.assert_allclose(levels.groups, outer.predict_proba(Z[::7]), atol=1e-5)
    sums = levels.tree @ np.eye(2)[groups]
    np.testing.assert_allclose(sums, levels.groups, atol=1e-12)


def test_the_closest_classes_are_joined():
    assert closest_groups(IRIS.standardised, IRIS.y, 2).tolist() == [0, 1, 1]


def test_half_of_each_class_is_held_out_and_none_is_both():
    learned, held = halves(IRIS.y, 3)
    assert sorted([*learned, *held]) == list(range(150))
    assert np.bincount(IRIS.y[learned]).tolist() == [25, 25, 25]
    assert halves(IRIS.y, 3)[0].tolist() == learned.tolist() != halves(IRIS.y, 4)[0].tolist()


@pytest.mark.parametrize(
    ("text", "words"),
    [("0,1", "One group for each of 3"), ("0,x,1", "got 0,x,1"), ("0,1,2", "got 3 for 3"), ("1,1,1", "got 1 for 3")],
)
def test_groups_that_do_not_fit_get_a_sentence(text, words):
    with pytest.raises(InputError, match=words):
        read_groups(text, 3)


def test_groups_are_numbered_by_their_first_class():
    assert read_groups(" 7, 2,7", 3).tolist() == [0, 1, 0]


@pytest.mark.parametrize("seed", range(50))
def test_the_least_expected_cost_is_never_above_that_of_another_decision(seed):
    run = run_hierarchy(IRIS, "two", "0,1,0", 0.1, 0.01, seed)
    for other in (run.flat, run.tree):
        assert (run.expected(run.cheapest) <= run.expected(other) + 1e-8).all()
    assert run.costs(run.cheapest)[0] == run.costs(run.flat)[0]


def test_costs_are_mistakes_by_their_price():
    run = run_hierarchy(IRIS, "two", "", 0.25, 0.01, 1)
    within, across = run.mistakes(run.tree)
    assert run.costs(run.tree)[-1] == pytest.approx((0.25 * within + across) / 75)
    assert within + across == (run.tree != run.y).sum()
    assert 0 <= telling_row(run) < 75


def test_a_table_of_groups_offers_a_new_one_while_there_can_be_one():
    assert group_cells(np.array([0, 1, 1, 1]), ("a", "b", "c", "d")).values.tolist() == [
        [1, 0, 0, 0],
        [0, 1, 1, 1],
        [0, 0, 0, 0],
    ]
    assert len(group_cells(np.array([0, 1, 1]), ("a", "b", "c")).values) == 2


@pytest.mark.parametrize(
    "settings",
    [{}, {"features": "all", "penalty": 0.01}, {"rows": IRIS, "groups": "0,1,0", "seed": 5}, {"near": 0.5, "seed": 2}],
    ids=str,
)
def test_the_code_prints_the_costs_shown(settings):
    made, out = miniature(**settings), io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(made.code, {})
    costs = [float(word) for word in out.getvalue().split()]
    assert [float(figure.learned) for figure in made.figures[1:4]] == pytest.approx(costs, abs=1e-4)


def test_the_guess_is_the_cheapest_of_the_three():
    for seed in range(8):
        made = miniature(rows=IRIS, groups="0,1,0", seed=seed)
        costs = [float(figure.learned) for figure in made.figures[1:4]]
        best = [place for place, cost in enumerate(costs) if cost == min(costs)]
        assert made.guess.answer == (best[0] if len(best) == 1 else 3)


def test_the_genus_of_penguins_divides_nothing():
    named = Rows("p", IRIS.X, IRIS.names, IRIS.y, ("Adelie", "Chinstrap", "Gentoo"))
    assert "one genus, Pygoscelis" in miniature(rows=named).question
    assert "Pygoscelis" not in miniature(rows=IRIS).question


def test_the_same_seed_gives_the_same_frames_and_another_one_others():
    assert miniature(seed=4).frames == miniature(seed=4).frames != miniature(seed=5).frames


TINY = Rows("tiny", np.arange(4.0)[:, np.newaxis], ("x",), np.array([0, 1, 2, 2]), ("a", "b", "c"))


@pytest.mark.parametrize(
    "settings",
    [
        {"near": 0.0, "penalty": 0.0001},
        {"near": 0.95, "penalty": 0.3, "features": "all"},
        {"rows": TINY},
        {"rows": TINY, "features": "all"},
        {"rows": Rows("same", np.ones((9, 2)), ("a", "b"), np.arange(9) % 3, ("a", "b", "c"))},
        {"rows": Rows("huge", 1e200 * IRIS.X, IRIS.names, IRIS.y, IRIS.classes)},
    ],
    ids=str,
)
def test_the_smallest_and_the_largest_settings_work(settings):
    made = miniature(**settings)
    assert len(made.frames) == 41 and made.sentence


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"near": 1.0}, "A near miss has to cost 0 to 0.95"),
        ({"penalty": 0.0}, "a penalty from 0.0001 to 0.3"),
        ({"rows": load_rows("breast_cancer")}, "At least 3 classes are needed, but the rows have 2"),
        ({"rows": Rows("one", np.eye(3), ("a", "b", "c"), np.arange(3), ("a", "b", "c"))}, "two rows is needed"),
    ],
)
def test_bad_settings_get_a_sentence(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)


def test_one_row_held_out_is_singular():
    rows = Rows("few", np.array([[0.0], [1.0], [2.0], [2.5]]), ("x",), np.array([0, 1, 2, 2]), ("a", "b", "c"))
    made = miniature(rows=rows)
    assert "on the 1 row held out" in made.guess.question and made.sentence.startswith("On 1 row held out")
