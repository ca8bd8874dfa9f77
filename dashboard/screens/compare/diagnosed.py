"""What the diagnostics share: the chosen model, its residuals, and the numbers of the rows."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.formatting import format_number
from core.language import N_, _
from core.regression.data.validation import Array
from core.regression.diagnostics.influence import Influence, find_influence
from core.regression.diagnostics.residuals import Residuals, find_residuals
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import tables
from dashboard.pipeline.training import Problem, Result
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

MOST_DRAWN = 1000  # points


@dataclass(frozen=True, eq=False)
class Model:
    """One of the two models: its key, name, weights (d,) and bias."""

    name: str
    title: str
    weights: Array
    bias: float


def chosen_model(result: Result) -> Model:
    """Return the model that is chosen; for a run that has diverged, warn and return the closed form."""
    names, chosen = controls.option_names("compare_model"), settings.value("compare_model")
    if chosen == "sgd" and result.run.diverged:
        show_warning(
            _("SGD diverged: its last loss was {loss}. The closed form is drawn instead; choose a lower learning "
              "rate to see SGD's own residuals.").format(
                loss=format_number(result.run.loss, 3)
            )
        )  # fmt: skip
        chosen = "closed_form"
    model = result.run if chosen == "sgd" else result.fit
    return Model(chosen, names[chosen], model.weights.numpy(), model.bias)


def settings_of(model: Model, how: SgdConfig) -> SgdConfig | None:
    """Return the settings that a model depends on: the closed form on none."""
    return how if model.name == "sgd" else None


def residuals(problem: Problem, how: SgdConfig, result: Result, model: Model) -> Residuals:
    """Return the residuals of a model on the training rows."""
    return _residuals(problem.key, settings_of(model, how), problem, model, result.fit.rank)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _residuals(key: str, how: SgdConfig | None, _problem: Problem, _model: Model, _rank: int) -> Residuals:
    return find_residuals(_problem.X_train, _problem.y_train, _model.weights, _model.bias, _rank)


def influence(problem: Problem, result: Result) -> Influence:
    """Return the influence of each training row on the closed form."""
    return _influence(problem.key, problem, result)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Computing the diagnostics"))
def _influence(key: str, _problem: Problem, _result: Result) -> Influence:
    return find_influence(_problem.X_train, _problem.y_train, _result.fit)


def row_numbers(problem: Problem) -> tuple[pd.Index, pd.Index]:
    """Return the numbers that the training rows and the test rows have in the table, counted from 0."""
    if settings.value("train_source") == "synthetic":
        held_out = 0 if problem.y_test is None else len(problem.y_test)
        return pd.RangeIndex(held_out, held_out + len(problem.y_train)), pd.RangeIndex(held_out)
    ready = tables.preparation()
    return _numbers(problem.key, ready.prepared.rows, ready.test)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _numbers(key: str, _rows: pd.Index, _test: pd.Index) -> tuple[pd.Index, pd.Index]:
    test = _rows.isin(_test)
    return _rows[~test], _rows[test]


def show_reason(found: Residuals, rows: int) -> bool:
    """Draw a notice if there is no noise to look at, and return whether there is none."""
    if found.deviation is None:
        st.info(
            escape_markdown(
                _("As many independent parameters as rows, {rows} each: the model can fit every label, so no "
                  "residuals are left to estimate the noise from.").format(rows=rows)
            )
        )  # fmt: skip
        return True
    if found.perfect:
        st.info(_("The fit is perfect: every residual is 0 up to rounding, so there is no noise to look at."))
        return True
    return False
