"""A network in a real browser: twins light each other, a row goes forward and back, and many features fold."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, go_to, settle, take_example, upload, visit

HIDDEN = "/network?network_stage_source=curve&network_stage_layers=1&network_stage_activation_1=tanh"


def stage(page: Page) -> Locator:
    return page.locator(".moving.network")


def open_stage(page: Page, path: str) -> None:
    visit(page, path)
    expect(stage(page)).to_have_attribute("data-phase", "forward")
    page.locator("svg.net").scroll_into_view_if_needed()
    drawn(page)


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def point_at(page: Page, edge: str) -> None:
    """Move the pointer onto the middle of an edge."""
    place = page.locator(f"svg.net [data-twin='{edge}'] .line").evaluate(
        "path => { const at = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());"
        " return [at.x, at.y]; }"
    )
    page.mouse.move(*place)
    drawn(page)


def weights_of(page: Page, edge: str) -> tuple[float, float]:
    """Return the weight of an edge as its term has it, and as its cell has it; both are lit."""
    term = page.locator(f".network .formula .term.lit[data-twin='{edge}']").first
    cell = page.locator(f".network td.lit[data-twin='{edge}']")
    expect(term).to_be_visible()
    expect(cell).to_be_visible()
    return number(term.locator("b").first.inner_text()), number(cell.inner_text())


@pytest.mark.smoke
def test_an_edge_pointed_at_or_focused_lights_its_term_its_cell_and_no_other(page):
    open_stage(page, HIDDEN)
    point_at(page, "e0.1.3")
    expect(stage(page)).to_have_attribute("data-unit", "0.3")
    term, cell = weights_of(page, "e0.1.3")
    assert term == pytest.approx(cell, rel=1e-2)
    assert page.locator("svg.net .edge.lit").count() == 1
    page.locator("svg.net [data-twin='e1.0.0']").focus()
    expect(stage(page)).to_have_attribute("data-unit", "1.0")
    page.keyboard.press("ArrowRight")
    drawn(page)
    assert page.locator("svg.net .edge.lit").get_attribute("data-twin") == "e1.1.0"
    weights_of(page, "e1.1.0")
    expect(page.locator("svg.net .edge.lit")).to_have_attribute("aria-label", re.compile(r"^weight from h₂ to ŷ: "))
    page.locator(".network .count .term").nth(1).hover()
    drawn(page)
    assert page.locator("svg.net .edge.lit").count() == 4


def test_a_row_goes_forward_and_its_gradient_back_while_training_is_scrubbed(page):
    open_stage(page, HIDDEN)
    passing, training = page.locator(".network .scrubber").all()
    passing.focus()
    page.keyboard.press("Home")
    expect(stage(page)).to_have_attribute("data-phase", "inputs")
    assert page.locator("svg.net [data-column='1'] .value").first.text_content() == ""
    page.keyboard.press("ArrowRight")
    expect(stage(page)).to_have_attribute("data-phase", "forward")
    units = page.locator("svg.net [data-column='1'] .value").all_text_contents()
    sums = np.tanh(
        [number(text) for text in [page.locator(".network .formula .equals").first.inner_text().strip("= ")]]
    )
    assert number(units[0]) == pytest.approx(sums[0], abs=6e-3)
    page.keyboard.press("End")
    expect(stage(page)).to_have_attribute("data-phase", "backward")
    gradients = page.locator("svg.net .unit .gradient").all_text_contents()
    assert sum(text != "" for text in gradients) == 5  # of the four hidden units and the output
    learnt = float(stage(page).get_attribute("data-loss"))
    training.focus()
    page.keyboard.press("Home")
    expect(stage(page)).to_have_attribute("data-frame", "0")
    assert float(stage(page).get_attribute("data-loss")) > learnt
    expect(page.locator(".network h2").last).to_contain_text("after 0 updates")
    page.keyboard.press("Space")
    expect(stage(page)).to_have_attribute("data-frame", "200", timeout=60_000)
    assert float(stage(page).get_attribute("data-loss")) == learnt


def test_three_hundred_features_fold_and_a_group_lists_its_own(page, tmp_path: Path):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((60, 300)).round(3)
    rows = [",".join([*(f"sensor_{place:03}" for place in range(300)), "label"])]
    rows += [",".join(map(str, [*row, round(row[0] - 2 * row[7] + 5, 3)])) for row in X]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(rows))
    visit(page, "/data")
    upload(page, path)
    go_to(page, "Networks")
    expect(page.locator("svg.net [data-column='0']")).to_have_count(10, timeout=60_000)
    groups = page.locator("svg.net .unit.group")
    assert groups.count() == 4
    names = groups.locator("title").all_text_contents()
    groups.last.click()
    drawn(page)
    expect(page.locator(".network .members")).to_have_attribute("aria-label", re.compile(re.escape(names[-1])))
    assert page.locator(".network .members tbody tr").count() == int(re.search(r"\((\d+)\)", names[-1]).group(1))
    page.set_viewport_size({"width": 420, "height": 900})
    settle(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 420


def test_the_buttons_show_a_setting_that_works_and_one_that_fails_and_the_link_keeps_them(page):
    visit(page, "/network")
    take_example(page, "A setting that works")
    expect(page.locator("svg.net [data-column='1']")).to_have_count(8)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("The hidden layers help")
    visit(page, page.url)
    expect(page.locator("svg.net [data-column='1']")).to_have_count(8)
    take_example(page, "One that fails: no hidden layer, and a curve")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("No hidden layer, so the model is flat")
