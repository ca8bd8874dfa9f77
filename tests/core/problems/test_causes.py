import contextlib
import io
import itertools
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from core.errors import InputError
from core.problems.causes import miniature
from core.problems.causes.confounder import Twins, class_means, fit_slope, one_hot, slid_together, slopes_by_class
from core.problems.causes.graph import (
    NODES,
    SHAPES,
    build_structure,
    directed_paths,
    is_back_door_set,
    simulate,
)
from core.problems.causes.rows_run import rows_run
from core.problems.causes.twin_run import EFFECTS, SIZES, STRENGTHS, twin_run
from core.problems.panels import Plane, Points, Segments, _arrays
from core.problems.rows import Rows, load_rows

PENGUINS = Path(__file__).parents[3] / "data" / "penguins.csv"


def penguins() -> Rows:
    table = pd.read_csv(PENGUINS).dropna()
    classes = tuple(sorted(set(table["species"])))
    y = np.array([classes.index(each) for each in table["species"]])
    columns = ("bill_length_mm", "bill_depth_mm")
    return Rows("penguins", table[list(columns)].to_numpy(dtype=float), columns, y, classes, "")


def some_rows(seed: int, n: int = 80, classes: int = 3) -> Rows:
    rng = np.random.default_rng(seed)
    y = rng.integers(classes, size=n)
    y[:classes] = range(classes)
    X = rng.normal(size=(n, 2)) + 2 * rng.normal(size=(classes, 2))[y]
    return Rows(f"some {seed}", X, ("u", "v"), y, tuple("abcdefghijklmnop"[:classes]))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("held", [False, True])
def test_slopes_and_standard_errors_are_those_of_statsmodels(seed, held):
    rows = some_rows(seed)
    others = one_hot(rows.y) if held else None
    design = sm.add_constant(np.column_stack([rows.X[:, :1], *([others] if held else [])]))
    theirs = sm.OLS(rows.X[:, 1], design).fit()
    ours = fit_slope(rows.X[:, 0], rows.X[:, 1], others)
    assert ours.slope == pytest.approx(theirs.params[1], rel=1e-9, abs=1e-12)
    assert ours.error == pytest.approx(theirs.bse[1], rel=1e-9)
    assert ours.freedom == theirs.df_resid


@pytest.mark.parametrize("seed", range(20))
def test_sliding_the_classes_together_gives_the_slope_with_the_class_held_fixed(seed):
    rows = some_rows(seed)
    x, y = (slid_together(values, rows.y, 1.0) for values in rows.X.T)
    design = np.column_stack((rows.X[:, 0], rows.y[:, None] == np.unique(rows.y)))
    assert fit_slope(x, y).slope == pytest.approx(np.linalg.lstsq(design, rows.X[:, 1])[0][0], rel=1e-9)
    assert np.ptp(class_means(x, rows.y)) == pytest.approx(0, abs=1e-12)
    np.testing.assert_array_equal(slid_together(rows.X[:, 0], rows.y, 0.0), rows.X[:, 0])


def test_the_slope_within_classes_is_a_mean_of_theirs_weighted_by_the_variation_of_x():
    rows = some_rows(3)
    within = slopes_by_class(rows.X[:, 0], rows.X[:, 1], rows.y, 3)
    weights = [np.sum((rows.X[rows.y == k, 0] - rows.X[rows.y == k, 0].mean()) ** 2) for k in range(3)]
    held = fit_slope(rows.X[:, 0], rows.X[:, 1], one_hot(rows.y))
    assert held.slope == pytest.approx(np.average([fit.slope for fit in within], weights=weights), rel=1e-9)


def test_bill_depth_falls_with_bill_length_overall_and_rises_within_each_species():
    made = miniature(rows=penguins(), label="species")
    run = rows_run(penguins(), 0, 1, "species", 0)
    assert run.overall.direction == -1 and run.held.direction == 1
    assert all(fit.slope > 0 for fit in run.within)
    assert made.guess.answer == 0
    assert "Simpson's paradox" in made.sentence and "cannot distinguish" in made.sentence


def test_iris_changes_its_sign_but_its_overall_slope_is_not_clear():
    run = rows_run(load_rows("iris"), 0, 1, "", 0)
    assert run.overall.slope < 0 < run.held.slope
    assert (run.overall.direction, run.held.direction) == (0, 1)
    assert "changes its sign" in miniature().sentence and "Simpson" not in miniature().sentence


@pytest.mark.parametrize("seed", range(10))
def test_both_twins_give_the_rows_the_same_likelihood(seed):
    """Simulated from either graph, a row of a class is the same Gaussian."""
    rows = some_rows(seed)
    x, y = rows.X.T
    twins = Twins.fit(x, y, rows.y, 3)
    left = np.column_stack((x - class_means(x, rows.y), y - class_means(y, rows.y)))
    covariance = left.T @ left / len(x)
    forward = np.array([[covariance[0, 0], twins.effect * covariance[0, 0]], [0, 0]])
    forward[1] = forward[0, 1], twins.effect**2 * covariance[0, 0] + twins.y_given_x**2
    spread = covariance[0, 0] - twins.back_effect**2 * covariance[1, 1]
    cross = twins.back_effect * twins.y_given_class**2
    backward = [[twins.back_effect**2 * twins.y_given_class**2 + spread, cross], [cross, twins.y_given_class**2]]
    np.testing.assert_allclose(forward, covariance, rtol=1e-9)
    np.testing.assert_allclose(backward, covariance, rtol=1e-9)


@pytest.mark.parametrize("forward", [True, False])
def test_the_mean_under_do_in_the_twins_is_the_closed_form(forward):
    rows = penguins()
    twins = Twins.fit(*rows.X.T, rows.y, 3)
    draws = twins.draw_when_set(np.full(100_000, 55.0), forward, np.random.default_rng(1))
    exact = twins.mean_when_set(np.array([55.0]), forward)[0]
    assert abs(draws.mean() - exact) < 5 * draws.std() / np.sqrt(len(draws))
    assert (exact == pytest.approx(rows.X[:, 1].mean())) != forward


# the known graph


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("effect", "strength"), [(0.5, -1.5), (-1.0, 2.0), (0.0, 1.0), (2.0, 0.0)])
def test_exact_slopes_are_those_of_many_rows(shape, effect, strength):
    structure = build_structure(shape, effect, strength)
    rng = np.random.default_rng(7)
    x, y, z = simulate(structure, rng.standard_normal((100_000, 3))).T
    for adjusted in (False, True):
        fit = fit_slope(x, y, z[:, None] if adjusted else None)
        assert abs(fit.slope - structure.slope(adjusted)) < 5 * fit.error
    set_to = rng.uniform(-2, 2, 100_000)
    x, y, _z = simulate(structure, rng.standard_normal((100_000, 3)), set_to).T
    np.testing.assert_array_equal(x, set_to)
    fit = fit_slope(x, y)
    assert abs(fit.slope - structure.total_effect) < 5 * fit.error


@pytest.mark.parametrize("shape", SHAPES)
def test_the_covariance_and_the_effect_are_those_of_an_inverse(shape):
    structure = build_structure(shape, 0.7, -1.3)
    through = np.linalg.inv(np.eye(3) - structure.weights)
    np.testing.assert_allclose(structure.covariance, through @ through.T, atol=1e-12)
    cut = np.linalg.inv(np.eye(3) - structure.cut().weights)
    assert structure.total_effect == pytest.approx(cut[1, 0])
    products = [np.prod([structure.coefficient(*a) for a in path]) for path in directed_paths(structure.arrows)]
    assert structure.total_effect == pytest.approx(sum(products))


def all_graphs():
    """All acyclic graphs of three nodes."""
    pairs = list(itertools.combinations(NODES, 2))
    for choice in itertools.product((None, False, True), repeat=3):
        arrows = [
            pair[::-1] if turned else pair for pair, turned in zip(pairs, choice, strict=True) if turned is not None
        ]
        if len(arrows) < 3 or len({cause for cause, _effect in arrows}) < 3:  # a circle has three causes
            yield arrows


def is_open(arrows, middle, adjusted):
    """Whether a path X – Z – Y is open, by the rule for its middle."""
    collider = all((end, middle) in arrows for end in ("X", "Y"))
    return (middle in adjusted) if collider else (middle not in adjusted)


def test_the_back_door_criterion_is_that_of_listing_all_paths():
    graphs = list(all_graphs())
    assert len(graphs) == 25
    for arrows in graphs:
        linked = {frozenset(arrow) for arrow in arrows}
        for adjusted in (set(), {"Z"}):
            consequence = ("X", "Z") in arrows or (("X", "Y") in arrows and ("Y", "Z") in arrows)
            direct = ("Y", "X") in arrows
            # in the graph without the arrows out of X, the path over Z begins with Z → X
            over = ("Z", "X") in arrows and frozenset("ZY") in linked and is_open(set(arrows), "Z", adjusted)
            expected = not (consequence and adjusted) and not direct and not over
            assert is_back_door_set(arrows, adjusted) == expected, (arrows, adjusted)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_criterion_allows_is_right_by_number(shape):
    for effect, strength in itertools.product(np.linspace(*EFFECTS, 9), np.linspace(*STRENGTHS, 9)):
        run = twin_run(shape, float(effect), float(strength), 20, 0)
        assert all(right or not allowed for right, allowed in zip(run.right, run.allowed, strict=True))
        assert any(run.right)


def test_adjusting_for_a_mediator_or_a_collider_is_wrong_and_for_a_confounder_right():
    assert twin_run("fork", 0.5, -1.5, 50, 0).right == (False, True)
    assert twin_run("chain", 0.5, -1.5, 50, 0).right == (True, False)
    assert twin_run("collider", 0.5, 1.0, 50, 0).right == (True, False)
    assert build_structure("collider", 0.5, 1.0).slope(True) == pytest.approx(-0.25)
    assert "collider Z opens" in miniature(graph="collider", effect=0.5, strength=1.0).sentence


@pytest.mark.parametrize("shape", SHAPES)
def test_the_experiment_is_close_to_its_exact_answer_for_50_seeds(shape):
    for seed in range(50):
        run = twin_run(shape, 0.5, -1.0, 100, seed)
        variance = run.structure.cut().covariance[1, 1]  # at most this around its mean
        error = np.sqrt(variance / (100 * np.sum(run.set_to**2)))
        assert abs(run.slope_done(-1) - run.structure.total_effect) < 5 * error


# the miniature


@pytest.mark.parametrize("settings", [{}, {"graph": "fork"}, {"graph": "collider", "size": SIZES[1]}])
def test_the_same_seed_gives_the_same_frames_and_another_one_others(settings):
    first, same, other = (miniature(seed=seed, **settings) for seed in (3, 3, 4))
    arrays = [[a for p in m.panels for a, _still in _arrays(p) if a is not None] for m in (first, same, other)]
    assert all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in zip(*arrays[:2], strict=True))
    assert first.frames == same.frames != other.frames
    assert sum(a.size for a in arrays[0]) < 150_000


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("strength", [STRENGTHS[0], 0.0, STRENGTHS[1]])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_smallest_and_largest_settings_are_drawn(shape, effect, strength, size):
    made = miniature(graph=shape, effect=effect, strength=strength, size=size)
    assert len(made.frames) == 31
    assert all(np.isfinite(np.nanmax(a)) for p in made.panels for a, _s in _arrays(p) if a is not None and a.size
               and a.dtype.kind == "f" and not np.isnan(a).all())  # fmt: skip


def drawn(segments: Segments, frame: int) -> int:
    """How many arrows of a layer there are in a frame."""
    return int((~np.isnan(segments.ends[frame]).all(axis=1)).sum())


def test_under_do_the_arrow_of_a_confounder_is_cut():
    graph = miniature(graph="fork").panels[0]
    assert isinstance(graph, Plane)
    severed, acting, _nodes = graph.layers
    assert [drawn(severed, frame) for frame in (0, 1)] == [0, 1]
    assert [drawn(acting, frame) for frame in (0, 1)] == [3, 2]


def test_a_graph_without_arrows_is_drawn():
    shapes = miniature(graph="fork", effect=0.0, strength=0.0).panels[0].layers
    assert drawn(shapes[1], 0) == 1  # Z → X stays
    assert drawn(miniature(graph="chain", effect=0.0).panels[0].layers[0], -1) == 0


def test_under_do_in_the_twins_of_the_rows_all_arrows_into_x_are_cut():
    severed, both, forward, back, _nodes = miniature().panels[3].layers
    assert [drawn(layer, 0) for layer in (severed, both, forward, back)] == [0, 2, 1, 1]
    assert [drawn(layer, -1) for layer in (severed, both, forward, back)] == [2, 1, 1, 0]


def test_before_the_guess_no_class_has_its_colour():
    points = miniature().panels[0].layers[0]
    assert isinstance(points, Points) and (points.groups[0] == -1).all() and (points.groups[-1] >= 0).all()


def test_the_code_prints_the_slopes_of_the_rows():
    printed = run_code(miniature().code)
    run = rows_run(load_rows("iris"), 0, 1, "", 0)
    expected = [run.overall.slope, run.held.slope, *(fit.slope for fit in run.within)]
    assert printed == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_code_prints_the_slopes_of_the_twin(shape):
    run = twin_run(shape, 0.5, -1.5, 300, 5)
    exact = [run.structure.total_effect, run.structure.slope(False), run.structure.slope(True)]
    printed = run_code(miniature(graph=shape, seed=5).code)
    assert printed == pytest.approx([run.without.slope, run.adjusted.slope, *exact], rel=1e-8, abs=1e-12)


def run_code(code: str) -> list[float]:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(code, {})
    return [float(re.findall(r"[-+.\de]+$", line)[0]) for line in said.getvalue().splitlines()]


# what cannot be used, and what hardly can


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"graph": "circle"}, "graph has to be one of"),
        ({"graph": "fork", "effect": 2.5}, "effect of X on Y"),
        ({"graph": "fork", "strength": float("nan")}, "arrow of Z"),
        ({"graph": "fork", "size": 5}, "number of rows"),
        ({"x": 1, "y": 1}, "Two different columns"),
        ({"y": 9}, "Two different columns"),
    ],
)
def test_settings_out_of_range_are_refused(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)


def test_rows_that_cannot_be_used_are_refused():
    rows = some_rows(0)
    X, y, names = rows.X, rows.y, rows.classes
    refused = {
        "classes are needed": Rows("a", X, ("u", "v"), np.zeros(80, dtype=int), ("a",)),
        "At least 2 classes": Rows("b", X, ("u", "v")),
        "one value only": Rows("c", X * [0, 1] + 0.1, ("u", "v"), y, names),
        "determined by them": Rows("d", np.column_stack((y, X[:, 1])), ("u", "v"), y, names),
        "too large": Rows("e", X * 1e120, ("u", "v"), y, names),
        "At most 12": some_rows(0, classes=13),
    }
    for words, bad in refused.items():
        with pytest.raises(InputError, match=words):
            miniature(rows=bad)


@pytest.mark.parametrize("scale", [1e-90, 1.0, 1e90])
def test_huge_tiny_and_constant_numbers_are_drawn(scale):
    rows = some_rows(1)
    made = miniature(rows=Rows("scaled", rows.X * [scale, 1.0], ("u", "v"), rows.y, rows.classes))
    assert all(np.isfinite(a[-1]).all() for p in made.panels[:1] for a, still in _arrays(p) if np.ndim(a) > still)
    level = miniature(rows=Rows("level", rows.X * [1.0, 0.0] + 0.1, ("u", "v"), rows.y, rows.classes))
    assert level.guess.answer == 2


def test_a_class_with_one_row_has_no_slope():
    rows = Rows("few", np.array([[0.0, 1.0], [1.0, 3.0], [5.0, 0.0]]), ("u", "v"), np.array([0, 0, 4]), tuple("abcde"))
    run = rows_run(rows, 0, 1, "", 0)
    assert run.names == ["a", "e"] and run.within[1] is None and run.held.error is None
    assert run.held.slope == pytest.approx(2.0)
    assert "no slope" in miniature(rows=rows).frames[2]
