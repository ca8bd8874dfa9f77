"""Products in a real browser: pointing at an entry lights its row and its column, by mouse, keys and in frames."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, settle, take_example, visit

MATRICES = "/products?products_left=arange(6).reshape(2, 3)&products_right=arange(12).reshape(3, 4)"


def tensor(page: Page, name: str) -> Locator:
    return page.locator(f".cells figure[data-name='{name}']")


def cell(page: Page, label: str) -> Locator:
    """Return the cell that is read aloud under this label."""
    return page.locator(f".cells [data-n][aria-label^='{label}:']")


def lit(page: Page, name: str, kind: str = "source") -> list[str]:
    """Return the labels of the cells of a tensor that are lit."""
    drawn(page)
    return [each.get_attribute("aria-label").partition(":")[0] for each in tensor(page, name).locator(f".{kind}").all()]


def test_pointing_at_an_entry_lights_its_row_and_its_column_and_writes_its_working(page):
    visit(page, MATRICES)
    cell(page, "(A @ B)[1, 2]").hover()
    expect(page.locator(".cells .working")).to_have_text("(A @ B)[1, 2] = 3 · 2 + 4 · 6 + 5 · 10 = 80")
    assert lit(page, "A") == ["A[1, 0]", "A[1, 1]", "A[1, 2]"]
    assert lit(page, "B") == ["B[0, 2]", "B[1, 2]", "B[2, 2]"]
    page.mouse.move(2, 2)
    expect(page.locator(".cells .working")).to_contain_text("(A @ B)[0, 0] = ")


def test_pointing_at_a_factor_lights_all_that_is_made_from_it(page):
    visit(page, MATRICES)
    cell(page, "A[0, 1]").hover()
    expect(cell(page, "A[0, 1]")).to_have_class(re.compile("here"))
    assert lit(page, "A @ B", "made") == [f"(A @ B)[0, {column}]" for column in range(4)]
    cell(page, "B[2, 3]").hover()
    expect(cell(page, "B[2, 3]")).to_have_class(re.compile("here"))
    assert lit(page, "A @ B", "made") == ["(A @ B)[0, 3]", "(A @ B)[1, 3]"]


def test_the_cells_can_be_walked_through_with_keys_alone(page):
    visit(page, MATRICES)
    cell(page, "(A @ B)[0, 0]").focus()
    for key, label in (("ArrowRight", "[0, 1]"), ("ArrowDown", "[1, 1]"), ("End", "[1, 3]"), ("Home", "[1, 0]"),
                       ("ArrowLeft", "[1, 0]"), ("ArrowUp", "[0, 0]")):  # fmt: skip
        page.keyboard.press(key)
        expect(page.locator(".cells .working")).to_contain_text(f"(A @ B){label} = ")
    assert lit(page, "B") == ["B[0, 0]", "B[1, 0]", "B[2, 0]"]


def test_the_row_stands_beside_its_entry_and_the_column_above_it(page):
    visit(page, MATRICES)
    entry, row, column = (cell(page, label).bounding_box() for label in ("(A @ B)[1, 3]", "A[1, 0]", "B[0, 3]"))
    assert abs(entry["y"] - row["y"]) < 2
    assert row["x"] < entry["x"]
    assert abs(entry["x"] - column["x"]) < 2
    assert column["y"] < entry["y"]


def test_what_is_pointed_at_stays_when_a_number_is_changed(page):
    visit(page, MATRICES)
    cell(page, "(A @ B)[1, 2]").click()
    field = page.get_by_role("textbox", name="Matrix A")
    field.fill("[[1, 1, 1], [2, 2, 2]]")
    field.press("Control+Enter")
    settle(page)
    expect(page.locator(".cells .working")).to_have_text("(A @ B)[1, 2] = 2 · 2 + 2 · 6 + 2 · 10 = 36")


def test_a_misfit_is_told_and_the_last_answer_stays(page):
    visit(page, MATRICES)
    field = page.get_by_role("textbox", name="Matrix B")
    field.fill("1 2; 3 4")
    field.press("Control+Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("The rows of A have length 3 and the columns of B length 2")
    expect(cell(page, "(A @ B)[1, 3]")).to_have_text("92")


def test_the_sum_of_columns_times_rows_is_played_and_scrubbed(page):
    visit(page, f"{MATRICES}&products_matrix_by=outer")
    root, scrubber = page.locator(".cells"), page.locator(".cells .scrubber")
    expect(root.locator(".step")).to_have_text("Step 1 of 3: column 0 of A times row 0 of B is added.")
    expect(cell(page, "(sum so far)[1, 3]")).to_have_text("9")
    scrubber.focus()
    page.keyboard.press("ArrowRight")
    expect(root).to_have_attribute("data-frame", "1")
    expect(cell(page, "(sum so far)[1, 3]")).to_have_text("37")
    assert lit(page, "A", "lit") == ["A[0, 1]", "A[1, 1]"]
    page.keyboard.press("Home")
    root.get_by_label("Speed").select_option(label="0.5 s per step")
    root.get_by_role("button", name="Play").click()
    expect(root).to_have_attribute("data-frame", "2")
    expect(cell(page, "(sum so far)[1, 3]")).to_have_text("92")
    expect(root.get_by_role("button", name="Play")).to_be_visible()


def test_an_example_loads_with_one_click_and_gives_the_answer_of_the_notes(page):
    visit(page, "/products?products_view=matrix_vector")
    take_example(page, "A quarter turn")
    settle(page)
    expect(tensor(page, "A @ x").locator("[data-n]")).to_have_text(["−1", "2"])
    take_example(page, "arange(20) and arange(4)")
    settle(page)
    expect(tensor(page, "A @ x").locator("[data-n]")).to_have_text(["14", "38", "62", "86", "110"])


def test_a_view_shares_its_cells_and_a_clone_does_not(page):
    visit(page, "/products?products_view=clone&products_making=transpose")
    expect(page.locator(".cells .legend")).to_contain_text("the same memory as A")
    expect(cell(page, "A[0, 2]")).to_have_text("100")
    cell(page, "B[2, 0]").hover()
    assert lit(page, "A") == ["A[0, 2]"]
    page.get_by_role("button", name="B = A.clone()").or_(page.get_by_role("radio", name="B = A.clone()")).click()
    settle(page)
    expect(cell(page, "A[0, 2]")).to_have_text("2")
    expect(cell(page, "B[0, 0]")).to_have_text("100")


def test_on_a_telephone_everything_is_within_the_screen(page):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, MATRICES)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 420
    cell(page, "(A @ B)[1, 2]").scroll_into_view_if_needed()
    cell(page, "(A @ B)[1, 2]").click()
    expect(page.locator(".cells .working")).to_contain_text("= 80")
