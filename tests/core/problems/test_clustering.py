import contextlib
import io
import json
import math
from itertools import product

import numpy as np
import pytest

from core.errors import InputError
from core.problems.clustering import miniature
from core.problems.clustering.code import code_for
from core.problems.clustering.kmeans import first_centres, lloyd, loss_of, move
from core.problems.clustering.partitions import (
    adjusted_rand_index,
    best_partition,
    clustering_of,
    local_optima,
    number_of_partitions,
    numbered,
)
from core.problems.clustering.run import STARTS
from core.problems.clustering.task import POINTS, Task, read_points, rows_task, write_points
from core.problems.panels import Bars, Plane, Points
from core.problems.rows import Rows, load_rows

FAR = "[[0, 0], [0, 1], [10, 0], [10, 1]]"


def points(seed: int, n: int = 7):
    return np.random.default_rng(seed).uniform(0, 10, (n, 2))


def brute_force(X, k):
    """The smallest loss of all labellings that use every label, one by one."""
    losses = []
    for labels in product(range(k), repeat=len(X)):
        if len(set(labels)) == k:
            groups = np.array(labels)
            losses.append(sum(((X[groups == g] - X[groups == g].mean(axis=0)) ** 2).sum() for g in range(k)))
    return min(losses)


@pytest.mark.parametrize("k", [2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_the_best_partition_is_that_of_all_labellings_one_by_one(seed, k):
    X = points(seed, 7)
    found = best_partition(X, k)
    assert math.isclose(found.loss, brute_force(X, k), rel_tol=1e-9)
    assert math.isclose(found.loss, loss_of(X, found.groups, found.centres), rel_tol=1e-12)


def test_coincident_points_do_not_disturb_the_search():
    X = np.array([[1.0, 1], [1, 1], [1, 1], [5, 5], [5, 5], [9, 1]])
    assert best_partition(X, 3).loss == pytest.approx(0, abs=1e-12)
    assert best_partition(X, 2).loss == pytest.approx(brute_force(X, 2))


def test_a_grid_with_many_equal_optima_gives_the_first_of_them():
    X = np.array([[x, y] for x in (0.0, 3, 6, 9) for y in (0.0, 3, 6)])
    found = best_partition(X, 4)
    assert found.loss == pytest.approx(min(one.loss for one in local_optima(X, 4, "random", 0, 200)))
    np.testing.assert_array_equal(found.groups, numbered(found.groups))


def test_the_optimum_is_never_beaten():
    X = read_points(POINTS)
    best = {k: best_partition(X, k).loss for k in (2, 3, 4, 5, 6)}
    for seed in range(50):
        for k, loss in best.items():
            for start in ("random", "plus"):
                end = lloyd(X, first_centres(X, k, start, np.random.default_rng(seed)))[-1]
                assert end.loss >= loss * (1 - 1e-9)


def test_the_number_of_partitions_is_what_counting_gives():
    for n, k in ((5, 2), (6, 3), (7, 4)):
        strings = {tuple(numbered(np.array(one)).tolist()) for one in product(range(k), repeat=n) if len(set(one)) == k}
        assert number_of_partitions(n, k) == len(strings)


def test_one_round_is_what_it_is_by_hand():
    X = np.array([[0.0, 0], [0, 2], [4, 0], [6, 0]])
    steps = lloyd(X, X[:2])
    np.testing.assert_array_equal(steps[0].groups, [0, 1, 0, 0])
    assert steps[0].loss == 16 + 36
    np.testing.assert_allclose(steps[1].centres, [[10 / 3, 0], [0, 2]])
    assert steps[1].loss == pytest.approx(
        2 * (5 - 10 / 3) ** 2 + (10 / 3) ** 2 - 2 * (5 - 10 / 3) ** 2 + 4 / 9 + 64 / 9
    )
    np.testing.assert_array_equal(steps[2].groups, [1, 1, 0, 0])  # (0, 0) is nearer to (0, 2) than to (10/3, 0)
    assert steps[-1].changed == 0
    assert steps[-1].loss == pytest.approx(1 + 1 + 1 + 1)


def test_no_half_step_raises_the_loss_and_every_end_stands_still():
    for seed in range(50):
        X = points(seed, 40)
        steps = lloyd(X, first_centres(X, 5, "random", np.random.default_rng(seed)))
        losses = np.array([step.loss for step in steps])
        assert np.all(np.diff(losses) <= 1e-9 * losses[0])
        end = clustering_of(X, steps[-1].groups)
        np.testing.assert_allclose(steps[-1].centres[steps[-1].groups], end.centres[end.groups])


def test_scikit_learn_ends_in_the_same_place_from_the_same_centres():
    from sklearn.cluster import KMeans

    for seed in range(50):
        X = points(seed, 60)
        start = first_centres(X, 4, "random", np.random.default_rng(seed))
        theirs = KMeans(4, init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=1000).fit(X)
        ours = lloyd(X, start)[-1]
        assert ours.loss == pytest.approx(theirs.inertia_, rel=1e-9)
        np.testing.assert_array_equal(ours.groups, theirs.labels_)


def test_an_empty_cluster_takes_over_the_farthest_point_as_in_scikit_learn():
    from sklearn.cluster import KMeans

    X = np.array([[0.0, 0], [1, 0], [2, 0], [9, 0]])
    start = np.array([[1.0, 0], [50, 50]])
    steps = lloyd(X, start)
    assert steps[1].refilled == (1,)
    assert steps[1].changed == 1
    theirs = KMeans(2, init=start, n_init=1, tol=0).fit(X)
    assert steps[-1].loss == pytest.approx(theirs.inertia_)
    np.testing.assert_array_equal(steps[-1].groups, [0, 0, 0, 1])


def test_a_cluster_of_one_point_is_not_emptied_to_fill_another_one():
    X = np.array([[0.0, 0], [0, 1], [9, 9]])
    _centres, groups, refilled = move(X, np.array([0, 0, 1]), np.array([[0.0, 0], [0, 8], [99, 99]]))
    assert refilled == (2,)
    np.testing.assert_array_equal(groups, [0, 2, 1])


def test_first_centres_are_different_points_and_far_apart_with_plus():
    X = np.repeat([[0.0, 0], [0.1, 0], [10, 10]], [30, 30, 1], axis=0)
    starts = [first_centres(X, 2, "plus", np.random.default_rng(seed)) for seed in range(50)]
    assert all(len(np.unique(start, axis=0)) == 2 for start in starts)
    assert sum(np.any(start == 10) for start in starts) >= 45
    assert all(len(np.unique(first_centres(X, 3, "random", np.random.default_rng(0)), axis=0)) == 3 for _i in range(9))


def test_the_adjusted_rand_index_is_that_of_scikit_learn():
    from sklearn.metrics import adjusted_rand_score

    for seed in range(20):
        first, second = np.random.default_rng(seed).integers(0, 1 + seed % 4, (2, 30))
        assert adjusted_rand_index(first, second) == pytest.approx(adjusted_rand_score(first, second))


def test_local_optima_are_counted_once_and_sorted():
    X = read_points(POINTS)
    found = local_optima(X, 3, "random", 0, 200)
    assert sum(one.count for one in found) == 200
    assert len({tuple(one.groups.tolist()) for one in found}) == len(found) > 2
    assert [one.loss for one in found] == sorted(one.loss for one in found)
    for one in found:  # each of them is at rest
        assert lloyd(X, one.centres)[-1].loss == pytest.approx(one.loss)


def test_the_first_points_have_bad_local_optima():
    answers = [miniature(seed=seed).guess.answer for seed in range(12)]
    assert 0 in answers
    assert 1 in answers


def printed(code, capsys):
    exec(code, {})
    return [float(word) for word in capsys.readouterr().out.split()]


@pytest.mark.parametrize("settings", [{}, {"seed": 1, "k": 4, "start": "plus"}, {"rows": "iris", "across": 2, "up": 3}])
def test_the_code_prints_the_numbers_of_the_figures(settings, capsys):
    settings = settings | ({"rows": load_rows(settings["rows"])} if "rows" in settings else {})
    made = miniature(**settings)
    loss, best, hits = printed(made.code, capsys)
    assert loss == pytest.approx(float(made.figures[0].learned), rel=1e-4)
    assert best == pytest.approx(float(made.figures[0].exact), rel=1e-4)
    assert hits == float(made.figures[1].learned)


def test_the_same_seed_gives_the_same_frames_and_another_one_others():
    first, second, other = miniature(seed=3), miniature(seed=3), miniature(seed=4)
    assert list(first.frames) == list(second.frames) != list(other.frames)
    assert first.sentence == second.sentence


def test_nothing_is_given_away_before_it_runs():
    made = miniature(seed=1)
    plane, _loss, ends = made.panels
    assert isinstance(plane, Plane)
    assert isinstance(ends, Bars)
    marks = next(layer for layer in plane.layers if isinstance(layer, Points) and layer.movable)
    assert np.all(marks.groups[0] == -1)
    assert all(np.all(np.isnan(bars.values[:-1])) for bars in ends.sets)
    assert np.nansum([bars.values[-1] for bars in ends.sets]) == pytest.approx(1)


@pytest.mark.parametrize("k", [2, 6])
def test_the_largest_settings_stay_within_what_can_be_sent(k):
    X = np.random.default_rng(0).normal(size=(400, 3))
    made = miniature(rows=Rows("many", X, ("a", "b", "c")), across=2, up=0, k=k, scaled=False)
    numbers = sum(np.size(getattr(layer, "values", getattr(layer, "xy", 0))) for layer in made.panels[0].layers)
    assert numbers + 400 * len(made.frames) < 150_000
    assert "not proven" in made.oracle


def test_a_run_that_is_longer_than_its_frames_keeps_the_first_and_the_last():
    X = np.column_stack([np.linspace(0, 1, 400) ** 3, np.zeros(400)])
    made = miniature(rows=Rows("line", X, ("a", "b")), k=5, scaled=False)
    assert len(made.frames) <= 62
    assert "first centres" in made.frames[0]
    assert "nothing changes any more" in made.frames[-2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[1, 2], [3", "pairs of numbers"),
        ("7", "pairs of numbers"),
        ('[["a", 1], [2, 3]]', "pairs of numbers"),
        ("[[1, 2], [true, 3]]", "pairs of numbers"),
        ("[[NaN, 2], [1, 3]]", "pairs of numbers"),
        ("[" * 100_000, "pairs of numbers"),
        ("[[1, 2]]", "From 2 to 12"),
        (json.dumps([[1, 1]] * 13), "From 2 to 12"),
        ("[[1, 2], [11, 3]]", "between 0 and 10"),
        ("[[1, 2], [1, 2], [3, 3]]", "at least 3 different points, but there are 2"),
    ],
)
def test_points_that_cannot_be_used_are_explained(text, says):
    with pytest.raises(InputError, match=says.replace("(", r"\(")):
        miniature(points=text)


def test_as_many_clusters_as_points_cost_nothing():
    made = miniature(points=FAR, k=4)
    assert made.figures[0].learned == made.figures[0].exact == "0"
    assert made.guess.answer == 0


def test_settings_out_of_range_are_explained():
    iris = load_rows("iris")
    for settings, says in (
        ({"k": 7}, "Between 2 and 6"),
        ({"k": 1}, "Between 2 and 6"),
        ({"start": "best"}, "A start is"),
        ({"rows": iris, "across": 1, "up": 1}, "Two different columns"),
        ({"rows": iris, "across": 0, "up": 4}, "Two different columns"),
        ({"rows": Rows("one", np.ones((5, 1)), ("a",))}, "Two columns"),
        ({"rows": Rows("same", np.ones((5, 2)), ("a", "b"))}, "different points"),
        ({"rows": Rows("huge", np.eye(5)[:, :2] * 1e200, ("a", "b")), "scaled": False}, "too large"),
    ):
        with pytest.raises(InputError, match=says):
            miniature(**settings)


def test_standardising_makes_the_clustering_independent_of_units():
    iris = load_rows("iris")
    larger = Rows("larger", iris.X * [1000, 1, 1, 1], iris.names)
    first, second = rows_task(iris, 0, 1, True).X, rows_task(larger, 0, 1, True).X
    np.testing.assert_allclose(first, second, atol=1e-9)
    assert best_share(iris, False) != best_share(larger, False)


def best_share(rows, scaled):
    return local_optima(rows_task(rows, 0, 1, scaled).X, 3, "plus", 0, 20)[0].groups.tolist()


def test_dragged_points_are_written_so_that_they_are_read_again():
    moved = np.array([[1.234, 11.0], [5, 5], [-1, 3]])
    np.testing.assert_allclose(read_points(write_points(moved)), [[1.23, 10], [5, 5], [0, 3]])


def test_all_starts_are_counted():
    assert sum(one.count for one in local_optima(points(0), 2, "plus", 0, STARTS)) == STARTS


def test_a_column_whose_unit_decides_is_named():
    iris = load_rows("iris")
    uneven = Rows("uneven", iris.X * [1, 1, 1, 1000], iris.names, iris.y, iris.classes)
    assert "“petal width (cm)” varies" in miniature(rows=uneven, across=1, up=3, scaled=False).sentence
    assert "varies" not in miniature(rows=uneven, across=1, up=3).sentence
    assert "varies" not in miniature().sentence


def test_points_whose_squared_distance_vanishes_or_ties_end_too():
    for places in ([[0, 0], [0, 1e-300], [5, 5]], [[0, 0], [1e-8, 0], [9, 9], [9, 8]], [[0, 1e-300], [0, 0]]):
        X = np.array(places)
        for start in ("random", "plus"):
            for k in range(2, len(X)):
                steps = lloyd(X, first_centres(X, k, start, np.random.default_rng(0)))
                assert len(steps) < 20
                assert not steps[-1].changed
                code = code_for(Task(X, ("x", "y"), None, None, f"import numpy as np\n\nX = np.array({places})\n"),
                                k, start, 0, 3)  # fmt: skip
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    exec(code, {})
                assert float(printed.getvalue().split()[0]) == pytest.approx(steps[-1].loss, abs=1e-9)


def test_typed_points_that_are_nearly_the_same_are_the_same():
    np.testing.assert_array_equal(read_points("[[1, 2e-9], [1, -0.0], [3.14159, 2]]"), [[1, 0], [1, 0], [3.1416, 2]])


def test_a_worse_end_is_worse_in_any_unit():
    X = load_rows("iris").X[:, :2]
    for unit in (1.0, 1e-9, 1e9):
        made = [miniature(rows=Rows(f"iris {unit}", X * unit, ("a", "b")), scaled=False, k=4, seed=s) for s in range(5)]
        assert [each.guess.answer for each in made] == [
            each.guess.answer
            for each in (miniature(rows=Rows("iris", X, ("a", "b")), scaled=False, k=4, seed=s) for s in range(5))
        ]


def test_a_best_loss_that_is_all_but_0_is_found():
    for places, k in (
        ([[1e-160, 0], [0, 9], [10, 0], [1e-160, 1e-160], [1e-160, 9], [0, 0], [2e-160, 2e-160], [0, 9]], 3),
        ([[8, 0], [0, 0], [1e-12, 9], [0, 9], [2e-12, 9], [0, 0], [2e-12, 9], [1e-12, 2e-12]], 3),
    ):
        assert best_partition(np.array(places), k).loss == pytest.approx(0, abs=1e-20)


def test_numbers_too_large_to_be_standardised_are_refused():
    rows = Rows("huge", np.array([[1e300, 1.0], [-1e300, 2.0], [0.0, 3.0]]), ("a", "b"))
    with pytest.raises(InputError, match="too large to be standardised"):
        miniature(rows=rows, k=2)
