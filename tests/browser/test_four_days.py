"""The four days in order, by the link at the foot of each screen, and the printed answers where they stand."""

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.screens import menu
from dashboard.visit.path_steps import DAYS, STEPS
from dashboard.visit.step import Step
from tests.browser.steps import settle, visit

TITLES = {screen.path: screen.title for screens in menu().values() for screen in screens}

# What stands on the screen of a step, by its name: cells of its drawings and figures, with their values.
ANSWERS: dict[str, list[str]] = {
    "problem-mine": ["The target “body_mass_g” is a number.", "once “species” is held fixed"],
    "data": ["penguins", "body_mass_g"],
    "environment": ["All 6 checks passed"],
    "glossary": ["feature", "label", "sample"],
    "house": [
        "house_tiny.csv",
        "NumRooms,Alley,Price",
        "NA,Pave,127500",
        "NA,NA,140000",
        "Alley_nan",
        "tensor([[3., 1., 0.], [2., 0., 1.], [4., 0., 1.], [3., 0., 1.]], dtype=torch.float64)",
        "tensor([127500, 106000, 178100, 140000])",
        "tensor([127500., 106000., 178100., 140000.], dtype=torch.float64)",
    ],
    "paths": ["../data/house_tiny.csv"],
    "axes": ["A.ndim 2 ", "A.shape (3, 4)", "A.numel() 12", "A[2, 3]: 11"],
    "joining": ["Z, shape (6, 4)", "Z[2, 3]: 11, from X", "Z[3, 0]: 2, from Y", "Z[5, 3]: 1, from Y"],
    "broadcasting": [f"result[{i}, {j}]: {i + j} " for i in range(3) for j in range(2)],
    "loss-bug": ["(4, 4)"],
    "slicing": ["B[0, 0]: 4", "B[0, 1]: 6", "B[1, 0]: 8", "B[1, 1]: 10"],
    "memory": ["Y[0, 0]: 2, new", "Y[0, 2]: 6, new", "Y[2, 3]: 12, new"],
    "conversions": ["A[0]: 99", "B[0]: 99", "C[0]: 1 ", "D[0]: 1 "],
    "transpose": ["A.T, shape (3, 2)", "A.T[2, 0]: 3", "A.T[0, 1]: 4"],
    "clone": ["A[0, 0]: 0 ", "B[0, 0]: 100", "B[1, 0]: 100"],
    "hadamard": ["(A * B)[0, 2]: 200", "(A * B)[1, 0]: -3", "(A * B)[1, 1]: 2"],
    "scalar": ["(X * a)[0, 0, 1]: 2", "(X * a)[1, 2, 3]: 46"],
    "sum": ["A.sum(axis=0)[0]: 12", "A.sum(axis=0)[1]: 15", "A.sum(axis=0)[2]: 18"],
    "mean": ["A.mean(): 5"],
    "keepdims": [
        f"(A / S)[{i}, {j}]: {round((3 * i + j + 1) / (9 * i + 6), 4):g} " for i in range(3) for j in range(3)
    ],
    "cumsum": [
        f"A.cumsum(axis=0)[{i}, {j}]: {sum(3 * k + j + 1 for k in range(i + 1))}" for i in range(3) for j in range(3)
    ],
    "dot": ["x @ y: 6 ", "0 · 1 + 1 · 1 + 2 · 1 + 3 · 1 = 6"],
    "matrix-vector": [f"(A @ x)[{i}]: {value}" for i, value in enumerate([14, 38, 62, 86, 110])],
    "matrix-matrix": ["(A @ B)[0, 0]: 5", "(A @ B)[0, 1]: -7", "(A @ B)[1, 0]: 14", "(A @ B)[1, 1]: -13"],
    "norms": ["L1 norm 7 ", "L2 norm 5 "],
    "unit-ball": ["4 is more than 2"],
    "matrix-norms": ["Frobenius 6 "],
    "limit": ["the derivative 2", "2.30000", "2.03000", "2.00300", "2.00030", "2.00003"],
    "tangent": ["Slope of the secant: (f(x + h) - f(x)) / h 5 ", "Slope of the tangent: f′(x) 2 "],
    "differential": ["Error / h"],
    "plot": ["m--", "g-.", "r:"],
    "rules": ["Slope by the rules 2 ", "Slope by autograd 2 ", "6 x - 4"],
    "partial-derivatives": ["f at the point 7 ", "∂f/∂x 4 ", "∂f/∂y 6 "],
    "graph": ["v1 = dot(x, x) 14", "y = 2 · v1 28"],
    "backward": [f"x.grad[{i}]: {4 * i}, new" for i in range(4)],
    "accumulate": [f"x.grad[{i}]: {4 * i + 2}, new" for i in range(4)],
    "vector-output": [f"x.grad[{i}]: {2 * i}, new" for i in range(4)],
    "detach": [f"x.grad[{i}]: {i * i}, new" for i in range(4)],
    "control-flow": ["slope 2,048", "slope 512"],
}

# All that can be read on a page: text, also that of moving drawings, what pictures are called, fields, cells of tables.
READ = """
    () => {
        const found = [];
        const read = (node) => {
            if (node.nodeType === Node.TEXT_NODE) return found.push(node.data);
            if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
            if (["STYLE", "SCRIPT", "annotation"].includes(node.nodeName)) return;
            for (const name of ["aria-label", "aria-valuetext"]) found.push(" ", node.getAttribute?.(name) ?? "", " ");
            if ("value" in node && typeof node.value === "string") found.push(" ", node.value, " ");
            if (node.shadowRoot) read(node.shadowRoot);
            for (const child of node.childNodes) read(child);
            if (!["SPAN", "B", "STRONG", "EM", "I", "SUP", "SUB", "CODE"].includes(node.nodeName)) found.push(" ");
        };
        read(document.querySelector("[data-testid=stMain]"));
        return found.join("");
    }
"""


def text_of(page: Page) -> str:
    """Return all that can be read on the page, its numbers with the signs of code, and one blank between words."""
    text: str = page.evaluate(READ)
    return re.sub(r"\s+", " ", text.replace("\u2212", "-").replace("\u2060", "").replace("\u00a0", " "))


def go_on(page: Page, step: Step) -> None:
    """Follow the link to a step that stands on the page."""
    page.get_by_test_id("stMain").locator(f'a[href*="step={step.name}"]').last.click()
    expect(page).to_have_url(re.compile(rf"/{step.path}\?(.*&)?step={step.name}(&|$)"))
    expect(page.get_by_role("heading", level=1, name=TITLES[step.path], exact=True)).to_be_visible()
    settle(page)


def walk(page: Page, day: int) -> None:
    """Walk through a day, and find the answers on each screen."""
    way = list(enumerate(STEPS, start=1))
    visit(page, "/path")
    for number, step in way:
        if step.day != day:
            continue
        go_on(page, step)
        words = text_of(page)
        assert [answer for answer in ANSWERS.get(step.name, []) if answer not in words] == [], step.name
        assert f"Step {number} of {len(way)}." in words
        assert "After this you can" in words or step.path in ("environment", "glossary")


@pytest.mark.parametrize("day", [day for day in DAYS if day != 4])
def test_a_day_is_walked_by_its_links_and_every_answer_stands_where_it_is_printed(page, day):
    walk(page, day)


def test_on_the_fourth_day_both_models_find_the_weights_that_made_the_data(page):
    walk(page, 4)
    visit(page, "/compare?step=comparison")
    words = text_of(page)
    for name, true in (("x1", 2.0), ("x2", -3.4), ("bias", 4.2)):
        found = re.search(rf"{name} {true:g} (-?\d+\.\d+) (-?\d+\.\d+) ", words)
        assert found is not None, name
        assert [float(value) for value in found.groups()] == pytest.approx([true, true], abs=0.01)
    visit(page, "/train")
    page.get_by_role("button", name="Why squared loss: maximum likelihood").click()
    expect(page.get_by_role("heading", level=1, name="Compare", exact=True)).to_be_visible()
    settle(page)
    assert "Four things are assumed" in text_of(page)


def test_what_is_chosen_after_a_step_stays_and_the_way_back_leads_to_the_step_before(page):
    names = ("limit", "step-size")
    visit(page, "/path")
    for step in [step for step in STEPS if step.name in names]:
        go_on(page, step)
    page.go_back()
    expect(page).to_have_url(re.compile("step=limit"))
    settle(page)
    assert "2.00003" in text_of(page)
    page.get_by_role("radio", name="Rules", exact=True).click()
    settle(page)
    expect(page).to_have_url(re.compile(r"calculus\?calculus_view=rules$"))
    assert "Slope by the rules 2" in text_of(page)
