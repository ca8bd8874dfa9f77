import contextlib
import io
import json

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.formatting import format_number
from core.problems.panels import Plane, Points
from core.problems.regression import miniature
from core.problems.regression.rows import diabetes, point_rows
from core.problems.regression.run import best_feature, train
from core.problems.rows import Rows


def printed(code):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return {name: float(value) for name, _sep, value in (line.rpartition(": ") for line in out.getvalue().splitlines())}


def run_of(rows=None, features="one", rate=0.1, batch_size=0, epochs=30, standardise=True, seed=0):
    return train(rows or diabetes(), "", features, rate, batch_size, epochs, standardise, seed)


def made_rows(X, y, names=None):
    stacked = np.column_stack([X, y]).astype(np.float64)
    names = names or tuple(f"f{place}" for place in range(stacked.shape[1] - 1))
    return Rows("made", stacked, (*names, "target"), code="")


def test_the_closed_form_is_that_of_numpy():
    for features in ("one", "all"):
        run = run_of(features=features)
        best, *_rest = np.linalg.lstsq(np.c_[run.X, np.ones(len(run.X))], run.y, rcond=None)
        assert run.sgd.closed_form.weights.numpy() == pytest.approx(best[:-1], rel=1e-6)
        assert run.least == pytest.approx(np.mean((np.c_[run.X, np.ones(len(run.X))] @ best - run.y) ** 2) / 2)


def test_descent_on_all_rows_is_that_of_torch():
    run = run_of(features="all", rate=0.3, epochs=20)
    Z = torch.tensor((run.X - run.X.mean(axis=0)) / run.X.std(axis=0))
    w = torch.tensor(run.parameters[0, :-1] * run.X.std(axis=0), requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=0.3)
    for _update in range(20):
        optimizer.zero_grad()
        loss = ((Z @ w + b - torch.tensor(run.y)) ** 2).mean() / 2
        loss.backward()
        optimizer.step()
    assert run.parameters[-1, :-1] * run.X.std(axis=0) == pytest.approx(w.detach().numpy(), rel=1e-8)
    assert run.updates[-1] == 20 and run.losses[-1] < loss.item()


@pytest.mark.parametrize("seed", range(50))
def test_the_least_loss_is_never_beaten_and_the_gap_is_what_is_above_it(seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(20, 3))
    rows = made_rows(X, X @ rng.normal(size=3) + rng.normal(size=20))
    run = run_of(rows, "all", 0.2, 5, 10, seed=seed)
    assert (run.losses >= run.least - 1e-12).all()
    assert run.gaps == pytest.approx(run.losses - run.least, abs=1e-9)
    assert run.gaps[-1] < run.gaps[0]


@pytest.mark.parametrize("batch_size", [0, 50])
def test_the_code_gives_the_numbers_of_the_run(batch_size):
    settings = {"features": "all", "batch_size": batch_size, "epochs": 5, "seed": 3}
    run, found = run_of(**settings), printed(miniature(**settings).code)
    assert found["loss"] == pytest.approx(run.losses[-1], rel=1e-8)
    assert found["least possible"] == pytest.approx(run.least, rel=1e-8)
    assert found["gap"] == pytest.approx(run.gaps[-1], rel=1e-6)
    if not batch_size:
        assert found["limit of the rate on all rows"] == pytest.approx(run.limit, rel=1e-8)


def test_the_code_of_points_holds_the_points():
    rows = point_rows("[[0, 1], [1, 2.5], [2, 2]]")
    run = run_of(rows, standardise=False)
    assert printed(miniature(rows=rows, standardise=False).code)["loss"] == pytest.approx(run.losses[-1], rel=1e-8)


def test_rates_above_the_limit_diverge_and_those_below_do_not():
    limit = run_of(features="all").limit
    below, above = (run_of(features="all", rate=share * limit, epochs=100) for share in (0.95, 1.2))
    assert not below.sgd.diverged and below.gaps[-1] < below.gaps[0]
    assert above.sgd.diverged and above.gaps[-1] > above.gaps[0]
    told = miniature(features="all", rate=1.2 * limit, epochs=100)
    assert told.guess.answer == 2 and "diverged" in told.sentence and "0.497" in told.sentence


def test_the_guess_is_that_of_the_run():
    assert miniature(rate=0.5).guess.answer == 0
    assert miniature(rate=0.01).guess.answer == 1
    assert miniature(rate=0.1, standardise=False).guess.answer == 2
    for rate in (0.05, 0.1, 0.12, 0.2):
        run, made = run_of(rate=rate), miniature(rate=rate)
        assert (made.guess.answer == 0) == (run.losses[-1] - run.least <= 0.01 * run.least)


def test_the_same_seed_is_the_same_run_and_another_seed_another():
    first, again, other = (run_of(batch_size=50, seed=seed) for seed in (4, 4, 5))
    assert np.allclose(first.parameters, again.parameters, rtol=1e-9)
    assert not np.allclose(first.parameters, other.parameters, rtol=1e-9)


def test_one_row_is_fitted_by_many_lines():
    made = miniature(rows=point_rows("[[1, 2]]"), movable=True)
    assert "One row does not determine a line" in made.sentence and made.guess.question.startswith("A perfect fit")
    assert made.figures[0].exact == "" and made.figures[1].exact == ""


def test_a_feature_that_never_varies_is_named():
    rng = np.random.default_rng(0)
    rows = made_rows(np.c_[np.full(9, 4.0), np.arange(9.0)], rng.normal(size=9), ("level", "rising"))
    made = miniature(rows=rows, features="all")
    assert "level never varies" in made.sentence
    assert train(rows, "", "one", 0.1, 0, 5, True, 0).names == ("rising",)
    alone = miniature(rows=rows, feature="level")
    assert alone.question.startswith("How does target depend on level?")


def test_repeated_features_have_no_weights_of_their_own():
    x = np.arange(8.0)
    made = miniature(rows=made_rows(np.c_[x, x], x**2), features="all")
    assert "More than one set of weights" in made.sentence and made.figures[0].exact == ""


def test_huge_values_are_learned_from_and_endless_ones_refused():
    x = np.arange(5.0) * 1e60
    made = miniature(rows=made_rows(x, 2 * x), rate=0.5)
    assert made.guess.answer == 0 and "nan" not in made.sentence
    with pytest.raises(InputError):
        miniature(rows=made_rows(np.arange(5.0) * 1e150, x))


def test_a_run_that_diverges_is_drawn_with_finite_numbers():
    made = miniature(standardise=False, epochs=100)
    for panel in made.panels:
        assert isinstance(panel, Plane) and panel.alt.endswith(".")
        for layer in panel.layers:
            for name in ("xy", "ends", "values"):
                assert np.isfinite(getattr(layer, name, 0.0)).all()


def test_points_are_movable_where_it_is_asked_for():
    text = json.dumps([[float(x), float(x % 3)] for x in range(10)])
    made = miniature(rows=point_rows(text), movable=True)
    movable = [layer for layer in made.panels[0].layers if isinstance(layer, Points) and layer.movable]
    assert len(movable) == 1 and movable[0].xy.tolist() == json.loads(text)
    assert not any(getattr(layer, "movable", False) for layer in miniature().panels[0].layers)


def test_the_smallest_and_the_largest_settings_have_few_frames():
    for settings in ({"epochs": 1, "rate": 1e-9}, {"epochs": 100, "batch_size": 1, "features": "all", "rate": 0.01}):
        assert 2 <= len(miniature(**settings).frames) <= 60


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "pairs of numbers"),
        ("{}", "pairs of numbers"),
        ("[1, 2]", "pairs of numbers"),
        ("[[1, 2, 3]]", "pairs of numbers"),
        ('[["a", 2]]', "pairs of numbers"),
        ("[[true, 2]]", "pairs of numbers"),
        ("[" * 5000, "pairs of numbers"),
        ("[]", "Between 1 and 60 points are needed; got 0"),
        (json.dumps([[0, 0]] * 61), "got 61"),
        ("[[1e9, 2]]", "between −1,000,000 and 1,000,000"),
        ("[[NaN, 2]]", "move the points closer"),
        (f"[[{'9' * 400}, 2]]", "move the points closer"),
    ],
)
def test_texts_that_are_no_points_are_refused_in_a_sentence(text, words):
    with pytest.raises(InputError, match=words):
        point_rows(text)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"rate": 0.0}, "The learning rate has to be between 1e-09 and 10; got 0"),
        ({"rate": float("nan")}, "The learning rate has to be"),
        ({"epochs": 101}, "The number of epochs has to be between 1 and 100; got 101"),
        ({"batch_size": -1}, "The size of a minibatch has to be 0 or more; got −1"),
        ({"features": "some"}, "from one feature or from all; got some"),
        ({"rows": Rows("none", np.zeros((3, 1)), ("y",))}, "At least one row, a feature and a target"),
        ({"rows": Rows("none", np.zeros((0, 2)), ("x", "y"))}, "At least one row, a feature and a target"),
    ],
)
def test_settings_out_of_range_are_refused_in_a_sentence(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "points",
    ["[[1e-300, 1e-300]]", "[[0, 1], [0, 1], [1e-300, 1e-300]]", "[[0, 0], [0, 0]]", "[[1e6, 1e6], [-1e6, 0]]"],
)
@pytest.mark.parametrize("standardise", [True, False])
def test_the_surface_is_drawn_for_points_close_to_0_and_far_away(points, standardise):
    made = miniature(rows=point_rows(points), epochs=1, rate=1e-6, standardise=standardise)
    heat = made.panels[2].layers[0]
    assert np.isfinite(heat.values).all() and 0 <= heat.values.min() <= heat.values.max() <= 1


@pytest.mark.filterwarnings("error")
def test_the_feature_with_the_largest_correlation_is_found_among_huge_values():
    X = np.array([[1.0, 1e300, 1.0], [2.0, -1e300, -1.0], [1.0, 1e300, 1.0], [5.0, -1e300, -2.0]])
    assert best_feature(Rows("huge", X, ("a", "b", "y"))) == 1


def test_a_gap_beyond_the_digits_of_float64_is_no_percentage():
    made = miniature(rate=1.0, epochs=100)
    assert "the least possible up to rounding" in made.sentence and "%" not in made.sentence


@pytest.mark.parametrize("settings", [{"batch_size": 10}, {"batch_size": 1, "features": "all"}])
def test_the_code_of_a_run_that_diverged_within_an_epoch_ends_where_it_was_stopped(settings):
    made = miniature(rate=1.9, epochs=2, standardise=False, **settings)
    assert made.guess.answer == 2
    loss = float(printed(made.code)["loss"])
    assert format_number(loss, 4) == format_number(float(made.figures[2].learned.replace(",", "")), 4)
