"""The knobs a person turns: what each may be, what it starts with, and how it is drawn.

A knob's value can come from its widget, from a link, or from nowhere yet; `value` always returns an allowed one, on
every screen, whether or not that screen draws the widget.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from core.language import _
from dashboard.parts import state


@dataclass(frozen=True)
class Knob:
    """A number between `low` and `high` in steps, or one of `options`; `default` is where it starts."""

    default: Any
    low: float = 0
    high: float = 0
    step: float = 1
    options: tuple[Any, ...] = ()

    def settle(self, value: object) -> Any:
        """Return the allowed value nearest to `value`, or the default if `value` is of another kind altogether."""
        if isinstance(self.default, bool):
            return (
                value
                if isinstance(value, bool)
                else {"true": True, "false": False}.get(str(value).lower(), self.default)
            )
        if isinstance(self.default, str):
            return value if value in self.options else self.default
        try:
            number = float(str(value))
        except ValueError:
            return self.default
        if number != number:  # NaN is on no scale
            return self.default
        if self.options:
            return min(self.options, key=lambda option: abs(option - number))
        return type(self.default)(min(max(number, self.low), self.high))


_STEPS_OF_A_DECADE = (1, 1.5, 2, 3, 5, 7)
RATES = (*(float(f"{digit}e{power}") for power in range(-12, 1) for digit in _STEPS_OF_A_DECADE), 10.0)
_SMALL_BATCHES = (1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000, 1024)
BATCH_SIZES = (*_SMALL_BATCHES, *(2**power for power in range(11, 17)))

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
    "learning_rate": Knob(default=0.03, options=RATES),
    "batch_size": Knob(default=10, options=BATCH_SIZES),
    "epochs": Knob(default=20, low=1, high=200),
    "seed": Knob(default=0, high=2**31 - 1),
    "noise": Knob(default=0.01, low=0.0, high=5.0, step=0.01),
    "train_rows": Knob(default=1000, low=10, high=5000, step=10),
    "train_weight_1": Knob(default=2.0, low=-10.0, high=10.0, step=0.1),
    "train_weight_2": Knob(default=-3.4, low=-10.0, high=10.0, step=0.1),
    "train_bias": Knob(default=4.2, low=-10.0, high=10.0, step=0.1),
}


def value(key: str) -> Any:
    """Return the value of a knob, allowed whatever a link or an older visit said."""
    return KNOBS[key].settle(state.get(key, KNOBS[key].default))


def written(option: float) -> str:
    """Return how an option stands on its slider, and in a link, from which `Knob.settle` has to read it back."""
    return f"{option:g}" if isinstance(option, float) else str(option)


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
    """Return the knob once what is remembered of it is allowed, since a widget refuses anything else."""
    if state.get(key) is not None:
        state.put(key, value(key))
    return KNOBS[key]


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
            bind="query-params",
            on_change=state.mark_chosen,
            args=[key],
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
        bind="query-params",
    )


def number(key: str, label: str, *, help: str | None = None) -> int:
    """Draw a knob as a field to type a whole number into."""
    knob = _settled(key)
    typed = st.number_input(
        label, int(knob.low), int(knob.high), knob.default, int(knob.step), key=key, help=help, bind="query-params"
    )
    return int(typed)


def toggle(key: str, label: str, *, help: str | None = None) -> bool:
    """Draw a knob as a switch."""
    return st.toggle(label, _settled(key).default, key=key, help=help, bind="query-params")


def either(key: str, label: str, names: dict[str, str], *, visible: Literal["visible", "collapsed"] = "visible") -> str:
    """Draw a knob as a choice of one of few; `names` says what each option is called."""
    knob = _settled(key)
    chosen = st.segmented_control(
        label,
        knob.options,
        default=knob.default,
        required=True,
        format_func=names.__getitem__,
        key=key,
        label_visibility=visible,
        bind="query-params",
    )
    return str(chosen)


def all_rows_note(batch_size: int, rows: int) -> str | None:
    """Say so when a minibatch is asked for that is larger than the table: then it is the full batch."""
    if batch_size <= rows:
        return None
    return _("There are {rows} training rows, so every step uses all of them: full-batch gradient descent.").format(
        rows=rows
    )
