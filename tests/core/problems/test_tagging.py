import contextlib
import io

import numpy as np
import pytest
from scipy.special import gammaln

from core.errors import InputError
from core.formatting import format_number
from core.foundations.logistic import fit_logistic
from core.foundations.two_classes import with_ones
from core.problems.class_rows import standardise
from core.problems.linear_descent import linear_descent
from core.problems.tagging import expected_scores, miniature
from core.problems.tagging.metrics import (
    best_for_sets,
    best_for_tags,
    every_tag_threshold,
    product_joint,
    tag_scores,
)
from core.problems.tagging.panels import together
from core.problems.tagging.rows import TagRows, article_posterior, article_rows, set_shares, tag_sets, word_rates
from core.problems.tagging.run import best_tags, chain_joint, given_tags, run_tagging

ARTICLES = article_rows()


def drawn(seed, n=40, tags=3):
    rng = np.random.default_rng(seed)
    return rng.uniform(size=(n, tags)), (rng.uniform(size=(n, tags)) < 0.4).astype(float)


@pytest.mark.parametrize("seed", range(10))
def test_scores_are_those_of_scikit_learn(seed):
    from sklearn.metrics import accuracy_score, f1_score, hamming_loss

    shares, Y = drawn(seed, tags=2 + seed % 4)
    given = given_tags(shares, 0.5)
    given[:, 0], Y[:, 0] = 0.0, 0.0  # a tag that is neither there nor predicted
    scores = tag_scores(Y, given)
    assert scores.subset_accuracy == pytest.approx(accuracy_score(Y, given))
    assert scores.hamming_loss == pytest.approx(hamming_loss(Y, given))
    assert scores.micro_f1 == pytest.approx(f1_score(Y, given, average="micro", zero_division=0))
    assert scores.macro_f1 == pytest.approx(f1_score(Y, given, average="macro", zero_division=0))


def test_the_posterior_is_that_of_poisson_by_hand():
    X = ARTICLES.X[:5]
    for row, found in zip(X, article_posterior(X), strict=True):
        rates = word_rates()
        likelihood = np.exp((row * np.log(rates) - rates - gammaln(row + 1)).sum(axis=1))
        np.testing.assert_allclose(found, likelihood * set_shares() / (likelihood * set_shares()).sum(), rtol=1e-10)
    assert set_shares().sum() == pytest.approx(1.0)


def test_many_articles_have_the_shares_and_the_rates_they_are_made_with():
    made = [article_rows(600, seed) for seed in range(50)]
    X, Y = np.vstack([rows.X for rows in made]), np.vstack([rows.Y for rows in made])
    places = (Y @ [8, 4, 2, 1]).astype(int)
    counts = np.bincount(places, minlength=16)
    expected = len(Y) * set_shares()
    assert ((counts - expected) ** 2 / expected).sum() < 45  # chi-squared with 15 degrees: 1 in 10,000 is above
    means = X[places == 3].mean(axis=0)
    np.testing.assert_allclose(means, word_rates()[3], atol=6 * np.sqrt(word_rates()[3].max() / counts[3]))


def test_no_tags_are_expected_to_do_better_than_the_best_ones():
    joint = ARTICLES.joint[:40]
    best_set, best_tag = (expected_scores(joint, best(joint, 4)) for best in (best_for_sets, best_for_tags))
    sets = tag_sets(4)
    for number in range(16):
        exactly = expected_scores(joint, np.tile(sets[number], (40, 1)))
        assert exactly[0] == pytest.approx(joint[:, number].mean())
    for row in joint:
        scores = [expected_scores(row[np.newaxis], sets[[number]]) for number in range(16)]
        assert expected_scores(row[np.newaxis], best_for_sets(row[np.newaxis], 4))[0] == pytest.approx(
            max(s[0] for s in scores), abs=1e-9
        )
        tags = expected_scores(row[np.newaxis], best_for_tags(row[np.newaxis], 4))[1]
        assert tags == pytest.approx(min(s[1] for s in scores), abs=1e-9)
    assert best_set[0] >= best_tag[0] - 1e-12 and best_tag[1] <= best_set[1] + 1e-12


def test_the_most_probable_set_is_not_the_set_of_probable_tags():
    joint = np.array([[0.0, 0.34, 0.33, 0.33]])  # neither, second, first, both
    assert best_for_sets(joint, 2).tolist() == [[0.0, 1.0]]
    assert best_for_tags(joint, 2).tolist() == [[1.0, 1.0]]


def test_independent_tags_have_the_product_as_their_joint_probability():
    shares, _Y = drawn(0)
    joint = product_joint(shares)
    np.testing.assert_allclose(joint.sum(axis=1), 1.0)
    np.testing.assert_allclose(joint @ tag_sets(3), shares)
    np.testing.assert_array_equal(best_for_sets(joint, 3), given_tags(shares, 0.5))


@pytest.mark.parametrize("seed", range(20))
def test_no_threshold_does_better_than_the_best_of_all(seed):
    shares, Y = drawn(seed)
    every = every_tag_threshold(shares, Y)
    for threshold in np.linspace(0, 1, 101):
        right = given_tags(shares, threshold) == Y
        assert right.all(axis=1).sum() <= every.right_sets.max() and right.sum() <= every.right_tags.max()
    for chosen, counts in ((every.best_for_sets, every.right_sets), (every.best_for_tags, every.right_tags)):
        right = given_tags(shares, every.nearest_to_half(chosen)) == Y
        reached = right.all(axis=1).sum() if counts is every.right_sets else right.sum()
        assert reached == counts.max()


@pytest.mark.parametrize("seed", range(10))
def test_the_largest_likelihood_of_each_tag_is_that_of_the_logistic_regression(seed):
    rows = article_rows(80, seed)
    Z = standardise(rows.X)
    best, total = best_tags(Z, rows.Y), 0.0
    for tag in range(4):
        if best.exists[tag]:
            fit = fit_logistic(Z, rows.Y[:, tag])
            np.testing.assert_allclose(best.parameters[tag, :-1], fit.weights.numpy(), atol=1e-6)
            total += fit.loss
        else:
            with pytest.raises(InputError, match="separable"):
                fit_logistic(Z, rows.Y[:, tag])
    if best.exists.all():
        assert best.loss == pytest.approx(total, abs=1e-9)


def test_a_tag_that_all_rows_have_or_none_has_no_best_weights():
    Z = standardise(ARTICLES.X)
    Y = np.column_stack([np.ones(300), np.zeros(300), ARTICLES.Y[:, 0]])
    best = best_tags(Z, Y)
    assert best.exists.tolist() == [False, False, True]
    assert best.loss == pytest.approx(fit_logistic(Z, Y[:, 2]).loss, abs=1e-9)
    joint = chain_joint(Z, Y, Z[:3], 0.01)
    np.testing.assert_allclose(joint.sum(axis=1), 1.0)
    np.testing.assert_allclose(joint @ tag_sets(3)[:, 0], 301 / 302)


def test_the_optimum_is_never_beaten_and_the_average_is_within_theory():
    """For convex losses the mean gap over all updates is at most |w*|²/(2 η T) + η G²/2 (Zinkevich 2003)."""
    Z, Y, rate = standardise(ARTICLES.X), ARTICLES.Y, 0.1
    best, gaps = best_tags(Z, Y), []
    for seed in range(50):
        losses = linear_descent(Z, Y, "sigmoid", rate=rate, batch=16, epochs=5, seed=seed, frames=10_000).losses
        assert losses.min() >= best.loss - 1e-12
        gaps.append(losses.mean() - best.loss)
    largest = 4 * (with_ones(Z) ** 2).sum(axis=1).max()
    assert np.mean(gaps) <= (best.parameters**2).sum() / (2 * rate * len(losses)) + rate * largest / 2


def test_the_chain_is_that_of_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    Z, Y = standardise(ARTICLES.X), ARTICLES.Y
    joint = chain_joint(Z, Y, Z[:20], 0.01)
    np.testing.assert_allclose(joint.sum(axis=1), 1.0)
    share = LogisticRegression(C=2 / (300 * 0.01), tol=1e-10, max_iter=10_000).fit(Z, Y[:, 0]).predict_proba(Z[:20])
    np.testing.assert_allclose(joint[:, 8:].sum(axis=1), share[:, 1], atol=1e-5)


def test_a_chain_learns_that_two_tags_exclude_each_other_where_sigmoids_cannot():
    rng = np.random.default_rng(0)
    first = rng.integers(0, 2, 200).astype(float)
    Y, Z = np.column_stack([first, 1 - first]), rng.normal(size=(200, 1))
    joint = chain_joint(Z, Y, Z, 0.001)
    assert joint[:, [0, 3]].max() < 0.05  # neither, both
    assert (best_for_sets(joint, 2).sum(axis=1) == 1).all()


def test_one_softmax_is_never_right_where_a_row_has_not_exactly_one_tag():
    for seed in range(10):
        run = run_tagging(article_rows(100, seed), 0.5, 0.5, 16, 5, seed)
        right = (run.single == run.Y).all(axis=1)
        assert not right[run.Y.sum(axis=1) != 1].any()
        np.testing.assert_allclose(run.one.sum(axis=2), 1.0)
        assert len(set(run.learned) & set(run.held)) == 0 and len(run.learned) + len(run.held) == 100


def test_the_true_probabilities_are_never_beaten_in_what_they_expect():
    for seed in range(20):
        rows = article_rows(60, seed)
        run = run_tagging(rows, 0.5, 0.5, 16, 10, seed)
        joint = rows.joint[run.held]
        sets, wrong = expected_scores(joint, run.given[-1])
        assert sets <= expected_scores(joint, best_for_sets(joint, 4))[0] + 1e-9
        assert wrong >= expected_scores(joint, best_for_tags(joint, 4))[1] - 1e-9


def test_correlations_are_those_of_numpy_and_tags_that_never_vary_have_none():
    Y = np.column_stack([ARTICLES.Y, np.ones(300)])
    found = together(Y, ("a", "b", "c", "d", "e")).values
    expected = np.corrcoef(ARTICLES.Y.T)
    off = ~np.eye(4, dtype=bool)
    np.testing.assert_allclose(found[:4, :4][off], expected[off])
    assert np.isnan(found[4]).all() and np.isnan(np.diag(found)).all()
    assert "No two tags vary" in together(np.ones((4, 2)), ("a", "b")).alt


def own(X, Y):
    names, tags = (tuple(f"{kind}{place}" for place in range(each.shape[1])) for kind, each in (("x", X), ("t", Y)))
    return TagRows("own", X, names, Y=Y, tags=tags)


@pytest.mark.parametrize("settings", [{}, {"threshold": 0.3, "seed": 2}, {"articles": 600, "epochs": 2}], ids=str)
def test_the_code_prints_the_numbers_shown(settings):
    made, out = miniature(**settings), io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(made.code, {})
    loss, sets, wrong, micro, macro, *best = map(float, out.getvalue().split())
    figures = [figure.learned for figure in made.figures]
    assert float(figures[0]) == pytest.approx(loss, rel=1e-5)
    assert [float(text[:-1]) for text in figures[1:3]] == pytest.approx([100 * sets, 100 * wrong], abs=0.06)
    assert [float(text) for text in figures[3:5]] == pytest.approx([micro, macro], abs=1e-4)
    assert float(made.figures[0].exact) == pytest.approx(best[0], rel=1e-5)


def test_the_guess_is_where_the_best_thresholds_lie():
    answers = set()
    for seed in range(12):
        made, run = miniature(seed=seed), run_tagging(article_rows(300, seed), 0.5, 0.5, 16, 30, seed)
        every = every_tag_threshold(run.shares[-1], run.Y)
        agree = (every.best_for_sets & every.best_for_tags).any()
        assert (made.guess.answer == 1) == agree
        answers.add(made.guess.answer)
    assert len(answers) >= 2


def test_the_same_seed_gives_the_same_frames_and_another_one_others():
    assert miniature(seed=4).frames == miniature(seed=4).frames != miniature(seed=5).frames


@pytest.mark.parametrize(
    "settings",
    [
        {"articles": 20, "rate": 3.0, "batch": 4, "epochs": 60, "threshold": 0.95},
        {"articles": 600, "epochs": 1, "batch": 10_000, "threshold": 0.05},
        {"rows": own(np.zeros((4, 1)), np.zeros((4, 2)))},
        {"rows": own(np.arange(4.0)[:, np.newaxis], np.ones((4, 8)))},
        {"rows": own(1e200 * ARTICLES.X, ARTICLES.Y), "epochs": 2},
    ],
    ids=lambda settings: str(sorted(settings)),
)
def test_the_smallest_and_the_largest_settings_work(settings):
    made = miniature(**settings)
    assert len(made.frames) >= 2 and made.sentence


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"articles": 19}, "Between 20 and 600 articles"),
        ({"threshold": 1.0}, "A threshold from 0.05 to 0.95"),
        ({"rate": 4.0}, "up to 3 are needed"),
        ({"epochs": 0}, "1 to 60 epochs"),
        ({"rows": own(np.zeros((9, 1)), np.zeros((9, 1)))}, "Between 2 and 8 columns of yes or no"),
        ({"rows": own(np.zeros((3, 1)), np.zeros((3, 2)))}, "At least four rows"),
    ],
)
def test_bad_settings_get_a_sentence(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)


@pytest.mark.parametrize("seed", range(6))
def test_the_thresholds_drawn_are_those_of_the_guess(seed):
    made = miniature(seed=seed)
    sets, tags = made.panels[1].layers[-1].xy[:, 0]
    assert made.guess.answer == (1 if sets == tags else 0 if sets < tags else 2)
    assert f"right at {format_number(float(sets), 3)};" in made.guess.why
    assert made.guess.why.endswith(f"at {format_number(float(tags), 3)}.")


def test_one_update_is_singular_and_shares_are_of_sets_and_tags():
    made = miniature(epochs=1, batch=512)
    assert made.frames[1].startswith("After 1 update the") and "of whole sets and" in made.frames[1]


def test_where_no_tag_has_best_weights_no_others_are_spoken_of():
    made = miniature(articles=20)
    assert "No tag has weights" in made.oracle and "other tags" not in made.oracle
