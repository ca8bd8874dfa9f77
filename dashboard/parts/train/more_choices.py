"""The choices beyond the classical knobs: optimizer, start, order, penalty, early stopping, more features."""

import json

import streamlit as st

from core.errors import InputError
from core.language import _, ngettext
from core.regression.config import SgdConfig
from core.regression.expansion import expand
from core.regression.optimizers import OPTIMIZERS
from core.regression.rates import condition_number, spectrum
from dashboard.parts import knobs, training
from dashboard.parts.cached import cache_resource
from dashboard.parts.figures import figure
from dashboard.parts.plain import show_error
from dashboard.parts.train.outlook import condition_of
from dashboard.parts.training import Problem

CHOICES = (
    "train_optimizer", "train_start", "train_shuffle", "train_penalty", "train_patience", "train_degree",
    "train_products",
)  # fmt: skip

OPEN = "train_more"  # the key that says whether they are unfolded
_MOST_FOR_A_LOOK = 20_000_000  # rows times features squared, up to which the other way of making features is tried too


def draw_more_choices() -> None:
    """Draw the choices in an expander, and below it how many are not the usual ones.

    They are drawn once it is unfolded: a dozen widgets that nobody sees would be drawn anew with every move of a knob.
    """
    folded = st.expander(_("More choices"), key=OPEN, icon=":material/tune:", on_change="rerun")
    if folded.open:
        with folded:
            _draw_descent()
            _draw_test_rows()
            _draw_features()
    changed = sum(knobs.value(key) != knobs.KNOBS[key].default for key in CHOICES)
    if changed:  # not in the label: with another label it would be another expander, folded, and the keys would be lost
        st.caption(
            ngettext(
                "{count} of these choices is changed.", "{count} of these choices are changed.", changed
            ).format(count=changed)
        )  # fmt: skip


def _draw_descent() -> None:
    optimizer = knobs.either("train_optimizer", _("Optimizer"), {name: row.label() for name, row in OPTIMIZERS.items()})
    for each in OPTIMIZERS[optimizer].parameters:
        knobs.slider(f"train_{each.name}", each.label(), format="%.2f", help=each.help())
    start = knobs.either("train_start", _("Initial weights"))
    st.caption(
        {
            "small": _("Drawn from N(0, 0.01²) as in the book; the bias starts at 0."),
            "zero": _("All 0, the bias too: a convex loss needs no luck at the start."),
            "large": _("Drawn from N(0, 1), in the coordinates trained in; the bias starts at 0."),
        }[start]
    )
    knobs.either("train_shuffle", _("Shuffle the rows"))
    knobs.slider(
        "train_penalty",
        _("L2 penalty α"),
        help=_("Adds α/2 · ‖w‖² to the loss: weights are pulled towards 0, the bias is not. The gap is then measured "
               "against the closed form of this loss, ridge regression."),
    )  # fmt: skip


def _draw_test_rows() -> None:
    if knobs.value("train_source") == "synthetic":
        st.caption(_("A fifth of the samples is held out for testing."))
        held_out = True
    else:
        held_out = bool(
            knobs.slider(
                "prepare_test_share",
                _("Share of the rows held out for testing"),
                format="%d%%",
                help=_("These rows are never learnt from; they show how the model does on rows it has not seen."),
            )
        )
        knobs.number("prepare_split_seed", _("Seed of the split"))
    knobs.slider(
        "train_patience",
        _("Early stopping: patience in epochs"),
        help=_("Training ends once the loss on the test rows has not fallen for so many epochs, and goes back to where "
               "it was least. 0 switches it off."),
    )  # fmt: skip
    if not held_out and knobs.value("train_patience"):
        st.caption(_("Without test rows there is nothing to stop by; hold some out first."))


def _draw_features() -> None:
    knobs.slider(
        "train_degree",
        _("Powers of the columns, up to"),
        help=_("1: the columns as they are. Columns of two values get none: their powers would say the same again."),
    )
    knobs.toggle("train_products", _("Products of two columns"))
    if knobs.value("train_degree") == 1 and not knobs.value("train_products"):
        return
    knobs.toggle(
        "train_centre",
        _("Centre the columns first"),
        help=_("Take the mean off a column before it is raised or multiplied. The closed form then predicts the same; "
               "the way there is another."),
    )  # fmt: skip
    try:
        problem = training.problem()
    except InputError as refusal:
        show_error(str(refusal))
        return
    _show_condition(training.base_problem(), problem, training.settings(problem))


def _show_condition(base: Problem, problem: Problem, how: SgdConfig) -> None:
    """Say what the new features do to the condition number, and what they would do centred the other way."""
    before, after = condition_of(base, how), condition_of(problem, how)
    made = len(problem.feature_names) - len(base.feature_names)
    st.metric(
        _("Condition: before → after"),
        f"{figure(before, 3)} → {figure(after, 3)}",
        border=True,
        help=_("λ_max/λ_min of the Hessian of the features as trained, flat directions left out."),
    )
    told = ngettext(
        "{count} more feature makes the loss {times} times as lopsided, and the flattest direction takes about as many"
        " times more updates.",
        "{count} more features make the loss {times} times as lopsided, and the flattest direction takes about as many"
        " times more updates.",
        made,
    ).format(count=made, times=figure(after / before, 2))
    rows = len(problem.y_train)
    if made and rows * len(problem.feature_names) ** 2 <= _MOST_FOR_A_LOOK:
        other = _condition_otherwise(json.dumps([problem.key, how.standardise, how.penalty]), base, how)
        told += " " + (
            _("Without centring first it would be {other}: x and x² run nearly parallel wherever x is far from 0.")
            if knobs.value("train_centre")
            else _("With centring first it would be {other}: then x and x² are no longer nearly parallel.")
        ).format(other=figure(other, 3))
    st.caption(told if made else _("These columns have no powers or products that would add anything."))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _condition_otherwise(key: str, _base: Problem, _how: SgdConfig) -> float:
    degree, products, centre = (knobs.value(f"train_{name}") for name in ("degree", "products", "centre"))
    made = expand(_base.X_train, _base.feature_names, degree, products, not centre)
    return condition_number(spectrum(made.transform(_base.X_train), _how.standardise, _how.penalty)[0])
