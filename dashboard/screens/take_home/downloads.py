"""The download buttons. Each file is made when it is requested, from what is on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from core.export import Experiment, model_safetensors, write_notebook, write_predictor, write_script
from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.charts.pictures import as_png, as_svg
from dashboard.pipeline import links
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.take_home import charts, report
from dashboard.screens.take_home.facts import facts, is_synthetic, stem, title
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.visit import state

BINARY = "application/octet-stream"
PYTHON = "text/x-python"


@dataclass(frozen=True)
class File:
    """A button, the name of the file, its type, and the function that makes it."""

    label: str
    name: str
    mime: str
    write: Callable[[], bytes]


def row(files: Sequence[File]) -> None:
    """Draw buttons side by side."""
    place = st.container(horizontal=True)
    for file in files:
        place.download_button(
            file.label, file.write, file_name=file.name, mime=file.mime, key=f"take_home_{file.mime}_{file.name}",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def draw_code(made: Experiment) -> None:
    """Offer the experiment as a script and as a notebook."""
    name = stem()
    row(
        [
            File(_("Script (Python)"), f"{name}_experiment.py", PYTHON, lambda: write_script(made).encode()),
            File(
                _("Notebook (Jupyter)"), f"{name}_experiment.ipynb", "application/x-ipynb+json",
                lambda: write_notebook(made).encode(),
            ),
        ]
    )  # fmt: skip
    if is_synthetic():
        st.caption(_("Run it anywhere: the rows are drawn from the same seed, so it prints the numbers above."))
    else:
        template = _(
            "Keep it in the same folder as {name} and run it: it prints the numbers above, and makes the same updates."
        )
        st.caption(escape_markdown(template.format(name=state.source().name)))


def draw_report(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Offer the report, and each chart as a picture."""
    offers, pairs = charts.offers(problem, result), facts(problem, how)
    themes = {theme: charts.colours(theme) for theme in ("light", "dark")}
    where = "compare" if how.initial is None else "train"
    heading, script, address = title(problem), f"{stem()}_experiment.py", links.address(where)
    row(
        [
            File(
                _("Report (HTML)"), f"{stem()}_report.html", "text/html",
                lambda: report.page(heading, pairs, offers, themes, problem, result, script, address).encode(),
            )
        ]
    )  # fmt: skip
    st.caption(_("One page with everything: data, settings, metrics, coefficients, charts. It needs no network."))
    chosen = controls.either("take_home_chart", _("A chart as a picture"), {key: o.title for key, o in offers.items()})
    offer, colours = offers[chosen], themes[charts.theme_in_use()]
    st.altair_chart(offer.draw(), alt=offer.words)
    name = f"{stem()}_{chosen}"
    row(
        [
            File("SVG", f"{name}.svg", "image/svg+xml", lambda: as_svg(offer.draw(), colours).encode()),
            File("PNG", f"{name}.png", "image/png", lambda: as_png(offer.draw(), colours)),
        ]
    )


def draw_model(made: Experiment, how: SgdConfig, result: Result) -> None:
    """Offer the trained model, and a script that predicts with it."""
    run, fit, digest = result.run, result.fit, "" if is_synthetic() else state.source().digest
    models = {"": (run.weights, run.bias), "closed_form": (fit.weights, fit.bias)}
    model = f"{stem()}_model.safetensors"
    row(
        [
            File(_("Model (safetensors)"), model, BINARY, lambda: model_safetensors(made, models, digest, asdict(how))),
            File(_("Predict (Python)"), f"predict_{stem()}.py", PYTHON, lambda: write_predictor(made, model).encode()),
        ]
    )
    if made.target is not None:
        template = _("The parameters predict {label}; the script inverts that, and prints {unit}.")
        st.caption(escape_markdown(template.format(label=made.label, unit=made.target.column)))
    st.caption(
        _("Keep both in one folder: the script loads the model and predicts the rows of any CSV with the same columns. "
          "The weights are those of SGD, in the units of the table; the closed form's and the recipe are in the file "
          "too.")
    )  # fmt: skip
