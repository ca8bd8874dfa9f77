"""A chart drawn by name is the chart that Streamlit draws, with the same rows, and keeps its specification."""

import json
import re

from streamlit.testing.v1 import AppTest


def drawing() -> None:
    import pandas as pd
    import streamlit as st

    from dashboard.charts.train.parameters import parameters_way
    from dashboard.ui.chart import draw_chart

    shift = st.session_state.get("shift", 0.0)
    way = pd.DataFrame({"step": [0.0, 1.0], "parameter": ["a.b <i>", "a.b <i>"], "value": [shift, 1.0]})
    ends = pd.DataFrame({"parameter": ["a.b <i>"], "value": [1.0]})
    draw_chart(parameters_way(way, ends, "y"), "A way.")
    st.altair_chart(parameters_way(way, ends, "y"), alt="A way.")


def both(**memory):
    app = AppTest.from_function(drawing, default_timeout=60)
    for key, value in memory.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    return [chart.proto for chart in app.get("vega_lite_chart")]


def test_it_has_the_marks_the_words_and_the_rows_that_streamlit_draws():
    ours, theirs = both()
    name = re.compile(r'{"name": "[^"]+"}')
    own, other = json.loads(name.sub("{}", ours.spec)), json.loads(name.sub("{}", theirs.spec))
    words = own["layer"].pop()
    assert other["config"].pop("view").keys() == {"continuousWidth", "continuousHeight"}  # Altair's own, left out
    assert own == other
    assert [table.data.data for table in ours.datasets[:-1]] == [table.data.data for table in theirs.datasets]
    assert words["encoding"]["description"]["field"] == "said"
    assert words["mark"]["opacity"] == 0
    assert ours.alt == "The path of the parameters. Thin horizontal lines: the closed form"


def test_only_the_words_are_read_aloud():
    ours, theirs = (json.loads(chart.spec) for chart in both())
    assert [layer["mark"].get("aria") for layer in ours["layer"]] == [None, None, True]
    assert ours["config"]["mark"] == theirs["config"]["mark"] == {"aria": False}


def test_other_rows_leave_the_specification_as_it_is():
    first, _theirs = both()
    second, _theirs = both(shift=5.0)
    assert first.spec == second.spec
    assert first.datasets[0].data.data != second.datasets[0].data.data
