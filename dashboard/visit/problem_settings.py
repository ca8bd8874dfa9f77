"""The settings of the map of learning problems, a row each: part of the table in `settings.py`."""

from core.language import N_
from core.problems.kinds import KINDS
from dashboard.visit.knob import Knob

LARGEST = 2**31 - 1  # of a seed

# fmt: off
KNOBS: dict[str, Knob] = {
    # problems: the map
    "problems_view": Knob("map", names={
        "map": N_("The map"), "kind": N_("One kind"), "mine": N_("Which of them is mine?"),
        "table": N_("All beside each other"),
    }),
    "problems_kind": Knob("regression", names={name: kind.title for name, kind in KINDS.items()}),
    "problems_exact": Knob(False),
    "problems_seed": Knob(0, high=LARGEST),
    **{f"problems_{name}_guess": Knob("none", options=("none", "0", "1", "2", "3", "skip")) for name in KINDS},

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
