"""A point moved over a function of two variables, examples clicked, and links opened by somebody else."""

from playwright.sync_api import Page, expect

from tests.browser.steps import (
    LISTEN,
    boxes,
    charts,
    drawing,
    expect_box,
    expect_other,
    press,
    settle,
    take_example,
    visit,
)

PLACE = "/calculus?calculus_view=two_variables"


def formulas(page: Page) -> str:
    said: str = page.locator(".katex-display annotation").first.text_content()
    return said


def sentence(page: Page) -> str:
    return page.get_by_text("The direction of steepest descent is").inner_text()


def seen(page: Page) -> dict[str, object]:
    """Return all that the screen says and draws of a function and a point."""
    return {
        "boxes": boxes(page),
        "formulas": formulas(page),
        "text": page.get_by_test_id("stMain").get_by_test_id("stMarkdown").all_inner_texts(),
        "drawn": [drawing(chart) for chart in charts(page).all()],
        "code": page.get_by_test_id("stCode").first.inner_text(),
    }


def test_the_point_is_moved_along_both_axes_and_the_sentence_says_what_a_step_downhill_does(page):
    visit(page, PLACE)
    expect(page.get_by_text("The direction of steepest descent is (−0.555, −0.832)")).to_be_visible()
    contours, cuts = (drawing(charts(page).nth(place)) for place in (0, 1))
    press(page, "calculus_px", "ArrowLeft", 15)
    press(page, "calculus_py", "ArrowRight", 5)
    expect_box(page, "f at the point", "7")  # 0.5² + 3 · 1.5²
    expect_box(page, "∂f/∂x", "1")
    expect_box(page, "∂f/∂y", "9")
    expect_box(page, "Steepness", "9.05539")
    expect(page.get_by_text("The direction of steepest descent is (−0.11, −0.994)")).to_be_visible()
    expect(page.get_by_text("should change f by −0.9055")).to_be_visible()
    expect_other(page, lambda: drawing(charts(page).first), contours)
    expect_other(page, lambda: drawing(charts(page).nth(1)), cuts)
    expect(page.get_by_test_id("stCode").first).to_contain_text("x = torch.tensor(0.5,")


def test_at_the_bottom_there_is_no_way_down_and_no_arrow(page):
    visit(page, PLACE)
    before = drawing(charts(page).first)
    press(page, "calculus_px", "ArrowLeft", 20)
    press(page, "calculus_py", "ArrowLeft", 10)
    expect(page.get_by_text("it gives no direction of descent")).to_be_visible()
    expect_box(page, "Steepness", "0")
    assert len(expect_other(page, lambda: drawing(charts(page).first), before)) < len(before)


def test_an_example_is_clicked_and_its_link_opens_the_same_for_somebody_else(page, context):
    visit(page, PLACE)
    before = formulas(page)
    take_example(page, "sin x cos y")
    expect(page.get_by_label("f(x, y), as in Python")).to_have_value("sin(x)*cos(y)")
    expect_box(page, "∂f/∂x", "0.47416")
    expect_other(page, lambda: formulas(page), before)
    press(page, "calculus_px", "ArrowRight", 4)
    press(page, "calculus_out", "ArrowLeft")
    expect_box(page, "∂f/∂x", "0.14916")
    here = seen(page)
    other = context.browser.new_context(viewport={"width": 1400, "height": 1000})
    other.add_init_script(LISTEN)
    try:
        there = other.new_page()
        visit(there, page.url)
        expect_box(there, "∂f/∂x", "0.14916")
        expect(there.get_by_role("slider", name="The point's x")).to_have_value("1.4")
        assert seen(there) == here
    finally:
        other.close()


def test_every_kind_of_example_says_whether_the_gradient_tells_every_slope(page):
    visit(page, PLACE)
    for example, verdict in (
        ("√|xy|", "f is not differentiable here"),
        ("x² − y²", "f is differentiable here"),
        ("x²y/(x² + y²)", "f is not differentiable here"),
        ("xy/(x² + y²)", "f is not even continuous here"),
    ):
        take_example(page, example)
        expect(page.get_by_text(verdict)).to_be_visible()
    expect(page.get_by_role("radio", name=example, exact=True)).to_be_checked()


def test_a_broken_function_keeps_the_last_one_at_the_point_it_was_taken(page):
    visit(page, PLACE)
    field = page.get_by_label("f(x, y), as in Python")
    field.fill("x*y + exp(y)")
    field.press("Enter")
    settle(page)
    expect_box(page, "∂f/∂x", "1")
    before = boxes(page)
    field.fill("x*y + exp(z)")
    field.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    settle(page)
    assert boxes(page) == before
    assert formulas(page).count("frac") >= 2


def test_it_fits_a_telephone(page):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, f"{PLACE}&calculus_xy=(1 - x)**2 %2B (y - x**2)**2 / (1 %2B sin(x*y)**2)")
    expect(charts(page).first).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
