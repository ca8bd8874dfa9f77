"""The settings of the map of learning problems, a row each: part of the table in `settings.py`."""

from core.language import N_
from core.problems.clustering_run import FEWEST as FEWEST_CLUSTERS
from core.problems.clustering_run import MOST as MOST_CLUSTERS
from core.problems.clustering_task import POINTS as CLUSTERING_POINTS
from core.problems.components_run import FEWEST as FEWEST_COMPONENTS
from core.problems.components_run import MOST as MOST_COMPONENTS
from core.problems.components_run import RATES as COMPONENT_RATES
from core.problems.components_run import STEPS as COMPONENT_STEPS
from core.problems.kinds import KINDS
from core.problems.sequences import TEXTS as SEQUENCES
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
    "problems_sequences_data": Knob("english", names={
        "english": N_("English: tags of words"), "chinese": N_("Chinese: words of characters"),
        "speech": N_("Speech: repeats merged"), "durations": N_("Text to speech: durations"),
        "translation": N_("Translation: links"),
    }),
    "problems_sequences_smoothing": Knob(0.1, options=(0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 10.0)),
    "problems_sequences_counted": Knob(50, low=5, high=60, step=5),
    "problems_sequences_doubt": Knob(0.2, options=(0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9)),
    "problems_sequences_rounds": Knob(20, low=1, high=60),
    "problems_sequences_start": Knob("even", names={"even": N_("Even"), "drawn": N_("Drawn")}),
    "problems_sequences_none": Knob(False),

    # problems: clustering
    "problems_clustering_data": Knob("points", names={
        "points": N_("Points to drag"), "penguins": N_("Penguins"), "iris": N_("Iris"), "mine": N_("My table"),
    }),
    "problems_clustering_k": Knob(3, low=FEWEST_CLUSTERS, high=MOST_CLUSTERS),
    "problems_clustering_start": Knob("random", names={"random": N_("At random"), "plus": N_("k-means++")}),
    "problems_clustering_scaled": Knob(True),

    # problems: components
    "problems_components_data": Knob("digits", names={
        "digits": N_("Digits"), "penguins": N_("Penguins"), "iris": N_("Iris"), "wine": N_("Wine"),
        "equal": N_("Equal variances"), "mine": N_("My table"),
    }),
    "problems_components_k": Knob(2, low=FEWEST_COMPONENTS, high=MOST_COMPONENTS),
    "problems_components_rate": Knob(1.0, options=COMPONENT_RATES),
    "problems_components_steps": Knob(3000, options=COMPONENT_STEPS),
    "problems_components_schedule": Knob("falling", names={"falling": N_("Falling"), "constant": N_("Constant")}),
    "problems_components_scaled": Knob(True),

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
    **{f"problems_sequences_{task}": text for task, text in SEQUENCES.items()},

    # problems: clustering
    "problems_clustering_points": CLUSTERING_POINTS,

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
