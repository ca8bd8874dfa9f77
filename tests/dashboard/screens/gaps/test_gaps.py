"""Gaps: the picture counts the table's own gaps, each fill is measured on the training rows, and nothing breaks."""

import pandas as pd
import pytest

from core.preprocessing import compare_fills, mask_cells, read_table, split_rows, suggest_recipe


def charts(screen) -> int:
    return len(screen.app.get("vega_lite_chart"))


def test_the_tables_own_gaps_are_shown_on_arrival(open_screen):
    screen = open_screen("gaps", sample="penguins")
    frame = read_table("data/penguins.csv").frame
    assert screen.boxes["Missing cells"].startswith(str(int(frame.isna().sum().sum())))
    assert screen.boxes["Columns with missing values"] == "5 / 8"
    combinations = screen.table("columns")
    assert combinations["columns"].tolist() == [
        "sex",
        "bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex",
    ]
    assert combinations["rows"].tolist() == [9, 2]
    assert charts(screen) >= 3


def test_a_table_without_gaps_says_so_and_shows_what_fills_would_do(open_screen):
    screen = open_screen("gaps", sample="longley")
    assert "This table has no missing values of its own; 18 cells were masked to show what fills do." in screen.words
    assert screen.app.select_slider(key="gaps_share").value == 20
    assert "Closest to the masked cells:" in screen.words
    assert screen.errors == []


def test_with_nothing_taken_away_a_table_without_gaps_is_told_in_one_sentence(open_screen):
    screen = open_screen("gaps", sample="longley").turn("select_slider", "gaps_share", 0)
    assert "This table has no missing values." in screen.words
    assert "there is nothing to fill" in screen.words
    assert charts(screen) == 0


def test_each_fill_is_measured_on_the_training_rows_against_the_known_truth(open_screen):
    screen = open_screen("gaps", sample="penguins", gaps_share=30, _chosen_gaps_share=True).turn(
        "selectbox", "gaps_column", "bill_length_mm"
    )
    frame = read_table("data/penguins.csv").frame
    gapped = mask_cells(frame, 0.3, spare=["body_mass_g"])
    recipe = suggest_recipe(frame, "body_mass_g")
    train, _test = split_rows(gapped, recipe, test_share=0.2, seed=0)
    expected = compare_fills(gapped.loc[train], recipe, "bill_length_mm", frame.loc[train, "bill_length_mm"])
    shown = screen.table("error")
    pd.testing.assert_series_equal(shown["error"], expected.measured["error"])
    pd.testing.assert_series_equal(shown["spread"], expected.measured["spread"])
    assert charts(screen) == 2 + len(expected.measured) - 1
    (formula,) = (element.value for element in screen.app.get("latex"))
    present = expected.rows - expected.gaps
    assert f"\\sqrt{{{present} / {expected.rows}}} = {expected.shrunk_spread:.4g}" in formula


def test_a_column_of_categories_has_shares_and_no_formula(open_screen):
    screen = open_screen("gaps", sample="penguins", gaps_share=30, _chosen_gaps_share=True).turn(
        "selectbox", "gaps_column", "sex"
    )
    assert screen.table("top_share")["top"].iloc[0] == "male"
    assert len(screen.app.get("latex")) == 0


def test_large_values_that_are_missing_are_said_to_bias(open_screen):
    screen = open_screen("gaps", sample="cars", gaps_share=40, _chosen_gaps_share=True, gaps_which="large")
    assert "being missing depends on the value itself" in screen.words.replace("\n", " ")


def test_what_the_plan_does_stands_beside_it(open_screen):
    effects = (
        open_screen("gaps", sample="cars", gaps_share=20, _chosen_gaps_share=True)
        .table("spread_after")
        .set_index("column")
    )
    row = effects.loc["Horsepower"]
    assert row["spread_after"] < row["spread_before"]


@pytest.mark.parametrize("share", [0, 50])
@pytest.mark.parametrize("which", ["any", "large"])
@pytest.mark.parametrize("sample", ["house_tiny", "cars"])
def test_every_position_of_the_knobs_draws(open_screen, sample, share, which):
    screen = open_screen("gaps", sample=sample).turn("select_slider", "gaps_share", share)
    screen.app.session_state["gaps_which"] = which
    assert screen.run().errors == []


def test_names_from_the_file_are_shown_as_they_are(open_screen):
    content = b"<b>x</b>,**y**,z\n1,,3\n,a,4\n3,b,9\n4,a,6\n"
    data = open_screen("data").upload("hostile.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("gaps", **memory)
    assert screen.errors == []
    assert not any("<b>x" in element.value for element in screen.app.markdown)


def test_on_many_rows_one_asks_for_the_fills_that_take_seconds(open_screen):
    rows = "\n".join(f"{row % 17},{'' if row % 5 == 0 else row % 13},{row}" for row in range(3_001))
    data = open_screen("data").upload("long.csv", f"a,b,y\n{rows}\n".encode())
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("gaps", **memory)
    before = len(screen.table("largest_change"))
    screen.turn("toggle", "gaps_learnt", True)
    assert len(screen.table("largest_change")) == before + 2
    assert "error" not in screen.table("largest_change")  # nothing was taken away, so no truth is known


def test_columns_that_are_never_missing_together_get_a_sentence_and_no_empty_chart(open_screen):
    apart, together = open_screen("gaps", sample="cars"), open_screen("gaps", sample="penguins")
    frame = read_table("data/cars.csv").frame
    assert int((frame.isna().sum(axis=1) > 1).sum()) == 0
    assert "No two columns are missing in the same row." in apart.words
    assert "No two columns" not in together.words
    drawn = ["Missing together" in str(chart.proto.spec) for chart in apart.app.get("vega_lite_chart")]
    assert not any(drawn)
    assert any("Missing together" in str(chart.proto.spec) for chart in together.app.get("vega_lite_chart"))


def test_deleting_is_measured_beside_the_fills_on_the_training_rows(open_screen):
    screen = open_screen("gaps", sample="penguins")
    frame = read_table("data/penguins.csv").frame
    train, _test = split_rows(frame, suggest_recipe(frame, "body_mass_g"), test_share=0.2, seed=0)
    rows = frame.loc[train]
    left = rows.dropna()
    table = screen.table("lost").set_index("way")
    deleted = table.loc["delete rows with a missing value"]
    assert deleted["rows"] == len(left)
    assert deleted["lost"] == rows.notna().sum().sum() - left.size
    assert deleted["label_mean"] == pytest.approx(left["body_mass_g"].mean(), rel=1e-12)
    assert deleted["label_spread"] == pytest.approx(left["body_mass_g"].std(ddof=0), rel=1e-12)
    emptiest = rows.drop(columns="body_mass_g").isna().sum().idxmax()
    assert table.loc[f"delete “{emptiest}”, the emptiest column", "columns"] == 7
    ways = screen.table("classes").set_index("way")
    assert ways.loc["drop the rows", "rows"] == rows["sex"].notna().sum()
