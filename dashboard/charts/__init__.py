"""Charts: pure functions from tables to `alt.Chart`. They know neither the screen nor where the numbers come from.

Columns of a chart's data have fixed plain names; names from a person's table appear in titles and cells only. Colours
are left to the theme: the first series of every chart takes its first colour, so SGD looks the same everywhere.

Numbers on axes and in tooltips follow the current language (`core/formatting.py`): the theme of all charts asks for it
whenever a chart is written as Vega-Lite.
"""

from typing import Any

import altair as alt

from core.formatting import vega_locale
from core.language import SOURCE, current_language


@alt.theme.register("descent_lab", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    config: dict[str, Any] = {"view": {"continuousWidth": 300, "continuousHeight": 300}}  # as Altair's own
    if current_language().code != SOURCE:  # English is Vega's own language
        config["locale"] = vega_locale()
    return {"config": config}  # type: ignore[typeddict-item]
