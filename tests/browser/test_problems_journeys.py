"""The map of learning problems in a real browser: from node to miniature, predictions, drags, clicks and paint."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from core.problems.kinds import KINDS
from tests.browser.steps import drawn, settle, visit
from tests.browser.test_accessibility import COLOURS, RULES, at_rest, findings

KIND = "/problems?problems_view=kind&problems_kind="


def scene(page: Page) -> Locator:
    return page.locator(".moving.miniature")


def predict(page: Page, place: int = 0) -> None:
    """Choose an answer, and wait until the run has played to its end."""
    scene(page).locator(".options button").nth(place).click()
    settle(page)
    expect(scene(page)).to_have_attribute("data-guess", str(place))
    last = int(scene(page).get_attribute("data-frames") or 0) - 1
    expect(scene(page)).to_have_attribute("data-frame", str(last))


@pytest.mark.smoke
def test_a_node_of_the_map_opens_its_miniature_which_asks_before_it_runs(page):
    visit(page, "/problems")
    nodes = page.locator(".problem-map .node")
    expect(nodes).to_have_count(len(KINDS))
    page.locator('.node[data-kind="clustering"]').click()
    expect(page.get_by_role("heading", level=2, name="Clustering", exact=True)).to_be_visible()
    settle(page)
    expect(scene(page)).to_have_attribute("data-guess", "none")
    expect(scene(page)).to_have_attribute("data-frame", "0")
    expect(scene(page).locator(".player")).to_be_hidden()
    expect(page.get_by_text("What happened")).to_have_count(0)
    predict(page)
    expect(scene(page).locator(".outcome")).to_contain_text("You said")
    expect(page.get_by_text("What happened")).to_be_visible()
    expect(page).to_have_url(re.compile("problems_clustering_guess=0"))
    page.get_by_role("button", name="Back to the map").click()
    expect(page.locator('.node[data-kind="clustering"]')).to_have_attribute("aria-current", "true")


def test_a_link_holds_the_prediction_and_the_exact_answer(page):
    visit(page, f"{KIND}clustering&problems_clustering_guess=1&problems_exact=true&problems_seed=1")
    expect(scene(page)).to_have_attribute("data-guess", "1")
    expect(scene(page)).to_have_attribute("data-exact", "true")
    expect(scene(page).locator(".legend").first).to_contain_text("exact")
    page.get_by_role("switch", name="Show the exact answer").press("Space")
    settle(page)
    expect(scene(page)).to_have_attribute("data-exact", "false")
    expect(scene(page).locator(".legend").first).not_to_contain_text("exact")
    scene(page).get_by_role("button", name="Predict again").click()
    settle(page)
    expect(scene(page)).to_have_attribute("data-guess", "none")
    expect(scene(page)).to_have_attribute("data-frame", "0")


def test_a_point_is_dragged_by_mouse_and_moved_by_keys(page):
    visit(page, f"{KIND}clustering&problems_clustering_guess=skip")
    field = page.get_by_label("Points, also moved by dragging")
    before = field.input_value()
    canvas = scene(page).locator("canvas").first
    canvas.scroll_into_view_if_needed()
    drawn(page)
    canvas.focus()
    page.keyboard.press("ArrowUp")
    expect(field).not_to_have_value(before)
    settle(page)
    moved = field.input_value()
    drawn(page)
    grabbed = False
    box = canvas.bounding_box()
    assert box is not None
    for across in range(8, 100, 2):
        for up in range(10, 90, 2):
            page.mouse.move(box["x"] + box["width"] * across / 100, box["y"] + box["height"] * up / 100)
            if canvas.evaluate("each => each.style.cursor") == "grab":
                grabbed = True
                break
        if grabbed:
            break
    assert grabbed, "no point was found on the picture"
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(field).not_to_have_value(moved)


def test_a_cell_of_the_grid_is_clicked_and_the_values_follow(page):
    visit(page, f"{KIND}decisions&problems_decisions_guess=skip&problems_exact=true")
    table = scene(page).locator("table.editable")
    button = table.locator("button").nth(1)
    before = button.get_attribute("aria-label")
    figures = scene(page).locator(".told").inner_text(), page.get_by_test_id("stMain").inner_text()
    button.click()
    settle(page)
    expect(table.locator("button").nth(1)).not_to_have_attribute("aria-label", before or "")
    assert (scene(page).locator(".told").inner_text(), page.get_by_test_id("stMain").inner_text()) != figures


def test_a_digit_is_painted_by_keys(page):
    visit(page, f"{KIND}search&problems_search_from=painted&problems_search_guess=skip")
    canvas = scene(page).locator("canvas.paintable")
    ink = "each => [...each.getContext('2d').getImageData(0, 0, each.width, each.height).data].join()"
    canvas.focus()
    drawn(page)
    before = canvas.evaluate(ink)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    settle(page)
    drawn(page)
    assert canvas.evaluate(ink) != before


def test_the_table_opens_its_kinds_on_itself(page):
    visit(page, "/problems?problems_view=mine&sample=penguins")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("changes its sign once “species” is held fixed")).to_be_visible()
    main.get_by_role("button", name="Open it on this table").first.click()
    expect(page.get_by_role("heading", level=2, name="Regression", exact=True)).to_be_visible()
    settle(page)
    expect(page).to_have_url(re.compile("problems_regression_data=table"))
    expect(main.get_by_text("body_mass_g").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_kind_fits_a_telephone_and_keeps_nobody_out(telephone, theme):
    telephone.emulate_media(color_scheme=theme)
    found = {}
    for kind in KINDS:
        visit(telephone, f"{KIND}{kind}&problems_{kind}_guess=skip&problems_exact=true")
        expect(scene(telephone)).to_have_attribute("data-exact", "true")
        expect(telephone.get_by_text("What happened")).to_be_visible()
        assert scene(telephone).evaluate("each => each.scrollWidth - each.clientWidth") <= 0, kind
        at_rest(telephone)
        found[kind] = findings(telephone, RULES if theme == "light" else COLOURS)
    assert {kind: places for kind, places in found.items() if places} == {}
