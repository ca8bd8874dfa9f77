"""The knobs of Train: the data, the four classical ones, and more choices."""

import json
from contextlib import suppress

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import InputError
from core.formatting import format_number
from core.language import _, ngettext
from core.regression.convergence.learning_rates import condition_number, spectrum
from core.regression.data.polynomial_features import expand
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.optimizers import OPTIMIZERS
from dashboard.pipeline import tables, training
from dashboard.pipeline.training import Problem
from dashboard.screens.train.forecast import condition_of
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_error, show_notes
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

CHOICES = (
    "train_optimizer", "train_start", "train_shuffle", "train_penalty", "train_patience", "train_degree",
    "train_products",
)  # fmt: skip

OPEN = "train_more"  # the key for whether they are unfolded
_MOST_FOR_A_LOOK = 20_000_000  # rows times features squared, up to which the other way of making features is tried too


def draw_more_choices() -> None:
    """Draw the choices in an expander, and below it how many differ from the default.

    They are drawn once it is unfolded: a dozen hidden widgets would be drawn again with every move of a knob.
    """
    folded = st.expander(_("More choices"), key=OPEN, icon=":material/tune:", on_change="rerun")
    if folded.open:
        with folded:
            _draw_descent()
            _draw_test_rows()
            _draw_features()
    changed = sum(settings.value(key) != settings.KNOBS[key].default for key in CHOICES)
    if changed:  # not in the label: with another label it would be another expander, folded, and the keys would be lost
        st.caption(
            ngettext(
                "{count} of these choices is changed.", "{count} of these choices are changed.", changed
            ).format(count=changed)
        )  # fmt: skip


def _draw_descent() -> None:
    optimizer = controls.either(
        "train_optimizer", _("Optimizer"), {name: row.label() for name, row in OPTIMIZERS.items()}
    )
    for each in OPTIMIZERS[optimizer].parameters:
        controls.slider(f"train_{each.name}", each.label(), format="%.2f", help=each.help())
    start = controls.either("train_start", _("Initial weights"))
    st.caption(
        {
            "small": _("Drawn from N(0, 0.01²) as in the book; the bias starts at 0."),
            "zero": _("All 0, the bias too: a convex loss can be minimised from any start."),
            "large": _("Drawn from N(0, 1), in the coordinates trained in; the bias starts at 0."),
        }[start]
    )
    controls.either("train_shuffle", _("Shuffle the rows"))
    controls.slider(
        "train_penalty",
        _("L2 penalty α"),
        help=_("Adds α/2 · ‖w‖² to the loss: weights are pulled towards 0, the bias is not. The gap is then measured "
               "against the closed form of this loss, ridge regression."),
    )  # fmt: skip


def _draw_test_rows() -> None:
    if settings.value("train_source") == "synthetic":
        st.caption(_("A fifth of the samples is held out for testing."))
        held_out = True
    else:
        held_out = bool(
            controls.slider(
                "prepare_test_share",
                _("Share of the rows held out for testing"),
                format="%d%%",
                help=_(
                    "Nothing is learnt from these rows; they measure the error of the model on rows it was not "
                    "fitted on."
                ),
            )
        )
        controls.number("prepare_split_seed", _("Seed of the split"))
        _tell_split()
    controls.slider(
        "train_patience",
        _("Early stopping: patience in epochs"),
        help=_("Training ends once the loss on the test rows has not fallen for this many epochs, and goes back to "
               "where it was lowest. 0 switches it off."),
    )  # fmt: skip
    if not held_out and settings.value("train_patience"):
        st.caption(_("Early stopping needs test rows; hold some out first."))


def _tell_split() -> None:
    """Draw what the split does; nothing where the table cannot be prepared, which the screen says elsewhere."""
    with suppress(InputError):
        show_notes(tables.preparation().split_notes)


def _draw_features() -> None:
    controls.slider(
        "train_degree",
        _("Powers of the columns, up to"),
        help=_("1: the columns as they are. Columns of two values get no powers, which would be linearly dependent."),
    )
    controls.toggle("train_products", _("Products of two columns"))
    if settings.value("train_degree") == 1 and not settings.value("train_products"):
        return
    controls.toggle(
        "train_centre",
        _("Centre the columns first"),
        help=_("Subtract the mean of each column before powers and products. The closed form predicts the same; SGD "
               "takes another path."),
    )  # fmt: skip
    try:
        problem = training.problem()
    except InputError as refusal:
        show_error(str(refusal))
        return
    _show_condition(training.base_problem(), problem, training.sgd_config(problem))


def _show_condition(base: Problem, problem: Problem, how: SgdConfig) -> None:
    """Draw how the new features change the condition number, and how they would with the other centring."""
    before, after = condition_of(base, how), condition_of(problem, how)
    made = len(problem.feature_names) - len(base.feature_names)
    st.metric(
        _("Condition: before → after"),
        f"{format_number(before, 3)} → {format_number(after, 3)}",
        border=True,
        help=_("λ_max/λ_min of the Hessian of the features as trained, flat directions left out."),
    )
    sentence = ngettext(
        "{count} more feature makes the condition number {times} times as large, and the flattest direction takes "
        "about as many times more updates.",
        "{count} more features make the condition number {times} times as large, and the flattest direction takes "
        "about as many times more updates.",
        made,
    ).format(count=made, times=format_number(after / before, 2))
    rows = len(problem.y_train)
    if made and rows * len(problem.feature_names) ** 2 <= _MOST_FOR_A_LOOK:
        other = _condition_otherwise(json.dumps([problem.key, how.standardise, how.penalty]), base, how)
        sentence += " " + (
            _("Without centring first it would be {other}: x and x² are nearly collinear where x is far from 0.")
            if settings.value("train_centre")
            else _("With centring first it would be {other}: then x and x² are no longer nearly collinear.")
        ).format(other=format_number(other, 3))
    st.caption(sentence if made else _("These columns have no powers or products that would add anything."))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _condition_otherwise(key: str, _base: Problem, _how: SgdConfig) -> float:
    degree, products, centre = (settings.value(f"train_{name}") for name in ("degree", "products", "centre"))
    made = expand(_base.X_train, _base.feature_names, degree, products, not centre)
    return condition_number(spectrum(made.transform(_base.X_train), _how.standardise, _how.penalty)[0])


_BATCHES = "_train_batches"


def draw_knob_column(start_note: str, rows: int) -> DeltaGenerator:
    """Draw the knobs and return the place below the learning rate, for what is known of it once the run is made.

    `start_note` says why they start elsewhere than usual, if they do; `rows` counts the training rows.
    """
    _draw_data()
    controls.slider("learning_rate", _("Learning rate η"), help=_("How far one update goes. The scale is logarithmic."))
    if start_note:
        st.caption(escape_markdown(start_note))
    below = st.container()
    _draw_batch(rows)
    controls.slider("epochs", _("Epochs"), help=_("How often SGD goes through all training rows."))
    controls.number(
        "seed", _("Seed"), help=_("Determines the initial weights and the order of the rows; same seed, same run.")
    )
    controls.toggle(
        "train_standardise",
        _("Standardise the features"),
        help=_("Scale each feature to mean 0 and standard deviation 1, as learnt from the training rows, before SGD "
               "sees it. Results stay in the units of the table."),
    )  # fmt: skip
    draw_more_choices()
    return below


def _draw_data() -> None:
    source = controls.either("train_source", _("Data"))
    if source == "synthetic":
        st.caption(_("y = Xw + b + noise, as in the book: two features drawn from the standard normal distribution."))
        controls.slider("train_rows", _("Number of samples"))
        controls.slider("noise", _("Noise: its standard deviation"), format="%.2f")
        controls.slider("train_weight_1", _("True weight w1"), format="%.1f")
        controls.slider("train_weight_2", _("True weight w2"), format="%.1f")
        controls.slider("train_bias", _("True bias b"), format="%.1f")
    else:
        place = st.container(border=True)
        place.text(state.source().name)
        place.text(_("predicting {target}").format(target=tables.recipe().label))


def _draw_batch(rows: int) -> None:
    """Draw the batch size, and above it the three kinds of descent that it makes."""
    kinds = {"all": _("All"), "some": _("Minibatch"), "one": _("Single")}
    state.put(_BATCHES, _kind_of(settings.value("batch_size"), rows))
    st.segmented_control(
        _("Rows per update"),
        list(kinds),
        required=True,
        format_func=kinds.__getitem__,
        key=_BATCHES,
        on_change=_choose_batch,
        args=[rows],
        help=_("All rows: gradient descent. Single rows: stochastic gradient descent in its original sense."),
    )
    controls.slider("batch_size", _("Batch size |B|"), help=_("How many rows one update uses."))


def _kind_of(batch_size: int, rows: int) -> str:
    if batch_size >= rows:
        return "all"
    return "one" if batch_size == 1 else "some"


def _choose_batch(rows: int) -> None:
    """Set the batch size to the smallest that takes all rows, to one row, or to the usual one if that is less."""
    enough = [size for size in settings.BATCH_SIZES if size >= rows]
    smaller = [size for size in settings.BATCH_SIZES if 1 < size < rows]
    usual = settings.KNOBS["batch_size"].default
    wanted = {
        "all": enough[0] if enough else settings.BATCH_SIZES[-1],
        "one": 1,
        "some": min(usual, smaller[-1]) if smaller else usual,
    }
    settings.choose("batch_size", wanted[state.get(_BATCHES, "some")])
