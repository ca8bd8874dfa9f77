"""The graph and its stepper in a real browser: keys, buttons, pointing, and a new expression."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import settle, take_example, visit

TWO_PATHS = "u%20=%20x*y%0Au%20%2B%20sin(u)*x"
PATH = f"/autograd?autograd_text={TWO_PATHS}&autograd_inputs=x%20=%201.5%0Ay%20=%20-2"


def open_graph(page: Page, path: str = PATH):
    visit(page, path)
    stepper = page.locator(".stepper")
    expect(stepper.locator(".ours .box").first).to_be_visible()
    return stepper


def box(stepper, title: str):
    return stepper.locator(".ours .box").filter(has=stepper.page.locator(f"text.title:text-is('{title}')"))


def test_the_keys_go_through_both_passes(page):
    stepper = open_graph(page)
    expect(stepper).to_have_attribute("data-phase", "forward")
    stepper.locator(".scrubber").focus()
    page.keyboard.press("Home")
    expect(stepper).to_have_attribute("data-phase", "start")
    expect(box(stepper, "u = x · y").locator("text.value")).to_have_text("")
    page.keyboard.press("ArrowRight")
    expect(box(stepper, "u = x · y").locator("text.value")).to_have_text("−3")
    expect(stepper.locator(".lines")).to_contain_text("u = x · y = 1.5 · (−2) = −3")
    page.keyboard.press("End")
    expect(stepper).to_have_attribute("data-phase", "backward")
    expect(stepper.locator(".lines")).to_contain_text("2 paths meet here, and their gradients add up.")
    expect(box(stepper, "x").locator("text.gradient")).to_have_text("grad 0.8289")
    expect(stepper.locator(".torch .lit")).to_have_text(re.compile("AccumulateGrad"))


def test_buttons_step_and_play_and_a_node_can_be_pointed_at_and_pressed(page):
    stepper = open_graph(page)
    stepper.get_by_role("button", name="One step forward").click()
    expect(stepper).to_have_attribute("data-phase", "backward")
    expect(stepper.locator(".lines")).to_contain_text("the backward pass begins")
    box(stepper, "v1 = sin(u)").hover()
    expect(stepper.locator(".about")).to_contain_text("SinBackward0 saves self for the backward pass")
    expect(stepper.locator(".torch .pointed")).to_have_count(1)
    box(stepper, "v1 = sin(u)").click()
    expect(stepper.locator(".step-title")).to_have_text("from v1 to u")
    stepper.locator("select.speed").select_option(index=0)
    stepper.get_by_role("button", name="Play").click()
    last = str(int(stepper.get_attribute("data-steps")) - 1)
    expect(stepper).to_have_attribute("data-frame", last)
    expect(stepper.get_by_role("button", name="Play")).to_be_visible()


def test_an_example_and_a_typed_value_draw_another_graph(page):
    stepper = open_graph(page, "/autograd")
    take_example(page, "one neuron")
    settle(page)
    expect(box(stepper, "v1 = dot(w, x)").locator("text.value")).to_have_text("−2")
    stepper.locator(".scrubber").focus()
    page.keyboard.press("ArrowRight")
    step = stepper.get_attribute("data-frame")
    values = page.get_by_role("textbox", name="Values")
    values.fill("w = [1, 1]\nx = [2, 3]\nb = 1\ny = 0.5")
    values.press("Control+Enter")
    settle(page)
    expect(box(stepper, "v1 = dot(w, x)").locator("text.value")).to_have_text("5")
    expect(stepper).to_have_attribute("data-frame", step)  # the same graph in other numbers stays at its step
    values.fill("w = [1, 1")
    values.press("Control+Enter")
    settle(page)
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    expect(box(stepper, "v1 = dot(w, x)").locator("text.value")).to_have_text("5")


def test_on_a_telephone_nothing_is_wider_than_the_page(page):
    page.set_viewport_size({"width": 420, "height": 900})
    stepper = open_graph(page)
    expect(stepper.locator(".ours .box")).to_have_count(6)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert wide <= 0
    box(stepper, "u = x · y").click()
    expect(stepper.locator(".step-title")).to_have_text("u, from x and y")
