"""A function typed and differentiated by rules, and a point moved over level lines, with real keys and clicks."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import boxes, charts, drawing, expect_box, expect_changed, expect_other, press, settle, visit


def type_into(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Enter")
    settle(page)


def test_a_typed_function_is_taken_apart_and_a_bad_one_leaves_it_standing(page):
    visit(page, "/calculus?calculus_view=rules")
    expect_box(page, "Slope by autograd", "2")
    type_into(page, "f(x), as in Python", "x**2*sin(3*x)")
    expect_box(page, "Slope by the rules", "−2.68774")
    expect(page.get_by_text("Product rule", exact=True)).to_be_visible()
    expect(page.get_by_text("Chain rule", exact=True)).to_be_visible()
    assert len(drawing(charts(page).first)) > 8
    type_into(page, "f(x), as in Python", "x**2*sin(3x)")
    expect(page.get_by_test_id("stAlert")).to_contain_text("An operator is missing before this")
    expect(page.get_by_test_id("stCode").first).to_contain_text("^")
    expect_box(page, "Slope by the rules", "−2.68774")


def test_the_longest_formulas_do_not_widen_the_page(page):
    visit(page, "/calculus?calculus_view=rules&calculus_f=x**2*sin(3*x)/(1%2Bexp(-x))**3*sqrt(1%2Bx**4)/log(2%2Bx)")
    expect(page.get_by_text("Quotient rule", exact=True).first).to_be_visible()
    for width in (1400, 420):
        page.set_viewport_size({"width": width, "height": 1000})
        settle(page)
        wide, shown = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert wide <= shown


def test_a_point_moved_by_keys_turns_the_way_downhill(page):
    visit(page, "/calculus?calculus_view=two_variables")
    expect_box(page, "Steepness", "7.2111")
    before, contours = boxes(page), charts(page).first
    was = drawing(contours)
    press(page, "calculus_px", "ArrowLeft", 3)
    expect_changed(page, before)
    expect_box(page, "∂f/∂x", "3.4")
    expect_other(page, lambda: drawing(contours), was)
    expect(page).to_have_url(re.compile(r"calculus_px=1\.7"))


def test_one_click_leads_to_slopes_that_the_gradient_does_not_tell(page):
    visit(page, "/calculus?calculus_view=two_variables")
    page.get_by_test_id("stMain").get_by_role("radio", name="xy/(x² + y²)", exact=True).click()
    settle(page)
    expect_box(page, "Steepest slope", "–")
    expect(page.get_by_text("not even continuous here")).to_be_visible()
    expect(page.get_by_text("grows from 5 to 5e+09")).to_be_visible()
