"""Recommendation: ratings that are made, clicked or brought, of which some are predicted from the others."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing import column_kinds
from core.preprocessing.column_types.values import as_labels, as_numbers, holds_numbers
from core.problems.recommendation import miniature
from core.problems.recommendation.ratings import (
    MOST_PEOPLE,
    MOST_THINGS,
    cycle_rating,
    make_ratings,
    read_ratings,
    write_ratings,
)
from dashboard.pipeline import tables
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings, state

RATINGS = "problems_recommendation_ratings"
LONGEST = 24  # characters of a name of a row or column


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_recommendation_data", _("Data"), width=170)
    source = {"made": _made, "edited": _clicked, "table": _brought}[data]()
    rank = controls.slider("problems_recommendation_rank", _("Rank of the factorisation"))
    learner = controls.either("problems_recommendation_learner", _("Learner"))
    learned: dict[str, Any] = {"rank": rank, "learner": learner}
    learned["penalty"] = controls.slider("problems_recommendation_penalty", _("Penalty"))
    if learner == "sgd":
        learned["rate"] = controls.slider("problems_recommendation_rate", _("Learning rate"))
    return source | learned | {"seed": settings.value("problems_seed")}


def _made() -> dict[str, Any]:
    controls.slider("problems_recommendation_true_rank", _("Rank of the ratings"))
    controls.slider("problems_recommendation_share", _("Ratings seen"), format="%d%%")
    controls.slider("problems_recommendation_noise", _("Noise"))
    return _settings_of_made()


def _settings_of_made() -> dict[str, Any]:
    return {
        "true_rank": settings.value("problems_recommendation_true_rank"),
        "share": settings.value("problems_recommendation_share") / 100,
        "noise": settings.value("problems_recommendation_noise"),
    }


def _clicked() -> dict[str, Any]:
    return {"ratings": read_ratings(settings.text(RATINGS))}


def _brought() -> dict[str, Any]:
    """Return the columns of numbers of the table in use; its rows are named by the first column that tells them apart.

    Raises InputError if the table has fewer than two columns of numbers.
    """
    frame = tables.table().frame
    kinds = column_kinds(frame)
    names = [name for name in frame.columns if holds_numbers(frame[name]) and kinds[name] != "identifier"][:MOST_THINGS]
    if len(names) < 2:
        raise InputError(
            _("At least two columns of numbers are needed, a column for each thing; choose another table on Data.")
        )
    if len(frame) > MOST_PEOPLE:
        st.caption(_("The first {most} of {rows} rows.").format(most=MOST_PEOPLE, rows=format_count(len(frame))))
    head = frame.iloc[:MOST_PEOPLE]
    numbers = np.column_stack([as_numbers(head[name], str(name)) for name in names])
    named = (as_labels(head[name]) for name in head.columns if name not in names)
    labels = next((texts for texts in named if texts.notna().all() and texts.is_unique), None)
    people = [str(number + 1) for number in range(len(head))] if labels is None else labels.tolist()
    return {
        "ratings": [[None if np.isnan(cell) else cell for cell in row] for row in numbers.tolist()],
        "people": [_short(name) for name in people],
        "things": [_short(str(name)) for name in names],
        "scaled": True,
        "editable": False,
    }


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _edited(event: Mapping[str, Any]) -> None:
    """Take the next rating in the clicked cell; ratings that were made become the visitor's own, in whole numbers."""
    data = settings.value("problems_recommendation_data")
    if "row" not in event or data == "table":
        return
    text = settings.text(RATINGS)
    if data == "made":
        made = _settings_of_made()
        text = write_ratings(make_ratings(seed=settings.value("problems_seed"), rank=made["true_rank"],
                                          noise=made["noise"], share=made["share"]).seen)  # fmt: skip
    state.put(RATINGS, cycle_rating(text, int(event["row"]), int(event["column"])))
    settings.choose("problems_recommendation_data", "edited")


def _examples() -> Examples:
    made = {
        "problems_recommendation_data": "made", "problems_recommendation_true_rank": 2,
        "problems_recommendation_share": 60, "problems_recommendation_noise": 0.2, "problems_recommendation_rank": 2,
        "problems_recommendation_learner": "als", "problems_recommendation_penalty": 0.1, "problems_seed": 0,
    }  # fmt: skip
    exact = {"problems_recommendation_noise": 0.0, "problems_recommendation_penalty": 0.0}
    unbounded = {"problems_recommendation_share": 40, "problems_recommendation_penalty": 0.0}
    cold = {"problems_recommendation_data": "edited", RATINGS: "5.4.1/4.5.2/15.24/25142/...../1.254"}
    steps = {"problems_recommendation_learner": "sgd", "problems_recommendation_rate": 1.0}
    return {
        _("Works: close to the noise"): made,
        _("Works: without noise all is found"): made | exact,
        _("Fails: too few ratings seen"): made | unbounded,
        _("Fails: a person without ratings"): made | cold,
        _("Fails: steps too large"): made | steps,
    }


def _links() -> None:
    link("compare", _("Which columns of your table determine others"), {"compare_view": "rank"})
    link("gaps", _("What it does to a mean when cells are missing, and why they are"))


KIND = Kind("recommendation", controls=_controls, make=miniature, examples=_examples, edited=_edited, links=_links)
