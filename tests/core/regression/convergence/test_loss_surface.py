import numpy as np
import pytest

from core.errors import InputError
from core.regression import EXTREMES, loss_surface, train_sgd


def table(n=80, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 3)) * [1.0, 30.0, 0.2] + [5.0, 0.0, 1.0]
    return X, X @ [1.0, 0.1, -2.0] + 3 + 0.5 * rng.standard_normal(n)


def loss(X, y, parameters):
    return np.mean((X @ parameters[:-1] + parameters[-1] - y) ** 2) / 2


@pytest.mark.parametrize("axes", [("w1", "w3"), ("b", "w2"), EXTREMES])
def test_values_are_the_losses_at_these_parameters(axes):
    X, y = table()
    bowl = loss_surface(X, y, axes)
    first, second = bowl.centre[0] + np.array([-0.3, 0.0, 0.2]), bowl.centre[1] + np.array([0.0, 0.5])
    values = bowl.values(first, second)
    assert values.shape == (2, 3)
    for i, up in enumerate(second):
        for j, across in enumerate(first):
            there = bowl.origin + bowl.directions @ (np.array([across, up]) - bowl.centre)
            assert values[i, j] == pytest.approx(loss(X, y, there), rel=1e-9)
    assert values[0, 1] == pytest.approx(bowl.loss, rel=1e-12)


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("axes", [("w1", "b"), ("w2", "w3"), EXTREMES])
def test_every_point_of_an_ellipse_has_its_gap(axes, standardise):
    bowl = loss_surface(*table(), axes, standardise=standardise)
    curve = bowl.ellipse(0.25).to_numpy() - bowl.centre
    assert np.allclose(0.5 * np.einsum("ki,ij,kj->k", curve, bowl.curvature, curve), 0.25, rtol=1e-9)
    assert np.allclose(curve[0], curve[-1])


def test_extremes_are_the_steepest_and_the_flattest_direction():
    X, y = table()
    A = np.column_stack([X, np.ones(len(X))])
    values = np.linalg.eigvalsh(A.T @ A / len(A))
    assert np.allclose(loss_surface(X, y).curvature, np.diag(values[[-1, 0]]))


@pytest.mark.parametrize("standardise", [False, True])
def test_a_run_is_projected_to_its_own_parameters(standardise):
    X, y = table()
    run = train_sgd(X, y, 0.001, standardise=standardise)
    bowl = loss_surface(X, y, ("w2", "b"), standardise=standardise)
    path = bowl.project(run.history)
    weights, bias = run.scaling.to_standard(run.history[["w1", "w2", "w3"]].to_numpy(), run.history["b"].to_numpy())
    assert list(path.columns) == ["step", "w2", "b"]
    assert np.allclose(path["w2"], weights[:, 1])
    assert np.allclose(path["b"], bias)


def test_dependent_columns_have_no_flat_extreme_but_no_ellipse_either():
    X, y = table()
    doubled = np.column_stack([X, X[:, 0]])
    assert loss_surface(doubled, y).curvature[1, 1] > 1e-3
    with pytest.raises(InputError, match="flat along a line in w1 and w4, so its contours there are not ellipses"):
        loss_surface(doubled, y, ("w1", "w4")).ellipse(1.0)
    with pytest.raises(InputError, match="flat along a line in w1 and b"):
        loss_surface(np.zeros((4, 1)), [1.0, 2.0, 3.0, 4.0], ("w1", "b")).ellipse(1.0)


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        (("w1",), "axes has to be two different ones of w1, w2, w3, b, or steepest and flattest; got w1."),
        (("w1", "w1"), "two different ones"),
        (("w1", "w9"), "got w1, w9"),
        (("flattest", "steepest"), "got flattest, steepest"),
    ],
)
def test_unknown_axes_are_named(axes, words):
    with pytest.raises(InputError, match=words):
        loss_surface(*table(), axes)


def test_one_direction_is_no_landscape_of_extremes():
    with pytest.raises(InputError, match="curves in one direction only"):
        loss_surface([[1.0]], [2.0])
