"""A row set by hand, the predictions of both models for it, and the intervals of the closed form."""

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_number
from core.language import _
from core.regression import predict_intervals
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.what_if import along_one_value, row_prediction
from dashboard.pipeline import target_units
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare import row_fields, row_source
from dashboard.screens.compare.answers import Answer, models, outside, place_of_sgd, warnings
from dashboard.screens.compare.conversion import leverage
from dashboard.screens.compare.row_source import Field, Source
from dashboard.screens.compare.smearing import draw_smearing
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_error, show_notes, show_warning
from dashboard.ui.page import boxes
from dashboard.visit import settings, state

MOST_FIELDS = 24  # of more columns the visitor chooses which to change
FIRST_FIELDS = 12
POINTS = 61  # of a curve
TALLEST_BOX = 560  # pixels


@st.fragment
def draw_what_if(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the predictions of both models for a row; only this part of the screen is drawn again at a change."""
    st.header(_("What if"), anchor=False)
    try:
        _draw(problem, result)
    except InputError as mistake:
        show_error(str(mistake))


def _draw(problem: Problem, result: Result) -> None:
    source = row_source.source(problem)
    confidence, position = _choose(source)
    figures = st.container()
    picture, place = st.columns(2, gap="large")
    with place:
        fields = _fields(source, result)
        with st.container(height=TALLEST_BOX if len(fields) > FIRST_FIELDS else "content", border=False):
            row_fields.draw_row_fields(fields)
    row = row_fields.typed(source.fields)
    answer = _ask(problem, result, source, row, confidence)
    if answer is None:
        with figures:
            show_warning(
                _(
                    "The plan drops rows with this missing value, so there is nothing to predict; fill in the empty "
                    "field."
                )
            )
        return
    with figures:
        _show_figures(problem, answer, confidence)
        draw_smearing(problem, result, answer.table.iloc[0], answer.told.iloc[0])
    with picture:
        _show_picture(problem, result, answer, _known_label(source, position, row), confidence)
    _show_curve(problem, result, source, row, answer, confidence)


def _choose(source: Source) -> tuple[int, int]:
    """Draw the choice of the confidence and of the row to start from, and load it; return both."""
    rows = len(source.frame)
    if settings.value("compare_row") > rows:
        settings.set("compare_row", rows)
    place = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with place:
        share = controls.either("compare_confidence", _("Confidence"))
    number = place.number_input(
        _("Start from row"),
        1,
        rows,
        1,
        key="compare_row",
        bind=state.bound("compare_row"),
        width=180,
        help=_("The number of a row, of {rows} in all. Its values fill the fields.").format(rows=format_count(rows)),
    )
    place.button(_("Reset"), icon=":material/restart_alt:", on_click=state.forget, args=["_what_if_row"])
    position, loaded = int(number) - 1, [source.key, int(number)]
    if state.get("_what_if_row") != loaded:
        row_fields.load(source, position)
        state.put("_what_if_row", loaded)
    return int(share), position


def _fields(source: Source, result: Result) -> list[Field]:
    """Return the fields to draw: all of them, or of many those that the visitor wants to change."""
    fields = {field.name: field for field in source.fields}
    if len(fields) <= MOST_FIELDS:
        return list(fields.values())
    table = result.comparison.coefficients
    sizes = dict(zip(table["coefficient"], table["closed_form_standardised"].abs(), strict=True))
    reach = {name: max((sizes.get(one, 0.0) for one in field.features), default=0.0) for name, field in fields.items()}
    chosen = st.multiselect(
        _("Columns to change"),
        list(fields),
        sorted(fields, key=reach.__getitem__, reverse=True)[:FIRST_FIELDS],
        key=f"compare_columns_{source.key}",
        persist_state="session",
        help=_("At first those that the closed form gives the largest weight. All others stay as in the row."),
    )
    return [fields[name] for name in chosen]


def _ask(problem: Problem, result: Result, source: Source, rows: pd.DataFrame, confidence: int) -> Answer | None:
    """Return the predictions of both models for these rows, or None if the plan drops them."""
    X, notes = source.make(rows)
    if not len(X):
        return None
    features = problem.features(X)
    lean = leverage(problem, result)
    table = predict_intervals(result.fit, lean, features, confidence / 100)
    table["least_squares"] = table["prediction"]
    table["closed_form"] = (result.run.ridge or result.fit).predict(features).numpy()
    table["sgd"] = result.run.predict(features).numpy()
    apart, error = (table["sgd"] - table["least_squares"]).abs(), table["standard_error"]
    table["errors_away"] = apart.where(error > 0) / error.where(error > 0)
    return Answer(table, target_units.inverted(problem, table), lean, notes, tuple(outside(source.fields, rows)))


def _known_label(source: Source, position: int, row: pd.DataFrame) -> float | None:
    """Return the label of the loaded row, as long as nothing in it was changed."""
    label = float(source.labels[position])
    fresh = row_fields.held(source, position)
    return label if np.isfinite(label) and row.equals(fresh) else None


def _show_figures(problem: Problem, answer: Answer, confidence: int) -> None:
    one = answer.told.iloc[0]
    figures: list[tuple[str, str] | tuple[str, str, str]] = [
        (_("SGD predicts"), format_number(one["sgd"])),
        (_("The closed form predicts"), format_number(one["closed_form"])),
        (_("They differ by"), format_number(one["sgd"] - one["closed_form"], 3)),
    ]
    if np.isfinite(one["row_low"]):
        name, template = (
            _("Mean of such rows"),
            _("The {confidence}% confidence interval of the mean of all rows like this one."),
        )
        if problem.target is not None and not problem.target.is_linear:
            name = _("Median of such rows")
            template = _(
                "The {confidence}% confidence interval of the mean before it is inverted: afterwards a median."
            )
        figures.append((name, _between(one, "mean"), template.format(confidence=confidence)))
        template = _("The {confidence}% prediction interval: where the label of a single new row like this one falls.")
        figures.append((_("One new row"), _between(one, "row"), template.format(confidence=confidence)))
    st.markdown(_("Predicted {label}:").format(label=escape_markdown(problem.unit)))
    boxes(figures)


def _between(one: "pd.Series[float]", which: str) -> str:
    return _("{low} to {high}").format(
        low=format_number(one[f"{which}_low"], 5), high=format_number(one[f"{which}_high"], 5)
    )


def _show_picture(problem: Problem, result: Result, answer: Answer, known: float | None, confidence: int) -> None:
    words = place_of_sgd(answer, result, confidence)
    intervals, points = models(answer, result, known)
    seen = _("labels of training rows")
    labels = problem.y_train if problem.truth_train is None else problem.truth_train
    chart = row_prediction(intervals, points, labels.numpy(), problem.unit, seen)
    st.altair_chart(chart, alt=words)
    st.markdown(escape_markdown(words))
    if known is not None:
        template = _("In the table the {label} of this row is {known}.")
        st.markdown(escape_markdown(template.format(label=problem.unit, known=format_number(known))))
    cautions = warnings(answer, result)
    if cautions:
        show_warning(" ".join(cautions))
    show_notes(answer.notes)
    st.caption(_("An empty field is a missing value, filled as planned."))


def _show_curve(
    problem: Problem, result: Result, source: Source, row: pd.DataFrame, answer: Answer, confidence: int
) -> None:
    """Draw both predictions over the range of one value, all others as they are."""
    fields = {field.name: field for field in source.fields if field.slides}
    if not fields:
        return
    st.header(_("If only one value changes"), anchor=False)
    if state.get("compare_along") not in fields:
        state.forget("compare_along")
    name = st.selectbox(_("The value"), list(fields), key="compare_along", bind=state.bound("compare_along"))
    field, stands = fields[name], float(row[name].iloc[0])
    ends = np.array([field.low, field.high, stands if np.isfinite(stands) else field.low])
    steps = np.linspace(ends.min(), ends.max(), POINTS)
    rows = row.loc[np.zeros(POINTS, dtype=np.int64)].reset_index(drop=True).assign(**{name: steps})
    along = _ask(problem, result, source, rows, confidence)
    if along is None:
        return
    names = {"closed_form": _("closed form")} | ({} if result.run.diverged else {"sgd": _("SGD")})
    bands = {
        "row": _("one new row, {confidence}%").format(confidence=confidence),
        "mean": _("mean of such rows, {confidence}%").format(confidence=confidence),
    }
    here = pd.DataFrame(
        [{"x": stands, "model": called, "value": answer.told[key].iloc[0]} for key, called in names.items()]
    )
    drawn = along.told.replace([np.inf, -np.inf], np.nan).assign(x=steps)
    first, last = drawn["closed_form"].iloc[0], drawn["closed_form"].iloc[-1]
    text = _("From {low} to {high} of {column} the closed form's prediction goes from {first} to {last}.").format(
        low=format_number(steps[0]),
        high=format_number(steps[-1]),
        column=name,
        first=format_number(first),
        last=format_number(last),
    )
    chart = along_one_value(drawn, here.dropna(), names, bands, name, problem.unit)
    st.altair_chart(chart, alt=text)
    st.caption(escape_markdown(text))
