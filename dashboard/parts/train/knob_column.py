"""The knobs of Train: the data, the four classical ones, and more choices."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.language import _
from dashboard.parts import knobs, state, tables
from dashboard.parts.train import more_choices

_BATCHES = "_train_batches"


def draw_knob_column(rate_is_low: bool, rows: int) -> DeltaGenerator:
    """Draw the knobs and return the place below the learning rate, for what is known of it once the run is made.

    `rate_is_low` says that the learning rate had to start lower than usual; `rows` counts the training rows.
    """
    _draw_data()
    knobs.slider("learning_rate", _("Learning rate η"), help=_("How far one update goes. The scale is logarithmic."))
    if rate_is_low:
        st.caption(_("It starts low, since the usual 0.03 diverges on these rows."))
    below = st.container()
    _draw_batch(rows)
    knobs.slider("epochs", _("Epochs"), help=_("How often SGD goes through all training rows."))
    knobs.number("seed", _("Seed"), help=_("Decides the first weights and the order of the rows; same seed, same run."))
    knobs.toggle(
        "train_standardise",
        _("Standardise the features"),
        help=_("Centre each feature on 0 with spread 1, as learnt from the training rows, before SGD sees it. Results "
               "stay in the units of the table."),
    )  # fmt: skip
    more_choices.draw_more_choices()
    return below


def _draw_data() -> None:
    source = knobs.either("train_source", _("Data"))
    if source == "synthetic":
        st.caption(_("y = Xw + b + noise, as in the book: two features drawn from the standard normal distribution."))
        knobs.slider("train_rows", _("Number of samples"))
        knobs.slider("noise", _("Noise: its standard deviation"), format="%.2f")
        knobs.slider("train_weight_1", _("True weight w1"), format="%.1f")
        knobs.slider("train_weight_2", _("True weight w2"), format="%.1f")
        knobs.slider("train_bias", _("True bias b"), format="%.1f")
    else:
        place = st.container(border=True)
        place.text(state.source().name)
        place.text(_("predicting {target}").format(target=tables.target()))


def _draw_batch(rows: int) -> None:
    """Draw the batch size, and above it the three kinds of descent that it makes."""
    kinds = {"all": _("All"), "some": _("Minibatch"), "one": _("Single")}
    state.put(_BATCHES, _kind_of(knobs.value("batch_size"), rows))
    st.segmented_control(
        _("Rows per update"),
        list(kinds),
        required=True,
        format_func=kinds.__getitem__,
        key=_BATCHES,
        on_change=_choose_batch,
        args=[rows],
        help=_("All rows: gradient descent. Single rows: stochastic gradient descent in the word's first sense."),
    )
    knobs.slider("batch_size", _("Batch size |B|"), help=_("How many rows one update looks at."))


def _kind_of(batch_size: int, rows: int) -> str:
    if batch_size >= rows:
        return "all"
    return "one" if batch_size == 1 else "some"


def _choose_batch(rows: int) -> None:
    """Set the batch size to the smallest that takes all rows, to one row, or to the usual one if that is less."""
    enough = [size for size in knobs.BATCH_SIZES if size >= rows]
    smaller = [size for size in knobs.BATCH_SIZES if 1 < size < rows]
    usual = knobs.KNOBS["batch_size"].default
    wanted = {
        "all": enough[0] if enough else knobs.BATCH_SIZES[-1],
        "one": 1,
        "some": min(usual, smaller[-1]) if smaller else usual,
    }
    knobs.choose("batch_size", wanted[state.get(_BATCHES, "some")])
