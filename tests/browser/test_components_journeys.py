"""What a model is made of, in a real browser: the loop, degrees, starts that are dragged, counts that light."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.foundations.loss_surfaces import descend, sine_surface
from tests.browser.steps import drawn, settle, visit

VIEW = "/components?components_view="


def box(page: Page, scene: str):
    return page.locator(f".components.{scene}")


def lit(page: Page, scene: str) -> list[str]:
    drawn(page)
    return page.locator(f".components.{scene} .lit").all_inner_texts()


@pytest.mark.smoke
def test_the_loop_is_stepped_and_a_term_lights_its_number_in_the_tables(page):
    visit(page, "/components")
    loop = box(page, "loop")
    expect(loop).to_have_attribute("data-part", "objective")
    loss = float(loop.get_attribute("data-loss"))
    loop.locator(".player .forward").click()
    expect(loop).to_have_attribute("data-part", "optimiser")
    loop.locator(".part.model").click()
    expect(loop).to_have_attribute("data-part", "model")
    loop.locator(".formula [data-twin='w0 x0']").hover()
    term, *others = lit(page, "loop")
    assert len(others) >= 2  # the weight in its table, and the feature in the row
    weight = float(term.split("·")[0].replace("−", "-"))
    assert any(float(text.replace("−", "-").replace(",", "")) == pytest.approx(weight, rel=1e-2)
               for text in others if re.fullmatch(r"−?[\d.,]+", text))  # fmt: skip
    loop.locator(".scrubber").focus()
    page.keyboard.press("End")
    expect(loop).to_have_attribute("data-turn", "2")
    assert page.locator(".components.loop .part.objective .figure").inner_text() != f"L = {loss:,.4g}"


def test_degrees_are_scrubbed_by_keys_and_by_hand_and_the_page_follows(page):
    visit(page, f"{VIEW}generalisation")
    fits = box(page, "fits")
    expect(fits).to_have_attribute("data-label", "6")
    before = float(fits.get_attribute("data-train"))
    page.locator(".components canvas.fit").focus()
    page.keyboard.press("ArrowRight")
    expect(fits).to_have_attribute("data-label", "7")
    assert float(fits.get_attribute("data-train")) <= before
    settle(page)
    expect(page).to_have_url(re.compile(r"components_fit_degree=7"))
    canvas = page.locator(".components canvas.errors")
    canvas.scroll_into_view_if_needed()
    place = canvas.bounding_box()
    page.mouse.move(place["x"] + 0.6 * place["width"], place["y"] + 0.5 * place["height"])
    page.mouse.down()
    page.mouse.move(place["x"] + 0.2 * place["width"], place["y"] + 0.5 * place["height"], steps=6)
    page.mouse.up()
    settle(page)
    label = int(fits.get_attribute("data-label"))
    assert label < 5
    expect(page).to_have_url(re.compile(rf"components_fit_degree={label}\b"))
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(str(label))
    fits.locator(".terms [data-twin='term0']").hover()
    assert len(lit(page, "fits")) == 1


def test_a_dragged_start_ends_where_the_same_descent_ends_in_python(page):
    visit(page, f"{VIEW}surfaces")
    canvas = page.locator(".components canvas.many")
    canvas.scroll_into_view_if_needed()
    drawn(page)
    place = canvas.bounding_box()
    first = canvas.get_attribute("data-starts").split(";")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    drawn(page)
    moved = canvas.get_attribute("data-starts").split(";")
    assert moved[0] != first[0]
    assert moved[1:] == first[1:]
    settle(page)
    surface = sine_surface()
    low, high = surface.low, surface.high
    u, v = map(float, moved[0].split())
    grip = canvas.evaluate(
        """(canvas, share) => {
            for (let x = 40; x < canvas.clientWidth; x += 4)
                for (let y = 20; y < canvas.clientHeight; y += 4) {
                    const box = canvas.getBoundingClientRect();
                    const place = { clientX: box.left + x, clientY: box.top + y };
                    canvas.dispatchEvent(new PointerEvent("pointermove", place));
                    if (canvas.style.cursor === "grab" && x / canvas.clientWidth > share) return [x, y];
                }
        }""",
        0.6 * (u - low[0]) / (high[0] - low[0]),
    )
    page.mouse.move(place["x"] + grip[0] + 6, place["y"] + grip[1] + 6)
    page.mouse.down()
    page.mouse.move(place["x"] + 0.5 * place["width"], place["y"] + 0.4 * place["height"], steps=6)
    page.mouse.up()
    settle(page)
    starts = [list(map(float, start.split())) for start in canvas.get_attribute("data-starts").split(";")]
    ends = [list(map(float, end.split())) for end in canvas.get_attribute("data-ends").split(";")]
    assert canvas.get_attribute("data-starts").split(";") != moved
    exact = descend(surface, starts, 0.3, 200)[:, -1]
    assert np.array(ends) == pytest.approx(exact, abs=1e-3)
    expect(page).to_have_url(re.compile("components_surface_many_starts="))
    expect(page.get_by_test_id("stMarkdown").filter(has_text=re.compile("This (works|fails)"))).to_have_count(1)
    assert v


def test_a_count_lights_in_bar_table_and_formulas_on_a_telephone_too(page):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, f"{VIEW}data&components_bad=imbalance")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 420
    counts = box(page, "counts")
    counts.locator("[data-model='1'] table [data-twin='tn']").hover()
    shown = lit(page, "counts")
    numbers = [text for text in shown if text.isdigit() or re.fullmatch(r"[\d,]+", text)]
    assert len(numbers) >= 6  # in the table and twice in the formulas of each of three models
    legend = counts.locator(".legend [data-twin]").first
    legend.focus()
    page.keyboard.press("ArrowRight")
    expect(counts.locator(".legend .lit")).to_have_count(1)
    assert any("missed" in text for text in lit(page, "counts"))
