"""Leakage: one recipe fitted on the training rows and on all rows, compared, and the effect on the test error."""

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_list, format_number
from core.language import N_, _, ngettext
from core.preprocessing import Recipe
from core.preprocessing.analysis.leakage.measure import Leakage, measure_leakage
from core.preprocessing.analysis.leakage.noise_features import NoiseLeak, measure_noise_leak
from dashboard.charts.leakage import error_differences, paired_errors
from dashboard.pipeline import findings, results, split_choice, tables
from dashboard.screens.leakage.copies import draw_copies
from dashboard.screens.leakage.learnt_formula import formula, rule_names
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_notes
from dashboard.ui.page import boxes, explained, heading, link
from dashboard.ui.tables import show_table
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

TALLEST_TABLE = 423  # pixels


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Leakage"),
        _("A test is fair only if nothing is learnt from the test rows, not even a fill value. Here the same recipe "
          "is fitted on the training rows (honest) and on all rows (leaky)."),
    )  # fmt: skip
    _choose_split()
    recipe = tables.recipe()
    leak = _measure()
    st.markdown(f"**{escape_markdown(leak.sentence)}** {escape_markdown(' '.join(leak.reasons))}")
    _show_errors(leak, recipe.label)
    _show_learnt(leak)
    _show_code(recipe)
    draw_copies()
    _show_noise(recipe.target)
    link("prepare", _("Change the recipe"))


def _choose_split() -> None:
    share, seed = st.columns([2, 1], gap="large")
    with share:
        controls.slider("prepare_test_share", _("Share of the rows held out for testing"), format="%d%%")
    with seed:
        controls.number(
            "prepare_split_seed", _("Seed of the split"), help=_("Seed of the first split that is measured.")
        )
    split_choice.draw_split_choice()


def _measure() -> Leakage:
    share, seed = settings.value("prepare_test_share"), settings.value("prepare_split_seed")
    return _measured(tables.table_key(), tables.recipe().to_json(), share, seed, tables.table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Measuring the leak"))
def _measured(key: str, recipe_json: str, share: int, seed: int, _frame: pd.DataFrame) -> Leakage:
    return measure_leakage(_frame, Recipe.from_json(recipe_json), share / 100, seed)


def _show_errors(leak: Leakage, label: str) -> None:
    show_notes(leak.notes)
    if not len(leak.errors):
        return
    st.header(_("The test error"), anchor=False)
    first, average = leak.errors.iloc[0], leak.average
    unit = escape_markdown(label)
    split = _("The closed form, trained on the training rows of the split with seed {seed}.").format(
        seed=format_count(first["seed"])
    )
    shown = [
        (_("Test RMSE, honest ({unit})").format(unit=unit), format_number(first["honest_test"]), split),
        (_("Test RMSE, leaky ({unit})").format(unit=unit), format_number(first["leaky_test"]), split),
    ]
    if average and average.low is not None and average.high is not None:
        explanation = ngettext(
            "Leaky minus honest over {count} split, with its 95% interval.",
            "Leaky minus honest over {count} splits, with its 95% interval, widened after Nadeau and Bengio (2003) "
            "because the splits share rows.",
            average.splits,
        ).format(count=average.splits)
        mean = format_number(0)
        if leak.verdict != "same":  # what is left then is rounding
            reach = (average.high - average.low) / 2
            mean = _("{mean} ± {reach}").format(mean=format_number(average.mean, 3), reach=format_number(reach, 2))
        shown.append((_("Mean difference ({unit})").format(unit=unit), mean, explanation))
    boxes(shown)
    _show_charts(leak, label)


def _show_charts(leak: Leakage, label: str) -> None:
    errors, average = leak.errors, leak.average
    pairs = paired_errors(
        errors, label, _("Test error after both preparations"), _("A line joins the two errors of a split.")
    )
    left, right = st.columns(2, gap="large")
    left.altair_chart(pairs, alt=findings.paired_errors(errors))
    if average and leak.verdict != "same":
        differences = errors[["seed"]].assign(difference=errors["leaky_test"] - errors["honest_test"])
        chart = error_differences(differences, average.mean, average.low, average.high, label)
        right.altair_chart(chart, alt=leak.sentence)
    if len(errors) > 1:
        right.caption(
            _("From split to split the honest test RMSE varies by {deviation} (standard deviation), since each "
              "split tests on other rows. A single split is therefore weak evidence of a leak.").format(
                deviation=format_number(errors["honest_test"].std(), 3)
            )
        )  # fmt: skip


def _show_learnt(leak: Leakage) -> None:
    st.header(_("What was learnt"), anchor=False)
    counts = _("From {training} training rows, and from all {all_rows} rows.")
    st.caption(
        counts.format(
            training=format_count(leak.training_rows), all_rows=format_count(leak.training_rows + leak.test_rows)
        )
    )
    if not leak.learnt:
        st.markdown(_("This recipe learns nothing from the rows: no fill value, no scale and no category."))
        return
    names = rule_names()
    rows = pd.DataFrame(
        {
            _("Column"): value.column,
            _("Learnt"): names[value.quantity],
            _("By"): names.get(value.rule, value.rule),
            _("Training rows"): _written(value.training),
            _("All rows"): _written(value.all_rows),
            _("Difference"): value.difference,
            _("In standard deviations"): value.relative,
            _("Cells it acts on"): value.cells,
            _("Known from all rows only"): format_list(value.only_all),
        }
        for value in leak.learnt
    )
    if not any(value.only_all for value in leak.learnt):
        rows = rows.drop(columns=_("Known from all rows only"))
    show_table(
        rows,
        hide_index=True,
        height=min(38 + 35 * len(rows), TALLEST_TABLE),
        placeholder="",
        column_config={
            _("Column"): st.column_config.TextColumn(pinned=True),
            _("Difference"): st.column_config.NumberColumn(
                format="%.4g", help=_("All rows minus training rows, in the unit of the column.")
            ),
            _("In standard deviations"): st.column_config.NumberColumn(
                format="%.2g", help=_("The difference, in standard deviations of the training rows.")
            ),
            _("Cells it acts on"): st.column_config.NumberColumn(
                help=_(
                    "Missing cells for a fill value; rows for centre and spread; rows of a category that no "
                    "training row has."
                )
            ),
        },
        alt=_("What was learnt from the training rows and from all rows, column by column."),
    )
    formula(leak.learnt)


def _written(value: object) -> str:
    return format_number(value) if isinstance(value, float) else str(value or "–")


def _show_code(recipe: Recipe) -> None:
    with st.expander(_("The code: both preparations, one test error each"), icon=":material/code:", expanded=False):
        st.code(_code(recipe), language="python", wrap_lines=True)
        name = state.source().name
        st.caption(escape_markdown(_("Run it in the folder of {name}; recipe.json is the recipe.").format(name=name)))


def _code(recipe: Recipe) -> str:
    share, seed = settings.value("prepare_test_share") / 100, settings.value("prepare_split_seed")
    return f"""\
from pathlib import Path

from core.preprocessing import Recipe, read_table, split_rows
from core.regression import evaluate, solve_closed_form

frame = read_table({results.reading_arguments()}).frame
recipe = Recipe.from_json(Path("recipe.json").read_text())
train, test = split_rows(frame, recipe, test_share={share}, seed={seed})

for rows in (train, frame.index):  # honest: the training rows; leaky: all rows
    prepared = recipe.fit(frame.loc[rows]).transform(frame)
    learns, tests = prepared.rows.isin(train), prepared.rows.isin(test)
    fit = solve_closed_form(prepared.X[learns], prepared.y[learns])
    print(evaluate(prepared.X[tests], prepared.y[tests], fit.weights, fit.bias).rmse)
"""


def _show_noise(label: str) -> None:
    st.header(_("A large leak: choosing features on all rows"), anchor=False)
    st.markdown(
        _("Columns of pure noise predict nothing. Draw many, keep the few with the largest correlation with the "
          "label, and train on those. If the test rows take part in the choice, noise seems to predict.")
    )  # fmt: skip
    if not settings.value("prepare_test_share"):
        st.markdown(_("Hold out some rows to measure it."))
        return
    columns = controls.slider("leakage_columns", _("Columns of noise to choose from"))
    try:
        leak = _noise(columns)
    except InputError as problem:
        st.markdown(escape_markdown(problem))
        return
    st.markdown(f"**{escape_markdown(_noise_sentence(leak, label))}**")
    title = _("Test error with {kept} of {columns} columns of noise").format(kept=leak.kept, columns=leak.columns)
    chart, words = st.columns([1.6, 1], gap="large")
    chart.altair_chart(
        paired_errors(leak.errors, label, title, _("A triangle marks the error of predicting the mean label.")),
        alt=_noise_sentence(leak, label),
    )
    words.markdown(
        _("The columns that correlate best with the label on the training rows do so by chance, which does not "
          "carry over to the test rows. If they are chosen on all rows, the chance correlation is in the test rows "
          "too. Filling and scaling leak little because they do not use the label. Whatever uses the label can leak "
          "much: choosing features, target encoding, choosing the model by its test error.")
    )  # fmt: skip
    kept = _("keep the {count} largest").format(count=format_count(leak.kept))
    words.latex(rf"\text{{{kept} }} |\operatorname{{corr}}(x_j, y)|")


def _noise(columns: int) -> NoiseLeak:
    share, seed = settings.value("prepare_test_share"), settings.value("prepare_split_seed")
    frame, target = tables.table().frame, tables.recipe().target
    return _measured_noise(tables.table_key(), target, share, seed, columns, frame)


@cache_resource(scope="session", max_entries=8, show_spinner=N_("Drawing columns of noise"))
def _measured_noise(key: str, target: str, share: int, seed: int, columns: int, _frame: pd.DataFrame) -> NoiseLeak:
    labels = _frame[target].to_numpy(dtype=float, na_value=float("nan"))
    return measure_noise_leak(labels[pd.notna(labels)], share / 100, seed, columns)


def _noise_sentence(leak: NoiseLeak, label: str) -> str:
    means = leak.errors.mean()
    return _(
        "Over {splits} splits the mean test RMSE in the unit of “{label}” is {honest} honest and {leaky} leaky; "
        "predicting the mean label gives {mean}."
    ).format(
        splits=leak.average.splits,
        label=label,
        honest=format_number(means["honest_test"], 4),
        leaky=format_number(means["leaky_test"], 4),
        mean=format_number(means["mean_test"], 4),
    )
