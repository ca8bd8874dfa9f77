"""Supervised learning and kernels in a real browser: steps, words that light their places, and keys."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.foundations.digits import load_digits
from core.foundations.edges import KERNELS, convolve
from core.foundations.lengths import SENTENCES, fixed_vectors
from tests.browser.steps import drawn, settle, visit

WAY = "/components?components_view=supervised"
KERNEL = "/components?components_view=levels&components_level=kernels&components_digit=7"


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def lit(box: Locator) -> list[str]:
    return box.locator(".lit").all_inner_texts()


def focus_scrubber(page: Page, scene: str) -> None:
    page.locator(f"{scene} .scrubber").focus()
    drawn(page)


@pytest.mark.smoke
def test_the_way_goes_step_by_step_and_labels_come_when_they_are_due(page):
    visit(page, WAY)
    scene = page.locator(".moving.supervised")
    expect(scene).to_have_attribute("data-kind", "truth")
    errors = [number(row) for row in scene.locator(".asked tbody td:last-child").all_inner_texts()]
    shown = page.get_by_test_id("stMetricValue").first.inner_text()
    assert np.mean(errors) == pytest.approx(number(shown), rel=2e-3)
    focus_scrubber(page, ".supervised")
    page.keyboard.press("Home")
    expect(scene).to_have_attribute("data-kind", "table")
    expect(scene.locator(".drawn tbody tr")).to_have_count(0)
    scene.locator("button.forward").click()
    expect(scene.locator(".drawn tbody tr")).to_have_count(12)
    expect(scene.locator(".drawn tbody td:last-child").first).to_have_text("?")
    scene.locator("button.forward").click()
    expect(scene.locator(".drawn tbody td:last-child").first).not_to_have_text("?")
    page.locator(".supervised .scrubber").focus()
    page.keyboard.press("End")
    scene.locator("button.back").click()
    expect(scene).to_have_attribute("data-kind", "predict")
    expect(scene.locator(".asked tbody td:last-child").first).to_have_text("?")


def test_a_word_lights_its_places_and_a_place_its_word(page):
    visit(page, WAY)
    scene = page.locator(".moving.supervised")
    terms = scene.locator(".terms button")
    terms.first.focus()
    expect(scene.locator("tr.lit")).to_have_count(12 + 6)
    expect(scene.locator(".about")).to_contain_text("sample: A row")
    page.keyboard.press("ArrowRight")
    expect(scene.locator("td.lit")).to_have_count(12 + 6)
    expect(scene.locator(".formula .lit")).to_have_text("flipper_length_mm")
    page.keyboard.press("ArrowRight")
    expect(scene.locator(".formula .lit")).to_have_text("body_mass_g")
    scene.locator(".drawn tbody th").nth(2).hover()
    expect(scene.locator("tr.lit")).to_have_count(1)
    assert [text for text in terms.all_inner_texts() if text in lit(scene)] == ["sample"]
    scene.locator(".lines tbody th").nth(1).hover()
    expect(scene.locator(".terms .lit")).to_have_text("learning algorithm")
    expect(scene).to_have_attribute("data-lit", "step-1")


def test_pointing_at_the_picture_lights_the_row_of_the_table(page):
    visit(page, f"{WAY}&components_rows=1")
    scene = page.locator(".moving.supervised")
    canvas = scene.locator("canvas")
    canvas.scroll_into_view_if_needed()
    drawn(page)
    box = canvas.bounding_box()
    for share in np.linspace(0.08, 0.97, 90):
        for height in np.linspace(0.1, 0.85, 12):
            page.mouse.move(box["x"] + share * box["width"], box["y"] + height * box["height"])
            if scene.get_attribute("data-lit").startswith("row-"):
                break
        else:
            continue
        break
    expect(scene.locator("tr.lit")).to_have_count(1)


def test_the_kernel_slides_and_its_sum_is_that_of_the_numbers(page):
    visit(page, KERNEL)
    scene = page.locator(".moving.kernel")
    sums = convolve(load_digits().images[7], np.array(KERNELS["upright"], dtype=float))
    focus_scrubber(page, ".kernel")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(scene).to_have_attribute("data-frame", "1")
    assert float(scene.get_attribute("data-sum")) == pytest.approx(sums[0, 1], abs=1e-12)
    scene.locator(".output td").nth(20).click()
    expect(scene).to_have_attribute("data-frame", "20")
    assert float(scene.get_attribute("data-sum")) == pytest.approx(sums[3, 2], abs=1e-12)
    terms = scene.locator(".formula span")
    terms.first.focus()
    page.keyboard.press("ArrowRight")
    expect(scene.locator(".image td.lit")).to_have_count(1)
    expect(scene.locator(".sheet.kernel td.lit")).to_have_count(1)
    expect(scene).to_have_attribute("data-lit", "w-0-1")
    before = float(scene.get_attribute("data-sum"))
    pixel = load_digits().images[7][3, 3]
    scene.locator(".sheet.kernel input").nth(1).fill("10")
    drawn(page)
    assert float(scene.get_attribute("data-sum")) == pytest.approx(before + 10 * pixel, abs=1e-12)
    expect(page).to_have_url(re.compile("components_kernel_cells=upright"))
    settle(page)
    assert float(scene.get_attribute("data-sum")) == pytest.approx(before + 10 * pixel, abs=1e-12)
    expect(scene).to_have_attribute("data-frame", "20")


def test_a_slider_of_edges_ends_in_the_link(page):
    visit(page, "/components?components_view=levels&components_level=edges")
    slider = page.locator(".st-key-components_sigma").get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    expect(page).to_have_url(re.compile(r"components_sigma=2\.5"))
    expect(page.get_by_text("Blur σ")).to_be_visible()


def test_a_token_lights_up_wherever_it_stands(page):
    visit(page, f"{WAY}&components_lesson=lengths&components_text=built_in")
    scene = page.locator(".moving.lengths")
    found = fixed_vectors(SENTENCES, 5)
    expect(scene.locator("td.padding")).to_have_count(found.empty)
    expect(scene.locator("td.cut")).to_have_count(found.cut)
    scene.locator("button.last").click()
    expect(scene).to_have_attribute("data-kind", "mean")
    scene.locator(".vocabulary .token").filter(has_text="dog").focus()
    expect(scene.locator("td.kept.lit")).to_have_count(3)
    expect(scene.locator("td.share.lit")).to_have_count(5)
    expect(scene.locator(".working span").first).to_have_text("mean of text 1 at “dog” = 1 / 5 = 0.2")


def test_rows_are_added_and_both_models_change(page):
    visit(page, f"{WAY}&components_lesson=assumptions")
    scene = page.locator(".moving.contest")
    focus_scrubber(page, ".contest")
    page.keyboard.press("End")
    expect(scene).to_have_attribute("data-size", "228")  # of 342 rows without gaps, less a third for testing
    few = scene.locator(".said").inner_text()
    scene.locator("tbody tr").first.click()
    expect(scene).to_have_attribute("data-size", "2")
    assert scene.locator(".said").inner_text() != few
    scene.locator(".working span").first.hover()
    expect(scene.locator("thead .lit")).to_have_text("line")
    expect(scene).to_have_attribute("data-lit", "line")
