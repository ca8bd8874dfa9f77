"""Compare in a real browser: sort, switch units, slide a value and read what both models say."""

import re

from playwright.sync_api import expect

from dashboard.ui.escape import escape_markdown
from tests.browser.steps import boxes, cells, charts, choose, drawing, expect_changed, expect_other, settle, visit


def table(page):
    return cells(page.get_by_test_id("stDataFrame").first)


def switch(page, name):
    page.get_by_test_id("stMain").get_by_role("radio", name=name, exact=True).click()
    settle(page)


def number(text):
    return float(text.replace(",", "").replace("−", "-"))


def slider(page, name):
    return page.locator(f"[class*=_{name}_slider]").get_by_role("slider")


def field(page, name):
    return page.get_by_role("spinbutton", name=escape_markdown(name), exact=True)


def test_sorting_and_switching_units_reorder_table_and_plot_alike(page):
    visit(page, "/compare?sample=longley")
    before, picture = table(page), drawing(charts(page).first)
    choose(page, "Sort by", "size")
    after = expect_other(page, lambda: table(page), before)
    sizes = [abs(number(row["Closed form"])) for row in after]
    assert sizes == sorted(sizes, reverse=True)
    expect_other(page, lambda: drawing(charts(page).first), picture)

    switch(page, "standardised")
    standardised = expect_other(page, lambda: table(page), after)
    sizes = [abs(number(row["Closed form"])) for row in standardised]
    assert sizes == sorted(sizes, reverse=True)
    assert standardised[0]["Coefficient"] == "bias"
    expect(page.get_by_text("of the feature; the bias is what is predicted for the mean row")).to_be_visible()


def test_a_wider_confidence_takes_more_in(page):
    visit(page, "/compare?sample=longley")
    before = table(page)
    switch(page, "99%")
    after = expect_other(page, lambda: [{**row} for row in cells(page.get_by_test_id("stDataFrame").first)], before)
    for narrow, wide in zip(before, after, strict=True):
        assert number(wide["99% from"]) < number(narrow["95% from"]) < number(narrow["95% to"]) < number(wide["99% to"])


def test_the_conversion_follows_the_coefficient(page):
    visit(page, "/compare?sample=longley")
    formulas = page.get_by_test_id("stMain").locator(".katex-html")
    before = formulas.all_inner_texts()
    choose(page, "Coefficient to convert", "bias")
    expect(page.get_by_text(re.compile("At the mean row the error is"))).to_be_visible()
    assert formulas.all_inner_texts() != before


def test_sliding_a_value_by_keys_changes_the_prediction_and_only_this_part(page):
    visit(page, "/compare?compare_view=what_if")
    before = boxes(page)
    moved = slider(page, "flipper_length_mm")
    moved.focus()
    for value in range(182, 187):  # a key pressed while the page is drawn anew may be lost
        page.keyboard.press("ArrowRight")
        expect(moved).to_have_value(str(value))
        settle(page)
    expect_changed(page, before)
    expect(field(page, "flipper_length_mm")).to_have_value("186")
    expect(moved).to_have_value("186")
    expect(page.get_by_text(re.compile("In the table the"))).to_have_count(0)


def test_sliding_a_value_by_mouse_moves_the_picture_and_the_curve(page):
    visit(page, "/compare?compare_view=what_if")
    expect(charts(page)).to_have_count(2)
    before, pictures = boxes(page), [drawing(chart) for chart in charts(page).all()]
    handle = slider(page, "bill_depth_mm")
    thumb = handle.locator("xpath=../..")
    thumb.scroll_into_view_if_needed()
    spot = thumb.bounding_box()
    x, y = spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=8)
    page.mouse.up()
    expect_changed(page, before)
    for number, picture in enumerate(pictures):
        expect_other(page, lambda place=number: drawing(charts(page).nth(place)), picture)


def test_a_number_beyond_the_range_is_taken_and_warned_of_and_reset_takes_it_back(page):
    visit(page, "/compare?compare_view=what_if")
    before = boxes(page)
    field(page, "flipper_length_mm").fill("400")
    field(page, "flipper_length_mm").press("Enter")
    expect_changed(page, before)
    expect(page.get_by_test_id("stAlert").filter(has_text="flipper_length_mm (172 to 231)")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert expect_other(page, lambda: boxes(page), {}) == before


def test_another_row_of_the_table_fills_the_fields(page):
    visit(page, "/compare?compare_view=what_if&compare_row=20")
    expect(page.get_by_text(re.compile("In the table the body_mass_g of this row is 4,200"))).to_be_visible()
    assert float(field(page, "bill_length_mm").input_value()) == 46
