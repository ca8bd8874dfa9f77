"""Logistic regression against statsmodels, scikit-learn, torch and exact values."""

import math

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations import fit_logistic
from core.foundations.descent import descend, rate_limit
from core.foundations.logistic import newton_path, optimum_curvature
from core.foundations.two_classes import cross_entropy, identity_scaling


def overlapping(rows: int = 120, columns: int = 3, seed: int = 0):
    """Rows whose classes overlap, with columns in very different units."""
    random = np.random.default_rng(seed)
    Z = random.normal(size=(rows, columns))
    y = (Z[:, 0] - 0.5 * Z[:, -1] + random.logistic(size=rows) > 0.3).astype(float)
    return 2000.0 + Z * np.logspace(0, 3, columns), y


@pytest.mark.parametrize("seed", range(3))
def test_the_weights_are_those_of_statsmodels(seed):
    import statsmodels.api as sm

    X, y = overlapping(seed=seed)
    centred = X - X.mean(axis=0)
    expected = sm.Logit(y, sm.add_constant(centred)).fit(disp=0, method="newton", tol=1e-13).params
    fit = fit_logistic(X, y)
    assert fit.weights.numpy() == pytest.approx(expected[1:], rel=1e-7)
    assert fit.bias + fit.weights.numpy() @ X.mean(axis=0) == pytest.approx(expected[0], rel=1e-7)
    assert (fit.weights.dtype, fit.rank) == (torch.float64, 4)


def test_the_loss_is_that_of_scikit_learn_without_a_penalty():
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss

    X, y = overlapping()
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    theirs = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(Z, y)
    assert fit_logistic(X, y).loss == pytest.approx(log_loss(y, theirs.predict_proba(Z)), rel=1e-9)


def test_the_gradient_of_torch_is_zero_at_the_optimum():
    X, y = overlapping()
    fit = fit_logistic(X, y)
    Z = torch.tensor((X - X.mean(axis=0)) / X.std(axis=0))
    w = (fit.weights * torch.tensor(X.std(axis=0))).requires_grad_()
    b = torch.tensor(
        fit.bias + float(fit.weights @ torch.tensor(X.mean(axis=0))), dtype=torch.float64, requires_grad=True
    )
    loss = torch.nn.functional.binary_cross_entropy_with_logits(Z @ w + b, torch.tensor(y))
    loss.backward()
    assert loss.item() == pytest.approx(fit.loss, rel=1e-12)
    assert max(w.grad.abs().max().item(), b.grad.abs().item()) < 1e-11


def test_a_table_of_counts_has_its_log_odds():
    fit = fit_logistic([[0.0], [0.0], [0.0], [1.0], [1.0], [1.0], [1.0]], [0, 0, 1, 0, 1, 1, 1])
    assert fit.bias == pytest.approx(math.log(1 / 2), rel=1e-12)
    assert fit.weights.item() == pytest.approx(math.log(3) - math.log(1 / 2), rel=1e-12)


@pytest.mark.parametrize("unit", [1e-300, 1e-6, 1e6, 1e300])
def test_units_change_the_weights_and_nothing_else(unit):
    X, y = overlapping()
    Z = (X - X.mean(axis=0)) / X.std(axis=0) / 8
    plain, other = fit_logistic(Z, y), fit_logistic(Z * unit, y)
    assert other.weights.numpy() * unit == pytest.approx(plain.weights.numpy(), rel=1e-9)
    assert (other.loss, other.bias) == pytest.approx((plain.loss, plain.bias), rel=1e-9)


def test_constant_and_repeated_columns_leave_the_probabilities_as_they_are():
    X, y = overlapping()
    plain, more = fit_logistic(X, y), fit_logistic(np.column_stack([X, np.full(len(X), 7.0), X[:, 0]]), y)
    assert more.weights[3].item() == 0.0
    assert more.weights[0].item() == pytest.approx(more.weights[4].item(), rel=1e-6)
    assert (more.loss, more.rank) == (pytest.approx(plain.loss, rel=1e-10), 4)


def test_any_two_labels_are_two_classes_and_the_larger_is_positive():
    X, y = overlapping()
    plain, signed = fit_logistic(X, y), fit_logistic(torch.tensor(X), 2 * y - 1)
    assert signed.weights.tolist() == plain.weights.tolist()
    assert (plain.classes, signed.classes) == ((0.0, 1.0), (-1.0, 1.0))


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        ([[1.0], [2.0]], [1, 1], "all 2 labels are 1"),
        ([[1.0]], [1], "Two classes are needed"),
        ([[1.0], [2.0], [3.0]], [0, 1, 2], "3 different labels; choose two"),
        ([[1.0], [float("nan")]], [0, 1], "missing or infinite"),
        ([[1.0], [2.0]], [0, float("nan")], "missing or infinite"),
        ([[1.0], [2.0], [3.0]], [0, 1], "exactly one label"),
        (np.empty((0, 2)), [], "at least one row"),
        ([["a"], ["b"]], [0, 1], "real numbers only"),
        ([[1.0], [2.0], [3.0]], [0, 0, 1], "separable"),
        ([[1.0], [2.0], [2.0], [3.0]], [0, 0, 1, 1], "separable"),
        ([[1e300], [-1e300]], [0, 1], "separable"),
    ],
)
def test_what_has_no_answer_ends_in_a_sentence(X, y, words):
    with pytest.raises(InputError, match=words):
        fit_logistic(X, y)


def test_constant_features_alone_give_the_log_odds_of_the_classes():
    fit = fit_logistic([[5.0]] * 4, [0, 0, 0, 1])
    assert (fit.weights.item(), fit.bias) == (0.0, pytest.approx(math.log(1 / 3)))


def test_nothing_given_is_changed():
    X, y = overlapping()
    before = X.copy(), y.copy()
    fit_logistic(X, y)
    descend(X, y, 0.5, 5)
    assert np.array_equal(X, before[0])
    assert np.array_equal(y, before[1])


@pytest.mark.parametrize("z", [0.0, 3.0, 40.0, 800.0, 1e300])
def test_the_loss_neither_overflows_nor_vanishes(z):
    y = [1, 0]
    X = [[1.0], [0.0]]
    wrong = cross_entropy(X, y, [-z])
    theirs = torch.nn.functional.binary_cross_entropy_with_logits(
        torch.tensor([-z, 0.0], dtype=torch.float64), torch.tensor([1.0, 0.0], dtype=torch.float64)
    )
    assert wrong == pytest.approx(theirs.item(), rel=1e-15)
    assert cross_entropy(X, y, [z]) >= math.log(2) / 2


def test_weights_beyond_all_numbers_end_in_a_sentence():
    with pytest.raises(InputError, match="exceed the range of float64"):
        cross_entropy([[1e300], [0.0]], [1, 0], [1e300])
    with pytest.raises(InputError, match="one number for each of the 1 columns"):
        cross_entropy([[1.0], [0.0]], [1, 0], [1.0, 2.0])


def test_descent_is_that_of_torch():
    X, y = overlapping()
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    run = descend(Z, y, 0.7, 25, standardise=False)
    model = torch.nn.Linear(3, 1, dtype=torch.float64)
    for each in model.parameters():
        torch.nn.init.zeros_(each)
    descent = torch.optim.SGD(model.parameters(), lr=0.7)
    for update in range(26):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(model(torch.tensor(Z))[:, 0], torch.tensor(y))
        assert run.loss[update].item() == pytest.approx(loss.item(), rel=1e-12)
        assert run.weights[update].tolist() == pytest.approx(model.weight[0].tolist(), rel=1e-10, abs=1e-14)
        descent.zero_grad()
        loss.backward()
        descent.step()


def test_descent_reaches_the_exact_optimum_in_the_units_given():
    X, y = overlapping()
    fit, run = fit_logistic(X, y), descend(X, y, 4.0, 3000)
    assert run.weights[-1].numpy() == pytest.approx(fit.weights.numpy(), rel=1e-6)
    assert run.bias[-1].item() == pytest.approx(fit.bias, rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_below_the_limit_no_update_raises_the_loss(seed):
    X, y = overlapping(seed=seed)
    limit = descend(X, y, 1.0, 1).limit
    assert descend(X, y, 0.999 * limit, 300).rises == 0


def test_the_limit_is_eight_by_the_largest_eigenvalue_and_the_curvature_at_zero_is_a_quarter_of_it():
    X, y = overlapping(columns=2)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    ones = np.column_stack([Z, np.ones(len(Z))])
    largest = np.linalg.eigvalsh(ones.T @ ones / len(Z))[-1]
    assert rate_limit(Z) == pytest.approx(8 / largest, rel=1e-12)
    hessian = torch.autograd.functional.hessian(
        lambda v: torch.nn.functional.binary_cross_entropy_with_logits(torch.tensor(ones) @ v, torch.tensor(y)),
        torch.zeros(3, dtype=torch.float64),
    )
    assert torch.linalg.eigvalsh(hessian)[-1].item() == pytest.approx(largest / 4, rel=1e-12)


def test_above_twice_the_inverse_curvature_at_the_optimum_descent_never_comes_to_rest():
    X, y = overlapping(columns=2)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    fit = fit_logistic(Z, y)
    limit = 2 / optimum_curvature(Z, fit, identity_scaling(2))
    assert limit > rate_limit(Z)
    near, far = (descend(Z, y, factor * limit, 4000).loss[-1].item() - fit.loss for factor in (0.9, 1.1))
    assert near < 1e-10 < 1e-4 < far


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf")])
def test_a_rate_that_is_none_ends_in_a_sentence(rate):
    with pytest.raises(InputError, match="learning_rate"):
        descend([[1.0], [2.0]], [0, 1], rate)


def test_on_separable_classes_the_weights_of_newton_grow_for_ever_and_else_come_to_rest():
    growing = newton_path([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1], 15)
    assert growing["size"].is_monotonic_increasing
    assert growing["size"].diff().iloc[-1] > 0.5
    assert 0 < growing["loss"].iloc[-1] < 1e-5
    X, y = overlapping()
    resting = newton_path(X, y)
    assert len(resting) < 20
    assert resting["size"].diff().iloc[-1] == pytest.approx(0, abs=1e-5)
