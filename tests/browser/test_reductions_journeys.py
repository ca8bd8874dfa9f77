"""Reductions in a real browser: examples, an axis that collapses, cells that say what they are made of."""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps


def board(page: Page, number: int = 0):
    return page.locator(".cells").nth(number)


def result(page: Page, name: str):
    return board(page).locator("figure.tensor").filter(has=page.get_by_text(name, exact=True))


def test_the_notes_sums_come_with_one_click_and_say_what_they_are_made_of(page):
    steps.visit(page, "/reductions?reductions_how=max")
    steps.take_example(page, "1…9 over axis 1")
    cells = result(page, "A.sum(axis=1)").locator("td[data-n]")
    expect(cells).to_have_text(["6", "15", "24"])
    cells.nth(1).hover()
    expect(board(page).locator(".working")).to_have_text("A.sum(axis=1)[1] = 4 + 5 + 6 = 15")
    expect(board(page).locator("figure").first.locator(".source")).to_have_text(["4", "5", "6"])
    steps.take_example(page, "1…9 over axis 0")
    expect(result(page, "A.sum(axis=0)").locator("td[data-n]")).to_have_text(["12", "15", "18"])


def test_the_axis_collapses_under_the_scrubber(page):
    steps.visit(page, "/reductions")
    scrubber = board(page).get_by_role("slider")
    scrubber.focus()
    page.keyboard.press("Home")
    so_far = result(page, "so far")
    expect(so_far.locator("tr:has(td[data-n])")).to_have_count(3)
    page.keyboard.press("ArrowRight")
    expect(so_far.locator("td.folds-up")).to_have_text(["4", "5", "6"])
    page.keyboard.press("ArrowRight")
    expect(so_far.locator("td[data-n]")).to_have_text(["5", "7", "9", "7", "8", "9"])
    page.keyboard.press("End")
    expect(result(page, "A.sum(axis=0)").locator("td[data-n]")).to_have_text(["12", "15", "18"])
    expect(board(page).locator(".step")).to_have_text(re.compile("leaves the shape"))


def test_typing_choosing_and_keeping_the_axis_follow_each_other_and_are_in_the_link(page):
    steps.visit(page, "/reductions")
    field = page.get_by_label("A", exact=True)
    field.fill("1.0 2; 3 4; 5 9")
    field.press("Control+Enter")
    expect(result(page, "A.sum(axis=0)").locator("td[data-n]")).to_have_text(["9", "15"])
    page.get_by_role("radio", name="mean", exact=True).click()
    page.get_by_text("keepdims=True: keep the axis, with length 1").click()
    expect(result(page, "A.mean(axis=0, keepdims=True)")).to_contain_text("shape (1, 2)")
    steps.settle(page)
    steps.visit(page, page.url)
    expect(result(page, "A.mean(axis=0, keepdims=True)").locator("td[data-n]")).to_have_text(["3", "5"])
    field.fill("1 2; 3")
    field.press("Control+Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(result(page, "A.mean(axis=0, keepdims=True)").locator("td[data-n]")).to_have_text(["3", "5"])


def test_shares_without_keepdims_are_marked_as_wrong(page):
    steps.visit(page, "/reductions?reductions_view=shares")
    expect(board(page, 0).locator("td.wrong")).to_have_count(0)
    expect(board(page, 1).locator("td.wrong")).to_have_count(6)
    board(page, 1).locator("td.wrong").first.click()
    expect(board(page, 1).locator(".working")).to_have_text("(A / S)[0, 1] = 2 / 15 = 0.133333")
    steps.take_example(page, "Shares, not square")
    expect(page.get_by_text("must match the size of tensor b").first).to_be_visible()
