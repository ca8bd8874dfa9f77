"""Shapes of derivatives and identities: own examples typed, layouts chosen, mistakes made, in a real browser."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import cells, choose, drawn, settle, take_example, visit

LAYOUTS, IDENTITIES = "/calculus?calculus_view=layouts", "/calculus?calculus_view=identities"
KINDS = ["∂a/∂x, a number", "∂a/∂x, a vector", "∂sum(x)/∂x", "∂x/∂x", "∂(a·u)/∂x", "∂(Au)/∂x", "∂(u + v)/∂x",
         "∂(uᵀv)/∂x", "∂(Ax)/∂x", "∂(xᵀA)/∂x", "∂(xᵀAx)/∂x", "∂‖x‖²/∂x", "∂‖A‖²/∂A", "∂(u·v)/∂x",
         "∂‖Ax‖²/∂x"]  # fmt: skip


def type_into(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Control+Enter")
    settle(page)


def pick(page: Page, group: str, option: str) -> None:
    page.get_by_role("radiogroup", name=group).get_by_role("radio", name=option, exact=True).click()
    settle(page)


def entries(page: Page, name: str) -> list[list[str]]:
    """Return the cells of a tensor, row by row."""
    drawn(page)
    grid = page.locator(f".cells figure[data-name='{name}'] table")
    rows: list[list[str]] = grid.evaluate(
        "grid => [...grid.rows].map(row => [...row.querySelectorAll('[data-n]')].map(cell => cell.textContent))"
    )
    return [row for row in rows if row]


def table(page: Page) -> Locator:
    return page.get_by_test_id("stDataFrame").first


def yours(page: Page) -> dict[str, dict[str, str]]:
    """Return where in the table of shapes the person's own case stands, and what is written there."""
    rows = cells(table(page))
    return {
        row["shape of ∂y/∂x"]: {head: text.partition("yours: ")[2]}
        for row in rows
        for head, text in row.items()
        if "yours" in text
    }


def test_component_functions_are_typed_and_their_derivative_is_laid_out_both_ways(page):
    visit(page, LAYOUTS)
    told = page.get_by_test_id("stMain")
    assert entries(page, "∂y/∂x") == [["2", "1"], ["1.081", "0.8415"]]
    type_into(page, "y, one function of x1, x2, … per line", "x1*x2\nx1**2\nx2**3")
    type_into(page, "at x =", "2 3")
    expect(told).to_contain_text("the derivative has shape (3, 2) in this layout")
    assert entries(page, "y") == [["6"], ["4"], ["27"]]
    by_rows = [["3", "2"], ["4", "0"], ["0", "27"]]
    assert entries(page, "∂y/∂x") == by_rows
    expect(page.locator(".cells .step")).to_have_text(re.compile(r"^∂y3/∂x2 = .*x2.* = 27$"))
    pick(page, "Layout", "denominator")
    expect(told).to_contain_text("the derivative has shape (2, 3) in this layout")
    assert entries(page, "∂y/∂x") == [list(column) for column in zip(*by_rows, strict=True)]
    expect(page).to_have_url(re.compile("calculus_layout=denominator"))
    assert yours(page) == {"y: vector (m,)": {"x: vector (n,)": "(2, 3)"}}


def test_the_derivative_is_filled_in_entry_by_entry(page):
    visit(page, LAYOUTS)
    page.get_by_role("button", name="To the first step").click()
    expect(page.locator(".cells .step")).to_have_text(re.compile("^∂y1/∂x1 = .* = 2$"))
    assert entries(page, "∂y/∂x") == [["2", "·"], ["·", "·"]]
    page.get_by_role("button", name="One step forward").click()
    assert entries(page, "∂y/∂x") == [["2", "1"], ["·", "·"]]


@pytest.mark.parametrize(
    ("example", "y", "x", "numerator", "denominator"),
    [
        ("y = A x", "vector (m,)", "vector (n,)", "(2, 3)", "(3, 2)"),
        ("y = xᵀA x", "scalar", "vector (n,)", "(1, 3)", "(3, 1)"),
        ("y = A x (x: 2 × 2)", "matrix (m, l)", "matrix (n, k)", "(2, 2, 2, 2)", "(2, 2, 2, 2)"),
        ("y = x A (x: scalar)", "matrix (m, l)", "scalar", "(2, 3)", "(3, 2)"),
    ],
)
def test_every_kind_of_y_and_x_finds_its_place_in_the_table_of_shapes(page, example, y, x, numerator, denominator):
    visit(page, LAYOUTS)
    pick(page, "What is y?", "an expression of x and A")
    if example != "y = A x":  # with which the screen begins
        take_example(page, example)
    assert yours(page) == {f"y: {y}": {f"x: {x}": numerator}}
    pick(page, "Layout", "denominator")
    assert yours(page) == {f"y: {y}": {f"x: {x}": denominator}}


def test_an_expression_with_a_mistake_is_told_and_the_last_derivative_stays(page):
    visit(page, f"{LAYOUTS}&calculus_kind=tensors")
    type_into(page, "y, as in Python", "A @ x + x[0]")
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    assert entries(page, "∂y/∂x") == [["1", "2", "0"], ["0", "3", "1"]]
    type_into(page, "y, as in Python", "2*A @ x")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    twice = [["2", "4", "0"], ["0", "6", "2"]]
    assert entries(page, "∂y/∂x") == twice
    type_into(page, "x", "1 2")
    expect(page.get_by_test_id("stAlert")).to_contain_text("x has shape (2,), A has shape (2, 3).")
    expect(page.get_by_text("Showing the last valid result.")).to_be_visible()
    assert entries(page, "∂y/∂x") == twice
    assert entries(page, "x") == [["1"], ["2"], ["3"]]


def test_a_mistake_in_one_component_is_pointed_at_and_both_layouts_keep_the_last_answer(page):
    visit(page, LAYOUTS)
    type_into(page, "y, one function of x1, x2, … per line", "x1*x2\nx1 + 2x2")
    expect(page.get_by_test_id("stAlert")).to_contain_text("An operator is missing before this")
    expect(page.get_by_test_id("stCode").first).to_contain_text("^")
    before = [["2", "1"], ["1.081", "0.8415"]]
    assert entries(page, "∂y/∂x") == before
    pick(page, "Layout", "denominator")
    expect(page.get_by_test_id("stAlert")).to_contain_text("An operator is missing before this")
    assert entries(page, "∂y/∂x") == [list(column) for column in zip(*before, strict=True)]


def held(page: Page) -> dict[str, str]:
    return {row["derivative"]: row["holds"] for row in cells(table(page))}


def test_the_identities_are_checked_on_the_persons_own_matrix_and_vector(page):
    visit(page, IDENTITIES)
    assert held(page) == dict.fromkeys(KINDS, "✓")
    type_into(page, "A, a matrix", "1 2 3\n4 5 6")
    type_into(page, "x, a vector", "1 0 2")
    expect(page.get_by_test_id("stMain")).to_contain_text("13 of 13 identities hold for this A and x")
    assert held(page) == {**dict.fromkeys(KINDS, "✓"), "∂(xᵀA)/∂x": "–", "∂(xᵀAx)/∂x": "–"}
    assert [row["shape, numerator"] for row in cells(table(page))] == [
        "(1, 3)", "(2, 3)", "(1, 3)", "(3, 3)", "(3, 3)", "(2, 3)", "(3, 3)", "(1, 3)",
        "(2, 3)", "–", "–", "(1, 3)", "(3, 2)", "(2, 3)", "(1, 3)",
    ]  # fmt: skip
    choose(page, "Look at", "∂(xᵀA)/∂x")
    expect(page.get_by_test_id("stAlert")).to_contain_text("xᵀA needs as many entries in x as A has rows")
    expect(page.locator(".cells")).to_have_count(0)


GRADIENTS = {
    "∂(Ax)/∂x": [["1", "3"], ["2", "4"]],
    "∂(xᵀA)/∂x": [["1", "2"], ["3", "4"]],
    "∂(xᵀAx)/∂x": [["−3"], ["−3"]],
    "∂‖x‖²/∂x": [["2"], ["−2"]],
    "∂‖A‖²/∂A": [["2", "4"], ["6", "8"]],
    "∂(u·v)/∂x": [["0", "4"], ["6", "10"]],
    "∂‖Ax‖²/∂x": [["−8"], ["−12"]],
}


def test_each_identity_is_measured_entry_by_entry_in_the_layout_chosen(page):
    visit(page, f"{IDENTITIES}&calculus_matrix={quote('1 2; 3 4')}&calculus_vector={quote('1 -1')}")
    for name, gradient in GRADIENTS.items():
        choose(page, "Look at", name)
        visit(page, page.url)  # the link opens the same one
        box = page.get_by_test_id("stSelectbox").filter(has_text="Look at")
        expect(box.get_by_role("combobox")).to_have_value(name)
        assert entries(page, "formula") == gradient
        measured = [[f"{round(float(cell.replace('−', '-'))):g}" for cell in row] for row in entries(page, "measured")]
        assert measured == [[cell.replace("−", "-") for cell in row] for row in gradient]
        pick(page, "Layout", "numerator")
        assert entries(page, "formula") == [list(column) for column in zip(*gradient, strict=True)]
        pick(page, "Layout", "denominator")


def test_a_mistake_in_a_matrix_keeps_the_last_identities(page):
    visit(page, IDENTITIES)
    type_into(page, "A, a matrix", "1 2\n3 4")
    type_into(page, "x, a vector", "1 1")
    before = cells(table(page))
    for label, text in (("A, a matrix", "1 2\n3"), ("x, a vector", "1 two"), ("x, a vector", "1 1; 1 1")):
        right = page.get_by_role("textbox", name=label, exact=True).input_value()
        type_into(page, label, text)
        expect(page.get_by_test_id("stAlert").first).to_have_text(re.compile(r"\w+ .*\."))
        expect(page.get_by_text("Showing the last valid result.")).to_be_visible()
        assert cells(table(page)) == before
        assert entries(page, "A") == [["1", "2"], ["3", "4"]]
        type_into(page, label, right)
        expect(page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.parametrize(
    "path",
    [
        LAYOUTS,
        f"{LAYOUTS}&calculus_kind=tensors&calculus_y=x*A&calculus_tensor=2.0",
        IDENTITIES,
        f"{IDENTITIES}&calculus_identity=product",
        f"{IDENTITIES}&calculus_identity=chain&calculus_side=numerator",
    ],
)
def test_each_fits_a_telephone(page, path):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, path)
    expect(page.locator(".cells figure").first).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    for formula in page.locator(".katex-display:visible").all():
        box, inner = formula.bounding_box(), formula.locator(".katex-html").first.bounding_box()
        assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 1, "a formula is cut off"
