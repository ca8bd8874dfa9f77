"""Distances of rows against torch.cdist, one pair at a time against vector_norm, and plain loops."""

import math

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.tensors import vector_norm
from core.tensors.distances import (
    column_shares,
    distances_between,
    distances_from,
    label_gap_of_any,
    nearest_rows,
)

POWERS = [0.5, 1, 2, 3.3, math.inf]
ROWS = np.random.default_rng(0).normal(size=(40, 5)) * [1, 10, 1e-3, 0, 1e4]


@pytest.mark.parametrize("p", POWERS)
def test_all_pairs_are_as_far_apart_as_torch_says(p):
    rows = torch.from_numpy(ROWS)
    expected = torch.cdist(rows, rows, p=p, compute_mode="donot_use_mm_for_euclid_dist")
    torch.testing.assert_close(torch.from_numpy(distances_between(ROWS, p)), expected, rtol=1e-12, atol=0)
    pair = vector_norm(ROWS[3] - ROWS[17], p).item()
    assert distances_between(ROWS, p)[3, 17] == pytest.approx(pair, rel=1e-14)
    assert distances_from(torch.from_numpy(ROWS), 3, p)[17] == pytest.approx(pair, rel=1e-14)


@pytest.mark.parametrize("p", POWERS)
@pytest.mark.parametrize("size", [1e300, 1e-300])
def test_huge_and_tiny_rows_are_as_far_apart_as_they_are(p, size):
    between = distances_between(np.array([[1.0, 2.0], [4.0, -2.0]]) * size, p)
    assert between[0, 1] == pytest.approx(vector_norm([3 * size, 4 * size], p).item(), rel=1e-14)
    assert between[0, 0] == 0.0


@pytest.mark.parametrize("p", POWERS)
def test_rows_farther_apart_than_float64_reaches_are_infinitely_far(p):
    between = distances_between([[1.7e308], [-1.7e308], [0.0]], p)
    assert between[0, 1] == math.inf
    assert between[0, 2] == 1.7e308
    assert nearest_rows(between).nearest.tolist() == [2, 2, 0]


def test_nearest_is_another_row_and_the_first_of_equals():
    near = nearest_rows(distances_between([[0.0], [1.0], [0.0], [5.0]], 2))
    assert near.nearest.tolist() == [2, 0, 0, 1]
    assert near.distance.tolist() == [0.0, 1.0, 0.0, 4.0]


def test_nearest_is_another_row_even_where_all_are_too_far():
    near = nearest_rows(np.array([[0.0, math.inf], [math.inf, 0.0]]))
    assert near.nearest.tolist() == [1, 0]


@pytest.mark.parametrize("p", POWERS)
def test_shares_of_columns_add_up_and_are_those_of_the_powers(p):
    shares = column_shares(ROWS, 2, p)
    assert shares.sum() == pytest.approx(1.0)
    apart = np.abs(np.delete(ROWS, 2, axis=0) - ROWS[2])
    powers = apart == apart.max(axis=1, keepdims=True) if math.isinf(p) else apart**p
    assert shares == pytest.approx((powers / powers.sum(axis=1, keepdims=True)).mean(axis=0))


def test_rows_that_do_not_differ_have_no_shares():
    assert column_shares([[1.0, 2.0], [1.0, 2.0]], 0, 2).tolist() == [0.0, 0.0]
    assert column_shares([[1.0, 2.0], [1.0, 2.0], [1.0, 3.0]], 0, 2).tolist() == [0.0, 1.0]
    assert column_shares([[1.7e308, 0.0], [-1.7e308, 1.0]], 0, 2).tolist() == [1.0, 0.0]


def test_label_gaps_are_those_of_plain_loops():
    labels = np.random.default_rng(1).normal(size=40)
    near = nearest_rows(distances_between(ROWS, 1))
    assert near.label_gap(labels) == pytest.approx(
        np.mean([abs(labels[row] - labels[other]) for row, other in enumerate(near.nearest)])
    )
    pairs = [abs(one - other) for place, one in enumerate(labels) for other in labels[place + 1 :]]
    assert label_gap_of_any(labels) == pytest.approx(np.mean(pairs))
    assert label_gap_of_any([3.0]) == 0.0


def test_what_cannot_be_measured_is_refused_in_one_sentence():
    with pytest.raises(InputError, match="finite numbers"):
        distances_between([[1.0, math.nan]], 2)
    with pytest.raises(InputError, match="finite numbers"):
        distances_from([1.0, 2.0], 0, 2)
    with pytest.raises(InputError, match="no row 2: the 2 rows"):
        distances_from([[1.0], [2.0]], 2, 2)
    with pytest.raises(InputError, match="at most 1,000 rows"):
        distances_between(np.zeros((1001, 2)), 2)
    with pytest.raises(InputError, match="at least two rows"):
        nearest_rows(distances_between([[1.0]], 2))
