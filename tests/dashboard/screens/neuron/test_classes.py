"""More than two classes: the probabilities are those of torch and scikit-learn."""

import json

import numpy as np
import pytest
import torch

from tests.dashboard.conftest import Screen

CLASSES = {"neuron_view": "classes"}


def ran(screen: Screen) -> dict:
    left: dict = {}
    exec(next(code.value for code in screen.app.code if code.value.startswith("import torch")), left)
    return left


def scene(screen: Screen) -> dict:
    (component,) = screen.app.get("bidi_component")
    return json.loads(component.proto.json)


def test_it_opens_with_three_species_and_the_lines_give_the_probabilities(open_screen):
    screen = open_screen("neuron", **CLASSES)
    assert screen.errors == []
    drawn, left = scene(screen), ran(screen)
    assert drawn["classes"] == ["Adelie", "Chinstrap", "Gentoo"]
    z = np.array(drawn["weights"]) @ drawn["rows"][0] + drawn["bias"]
    assert left["p"].tolist() == pytest.approx(torch.softmax(torch.tensor(z), 0).tolist(), rel=1e-9)
    assert left["shifted"].tolist() == pytest.approx(left["p"].tolist(), rel=1e-9)


def test_another_row_has_other_probabilities(open_screen):
    first, other = (ran(open_screen("neuron", **CLASSES, neuron_row=row)) for row in (0, 200))
    assert first["p"].tolist() != other["p"].tolist()


def test_descent_is_above_the_exact_optimum_and_gets_nearer(open_screen):
    few, many = (open_screen("neuron", **CLASSES, neuron_updates=count).boxes for count in (20, 5000))
    exact = float(few["Loss at the exact optimum"])
    assert exact == float(many["Loss at the exact optimum"])
    assert exact <= float(many["Loss of descent"]) < float(few["Loss of descent"])


def test_separable_classes_have_a_penalty_and_it_is_that_of_scikit_learn(open_screen):
    from sklearn.linear_model import LogisticRegression

    screen = open_screen("neuron", **CLASSES, neuron_features="all")
    assert "Some of the classes are separable" in screen.words
    assert float(screen.boxes["Loss plus penalty, at the exact optimum"]) <= float(
        screen.boxes["Loss plus penalty, of descent"]
    )
    drawn = scene(screen)
    X, y = np.array(drawn["rows"]), np.array(drawn["labels"])
    Z = (X - X.mean(axis=0)) / np.where(X.std(axis=0) > 0, X.std(axis=0), 1)
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000).fit(Z, y).predict_proba(Z)
    z = X @ np.array(drawn["weights"]).T + drawn["bias"]
    assert torch.softmax(torch.tensor(z), 1).numpy() == pytest.approx(theirs, abs=1e-4)


def test_two_classes_are_enough(open_screen):
    screen = open_screen("neuron", **CLASSES, neuron_label="sex")
    assert screen.errors == []
    assert scene(screen)["classes"] == ["female", "male"]


def test_the_traps_are_run_by_torch(open_screen):
    told = "\n".join(code.value for code in open_screen("neuron", **CLASSES, traps=True).app.code)
    assert "nan" in told
