"""Softmax regression against statsmodels, scikit-learn and torch."""

import numpy as np
import pytest
import torch

import core.foundations.softmax as softmax_module
from core.errors import InputError, LimitError
from core.foundations import fit_logistic
from core.foundations.softmax import _differences, fit_softmax, softmax


def three_classes(seed: int = 0):
    random = np.random.default_rng(seed)
    X = random.normal(size=(150, 2)) * [1.0, 50.0] + [0.0, 1000.0]
    scores = np.column_stack([np.zeros(150), X[:, 0], (X[:, 1] - 1000) / 60]) + random.gumbel(size=(150, 3))
    return X, scores.argmax(axis=1)


def test_the_probabilities_are_those_of_statsmodels():
    import statsmodels.api as sm

    X, y = three_classes()
    fit = fit_softmax(X, y)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    theirs = sm.MNLogit(y, sm.add_constant(Z)).fit(disp=0, method="newton", tol=1e-13)
    assert fit.probabilities(X).numpy() == pytest.approx(theirs.predict(), abs=1e-8)
    assert fit.loss == pytest.approx(-theirs.llf / len(X), rel=1e-10)
    assert fit.weights.sum(dim=0).tolist() == pytest.approx([0, 0], abs=1e-10)


@pytest.mark.parametrize("C", [0.1, 1.0, 100.0])
def test_with_a_penalty_the_probabilities_are_those_of_scikit_learn(C):
    from sklearn.linear_model import LogisticRegression

    X, y = three_classes()
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    theirs = LogisticRegression(C=C, tol=1e-12, max_iter=10_000).fit(Z, y)
    ours = fit_softmax(X, y, 1 / (C * len(X)))
    assert ours.probabilities(X).numpy() == pytest.approx(theirs.predict_proba(Z), abs=1e-5)


def test_the_loss_is_that_of_torch():
    X, y = three_classes()
    fit = fit_softmax(X, y)
    theirs = torch.nn.functional.cross_entropy(fit.scores(X), torch.tensor(y))
    assert fit.loss == pytest.approx(theirs.item(), rel=1e-12)


def test_two_classes_are_logistic_regression():
    X, y = three_classes()
    two = y < 2
    ours, neuron = fit_softmax(X[two], y[two]), fit_logistic(X[two], y[two])
    assert (ours.weights[1] - ours.weights[0]).tolist() == pytest.approx(neuron.weights.tolist(), rel=1e-6)
    assert ours.loss == pytest.approx(neuron.loss, rel=1e-10)


def test_a_number_added_to_every_score_changes_no_probability():
    z = np.array([[1.0, -2.0, 0.5], [30.0, 0.0, 29.0]])
    assert softmax(z + 1000.0).numpy() == pytest.approx(softmax(z).numpy(), rel=1e-12)
    assert softmax(z).numpy() == pytest.approx(torch.softmax(torch.tensor(z), dim=1).numpy(), rel=1e-14)


def test_scores_of_any_size_give_probabilities():
    assert softmax([1e308, -1e308, 0.0]).tolist() == [1.0, 0.0, 0.0]
    assert softmax([7.0]).tolist() == [1.0]
    for bad in ([], 3.0, [float("nan")], [float("inf"), 0.0]):
        with pytest.raises(InputError):
            softmax(bad)


def test_classes_that_are_separable_need_a_penalty():
    X, y = [[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]], [0, 0, 1, 1, 2, 2]
    with pytest.raises(InputError, match="separable"):
        fit_softmax(X, y)
    assert fit_softmax(X, y, 0.1).probabilities(X).argmax(dim=1).tolist() == y


def test_the_rows_of_the_linear_programme_are_differences_of_scores():
    X, y = three_classes()
    Z = np.column_stack([X, np.ones(len(X))])
    parameters = np.random.default_rng(1).normal(size=(3, 3))
    scores = Z @ parameters.T
    expected = [scores[n, k] - scores[n, j] for n, k in enumerate(y) for j in range(3) if j != k]
    found = _differences(Z, y, 3)
    assert found @ parameters.ravel() == pytest.approx(expected, rel=1e-12)
    assert found.nnz <= 2 * 3 * found.shape[0]


def test_a_programme_that_is_too_large_is_refused_before_it_is_made(monkeypatch):
    X, y = [[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]], [0, 0, 1, 1, 2, 2]
    monkeypatch.setattr(softmax_module, "MOST_CHECKED", 40)
    monkeypatch.setattr(softmax_module, "_differences", None)
    with pytest.raises(LimitError, match=r"up to 40 entries .* make 48"):
        fit_softmax(X, y)
    assert fit_softmax(X, y, 0.1).penalty == 0.1


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        ([[1.0], [2.0]], [3, 3], "all labels are the same"),
        ([[1.0], [float("nan")]], [0, 1], "missing or infinite"),
        (np.eye(30), np.arange(30), "the limit here"),
        ([[1.0]], [1], "Two classes"),
    ],
)
def test_what_has_no_answer_ends_in_a_sentence(X, y, words):
    with pytest.raises(InputError, match=words):
        fit_softmax(X, y)
