"""Train's formulas: the closed form in the open, the two lines of the update, the loss on other scales, the draws."""

import re

import numpy as np
import pytest

from core.formatting import format_latex, format_number
from core.regression import make_synthetic, solve_closed_form
from core.regression.data.replacement import unseen_share
from core.regression.sgd.config import SgdConfig
from dashboard.screens.train.update_lines import update_formula

SYNTHETIC = {"train_source": "synthetic", "train_rows": 100, "noise": 0.5}


def book():
    """The rows that the screen trains on: a fifth is held out."""
    X, y = make_synthetic(n=100, weights=[2, -3.4], bias=4.2, noise=0.5, seed=0)
    return X[20:].numpy(), y[20:].numpy()


def matrices(text):
    """The numbers of each matrix of a formula, a row a list."""
    found = re.findall(r"\\begin\{bmatrix\} (.*?) \\end\{bmatrix\}", text)
    return [[row.split(" & ") for row in each.split(r" \\ ")] for each in found]


def written(values):
    return [[format_latex(value) for value in row] for row in np.atleast_2d(values).tolist()]


@pytest.mark.parametrize(("name", "memory"), [("train", {}), ("compare", {"compare_view": "closed_form"})])
def test_every_step_to_the_closed_form_stands_in_the_open_with_the_numbers(open_screen, name, memory):
    screen = open_screen(name, **SYNTHETIC, **memory)
    assert not [each for each in screen.app.expander if "closed form" in each.label.lower()]
    (text,) = [each.value for each in screen.app.markdown if "normal equations" in each.value.lower()]
    X, y = book()
    ones = np.column_stack([X, np.ones(80)])
    gram, cross, inverse, again, solution = matrices(text)
    assert gram == written(ones.T @ ones)
    assert cross == again == written((ones.T @ y)[:, None])
    assert inverse == written(np.linalg.inv(ones.T @ ones))
    assert solution == written(np.linalg.solve(ones.T @ ones, ones.T @ y)[:, None])
    for step in (
        r"L(w) = \frac{1}{2n} \lVert Xw - y \rVert^2",
        r"\nabla L(w) = \frac{1}{n} X^\top (Xw - y)",
        r"X^\top (Xw^* - y) = 0",
        r"\operatorname{argmin}}\ L(w)",
        r"X^\top X\, w^* = X^\top y",
        r"w^* &= \left(X^\top X\right)^{-1} X^\top y",
    ):
        assert step in text
    assert "argmin names the place" in text
    assert "cancels the ½" in text
    assert "the rank is 3 of 3: it exists" in text
    assert rf"L(w^*) = {format_latex(solve_closed_form(X, y).loss)}" in text


def test_without_an_inverse_the_rank_is_said_and_a_button_leads_to_the_doctor(open_screen, monkeypatch):
    went = []
    monkeypatch.setattr("dashboard.visit.navigation.go_to", went.append)
    screen = open_screen("train", sample="penguins")
    assert "the rank is 11 of 14: XᵀX has no inverse" in screen.words
    assert "3 columns that depend on the others are left out: see step 5." in screen.words
    assert "Without “species_Gentoo”, “island_Torgersen”, “sex_nan”" in screen.words
    screen.press("Open the rank doctor: which columns depend on which")
    assert went == ["compare"]
    assert screen.app.session_state["compare_view"] == "rank"
    assert "closed_form_rank" not in {each.key for each in open_screen("train", sample="longley").app.button}


def test_both_ways_on_are_visible_on_train_and_open_their_views(open_screen, monkeypatch):
    went = []
    monkeypatch.setattr("dashboard.visit.navigation.go_to", went.append)
    screen = open_screen("train")
    screen.press("Why squared loss: maximum likelihood")
    assert screen.app.session_state["compare_view"] == "diagnostics"
    assert screen.app.session_state["compare_diagnostic"] == "noise"
    screen.press("What if: predict a row of your own")
    assert screen.app.session_state["compare_view"] == "what_if"
    assert went == ["compare", "compare"]


def test_the_two_lines_of_the_book_stand_beside_each_other_with_one_minibatch(open_screen):
    screen = open_screen("train", **SYNTHETIC, epochs=1, learning_rate=0.03, batch_size=10, _chosen_batch_size=True)
    formulas = [each.value for each in screen.app.latex]
    assert any(r"b &\leftarrow b - \frac{\eta}{|B|} \sum_{i \in B}" in each for each in formulas)
    (numbers,) = [each for each in formulas if r"b &\leftarrow 0 -" in each]
    after = float(re.search(r"b &\\leftarrow 0 - \\frac\{0.03\}\{10\} \\cdot \(?(\S+?)\)? = (\S+)", numbers)[2])
    summed = float(re.search(r"b &\\leftarrow 0 - \\frac\{0.03\}\{10\} \\cdot \(?([-\d.]+)", numbers)[1])
    assert after == pytest.approx(-0.03 / 10 * summed, rel=1e-3)


@pytest.mark.parametrize("choices", [{"optimizer": "momentum"}, {"optimizer": "adam"}, {"penalty": 0.1}])
def test_other_rules_have_a_gradient_for_the_weights_and_one_for_the_bias(choices):
    formula = update_formula(SgdConfig(**choices))
    assert r"g_b &= \frac{1}{|B|}" in formula
    assert (r"0.1\, \mathbf{w}" in formula) == ("penalty" in choices)


def test_the_loss_is_said_to_be_zero_only_when_perfect(open_screen):
    said = "no linear model meets every label of these rows"
    assert said in open_screen("train").words
    perfect = open_screen("train", train_source="synthetic", noise=0.0)
    assert said not in perfect.words
    assert "meets every label of these rows" in perfect.words


def tabled(screen, column):
    return next(each.value for each in screen.app.table if column in each.value.columns)


def test_four_scales_of_the_loss_make_the_same_update(open_screen):
    screen = open_screen("train", **SYNTHETIC, learning_rate=0.03, batch_size=10, _chosen_batch_size=True)
    assert "A factor before the loss moves no minimum" in screen.words
    table = tabled(screen, "rate η")
    assert len(table) == 4
    assert table["η · ∂/∂b"].nunique() == 1
    assert table["rate η"].tolist() == [format_number(0.03 / factor, 4) for factor in (1, 2, 10, 20)]
    assert "Adam divides" not in screen.words
    adam = open_screen("train", **SYNTHETIC, train_optimizer="adam")
    assert "the factor drops out" in adam.words


def test_what_drawing_with_replacement_would_change_is_measured(open_screen):
    screen = open_screen("train", **SYNTHETIC)
    assert f"(1 − 1/n)ⁿ = {100 * unseen_share(80):.1f}%" in screen.words
    table = tabled(screen, "rows never seen")
    assert table.iloc[0].tolist() == ["without replacement: this lab, the book", "0", "80", "0", "0"]
    never, once, more = (int(table.iloc[1][name]) for name in ("rows never seen", "seen once", "seen more often"))
    assert never + once + more == 80
    assert f"{100 * never / 80:.1f}% of the rows were never seen" in screen.words


def test_names_that_look_like_markup_stay_names(open_screen):
    data = open_screen("data").upload("odd.csv", b"$a$ | *b*,_c_,y\n1,2,3\n2,4,4\n4,8,5\n9,18,6\n7,14,1\n3,6,2\n")
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    for view in ({}, {"train_closer": "nudge"}):
        screen = open_screen("train", **memory, **view)
        assert screen.errors == []
    (text,) = [each.value for each in open_screen("train", **memory).app.markdown if "normal equations" in each.value]
    assert r"\$a\$ \| \*b\*" in text or r"\_c\_" in text
