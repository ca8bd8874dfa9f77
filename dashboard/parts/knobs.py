"""The knobs a person turns: what each may be, what it starts with, and how it is drawn.

A knob's value can come from its widget, from a link, or from nowhere yet; `value` always returns an allowed one, on
every screen, whether or not that screen draws the widget.
"""

import math
from bisect import bisect_right
from typing import Any, Literal

import streamlit as st

from core.language import _
from core.regression.optimizers import OPTIMIZERS, PARAMETERS
from dashboard.parts import autograd, calculus, norms, products, reductions, state, tensors
from dashboard.parts.knob import Knob
from dashboard.parts.plain import WORD_JOINER

_STEPS_OF_A_DECADE = (1, 1.5, 2, 3, 5, 7)
RATES = (*(float(f"{digit}e{power}") for power in range(-12, 1) for digit in _STEPS_OF_A_DECADE), 10.0)
_SMALL_BATCHES = (1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000, 1024)
BATCH_SIZES = (*_SMALL_BATCHES, *(2**power for power in (*range(11, 17), 18, 20, 22, 24)))
START_SPREADS = {"zero": 0.0, "small": 0.01, "large": 1.0}
PENALTIES = (0.0, *(float(f"{digit}e{power}") for power in range(-4, 1) for digit in (1, 3)), 10.0)

NAMES: tuple[str, ...] = (
    "train_across",
    "train_up",
    "train_feature",
    "compare_direction",
    "compare_column",
    "compare_along",
    "experiments_across",
    "experiments_up",
)  # lists of columns to choose from, whose choice stands in the link too

KNOBS: dict[str, Knob] = {
    "prepare_test_share": Knob(default=20, low=0, high=50, step=5),
    "prepare_split_seed": Knob(default=0, high=2**31 - 1),
    "leakage_columns": Knob(default=500, options=(1, 10, 50, 100, 200, 500, 1000, 2000)),
    "gaps_share": Knob(default=0, options=tuple(range(0, 55, 5))),
    "gaps_which": Knob(default="any", options=("any", "large")),
    "gaps_learnt": Knob(default=False),
    "gaps_seed": Knob(default=0, high=2**31 - 1),
    "paths_count": Knob(default="3", options=("2", "3", "4")),
    "train_source": Knob(default="table", options=("table", "synthetic")),
    "train_standardise": Knob(default=True),
    "train_view": Knob(default="watch", options=("watch", "hand")),
    "train_plane": Knob(default="extremes", options=("extremes", "parameters")),
    "train_closer": Knob(default="formulas", options=("formulas", "parameters", "rate")),
    "train_optimizer": Knob(default="sgd", options=tuple(OPTIMIZERS)),
    **{
        f"train_{name}": Knob(default=each.default, low=each.low, high=each.high, step=each.step)
        for name, each in PARAMETERS.items()
    },
    "train_shuffle": Knob(default="every_epoch", options=("every_epoch", "once", "never")),
    "train_start": Knob(default="small", options=tuple(START_SPREADS)),
    "train_penalty": Knob(default=0.0, options=PENALTIES),
    "train_patience": Knob(default=0, low=0, high=20),
    "train_degree": Knob(default=1, low=1, high=5),
    "train_products": Knob(default=False),
    "train_centre": Knob(default=True),
    "train_hand_w": Knob(default=0.0, low=-1e100, high=1e100),
    "train_hand_b": Knob(default=0.0, low=-1e100, high=1e100),
    "train_hand_over": Knob(default=False),
    "compare_view": Knob(default="coefficients", options=("coefficients", "rank", "diagnostics", "exact", "what_if")),
    "compare_diagnostic": Knob(default="fit", options=("fit", "noise", "influence", "learning")),
    "compare_model": Knob(default="closed_form", options=("closed_form", "sgd")),
    "compare_ridge": Knob(default=1e-6, options=tuple(float(f"1e{power}") for power in range(-14, 2))),
    "compare_change": Knob(default="shift", options=("shift", "scale")),
    "compare_amount": Knob(default=1e4, options=tuple(10.0**power for power in range(9))),
    "compare_start": Knob(default=10, options=(-100, -10, -1, 0, 1, 10, 100)),
    "compare_units": Knob(default="raw", options=("raw", "standardised")),
    "compare_sort": Knob(default="table", options=("table", "size", "difference", "errors", "name")),
    "compare_confidence": Knob(default="95", options=("90", "95", "99")),
    "compare_row": Knob(default=1, low=1, high=2**31 - 1),
    "compare_axis": Knob(default="values", options=("values", "errors")),
    "experiments_seeds": Knob(default=50, options=(10, 20, 50, 100, 200, 500)),
    "experiments_repeats": Knob(default=20, options=(5, 10, 20, 50, 100)),
    "experiments_view": Knob(default="noise_floor", options=("noise_floor", "sweep", "pins", "study")),
    "take_home_chart": Knob(default="loss", options=("loss", "predictions", "residuals", "way", "coefficients")),
    "experiments_sweep_shows": Knob(default="gap", options=("gap", "steps")),
    "experiments_sweep_size": Knob(default="8x6", options=("8x6", "12x8", "18x12")),
    "experiments_pins_by": Knob(default="updates", options=("updates", "epochs", "rows")),
    "experiments_pins_rows": Knob(default="training", options=("training", "test")),
    "learning_rate": Knob(default=0.03, options=RATES),
    "batch_size": Knob(default=10, options=BATCH_SIZES),
    "epochs": Knob(default=20, low=1, high=200),
    "seed": Knob(default=0, high=2**31 - 1),
    "noise": Knob(default=0.01, low=0.0, high=5.0, step=0.01),
    "train_rows": Knob(default=1000, low=10, high=5000, step=10),
    "train_weight_1": Knob(default=2.0, low=-10.0, high=10.0, step=0.1),
    "train_weight_2": Knob(default=-3.4, low=-10.0, high=10.0, step=0.1),
    "train_bias": Knob(default=4.2, low=-10.0, high=10.0, step=0.1),
    **tensors.KNOBS,
    **products.KNOBS,
    **reductions.KNOBS,
    **norms.KNOBS,
    **calculus.KNOBS,
    **autograd.KNOBS,
}

TEXTS: dict[str, str] = {
    **tensors.TEXTS,
    **products.TEXTS,
    **reductions.TEXTS,
    **norms.TEXTS,
    **calculus.TEXTS,
    **autograd.TEXTS,
}  # what is typed, and what it is to begin with
MISSPELLED = "_misspelled"  # the key of the list of knobs that a link spelled otherwise than their widgets do
MOST_IN_LINK = 1_000  # characters of one text; what is longer is not in the link


def value(key: str) -> Any:
    """Return the value of a knob, allowed whatever a link or an older visit said."""
    return KNOBS[key].settle(state.get(key, KNOBS[key].default))


def written(option: float) -> str:
    """Return how an option stands on its slider, and in a link, from which `Knob.settle` has to read it back."""
    return f"{option:g}" if isinstance(option, float) else str(option)


def told(key: str) -> str:
    """Return the value of a knob as a link says it, to the last digit."""
    said = value(key)
    short = str(said).lower() if isinstance(said, bool) else written(said)
    return repr(said) if isinstance(said, float) and float(short) != said else short


def fits(key: str, text: str) -> bool:
    """Say whether a link's text is a value that this knob can have."""
    knob, given = KNOBS[key], KNOBS[key].settle(text)
    if isinstance(knob.default, bool):
        return str(given).lower() == text.lower()
    if isinstance(knob.default, str):
        return bool(given == text)
    try:
        return math.isclose(float(text), given, rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False


def text(key: str) -> str:
    """Return what is typed into a field, or what stands there to begin with."""
    typed = state.get(key)
    return typed.replace(WORD_JOINER, "") if isinstance(typed, str) else TEXTS[key]


def turn_to(key: str, wanted: object) -> None:
    """Set a knob, before it is drawn, to the allowed value nearest to `wanted`."""
    state.put(key, KNOBS[key].settle(wanted))


def choose(key: str, wanted: object) -> None:
    """Set a knob for the person, from a button's callback."""
    state.mark_chosen(key)
    turn_to(key, wanted)


def rate_at_most(limit: float) -> float:
    """Return the largest learning rate on the slider that is not above `limit`; the smallest one if all are."""
    return RATES[max(bisect_right(RATES, limit) - 1, 0)]


def _settled(key: str) -> Knob:
    """Return the knob once what is remembered of it is allowed, since a widget refuses anything else.

    What is allowed already is not set again: the browser would take it over, and lose keys pressed in the meantime.
    """
    kept, allowed = state.get(key), value(key)
    if kept is not None and (type(kept), kept) != (type(allowed), allowed):
        state.put(key, allowed)
    return KNOBS[key]


def _kept(key: str) -> dict[str, Any]:
    """Return how a widget keeps its value: bound to the address, unless the link that was opened spelled it otherwise.

    Streamlit takes what it would have spelled otherwise out of the address, and with it the value at the next reload.
    Such a widget keeps its value for the visit, and `links` writes it into the address.
    """
    return {"persist_state": "session"} if key in state.get(MISSPELLED, ()) else {"bind": state.bound(key)}


def slider(key: str, label: str, *, help: str | None = None, format: str | None = None) -> Any:
    """Draw a knob as a slider: over its range, or over its options in their order."""
    knob = _settled(key)
    if knob.options:
        return st.select_slider(
            label,
            knob.options,
            knob.default,
            key=key,
            help=help,
            format_func=written,
            on_change=state.mark_chosen,
            args=[key],
            **_kept(key),
        )
    kind = type(knob.default)
    return st.slider(
        label,
        kind(knob.low),
        kind(knob.high),
        knob.default,
        kind(knob.step),
        key=key,
        help=help,
        format=format,
        **_kept(key),
    )


def number(key: str, label: str, *, help: str | None = None) -> int:
    """Draw a knob as a field to type a whole number into."""
    knob = _settled(key)
    typed = st.number_input(
        label, int(knob.low), int(knob.high), knob.default, int(knob.step), key=key, help=help, **_kept(key)
    )
    return int(typed)


def toggle(key: str, label: str, *, help: str | None = None) -> bool:
    """Draw a knob as a switch."""
    return st.toggle(label, _settled(key).default, key=key, help=help, **_kept(key))


def either(key: str, label: str, names: dict[str, str], *, visible: Literal["visible", "collapsed"] = "visible") -> str:
    """Draw a knob as a choice of one of few; `names` says what each option is called, in their order."""
    knob = _settled(key)
    chosen = st.segmented_control(
        label,
        list(names),
        default=knob.default,
        required=True,
        format_func=names.__getitem__,
        key=key,
        label_visibility=visible,
        wrap=True,
        persist_state="session",  # bound to the address it would say its name there, in the visitor's language
    )
    return str(chosen)


def select(key: str, label: str, names: dict[str, str]) -> str:
    """Draw a knob as a list to choose from; `names` says what each option is called, in their order."""
    knob, options = _settled(key), list(names)
    chosen = st.selectbox(
        label, options, options.index(knob.default), names.__getitem__, key=key, persist_state="session"
    )
    return str(chosen)


def all_rows_note(batch_size: int, rows: int) -> str | None:
    """Say so when a minibatch is asked for that is larger than the table: then it is the full batch."""
    if batch_size <= rows:
        return None
    return _("There are {rows} training rows, so every step uses all of them: full-batch gradient descent.").format(
        rows=rows
    )
