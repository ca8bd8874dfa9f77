"""The settings of the map of learning problems, a row each: part of the table in `settings.py`."""

from core.language import N_
from dashboard.visit.knob import Knob

LARGEST = 2**31 - 1  # of a seed

# fmt: off
KNOBS: dict[str, Knob] = {
    # problems: the map
    "problems_exact": Knob(False),
    "problems_seed": Knob(0, high=LARGEST),

    # problems: regression

    # problems: classes

    # problems: hierarchy

    # problems: tagging

    # problems: search

    # problems: recommendation

    # problems: sequences

    # problems: clustering

    # problems: components

    # problems: causes

    # problems: generating

    # problems: online

    # problems: bandit

    # problems: contextual

    # problems: decisions

    # problems: rewarded
}

TEXTS: dict[str, str] = {
    # problems: regression

    # problems: classes

    # problems: hierarchy

    # problems: tagging

    # problems: search

    # problems: recommendation

    # problems: sequences

    # problems: clustering

    # problems: components

    # problems: causes

    # problems: generating

    # problems: online

    # problems: bandit

    # problems: contextual

    # problems: decisions

    # problems: rewarded
}  # what visitors type or edit, as text
# fmt: on
