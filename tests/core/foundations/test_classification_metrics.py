"""Counts, costs and calibration against scikit-learn and by counting."""

import math

import numpy as np
import pytest

from core.errors import InputError
from core.foundations.classification_metrics import calibration, confusion, every_threshold


def predictions(rows: int = 200, seed: int = 0):
    random = np.random.default_rng(seed)
    p = random.beta(2, 2, rows).round(2)  # with ties
    return p, (random.random(rows) < p).astype(float)


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 0.87, 1.0])
def test_the_counts_are_those_of_scikit_learn(threshold):
    from sklearn.metrics import accuracy_score, confusion_matrix, precision_score, recall_score

    p, y = predictions()
    found, chosen = confusion(p, y, threshold), p >= threshold
    assert [[found.true_negatives, found.false_positives], [found.false_negatives, found.true_positives]] == (
        confusion_matrix(y, chosen, labels=[0, 1]).tolist()
    )
    assert found.accuracy == pytest.approx(accuracy_score(y, chosen))
    assert found.recall == pytest.approx(recall_score(y, chosen))
    if chosen.any():
        assert found.precision == pytest.approx(precision_score(y, chosen))
    assert found.cost(2.0, 5.0) == 2 * found.false_positives + 5 * found.false_negatives


def test_without_a_positive_prediction_there_is_no_precision():
    found = confusion([0.1, 0.2], [0, 1], 0.5)
    assert math.isnan(found.precision)
    assert (found.recall, found.rows) == (0.0, 2)
    assert math.isnan(confusion([0.9], [0]).recall)


@pytest.mark.parametrize(("wrong_positive", "wrong_negative"), [(1.0, 1.0), (10.0, 1.0), (1.0, 25.0), (0.0, 1.0)])
def test_the_cheapest_threshold_is_the_cheapest_of_a_fine_grid(wrong_positive, wrong_negative):
    p, y = predictions(60)
    table = every_threshold(p, y, wrong_positive, wrong_negative)
    tried = [
        confusion(p, y, threshold).cost(wrong_positive, wrong_negative) for threshold in np.linspace(0, 1.001, 2003)
    ]
    assert table["cost"].min() == min(tried)
    assert len(table) == len(np.unique(p)) + 1
    for row in table.itertuples():
        found = confusion(p, y, row.threshold)
        assert (row.true_positives, row.false_positives) == (found.true_positives, found.false_positives)
        assert (row.false_negatives, row.true_negatives) == (found.false_negatives, found.true_negatives)


def test_the_points_are_those_of_the_roc_curve_of_scikit_learn():
    from sklearn.metrics import roc_curve

    p, y = predictions()
    rates = roc_curve(y, p, drop_intermediate=False)
    table = every_threshold(p, y)
    assert (table["false_positives"] / (y == 0).sum()).tolist() == pytest.approx(rates[0].tolist())
    assert (table["true_positives"] / y.sum()).tolist() == pytest.approx(rates[1].tolist())


def test_the_bins_are_those_of_scikit_learn():
    from sklearn.calibration import calibration_curve

    p, y = predictions()
    p = np.clip(p + 1e-4, 0, 1)  # no probability on an edge, which belongs to the other bin there
    observed, predicted = calibration_curve(y, p, n_bins=10)
    found = calibration(p, y)
    assert found["observed"].tolist() == pytest.approx(observed.tolist())
    assert found["predicted"].tolist() == pytest.approx(predicted.tolist())
    assert found["rows"].sum() == len(p)


def test_the_ends_have_bins():
    found = calibration([0.0, 1.0], [0, 1], 4)
    assert found[["low", "high", "rows"]].to_numpy().tolist() == [[0.0, 0.25, 1], [0.75, 1.0, 1]]
    assert found["error"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("p", "y", "words"),
    [
        ([], [], "one probability and one label"),
        ([0.5], [1, 0], "one probability and one label"),
        ([1.5], [1], "from 0 to 1"),
        ([float("nan")], [1], "missing"),
        ([0.5], [2], "0 or 1"),
    ],
)
def test_what_is_no_prediction_ends_in_a_sentence(p, y, words):
    for compute in (confusion, every_threshold, calibration):
        with pytest.raises(InputError, match=words):
            compute(p, y)


def test_costs_and_bins_have_a_range():
    with pytest.raises(InputError, match="false_positive"):
        every_threshold([0.5], [1], -1.0)
    with pytest.raises(InputError, match="bins"):
        calibration([0.5], [1], 0)
