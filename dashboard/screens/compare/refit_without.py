"""Leave rows out of the closed form, and see what changes."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_list, format_number
from core.language import N_, _, ngettext
from core.regression.data.minibatches import Rows
from core.regression.diagnostics.influence import Refit, refit_without
from dashboard.pipeline.training import Problem, Result
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.page import boxes
from dashboard.ui.tables import show_table
from dashboard.visit import state
from dashboard.visit.cache import cache_resource

KEY = "compare_left_out"
TALLEST_TABLE = 423  # pixels
MOST_OUT = 50  # rows


def choose(rows: pd.Index, offered: Rows) -> Rows:
    """Draw the list of rows to leave out; return their positions. Numbers that are no training row are reported."""
    names = rows[offered].astype(str).tolist()
    chosen = st.multiselect(
        _("Leave these rows out"),
        list(dict.fromkeys([*names, *_wished()])),
        key=KEY,
        accept_new_options=True,
        max_selections=MOST_OUT,
        placeholder=_("choose, or type a row number"),
        help=_("The closed form is solved again without them. The list offers the ten most influential rows."),
        bind="query-params",
    )
    places = {text: _position(rows, text) for text in chosen}
    unknown = [text for text, place in places.items() if place is None]
    if unknown:
        show_warning(
            ngettext(
                "{rows} is not a training row of this table, so it cannot be left out.",
                "{rows} are not training rows of this table, so they cannot be left out.",
                len(unknown),
            ).format(rows=format_list(unknown))
        )
    return np.array(sorted({place for place in places.values() if place is not None}), dtype=np.int64)


def _wished() -> list[str]:
    """Return what is chosen so far, as a list even if the widget returned one text."""
    kept: Any = state.get(KEY, [])
    if isinstance(kept, str):
        state.put(KEY, [kept])
        return [kept]
    return [str(text) for text in kept]


def _position(rows: pd.Index, text: str) -> int | None:
    """Return where the row of this number is among the training rows, or None."""
    label: Any = text
    if pd.api.types.is_integer_dtype(rows.dtype):
        try:
            label = int(text)
        except ValueError:
            return None
    place = int(rows.get_indexer(pd.Index([label]))[0])
    return None if place < 0 else place


def show_outcome(problem: Problem, result: Result, out: Rows) -> None:
    """Return what leaving the rows out does to the losses, in sentences."""
    if not len(out):
        st.caption(_("Nothing is left out yet. Leaving a row out is a question, not a remedy: what would it change?"))
        return
    again = _again(problem, result, out)
    template = _("The fit of all rows has a loss of {loss} there.")
    before = template.format(loss=format_number(again.loss_before, 4))
    shown = [(_("Loss on the rows that stay"), format_number(again.loss, 4), before)]
    if again.test_loss is not None:
        before = template.format(loss=format_number(again.test_loss_before, 4))
        shown.append((_("Loss on the test rows"), format_number(again.test_loss, 4), before))
    boxes(shown)
    st.markdown(escape_markdown(_verdict(again, len(out))))


def _verdict(again: Refit, count: int) -> str:
    sentences = [
        ngettext(
            "Without {count} row the loss on the {kept} rows that stay goes from {before} to {after}.",
            "Without {count} rows the loss on the {kept} rows that stay goes from {before} to {after}.",
            count,
        ).format(
            count=count,
            kept=format_count(len(again.kept)),
            before=format_number(again.loss_before, 4),
            after=format_number(again.loss, 4),
        )
    ]
    if again.test_loss is not None and again.test_loss_before is not None:
        sentence = (
            _(
                "On the test rows it falls from {before} to {after}, which suggests that the rows left out misled the "
                "fit."
            )
            if again.test_loss < again.test_loss_before
            else _(
                "On the test rows it does not fall ({before} to {after}), which suggests that the rows left out "
                "were useful."
            )
        )
        sentences.append(
            sentence.format(before=format_number(again.test_loss_before, 4), after=format_number(again.test_loss, 4))
        )
    moved = again.coefficients["change_in_errors"].abs()
    if moved.notna().any():
        most = int(moved.to_numpy(na_value=-1.0).argmax())
        sentence = _("The coefficient that moves most is that of {name}: by {count} of its standard errors.")
        name = again.coefficients["coefficient"].iloc[most]
        sentences.append(sentence.format(name=name, count=format_number(float(moved.iloc[most]), 2)))
    return " ".join(sentences)


def show_coefficients(problem: Problem, result: Result, out: Rows) -> None:
    """Draw the table of the coefficients of both fits."""
    if not len(out):
        return
    again = _again(problem, result, out)
    st.header(_("The coefficients without those rows"), anchor=False)
    form = "%.6g"
    show_table(
        again.coefficients,
        hide_index=True,
        placeholder="–",
        height=min(38 + 35 * len(again.coefficients), TALLEST_TABLE),
        column_config={
            "coefficient": st.column_config.TextColumn(_("Coefficient"), pinned=True),
            "all_rows": st.column_config.NumberColumn(_("All rows"), format=form),
            "without": st.column_config.NumberColumn(_("Without them"), format=form),
            "change": st.column_config.NumberColumn(_("Change"), format=form),
            "change_in_errors": st.column_config.NumberColumn(
                _("Change in standard errors"), format="%.3g", help=_("Those of the fit of all rows.")
            ),
        },
        alt=_("The coefficients of the closed form with all rows, and without those left out."),
    )
    if again.fit.rank < result.fit.rank:
        st.info(
            _("Some column varied in those rows only: without them its coefficient is not determined, and the "
              "solution of minimum norm is used.")
        )  # fmt: skip


def _again(problem: Problem, result: Result, out: Rows) -> Refit:
    return _solve(problem.key, tuple(out.tolist()), problem, result)


@cache_resource(scope="session", max_entries=8, show_spinner=N_("Solving without those rows"))
def _solve(key: str, out: tuple[int, ...], _problem: Problem, _result: Result) -> Refit:
    return refit_without(
        _problem.X_train,
        _problem.y_train,
        out,
        _result.fit,
        _problem.feature_names,
        _problem.X_test,
        _problem.y_test,
    )
