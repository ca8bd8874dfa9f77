"""Diagnostics, as a visitor meets them: the sub-choices, a row left out, the learning curve."""

import re

import numpy as np
import pandas as pd
from playwright.sync_api import Page, expect

from tests.browser.steps import boxes, cells, charts, drawing, expect_other, settle, upload, visit


def choose(page: Page, group: str, name: str) -> None:
    page.locator(f".st-key-{group}").get_by_role("radio", name=name, exact=True).click()
    settle(page)


def title(page: Page, text: str):
    return charts(page).filter(has_text=text)


def open_list(page: Page) -> None:
    """Open the list of rows to leave out. The page is scrolled there first, since scrolling folds a list up."""
    box = page.get_by_test_id("stMultiSelect")
    box.scroll_into_view_if_needed()
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    box.locator("input").click()


def test_each_choice_draws_its_own_charts_and_the_other_model_others(page):
    visit(page, "/compare")
    choose(page, "compare_view", "Diagnostics")
    expect(title(page, "Residuals against predictions")).to_be_visible()
    expect(charts(page)).to_have_count(2)
    before = drawing(title(page, "Residuals against predictions"))
    choose(page, "compare_model", "SGD")
    expect_other(page, lambda: drawing(title(page, "Residuals against predictions")), before)

    choose(page, "compare_diagnostic", "Noise")
    expect(title(page, "Residuals compared with normal noise")).to_be_visible()
    expect(title(page, "Quantiles: are the residuals normal?")).to_be_visible()
    expect(charts(page)).to_have_count(2)
    expect(page.get_by_text("Squared loss is maximum likelihood for normal noise of constant variance")).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()
    assert {"Skewness", "Jarque–Bera", "p-value"} <= boxes(page).keys()


def test_a_row_is_left_out_and_what_changes_is_shown_and_stands_in_the_link(page):
    visit(page, "/compare?compare_view=diagnostics&compare_diagnostic=influence")
    rows = cells(page.get_by_test_id("stDataFrame").first)
    strongest = rows[0]["Row"]
    before = drawing(title(page, "Influence: leverage and residual"))
    open_list(page)
    page.get_by_role("option", name=strongest, exact=True).click()
    page.keyboard.press("Escape")
    settle(page)
    expect(page.get_by_text(re.compile(r"Without 1 row the loss on the 273 rows that stay goes from"))).to_be_visible()
    expect(page.get_by_role("heading", name="The coefficients without those rows")).to_be_visible()
    expect_other(page, lambda: drawing(title(page, "Influence: leverage and residual")), before)
    expect(page).to_have_url(re.compile(rf"compare_left_out={strongest}\b"))
    coefficients = cells(page.get_by_test_id("stDataFrame").last)
    assert any(row["Change"] not in {"0", "–"} for row in coefficients)

    page.reload()
    settle(page)
    expect(page.get_by_text(re.compile(r"Without 1 row the loss on"))).to_be_visible()
    page.get_by_test_id("stMultiSelect").locator("input").fill("123456")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.get_by_text("123456 is not a training row of this table")).to_be_visible()


def test_the_learning_curve_is_drawn_without_a_click(page):
    visit(page, "/compare?compare_view=diagnostics&compare_diagnostic=learning")
    expect(title(page, "Closed form")).to_be_visible()
    expect(title(page, "SGD")).to_be_visible()
    told = page.get_by_test_id("stMarkdown").filter(has_text="the mean test loss goes from")
    expect(told.filter(has_text="with 274.")).to_have_count(2)
    expect(page.get_by_text("Infinitely many more rows")).to_be_visible()


def test_a_long_learning_curve_can_be_stopped_and_run_again(page, tmp_path):
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.standard_normal((25_000, 4)).round(3), columns=list("abcy"))
    table.to_csv(tmp_path / "long.csv", index=False)
    knobs = "epochs=200&batch_size=1&learning_rate=0.0001&train_optimizer=adam"
    visit(page, f"/data?compare_view=diagnostics&compare_diagnostic=learning&{knobs}")
    upload(page, tmp_path / "long.csv")
    page.get_by_test_id("stSidebar").get_by_test_id("stPageLink").filter(has_text="Compare").click()
    growing = page.get_by_text("Training on more and more rows")
    expect(growing).to_be_visible(timeout=90_000)
    page.locator("[class*=st-key-cancel_work]").get_by_role("button", name="Stop").click()
    note = page.get_by_text("This was stopped; the chart shows what was finished by then.")
    expect(note).to_be_visible()
    page.get_by_role("button", name="Train again").click()
    expect(note).to_have_count(0, timeout=90_000)
    told = page.get_by_test_id("stMarkdown").filter(has_text="the mean test loss goes from")
    expect(told.filter(has_text="with 20,000.")).to_have_count(2, timeout=90_000)


def test_at_the_width_of_a_telephone_nothing_is_wider_than_the_screen(page):
    page.set_viewport_size({"width": 420, "height": 900})
    for diagnostic in ("fit", "noise", "influence", "learning"):
        visit(page, f"/compare?compare_view=diagnostics&compare_diagnostic={diagnostic}")
        expect(charts(page).first).to_be_visible()
        wide = page.evaluate(
            "[...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')]"
            ".map(chart => chart.getBoundingClientRect().right)"
        )
        assert max(wide) <= 420
