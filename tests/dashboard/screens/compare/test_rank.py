"""The rank doctor on the screen: what it names, what its lines return, a start that stays where no gradient goes."""

import numpy as np
import pytest

PENGUINS = {"compare_view": "rank", "sample": "penguins"}


def upload(open_screen, rows, **memory):
    screen = open_screen("data").upload("table.csv", rows.encode())
    keys = ("_upload", "sample")
    kept = {key: screen.app.session_state[key] for key in keys}
    return open_screen("compare", compare_view="rank", **kept, **memory)


def test_groups_are_named_and_counted(open_screen):
    screen = open_screen("compare", **PENGUINS)
    assert "“sex_female” + “sex_male” + “sex_nan” = 1" in screen.words
    assert "All categories of a column" in screen.words
    assert screen.boxes["Rank"] == "11"
    assert screen.boxes["Dependent columns"] == "3"


def test_the_lines_are_judged_and_the_smallest_answer_is_lstsqs(open_screen):
    rows = open_screen("compare", **PENGUINS).table("verdict").set_index("way")
    assert rows.loc["numpy.linalg.lstsq", "verdict"] == "✓ correct, and of minimum norm"
    assert rows.loc["numpy.linalg.lstsq", "said"] == "It estimated the rank as 11."
    assert rows.loc["numpy.linalg.inv", "verdict"] in ("✗ wrong, and no exception", "! raises")
    assert rows.loc["dropping columns", "verdict"] == "✓ correct"


def test_exceptions_are_shown_with_their_class_and_message(open_screen):
    rows = open_screen("compare", compare_view="rank", sample="house_tiny").table("verdict").set_index("way")
    assert rows.loc["numpy.linalg.solve", "said"] == "LinAlgError: Singular matrix"
    assert rows.loc["torch.linalg.inv", "said"].startswith("_LinAlgError: linalg.inv: The diagonal element")


def test_one_button_takes_the_spare_columns_out_of_the_plan(open_screen):
    screen = open_screen("compare", **PENGUINS).press("Remove them from the plan")
    assert screen.boxes["Dependent columns"] == "0"
    assert screen.boxes["Rank"] == screen.boxes["Columns, that of ones included"] == "11"
    assert "the rank is full" in screen.words
    verdicts = set(screen.table("verdict")["verdict"])
    assert "✗ wrong, and no exception" not in verdicts
    assert "Remove them from the plan" not in [button.label for button in screen.app.button]


def test_a_moved_start_is_kept_and_predicts_the_same(open_screen):
    screen = open_screen("compare", **PENGUINS, compare_start=100)
    figures = screen.table("moved").set_index("figure")
    begin, end = (figures.loc[f"component along it at the {place}"] for place in ("start", "end"))
    assert end["moved"] == pytest.approx(begin["moved"], rel=1e-9)
    assert begin["moved"] - begin["own"] == pytest.approx(100)
    losses = figures.loc["loss at the end"]
    assert losses["moved"] == pytest.approx(losses["own"], rel=1e-9)
    assert "changed by" in screen.words


def test_a_full_rank_table_has_its_near_dependencies_ranked(open_screen):
    screen = open_screen("compare", compare_view="rank", sample="longley")
    assert "the rank is full" in screen.words
    assert "GNP: R² = 0.99" in screen.words
    indices = screen.table("strength")
    assert (np.diff(indices["index"]) <= 0).all()
    assert "the bias" in indices["involved"][0]
    assert indices["strength"][0] == "strong"
    assert "flattest" in screen.words


@pytest.mark.parametrize("sample", ["cars", "house_tiny"])
def test_every_sample_can_be_looked_at(open_screen, sample):
    assert open_screen("compare", compare_view="rank", sample=sample).errors == []


def test_synthetic_data_offer_no_change_of_a_plan(open_screen):
    screen = open_screen("compare", compare_view="rank", train_source="synthetic")
    assert screen.boxes["Rank"] == "3"
    assert "Remove them from the plan" not in [button.label for button in screen.app.button]


def test_more_columns_than_rows_is_said(open_screen):
    rng = np.random.default_rng(0)
    names = ",".join([*(f"f{j}" for j in range(12)), "label"])
    lines = "\n".join(",".join(f"{value:.4f}" for value in row) for row in rng.standard_normal((6, 13)))
    screen = upload(open_screen, f"{names}\n{lines}\n")
    assert "has shape (5, 13), so this cannot be avoided" in screen.words


def test_a_diverged_run_has_no_landing(open_screen):
    screen = open_screen("compare", **PENGUINS, train_standardise=False, learning_rate=0.03, _chosen_learning_rate=True)
    assert "This run diverged, so it has no solution to analyse" in screen.words


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"train_optimizer": "adam"}, "Adam is different"),
        ({"train_penalty": 0.1}, "The penalty shrinks all weights"),
    ],
)
def test_what_else_moves_the_parameters_is_told(open_screen, choice, told):
    screen = open_screen("compare", **PENGUINS, **choice)
    assert told in screen.words
    assert "never changes" not in screen.words
