import contextlib
import io
import math
import warnings

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.metrics import average_precision_score, ndcg_score

from core.errors import InputError
from core.problems.search import miniature
from core.problems.search.digit_pictures import PICTURES, load_pictures, read_picture, train_layer, write_picture
from core.problems.search.nearest_pictures import COSINE, distances, find, rank
from core.problems.search.ranking_metrics import (
    average_precision_at,
    average_precision_by_chance,
    ndcg_at,
    precision_at,
    recall_at,
)
from core.problems.search.run import run_search

ONE = "000gg000" * 8
SETTINGS = {"seed": 0, "data": "unseen", "query": 127, "picture": "", "label": 0, "p": 2.0, "epochs": 20, "results": 10}


def lists():
    for seed in range(50):
        rng = np.random.default_rng(seed)
        right = rng.random(rng.integers(2, 40)) < rng.uniform(0.1, 0.9)
        right[rng.integers(len(right))] = True
        yield right


def test_average_precision_and_ndcg_are_those_of_scikit_learn():
    for right in lists():
        scores = -np.arange(len(right), dtype=float)
        assert average_precision_at(right, right.sum())[-1] == pytest.approx(average_precision_score(right, scores))
        for k in (1, len(right) // 2, len(right)):
            assert ndcg_at(right, right.sum())[k - 1] == pytest.approx(ndcg_score([right], [scores], k=k))


def test_precision_and_recall_are_counted_one_by_one():
    for right in lists():
        for k in range(1, len(right) + 1):
            found = sum(1 for each in right[:k] if each)
            assert precision_at(right)[k - 1] == pytest.approx(found / k)
            assert recall_at(right, right.sum() + 3)[k - 1] == pytest.approx(found / (right.sum() + 3))


def test_average_precision_by_chance_is_the_mean_over_all_orders():
    from itertools import permutations

    orders = [average_precision_at(np.array(order), 2)[-1] for order in permutations([True, True, False, False, False])]
    assert average_precision_by_chance(2, 5) == pytest.approx(np.mean(orders))
    assert average_precision_by_chance(4, 4) == pytest.approx(1)


def test_a_best_order_has_every_metric_at_one():
    right = np.array([True] * 4)
    for metric in (precision_at(right), average_precision_at(right, 9), ndcg_at(right, 9)):
        assert metric == pytest.approx(np.ones(4))


@pytest.mark.parametrize("call", [
    lambda: recall_at([True, True], 1), lambda: ndcg_at([False], 0), lambda: precision_at([[True]]),
    lambda: average_precision_by_chance(3, 2),
])  # fmt: skip
def test_impossible_lists_are_refused(call):
    with pytest.raises(InputError):
        call()


@pytest.mark.parametrize("p", [0.5, 1.0, 1.7, 2.0, 10.0])
def test_distances_are_those_of_scipy(p):
    X = np.random.default_rng(3).normal(size=(40, 6))
    assert distances(X, X[4], p) == pytest.approx(cdist(X, X[4:5], "minkowski", p=p).ravel())


def test_the_largest_difference_and_the_cosine_are_those_of_scipy():
    X = np.random.default_rng(4).normal(size=(40, 6))
    assert distances(X, X[4], math.inf) == pytest.approx(cdist(X, X[4:5], "chebyshev").ravel())
    assert distances(X, X[4], COSINE) == pytest.approx(cdist(X, X[4:5], "cosine").ravel(), abs=1e-12)


def test_no_power_overflows_and_a_large_p_is_nearly_the_largest_difference():
    X = np.array([[3e200, -4e200], [0.0, 0.0], [1e-200, 0.0]])
    assert distances(X, np.zeros(2), 2.0) == pytest.approx([5e200, 0, 1e-200])
    assert distances(X, np.zeros(2), 1e6) == pytest.approx([4e200, 0, 1e-200], rel=1e-5)


def test_a_row_of_zeros_has_no_direction():
    assert distances(np.array([[0.0, 0.0], [2.0, 0.0]]), np.array([1.0, 0.0]), COSINE) == pytest.approx([1, 0])
    assert distances(np.array([[0.0, 0.0], [2.0, 0.0]]), np.zeros(2), COSINE) == pytest.approx([1, 1])


@pytest.mark.parametrize("p", [0.4, 0.0, -1.0, math.nan, "city"])
def test_other_distances_are_refused(p):
    with pytest.raises(InputError, match="p-norm"):
        distances(np.ones((2, 2)), np.ones(2), p)


def test_of_equal_distances_the_first_picture_counts():
    assert rank(np.array([1.0, 0.5, 1.0 - 1e-13, 0.5])).tolist() == [1, 3, 0, 2]
    assert rank(np.zeros(3)).tolist() == [0, 1, 2]


def test_the_query_is_neither_learned_from_nor_found():
    for seed in range(20):
        of = load_pictures(7, seed=seed)
        assert sorted([*of.learned, *of.unseen, 7]) == list(range(PICTURES))
    everyone = np.delete(np.arange(PICTURES), 7)
    found = find(of.pixels, of.pixels[7], int(of.labels[7]), of, everyone)
    assert 7 not in found.places
    assert (np.diff(found.distances) > -1e-8).all()
    assert (found.right == (of.labels[found.places] == of.labels[7])).all()


def test_the_first_found_is_that_of_scikit_learns_neighbours():
    from sklearn.neighbors import NearestNeighbors

    of = load_pictures(11, seed=1)
    found = find(of.pixels, of.pixels[11], int(of.labels[11]), of, of.unseen)
    theirs, _places = NearestNeighbors(n_neighbors=20).fit(of.pixels[of.unseen]).kneighbors(of.pixels[11:12])
    assert found.distances[:20] == pytest.approx(theirs.ravel())


def test_a_picture_survives_being_written():
    rng = np.random.default_rng(0)
    for _round in range(50):
        levels = rng.integers(0, 17, (8, 8)) / 16
        assert (read_picture(write_picture(levels)) == levels).all()
    assert write_picture(np.full((8, 8), 7.0)) == "g" * 64


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "h" * 64, "é" * 64])
def test_other_texts_are_no_pictures(text):
    with pytest.raises(InputError, match="64 characters" if set(text) <= {"0"} else "got “(h|é)”"):
        read_picture(text)


@pytest.mark.parametrize("image", [np.zeros((8, 7)), np.full((8, 8), np.nan)])
def test_other_arrays_are_no_pictures(image):
    with pytest.raises(InputError, match="8 rows"):
        write_picture(image)


def test_training_beats_random_weights():
    of = load_pictures(seed=0)
    assert math.isnan(train_layer(of, epochs=0).accuracy)
    assert train_layer(of, epochs=10).accuracy > 0.85


def test_the_layer_is_what_the_network_computes():
    of = load_pictures(seed=2)
    layer = train_layer(of, epochs=1, seed=2)
    for row, picture in zip(layer.see(of.pixels[:5]), of.pixels[:5], strict=True):
        by_hand = [max(0.0, sum(w * x for w, x in zip(unit, picture, strict=True)) + b)
                   for unit, b in zip(layer.weights.T, layer.biases, strict=True)]  # fmt: skip
        assert row == pytest.approx(by_hand)


def test_each_frame_adds_one_result():
    made = miniature(results=5)
    assert len(made.frames) == 6
    pictures = made.panels[0]
    assert [int((frame != 0).sum()) for frame in pictures.tones] == [0, 1, 2, 3, 4, 5]
    assert [int(frame.any(axis=(1, 2)).sum()) for frame in pictures.images] == [1, 2, 3, 4, 5, 6]


def test_the_first_frame_gives_nothing_away():
    for panel in miniature(results=5).panels[2:]:
        for layer in panel.layers:
            values = layer.ends if hasattr(layer, "ends") else layer.xy
            assert getattr(layer, "role", "") == "exact" or np.isnan(values[0]).all()


def test_the_mean_is_that_of_the_queries_one_by_one():
    run = run_search(**SETTINGS)
    of, among = run.pictures, run.pictures.unseen
    queries = np.random.default_rng([0, 1]).choice(among, 100, replace=False)
    shares = []
    for query in queries[:10]:
        others = [place for place in among if place != query]
        lengths = cdist(of.pixels[query : query + 1], of.pixels[others])[0].round(9)
        nearest = [others[place] for place in sorted(range(len(others)), key=lambda at: (lengths[at], at))][:10]
        shares.append(np.mean(of.labels[nearest] == of.labels[query]))
    assert run.table_pixels[:10, -1] == pytest.approx(shares)


def test_the_guess_follows_the_difference_and_its_error():
    for seed, epochs in ((0, 20), (1, 0), (2, 1)):
        run = run_search(**{**SETTINGS, "seed": seed, "epochs": epochs})
        gaps = run.table_network[:, -1] - run.table_pixels[:, -1]
        error = np.std(gaps, ddof=1) / 10
        right = 2 if abs(gaps.mean()) <= 2 * error else int(gaps.mean() > 0)
        assert miniature(seed=seed, epochs=epochs).guess.answer == right
    assert miniature(seed=1, epochs=0).guess.answer == 0


def test_the_leak_is_said_where_there_is_one():
    assert "from the labels of 898" in miniature(data="all").sentence
    assert "from the labels" not in miniature(data="all", epochs=0).sentence
    assert "from the labels" not in miniature().sentence


@pytest.mark.parametrize("settings", [
    {}, {"picture": ONE, "label": 1}, {"data": "all", "p": math.inf}, {"epochs": 0, "p": COSINE},
    {"seed": 5, "p": 0.5, "results": 25},
])  # fmt: skip
def test_the_code_prints_the_same_numbers(settings):
    run = run_search(**(SETTINGS | settings))
    with contextlib.redirect_stdout(io.StringIO()) as printed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(miniature(**settings).code, {})
    numbers = [float(word) for word in printed.getvalue().split()]
    k = {**SETTINGS, **settings}["results"]
    expected = [run.pixels.right[:k].mean(), run.table_pixels[:, -1].mean(),
                run.network.right[:k].mean(), run.table_network[:, -1].mean()]  # fmt: skip
    assert numbers == pytest.approx(expected, abs=1e-9)


def test_the_same_seed_gives_the_same_frames_and_another_one_others():
    assert miniature(seed=3).frames == miniature(seed=3).frames
    assert miniature(seed=3).frames != miniature(seed=4).frames


def test_a_blank_picture_is_refused():
    with pytest.raises(InputError, match="blank"):
        miniature(picture="0" * 64)


def test_a_picture_full_of_ink_is_searched_for():
    assert miniature(picture="g" * 64, label=8, results=5).figures


@pytest.mark.parametrize("settings", [
    {"query": -1}, {"query": 1797}, {"data": "half"}, {"label": 10}, {"epochs": -1}, {"epochs": 41}, {"results": 4},
    {"results": 26}, {"p": 0.1}, {"picture": "12"},
])  # fmt: skip
def test_settings_out_of_bounds_are_refused(settings):
    with pytest.raises(InputError):
        miniature(**settings)
