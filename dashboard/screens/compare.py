"""Compare: SGD beside the closed form, number by number, and both asked about a new row."""

import streamlit as st

from core.language import _
from dashboard.charts.parameters import coefficients
from dashboard.parts import knobs, row_form, state, training, views
from dashboard.parts.figures import duration, figure, latex
from dashboard.parts.frame import boxes, explained, heading, link
from dashboard.parts.plain import plain, show_notes, show_warning
from dashboard.parts.training import Problem, Result, Settings

TALLEST_TABLE = 600  # pixels


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Compare"),
        _("Two ways to the same line, on the same rows: SGD walks there step by step, the closed form leaps."),
    )
    problem = training.problem()
    training.suit_rate(problem)
    how = training.settings(problem)
    result = training.result(problem, how)
    _show_settings(problem, how)
    if result.run.diverged:
        show_warning(result.run.note)
    else:
        st.markdown(plain(views.outcome(result)))
    _show_coefficients(problem, result)
    _show_scores(problem, result)
    row_form.draw(problem, result)
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
        told = _(
            "With z = (x − mean) / spread the line stays the same when w = w_z / spread and b = b_z − w · mean. "
            "For the weight of {name} that SGD landed on:"
        )
        st.markdown(plain(told.format(name=problem.feature_names[0])))
        st.latex(
            rf"\begin{{aligned}} z &= (x - {latex(centre, 6)}) / {latex(spread, 6)} \\ "
            rf"w &= {latex(weight * spread, 6)} / {latex(spread, 6)} = {latex(weight, 6)} \end{{aligned}}"
        )
