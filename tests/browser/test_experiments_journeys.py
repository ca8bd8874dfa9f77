"""From many runs to one: cells clicked on a map, runs pinned and laid over each other, and both taken to Train."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import boxes, cells, choose, expect_box, go_to, press, settle, visit

BOOK = "train_source=synthetic&noise=0.5&epochs=3"
RATE, BATCH = ".st-key-experiments_sweep_rate input", ".st-key-experiments_sweep_batch input"


def cell(page: Page, rate: float, batch_size: int) -> Locator:
    """Return the rectangle of a run on the map."""
    ground = page.locator("[data-testid=stVegaLiteChart] svg.marks g.mark-rect.role-mark").first.locator("path")
    said = f"learning rate: {rate:g}; batch size: {batch_size:,}; result"
    return ground.and_(page.locator(f"[aria-label*='{said}']"))


def click_cell(page: Page, rate: float, batch_size: int) -> None:
    """Click in the middle of a cell, whatever is drawn on it there."""
    box = cell(page, rate, batch_size).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)


def open_pins(page: Page) -> None:
    go_to(page, "Experiments")
    page.get_by_role("radio", name="Pinned runs").click()
    settle(page)


def pin(page: Page) -> None:
    page.get_by_role("button", name="Pin this run").click()
    settle(page)
    expect(page.get_by_role("button", name=re.compile("Pinned as"))).to_be_visible()


@pytest.mark.parametrize(("rate", "batch_size", "knob"), [(0.1, 16, "16"), (0.01, 800, "1000"), (10, 1, "1")])
def test_a_cell_that_is_clicked_is_the_same_run_on_train(page, rate, batch_size, knob):
    visit(page, f"/experiments?experiments_view=sweep&{BOOK}")
    click_cell(page, rate, batch_size)
    expect(page.locator(RATE)).to_have_value(f"{rate:g}")
    expect(page.locator(BATCH)).to_have_value(f"{batch_size:,}")
    here = boxes(page)
    page.get_by_role("button", name="Load into Train").click()
    expect(page.get_by_role("heading", level=1, name="Train")).to_be_visible()
    settle(page)
    expect(page).to_have_url(re.compile(f"learning_rate={rate:g}"))
    expect_box(page, "Gap", here["Gap"])
    expect_box(page, "Loss of SGD", here["Loss of SGD"])
    expect(page.locator(".st-key-batch_size [data-testid=stSliderThumbValue]")).to_have_text(knob)


def test_the_lists_choose_a_cell_too_and_a_click_still_counts_after_them(page):
    visit(page, f"/experiments?experiments_view=sweep&{BOOK}")
    click_cell(page, 0.1, 16)
    choose(page, "Learning rate", "0.3")
    expect(page.locator(BATCH)).to_have_value("16")
    in_list = boxes(page)
    click_cell(page, 0.1, 16)
    expect(page.locator(RATE)).to_have_value("0.1")
    assert boxes(page)["Gap"] != in_list["Gap"]


def test_the_colour_and_the_size_of_the_map_are_in_the_link(page):
    visit(page, f"/experiments?experiments_view=sweep&{BOOK}")
    page.get_by_role("radio", name="updates to 1%").click()
    settle(page)
    page.get_by_role("radio", name="12 × 8 runs").click()
    settle(page)
    expect(page).to_have_url(re.compile("experiments_sweep_shows=steps"))
    expect(page).to_have_url(re.compile("experiments_sweep_size=12x8"))
    expect(page.get_by_text(re.compile("of 96 runs diverged"))).to_be_visible()


@pytest.mark.parametrize("view", ["sweep", "pins"])
def test_a_telephone_shows_all_of_it(page, view):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, f"/experiments?experiments_view={view}&{BOOK}")
    if view == "pins":
        pin(page)
        expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    for chart in page.locator("[data-testid=stVegaLiteChart] svg.marks").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 420


@pytest.mark.smoke
def test_three_runs_are_pinned_on_train_compared_loaded_and_unpinned(page):
    visit(page, "/train?sample=penguins&epochs=5")
    pin(page)
    gaps = [boxes(page)["Gap"]]
    for knob in ("learning_rate", "epochs"):
        press(page, knob, "ArrowRight", 2)
        pin(page)
        gaps.append(boxes(page)["Gap"])
    assert len(set(gaps)) == 3

    open_pins(page)
    expect(page.locator("[data-testid=stVegaLiteChart]:has(svg.marks path)")).to_have_count(2)
    figures, differences = page.get_by_test_id("stDataFrame").all()
    assert [row["Run"] for row in cells(figures)] == ["A", "B", "C"]
    settings = {row.pop("Setting"): row for row in cells(differences)}
    assert settings == {
        "learning rate": {"A": "0.03", "B": "0.07", "C": "0.07"},
        "epochs": {"A": "5", "B": "5", "C": "7"},
    }

    page.locator(".st-key-load_A button").click()
    expect(page.get_by_role("heading", level=1, name="Train")).to_be_visible()
    settle(page)
    expect_box(page, "Gap", gaps[0])
    expect(page.get_by_role("button", name="Pinned as A")).to_be_disabled()

    open_pins(page)
    page.locator(".st-key-unpin_B button").click()
    settle(page)
    expect(page.locator(".st-key-load_B")).to_have_count(0)
    page.get_by_role("button", name="Unpin all").click()
    settle(page)
    expect(page.get_by_text("No run is pinned yet.")).to_be_visible()


def test_a_run_of_another_table_waits_until_that_is_open_again(page):
    visit(page, "/experiments?experiments_view=pins&sample=penguins&epochs=2")
    pin(page)
    go_to(page, "Data")
    choose(page, "Table", "Cars of the 1970s")
    open_pins(page)
    expect(page.get_by_text("It belongs to penguins.csv, predicting body_mass_g")).to_be_visible()
    expect(page.locator(".st-key-load_A button")).to_be_disabled()
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(0)
    go_to(page, "Data")
    choose(page, "Table", "Palmer penguins")
    open_pins(page)
    expect(page.locator(".st-key-load_A button")).to_be_enabled()
    expect(page.locator("[data-testid=stVegaLiteChart]:has(svg.marks path)")).to_have_count(2)
