from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.visit.knob import Knob
from dashboard.visit.settings import BATCH_SIZES, KNOBS, RATES, rate_at_most


def is_allowed(knob: Knob, value: object) -> bool:
    if isinstance(knob.default, bool):
        return isinstance(value, bool)
    return value in knob.options if knob.options else knob.low <= value <= knob.high


@pytest.mark.parametrize("key", KNOBS)
@given(
    value=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.sampled_from(["true", "0.03"]))
)
def test_whatever_a_link_says_the_knob_takes_an_allowed_value_of_its_kind(key, value):
    knob = KNOBS[key]
    clamped = knob.clamp(value)
    assert type(clamped) is type(knob.default)
    assert is_allowed(knob, clamped)


@pytest.mark.parametrize("key", KNOBS)
def test_every_default_is_allowed_and_stays(key):
    assert is_allowed(KNOBS[key], KNOBS[key].default)
    assert KNOBS[key].clamp(KNOBS[key].default) == KNOBS[key].default


@pytest.mark.parametrize("key", KNOBS)
def test_every_allowed_option_survives_a_link(key):
    knob = KNOBS[key]
    options = knob.options or [True, False] * isinstance(knob.default, bool) or [knob.low, knob.high]
    for option in options:
        said = knob.to_query(option)
        assert knob.clamp(said) == option
        assert knob.is_exact(said)


def test_scales_rise_without_repeats():
    assert list(RATES) == sorted(set(RATES))
    assert list(BATCH_SIZES) == sorted(set(BATCH_SIZES))


@given(st.floats(min_value=1e-9, max_value=1e3))
def test_the_rate_offered_is_the_largest_on_the_slider_that_is_not_above_the_limit(limit):
    offered = rate_at_most(limit)
    assert offered in RATES
    assert offered <= limit or offered == RATES[0]
    assert all(rate > limit for rate in RATES if rate > offered)


@pytest.mark.parametrize(
    "name", [key.removesuffix("_view") for key in KNOBS if key.endswith("_view") and key != "train_view"]
)
def test_every_view_of_the_table_is_drawn_by_its_screen(name):
    screen = import_module(f"dashboard.screens.{name}")
    assert list(screen.VIEWS) == list(KNOBS[f"{name}_view"].options)
