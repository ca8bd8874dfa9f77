"""The journeys of a visitor who prepares a table: a plan made, taken home, shared and applied, and its lessons."""

import json
import ntpath
import posixpath
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from playwright.sync_api import Page, expect
from safetensors.torch import load_file

from core.preprocessing import Recipe, read_table, split_rows, suggest_recipe
from tests.browser.steps import (
    boxes,
    cells,
    charts,
    choose,
    drawing,
    expect_box,
    expect_changed,
    expect_other,
    go_to,
    press,
    settle,
    take,
    upload,
    visit,
)

CARS = read_table("data/cars.csv").frame


@pytest.fixture
def houses(tmp_path) -> Path:
    """Semicolons, decimal commas, dates, yes and no, two columns of categories, and gaps in three columns."""
    rng = np.random.default_rng(11)
    lines = ["Verkauf;Ort;Lage;Fläche;Zimmer;Garten;Preis"]
    for i in range(160):
        area, rooms = rng.uniform(40, 200), int(rng.integers(1, 7))
        town = rng.choice(["Aachen", "Bonn", "Celle", "Dessau", "Essen", "Fulda"], p=[0.3, 0.25, 0.2, 0.1, 0.1, 0.05])
        spot = "" if i % 8 == 3 else rng.choice(["Stadt", "Rand", "Land"], p=[0.5, 0.3, 0.2])
        price = 2_000 * area + 9_000 * rooms + rng.normal(0, 20_000)
        written = ["" if i % 11 == 5 else f"{area:.1f}", "" if i % 9 == 2 else rooms, ["ja", "nein"][i % 3 == 0]]
        lines.append(f"{1 + i % 28:02}.{1 + i % 12:02}.{2015 + i % 9};{town};{spot};{_row(written)};{_row([price])}")
    path = tmp_path / "häuser.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _row(values: list[object]) -> str:
    return ";".join(str(value).replace(".", ",") for value in values)


def bits(tensor: torch.Tensor) -> bytes:
    return tensor.numpy().tobytes()


def codes(page: Page) -> list[str]:
    """The boxes of code that are to be seen, without the blank lines that the browser adds."""
    return [code.inner_text().rstrip("\n") for code in page.get_by_test_id("stCode").locator("visible=true").all()]


def pick(page: Page, group: str) -> None:
    """Choose several columns at once on Prepare."""
    page.get_by_role("button", name=group, exact=True).click()
    settle(page)


def test_a_table_is_planned_many_columns_at_once_and_taken_home_in_every_form_bit_for_bit(page, houses, tmp_path):
    visit(page, "/data")
    upload(page, houses)
    go_to(page, "Prepare")
    expect_box(page, "X.shape", "(160, 14)")
    pick(page, "with missing values (3)")
    choose(page, "Filled with", "the most frequent value")
    expect_box(page, "X.shape", "(160, 13)")
    pick(page, "numbers (2)")
    choose(page, "Filled with", "the median")
    choose(page, "Scale", "standardised")
    choose(page, "A column “was missing”", "yes, as 0 and 1")
    expect_box(page, "X.shape", "(160, 15)")
    pick(page, "categories (2)")
    page.get_by_role("spinbutton", name="Most frequent categories to keep").fill("2")
    page.keyboard.press("Enter")
    expect_box(page, "X.shape", "(160, 12)")
    choose(page, "Base level, which gets no column", "the most frequent category")
    expect_box(page, "X.shape", "(160, 10)")

    script = take(page, "Script (Python)", tmp_path)
    script.write_text(
        script.read_text(encoding="utf-8") + "\ntorch.save((X, y, feature_names), 'script.pt')\n", "utf-8"
    )
    subprocess.run([sys.executable, script.name], cwd=tmp_path, check=True, capture_output=True)
    X, y, names = torch.load(tmp_path / "script.pt")
    home = torch.load(take(page, "PyTorch", tmp_path))
    assert (bits(home["X"]), bits(home["y"]), home["feature_names"]) == (bits(X), bits(y), names)
    safe = load_file(take(page, "safetensors", tmp_path))
    assert (bits(safe["X"]), bits(safe["y"])) == (bits(X), bits(y))
    table = np.column_stack([X.numpy(), y.numpy()])
    for frame in (
        pd.read_csv(take(page, "CSV", tmp_path)),
        pd.read_parquet(take(page, "Parquet", tmp_path)),
    ):
        assert list(frame.columns) == [*names, "Preis"]
        assert frame.to_numpy(dtype=float).tobytes() == table.tobytes()

    plain = pd.read_csv(houses, sep=";", decimal=",")
    recipe = Recipe.from_json(take(page, "Recipe (JSON)", tmp_path).read_text(encoding="utf-8"))
    train, _test = split_rows(plain, recipe, test_share=0.2, seed=0)
    learnt = plain.loc[train, "Fläche"].fillna(plain.loc[train, "Fläche"].median())
    expected = (plain["Fläche"].fillna(plain.loc[train, "Fläche"].median()) - learnt.mean()) / learnt.std(ddof=0)
    np.testing.assert_allclose(X[:, names.index("Fläche")].numpy(), expected, rtol=1e-12)
    assert X[:, names.index("Zimmer_was_missing")].tolist() == plain["Zimmer"].isna().tolist()


def test_a_click_on_any_number_of_x_leads_back_to_its_cell(page):
    visit(page, "/trace?sample=cars")
    matrix = page.get_by_test_id("stDataFrame").first
    first = page.get_by_role("heading", level=2).inner_text()
    shown = cells(matrix)[2]
    matrix.locator("canvas").first.click(position={"x": 420, "y": 35 * 3 + 17}, force=True)
    expect(page.get_by_role("heading", level=2)).not_to_have_text(first)
    settle(page)
    row, feature = (
        page.get_by_label("Row of X, counted from 0"),
        page.get_by_role("combobox", name=re.compile("Feature")),
    )
    assert row.input_value() == shown["Row"]
    name = feature.input_value()
    assert float(codes(page)[-1]) == float(shown[name])

    row.fill("17")
    page.keyboard.press("Enter")
    settle(page)
    choose(page, "Feature", "Weight_in_lbs")
    expect(page.get_by_role("heading", level=2)).to_contain_text(re.compile(r"^X\[17, 3\] = "))
    raw = pd.read_csv("data/cars.csv", dtype=str)
    kept = raw[raw["Miles_per_Gallon"].notna()]["Weight_in_lbs"].iloc[17]
    told = codes(page)
    assert (told[0], float(told[-1])) == (repr(kept), float(kept))


def test_a_plan_goes_home_comes_back_is_shared_in_a_link_and_applied_to_a_second_file(page, context, tmp_path):
    visit(page, "/prepare?sample=cars")
    pick(page, "numbers (6)")
    choose(page, "A column “was missing”", "yes, as 0 and 1")
    expect_box(page, "X.shape", "(398, 10)")
    go_to(page, "Recipe")
    plan, link = codes(page)
    kept = take(page, "Recipe (JSON)", tmp_path)
    assert json.loads(plan) == json.loads(kept.read_text(encoding="utf-8"))

    go_to(page, "Prepare")
    page.get_by_role("button", name="Go back to the suggested plan").click()
    expect_box(page, "X.shape", "(398, 9)")
    go_to(page, "Recipe")
    assert codes(page)[0] != plan
    page.locator(".st-key-recipe_file input[type=file]").set_input_files(kept)
    expect(
        page.get_by_test_id("stAlert").filter(has_text="The plan was loaded from “cars_recipe.json”.")
    ).to_be_visible()
    settle(page)
    assert codes(page) == [plan, link]

    elsewhere = context.new_page()
    visit(elsewhere, link)
    expect(elsewhere.get_by_test_id("stAlert").filter(has_text="The plan was loaded from the link.")).to_be_visible()
    expect_box(elsewhere, "X.shape", "(398, 10)")
    elsewhere.close()

    _apply_to_second_files(page, tmp_path)


def _apply_to_second_files(page: Page, folder: Path) -> None:
    """One file without a column that is needed, and one that has all of them: both are told, the second goes home."""
    second = CARS.head(40).drop(columns="Miles_per_Gallon").assign(Colour="red")
    second.loc[second.index[:3], "Origin"] = "Mars"
    second.drop(columns="Horsepower").to_csv(folder / "short.csv", index=False)
    second.to_csv(folder / "whole.csv", index=False)
    uploader = page.locator(".st-key-recipe_second input[type=file]")
    alerts = page.get_by_test_id("stAlert")
    uploader.set_input_files(folder / "short.csv")
    expect(
        alerts.filter(has_text="The recipe needs the column “Horsepower”, which the table does not have")
    ).to_be_visible()
    expect(alerts.filter(has_text="The recipe has no column “Colour”")).to_be_visible()
    expect(alerts.filter(has_text="The table has no column “Horsepower”.")).to_be_visible()
    settle(page)

    page.locator(".st-key-recipe_second").get_by_role("button", name=re.compile("Remove|Delete")).click()
    expect(alerts.filter(has_text="Horsepower")).to_have_count(0)
    uploader.set_input_files(folder / "whole.csv")
    expect(alerts.filter(has_text="The table has no target “Miles_per_Gallon”")).to_be_visible()
    expect(alerts.filter(has_text=re.compile("3 rows hold categories the training rows did not have"))).to_be_visible()
    expect_box(page, "X.shape", "(40, 10)")
    settle(page)
    home = torch.load(take(page, "PyTorch .pt", folder))
    recipe = suggest_recipe(CARS, "Miles_per_Gallon")
    numbers = [plan.column for plan in recipe.columns if plan.encode == "number"]
    recipe = recipe.change(numbers, was_missing=True)
    fitted = recipe.fit(CARS.loc[split_rows(CARS, recipe, test_share=0.2, seed=0)[0]])
    assert bits(home["X"]) == bits(fitted.features(second).X)
    origin = [place for place, name in enumerate(home["feature_names"]) if name.startswith("Origin_")]
    assert home["X"][:3, origin].sum() == 0


def test_moving_the_split_measures_the_leak_anew(page):
    visit(page, "/leakage?sample=cars")
    sentence = (
        page.get_by_test_id("stMarkdown").filter(has_text="over 20 splits the leak changes the test RMSE by").first
    )
    expect(sentence).to_be_visible()
    expect(charts(page)).to_have_count(3)
    told, figures = sentence.inner_text(), boxes(page)
    drawn = [drawing(chart) for chart in charts(page).all()]
    press(page, "prepare_test_share", "ArrowRight", 4)
    expect_changed(page, figures)
    expect(page).to_have_url(re.compile("prepare_test_share=40"))
    expect(charts(page)).to_have_count(3)
    for chart, before in zip(charts(page).all(), drawn, strict=True):
        expect_other(page, partial(drawing, chart), before)
    assert sentence.inner_text() != told
    recipe = suggest_recipe(CARS, "Miles_per_Gallon")
    train, _test = split_rows(CARS, recipe, test_share=0.4, seed=0)
    learnt = {row["Column"]: row for row in cells(page.get_by_test_id("stDataFrame").first)}["Horsepower"]
    every = CARS.loc[CARS["Miles_per_Gallon"].notna(), "Horsepower"].mean()
    assert learnt["Training rows"] == f"{CARS.loc[train, 'Horsepower'].mean():.6g}"
    assert learnt["All rows"] == f"{every:.6g}"


def test_cells_taken_away_are_filled_in_every_way(page):
    visit(page, "/gaps?sample=cars")
    expect_box(page, "Missing cells", "14 (0.4%)")
    picture = drawing(charts(page).first)
    press(page, "gaps_share", "ArrowRight", 4)
    expect(page).to_have_url(re.compile("gaps_share=20"))
    expect_box(page, "Missing cells", re.compile(r"^6\d\d \(1\d\.\d%\)$"))
    expect_other(page, lambda: drawing(charts(page).first), picture)

    tables = page.get_by_test_id("stDataFrame")
    measured = tables.nth(tables.count() - 2)  # above that of deletions
    fills, figures = drawing(charts(page).last), cells(measured)
    choose(page, "Column", "Weight_in_lbs")
    expect(page.get_by_text(re.compile("Training rows with a missing value in “Weight_in_lbs”"))).to_be_visible()
    expect_other(page, lambda: drawing(charts(page).last), fills)
    expect_other(page, lambda: cells(measured), figures)
    expect(page.get_by_text("Closest to the masked cells").last).to_be_visible()


def test_the_lines_of_the_book_fail_as_they_really_do_and_paths_are_joined_live(page):
    visit(page, "/then-and-now?then_and_now_view=table")
    inputs = read_table("data/penguins.csv").frame.drop(columns="body_mass_g")
    with pytest.raises(TypeError) as raised:
        inputs.fillna(inputs.mean())
    expect(page.get_by_test_id("stCode").filter(has_text=f"TypeError: {raised.value}").first).to_be_visible()
    expect(page.get_by_test_id("stCode").filter(has_text="numeric_only=True").first).to_be_visible()

    page.get_by_role("link", name="Paths: what os.path.join does").click()
    settle(page)
    for typed in ("/etc", "C:\\data"):
        page.get_by_label("Part 2").fill(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("stCode").filter(has_text=re.compile(r"^os\.path\.join"))).to_contain_text(
            repr(typed)
        )
        settle(page)
        parts = [page.get_by_label(f"Part {number}").input_value() for number in (1, 2, 3)]
        posix, windows = posixpath.join(*parts), ntpath.join(*parts)
        told = codes(page)
        assert told.count(repr(posix)) == told.count(repr(windows)) == 1
        assert windows.startswith(typed)
        assert posix.startswith("/etc" if typed == "/etc" else "../C:")
