"""Shapes of derivatives, Jacobians of typed examples, and identities: against torch and central differences."""

import numpy as np
import pytest
import torch

from core.calculus.identities import IDENTITIES, check_identities
from core.calculus.layouts import (
    book_shape,
    central_differences,
    laid_out,
    layout_shape,
    of_components,
    of_scalar,
    of_tensors,
)
from core.errors import InputError

RNG = np.random.default_rng(0)
SHAPES = [(), (2,), (2, 3)]


@pytest.mark.parametrize("y", SHAPES)
@pytest.mark.parametrize("x", [(), (4,), (4, 5)])
def test_each_layout_is_the_other_one_with_all_axes_reversed(y, x):
    derivative = RNG.standard_normal((*y, *x))
    numerator, denominator = (laid_out(derivative, len(y), layout) for layout in ("numerator", "denominator"))
    assert numerator.shape == layout_shape(y, x, "numerator")
    assert denominator.shape == layout_shape(y, x, "denominator")
    assert np.array_equal(denominator, numerator.T)
    assert laid_out(derivative, len(y), "torch").shape == (*y, *x)


def test_the_table_of_the_books():
    """Vectors are columns: a scalar by a vector is a row in numerator layout, its gradient a column in the other."""
    assert book_shape((), ("n",), "numerator") == (1, "n")
    assert book_shape((), ("n",), "denominator") == ("n", 1)
    assert book_shape(("m",), (), "numerator") == ("m", 1)
    assert book_shape(("m",), (), "denominator") == (1, "m")
    assert book_shape(("m",), ("n",), "numerator") == ("m", "n")
    assert book_shape((), ("n", "k"), "numerator") == ("k", "n")
    assert book_shape(("m", "l"), ("n", "k"), "numerator") == ("m", "l", "k", "n")


def test_components_are_differentiated_by_rules_and_agree_with_torch():
    x = np.array([0.7, -1.2, 2.0])
    _functions, found = of_components(["x1**2*x2", "sin(x1*x3)", "exp(x2) + 4", "7"], x)

    def y(at):
        return torch.stack([at[0] ** 2 * at[1], torch.sin(at[0] * at[2]), torch.exp(at[1]) + 4, 7 + 0 * at[0]])

    exact = torch.autograd.functional.jacobian(y, torch.tensor(x))
    assert found.entries == pytest.approx(exact.numpy(), rel=1e-14)
    assert found.gap < 1e-8
    assert set(found.formulas) == {(row, column) for row in range(4) for column in range(3)}


@pytest.mark.parametrize("x", [[0.7, -1.2, 2.0], [[0.7], [-1.2], [2.0]]])
def test_a_scalar_by_a_column_is_torchs_gradient_of_that_column(x):
    _function, found = of_scalar("x1**2 + 2*x2**2 + sin(x3)*x1", np.array(x))
    column = torch.tensor([[0.7], [-1.2], [2.0]], dtype=torch.float64, requires_grad=True)
    (column[0] ** 2 + 2 * column[1] ** 2 + torch.sin(column[2]) * column[0]).sum().backward()
    assert found.y.shape == () and found.entries == pytest.approx(column.grad[:, 0].numpy(), rel=1e-14)
    assert tuple(column.grad.shape) == book_shape((), found.x.shape, "denominator") == (3, 1)


@pytest.mark.parametrize(
    ("text", "x", "A", "shape"),
    [
        ("A @ x", (3,), (2, 3), (2, 3)),
        ("x @ A @ x", (3,), (3, 3), (3,)),
        ("A @ x", (3, 2), (4, 3), (4, 2, 3, 2)),
        ("x*A", (), (2, 3), (2, 3)),
        ("norm(x)", (2, 2), (1,), (2, 2)),
        ("sum(sigmoid(A @ x))*x", (3,), (2, 3), (3, 3)),
        ("5", (3,), (1,), (3,)),
        ("sum(A)", (3,), (2, 2), (3,)),
    ],
)
def test_expressions_of_tensors_have_the_derivative_that_is_measured(text, x, A, shape):
    _expression, found = of_tensors(text, RNG.standard_normal(x), RNG.standard_normal(A))
    assert found.entries.shape == shape
    assert found.gap < 1e-8


@pytest.mark.parametrize(
    ("text", "x", "A"),
    [("A @ x", (2,), (2, 3)), ("A + x", (2,), (3, 3)), ("x.T", (2,), (2,)), ("", (2,), (2,)), ("A @ x", (), (2, 2)),
     ("log(x)", (3,), (1,)), ("x / 0", (2,), (2,)), ("A @ x", (30,), (30, 30)), ("x", (0,), (2,)), ("z", (2,), (2,)),
     ("dot(A, x)", (2,), (2, 2)), ("A @ A", (2,), (2, 3))],
)  # fmt: skip
def test_what_has_no_derivative_or_does_not_fit_is_refused_in_a_sentence(text, x, A):
    with pytest.raises(InputError):
        of_tensors(text, -np.ones(x), np.ones(A))


@pytest.mark.parametrize(
    ("texts", "x"), [([], [1.0]), (["x3"], [1.0, 2.0]), (["log(x1)"], [-1.0]), (["x1"] * 500, [1.0]), (["x1"], [[1.0]])]
)
def test_components_that_are_none_are_refused(texts, x):
    with pytest.raises(InputError):
        of_components(texts, np.array(x))


@pytest.mark.parametrize("seed", range(20))
def test_every_identity_holds_on_any_matrix_and_vector_that_fit(seed):
    rng = np.random.default_rng(seed)
    side = int(rng.integers(1, 7))
    A = rng.standard_normal((side, side)) * 10.0 ** rng.integers(-3, 4)
    checked = check_identities(A, rng.standard_normal(side) * 10.0 ** rng.integers(-3, 4))
    assert len(checked) == len(IDENTITIES) == 15
    assert all(one.holds for one in checked), [(one.identity.key, one.gap, one.torch_gap) for one in checked]


def test_the_book_writes_them_in_denominator_layout():
    """Ax has A transposed, x'A has A, x'Ax has (A + A')x, |x|² has 2x and |X|² has 2X."""
    A, x = RNG.standard_normal((3, 3)), RNG.standard_normal(3)
    found = {one.identity.key: one.in_layout(one.formula, True) for one in check_identities(A, x)}
    for key, wanted in {"Ax": A.T, "xA": A, "xAx": (A + A.T) @ x, "xx": 2 * x, "XX": 2 * A}.items():
        assert found[key] == pytest.approx(wanted, rel=1e-14)
    assert found["chain"] == pytest.approx(A.T @ (2 * A @ x), rel=1e-14)


def test_the_rules_of_constants_sums_and_products_are_torchs_in_both_layouts():
    """Each written out with u = x∘x, v = 3x, or u = Ax, v = Ax + 1, and differentiated by torch once more."""
    A, x = np.array([[1.0, 2, 0], [0, 3, 1]]), np.array([1.0, 2, 3])
    of = torch.tensor(A)
    written = {
        "a": lambda at: torch.tensor(5.0, dtype=torch.float64),
        "vector": lambda at: of @ torch.ones(3, dtype=torch.float64),
        "sum": lambda at: at.sum(),
        "x": lambda at: at,
        "au": lambda at: 5 * at**2,
        "Au": lambda at: of @ at**2,
        "added": lambda at: at**2 + 3 * at,
        "inner": lambda at: torch.dot(of @ at, of @ at + 1),
    }
    shapes = {"a": (3,), "vector": (2, 3), "sum": (3,), "x": (3, 3), "au": (3, 3), "Au": (2, 3), "added": (3, 3),
              "inner": (3,)}  # fmt: skip
    found = {one.identity.key: one for one in check_identities(A, x)}
    for key, y in written.items():
        jacobian = torch.autograd.functional.jacobian(y, torch.tensor(x)).numpy()
        assert found[key].holds
        numerator, denominator = (found[key].in_layout(found[key].formula, side) for side in (False, True))
        assert numerator == pytest.approx(jacobian, rel=1e-14) and numerator.shape == shapes[key]
        assert denominator == pytest.approx(jacobian.T, rel=1e-14)


def test_a_wrong_formula_would_not_hold():
    from dataclasses import replace

    A, x = RNG.standard_normal((3, 3)), RNG.standard_normal(3)
    good = next(one for one in check_identities(A, x) if one.identity.key == "Ax")
    assert not replace(good, gap=float(np.abs(A - A.T).max())).holds
    measured = central_differences(lambda at: A @ at, x)
    assert measured == pytest.approx(A, abs=1e-8)
    assert not np.allclose(measured, A.T)


def test_shapes_that_do_not_fit_are_told_and_the_others_still_hold():
    checked = {one.identity.key: one for one in check_identities(RNG.standard_normal((2, 3)), np.ones(3))}
    assert "2, but x has 3" in checked["xA"].why_not
    assert "2 × 3" in checked["xAx"].why_not
    assert all(checked[key].holds for key in ("Ax", "xx", "XX", "product", "chain"))


@pytest.mark.parametrize(
    ("A", "x"),
    [(np.ones(3), np.ones(3)), (np.ones((2, 2)), np.ones((2, 2))), (np.ones((0, 3)), np.ones(3)),
     (np.full((2, 2), np.nan), np.ones(2)), (np.ones((2, 2)), np.array([1, np.inf])), (np.ones((13, 2)), np.ones(2))],
)  # fmt: skip
def test_what_is_no_matrix_and_vector_of_numbers_is_refused(A, x):
    with pytest.raises(InputError):
        check_identities(A, x)


@pytest.mark.parametrize(
    ("text", "slope"), [("3*x", 3), ("x", 1), ("sum(x)**2", 4), ("norm(x)", 1), ("relu(x - 5)", 0)]
)
def test_a_number_by_a_number_has_one_number(text, slope):
    _expression, found = of_tensors(text, np.array(2.0), np.array([[1.0, 2.0]]))
    assert found.entries.shape == ()
    assert float(found.entries) == slope
    assert found.gap < 1e-8
    for layout in ("numerator", "denominator", "torch"):
        assert laid_out(found.entries, 0, layout).shape == ()
        assert book_shape((), (), layout) == ()
