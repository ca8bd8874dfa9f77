"""Experiments that take long wait for a click; all others begin by themselves."""

from streamlit.testing.v1 import AppTest


def asking() -> None:
    import streamlit as st
    import torch

    from core.regression.sgd.config import SgdConfig
    from dashboard.pipeline.training import Problem
    from dashboard.screens.experiments.asking import may_start

    rows = st.session_state["rows"]
    X = torch.zeros(1, 10).expand(rows, 10)  # one row in memory, seen as many
    problem = Problem("key", "y", [f"x{j}" for j in range(10)], X, torch.zeros(1).expand(rows))
    st.text(str(may_start("trial", problem, SgdConfig(0.03, 10, 20, 0, True), 50)))


def test_long_work_begins_when_it_is_asked_for():
    app = AppTest.from_function(asking, default_timeout=60)
    app.session_state["rows"] = 5_000_000
    app.run()
    assert app.text[0].value == "False"
    assert "50 runs on these rows take about" in app.caption[0].value
    app.button[0].click().run()
    assert app.text[0].value == "True"


def test_short_work_asks_nobody():
    app = AppTest.from_function(asking, default_timeout=60)
    app.session_state["rows"] = 1_000
    app.run()
    assert app.text[0].value == "True"
    assert not app.button
