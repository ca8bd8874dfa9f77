"""Labels flipped, a class thinned, a feature that leaks: against scikit-learn's scores and counts by hand."""

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from core.errors import InputError
from core.foundations.class_task import (
    ClassTarget,
    class_problem,
    fit_classifier,
    possible_classes,
    score_classes,
)
from core.foundations.imbalance import study_imbalance, thin_class
from core.foundations.label_noise import flip_labels, measured_accuracy, study_label_noise
from core.foundations.leaking_feature import leak, study_leak

RNG = np.random.default_rng(5)


def table(rows: int = 300, apart: float = 1.2) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    kind = rng.integers(0, 2, rows)
    return pd.DataFrame(
        {
            "kind": np.where(kind == 1, "yes ", "no") + np.where(kind == 1, "b", "a"),
            "length": apart * kind + rng.standard_normal(rows),
            "width": rng.standard_normal(rows) * 100,
            "same": 7.5,
        }
    )


TARGET = ClassTarget("kind", "yes b")


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    y, predicted = rng.integers(0, 2, (2, 40))
    scores = score_classes(y, predicted)
    assert scores.accuracy == pytest.approx(metrics.accuracy_score(y, predicted))
    assert scores.precision == pytest.approx(metrics.precision_score(y, predicted))
    assert scores.recall == pytest.approx(metrics.recall_score(y, predicted))
    assert scores.balanced_accuracy == pytest.approx(metrics.balanced_accuracy_score(y, predicted))
    assert metrics.confusion_matrix(y, predicted).ravel().tolist() == [
        scores.true_negatives, scores.false_positives, scores.false_negatives, scores.true_positives,
    ]  # fmt: skip


def test_scores_without_a_denominator_are_nan():
    never = score_classes([0, 0, 1], [0, 0, 0])
    assert (never.recall, never.specificity, never.balanced_accuracy) == (0.0, 1.0, 0.5)
    assert np.isnan([never.precision, score_classes([0, 0], [0, 0]).balanced_accuracy]).all()
    for y, predicted in (([], []), ([0, 1], [1]), ([0, 2], [0, 1])):
        with pytest.raises(InputError):
            score_classes(y, predicted)


def test_flips_are_as_many_as_asked_and_nested():
    y = RNG.integers(0, 2, 50).astype(float)
    few, many = flip_labels(y, 0.2, seed=3), flip_labels(y, 0.5, seed=3)
    assert (few != y).sum() == 10
    assert (many != y).sum() == 25
    assert ((few != y) <= (many != y)).all()
    ones = flip_labels(y, 0.5, seed=3, which="ones")
    assert ((ones != y) <= (y == 1)).all()
    assert flip_labels(y, 1.0).tolist() == (1 - y).tolist()
    with pytest.raises(InputError):
        flip_labels(y, 1.1)


def test_the_measured_accuracy_is_a_mean_over_all_ways_to_flip():
    right = np.array([1, 1, 1, 0])  # which predictions are right
    flips = [np.array(list(f"{number:04b}"), dtype=int) for number in range(16)]
    flips = [flip for flip in flips if flip.sum() == 1]  # a quarter of the labels
    seen = np.mean([(right ^ flip).mean() for flip in flips])
    assert measured_accuracy(0.75, 0.25) == pytest.approx(seen)


def test_half_of_the_labels_flipped_leave_nothing_to_learn_and_a_fifth_hardly_matters():
    problem = class_problem(table(600, 2.0), TARGET)
    study = study_label_noise(problem, (0.0, 0.2, 0.5), seeds=8).groupby("share").mean()
    assert study.loc[0.2, "true"] > study.loc[0.0, "true"] - 0.05
    assert study.loc[0.5, "true"] < study.loc[0.0, "true"] - 0.15
    assert study.loc[0.2, "measured"] == pytest.approx(study.loc[0.2, "expected"], abs=0.05)
    assert study.loc[0.0, "measured"] == study.loc[0.0, "true"]
    one_sided = study_label_noise(problem, (0.0, 0.6), which="ones", seeds=2).groupby("share").mean()
    assert one_sided.loc[0.6, "true"] < one_sided.loc[0.0, "true"] - 0.1


def test_a_thinned_class_has_its_share_and_as_many_rows_as_there_can_be():
    y = np.array([1.0] * 60 + [0.0] * 40)
    kept = thin_class(y, 0.2, seed=1)
    assert y[kept].sum() == 10
    assert len(kept) == 50
    assert thin_class(y, 0.9)[y[thin_class(y, 0.9)] == 1].size == 60
    assert y[thin_class(y, 0.001)].sum() == 1
    for labels, share in (([1.0, 1.0], 0.5), (y, 0.0), (y, 1.0)):
        with pytest.raises(InputError):
            thin_class(labels, share)


def test_always_the_larger_class_is_right_as_often_as_it_occurs_and_finds_none_of_the_other():
    study = study_imbalance(class_problem(table(600, 1.0), TARGET), 0.05)
    assert study.constant.accuracy == pytest.approx(0.95, abs=0.01)
    assert study.constant.recall == 0
    assert study.constant.balanced_accuracy == 0.5
    assert study.plain.recall < 0.5 < study.weighted.recall
    assert study.share == pytest.approx(study.rare / study.rows)


def test_weighted_rows_are_scikit_learns_balanced_classes():
    from sklearn.linear_model import LogisticRegression

    problem = class_problem(table(200, 0.8), TARGET)
    rows = thin_class(problem.y, 0.2)
    X, y = problem.X[rows], problem.y[rows]
    counts = np.bincount(y.astype(int))
    ours = fit_classifier(X, y, (len(y) / (2 * counts))[y.astype(int)])
    theirs = LogisticRegression(C=np.inf, class_weight="balanced", max_iter=200).fit(X, y)
    assert ours.coef_ == pytest.approx(theirs.coef_, rel=1e-6)


def test_a_leak_is_too_good_in_the_test_and_of_no_use_after_it():
    study = study_leak(class_problem(table(400, 1.0), TARGET), noise=0.15)
    assert study.tested.accuracy > study.honest.accuracy + 0.05
    assert study.in_use.accuracy <= study.tested.accuracy - 0.05
    assert abs(study.weights[-1]) > 3 * np.abs(study.weights[:-1]).max()
    assert leak([0, 1, 1], 0.0).tolist() == [0, 1, 1]


def test_what_can_be_told_apart_begins_with_columns_of_two_levels():
    frame = table(60).assign(third=np.arange(60) % 3, island=np.array(["x", "y", "z"])[np.arange(60) % 3])
    found = possible_classes(frame)
    assert found[0] == TARGET
    assert ClassTarget("island", "y") in found
    assert ClassTarget("length", "") in found
    above = class_problem(frame, ClassTarget("length", ""))
    assert "length" not in above.names
    assert abs(np.append(above.y, above.y_test).mean() - 0.5) < 0.02


def test_a_class_without_rows_enough_is_not_offered():
    frame = table(60).assign(rare=["x"] * 30 + ["y"] * 27 + ["z"] * 3)
    frame.loc[frame["rare"] == "y", "length"] = np.nan  # no row of y is complete
    assert {target.level for target in possible_classes(frame) if target.column == "rare"} == set()
    assert possible_classes(frame[["kind", "rare"]]) == [], "no feature"
    mostly = pd.DataFrame({"a": np.arange(30.0), "b": [0.0] * 27 + [1.0, 2.0, 3.0]})
    assert possible_classes(mostly) == [ClassTarget("a", "")]
    for target in possible_classes(table(60)):
        assert class_problem(table(60), target).y.any()


def test_a_missing_cell_does_not_change_how_a_class_of_numbers_is_called():
    frame = pd.DataFrame({"own": [0, 1] * 20, "a": np.arange(40.0) ** 2 % 7})
    holed = frame.assign(own=frame["own"].where(np.arange(40) > 3))
    assert ClassTarget("own", "1") in possible_classes(frame)
    assert ClassTarget("own", "1") in possible_classes(holed)
    problem = class_problem(holed, ClassTarget("own", "1"))
    assert problem.dropped == 4
    assert np.append(problem.y, problem.y_test).sum() == 18


def test_rows_with_missing_cells_are_left_out_and_features_are_standardised():
    frame = table(100)
    frame.loc[:9, "length"] = np.nan
    problem = class_problem(frame, TARGET)
    assert problem.dropped == 10
    assert "same" not in problem.names
    assert problem.X.mean(axis=0) == pytest.approx(np.zeros(len(problem.names)), abs=1e-12)
    assert problem.X.std(axis=0) == pytest.approx(np.ones(len(problem.names)))


@pytest.mark.parametrize(
    ("frame", "target", "message"),
    [
        (table(60)[["kind"]], TARGET, "columns of numbers"),
        (table(60), ClassTarget("kind", "nothing"), "at least two rows"),
        (table(60), ClassTarget("absent", ""), "no column"),
        (table(60)[["kind", "same"]], TARGET, "varies|columns of numbers"),
        (table(3), TARGET, "at least two rows|columns of numbers"),
    ],
)
def test_a_table_without_two_classes_ends_in_a_sentence(frame, target, message):
    with pytest.raises(InputError, match=message):
        class_problem(frame, target)


def test_labels_of_one_class_cannot_be_told_apart():
    with pytest.raises(InputError, match="one class"):
        fit_classifier([[1.0], [2.0]], [1, 1])
