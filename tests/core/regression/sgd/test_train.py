import numba
import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from core.errors import InputError
from core.regression import fit_scaling, make_synthetic, solve_closed_form, train_sgd
from core.regression.sgd.autograd_reference import train_sgd_reference
from core.regression.sgd.kernel import compiled
from tests.examples import examples

EVERYTHING = 1_000_000


def parameters(run):
    width = len(run.weights)
    return run.history[[*(f"w{j + 1}" for j in range(width)), "b"]].to_numpy()


def random_problem(n, d, seed, noise=1.0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) * rng.uniform(0.3, 2.0, d) + rng.uniform(-1, 1, d)
    return X, X @ rng.standard_normal(d) + 3.0 + noise * rng.standard_normal(n)


def assert_same_path(ours, reference):
    size = np.maximum(1.0, np.abs(reference).max(axis=1, keepdims=True))
    assert ours.shape == reference.shape
    assert np.abs((ours - reference) / size).max() < 1e-10


@settings(max_examples=examples(60), deadline=None)
@given(
    n=st.integers(1, 40),
    d=st.integers(1, 9),
    batch=st.integers(1, 40),
    epochs=st.integers(1, 4),
    seed=st.integers(0, 2**64),
    rate=st.floats(1e-4, 0.3),
)
def test_every_update_equals_autograd(n, d, batch, epochs, seed, rate):
    X, y = random_problem(n, d, seed)
    run = train_sgd(X, y, rate, min(batch, n), epochs, seed, record=EVERYTHING)
    reference = train_sgd_reference(X, y, rate, min(batch, n), epochs, seed)
    assert_same_path(parameters(run), reference[: len(run.history)])
    assert run.diverged or len(run.history) == len(reference)


@settings(max_examples=examples(30), deadline=None)
@given(n=st.integers(2, 40), d=st.integers(1, 5), batch=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_standardised_run_equals_autograd_on_standardised_features(n, d, batch, seed):
    X, y = random_problem(n, d, seed)
    X[:, 0] = X[0, 0]
    scaling = fit_scaling(X)
    run = train_sgd(X, y, 0.05, min(batch, n), 3, seed, standardise=True, record=EVERYTHING)
    reference = train_sgd_reference(scaling.transform(X), y, 0.05, min(batch, n), 3, seed)
    weights, bias = scaling.to_table(reference[:, :-1], reference[:, -1])
    assert_same_path(parameters(run), np.column_stack([weights, bias]))


@pytest.mark.parametrize(("n", "batch"), [(1, 1), (7, 1), (7, 2), (7, 7), (1000, 33), (1000, 1000)])
def test_short_last_batch_and_extremes_equal_autograd(n, batch):
    X, y = random_problem(n, 2, seed=n)
    run = train_sgd(X, y, 0.03, batch, 2, seed=5, record=EVERYTHING)
    assert_same_path(parameters(run), train_sgd_reference(X, y, 0.03, batch, 2, seed=5))


@pytest.mark.parametrize(("name", "arguments"), [("momentum", {"momentum": 0.7}), ("adam", {})])
def test_other_optimizers_equal_torch_step_by_step(name, arguments):
    X, y = random_problem(50, 3, seed=1)
    run = train_sgd(X, y, 0.02, 8, 4, seed=2, optimizer=name, record=EVERYTHING, **arguments)
    w = torch.tensor(parameters(run)[0, :-1], requires_grad=True)
    b = torch.tensor(parameters(run)[0, -1], requires_grad=True)
    kind = {"momentum": torch.optim.SGD, "adam": torch.optim.Adam}[name]
    peer = kind([w, b], lr=0.02, **arguments)
    trail = [parameters(run)[0]]
    for step in range(1, run.steps + 1):
        rows = run.minibatch(step)
        peer.zero_grad()
        (((torch.tensor(X[rows]) @ w + b - torch.tensor(y[rows])) ** 2).mean() / 2).backward()
        peer.step()
        trail.append(np.append(w.detach().numpy(), b.item()))
    assert_same_path(parameters(run), np.array(trail))


def test_the_book_example_learns_the_true_parameters():
    X, y = make_synthetic(1000, [2, -3.4], 4.2, 0.01, seed=0)
    run = train_sgd(X, y, 0.03, 10, 3, seed=0)
    assert torch.allclose(run.weights, torch.tensor([2.0, -3.4], dtype=torch.float64), atol=0.01)
    assert run.bias == pytest.approx(4.2, abs=0.01)
    assert (run.steps, run.note, run.diverged) == (300, "", False)
    assert torch.allclose(run.predict(X), X @ run.weights + run.bias)


def test_loss_is_half_the_mean_squared_error_at_every_recorded_step():
    X, y = random_problem(60, 3, seed=3)
    X_test, y_test = random_problem(15, 3, seed=4)
    run = train_sgd(X, y, 0.05, 7, 5, standardise=True, X_test=X_test, y_test=y_test)
    for part, (A, labels) in {"loss": (X, y), "test_loss": (X_test, y_test)}.items():
        direct = [np.mean((A @ p[:-1] + p[-1] - labels) ** 2) / 2 for p in parameters(run)]
        assert np.allclose(run.history[part], direct, rtol=1e-9)
    assert np.allclose(run.history["loss"] - run.history["gap"], run.closed_form_loss, rtol=1e-9)
    fit = solve_closed_form(X, y)
    errors = X_test @ fit.weights.numpy() + fit.bias - y_test
    assert run.closed_form_test_loss == pytest.approx(np.mean(errors**2) / 2, rel=1e-12)


def test_a_gap_of_1e_15_comes_out_as_1e_15():
    X, y = random_problem(200, 2, seed=5)
    fit = solve_closed_form(X, y)
    H = np.column_stack([X, np.ones(200)]).T @ np.column_stack([X, np.ones(200)]) / 200
    direction = np.array([1.0, -1.0, 0.5])
    size = np.sqrt(2e-15 / (direction @ H @ direction))
    start = (fit.weights.numpy() + size * direction[:2], fit.bias + size * direction[2])
    run = train_sgd(X, y, 1e-12, 200, 1, initial=start, fit=fit)
    assert run.history["gap"].iloc[0] == pytest.approx(1e-15, rel=1e-6)


def test_gap_of_dependent_columns_ignores_the_direction_that_changes_no_prediction():
    X, y = random_problem(100, 2, seed=6)
    doubled = np.column_stack([X, X[:, 0]])
    run = train_sgd(doubled, y, 0.1, 100, 3000)
    assert run.gap < 1e-20
    assert run.loss == pytest.approx(solve_closed_form(X, y).loss, rel=1e-12)


def test_wide_tables_and_a_single_row_reach_a_gap_of_zero():
    X, y = random_problem(3, 8, seed=7)
    assert train_sgd(X, y, 0.05, 3, 4000).gap < 1e-15
    assert train_sgd([[2.0]], [3.0], 0.1, 1, 200).gap < 1e-20


def test_history_holds_few_rows_dense_at_the_start_with_the_last_step():
    X, y = make_synthetic(5000, seed=1)
    history = train_sgd(X, y, 0.01, 1, 3, record=200).history
    assert len(history) <= 200
    assert history["step"].iloc[[0, 1, 2, -1]].tolist() == [0.0, 1.0, 2.0, 15000.0]
    assert history["epoch"].iloc[-1] == 3.0
    assert (history.dtypes == np.float64).all()
    assert history["step"].is_monotonic_increasing


def test_epoch_counts_the_rows_seen():
    run = train_sgd(*random_problem(7, 1, seed=1), batch_size=3, epochs=2)
    assert run.history["epoch"].tolist() == [0.0, 3 / 7, 6 / 7, 1.0, 1 + 3 / 7, 1 + 6 / 7, 2.0]


def test_minibatches_of_an_epoch_are_its_rows_each_once():
    run = train_sgd(*random_problem(11, 1, seed=1), batch_size=4, epochs=3)
    for epoch in range(3):
        rows = np.concatenate([run.minibatch(3 * epoch + step) for step in (1, 2, 3)])
        assert sorted(rows) == list(range(11))
    with pytest.raises(InputError, match="step has to be between 1 and 9; got 10"):
        run.minibatch(10)


def test_same_seed_same_run_and_another_seed_another():
    X, y = make_synthetic(100)
    first, again, other = train_sgd(X, y, seed=3), train_sgd(X, y, seed=3), train_sgd(X, y, seed=4)
    pd.testing.assert_frame_equal(first.history, again.history, check_exact=True)
    assert not torch.equal(first.weights, other.weights)


def test_a_run_can_go_on_from_where_another_ended():
    X, y = random_problem(50, 2, seed=8)
    first = train_sgd(X, y, 0.1, 50, 20, standardise=True)
    second = train_sgd(X, y, 0.1, 50, 20, standardise=True, initial=(first.weights, first.bias))
    whole = train_sgd(X, y, 0.1, 50, 40, standardise=True)
    assert torch.allclose(second.weights, whole.weights, rtol=1e-12)


def test_inputs_stay_as_they_are_and_come_in_many_kinds():
    X, y = torch.arange(12).reshape(6, 2), torch.tensor([[1], [2], [4], [3], [5], [7]])
    before = X.clone()
    run = train_sgd(X, y, 0.001, 2)
    assert torch.equal(X, before)
    frame = pd.DataFrame(X.numpy(), columns=["a", "b"])
    assert torch.equal(train_sgd(frame, y.ravel().tolist(), 0.001, 2).weights, run.weights)


def test_progress_is_reported_and_can_stop_the_run(monkeypatch):
    monkeypatch.setattr("core.regression.sgd.loop._NUMBERS_PER_CALL", 20_000)
    X, y = make_synthetic(1000)
    seen = []
    watched = train_sgd(X, y, 0.001, 10, 20, progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) > 5
    assert seen[-1] == 1.0
    assert torch.equal(watched.weights, train_sgd(X, y, 0.001, 10, 20).weights)
    run = train_sgd(X, y, 0.001, 10, 20, progress=lambda share: share < 0.3)
    assert 600 <= run.steps < 2000
    assert run.note == f"The run was stopped after {run.steps} of 2000 updates."
    assert run.history["step"].iloc[-1] == run.steps
    assert not run.diverged


@pytest.mark.parametrize("standardise", [False, True])
def test_a_seed_gives_the_same_bits_with_any_number_of_threads(standardise):
    X, y = make_synthetic(40_000, [1.0] * 12, noise=1.0)
    histories = []
    for count in (1, 2):
        with threadpool_limits(count):
            run = train_sgd(X * 3 + 50, y, 1e-5, 7, 1, standardise=standardise, X_test=X[:9000], y_test=y[:9000])
            histories.append(run.history)
    pd.testing.assert_frame_equal(*histories, check_exact=True)


def test_a_kernel_works_where_nothing_can_be_written(monkeypatch):
    def without_a_folder(function, *, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(function, **options)

    monkeypatch.setattr("core.regression.sgd.kernel.njit", without_a_folder)
    assert compiled(lambda number: 2 * number)(21) == 42


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"X": [[1.0], [np.nan]]}, "X contains 1 missing or infinite values"),
        ({"y": [1.0, np.inf]}, "y contains 1 missing or infinite values"),
        ({"y": [1.0]}, "X has length 2 and y has length 1"),
        ({"X": np.empty((0, 1)), "y": []}, "at least one row and one column"),
        ({"X": np.empty((2, 0))}, "at least one row and one column"),
        ({"X": [["a"], ["b"]]}, "X has to hold real numbers only"),
        ({"X": torch.ones(2, 1, requires_grad=True)}, "pass X.detach"),
        ({"X": [[1e101], [2.0]]}, "X holds values beyond 1e100; divide them by a constant first."),
        ({"batch_size": 0}, "batch_size has to be a whole number of at least 1; got 0."),
        ({"batch_size": 3}, "batch_size can be at most the number of rows, 2; got 3."),
        ({"batch_size": 1.5}, "batch_size has to be a whole number"),
        ({"learning_rate": 0}, "learning_rate has to be a finite number above 0; got 0."),
        ({"learning_rate": -1.0}, "learning_rate has to be a finite number above 0"),
        ({"learning_rate": np.inf}, "learning_rate has to be a finite number above 0"),
        ({"learning_rate": 10**400}, "learning_rate has to be a finite number above 0"),
        ({"learning_rate": "0.1"}, "learning_rate has to be a finite number above 0"),
        ({"epochs": 0}, "epochs has to be a whole number of at least 1; got 0."),
        ({"epochs": 10**30}, "would take hours; ask for fewer epochs"),
        ({"seed": -1}, "seed has to be a whole number of at least 0; got -1."),
        ({"seed": None}, "seed has to be a whole number of at least 0; got None."),
        ({"record": 0}, "record has to be a whole number of at least 1"),
        ({"optimizer": "newton"}, "optimizer has to be one of sgd, momentum, adam; got newton."),
        ({"momentum": 1}, "momentum has to be at least 0 and below 1; got 1."),
        ({"initial": [1.0]}, "initial has to be a pair, the weights and the bias."),
        ({"initial": ([1.0, 2.0], 0.0)}, "initial needs weights of shape (1,) and one bias"),
        ({"feature_names": "a"}, "feature_names needs one name for each column of X, 1 in all; got 1."),
        ({"feature_names": ["a", "b"]}, "feature_names needs one name for each column of X, 1 in all; got 2"),
        ({"X_test": [[1.0]]}, "Test rows need both X_test and y_test"),
        ({"X_test": [[1.0, 2.0]], "y_test": [1.0]}, "X_test has shape (n, 2) and X has shape (n, 1)"),
        ({"fit": solve_closed_form(np.eye(3), [1, 2, 3])}, "is of X with shape (n, 3), and this X has shape (n, 1)"),
        (
            {"fit": solve_closed_form([[1.0], [2.0], [3.0]], [1, 2, 4])},
            "was solved for other rows: its loss there is 0.02",
        ),
        ({"fit": solve_closed_form([[1.0], [2.0]], [1, 2], intercept=False)}, "solve it with intercept=True"),
    ],
)
def test_bad_input_is_named(change, words):
    arguments = {"X": [[1.0], [2.0]], "y": [1.0, 2.0], "batch_size": 1} | change
    with pytest.raises(InputError) as error:
        train_sgd(**arguments)
    assert words in str(error.value)
