"""Tagging: made articles, or the columns of yes and no of the visitor's table."""

from typing import Any

import numpy as np

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.analysis.tag_columns import tag_columns
from core.problems.tagging import miniature
from core.problems.tagging.rows import MOST_TAGS, TagRows
from dashboard.pipeline import tables
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import MOST_COLUMNS, MOST_ROWS
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_tagging_data", _("Data"), width=170)
    of_data: dict[str, Any] = (
        {"rows": own_tags()}
        if data == "table"
        else {"articles": controls.slider("problems_tagging_articles", _("Articles"))}
    )
    return of_data | {
        "seed": settings.value("problems_seed"),
        "threshold": controls.slider("problems_tagging_threshold", _("Threshold")),
        "rate": controls.slider("problems_tagging_rate", _("Learning rate")),
        "batch": controls.slider("problems_tagging_batch", _("Rows in a batch")),
        "epochs": controls.slider("problems_tagging_epochs", _("Epochs")),
    }


def own_tags() -> TagRows:
    """Return the visitor's rows with their columns of yes and no, or of 0 and 1, as tags: at most eight of them.

    The features are all other prepared columns; rows without an answer to a tag are left out. Raises InputError for
    fewer than two such columns, and if no feature is left or too many are.
    """
    found = dict(list(tag_columns(tables.table().frame).items())[:MOST_TAGS])
    if len(found) < 2:
        raise InputError(
            _("At least two columns of yes or no, or of 0 and 1, are needed as tags, but the table has {count}; choose "
              "another table on Data.").format(count=format_count(len(found)))
        )  # fmt: skip
    ready = tables.preparation()
    own = {
        name for column in ready.fitted.columns if column.plan.column in found for name in column.feature_names
    }  # fmt: skip
    places = [place for place, name in enumerate(ready.prepared.feature_names) if name not in own]
    if not 1 <= len(places) <= MOST_COLUMNS:
        raise InputError(
            _("Beside the tags 1 to {most} features are needed, but there are {count}; change that on Prepare.")
            .format(most=format_count(MOST_COLUMNS), count=format_count(len(places)))
        )  # fmt: skip
    Y = np.column_stack([values.loc[ready.prepared.rows].to_numpy(np.float64) for values in found.values()])
    known = np.flatnonzero(~np.isnan(Y).any(axis=1))
    chosen = known[np.unique(np.linspace(0, len(known) - 1, min(len(known), MOST_ROWS)).round().astype(np.int64))]
    X = ready.prepared.X.numpy().astype(np.float64)[chosen][:, places]
    names = tuple(ready.prepared.feature_names[place] for place in places)
    code = "# X and Y are the features and the tags of your table, as the script of Prepare makes them\n"
    return TagRows(f"table {ready.key} tags", X, names, code=code, Y=Y[chosen], tags=tuple(found))


def _examples() -> Examples:
    usual = {
        "problems_tagging_data": "articles",
        "problems_tagging_articles": 300,
        "problems_tagging_threshold": 0.5,
        "problems_tagging_rate": 0.5,
        "problems_tagging_batch": 16,
        "problems_tagging_epochs": 30,
        "problems_seed": 1,
    }
    return {
        _("Works: a sigmoid for each tag"): usual,
        _("Works: 600 articles, small batches"): usual
        | {"problems_tagging_articles": 600, "problems_tagging_batch": 8, "problems_tagging_rate": 0.1},
        _("Fails: one softmax, which gives one tag only"): usual | {"problems_seed": 0},
        _("Fails: one tag too few at a high threshold"): usual | {"problems_tagging_threshold": 0.9},
        _("Fails: 20 articles are separable"): usual | {"problems_tagging_articles": 20},
    }


def _links() -> None:
    link("neuron", _("The sigmoid of one tag, and its threshold"), {"neuron_view": "threshold"})


KIND = Kind("tagging", controls=_controls, make=miniature, examples=_examples, links=_links)
