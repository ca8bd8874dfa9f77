"""Categories on Compare: each level against a reference level, and each category as a whole."""

import sys
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.regression import Comparison
from core.regression.diagnostics.level_contrasts import against_levels, partial_f_tests
from core.regression.diagnostics.residuals import find_residuals
from dashboard.pipeline.levels import choose_reference, comparable, references
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare.conversion import leverage
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

_CATEGORY = "compare_category"
_SMALLEST = sys.float_info.min


def is_offered(problem: Problem) -> bool:
    """Whether the problem has a category whose levels can be compared."""
    return bool(comparable(problem.categories))


def is_against(problem: Problem) -> bool:
    """Whether levels are shown against a reference level."""
    return is_offered(problem) and settings.value("compare_levels") == "against"


def against(problem: Problem, result: Result, confidence: float) -> Comparison:
    """Return the comparison with each level against the reference level of its category."""
    groups = problem.categories
    return replace(
        result.comparison,
        coefficients=against_levels(
            result.comparison.coefficients,
            groups,
            references(groups, problem.X_train.numpy()),
            result.fit,
            leverage(problem, result),
            confidence,
        ),
        confidence=confidence,
    )


def draw_references(problem: Problem) -> None:
    """Draw the choice of a category and of its reference level."""
    groups = comparable(problem.categories)
    names = {group.name: group for group in groups}
    if state.get(_CATEGORY) not in names:
        state.forget(_CATEGORY)
    left, right, _rest = st.columns([1, 1, 2], gap="medium")
    group = names[left.selectbox(_("Category"), list(names), key=_CATEGORY, bind=state.bound(_CATEGORY))]
    key = f"compare_reference_{state.digest(repr((problem.key, group)).encode())}"
    (reference,) = references([group], problem.X_train.numpy())
    if state.get(key) not in (None, reference):
        state.put(key, reference)

    def keep() -> None:
        choose_reference(group, state.get(key))

    right.selectbox(
        _("Its reference level"),
        range(len(group.levels)),
        index=reference,
        format_func=group.levels.__getitem__,
        key=key,
        on_change=keep,
        persist_state="session",
        help=_("All other levels of the category are compared with it. It starts as the most frequent one among the "
               "training rows."),
    )  # fmt: skip


def explain(problem: Problem, result: Result, rows: pd.DataFrame, units: str) -> None:
    """Draw what the table says when levels are compared with a reference level."""
    template = (
        _("A level is compared with the reference level of its category, in {label}. All other weights are in {label} "
          "per unit of the feature. The bias is what is predicted where every category is at its reference level and "
          "all other features are 0.")
        if units == "raw"
        else _("A level is compared with the reference level of its category, in {label}: a difference of two levels "
               "has no standard deviation. All other weights are in {label} per standard deviation of the feature. The "
               "bias is what is predicted where every category is at its reference level and all other features have "
               "their means.")
    )  # fmt: skip
    sentences = [template.format(label=problem.label)]
    if result.run.ridge is None and result.fit.rank < result.fit.columns and rows["estimable"].any():
        sentences.append(_("What has an interval is the same for all parameters that fit these rows equally well."))
    if result.run.ridge is not None:
        sentences.append(
            _("The penalty shrinks the weights of all levels, that of the reference too, and so their differences.")
        )
    if not rows["estimable"].all():
        sentences.append(
            _("Where a difference is not determined, other columns already know the level: no number of such rows "
              "tells their effects apart.")
        )  # fmt: skip
    st.caption(escape_markdown(" ".join(sentences)))


def draw_categories(problem: Problem, result: Result) -> None:
    """Draw the partial F test of each category; nothing for a problem without one."""
    if not problem.categories:
        return
    st.header(_("Categories as a whole"), anchor=False)
    st.markdown(
        _("Do all levels of a category have the same effect? F compares the squared residuals with and without the "
          "category, all other columns kept: near 1 it adds no more than noise would. p is how often noise alone would "
          "give an F as large.")
    )  # fmt: skip
    tests = _tests(problem.key, problem, result)
    names = {
        "category": st.column_config.TextColumn(_("Category"), pinned=True),
        "levels": st.column_config.NumberColumn(_("Levels")),
        "df": st.column_config.NumberColumn(_("Degrees of freedom")),
        "f": st.column_config.Column(_("F")),
        "p": st.column_config.Column(_("p value")),
    }
    show_table(
        tests.style.format(partial(format_number, digits=5), subset=["f"]).format(_written_p, subset=["p"]),
        hide_index=True,
        column_config=names,
        placeholder="–",
        alt=_("One row per category: its levels, the degrees of freedom that they take, F and its p value."),
    )
    st.caption(escape_markdown(" ".join(_notes(tests, result))))


def _written_p(value: Any) -> str:
    return f"< {format_number(_SMALLEST, 2)}" if value < _SMALLEST else format_number(value, 3)


def _notes(tests: pd.DataFrame, result: Result) -> list[str]:
    """Return why a test is missing, and what all of them take for granted."""
    freedom = result.comparison.freedom
    sentences = []
    if (tests["df"] == 0).any():
        sentences.append(
            _("A category with 0 degrees of freedom has one level only, or all of its levels are known from other "
              "columns: leaving it out changes nothing.")
        )  # fmt: skip
    if freedom == 0:
        sentences.append(
            _("There are as many independent columns as rows, so no residuals are left to estimate the noise from, "
              "and there is no F.")
        )  # fmt: skip
    elif tests["f"].isna().all() and (tests["df"] > 0).any():
        sentences.append(_("Every residual is 0 up to rounding, so there is no noise to compare with, and no F."))
    else:
        sentences.append(
            ngettext(
                "It takes for granted that the model is right and its noise independent, normal and of constant "
                "variance, estimated with {count} degree of freedom.",
                "It takes for granted that the model is right and its noise independent, normal and of constant "
                "variance, estimated with {count} degrees of freedom.",
                freedom,
            ).format(count=format_count(freedom))
        )
    if result.run.ridge is not None:
        sentences.append(_("The tests are those of least squares, without the penalty."))
    return sentences


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _tests(key: str, _problem: Problem, _result: Result) -> pd.DataFrame:
    fit = _result.fit
    residuals = find_residuals(_problem.X_train, _problem.y_train, fit.weights, fit.bias, fit.rank)
    return partial_f_tests(fit, leverage(_problem, _result), residuals, _problem.categories)
