"""The lines are really run: their exceptions are the libraries' own, their verdicts those of exact arithmetic."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression.experiments.solver_snippets import SETUP
from core.regression.experiments.solver_trials import MOST_NUMBERS, try_all
from core.regression.least_squares.closed_form import solve_closed_form


def attempt_all(X, y, **how):
    trials = try_all(X, y, solve_closed_form(X, y), **how)
    return trials, {attempt.way.name: attempt for attempt in trials.attempts}


@pytest.fixture
def houses():
    """One constant column, and both indicators of a category and the intercept: X'X is exactly singular."""
    return np.array([[2.0, 1.0, 0.0], [2.0, 0.0, 1.0], [2.0, 0.0, 1.0]]), np.array([10.0, 20.0, 23.0])


def test_the_exceptions_are_those_of_the_libraries(houses):
    X, y = houses
    A = torch.from_numpy(np.column_stack([X, np.ones(3)]))
    with pytest.raises(torch.linalg.LinAlgError) as torchs:
        torch.linalg.solve(A.T @ A, A.T @ torch.from_numpy(y))
    with pytest.raises(np.linalg.LinAlgError) as numpys:
        np.linalg.solve((A.T @ A).numpy(), A.T.numpy() @ y)
    _trials, found = attempt_all(X, y)
    for name, raised in (("torch.linalg.solve", torchs), ("numpy.linalg.solve", numpys)):
        assert found[name].verdict == "raises"
        assert found[name].error == raised.type.__name__
        assert found[name].message == " ".join(str(raised.value).split())
        assert found[name].parameters is found[name].loss is found[name].largest is None


def test_lstsq_and_pinv_return_the_smallest_solution_and_leaving_out_another_right_one(houses):
    X, y = houses
    trials, found = attempt_all(X, y)
    for name in ("numpy.linalg.lstsq", "torch.linalg.lstsq, gelsd", "torch.linalg.pinv"):
        assert found[name].verdict == "smallest"
        assert found[name].parameters == pytest.approx(np.linalg.pinv(np.column_stack([X, np.ones(3)])) @ y)
    assert found["numpy.linalg.lstsq"].rank == 2
    assert trials.dropped == (0, 2)
    left_out = found["leaving columns out"]
    assert left_out.verdict == "right"
    assert left_out.parameters[[0, 2]].tolist() == [0, 0]
    assert left_out.loss == pytest.approx(0.5 * np.mean([0, 1.5**2, 1.5**2]))


def test_a_wrong_answer_without_an_exception_is_called_nonsense():
    rng = np.random.default_rng(0)
    X = np.column_stack([rng.normal(2000, 5, 200), np.eye(3)[rng.integers(0, 3, 200)]])
    y = rng.standard_normal(200)
    A = np.column_stack([X, np.ones(200)])
    exact = A @ np.linalg.pinv(A, rcond=1e-12) @ y
    _trials, found = attempt_all(X, y)
    assert found["numpy.linalg.inv"].verdict in ("nonsense", "raises")
    for attempt in found.values():
        if attempt.parameters is not None:
            wrong = np.sqrt(np.mean((A @ attempt.parameters - exact) ** 2)) > 1e-2 * y.std()
            assert (attempt.verdict == "nonsense") == wrong


def test_on_a_good_table_all_are_right_and_agree_with_the_closed_form():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((50, 4))
    trials, found = attempt_all(X, rng.standard_normal(50), penalty=1e-14)
    assert {attempt.verdict for attempt in found.values()} == {"right"}
    assert "leaving columns out" not in found
    for attempt in found.values():
        exact = np.append(trials.fit.weights, trials.fit.bias)
        assert attempt.parameters == pytest.approx(exact, rel=1e-9)
        assert attempt.loss == pytest.approx(trials.fit.loss)
        assert attempt.norm == pytest.approx(np.linalg.norm(exact))
        assert attempt.largest == pytest.approx(np.abs(exact).max())


def test_ridge_is_the_minimum_of_loss_plus_penalty_with_a_free_bias():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((40, 3)) + 5, rng.standard_normal(40)
    _trials, found = attempt_all(X, y, penalty=0.3)
    w, b = found["ridge"].parameters[:-1], found["ridge"].parameters[-1]
    errors = X @ w + b - y
    assert X.T @ errors / 40 + 0.3 * w == pytest.approx(np.zeros(3), abs=1e-12)
    assert errors.mean() == pytest.approx(0, abs=1e-12)


def test_huge_values_overflow_without_a_word():
    rng = np.random.default_rng(0)
    _trials, found = attempt_all(rng.standard_normal((20, 2)) * 1e300, rng.standard_normal(20))
    assert found["numpy.linalg.solve"].verdict in ("not_finite", "raises")
    assert found["numpy.linalg.solve"].loss is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 1), (3, 6), (40, 300)])
def test_small_and_wide_tables_are_tried_too(shape):
    rng = np.random.default_rng(0)
    trials, found = attempt_all(rng.standard_normal(shape), rng.standard_normal(shape[0]))
    assert found["torch.linalg.pinv"].verdict in ("right", "smallest")
    assert len(trials.attempts) >= 9


def test_a_large_table_lends_evenly_spread_rows_and_is_solved_for_these():
    wide = np.random.default_rng(0).standard_normal((3000, 200))
    trials = try_all(wide, wide[:, 0], solve_closed_form(wide, wide[:, 0]))
    assert (trials.rows, trials.of_rows) == (MOST_NUMBERS // 201**2, 3000)
    assert {attempt.verdict for attempt in trials.attempts} <= {"right", "close"}


def test_the_line_that_is_shown_for_the_column_of_ones_is_the_matrix_that_is_used():
    X = torch.arange(6, dtype=torch.float64).reshape(3, 2)
    variables = {"torch": torch, "X": X}
    exec(SETUP, variables)
    assert variables["A"].tolist() == [[0, 1, 1], [2, 3, 1], [4, 5, 1]]


def test_a_penalty_has_to_be_above_zero(houses):
    with pytest.raises(InputError, match="penalty has to be a finite number above 0"):
        attempt_all(*houses, penalty=0.0)
