"""The journeys of a visitor, with real clicks, keys, uploads and downloads."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from playwright.sync_api import expect

from core.preprocessing import read_table, split_rows, suggest_recipe
from tests.browser.steps import boxes, choose, expect_box, expect_changed, go_to, press, settle, take, upload, visit


@pytest.fixture
def gentoo(tmp_path) -> Path:
    """A table that is not in data/: semicolons, decimal commas, gaps, text in GBK."""
    rng = np.random.default_rng(4)
    area, rooms = rng.uniform(40, 200, 120).round(1), rng.integers(1, 6, 120)
    price = (12.5 * area + 80 * rooms + rng.normal(0, 30, 120)).round(2)
    lines = ["面积;房间数;区域;价格"]
    for i in range(120):
        cells = [str(area[i]).replace(".", ","), "" if i % 9 == 0 else str(rooms[i]), ["朝阳", "海淀", "NA"][i % 3]]
        lines.append(";".join([*cells, str(price[i]).replace(".", ",")]))
    path = tmp_path / "houses.csv"
    path.write_bytes("\r\n".join(lines).encode("gbk"))
    return path


@pytest.mark.smoke
def test_arriving_shows_a_trained_model_and_the_ways_on_without_a_click(page):
    visit(page, "/")
    expect(page.get_by_text(re.compile(r"In 560 updates the loss went from"))).to_be_visible()
    expect(page.get_by_role("slider")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)")).to_have_count(1)
    for path, name in (("data", "Bring a table"), ("train", "Change the settings"), ("compare", "Compare")):
        link = page.get_by_test_id("stMain").get_by_role("link", name=name, exact=True)
        expect(link).to_be_visible()
        assert link.get_attribute("href").endswith(path)


@pytest.mark.smoke
def test_from_an_uploaded_table_to_the_closed_form_and_home_with_the_script(page, gentoo, tmp_path):
    visit(page, "/data")
    upload(page, gentoo)
    expect_box(page, "Rows", "120")
    expect(page.get_by_test_id("stText").filter(has_text="houses.csv")).to_be_visible()

    go_to(page, "Prepare")
    expect_box(page, "X.shape", "(120, 5)")
    choose(page, "Filled with", "the median")
    page.get_by_test_id("stMultiSelect").locator("input").click()
    page.get_by_role("option", name="区域", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove 房间数").last.click()
    settle(page)
    choose(page, "Becomes", "leave out")
    expect_box(page, "X.shape", "(120, 2)")

    script, table = take(page, "Script (Python)", tmp_path), take(page, "CSV", tmp_path)
    script.write_text(script.read_text(encoding="utf-8") + "\ntorch.save((X, y), 'tensors.pt')\n", encoding="utf-8")
    subprocess.run([sys.executable, script.name], cwd=tmp_path, check=True, capture_output=True)
    X, y = torch.load(tmp_path / "tensors.pt")

    frame = read_table(gentoo).frame
    recipe = suggest_recipe(frame, "价格").change("房间数", fill="median").change("区域", encode="drop")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[train]).transform(frame)
    assert torch.equal(X, prepared.X)
    assert torch.equal(y, prepared.y)
    pd.testing.assert_frame_equal(pd.read_csv(table).astype(float), prepared.frame, check_index_type=False)

    go_to(page, "Train")
    expect(page.get_by_text("predicting 价格")).to_be_visible()
    before, slider = boxes(page), page.locator(".st-key-epochs").get_by_role("slider")
    epochs = int(slider.input_value()) + 5  # from where this table starts
    press(page, "epochs", "ArrowRight", 5)
    expect(page).to_have_url(re.compile(f"epochs={epochs}"))
    expect_changed(page, before)
    closed_form = boxes(page)["Loss of the closed form"]

    go_to(page, "Compare")
    expect_box(page, "Rank", "3 of 3")
    expect(page.get_by_text(re.compile(f"{epochs} epochs"))).to_be_visible()

    go_to(page, "Train")
    expect(slider).to_have_value(str(epochs))
    expect_box(page, "Loss of the closed form", closed_form)
    go_to(page, "Prepare")
    expect_box(page, "X.shape", "(120, 2)")
    go_to(page, "Data")
    expect_box(page, "Rows", "120")
    expect(page.get_by_test_id("stText").filter(has_text="houses.csv")).to_be_visible()


def test_moving_a_slider_redraws_at_once_and_writes_it_into_the_link(page):
    visit(page, "/train")
    for knob in ("learning_rate", "batch_size", "epochs"):
        before = boxes(page)
        press(page, knob, "ArrowLeft", 2)
        expect_changed(page, before)
        expect(page).to_have_url(re.compile(f"{knob}="))


def test_every_knob_of_the_synthetic_data_moves_the_model(page):
    visit(page, "/train?train_source=synthetic")
    for knob in ("noise", "train_rows", "train_weight_1", "train_weight_2", "train_bias"):
        before = boxes(page)
        press(page, knob, "ArrowRight", 3)
        expect_changed(page, before)
        expect(page).to_have_url(re.compile(f"{knob}="))


def test_both_ends_of_a_slider_leave_numbers_on_the_screen(page):
    visit(page, "/train")
    for knob, end in itertools.product(("epochs", "batch_size", "learning_rate"), ("Home", "End")):
        before = boxes(page)
        press(page, knob, end)
        expect_changed(page, before)
        assert not {"nan", "NaN", "∞", "–"} & set(boxes(page).values())
        expect(page.locator(".st-key-stage canvas")).to_have_count(3)
        assert "NaN" not in page.locator(".st-key-stage").inner_text()


@pytest.mark.smoke
def test_divergence_is_told_and_one_click_mends_it(page):
    visit(page, "/train")
    page.get_by_test_id("stCheckbox").filter(has_text="Standardise").locator("label").click()
    settle(page)
    expect(page.get_by_test_id("stAlert").filter(has_text="diverged").first).to_be_visible()
    page.get_by_role("button", name="Use 0.9 of the limit").click()
    settle(page)
    expect(page.get_by_test_id("stAlert").filter(has_text="diverged")).to_have_count(0)


@pytest.mark.smoke
def test_a_link_opens_the_same_numbers_elsewhere(page):
    visit(page, "/train?sample=cars&learning_rate=0.01&epochs=7&seed=3")
    there = boxes(page)
    visit(page, "/compare?sample=cars&learning_rate=0.01&epochs=7&seed=3")
    expect(page.get_by_text(re.compile("learning rate 0.01, batch size 10, 7 epochs, seed 3"))).to_be_visible()
    expect_box(page, "Gap in loss", there["Gap"])


def test_settings_stay_in_the_address_from_screen_to_screen_and_survive_a_reload(page):
    visit(page, "/train?sample=cars")
    press(page, "epochs", "ArrowRight", 3)
    loss = boxes(page)["Loss of SGD"]
    for screen in ("Compare", "Data", "Train"):
        go_to(page, screen)
        expect(page).to_have_url(re.compile(rf"/{screen.lower()}\?.*epochs=23"))
        expect(page).to_have_url(re.compile("sample=cars"))
    page.reload()
    settle(page)
    expect_box(page, "Loss of SGD", loss)
    for _back in range(6):  # an address that was completed is an entry of its own in the browser's history
        page.go_back()
        settle(page)
        if "/compare" in page.url:
            break
    expect(page.get_by_text(re.compile("cars.csv, predicting Miles_per_Gallon"))).to_be_visible()


def test_a_link_that_asks_for_too_much_says_what_it_gets(page):
    visit(page, "/compare?epochs=999&batch_size=7")
    told = page.get_by_test_id("stAlert").filter(has_text="out of range")
    expect(told).to_contain_text("epochs cannot be 999; using 200.")
    expect(told).to_contain_text("batch_size cannot be 7; using 8.")
    go_to(page, "Train")
    expect(told).to_have_count(0)


def came_of_it(page) -> dict[str, str]:
    """The figures of a run, but for the time it took."""
    return {name: figure for name, figure in boxes(page).items() if not name.startswith("Time")}


@pytest.mark.parametrize(
    ("asked", "said", "moved"),
    [
        (
            "learning_rate=0.00001&epochs=007&seed=5.0&batch_size=7",
            "learning_rate=1e-05&epochs=7&seed=5&batch_size=8",
            ("learning_rate", "epochs", "batch_size"),
        ),
        ("epochs=999", "epochs=200", ("epochs",)),
        ("train_standardise=FALSE&learning_rate=1e-08", "train_standardise=false", ()),
        ("train_source=synthetic&noise=.50", "noise=0.5", ()),
    ],
)
def test_what_a_link_spells_in_its_own_way_stays_through_reloads_and_moves(page, asked, said, moved):
    def says(setting: str) -> re.Pattern[str]:
        return re.compile(rf"[?&]{re.escape(setting)}(&|$)")

    visit(page, f"/train?{asked}")
    spelt = dict(setting.split("=") for setting in said.split("&"))
    for key, value in spelt.items():
        expect(page).to_have_url(says(f"{key}={value}"))
    there = came_of_it(page)
    page.reload()
    settle(page)
    assert came_of_it(page) == there
    go_to(page, "Data")
    go_to(page, "Train")
    assert came_of_it(page) == there
    for key, value in spelt.items():
        expect(page).to_have_url(says(f"{key}={value}"))
    if not moved:
        return
    visit(page, f"/train?{asked}")  # moved at once, before anything else was done on the page
    for key in moved:
        press(page, key, "ArrowLeft", 1)
        expect(page).not_to_have_url(says(f"{key}={spelt[key]}"))
        for other in moved[moved.index(key) + 1 :]:
            expect(page).to_have_url(says(f"{other}={spelt[other]}"))
    after = came_of_it(page)
    page.reload()
    settle(page)
    assert came_of_it(page) == after != there


def test_a_file_that_cannot_be_read_leaves_the_open_table(page, gentoo, tmp_path):
    visit(page, "/data")
    upload(page, gentoo)
    bad = tmp_path / "picture.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    page.locator("input[type=file]").set_input_files(bad)
    expect(page.get_by_test_id("stAlert").filter(has_text="was not opened")).to_be_visible()
    expect_box(page, "Rows", "120")


def test_another_sample_leaves_no_column_of_the_first(page):
    visit(page, "/data")
    choose(page, "Table", "Cars of the 1970s")
    expect_box(page, "Rows", "406")
    go_to(page, "Compare")
    expect(page.get_by_text(re.compile("cars.csv, predicting Miles_per_Gallon"))).to_be_visible()
    assert "bill" not in page.get_by_test_id("stMain").inner_text()


def test_a_knob_moved_quickly_to_and_fro_does_not_lose_the_page(page):
    visit(page, "/train")
    before = came_of_it(page)
    for _again in range(8):
        press(page, "epochs", "ArrowRight", 5)
        press(page, "epochs", "ArrowLeft", 5)
    assert came_of_it(page) == before
