"""Numbers in the cells of a table: the browser's in English, written here in every other language."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.language import get_language, in_language
from dashboard.ui.tables import show_table

TABLE = pd.DataFrame({"name": ["a.b", "c"], "loss": [1234.5678, np.nan], "rows": [1234, 5], "share": [0.25, 0.5]})


def shown_in(code: str):
    def script(code: str) -> None:
        import streamlit as st

        from core.language import get_language, set_language
        from dashboard.ui.tables import show_table
        from tests.dashboard.ui.test_tables import TABLE

        set_language(get_language(code))
        config = {
            "loss": st.column_config.NumberColumn("Loss", format="%.2f"),
            "share": st.column_config.NumberColumn(),
        }
        show_table(TABLE, column_config=config, alt="A table.")

    app = AppTest.from_function(script, args=(code,)).run()
    assert not app.exception
    return app.dataframe[0]


def test_english_is_left_to_the_browser():
    proto = shown_in("en").proto
    assert not proto.arrow_data.styler.display_values
    assert '"format": "%.2f"' in proto.columns


def test_another_language_is_written_and_stays_a_number():
    element = shown_in("fr")
    texts = pa.ipc.open_stream(element.proto.arrow_data.styler.display_values).read_all().to_pydict()
    assert texts["loss"] == ["1234,57", "–"]
    assert texts["rows"] == ["1\u202f234", "5"]
    assert texts["share"] == ["0,25", "0,5"]
    assert texts["name"] == ["a.b", "c"]
    assert "%.2f" not in element.proto.columns
    pd.testing.assert_frame_equal(element.value, TABLE)


@pytest.mark.parametrize("odd", [pd.DataFrame([[1.5, 2.5]], columns=["a", "a"]), pd.DataFrame({"a": []}), TABLE.style])
def test_what_cannot_be_written_is_drawn_as_it_is(odd, monkeypatch):
    drawn = []
    monkeypatch.setattr(st, "dataframe", lambda table, **_options: drawn.append(table))
    with in_language(get_language("fr")):
        show_table(odd)
    assert len(drawn) == 1
