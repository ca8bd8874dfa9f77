"""A network that learns in the browser: its mathematics against torch, and the wheel in a visitor's hand."""

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect

from core.foundations import LAYER_ACTIVATIONS, NetworkConfig, start_parameters, train_network
from core.foundations.digits_layer import load_split_digits
from core.foundations.network_exact import exact_output
from core.foundations.plane_data import draw_pattern
from core.foundations.plane_network import from_vector, level_lines, to_vector
from dashboard.scenes.bundle import bundle
from tests.browser.conftest import ROOT
from tests.browser.steps import drawn, settle, visit

UNITS = "/network?network_view=units"
FOLDER = ROOT / "dashboard" / "scenes" / "units"
PROGRAM = "\n".join(bundle(FOLDER / name).js for name in ("model.js", "heat.js"))


@pytest.fixture
def blank(page):
    page.set_content("<body></body>")
    page.add_script_tag(content=PROGRAM)
    return page


def torch_network(vector, activation):
    units = torch.tensor(vector[:-1]).reshape(-1, 4)
    first, last = torch.nn.Linear(2, len(units)).double(), torch.nn.Linear(len(units), 1).double()
    with torch.no_grad():
        first.weight.copy_(units[:, :2])
        first.bias.copy_(units[:, 2])
        last.weight.copy_(units[None, :, 3])
        last.bias.fill_(vector[-1])
    return torch.nn.Sequential(first, getattr(torch.nn, LAYER_ACTIVATIONS[activation].module or "Identity")(), last)


def vector_of(net, gradients=False):
    parts = [part.grad if gradients else part.detach() for part in net.parameters()]
    units = torch.stack([parts[0][:, 0], parts[0][:, 1], parts[1], parts[2][0]], dim=1)
    return np.append(units.numpy().ravel(), parts[3].numpy())


def rows_of(X, y):
    return {"x1": X[:, 0].tolist(), "x2": X[:, 1].tolist(), "y": y.tolist()}


def test_the_loss_the_gradient_and_the_steps_are_those_of_torch(blank):
    X, y = draw_pattern("moons", 60, seed=1)
    for activation in LAYER_ACTIVATIONS:
        start = to_vector(start_parameters(2, NetworkConfig(hidden=(3,), activations=activation, seed=4)))
        net = torch_network(start, activation)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.2)
        way = blank.evaluate(
            """([rows, start, name]) => {
                const descent = new PlaneDescent(rows, start, RULES[name], 0.2);
                return [...Array(11).keys()].map((step) => {
                    const found = lossAndGradient(descent.at(step), RULES[name], rows);
                    return { parameters: [...descent.at(step)], loss: found.loss, gradient: [...found.gradient] };
                });
            }""",
            [rows_of(X, y), start.tolist(), activation],
        )
        for there in way:
            optimizer.zero_grad()
            loss = ((net(X)[:, 0] - y) ** 2).mean() / 2
            loss.backward()
            assert there["loss"] == pytest.approx(loss.item(), rel=1e-9), activation
            assert there["parameters"] == pytest.approx(vector_of(net).tolist(), rel=1e-8, abs=1e-11), activation
            assert there["gradient"] == pytest.approx(vector_of(net, True).tolist(), rel=1e-7, abs=1e-11), activation
            optimizer.step()


def test_the_exact_output_and_the_border_are_those_of_the_lab(blank):
    X, y = draw_pattern("rings", 80)
    config = NetworkConfig(hidden=(4,), activations="tanh", learning_rate=0.3, steps=200)
    run = train_network(X, y, config)
    vector = to_vector(run.parameters)
    best = blank.evaluate(
        "([v, rows]) => exactOutput(Float64Array.from(v), RULES.tanh, rows)", [vector.tolist(), rows_of(X, y)]
    )
    exact = exact_output(run.parameters, config, X, y)
    assert best["loss"] == pytest.approx(exact.loss, rel=1e-9)
    assert [*best["weights"], best["bias"]] == pytest.approx(
        [*exact.layer.weights[:, 0].tolist(), exact.layer.bias.item()], rel=1e-6
    )
    alike = np.array([*vector[:4], *vector[:4], vector[-1]])
    same = blank.evaluate(
        "([v, rows]) => exactOutput(Float64Array.from(v), RULES.tanh, rows).loss", [alike.tolist(), rows_of(X, y)]
    )
    two = NetworkConfig(hidden=(2,), activations="tanh")
    assert same == pytest.approx(exact_output(from_vector(alike), two, X, y).loss, rel=1e-9)
    pieces = blank.evaluate(
        """(v) => {
            const part = { x: [-2, 2], y: [-2, 2] };
            const grid = gridOf((a, b) => outputOf(Float64Array.from(v), RULES.tanh, a, b), part);
            return zeroCurve(grid, part);
        }""",
        vector.tolist(),
    )
    theirs = level_lines(run.parameters, config, [[-2, -2], [2, 2]], [0.0])[["x1", "x2"]].to_numpy()
    for x, y_ in [piece[:2] for piece in pieces]:
        assert np.hypot(theirs[:, 0] - x, theirs[:, 1] - y_).min() < 0.04
    assert len(pieces) > 30


def scene(page: Page):
    return page.locator(".moving.units")


def parameters(page: Page) -> list[float]:
    return [float(part) for part in scene(page).get_attribute("data-parameters").split()]


def open_units(page: Page, path: str = UNITS) -> None:
    visit(page, path)
    expect(scene(page)).to_have_attribute("data-frame", re.compile(r"\d"))
    scene(page).scroll_into_view_if_needed()
    drawn(page)


@pytest.mark.smoke
def test_a_weight_is_dragged_and_held_while_the_others_go_on_learning(page):
    open_units(page)
    config = NetworkConfig(hidden=(4,), activations="tanh", learning_rate=0.3, steps=1000)
    X, y = draw_pattern("rings", 200)
    learned = to_vector(train_network(X, y, config).parameters)
    assert parameters(page) == pytest.approx(learned.tolist(), rel=1e-6), "as learned on the server"
    page.locator(".units .buttons .first").click()
    expect(scene(page)).to_have_attribute("data-frame", "0")
    start = parameters(page)
    edge = page.locator(".units .edge[data-twin=p0] .hit").bounding_box()
    x, y_ = edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2
    page.mouse.move(x, y_)
    page.mouse.down()
    page.mouse.move(x, y_ - 60, steps=5)
    drawn(page)
    page.mouse.up()
    turned = parameters(page)
    assert turned[0] == pytest.approx(start[0] + 60 * 0.02)
    assert turned[1:] == start[1:]
    page.locator(".units .hold-p0").check()
    page.locator(".units .scrubber").focus()
    page.keyboard.press("PageUp")
    expect(scene(page)).to_have_attribute("data-frame", "10")
    ten = NetworkConfig(hidden=(4,), activations="tanh", learning_rate=0.3, steps=10)
    wanted = train_network(X, y, ten, initial=from_vector(turned), held=[(0, 0, 0)])
    now = parameters(page)
    assert now[0] == turned[0]
    assert now == pytest.approx(to_vector(wanted.parameters).tolist(), rel=1e-7)
    page.locator(".units .exact").click()
    drawn(page)
    loss, best = (float(scene(page).get_attribute(f"data-{name}")) for name in ("loss", "exact"))
    assert loss == pytest.approx(best, rel=1e-9)
    assert loss < float(wanted.loss)
    page.locator(".units .again").click()
    expect(scene(page)).to_have_attribute("data-frame", "0")
    assert parameters(page) == start


def test_a_weight_lights_in_picture_formula_and_wheel_and_keys_reach_all(page):
    open_units(page)
    lit = page.locator(".units .lit")
    page.locator(".units .edge[data-twin=p4] .hit").hover(force=True)
    expect(page.locator(".units .formulas span.lit")).to_have_attribute("data-twin", "p4")
    expect(page.locator(".units .edge.lit")).to_have_attribute("data-twin", "p4")
    page.locator(".units .unit[data-twin=h2]").focus()
    page.keyboard.press("Enter")
    expect(scene(page)).to_have_attribute("data-chosen", "1")
    expect(page.locator(".units .formulas p.lit")).to_have_attribute("data-twin", "h2")
    page.locator(".units .turn-p7").focus()
    expect(page.locator(".units .formulas span.lit")).to_have_attribute("data-twin", "p7")
    before = parameters(page)
    page.keyboard.press("ArrowRight")
    drawn(page)
    assert parameters(page)[7] == pytest.approx(before[7] + 0.01, abs=0.011)
    assert parameters(page)[7] != before[7]
    expect(page.locator(".units .scrubber")).to_have_attribute("max", "2000")
    text = page.locator(".units .formulas [data-twin=x1]").first.inner_text()
    page.locator(".units .output canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".units .formulas [data-twin=x1]").first).not_to_have_text(text)
    assert lit.count() > 0
    settle(page)


def test_a_pixel_lights_in_all_pictures_and_a_lesson_lights_its_product(page):
    visit(page, f"{UNITS}&network_units_of=digits")
    box = page.locator(".moving.digits")
    expect(box).to_have_attribute("data-frame", "15")
    digits = load_split_digits(0)
    config = NetworkConfig(outputs=10, loss="cross_entropy", learning_rate=1.0, steps=300, start="zero")
    layer = train_network(digits.X_train, digits.y_train, config).parameters[0]
    sums = (digits.X_test[0] @ layer.weights + layer.bias).tolist()
    shown = [float(part) for part in box.get_attribute("data-sums").split()]
    assert shown == pytest.approx(sums, abs=0.01), "weights are sent with four decimals"
    canvas = page.locator(".digits .learned canvas").nth(3)
    canvas.scroll_into_view_if_needed()
    drawn(page)
    place = canvas.bounding_box()
    page.mouse.move(place["x"] + place["width"] * 2.5 / 8, place["y"] + place["height"] * 4.5 / 8)
    expect(box).to_have_attribute("data-pixel", str(4 * 8 + 2))
    expect(box).to_have_attribute("data-neuron", "3")
    expect(page.locator(".digits tr.lit")).to_have_attribute("data-twin", "neuron3")
    expect(page.locator(".digits .working")).to_contain_text("row 4, column 2")
    canvas.focus()
    page.keyboard.press("ArrowLeft")
    expect(box).to_have_attribute("data-pixel", str(4 * 8 + 1))
    page.locator(".digits .buttons .first").click()
    expect(box).to_have_attribute("data-frame", "0")
    assert [float(part) for part in box.get_attribute("data-sums").split()] == [0.0] * 10
    page.get_by_role("radio", name="Lessons", exact=True).click()
    settle(page)
    lesson = page.locator(".moving.twin-tables")
    expect(lesson).to_have_attribute("data-frame", "3")
    lesson.locator(".buttons .back").click()
    expect(lesson).to_have_attribute("data-frame", "2")
    weight = lesson.locator("td[data-twin='v0']").first
    weight.hover()
    expect(lesson.locator(".lines .lit")).to_have_count(3)
    lesson.locator(".lines [data-twin=W0]").first.focus()
    expect(lesson.locator("td.lit")).to_have_attribute("data-twin", "W0")
    page.keyboard.press("ArrowRight")
    expect(lesson.locator("td.lit")).to_have_attribute("data-twin", "w00")
