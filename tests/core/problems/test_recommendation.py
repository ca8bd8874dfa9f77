import contextlib
import io
import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from core.errors import InputError
from core.problems.recommendation import miniature
from core.problems.recommendation.factorisation import (
    Factors,
    alternate,
    column_means,
    descend,
    fill_unrated,
    gradient,
    objective,
    rmse,
    solve_rows,
    start_factors,
    truncated_svd,
)
from core.problems.recommendation.knowable import degrees_of_freedom, determined_by_paths, determined_cells
from core.problems.recommendation.ratings import cycle_rating, hold_out, make_ratings, read_ratings, write_ratings
from core.problems.recommendation.run import run_recommendation

SETTINGS = {"seed": 0, "ratings": None, "people": (), "things": (), "scaled": False, "true_rank": 2, "noise": 0.2,
            "share": 0.6, "rank": 2, "learner": "als", "penalty": 0.1, "rate": 0.05}  # fmt: skip
OWN = read_ratings("5.31./.24.1/33.2./...../14.35")


def masks(count=50, rows=5, columns=4):
    for seed in range(count):
        rng = np.random.default_rng(seed)
        yield seed, rng.random((rows, columns)) < rng.uniform(0.2, 0.9)


def rank_of(rows):
    """The rank of a matrix of fractions, by elimination."""
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for at in range(rank + 1, len(rows)):
            factor = rows[at][column] / rows[rank][column]
            rows[at] = [a - factor * b for a, b in zip(rows[at], rows[rank], strict=True)]
        rank += 1
    return rank


def test_at_rank_one_rational_products_along_paths_find_the_same_cells():
    for seed, seen in masks():
        rng = np.random.default_rng(seed)
        p, q = ([Fraction(int(v)) for v in rng.integers(1, 9, side)] for side in seen.shape)
        known = {(i, j): p[i] * q[j] for i, j in np.argwhere(seen).tolist()}
        grown = True
        while grown:
            new = {(i, j): known[i, b] * known[a, j] / known[a, b]
                   for i in range(5) for j in range(4) for a in range(5) for b in range(4)
                   if (i, j) not in known and {(i, b), (a, j), (a, b)} <= known.keys()}  # fmt: skip
            known |= new
            grown = bool(new)
        expected = np.array([[(i, j) in known for j in range(4)] for i in range(5)])
        assert (determined_by_paths(seen) == expected).all()
        assert (determined_cells(seen, 1) == expected).all()
        assert all(value == p[i] * q[j] for (i, j), value in known.items())


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_what_is_determined_is_that_of_a_jacobian_of_fractions(rank):
    for seed, seen in masks(12):
        rng = np.random.default_rng(100 + seed)
        P, Q = ([[Fraction(int(v)) for v in rng.integers(-999, 999, rank)] for _row in range(n)] for n in seen.shape)

        def row(i, j, P=P, Q=Q):
            line = [Fraction(0)] * (rank * 9)
            line[i * rank : i * rank + rank], line[(5 + j) * rank : (6 + j) * rank] = Q[j], P[i]
            return line

        spanned = [row(i, j) for i, j in np.argwhere(seen).tolist()]
        whole = rank_of(spanned)
        found = determined_cells(seen, rank)
        for i in range(5):
            for j in range(4):
                assert found[i, j] == (rank_of([*spanned, row(i, j)]) == whole)


def test_degrees_of_freedom_are_the_rank_of_the_whole_jacobian():
    from core.problems.recommendation.knowable import eliminate, jacobian

    for rank in (1, 2, 3, 4):
        cells = np.argwhere(np.ones((6, 4), dtype=bool))
        matrix = jacobian((6, 4), cells, rank)
        new = sum(bool(eliminate(matrix[: at + 1], at)[at].any()) for at in range(24))
        assert new == degrees_of_freedom(6, 4, rank)


def test_all_or_nothing_seen_determines_all_or_nothing():
    for rank in (1, 2, 3):
        assert determined_cells(np.ones((4, 5), dtype=bool), rank).all()
        assert not determined_cells(np.zeros((4, 5), dtype=bool), rank).any()


def test_fewer_cells_than_degrees_of_freedom_never_determine_everything():
    for _seed, seen in masks(50, 6, 5):
        if seen.sum() < degrees_of_freedom(6, 5, 2):
            assert not determined_cells(seen, 2).all()


@pytest.mark.parametrize("call", [lambda: determined_cells(np.ones(3, dtype=bool), 1),
                                  lambda: determined_cells(np.ones((2, 2), dtype=bool), 0)])  # fmt: skip
def test_other_masks_and_ranks_are_refused(call):
    with pytest.raises(InputError, match="rank"):
        call()


def test_alternating_least_squares_never_raises_the_objective():
    for seed in range(50):
        penalty = [0.0, 0.01, 1.0][seed % 3]
        seen = make_ratings(seed=seed, share=0.4 + 0.01 * seed).seen
        run = alternate(seen, start_factors(seen, 1 + seed % 3, seed=seed), penalty=penalty, epochs=10)
        values = [objective(factors, seen, penalty) for factors in run.factors]
        assert all(after <= before * (1 + 1e-6) + 1e-6 for before, after in pairwise(values))


def test_each_row_is_the_ridge_regression_of_scikit_learn():
    from sklearn.linear_model import Ridge

    rng = np.random.default_rng(0)
    seen, Q = make_ratings(seed=1).seen, rng.normal(size=(8, 2))
    for row, p in zip(seen, solve_rows(seen, Q, 0.3), strict=True):
        rated = np.isfinite(row)
        assert p == pytest.approx(Ridge(0.3, fit_intercept=False).fit(Q[rated], row[rated]).coef_)


def test_a_row_solved_for_has_no_gradient_left():
    seen, Q = make_ratings(seed=2).seen, np.random.default_rng(1).normal(size=(8, 3))
    assert np.abs(gradient(Factors(solve_rows(seen, Q, 0.2), Q), seen, 0.2).P).max() < 1e-10


def test_the_gradient_is_that_of_autograd():
    import torch

    seen = make_ratings(seed=3, share=0.5).seen
    factors = start_factors(seen, 2, seed=3)
    P, Q = (torch.tensor(each, requires_grad=True) for each in (factors.P, factors.Q))
    cells = torch.tensor(np.isfinite(seen))
    errors = (torch.tensor(np.nan_to_num(seen)) - P @ Q.T)[cells]
    ((errors**2).sum() + 0.4 * ((P**2).sum() + (Q**2).sum())).backward()
    ours = gradient(factors, seen, 0.4)
    assert pytest.approx(P.grad.numpy()) == ours.P
    assert pytest.approx(Q.grad.numpy()) == ours.Q


def test_one_update_of_sgd_by_hand():
    start = Factors(np.array([[1.0]]), np.array([[2.0], [5.0]]))
    run = descend(np.array([[3.0, np.nan]]), start, penalty=0.5, rate=0.1, epochs=1)
    assert run.factors[1].P.tolist() == [[pytest.approx(1 + 0.1 * (1 * 2 - 0.5 * 1))]]
    assert run.factors[1].Q.ravel() == pytest.approx([2 + 0.1 * (1 * 1 - 0.5 * 2), 5])
    assert start.P.tolist() == [[1.0]]


def test_sgd_with_small_steps_lowers_the_objective():
    for seed in range(20):
        seen = make_ratings(seed=seed).seen
        run = descend(seen, start_factors(seen, 2, seed=seed), rate=0.01, epochs=15, seed=seed)
        assert objective(run.factors[-1], seen) < 0.8 * objective(run.factors[0], seen)


def test_steps_too_large_diverge_and_all_that_is_kept_is_finite():
    seen = 10 * make_ratings().seen
    run = descend(seen, start_factors(seen, 2), rate=1.0)
    assert run.diverged
    assert len(run.factors) == run.diverged
    assert all(np.isfinite(factors.ratings).all() for factors in run.factors)


def test_the_truncated_svd_is_that_of_numpy_and_of_scikit_learn():
    from sklearn.decomposition import TruncatedSVD

    values = make_ratings(seed=4, rank=3).values
    sizes = np.linalg.svd(values, compute_uv=False)
    for rank in (1, 2, 3):
        cut = truncated_svd(values, rank)
        assert ((values - cut) ** 2).sum() == pytest.approx((sizes[rank:] ** 2).sum())
        model = TruncatedSVD(rank, algorithm="arpack")
        assert cut == pytest.approx(model.inverse_transform(model.fit_transform(values)))


def test_the_svd_of_the_full_table_is_never_beaten():
    for seed in range(50):
        run = run_recommendation(**SETTINGS | {"seed": seed, "penalty": 0.05, "learner": ["als", "sgd"][seed % 5 == 0]})
        for factors in run.result.factors:
            assert rmse(factors.ratings, run.ratings.values, np.ones_like(run.ratings.test)) >= run.best_error - 1e-9


def test_with_every_rating_seen_alternating_least_squares_ends_at_the_svd():
    for seed in range(20):
        run = run_recommendation(**SETTINGS | {"seed": seed, "share": 1.0, "penalty": 0.0})
        assert run.train_errors[-1] == pytest.approx(run.best_error, rel=0.02)
        assert math.isnan(run.test_errors[-1])


def test_without_noise_what_is_determined_is_learned():
    for seed in range(10):
        run = run_recommendation(**SETTINGS | {"seed": seed, "noise": 0.0, "penalty": 0.0, "share": 0.75})
        determined = run.ratings.test & run.determined
        assert rmse(run.filled[-1], run.ratings.values, determined) < 0.05 * run.means_error


def test_made_ratings_have_their_rank_and_share():
    for seed in range(50):
        made = make_ratings(seed=seed, rank=3, share=0.37)
        assert np.linalg.matrix_rank(made.truth) == 3
        assert made.train.sum() == round(0.37 * 96)
        assert (made.train ^ made.test).all()


def test_made_noise_has_its_spread():
    spread = np.std([make_ratings(seed=seed, noise=0.5).values - make_ratings(seed=seed, noise=0).values
                     for seed in range(30)])  # fmt: skip
    assert spread == pytest.approx(0.5, rel=0.06)


def test_a_fifth_of_a_visitors_ratings_is_hidden_and_no_row_is_emptied():
    for seed in range(30):
        table = hold_out(OWN, people="abcde", things="vwxyz", seed=seed)
        given = np.isfinite(table.values)
        assert table.test.sum() == given.sum() // 5
        assert (table.train | table.test).tolist() == given.tolist()
        assert (table.train.any(axis=1) == given.any(axis=1)).all()
        assert (table.train.any(axis=0) == given.any(axis=0)).all()


@pytest.mark.parametrize(("rows", "sentence"), [
    ([], "table of 1 to 60"), ([[1.0]], "table of 1 to 60"), ([[1.0, 2.0], [3.0]], "table of 1 to 60"),
    ([[None] * 31] * 3, "table of 1 to 60"), ([[1.0, None]] * 61, "table of 1 to 60"), ([[None, None]], "two ratings"),
    ([[1.0, None]], "two ratings"), ([[1.0, 2.0], [3.0, 4.0]], "leave some cells"), ([[math.inf, None, 2.0]], "finite"),
    ([[1e13, None, 2.0]], "finite"),
])  # fmt: skip
def test_tables_that_cannot_be_used_are_refused(rows, sentence):
    with pytest.raises(InputError, match=sentence):
        miniature(ratings=rows)


@pytest.mark.parametrize("text", ["", "6.", "1.2/1", "/", "a"])
def test_texts_that_are_no_ratings_are_refused(text):
    with pytest.raises(InputError, match="digits 1 to 5"):
        read_ratings(text)


def test_a_cell_goes_round_in_six_clicks():
    text, seen = "3./.1", []
    for _click in range(6):
        text = cycle_rating(text, 0, 0)
        seen.append(text[0])
    assert "".join(seen) == "45.123"
    assert cycle_rating(text, 7, 7) == text
    assert write_ratings([[np.nan if cell is None else cell for cell in row] for row in read_ratings(text)]) == text


def test_a_row_without_ratings_gets_the_column_means():
    made = miniature(ratings=OWN)
    run = run_recommendation(**SETTINGS | {"ratings": OWN})
    assert run.filled[-1][3] == pytest.approx(column_means(run.ratings.seen))
    assert not run.determined[3].any()
    assert "1 row has no rating seen: nothing can be known of it" in made.sentence


def test_means_where_neither_row_nor_column_has_a_rating():
    seen = np.array([[2.0, np.nan], [4.0, np.nan], [np.nan, np.nan]])
    filled = fill_unrated(np.zeros((3, 2)), seen)
    assert filled.tolist() == [[0, 2], [0, 4], [3, 3]]


def test_the_columns_scale_changes_neither_what_is_determined_nor_the_units_shown():
    rows = [[None if cell is None else cell * (1000 if at == 1 else 1) for at, cell in enumerate(row)] for row in OWN]
    run = run_recommendation(**SETTINGS | {"ratings": rows, "scaled": True})
    plain = run_recommendation(**SETTINGS | {"ratings": OWN, "scaled": True})
    assert (run.determined == plain.determined).all()
    assert run.test_errors == pytest.approx(plain.test_errors)
    shown = miniature(ratings=rows, scaled=True).panels[0].values
    assert np.nan_to_num(shown) == pytest.approx(np.nan_to_num(np.array(rows, dtype=float)))


@pytest.mark.parametrize("settings", [
    {}, {"learner": "sgd", "penalty": 0.02}, {"share": 1.0, "penalty": 0.0}, {"rank": 1, "share": 0.2},
    {"ratings": OWN}, {"ratings": OWN, "scaled": True, "rank": 1}, {"seed": 4, "rank": 3, "true_rank": 3},
])  # fmt: skip
def test_the_code_prints_the_same_numbers(settings):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(miniature(**settings).code, {})
    run = run_recommendation(**SETTINGS | settings)
    known = (run.determined & ~run.ratings.train).sum()
    hidden = [run.test_errors[-1]] if run.ratings.test.any() else []
    expected = [run.train_errors[-1], *hidden, known]
    assert [float(word) for word in printed.getvalue().split()] == pytest.approx(expected, rel=1e-6, nan_ok=True)


def test_the_guess_is_that_of_the_errors_or_of_what_is_determined():
    for seed in range(10):
        run = run_recommendation(**SETTINGS | {"seed": seed, "share": 0.3})
        ours, means = run.test_errors[-1], run.means_error
        right = 2 if abs(ours - means) <= 0.01 * max(ours, means) else int(ours > means)
        assert miniature(seed=seed, share=0.3).guess.answer == right
    assert miniature(share=1.0, penalty=0.0).guess.answer == 2
    assert miniature(share=1.0, penalty=10.0).guess.answer == 1
    assert miniature(ratings=[[1.0, None], [None, 2.0]]).guess.answer == 2
    assert miniature(learner="sgd", rate=1.0, penalty=0.0, noise=2.0).guess.answer == 1


def test_steps_too_large_are_said_to_diverge():
    assert "SGD diverged in epoch" in miniature(learner="sgd", rate=1.0, penalty=0.0, noise=2.0).sentence


def test_the_first_frame_shows_no_error():
    errors = next(panel for panel in miniature().panels if hasattr(panel, "layers"))
    assert all(np.isnan(layer.xy[0]).all() for layer in errors.layers if layer.role != "exact")


def test_the_same_seed_gives_the_same_frames_and_another_one_others():
    assert miniature(seed=3).frames == miniature(seed=3).frames
    assert miniature(seed=3).frames != miniature(seed=4).frames


def test_extreme_tables_run():
    rng = np.random.default_rng(0)
    big = [[None if rng.random() < 0.5 else float(cell) for cell in row] for row in rng.normal(3, 1, (60, 30))]
    numbers = 0
    for rows in (
        big,
        [[2.0, 2.0, None], [2.0, None, 2.0]],
        [[0.0, None, 0.0]],
        [[-5.0, None, 7.0]],
        [[1e12, 1e12, None]],
    ):
        for learner in ("als", "sgd"):
            made = miniature(ratings=rows, rank=4, learner=learner, penalty=0.0, things=["`a`"])
            assert made.panels[0].column_names[0] == "`a`"
            numbers = max(numbers, sum(np.size(panel.values) for panel in made.panels if hasattr(panel, "values")))
    assert numbers < 100_000


@pytest.mark.parametrize("settings", [
    {"rank": 0}, {"rank": 5}, {"true_rank": 5}, {"noise": -0.1}, {"noise": 2.1}, {"share": 0.0}, {"share": 1.1},
    {"penalty": -1.0}, {"penalty": math.nan}, {"rate": 1.1}, {"learner": "adam"},
])  # fmt: skip
def test_settings_out_of_bounds_are_refused(settings):
    with pytest.raises(InputError):
        miniature(**settings)


def test_one_person_and_one_cell_are_said_in_the_singular():
    made = miniature(ratings=[[1.0, 2.0, None]], rank=3)
    assert made.question.startswith("How would 1 person rate")
    assert "rank 3" not in made.oracle + made.sentence + made.guess.question  # a row has rank 1
    assert "would not determine the 1 other." in made.sentence
    one = miniature(ratings=[[1.0, 2.0], [3.0, None]], rank=1)
    assert "determine the 1 other." in one.sentence
    assert "is the 1 cell not seen determined?" in one.guess.question
