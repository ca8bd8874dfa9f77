import numpy as np
import pytest

from core.errors import InputError
from core.regression import SgdConfig, make_synthetic, sweep, train_sgd

RATES, BATCHES = [0.001, 0.1, 1.0, 3.0, 1e12], [1, 7, 60]


@pytest.mark.parametrize("standardise", [False, True])
def test_every_row_equals_a_run_of_its_own(standardise):
    X, y = make_synthetic(60, [1.0, 20.0], noise=0.5)
    table = sweep(X * 3 + 1, y, RATES, BATCHES, epochs=4, seeds=[0, 5], config=SgdConfig(standardise=standardise))
    assert len(table) == 30
    for row in table.itertuples():
        run = train_sgd(X * 3 + 1, y, row.learning_rate, row.batch_size, 4, row.seed, standardise=standardise)
        assert (row.steps, row.gap, row.loss, row.diverged) == (run.steps, run.gap, run.loss, run.diverged)
    assert table["diverged"].any()
    assert not table["diverged"].all()


def test_one_seed_is_enough_and_arrays_are_welcome():
    X, y = make_synthetic(30)
    table = sweep(X, y, np.array([0.1, 0.2]), np.array([3]), epochs=1, seed=9)
    assert table[["learning_rate", "batch_size", "seed"]].to_numpy().tolist() == [[0.1, 3, 9], [0.2, 3, 9]]


def test_progress_is_reported_and_can_stop_the_sweep():
    X, y = make_synthetic(30)
    seen = []
    sweep(X, y, [0.1, 0.2], [3, 5], progress=seen.append)
    assert seen == [0.25, 0.5, 0.75, 1.0]
    assert len(sweep(X, y, [0.1, 0.2], [3, 5], progress=lambda share: share < 0.5)) == 2


@pytest.mark.parametrize(
    ("rates", "batches", "words"),
    [
        ([], [1], "learning_rates is empty; give at least one value."),
        ([0.1], [], "batch_sizes is empty"),
        ([0.1, -1], [1], "learning_rate has to be a finite number above 0; got -1."),
        ([0.1], [31], "batch_size can be at most the number of rows, 30; got 31."),
    ],
)
def test_bad_input_is_named_before_the_first_run(rates, batches, words):
    X, y = make_synthetic(30)
    with pytest.raises(InputError) as error:
        sweep(X, y, rates, batches, progress=lambda _share: pytest.fail("a run was made"))
    assert words in str(error.value)
