"""Separability against brute force in whole numbers, and what a maximum likelihood needs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.foundations import fit_logistic, separability

PENGUINS = pd.read_csv(Path(__file__).parents[3] / "data" / "penguins.csv")
BILL = ["bill_length_mm", "bill_depth_mm"]
# A line through two points of a grid of 3 x 3, or beside it, has one of these normals.
NORMALS = [(a, b) for a in range(-4, 5) for b in range(-4, 5) if (a, b) != (0, 0)]


def brute_force(X: np.ndarray, y: np.ndarray) -> tuple[bool, bool]:
    """Return whether whole rows of a grid are separable, and completely, by trying every direction that matters."""
    separable = complete = False
    for normal in NORMALS:
        along = X @ np.array(normal)
        low, high = along[y == 1].min(), along[y == 0].max()
        complete |= bool(low > high)
        separable |= bool(low >= high and np.ptp(along) > 0)
    return separable, complete


@pytest.mark.parametrize("seed", range(150))
def test_the_verdict_is_that_of_brute_force(seed):
    random = np.random.default_rng(seed)
    rows = int(random.integers(2, 9))
    X, y = random.integers(0, 3, size=(rows, 2)), random.integers(0, 2, rows)
    y[:2] = 0, 1
    found = separability(X * [1e-8, 1e12] + [5.0, -3e13], y)
    assert (found.separable, found.complete) == brute_force(X, y)
    if found.separable:
        with pytest.raises(InputError, match="separable"):
            fit_logistic(X, y)
    else:
        assert np.isfinite(fit_logistic(X, y).weights.numpy()).all()


def test_the_direction_separates_in_the_units_given():
    rows = PENGUINS.dropna(subset=BILL).query("species != 'Chinstrap'")
    y = (rows["species"] == "Gentoo").to_numpy()
    found = separability(rows[BILL], y)
    z = rows[BILL].to_numpy() @ found.direction.numpy() + found.bias
    assert found.separable
    assert found.complete
    assert z[y].min() > 0 > z[~y].max()


def test_species_that_overlap_are_not_separable():
    rows = PENGUINS.dropna(subset=BILL).query("species != 'Gentoo'")
    found = separability(rows[BILL], rows["species"] == "Adelie")
    assert not found.separable
    assert found.direction.tolist() == [0.0, 0.0]


def test_quasi_complete_separation_counts_the_rows_on_the_plane():
    found = separability([[0.0], [1.0], [1.0], [1.0], [2.0]], [0, 0, 1, 1, 1])
    assert (found.separable, found.complete, found.on_plane) == (True, False, 3)


@pytest.mark.parametrize(
    ("X", "y", "verdict"),
    [
        ([[0], [1], [2], [3], [1e10]], [0, 1, 0, 1, 1], (False, False)),
        ([[0], [1], [2], [3], [1e9]], [0, 0, 1, 1, 1], (True, True)),
        ([[0], [1], [2], [3], [-1e10]], [0, 0, 1, 1, 1], (False, False)),
        ([[0], [1], [1], [3], [1e10]], [0, 0, 1, 1, 1], (True, False)),
        ([[0], [0], [0], [0], [1], [1e10]], [0, 0, 0, 0, 1, 0], (False, False)),
        ([[0, 0], [1, 1], [2, 2], [3, 3], [1e10, 0.5], [1e10, 2.5]], [0, 0, 1, 1, 0, 1], (True, True)),
    ],
)
def test_a_row_far_away_does_not_make_the_others_one_place(X, y, verdict):
    found = separability(X, y)
    assert (found.separable, found.complete) == verdict


@pytest.mark.parametrize("far", [1e6, 1e10])
def test_a_row_far_away_changes_the_exact_weights_only_as_far_as_it_is_wrong(far):
    """The row is on the right side: its loss is 0, so the optimum is that of the others."""
    others = fit_logistic([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])
    fit = fit_logistic([[0.0], [1.0], [2.0], [3.0], [far]], [0, 1, 0, 1, 1])
    assert fit.weights.item() == pytest.approx(others.weights.item(), rel=1e-6)
    assert 5 * fit.loss == pytest.approx(4 * others.loss, rel=1e-8)


def test_constant_columns_and_copies_of_rows_separate_nothing():
    assert not separability([[1.0, 5.0], [2.0, 5.0], [1.0, 5.0], [2.0, 5.0]], [0, 0, 1, 1]).separable
    assert not separability([[3.0]] * 5, [0, 1, 0, 1, 1]).separable


@pytest.mark.parametrize("labels", [[0, 0, 0], [0, 1, 2]])
def test_two_classes_are_needed(labels):
    with pytest.raises(InputError, match="Two classes are needed"):
        separability([[1.0], [2.0], [3.0]], labels)
