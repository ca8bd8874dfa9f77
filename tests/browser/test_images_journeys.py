"""A picture in a real browser: the patch is dragged, the picture unrolls, what is pointed at lights up everywhere."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, handles, scrolled, settle, swipe, visit

FLATTEN, NUMBERS, NEURON = "/images", "/images?images_view=numbers", "/images?images_view=neuron"


def scene(page: Page) -> Locator:
    return page.locator(".moving.picture").first


def open_scene(page: Page, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # the picture stands unrolled, whatever the time
    visit(page, path)
    expect(scene(page)).to_have_attribute("data-entry", re.compile(r"\d"))
    settle(page)


def state(page: Page, *names: str) -> list[int]:
    drawn(page)
    return [int(scene(page).get_attribute(f"data-{name}")) for name in names]


def lines(page: Page) -> Locator:
    return page.get_by_test_id("stCode").filter(has_text="import torch").first


@pytest.mark.smoke
def test_the_patch_is_dragged_and_tables_formula_lines_and_link_follow(page):
    open_scene(page, FLATTEN)
    assert state(page, "row", "column", "entry") == [9, 9, 189]
    photo = page.locator(".picture .photo")
    photo.scroll_into_view_if_needed()
    drawn(page)
    unit = photo.bounding_box()["width"] / 20
    [start] = handles(photo)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 3 * unit, start[1] - 2 * unit, steps=6)
    drawn(page)
    page.mouse.up()
    assert state(page, "row", "column", "top", "left") == [7, 12, 5, 10]
    expect(page.locator(".matrix.c0 thead th").nth(0)).to_have_text("10")
    expect(page.locator(".reading .formula").first).to_contain_text("k = (0 · 20 + 7) · 20 + 12 = 152")
    expect(lines(page)).to_contain_text("k = (0 * 20 + 7) * 20 + 12  # 152")
    settle(page)
    expect(page).to_have_url(re.compile(r"images_row=7"))
    photo.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    expect(lines(page)).to_contain_text("k = (2 * 20 + 8) * 20 + 12  # 972")
    settle(page)
    page.reload()
    expect(scene(page)).to_have_attribute("data-entry", "972")


def test_the_numbers_of_another_picture_are_written_where_both_end_alike(page):
    open_scene(page, "/images?images_picture=digit&images_digit=0")
    before = page.locator(".matrix.c0 tbody td").all_inner_texts()
    number = page.get_by_label("Which of the 1,797 digits")
    number.fill("1")
    number.press("Enter")
    expect(lines(page)).to_contain_text("images[1]")
    settle(page)
    after = page.locator(".matrix.c0 tbody td").all_inner_texts()
    assert after != before
    assert all(text.isdigit() for text in after)


def test_whatever_is_pointed_at_lights_its_twins(page):
    open_scene(page, FLATTEN)
    cell = page.locator(".matrix.c1 tbody td").nth(6)
    cell.hover()
    expect(scene(page)).to_have_attribute("data-lit", "entry-8-8-1")
    expect(cell).to_have_class(re.compile(r"\blit\b"))
    photo = page.locator(".picture .photo")
    unit = photo.bounding_box()["width"] / 20
    photo.hover(position={"x": 8.5 * unit, "y": 8.5 * unit})
    expect(page.locator(".matrix td.lit")).to_have_count(3)
    page.locator(".reading .formula [data-twin^=row-]").hover()
    expect(page.locator(".matrix th.lit")).to_have_count(3)  # the head of row 9 in each table
    vector = page.locator(".picture .unrolling")
    box = vector.bounding_box()
    vector.hover(position={"x": (168.5 / 1200) * box["width"], "y": box["height"] - 105})
    expect(scene(page)).to_have_attribute("data-lit", "entry-8-8-0")
    expect(page.locator(".matrix.c0 td.lit")).to_have_count(1)
    vector.focus()
    page.keyboard.press("ArrowRight")
    assert state(page, "row", "column", "channel", "entry") == [9, 10, 0, 190]
    page.keyboard.press("End")
    assert state(page, "row", "column", "channel", "entry") == [19, 19, 2, 1199]


def test_the_picture_unrolls_step_by_step_in_either_order(page):
    open_scene(page, FLATTEN)
    assert state(page, "step") == [60]
    page.locator(".player .first").click()
    page.locator(".player .forward").click()
    assert state(page, "step") == [1]
    expect(page.locator(".player .position")).to_have_text("row 1 of 60")
    page.locator(".player .back").click()
    assert state(page, "step") == [0]
    page.locator(".player .play").click()
    expect(scene(page)).not_to_have_attribute("data-step", "0")
    page.locator(".player .play").click()
    page.locator(".player .scrubber").evaluate("bar => { bar.value = 30; bar.dispatchEvent(new Event('input')); }")
    assert state(page, "step") == [30]
    page.get_by_role("radio", name="by pixel", exact=True).click()
    expect(page.locator(".player .position")).to_have_text("row 20 of 20")
    assert state(page, "entry") == [(9 * 20 + 9) * 3]
    settle(page)
    expect(page).to_have_url(re.compile(r"images_order=pixel"))


def test_a_neuron_adds_up_and_a_pixel_lights_in_all_three(page):
    open_scene(page, NEURON)
    shown = float(scene(page).get_attribute("data-z"))
    assert page.get_by_test_id("stMetricValue").first.inner_text() == f"{shown:.8g}"
    tiles = page.locator(".weighing .tiles canvas")
    expect(tiles).to_have_count(9)
    tiles.first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".weighing .formula b.lit")).to_have_count(3)
    page.locator(".player .first").click()
    drawn(page)
    assert float(scene(page).get_attribute("data-z")) == 0


def test_a_telephone_shows_it_all_and_a_finger_drags_the_patch_only(telephone):
    page = telephone
    open_scene(page, FLATTEN)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 420
    photo = page.locator(".picture .photo")
    photo.scroll_into_view_if_needed()
    drawn(page)
    unit = photo.bounding_box()["width"] / 20
    assert unit > 15
    [start] = handles(photo)
    far = scrolled(page)
    swipe(page, start, (2 * unit, 4 * unit))
    assert state(page, "row", "column") == [13, 11]
    assert scrolled(page) == far
    photo.tap(position={"x": 0.5 * unit, "y": 0.5 * unit})
    assert state(page, "row", "column") == [0, 0]


def test_reshape_alone_spreads_a_pixel_along_a_row(page):
    page.emulate_media(reduced_motion="reduce")
    visit(page, NUMBERS)
    gallery = page.locator(".gallery").last
    gallery.scroll_into_view_if_needed()
    original = gallery.locator("canvas").first
    original.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(gallery).to_have_attribute("data-lit", "origin-1")
    page.get_by_role("radio", name="permute, then reshape").click()
    settle(page)
    expect(gallery.locator("canvas")).to_have_count(5)
    expect(page.get_by_text("each channel is a whole picture")).to_be_visible()
