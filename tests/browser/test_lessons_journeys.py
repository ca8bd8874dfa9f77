"""Memory, conversions, types of numbers and the lessons on gradients, in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps


def type_into(page: Page, key: str, text: str) -> None:
    field = page.locator(f".st-key-{key}").get_by_role("textbox")
    field.fill(text)
    field.press("Enter")


def cells(page: Page, key: str):
    return page.locator(f".st-key-{key}")


def test_a_second_name_is_followed_through_memory_and_into_a_view(page: Page):
    steps.visit(page, "/tensors?tensors_view=memory")
    scene = cells(page, "tensors_memory_cells")
    expect(scene.get_by_text("The name Y moves to the new tensor. Z keeps the old one.")).to_be_visible()
    scene.get_by_role("button", name="One step back").click()
    expect(scene.get_by_text("X + Y is written into new memory.")).to_be_visible()
    type_into(page, "tensors_memory_y", "[10, 20, 30, 40]")
    page.get_by_role("radio", name="Y += X", exact=True).click()
    expect(page.get_by_text("This line raises an error, and Y does not change.")).to_be_visible()
    expect(page.get_by_text("in place a tensor keeps its shape", exact=False).first).to_be_visible()


def test_writing_into_the_array_is_seen_in_the_tensor(page: Page):
    steps.visit(page, "/tensors?tensors_view=conversions")
    type_into(page, "tensors_conversions_value", "-5")
    expect(page.get_by_text("X and B changed too")).to_be_visible()
    scene = cells(page, "tensors_conversions_cells")
    expect(scene.get_by_text("−5", exact=True)).to_have_count(3)
    page.get_by_role("radio", name="D", exact=True).click()
    expect(page.get_by_text("D is a copy")).to_be_visible()
    expect(scene.get_by_text("−5", exact=True)).to_have_count(1)


def test_a_persons_own_x_goes_through_the_lessons_on_gradients(page: Page):
    steps.visit(page, "/autograd?autograd_view=lessons")
    type_into(page, "autograd_lessons_x", "[5, -1]")
    scene = cells(page, "autograd_dot_cells")
    expect(scene.get_by_text("20", exact=True)).to_be_visible()
    for name, words in {
        "Gradients add up": "adds to x.grad: 4x + 1 + 1",
        "detach": "u is a constant",
        "backward twice": "The backward pass frees the saved values",
        "None, not 0": "until the first backward through x",
    }.items():
        page.get_by_role("radio", name=name, exact=True).click()
        expect(page.get_by_text(re.compile(re.escape(words))).first).to_be_visible()
        expect(page.locator(".st-key-autograd_lessons_x").get_by_role("textbox")).to_have_value("[5, -1]")


def test_types_of_numbers_show_a_table_of_all_pairs_and_the_steps_of_float32(page: Page):
    steps.visit(page, "/tensors?tensors_view=dtypes&tensors_dtypes_operation=matmul")
    expect(steps.charts(page).first).to_be_visible()
    expect(page.get_by_text("One vector is int64 and the other float32").first).to_be_visible()
    page.get_by_role("radio", name="Storing a number").click()
    expect(page.get_by_text("float32 stores 16,777,216 instead")).to_be_visible()
    type_into(page, "tensors_dtypes_number", "16777218")
    expect(page.get_by_text("float32 stores 16,777,218 exactly")).to_be_visible()
