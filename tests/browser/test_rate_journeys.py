"""The learning rate and the choices beside it, turned by keys and clicks: cross the limit, read why, come back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import boxes, expect_changed, expect_other, press, settle, visit

RAW = "/train?train_standardise=false&learning_rate=1e-08"


def explanation(page: Page):
    return page.get_by_test_id("stAlert").filter(has_text="every update multiplies the error by")


def more_choices(page: Page):
    return page.locator(".st-key-train_more")


def open_choices(page: Page) -> None:
    more_choices(page).locator("summary").click()
    expect(more_choices(page).get_by_text("Optimizer")).to_be_visible()


def pick(page: Page, knob: str, option: str) -> None:
    page.locator(f".st-key-{knob}").get_by_role("radio", name=option, exact=True).click()
    settle(page)


def test_crossing_the_limit_is_explained_and_nine_tenths_of_it_bring_the_run_back(page):
    visit(page, "/train?learning_rate=0.2")
    expect(explanation(page)).to_have_count(0)
    press(page, "learning_rate", "ArrowRight", 3)
    told = explanation(page)
    expect(told).to_have_text(
        re.compile(r"0\.7 is above the limit 0\.45\. Along .*flipper_length_mm.*the eigenvalue 4\.4")
    )
    expect(told).to_have_text(re.compile(r"This run diverged after \d+ updates"))
    page.get_by_role("button", name="Use 0.9 of the limit").click()
    settle(page)
    expect(told).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"learning_rate=0\.(2|3)\b"))


def test_raw_features_are_mended_by_standardising(page):
    visit(page, RAW)
    press(page, "learning_rate", "ArrowRight", 12)
    expect(explanation(page)).to_have_text(re.compile("Along .*year"))
    page.get_by_role("button", name="Standardise the features", exact=True).click()
    settle(page)
    expect(explanation(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Standardise the features", exact=True)).to_have_count(0)


def test_the_scale_under_the_slider_is_drawn_and_its_marks_follow(page):
    visit(page, "/train?learning_rate=0.01")
    strip = page.get_by_test_id("stVegaLiteChart").first

    def places() -> list[str]:
        return strip.locator("svg.marks g.mark-symbol.role-mark path").evaluate_all(
            "marks => marks.map(mark => mark.getAttribute('transform'))"
        )

    expect(strip.locator("svg.marks g.mark-symbol.role-mark path")).to_have_count(3)
    before = places()
    press(page, "learning_rate", "ArrowRight", 2)
    expect(strip.locator("svg.marks g.mark-symbol.role-mark path")).to_have_count(3)
    expect_other(page, places, before)


def test_the_kind_of_batch_sets_the_slider(page):
    visit(page, "/train")
    for option, size in (("All", "500"), ("Single", "1"), ("Minibatch", "10")):
        pick(page, "_train_batches", option)
        expect(page.locator(".st-key-batch_size").get_by_role("slider")).to_have_attribute("aria-valuetext", size)
    expect(page.get_by_text("so every step uses all of them")).to_have_count(0)


def test_more_choices_change_the_run_and_stay_open(page):
    visit(page, "/train")
    open_choices(page)
    for knob, option in (("train_optimizer", "Momentum"), ("train_start", "Large"), ("train_shuffle", "Never")):
        before = boxes(page)
        pick(page, knob, option)
        expect_changed(page, before)
        expect(page).to_have_url(re.compile(f"{knob}="))
    expect(page.get_by_text("3 of these choices are changed.")).to_be_visible()
    before = boxes(page)
    press(page, "train_momentum", "Home")
    expect_changed(page, before)
    press(page, "train_penalty", "End")
    expect(page.get_by_text("and the objective with the penalty")).to_be_visible()
    press(page, "train_patience", "ArrowRight", 1)
    expect(page.get_by_text("5 of these choices are changed.")).to_be_visible()
    expect(more_choices(page).get_by_text("Optimizer")).to_be_visible()


def test_folded_choices_hold_through_moves_reloads_and_unfolding(page):
    visit(page, "/train")
    open_choices(page)
    pick(page, "train_optimizer", "Momentum")
    press(page, "train_momentum", "ArrowLeft", 10)
    press(page, "train_penalty", "ArrowRight", 3)
    press(page, "train_patience", "ArrowRight", 2)
    more_choices(page).locator("summary").click()
    expect(more_choices(page).get_by_text("Optimizer")).to_have_count(0)
    settle(page)
    held = boxes(page)
    press(page, "epochs", "ArrowRight", 5)
    press(page, "epochs", "ArrowLeft", 5)
    assert boxes(page)["Gap"] == held["Gap"]
    for _again in range(2):
        expect(page.get_by_text("3 of these choices are changed.")).to_be_visible()
        for part in ("train_optimizer=momentum", "train_momentum=0.8", "train_penalty=0.001", "train_patience=2"):
            expect(page).to_have_url(re.compile(re.escape(part)))
        page.reload()
        settle(page)
        assert boxes(page)["Gap"] == held["Gap"]
    open_choices(page)
    slider = page.locator(".st-key-train_penalty").get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "0.001")
    expect(page.locator(".st-key-train_momentum").get_by_role("slider")).to_have_value("0.8")
    assert boxes(page)["Gap"] == held["Gap"]


def test_powers_show_what_centring_is_for(page):
    visit(page, "/train?sample=cars")
    open_choices(page)
    press(page, "train_degree", "ArrowRight", 2)
    box = page.get_by_test_id("stMetric").filter(has_text="before → after").get_by_test_id("stMetricValue")
    centred = box.inner_text()
    expect(page.get_by_text("Without centring first it would be")).to_be_visible()
    page.get_by_test_id("stCheckbox").filter(has_text="Centre the columns first").locator("label").click()
    settle(page)
    expect(page.get_by_text("With centring first it would be")).to_be_visible()
    raw = box.inner_text()
    before, after = (float(part.replace(",", "")) for part in raw.split(" → "))
    assert after > 100 * float(centred.split(" → ")[1].replace(",", "")) > before


def test_a_link_carries_every_choice(page):
    visit(page, "/train?train_optimizer=momentum&train_momentum=0.5&train_penalty=0.1&train_degree=2&train_start=zero")
    expect(page.get_by_text("4 of these choices are changed.")).to_be_visible()
    numbers = boxes(page)
    page.reload()
    settle(page)
    assert boxes(page)["Gap"] == numbers["Gap"]


def test_at_the_width_of_a_telephone_nothing_is_cut_off(page):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, "/train?learning_rate=1&train_standardise=false")
    page.get_by_role("button", name="Use 0.9 of the limit").click()
    settle(page)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 420
