import numpy as np
import pytest

from core.calculus.contours import MOST_POINTS, level_lines, quantile_levels

AXIS = np.linspace(-3, 3, 41)
X, Y = np.meshgrid(AXIS, AXIS)


def test_the_points_of_a_level_line_have_that_level_where_the_function_is_a_plane():
    lines = level_lines(AXIS, AXIS, 2 * X - Y, [-1.0, 0.5]).dropna()
    assert set(lines["level"]) == {-1.0, 0.5}
    np.testing.assert_allclose(2 * lines["x"] - lines["y"], lines["level"], atol=1e-12)


def test_a_circle_is_closed_and_as_long_as_a_circle():
    lines = level_lines(AXIS, AXIS, X**2 + Y**2, [4.0])
    ends = lines[["x", "y"]].to_numpy().reshape(-1, 3, 2)
    assert np.isnan(ends[:, 2]).all() and np.isfinite(ends[:, :2]).all()
    lengths = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1)
    assert lengths.sum() == pytest.approx(4 * np.pi, rel=2e-3)
    assert lines["place"].tolist() == list(range(len(lines)))


def test_nothing_is_drawn_beside_what_has_no_value():
    values = np.where(X > 0, X, np.nan)
    lines = level_lines(AXIS, AXIS, values, [-1.0, 1.0]).dropna()
    assert set(lines["level"]) == {1.0}
    assert level_lines(AXIS, AXIS, np.full_like(X, np.inf), [0.0]).dropna().empty


def test_levels_are_spread_over_the_area():
    levels = quantile_levels(X**2 + Y**2, 3)
    shares = [(level > X**2 + Y**2).mean() for level in levels]
    assert shares == pytest.approx([0.04, 0.5, 0.96], abs=0.01)
    assert quantile_levels(np.full((3, 3), 7.0)) == [7.0]
    assert quantile_levels(np.full((3, 3), np.nan)) == []
    assert level_lines(AXIS, AXIS, X, []).empty


def test_never_more_points_than_a_chart_can_draw():
    wild = np.sin(40 * X) * np.cos(37 * Y)
    assert 0 < len(level_lines(AXIS, AXIS, wild, quantile_levels(wild))) <= MOST_POINTS
