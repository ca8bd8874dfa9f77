"""The way of supervised learning, beside numpy's and torch's own fits."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations.supervised import half_mean_square, most_telling, supervised_way


@pytest.fixture
def rows() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    x = random.normal(200, 14, 60)
    return x, 50 * x - 5800 + random.normal(0, 300, 60)


def test_rows_are_drawn_once_and_none_of_them_is_predicted(rows):
    way = supervised_way(*rows, rows=12, unlabelled=6)
    chosen = [*way.drawn, *way.unlabelled]
    assert len(chosen) == len(set(chosen)) == 18
    assert set(chosen) <= set(range(60))
    assert not np.array_equal(way.drawn, supervised_way(*rows, seed=1).drawn)
    np.testing.assert_array_equal(way.drawn, supervised_way(*rows, seed=0).drawn)


def test_the_exact_line_is_that_of_polyfit_and_has_the_smallest_loss(rows):
    x, y = rows
    way = supervised_way(x, y, rows=20)
    np.testing.assert_allclose(way.exact, np.polyfit(x[way.drawn], y[way.drawn], 1), rtol=1e-9)
    for change in ([0.1, 0], [-0.1, 0], [0, 5], [0.01, -2]):
        assert half_mean_square(way.exact + change, x[way.drawn], y[way.drawn]) > way.exact_loss


def test_the_steps_are_those_of_torch(rows):
    x, y = rows
    way = supervised_way(x, y, steps=5, rate=0.3)
    z, t = torch.tensor(x[way.drawn]), torch.tensor(y[way.drawn])
    centre, spread = z.mean(), z.std(correction=0)
    w, b = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _each in range(2))
    optimizer = torch.optim.SGD([w, b], lr=0.3)
    for loss in way.losses:
        now = ((w * (z - centre) / spread + b - t) ** 2).mean() / 2
        assert now.item() == pytest.approx(loss, rel=1e-9)
        optimizer.zero_grad()
        now.backward()
        last = (w / spread).item(), (b - w * centre / spread).item()
        optimizer.step()
    np.testing.assert_allclose(way.path[-1], last, rtol=1e-9)


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0, 1.9, 2.1])
def test_each_step_leaves_one_minus_the_rate_of_the_distance(rows, rate):
    way = supervised_way(*rows, rate=rate, steps=4)
    gap = way.losses - way.exact_loss
    np.testing.assert_allclose(gap[1:], gap[:-1] * (1 - rate) ** 2, rtol=1e-6, atol=1e-6 * gap[0])


def test_the_errors_are_those_of_the_rows_that_were_not_drawn(rows):
    x, y = rows
    way = supervised_way(x, y)
    np.testing.assert_allclose(way.truth, y[way.unlabelled])
    np.testing.assert_allclose(way.predictions, np.polyval(way.path[-1], x[way.unlabelled]))
    assert way.error == pytest.approx(np.mean([abs(a - b) for a, b in zip(way.predictions, way.truth, strict=True)]))
    assert way.baseline_error == pytest.approx(np.abs(y[way.drawn].mean() - way.truth).mean())


def test_small_tables_leave_a_row_to_predict():
    way = supervised_way([1, 2, 4], [1, 2, 4], rows=12)
    assert len(way.drawn) == 2
    assert len(way.unlabelled) == 1
    assert way.exact == pytest.approx([1, 0], abs=1e-12)


def test_a_constant_feature_gives_the_mean_and_one_row_its_own_label():
    for value in (5.0, 0.1, 1e-200):
        way = supervised_way([value] * 8, np.arange(8), rows=6, steps=60)
        assert way.exact[0] == way.path[-1, 0] == 0
        assert way.path[-1, 1] == pytest.approx(np.arange(8)[way.drawn].mean())
        assert way.error == pytest.approx(way.baseline_error)
    alone = supervised_way([1, 2, 3], [5, 6, 7], rows=1)
    assert alone.exact == pytest.approx([0, alone.truth.sum() * 0 + [5, 6, 7][alone.drawn[0]]])


def test_huge_values_stay_finite():
    x = np.array([1e99, 2e99, 3e99, 5e99])
    way = supervised_way(x, x / 1e99, rows=3)
    assert np.isfinite(way.path).all()
    assert np.isfinite(way.losses).all()


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1, 2], [1, 2], "at least 3 rows"),
        ([], [], "at least 3 rows"),
        ([1, 2, 3], [1, 2], "3 and 2 values"),
        ([1, np.nan, 3, 4], [1, 2, 3, 4], "missing or infinite"),
        ([1, 2, 3, 4], [1, 2, np.inf, 4], "missing or infinite"),
        ([1e308, -1e308, 3, 4], [1, 2, 3, 4], "beyond 1e100"),
        ([1, 2, 3, 4], [1, 2, 1e101, 4], "beyond 1e100"),
    ],
)
def test_bad_rows_end_in_a_sentence(x, y, words):
    with pytest.raises(InputError, match=words):
        supervised_way(x, y)


def test_the_most_telling_column_is_that_of_the_largest_correlation(rows):
    x, y = rows
    random = np.random.default_rng(0)
    X = np.column_stack([random.normal(size=60), np.ones(60), -x, random.normal(size=60)])
    sizes = [0 if column.std() == 0 else abs(np.corrcoef(column, y)[0, 1]) for column in X.T]
    assert most_telling(X, y) == np.argmax(sizes) == 2
    assert most_telling(np.ones((5, 2)), np.arange(5)) == 0
    with pytest.raises(InputError, match="at least one feature"):
        most_telling(np.empty((5, 0)), np.arange(5))
