"""The diagnostics on the screen Compare: the figures, the words, and the awkward tables."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

CHOICES = ["fit", "noise", "influence", "learning"]


def open_at(open_screen, diagnostic, **memory):
    return open_screen("compare", compare_view="diagnostics", compare_diagnostic=diagnostic, **memory)


def bring(open_screen, frame, target, diagnostic, **memory):
    """Bring a table of one's own, and open a diagnostic of it."""
    content = frame.to_csv(index=False).encode()
    upload = {"name": "own.csv", "content": content, "digest": str(hash(content))}
    return open_at(open_screen, diagnostic, sample="upload", _upload=upload, target=target, **memory)


@pytest.mark.parametrize("diagnostic", CHOICES)
@pytest.mark.parametrize("sample", ["penguins", "longley", "house_tiny"])
def test_every_diagnostic_of_every_sample_leaves_no_nan_on_the_screen(open_screen, diagnostic, sample):
    screen = open_at(open_screen, diagnostic, sample=sample)
    assert not screen.errors
    assert "nan" not in screen.words.split()
    assert "∞" not in screen.words
    assert not any(value in {"nan", "∞", "–"} for value in screen.boxes.values())


def test_the_figures_of_the_noise_are_those_of_scipy(open_screen):
    screen = open_at(open_screen, "noise", train_source="synthetic", noise=1.0)
    X, y = make_rows()
    residuals = np.asarray(sm.OLS(y, sm.add_constant(X)).fit().resid)
    assert float(screen.boxes["Skewness"].replace("−", "-")) == pytest.approx(stats.skew(residuals), rel=0.01)
    assert float(screen.boxes["Jarque–Bera"]) == pytest.approx(stats.jarque_bera(residuals).statistic, rel=0.01)
    assert float(screen.boxes["p-value"]) == pytest.approx(stats.jarque_bera(residuals).pvalue, rel=0.05)
    assert "maximum likelihood for normal noise" in screen.words


def make_rows():
    from core.regression import make_synthetic

    X, y = make_synthetic(noise=1.0)
    return X[200:].numpy(), y[200:].numpy()


def test_the_most_influential_rows_are_named_by_their_number_in_the_table(open_screen):
    screen = open_at(open_screen, "influence", train_source="synthetic", noise=1.0)
    X, y = make_rows()
    oracle = sm.OLS(y, sm.add_constant(X)).fit().get_influence().cooks_distance[0]
    table = screen.table("cook")
    assert table["row"].astype(int).tolist() == (np.argsort(-oracle)[:10] + 200).tolist()
    assert table["cook"].to_numpy() == pytest.approx(np.sort(oracle)[::-1][:10], rel=1e-9)


def test_leaving_a_row_out_solves_again_without_it(open_screen):
    x = np.arange(30.0)
    frame = pd.DataFrame({"x": x, "y": 2 * x + np.sin(x)})
    frame.loc[29, "y"] = -500.0
    screen = bring(open_screen, frame, "y", "influence", prepare_test_share=0)
    assert "Row 29 is the most influential" in screen.words
    assert "row is above 0.5 and deserves a look" in screen.words
    screen.turn("multiselect", "compare_left_out", ["29"])
    oracle = sm.OLS(frame["y"][:29], sm.add_constant(x[:29])).fit()
    table = screen.table("all_rows")
    assert table["without"].to_numpy() == pytest.approx([oracle.params["x1"], oracle.params["const"]], rel=1e-9)
    assert "Without 1 row the loss on the 29 rows that stay goes from" in screen.words


def test_a_row_that_is_not_there_is_told_of_and_nothing_breaks(open_screen):
    screen = open_at(open_screen, "influence", compare_left_out=["178", "99999", "x*y"])
    assert "99999, x*y are not training rows of this table" in screen.words
    assert "Without 1 row" in screen.words
    assert "Without 1 row" in open_at(open_screen, "influence", compare_left_out="178").words


def test_a_diverged_run_is_told_of_and_the_closed_form_is_drawn(open_screen):
    memory = {"learning_rate": 10.0, "_chosen_learning_rate": True}
    for diagnostic in ("fit", "noise"):
        screen = open_at(open_screen, diagnostic, compare_model="sgd", **memory)
        assert "SGD diverged" in screen.words
        assert "The closed form is drawn instead" in screen.words
    assert "e+" not in "".join(screen.boxes.values())
    learning = open_at(open_screen, "learning", **memory)
    assert "SGD diverged on every part" in learning.words


def test_the_model_that_is_chosen_is_drawn(open_screen):
    screens = [open_at(open_screen, "noise", compare_model=model, epochs=1) for model in ("closed_form", "sgd")]
    closed_form, sgd = (
        next(float(value.replace(",", "")) for label, value in screen.boxes.items() if label.startswith("σ"))
        for screen in screens
    )
    assert closed_form < sgd


def test_a_perfect_fit_is_called_so(open_screen):
    for diagnostic in ("fit", "noise", "influence"):
        screen = open_at(open_screen, diagnostic, train_source="synthetic", noise=0.0)
        assert "fit is perfect" in screen.words
    learning = open_at(open_screen, "learning", train_source="synthetic", noise=0.0)
    assert "There is no noise" in learning.words
    assert "Infinitely" not in learning.words


def test_more_columns_than_rows_are_explained(open_screen):
    frame = pd.DataFrame(np.random.default_rng(0).standard_normal((12, 20)), columns=[f"c{j}" for j in range(20)])
    words = {each: bring(open_screen, frame, "c19", each).words for each in CHOICES}
    assert "the model can fit every label" in words["noise"]
    assert "Every leverage is 1" in words["influence"]
    assert "needs more than" in words["learning"]


def test_without_test_rows_the_screen_says_so(open_screen):
    assert "No rows are held out" in open_at(open_screen, "fit", prepare_test_share=0).words
    assert (
        "each repeat keeps 68 of the training rows back" in open_at(open_screen, "learning", prepare_test_share=0).words
    )


def test_a_bend_and_a_funnel_are_told_of(open_screen):
    rng = np.random.default_rng(0)
    x = rng.uniform(0, 10, 500)
    bent = pd.DataFrame({"x": x, "y": x**2 + rng.standard_normal(500)})
    assert "the model misses a curve" in bring(open_screen, bent, "y", "fit").words
    funnel = pd.DataFrame({"x": x, "y": 10 * x + x * rng.standard_normal(500)})
    assert "A funnel: the residuals of the highest third" in bring(open_screen, funnel, "y", "fit").words
    straight = pd.DataFrame({"x": x, "y": x + rng.standard_normal(500)})
    words = bring(open_screen, straight, "y", "fit").words
    assert "The running mean stays close to 0" in words
    assert "funnel" not in words


def test_heavy_tails_are_told_of_in_plain_words(open_screen):
    rng = np.random.default_rng(0)
    x = rng.standard_normal(400)
    frame = pd.DataFrame({"x": x, "y": x + np.exp(1.5 * rng.standard_normal(400))})
    words = bring(open_screen, frame, "y", "noise").words
    assert "The residuals do not look normal" in words
    assert "The tail upwards is the longer one" in words
    assert "Large residuals are more common" in words


def test_a_row_of_leverage_1_is_not_drawn_but_named(open_screen):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.standard_normal(40), "only": np.eye(40)[7], "y": rng.standard_normal(40)})
    screen = bring(open_screen, frame, "y", "influence", prepare_test_share=0)
    assert "1 row has leverage 1, 7: it alone" in screen.words
    assert "7" not in screen.table("cook")["row"].tolist()


def wild(rows, value):
    """A line with noise, and a number far from all others in some rows."""
    rng = np.random.default_rng(21)
    frame = pd.DataFrame({"dose": rng.uniform(1, 5, 45).round(2)})
    frame["y"] = (3 + 2 * frame["dose"] + 0.3 * rng.standard_normal(45)).round(2)
    frame.loc[rows, "dose"] = value
    return frame


def test_a_row_that_decides_the_fit_is_listed_first_and_warned_of_before_anyone_trains(open_screen):
    frame = wild([23], -99999)
    screen = bring(open_screen, frame, "y", "influence", prepare_test_share=0)
    assert "Row 23 is the most influential" in screen.words
    assert "no single row moves the coefficients far" not in screen.words
    assert screen.table("cook")["row"].tolist()[0] == "23"
    upload = {"name": "own.csv", "content": frame.to_csv(index=False).encode(), "digest": "wild"}
    for name in ("data", "prepare", "train"):
        words = open_screen(name, sample="upload", _upload=upload, target="y").words
        assert "“dose” holds -99999, far from its other values, which go from 1." in words


def test_rows_that_hide_each_other_are_told_of_together(open_screen):
    screen = bring(open_screen, wild([4, 31], [88888.0, 88887.5]), "y", "influence", prepare_test_share=0)
    assert "2 rows (4, 31) are far from all others in “dose”" in screen.words
    assert "without all of them the coefficient of dose moves by" in screen.words
    assert "no single row moves the coefficients far" not in screen.words


def test_what_maximum_likelihood_assumes_is_said_and_its_numbers_are_those_of_independent_normal_rows(open_screen):
    screen = open_at(open_screen, "noise", train_source="synthetic", noise=1.0)
    for assumed in ("one standard deviation σ, the same for all rows", "the rows are independent", "with mean 0"):
        assert assumed in screen.words
    X, y = make_rows()
    peer = sm.OLS(y, sm.add_constant(X)).fit()
    total = -stats.norm.logpdf(y, peer.fittedvalues, np.sqrt(peer.mse_resid)).sum()
    (formula,) = [each.value for each in screen.app.latex if r"-\log P(" in each.value]
    assert f" = {total:.5g} " in formula
    assert r"\frac{n}{\sigma^2}\, L" in formula
