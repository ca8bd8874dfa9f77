"""Which estimate is nearest to the truth under which noise: median, mean and mid-range over many samples."""

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number
from core.foundations.estimate_errors import REPEATS, estimate_errors
from core.language import _
from dashboard.charts.normal import estimate_bars
from dashboard.scenes.twin_tables.scene import twin_tables_scene
from dashboard.screens.normal.law_steps import nearest_steps
from dashboard.screens.normal.laws import law_names
from dashboard.ui import controls, scenes
from dashboard.ui.chart import draw_kept
from dashboard.visit import settings
from dashboard.visit.cache import cache_data


@cache_data(max_entries=50, show_spinner=False)
def _errors(n: int, seed: int) -> pd.DataFrame:
    return estimate_errors(n, seed)


def draw_nearest() -> None:
    """Draw the sizes of the errors, and say which estimate wins under which noise."""
    st.header(_("Which estimate is nearest to the truth?"), anchor=False)
    columns = st.columns([3, 2], vertical_alignment="bottom")
    with columns[0]:
        controls.slider("normal_sample", _("Values in a sample"))
    with columns[1]:
        controls.number("normal_seed", _("Seed"))
    n = int(settings.value("normal_sample"))
    errors = _errors(n, int(settings.value("normal_seed"))).set_index("law")
    laws, names = law_names(), {"median": _("median"), "mean": _("mean"), "mid_range": _("mid-range")}
    best = errors.idxmin(axis=1)
    sentences = {law: _found(errors.loc[law], laws[law], names, best[law]) for law in errors.index}
    sentence = " ".join(sentences.values())
    rows = errors.reset_index().melt("law", var_name="estimate", value_name="error")
    rows = rows.assign(law=rows["law"].map(laws), estimate=rows["estimate"].map(names))
    draw_kept(estimate_bars, {"errors": rows}, sentence, estimates=list(names.values()))
    st.markdown(sentence)
    template = _("Root mean square over {count} samples of {n} values with variance 1 and true middle 0.")
    steps = nearest_steps(errors, n, names, sentences)
    scenes.twin_tables(twin_tables_scene(steps, start=0), key="normal_nearest_scene")
    st.caption(template.format(count=format_count(REPEATS), n=n))


def _found(errors: pd.Series, law: str, names: dict[str, str], best: str) -> str:
    """Return which estimate is best under one law, and how far off the mean is where it is not the best."""
    error, mean = format_number(errors[best], 3), format_number(errors["mean"], 3)
    if best == "mean":
        return _("Under {law} noise the {best} is nearest, off by {error}.").format(
            law=law, best=names[best], error=error
        )
    template = _("Under {law} noise the {best} is nearest, off by {error}; the mean is off by {mean}.")
    return template.format(law=law, best=names[best], error=error, mean=mean)
