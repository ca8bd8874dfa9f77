"""Draws with replacement: the expected share of rows never seen is that of all cases counted, and so are the draws."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from core.errors import InputError
from core.regression.data.minibatches import minibatch_order
from core.regression.data.replacement import draw_epochs, unseen_share


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_the_share_never_seen_is_that_of_all_possible_epochs(n):
    epochs = list(product(range(n), repeat=n))
    unseen = sum(n - len(set(rows)) for rows in epochs)
    assert unseen_share(n) == pytest.approx(float(Fraction(unseen, n * len(epochs))), rel=1e-14)


def test_for_many_rows_it_is_one_over_e():
    assert unseen_share(10**9) == pytest.approx(np.exp(-1), rel=1e-8)


def test_the_counts_are_those_of_the_rows_and_the_mean_that_of_the_draws():
    y = np.random.default_rng(0).normal(size=5000) + 100
    without, with_replacement = (row for _place, row in draw_epochs(y, seed=4).iterrows())
    assert without[["never", "once", "more", "off"]].tolist() == [0, 5000, 0, 0.0]
    assert with_replacement[["never", "once", "more"]].sum() == 5000
    # the standard deviation of the share is √((1/e)(1 - 2/e)/n) = 0.4 %
    assert with_replacement["never"] / 5000 == pytest.approx(unseen_share(5000), abs=0.025)
    assert 0 < abs(with_replacement["off"]) < 5 * y.std() / np.sqrt(5000)


def test_the_lab_draws_without_replacement():
    for order in minibatch_order(57, batch_size=10, epochs=4, seed=1):
        assert sorted(order.tolist()) == list(range(57))


def test_the_seed_decides_and_one_row_is_always_seen():
    y = np.arange(30.0)
    assert draw_epochs(y, 1).equals(draw_epochs(y, 1))
    assert not draw_epochs(y, 1).equals(draw_epochs(y, 2))
    assert draw_epochs([7.0])["never"].tolist() == [0, 0]
    with pytest.raises(InputError, match="missing"):
        draw_epochs([1.0, np.nan])
