"""The glossary in a real browser: a term is found while one types, and followed to the view where one plays with it."""

from playwright.sync_api import expect

from tests.browser.steps import go_to, settle, visit


def test_a_term_is_found_while_one_types_and_followed_to_its_view(page):
    visit(page, "/norms?norms_view=distances")
    go_to(page, "Glossary")
    page.get_by_label("Search", exact=True).press_sequentially("unit circle")
    expect(page.get_by_text("1 term.")).to_be_visible()  # without Enter
    settle(page)
    assert "glossary_search=unit+circle" in page.url
    main = page.get_by_test_id("stMain")
    main.get_by_test_id("stPageLink").filter(has_text="The unit ball").click()
    expect(page.get_by_role("heading", level=1, name="Norms")).to_be_visible()
    settle(page)
    views = main.get_by_role("radiogroup", name="Which lesson")
    expect(views.get_by_role("radio", name="The unit ball")).to_be_checked()
    assert "norms_view=ball" in page.url
    views.get_by_role("radio", name="One vector").click()
    settle(page)
    expect(views.get_by_role("radio", name="One vector")).to_be_checked()  # the link has set its view once
