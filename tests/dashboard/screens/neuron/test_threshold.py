"""The threshold: counts and the cheapest are those that the lines of torch find."""

import json

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from streamlit.testing.v1 import AppTest

from core.formatting import format_number
from dashboard.screens.neuron.threshold import threshold_code
from dashboard.ui.escape import escape_markdown
from tests.dashboard.conftest import Screen

THRESHOLD = {"neuron_view": "threshold"}
NASTY = "$x$ [a](b)"


def uploaded(content: bytes) -> dict:
    data = Screen("data", {}).upload("table.csv", content)
    return {key: data.app.session_state[key] for key in ("_upload", "sample")}


def ran(screen: Screen) -> dict:
    left: dict = {}
    exec(next(code.value for code in screen.app.code if code.value.startswith("import torch")), left)
    return left


def scene(screen: Screen) -> dict:
    (component,) = screen.app.get("bidi_component")
    return json.loads(component.proto.json)


@pytest.mark.parametrize("memory", [{}, {"neuron_threshold": 0.3, "neuron_cost_fp": 2.0, "neuron_cost_fn": 7.5}])
def test_the_costs_are_those_of_torch(open_screen, memory):
    screen = open_screen("neuron", **THRESHOLD, **memory)
    left = ran(screen)
    least, now = (format_number(float(left[name])) for name in ("least", "cost"))
    assert f"the cheapest costs {least}. Yours costs {now}." in screen.words
    assert scene(screen)["p"] == left["p"].tolist()


def test_the_probabilities_are_those_of_scikit_learn_on_rows_it_has_not_seen(open_screen):
    train = open_screen("neuron", neuron_view="train")
    left = ran(train)
    model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(left["Z"].numpy(), left["y"].numpy())
    training = scene(open_screen("neuron", **THRESHOLD, neuron_scored="training"))
    assert training["p"] == pytest.approx(model.predict_proba(left["Z"].numpy())[:, 1].tolist(), abs=1e-5)
    test = scene(open_screen("neuron", **THRESHOLD))
    assert len(test["p"]) < len(training["p"])


def test_it_says_which_rows_are_counted(open_screen):
    assert "which the neuron has not seen" in open_screen("neuron", **THRESHOLD).words
    assert "from which the neuron has learnt" in open_screen("neuron", **THRESHOLD, neuron_scored="training").words
    assert "There are no test rows" in open_screen("neuron", **THRESHOLD, prepare_test_share=0).words


def test_where_the_scene_comes_to_rest_is_in_the_lines(open_screen):
    screen = open_screen("neuron", **THRESHOLD).press("Fails: threshold 0.5, though a miss costs 20 times as much")
    left = ran(screen)
    assert float(left["cost"]) > float(left["least"])
    assert scene(screen)["costs"] == [1.0, 20.0]


def test_calibration_is_drawn_and_said(open_screen):
    screen = open_screen("neuron", **THRESHOLD)
    assert len(screen.app.get("vega_lite_chart")) == 1
    assert "bins the share that is male" in screen.words
    assert "% are male." in screen.words


def test_a_threshold_above_1_is_no_way_out(open_screen):
    p, y = np.array([1.0, 1.0, 0.3, 0.0]), np.array([0.0, 1.0, 0.0, 1.0])
    left: dict = {}
    exec(threshold_code(p, y, 0.5, (10.0, 1.0)), left)
    assert [float(cost) for cost in left["costs"]] == [20, 21, 11]
    assert float(left["least"]) == 11

    def counted() -> None:
        import numpy as np

        from dashboard.screens.neuron.threshold import _costs

        _costs(np.array([1.0, 1.0, 0.3, 0.0]), np.array([0.0, 1.0, 0.0, 1.0]), 0.5, (10.0, 1.0))

    app = AppTest.from_function(counted).run()
    assert app.markdown[0].value == "Of all 3 thresholds that differ, the cheapest costs 11. Yours costs 11."


def test_a_class_is_named_and_never_rendered(open_screen):
    rows = "".join(f"{n},{n * n % 7},{['no', NASTY][n * 5 % 11 % 2]}\n" for n in range(60))
    choices = {"neuron_target": "c", "neuron_negative": "no", "neuron_positive": NASTY}
    screen = open_screen("neuron", **THRESHOLD, **uploaded(f"a,b,c\n{rows}".encode()), **choices)
    assert screen.errors == []
    texts = [text.value for text in (*screen.app.caption, *screen.app.markdown)]
    assert sum(escape_markdown(NASTY) in text for text in texts) == 2
    assert not any(NASTY in text for text in texts)


def test_separable_classes_use_the_weights_of_descent_and_it_says_so(open_screen):
    species = {"neuron_target": "species", "neuron_negative": "Adelie", "neuron_positive": "Gentoo"}
    screen = open_screen("neuron", **THRESHOLD, **species)
    assert screen.errors == []
    assert "where it stopped" in screen.words


def test_the_traps_are_run_by_torch(open_screen):
    told = "\n".join(code.value for code in open_screen("neuron", **THRESHOLD, traps=True).app.code)
    assert "0.95" in told
    assert "nan" in told
