"""A network on a stage: linear regression as one layer, and what hidden layers add."""

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_general, format_list, format_number
from core.foundations.network import parameter_count
from core.foundations.network_code import network_code
from core.language import _, ngettext
from dashboard.screens.network.stage_findings import finding, verdict
from dashboard.screens.network.stage_lesson import count_latex, depth_sentence, layer_latex, shapes_table, traps
from dashboard.screens.network.stage_rows import StageRows, stage_rows
from dashboard.screens.network.stage_run import StageRun, stage_config, stage_run, stage_scene
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.examples import examples
from dashboard.ui.tables import show_table
from dashboard.visit import settings

STAGE = "network_stage"


def draw_stage() -> None:
    """Draw the controls, the stage, the count with its shapes, and the lesson."""
    _draw_examples()
    _draw_controls()
    rows = stage_rows()
    _draw_notes(rows)
    trained = stage_run(rows, stage_config(len(rows.outputs)))
    works, why = verdict(rows, trained)
    sentence = escape_markdown(why)
    (st.info if works else st.warning)(sentence, icon=":material/check:" if works else ":material/warning:")
    row = min(settings.value("network_stage_row"), len(rows.X))
    scenes.network(stage_scene(rows, trained, row, finding(rows, trained)), key="network_stage_scene")
    _draw_figures(rows, trained)
    _draw_lesson(rows, trained, row)


def _draw_examples() -> None:
    curve = {"network_stage_source": "curve", "network_stage_outputs": 1, "network_stage_seed": 0}
    examples(
        STAGE,
        {
            _("Linear regression: one neuron"): _setting(network_stage_source="table"),
            _("A setting that works"): _setting(
                **curve, network_stage_layers=1, network_stage_units_1="8", network_stage_activation_1="tanh",
                network_stage_rate=0.3, network_stage_steps=500,
            ),
            _("One that fails: no hidden layer, and a curve"): _setting(**curve, network_stage_steps=500),
            _("One that fails: too large a rate"): _setting(**curve, network_stage_rate=3.0),
        },
    )  # fmt: skip


def _setting(**changed: object) -> dict[str, object]:
    """Return the settings of an example: the usual ones, and what is changed."""
    usual = {"layers": 0, "outputs": 1, "rate": 0.1, "steps": 200}
    return {f"{STAGE}_{name}": value for name, value in usual.items()} | changed


def _draw_controls() -> None:
    left, middle, right = st.columns(3, gap="medium")
    with left:
        controls.either("network_stage_source", _("Learn from"))
    with middle:
        layers = controls.slider("network_stage_layers", _("Hidden layers"))
    with right:
        controls.slider("network_stage_outputs", _("Outputs"))
    for number in range(1, layers + 1):
        left, right = st.columns(2, gap="medium")
        with left:
            controls.either(f"network_stage_units_{number}", _("Units of hidden layer {number}").format(number=number))
        with right:
            controls.either(
                f"network_stage_activation_{number}", _("Activation of hidden layer {number}").format(number=number)
            )
    places = st.columns(4, gap="medium")
    with places[0]:
        controls.slider("network_stage_rate", _("Learning rate"))
    with places[1]:
        controls.slider("network_stage_steps", _("Updates"))
    with places[2]:
        controls.number("network_stage_row", _("Row on the stage"))
    with places[3]:
        controls.number("network_stage_seed", _("Seed"), help=_("Of the weights at the start, and of the curve."))


def _draw_notes(rows: StageRows) -> None:
    """Say what is learned from what, and what was asked for in vain."""
    n, extra = len(rows.X), [escape_markdown(each.name) for each in rows.outputs[1:]]
    told = [
        ngettext("{count} feature", "{count} features", len(rows.names)).format(count=format_count(len(rows.names))),
        ngettext("{count} row", "{count} rows", n).format(count=format_count(n)),
    ]
    sentences = [_("{features}, {rows}; every column in standard deviations from its mean.").format(
        features=told[0], rows=told[1])]  # fmt: skip
    if rows.of > n:
        sentences.append(_("The rows are drawn at random from {count}.").format(count=format_count(rows.of)))
    if extra and not rows.curve:
        sentences.append(
            _("The other outputs predict columns that are then no features: {names}.").format(names=format_list(extra))
        )
    st.caption(" ".join(sentences))
    if len(rows.outputs) < rows.wanted:
        show_warning(
            ngettext(
                "This table has columns for {count} output only: each one more takes a numeric feature away, and one "
                "has to be left.",
                "This table has columns for {count} outputs only: each one more takes a numeric feature away, and one "
                "has to be left.",
                len(rows.outputs),
            ).format(count=len(rows.outputs))
        )
    if settings.value("network_stage_row") > n:
        show_warning(_("There are {count} rows, so the last one is on the stage.").format(count=format_count(n)))


def _draw_figures(rows: StageRows, trained: StageRun) -> None:
    run = trained.run
    exact = (
        (_("Loss, closed form"), format_number(trained.exact.loss, 4),
         _("The least there is: half the mean squared error with the exact weights."))
        if trained.is_linear
        else (_("Loss, exact output layer"), format_number(trained.exact.loss, 4),
              _("For the hidden numbers as they are, the output layer is linear regression, and has a closed form."))
    )  # fmt: skip
    page.boxes(
        [
            (_("Layers"), format_count(run.config.layers), _("The input is not counted.")),
            (
                _("Parameters"),
                format_count(parameter_count(len(rows.names), run.config).total),
            ),
            (
                _("Loss, learned"),
                format_number(run.loss, 4),
                _("Half the mean squared error on the rows learned from."),
            ),
            exact,
        ]
    )
    if not trained.exact.unique:
        st.caption(
            _(
                "Several output layers are exact here, since what enters is linearly dependent. The one nearest to "
                "what was learned is shown."
            )
        )


def _draw_lesson(rows: StageRows, trained: StageRun, row: int) -> None:
    config, inputs = trained.run.config, len(rows.names)
    st.markdown(depth_sentence(config))
    left, right = st.columns(2, gap="large")
    with left:
        st.latex(layer_latex(config))
    with right:
        st.latex(count_latex(inputs, config))
    show_table(pd.DataFrame(shapes_table(inputs, len(rows.X), config)), hide_index=True,
               alt=_("The shapes in every layer, and the number of its parameters."))  # fmt: skip
    output = trained.run.predict(rows.X[row - 1 : row])[0]
    st.markdown(
        _("**Where does a number such as 0.8 come from?** From the output alone: here it is {output} for row {row}. "
          "The number of a hidden unit is a step on the way, and predicts nothing by itself.").format(
            output=format_list(format_number(value, 3) for value in output.tolist()), row=format_general(row))
    )  # fmt: skip
    lesson.code(network_code(trained.run.parameters, config, rows.X[row - 1], output.tolist()))
    lesson.traps(traps)
    st.caption(
        _("**What it takes for granted:** full batches, the squared loss, and columns in standard deviations. It says "
          "nothing about rows that were not learned from. **Next:** what each unit answers to.")
    )  # fmt: skip
