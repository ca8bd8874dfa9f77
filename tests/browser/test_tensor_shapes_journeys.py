"""Axes, joining, broadcasting and slicing, walked through with real clicks and keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import drawn, expect_box, settle, take_example, visit


def type_into(page, label, text):
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")
    settle(page)


def test_a_cell_that_is_pointed_at_leads_to_its_place_in_memory(page):
    visit(page, "/tensors")
    expect_box(page, "Shape · A.shape", "(3, 4)")
    working = page.locator(".cells .working")
    expect(working).to_have_text("A[2, 3] = memory[2·4 + 3·1] = memory[11] = 11")
    page.locator(".cells [data-n]").first.click()
    page.keyboard.press("ArrowDown")
    drawn(page)
    expect(working).to_have_text("A[1, 0] = memory[1·4 + 0·1] = memory[4] = 4")
    take_example(page, "3 axes")
    expect_box(page, "Shape · A.shape", "(2, 3, 4)")
    expect(page).to_have_url(re.compile("tensors_axes_a=arange"))


def test_an_index_is_typed_and_a_wrong_one_keeps_the_last_answer(page):
    visit(page, "/tensors?tensors_view=slicing")
    expect_box(page, "Selected cells", "4 / 12")
    type_into(page, "Index: A[ … ]", "A > 5")
    expect_box(page, "B is", "a copy")
    expect_box(page, "Selected cells", "6 / 12")
    type_into(page, "Index: A[ … ]", "0, 9")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Axis 1 has length 4")
    expect_box(page, "Selected cells", "6 / 12")
    type_into(page, "Index: A[ … ]", "1:3")
    expect_box(page, "B is", "a view")
    page.get_by_role("button", name="To the last step").click()
    expect(page.locator(".cells .step")).to_contain_text("so A changes too")


def test_broadcasting_is_played_back_to_the_tensors_as_they_are(page):
    visit(page, "/tensors?tensors_view=broadcasting")
    step = page.locator(".cells .step")
    expect(step).to_have_text("Cell by cell")
    page.get_by_role("button", name="To the first step").click()
    expect(step).to_have_text("a and b as they are")
    page.get_by_role("button", name="One step forward").click()
    expect(step).to_contain_text("Axis −1: a has length 1")
    take_example(page, "a pair that fails")
    expect_box(page, "Shape of the result", "none")
    expect(page.get_by_test_id("stCode").filter(has_text="must match the size of tensor b (3)").first).to_be_visible()


def test_tensors_are_stacked_with_one_click(page):
    visit(page, "/tensors?tensors_view=joining")
    expect_box(page, "Shape of Z", "(6, 4)")
    take_example(page, "two matrices along a new axis")
    expect_box(page, "Shape of Z", "(2, 3, 4)")


@pytest.mark.parametrize("part", ["shapes", "bug"])
def test_every_part_of_broadcasting_fits_a_telephone(page, part):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, f"/tensors?tensors_view=broadcasting&tensors_broadcast_part={part}")
    expect(page.get_by_test_id("stMetric").first).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
