"""Exact dependencies by kind, a button that removes the dependent columns, and near-dependence of the others."""

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_general, format_list, format_number
from core.language import _, ngettext
from core.preprocessing import FittedColumn, Recipe
from core.regression.diagnostics.collinearity import Diagnosis, Kind
from dashboard.charts.compare.rank import ALARMING, inflation_dots
from dashboard.pipeline import tables
from dashboard.pipeline.training import Problem
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import settings

MOST_SENTENCES = 6
MOST_DRAWN = 20
MOST_DIRECTIONS = 8
MOST_NAMES = 6
STRONG = 30.0  # a condition index from here on is strong near-dependence (Belsley, Kuh & Welsch 1980)


def draw_findings(problem: Problem, diagnosis: Diagnosis) -> None:
    """Draw the dependencies, exact ones first."""
    if diagnosis.deficient:
        _show_exact(diagnosis)
        _offer_remedy(problem, diagnosis)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        _show_inflation(problem, diagnosis)
    with right:
        _show_directions(problem, diagnosis)


def _show_exact(diagnosis: Diagnosis) -> None:
    headings: dict[Kind, str] = {
        "constant": _("Constant: a multiple of the column of ones"),
        "copy": _("A copy of another column, as it is or in other units"),
        "one_hot": _("All categories of a column: together they are the column of ones"),
        "linear": _("Sums of other columns"),
    }
    with st.container(border=True):
        for kind, heading in headings.items():
            found = diagnosis.of_kind(kind)
            if not found:
                continue
            st.markdown(f"**{heading}**")
            st.markdown("\n".join(f"- {escape_markdown(finding.sentence)}" for finding in found[:MOST_SENTENCES]))
            more = found[MOST_SENTENCES:]
            if more:
                with st.expander(ngettext("{count} more", "{count} more", len(more)).format(count=len(more))):
                    st.markdown("\n".join(f"- {escape_markdown(finding.sentence)}" for finding in more))


def _offer_remedy(problem: Problem, diagnosis: Diagnosis) -> None:
    """Offer a plan without the dependent columns, where the plan of the table allows it."""
    changed, sentences = _without_spare(problem, diagnosis)
    if changed is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown("  \n".join(escape_markdown(sentence) for sentence in sentences), width="stretch")
        st.button(
            _("Remove them from the plan"),
            key="compare_leave_out",
            icon=":material/healing:",
            on_click=tables.keep_recipe,
            args=[changed],
            help=_("Changes the plan on the screen Prepare, where every step can be undone."),
        )


def _without_spare(problem: Problem, diagnosis: Diagnosis) -> tuple[Recipe | None, list[str]]:
    if settings.value("train_source") == "synthetic" or diagnosis.forced:
        return None, []
    ready = tables.preparation()
    owners = {name: column for column in ready.fitted.columns for name in column.feature_names}
    recipe, sentences, done = ready.recipe, [], set()
    for finding in diagnosis.findings:
        owner = owners.get(problem.feature_names[finding.column])
        if owner is None or owner.plan.column in done:
            continue
        done.add(owner.plan.column)
        base_helps = finding.kind != "constant" and owner.plan.encode == "one_hot" and owner.base is None
        if not base_helps and len(owner.feature_names) > 1:
            continue
        try:
            recipe = _changed(recipe, owner, base_helps)
        except InputError:  # such as the last column left, which the plan needs
            continue
        sentences.append(_told(owner, base_helps))
    return (recipe, sentences[:MOST_SENTENCES]) if sentences else (None, [])


def _changed(recipe: Recipe, owner: FittedColumn, base_helps: bool) -> Recipe:
    name = owner.plan.column
    return recipe.change(name, base="") if base_helps else recipe.change(name, encode="drop")


def _told(owner: FittedColumn, base_helps: bool) -> str:
    if base_helps:
        sentence = _("“{name}”: its most frequent category gets no column; the others are then compared with it.")
    else:
        sentence = _("“{name}” is left out: no information is lost.")
    return sentence.format(name=owner.plan.column)


def _show_inflation(problem: Problem, diagnosis: Diagnosis) -> None:
    near = diagnosis.inflation.assign(feature=problem.feature_names)
    finite = near[np.isfinite(near["inflation"])].sort_values("inflation", ascending=False, kind="stable")
    exact = len(near) - len(finite)
    if finite.empty:
        st.caption(_("Every feature takes part in an exact dependency, so none can be only nearly dependent."))
        return
    shown = finite[:MOST_DRAWN]
    left_out = []
    if exact:
        left_out.append(
            ngettext("Not drawn, since infinite: {count} in an exact dependency.",
                     "Not drawn, since infinite: {count} in an exact dependency.", exact).format(count=exact)
        )  # fmt: skip
    if len(shown) < len(finite):
        left_out.append(_("The {shown} largest of {count}.").format(shown=len(shown), count=len(finite)))
    top = shown.iloc[0]
    alt = _("The largest inflation is that of {name}: {value}.").format(
        name=top["feature"], value=format_number(top["inflation"], 4)
    )
    st.altair_chart(inflation_dots(shown, " ".join(left_out)), alt=alt)
    st.latex(r"\mathrm{VIF}_j = \frac{1}{1 - R_j^2}")
    st.caption(
        escape_markdown(
            _("R² of a feature regressed on all others. {name}: R² = {share}, so the variance of its weight is "
              "{value} times what it would be if it were uncorrelated with the others. From {limit} on it is worth "
              "a look.").format(
                name=top["feature"], share=format_number(top["r_squared"], 6), value=format_number(top["inflation"], 4),
                limit=format_general(ALARMING),
            )
        )
    )  # fmt: skip


def _show_directions(problem: Problem, diagnosis: Diagnosis) -> None:
    st.markdown("**" + _("Directions of near-dependence") + "**")
    names = [*problem.feature_names, _("the bias")]
    rows = diagnosis.indices[:MOST_DIRECTIONS]
    table = pd.DataFrame(
        {
            "index": rows["index"],
            "strength": [_strength(value) for value in rows["index"]],
            "involved": [_named([names[j] for j in involved]) for involved in rows["involved"]],
        }
    )
    show_table(
        table,
        hide_index=True,
        column_config={
            "index": st.column_config.NumberColumn(_("Condition index"), format="%.4g"),
            "strength": st.column_config.TextColumn(_("Near-dependence")),
            "involved": st.column_config.TextColumn(_("Weights it makes uncertain")),
        },
        alt=_(
            "Condition indices, the largest first, each with the weights for which it accounts for at least half "
            "of the variance."
        ),
    )
    template = _("Columns of length 1, the dependent ones left out. The largest singular value is {index} times the "
                 "smallest: that is the condition number. A weight is named where the direction accounts for at least "
                 "half of its variance.")  # fmt: skip
    st.caption(escape_markdown(template.format(index=format_number(float(rows["index"].iloc[0]), 4))))


def _strength(index: float) -> str:
    if index >= STRONG:
        return _("strong")
    return _("moderate") if index >= ALARMING else _("none")


def _named(names: list[str]) -> str:
    listed = format_list(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more > 0:
        return _("{names} and {count} more").format(names=listed, count=more)
    return listed or "–"
