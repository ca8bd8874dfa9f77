"""Charts write numbers by the rules of the visitor's language; in English nothing is said of it."""

import altair as alt
import pandas as pd
import vl_convert

import dashboard.charts  # noqa: F401 - registers the theme
from core.language import get_language, in_language

TABLE = pd.DataFrame({"x": [0.0, 0.5, 1.0], "y": [-1500.5, 0.0, 1500.5]})


def _chart() -> alt.Chart:
    y = alt.Y("y:Q", axis=alt.Axis(format=",.1f", values=[-1500.5, 1500.5]))
    return alt.Chart(TABLE).mark_point().encode(alt.X("x:Q", axis=alt.Axis(format=".1f", values=[0.5])), y)


def test_axes_have_the_signs_of_the_language():
    with in_language(get_language("de")):
        svg = vl_convert.vegalite_to_svg(_chart().to_dict())
    assert all(f">{written}<" in svg for written in ("0,5", "1.500,5", "−1.500,5"))


def test_english_is_the_language_of_vega_itself():
    with in_language(get_language("en")):
        spec = _chart().to_dict()
    assert "locale" not in spec["config"]
    assert all(f">{written}<" in vl_convert.vegalite_to_svg(spec) for written in ("0.5", "1,500.5", "−1,500.5"))
