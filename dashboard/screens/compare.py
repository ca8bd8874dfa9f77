"""Compare: SGD beside the closed form, number by number, and both asked about a new row."""

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.language import _
from core.preprocessing import FittedColumn
from dashboard.charts.parameters import coefficients
from dashboard.parts import knobs, pipeline, state, views
from dashboard.parts.figures import duration, figure, latex
from dashboard.parts.frame import boxes, explained, heading, link
from dashboard.parts.pipeline import Problem, Result, Settings
from dashboard.parts.plain import plain, show_notes, show_warning

if TYPE_CHECKING:
    import torch

COLUMNS_OF_FIELDS = 4
MOST_FIELDS = 24  # more of them scroll in a box of their own
TALLEST_TABLE = 600  # pixels


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Compare"),
        _("Two ways to the same line, on the same rows: SGD walks there step by step, the closed form leaps."),
    )
    problem = pipeline.problem()
    pipeline.suit_rate(problem)
    how = pipeline.settings(problem)
    result = pipeline.result(problem, how)
    _show_settings(problem, how)
    if result.run.diverged:
        show_warning(result.run.note)
    else:
        st.markdown(plain(views.outcome(result)))
    _show_coefficients(problem, result)
    _show_scores(problem, result)
    _predict_row(problem, result)
    link("train", _("Back to the knobs"))


def _show_settings(problem: Problem, how: Settings) -> None:
    if knobs.value("train_source") == "synthetic":
        data = _("synthetic data")
    else:
        data = _("{table}, predicting {target}").format(table=state.source().name, target=problem.label)
    told = _("{data}: {rows} training rows, learning rate {rate}, batch size {batch}, {epochs} epochs, seed {seed}.")
    st.caption(
        plain(
            told.format(
                data=data,
                rows=len(problem.y_train),
                rate=f"{how.learning_rate:g}",
                batch=how.batch_size,
                epochs=how.epochs,
                seed=how.seed,
            )
        )
    )


def _show_coefficients(problem: Problem, result: Result) -> None:
    st.subheader(_("Coefficients"), anchor=False)
    names = {
        "coefficient": _("Coefficient"),
        "true": _("True"),
        "sgd": _("SGD"),
        "closed_form": _("Closed form"),
        "difference": _("Difference"),
        "standard_error": _("Standard error"),
        "sgd_standardised": _("SGD, standardised"),
        "closed_form_standardised": _("Closed form, standardised"),
        "difference_standardised": _("Difference, standardised"),
        "sgd_as_it_landed": _("SGD, as it landed"),
    }
    rows = result.comparison.coefficients
    config = {column: st.column_config.NumberColumn(names[column], format="%.8g") for column in rows.columns}
    config["coefficient"] = st.column_config.TextColumn(names["coefficient"], pinned=True)
    st.dataframe(
        rows,
        hide_index=True,
        height=min(38 + 35 * len(rows), TALLEST_TABLE),
        column_config=config,
        alt=_("One row per coefficient: SGD, closed form, difference, in the table's units and standardised."),
    )
    st.caption(
        plain(
            _("Weights are in {label} per unit of the feature; standardised ones in {label} per standard deviation of "
              "the feature, with the bias taken at the mean row.").format(label=problem.label)
        )
    )  # fmt: skip
    chart, words = st.columns([1.4, 1], gap="large")
    with chart:
        dots, subtitle = views.coefficient_dots(result)
        st.altair_chart(coefficients(dots, problem.label, subtitle), alt=_("Both models' weights, feature by feature."))
    with words:
        show_notes([note for note in result.comparison.notes if note != result.run.note])
        show_notes(result.fit.dependencies)
        _show_conversion(problem, result)


def _show_scores(problem: Problem, result: Result) -> None:
    st.subheader(_("How well, how far apart, how fast"), anchor=False)
    fit, run = result.fit, result.run
    condition = figure(fit.condition_number, 4)
    boxes(
        [
            (_("Gap in loss"), figure(result.comparison.gap, 3)),
            (_("Time for SGD"), duration(run.seconds)),
            (_("Time for the closed form"), duration(result.closed_form_seconds)),
            (
                _("Rank"),
                _("{rank} of {columns}").format(rank=fit.rank, columns=fit.columns),
                _("How many columns, the column of ones for the bias among them, say something of their own."),
            ),
            (
                _("Condition number"),
                condition,
                _("How much the answer can magnify a small change of the data, with columns of length 1; 1 is best."),
            ),
        ]
    )
    names = {"sgd": _("SGD"), "closed_form": _("closed form"), "train": _("training rows"), "test": _("test rows")}
    scores = result.comparison.scores.assign(
        model=lambda rows: rows["model"].map(names), part=lambda rows: rows["part"].map(names)
    )
    unit = problem.label
    st.dataframe(
        scores,
        hide_index=True,
        column_config={
            "model": st.column_config.TextColumn(_("Model")),
            "part": st.column_config.TextColumn(_("Judged on")),
            "rows": st.column_config.NumberColumn(_("Rows")),
            "loss": st.column_config.NumberColumn(_("Loss ({unit}²)").format(unit=unit), format="%.8g"),
            "rmse": st.column_config.NumberColumn(_("RMSE ({unit})").format(unit=unit), format="%.8g"),
            "r_squared": st.column_config.NumberColumn(_("R²"), format="%.8g"),
        },
        alt=_("Loss, root mean squared error and R squared of both models on training and test rows."),
    )


def _show_conversion(problem: Problem, result: Result) -> None:
    """Write out how a weight for a standardised feature becomes one in the table's units, for the first feature."""
    centre, spread = float(result.scaling.centre[0]), float(result.scaling.spread[0])
    weight = float(result.run.weights[0])
    with st.expander(_("From standardised to the table's units"), icon=":material/straighten:", expanded=True):
        st.markdown(
            _("With z = (x − mean) / spread the line stays the same when w = w_z / spread and b = b_z − w · mean. "
              "For SGD's weight of {name}:").format(name=plain(problem.feature_names[0])).replace("w_z", r"w\_z")
              .replace("b_z", r"b\_z")
        )  # fmt: skip
        st.latex(
            rf"\begin{{aligned}} z &= (x - {latex(centre, 6)}) / {latex(spread, 6)} \\ "
            rf"w &= {latex(weight * spread, 6)} / {latex(spread, 6)} = {latex(weight, 6)} \end{{aligned}}"
        )


@st.fragment
def _predict_row(problem: Problem, result: Result) -> None:
    """Ask both models about a row typed in by hand; only this part of the screen is drawn again at a change."""
    st.subheader(_("Predict a row of your own"), anchor=False)
    answer = st.container()
    X, notes = _synthetic_row(problem) if knobs.value("train_source") == "synthetic" else _table_row()
    with answer:
        if len(X) == 0:
            show_warning(
                _("The plan drops rows with this gap, so there is nothing to predict; fill in the empty field.")
            )
            return
        by_sgd, by_closed_form = float(result.run.predict(X)[0]), float(result.fit.predict(X)[0])
        st.markdown(_("Predicted {label}:").format(label=plain(problem.label)))
        boxes(
            [
                (_("SGD predicts"), figure(by_sgd)),
                (_("The closed form predicts"), figure(by_closed_form)),
                (_("They differ by"), figure(by_sgd - by_closed_form, 3)),
            ]
        )
        show_notes(notes)


def _synthetic_row(problem: Problem) -> tuple["torch.Tensor", tuple[str, ...]]:
    import torch

    places = st.columns(len(problem.feature_names))
    values = [
        place.number_input(name, value=0.5, key=f"compare_{name}", persist_state="session")
        for place, name in zip(places, problem.feature_names, strict=True)
    ]
    return torch.tensor([values], dtype=torch.float64), ()


def _table_row() -> tuple["torch.Tensor", tuple[str, ...]]:
    """Draw a field for each column the plan keeps, beginning with the first prepared row. An empty field is a gap."""
    ready = pipeline.preparation()
    columns = ready.fitted.columns
    first = pipeline.table().frame.loc[ready.prepared.rows[0]]
    st.caption(_("The fields begin with the first row of the table. A field left empty is a gap, filled as planned."))
    values = {}
    fields = st.container(height=TALLEST_TABLE if len(columns) > MOST_FIELDS else "content")
    for start in range(0, len(columns), COLUMNS_OF_FIELDS):
        places = fields.columns(COLUMNS_OF_FIELDS)
        for place, column in zip(places, columns[start : start + COLUMNS_OF_FIELDS], strict=False):
            name = column.plan.column
            with place:
                values[name] = [_field(column, first[name])]
    made = ready.fitted.features(pd.DataFrame(values))
    return made.X, made.notes


def _field(column: FittedColumn, present: Any) -> Any:
    """Draw a field for one column; `present` is the cell it begins with."""
    name = column.plan.column
    key = f"compare_row_{pipeline.table_key()}_{column.plan.encode}_{name}"
    if column.plan.encode == "number":
        start = None if pd.isna(present) else float(present)
        return st.number_input(plain(name), value=start, format="%g", key=key, persist_state="session")
    categories = list(column.categories)
    known = present if isinstance(present, float | int) else str(present)
    return st.selectbox(
        plain(name),
        categories,
        index=categories.index(known) if known in categories else None,
        placeholder=_("missing"),
        key=key,
        persist_state="session",
    )
