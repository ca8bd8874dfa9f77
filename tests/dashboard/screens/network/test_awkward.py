"""The views on a visitor's own table, on tables that are awkward: a result or one sentence, and never NaN."""

import pytest

from tests.dashboard.screens.test_every_screen import AWKWARD

VIEWS = [
    {},
    {"network_view": "units", "network_units_rows": "table", "network_units_steps": 100},
    {"network_view": "lessons", "network_lesson": "regression", "network_lesson_steps": 10},
    {"network_view": "lessons", "network_lesson": "dead", "network_units_rows": "table"},
]


@pytest.mark.parametrize("case", AWKWARD)
def test_an_awkward_table_gets_its_own_result_or_one_sentence_over_the_last_one(open_screen, case):
    upload = open_screen("data").upload("awkward.csv", AWKWARD[case])
    memory = {key: upload.app.session_state[key] for key in ("_upload", "sample")}
    for view in VIEWS:
        screen = open_screen("network", **view, **memory)
        assert len(screen.errors) <= 1, (view, screen.errors)
        assert len(screen.app.get("bidi_component")) == 1, view
        assert ("Showing the last valid result." in screen.words) == bool(screen.errors)
        assert all(error.endswith(".") for error in screen.errors)
        assert not any("nan" in value.lower() for value in screen.boxes.values())
