"""What holds for every screen in a real browser: it opens, fits a telephone, and asks nobody else for anything."""

import pytest
from playwright.sync_api import expect

from dashboard.screens import menu
from tests.browser.steps import visit

SCREENS = {f"/{screen.path}": screen.title for screens in menu().values() for screen in screens}
SCREENS["/"] = "Watch a model learn"


@pytest.mark.smoke
@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_fits_a_telephone_and_asks_no_other_machine_for_anything(page, address, path):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, path)
    expect(page.get_by_role("heading", level=1, name=SCREENS[path])).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
