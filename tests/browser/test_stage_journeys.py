"""Time travel on the Train screen: one scrubber moves everything, in the browser, and tells the run as it was."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from core.preprocessing import read_table, split_rows, suggest_recipe
from core.regression import train_sgd
from tests.browser.conftest import ROOT
from tests.browser.steps import choose, drawn, press, settle, visit

PANELS = ("landscape", "fit", "loss")


@pytest.fixture(scope="module")
def penguins():
    """The run that the Train screen shows on arrival."""
    frame = read_table(ROOT / "data" / "penguins.csv").frame
    recipe = suggest_recipe(frame, target="body_mass_g")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[train]).transform(frame)
    learnt = prepared.rows.isin(train)
    run = train_sgd(
        prepared.X[learnt],
        prepared.y[learnt],
        learning_rate=0.03,
        batch_size=10,
        epochs=20,
        standardise=True,
        X_test=prepared.X[~learnt],
        y_test=prepared.y[~learnt],
    )
    return prepared.feature_names, run


def stage(page):
    return page.locator(".st-key-stage .stage")


def frame(page) -> int:
    drawn(page)
    return int(stage(page).get_attribute("data-frame"))


def pictures(page) -> dict[str, str]:
    """Each panel as it looks: the three canvases, and the words of the update."""
    drawn(page)
    seen = {name: page.locator(f".st-key-stage canvas.{name}").evaluate("it => it.toDataURL()") for name in PANELS}
    return {**seen, "update": page.locator(".st-key-stage .update").inner_text()}


def facts(page) -> dict[str, float]:
    """The row that is read aloud."""
    drawn(page)
    cells = page.locator(".st-key-stage [data-fact]").all()
    return {cell.get_attribute("data-fact"): float(cell.inner_text().replace(",", "")) for cell in cells}


def draw_on(page) -> None:
    """Wait for as many pictures as a run that plays needs to be seen moving."""
    for _picture in range(10):
        drawn(page)


def go(page, key: str, times: int = 1) -> None:
    scrubber = page.locator(".st-key-stage").get_by_role("slider")
    scrubber.focus()
    for _press in range(times):
        page.keyboard.press(key)


def open_train(page, query: str = "") -> None:
    visit(page, f"/train{query}")
    expect(stage(page)).to_have_attribute("data-frame", re.compile(r"\d+"))


def assert_all_changed(before: dict[str, str], after: dict[str, str]) -> None:
    assert [name for name in before if before[name] == after[name]] == []


def test_arriving_shows_the_end_of_the_run_and_does_not_move(page, penguins):
    _names, run = penguins
    open_train(page)
    assert facts(page)["step"] == run.steps
    assert facts(page)["loss"] == pytest.approx(run.loss, rel=1e-3)
    expect(stage(page)).to_have_attribute("data-playing", "false")
    before = pictures(page)
    draw_on(page)
    assert pictures(page) == before


def test_playing_moves_every_panel_without_a_word_to_the_server(page):
    sent = []

    def keep(message):
        sent.append(message)

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    open_train(page)
    told = len(sent)
    assert told > 0
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(stage(page)).to_have_attribute("data-playing", "true")
    assert frame(page) < 200, "playing at the end begins anew"
    first, before = frame(page), pictures(page)
    page.wait_for_function(
        "([stage, frame]) => Number(stage.dataset.frame) > frame", arg=[stage(page).element_handle(), first + 5]
    )
    page.get_by_role("button", name="Pause", exact=True).click()
    assert_all_changed(before, pictures(page))
    stopped = frame(page)
    draw_on(page)
    assert frame(page) == stopped
    assert len(sent) == told


def test_keys_go_back_and_forth_and_every_panel_with_them(page, penguins):
    _names, run = penguins
    open_train(page)
    pressed = [("Home", 0), ("ArrowRight", 1), ("PageUp", 11), ("ArrowLeft", 10), ("PageDown", 0), ("ArrowUp", 1)]
    seen = pictures(page)
    for key, there in pressed:
        go(page, key)
        assert frame(page) == there
        assert_all_changed(seen, seen := pictures(page))
        row = run.history.iloc[there]
        told = facts(page)
        assert set(told) == {"step", "epoch", "loss", "gap", "test_loss"}
        assert told == pytest.approx({name: row[name] for name in told}, rel=1e-3)
    go(page, "End")
    assert frame(page) == len(run.history) - 1
    go(page, "Space")
    expect(stage(page)).to_have_attribute("data-playing", "true")
    go(page, "Space")
    expect(stage(page)).to_have_attribute("data-playing", "false")


@pytest.mark.smoke
def test_dragging_the_scrubber_changes_every_panel(page):
    open_train(page)
    before = pictures(page)
    scrubber = page.locator(".st-key-stage").get_by_role("slider")
    scrubber.scroll_into_view_if_needed()
    box = scrubber.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 6, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=8)
    halfway, during = frame(page), pictures(page)
    page.mouse.move(box["x"] + box["width"] / 10, middle, steps=8)
    page.mouse.up()
    assert_all_changed(before, during)
    assert_all_changed(during, pictures(page))
    assert 0 < frame(page) < halfway


def test_a_pointer_on_the_loss_curve_moves_through_time(page):
    open_train(page)
    canvas = page.locator(".st-key-stage canvas.loss")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert 150 < facts(page)["step"] < 350


def test_the_update_written_out_is_the_one_that_was_made(page, penguins):
    open_train(page)
    for steps in (0, 1, 25):
        go(page, "Home")
        go(page, "ArrowRight", steps)
        assert_update_is_written_out(page, *penguins, steps)


def assert_update_is_written_out(page, names, run, steps: int) -> None:
    for name in ("bias", "flipper_length_mm"):
        j = names.index(name) if name in names else len(names)
        page.locator("select.parameter").select_option(str(j))
        written = page.locator(".st-key-stage .formula").evaluate("it => ({...it.dataset})")
        for part in ("before", "gradient", "after"):
            assert float(written[part]) == getattr(run.updates, part)[steps, j]
        line = page.locator(".st-key-stage .formula > div").nth(1).inner_text()
        numbers = [float(text) for text in re.findall(r"\d[\d.e-]*", line.replace(",", "").partition("←")[2])]
        assert numbers[1:3] == [0.03, 10]
        total = abs(10 * run.updates.gradient[steps, j])
        assert numbers[3] == pytest.approx(total, rel=1e-5)
        assert [numbers[0], numbers[-1]] == pytest.approx(
            np.abs([run.updates.before[steps, j], run.updates.after[steps, j]]), abs=0.3 * total / 1000
        )


def test_the_minibatch_is_listed_with_its_errors(page, penguins):
    _names, run = penguins
    open_train(page)
    go(page, "Home")
    go(page, "ArrowRight", 3)
    rows = page.locator(".st-key-stage .batch tbody tr").all()
    listed = [
        [cell.inner_text().replace(",", "").replace("−", "-") for cell in row.locator("td").all()] for row in rows
    ]
    assert [int(row[0]) - 1 for row in listed] == run.minibatch(4).tolist()[: len(listed)]
    for row in listed:
        assert float(row[2]) - float(row[1]) == pytest.approx(float(row[3]), abs=5)


def test_the_fit_can_be_looked_at_along_any_feature(page):
    open_train(page)
    go(page, "Home")
    before = pictures(page)["fit"]
    page.locator("select.slice").select_option(label="a slice along flipper_length_mm")
    along = pictures(page)["fit"]
    assert along != before
    expect(page.locator("canvas.fit")).to_have_attribute("aria-label", re.compile("flipper_length_mm"))
    go(page, "ArrowRight", 5)
    assert pictures(page)["fit"] != along


def test_the_axes_of_the_landscape_are_chosen_and_stand_in_the_link(page):
    open_train(page)
    page.get_by_role("button", name="two parameters").or_(
        page.get_by_role("radio", name="two parameters")
    ).first.click()
    settle(page)
    choose(page, "Horizontal axis", "year")
    expect(page).to_have_url(re.compile("train_across=year"))
    label = page.locator("canvas.landscape")
    expect(label).to_have_attribute("aria-label", re.compile("weight of year"))
    page.goto(page.url)
    expect(label).to_have_attribute("aria-label", re.compile("weight of year"), timeout=60_000)


def test_another_run_keeps_the_place_and_stays_at_the_end(page):
    open_train(page)
    go(page, "Home")
    go(page, "ArrowRight", 7)
    loss = facts(page)["loss"]
    press(page, "learning_rate", "ArrowLeft")
    expect(stage(page)).to_have_attribute("data-step", "7")
    assert facts(page)["loss"] != loss
    go(page, "End")
    press(page, "epochs", "ArrowRight", 2)
    assert facts(page)["epoch"] == 22
    assert frame(page) == int(page.locator(".st-key-stage").get_by_role("slider").get_attribute("max"))


def test_a_run_that_ran_away_says_where_and_shows_numbers(page):
    open_train(page, "?train_standardise=false&learning_rate=0.0001")
    expect(page.locator(".st-key-stage .panel").first).to_contain_text(re.compile(r"leaves this chart at update \d+"))
    for key in ("Home", "ArrowRight", "End"):
        go(page, key)
        assert "NaN" not in stage(page).inner_text()
        assert all(np.isfinite(value) for value in facts(page).values())


def test_every_picture_says_what_it_shows_and_the_numbers_are_read_aloud(page):
    open_train(page)
    for name in PANELS:
        canvas = page.locator(f".st-key-stage canvas.{name}")
        assert canvas.get_attribute("role") == "img"
        assert len(canvas.get_attribute("aria-label")) > 40
    aloud = page.locator(".st-key-stage").get_by_role("status")
    go(page, "Home")
    expect(aloud).to_have_text(re.compile("^update 0 of 560, epoch 0, loss "))
    go(page, "Space")
    slider = page.locator(".st-key-stage").get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"update \d+ of 560"))


def test_whoever_asks_for_less_motion_gets_slow_steps(page):
    page.emulate_media(reduced_motion="reduce")
    open_train(page)
    expect(stage(page)).to_have_attribute("data-playing", "false")
    expect(page.locator("select.speed")).to_have_value("4")


def test_the_stage_fits_a_telephone(page):
    page.set_viewport_size({"width": 420, "height": 900})
    open_train(page)
    page.locator(".st-key-stage canvas.loss").scroll_into_view_if_needed()
    left = {round(page.locator(f".st-key-stage canvas.{name}").bounding_box()["x"]) for name in PANELS}
    assert len(left) == 1, "the panels stand below each other"
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    scrubber = page.locator(".st-key-stage").get_by_role("slider")
    box = scrubber.bounding_box()
    assert box["y"] + box["height"] <= 900, "the scrubber stays in sight"
    assert box["width"] > 300
