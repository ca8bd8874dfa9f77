"""The settings of the map of learning problems, a row each: part of the table in `settings.py`."""

import math

from core.language import N_
from core.problems.causes import twin_run as causes_twin_run
from core.problems.clustering.run import FEWEST as FEWEST_CLUSTERS
from core.problems.clustering.run import MOST as MOST_CLUSTERS
from core.problems.clustering.task import POINTS as CLUSTERING_POINTS
from core.problems.components.run import FEWEST as FEWEST_COMPONENTS
from core.problems.components.run import MOST as MOST_COMPONENTS
from core.problems.components.run import RATES as COMPONENT_RATES
from core.problems.components.run import STEPS as COMPONENT_STEPS
from core.problems.decisions.grid_world import GRID
from core.problems.kinds import KINDS
from core.problems.online import run as online_run
from core.problems.regression.rows import POINTS as REGRESSION_POINTS
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
    "problems_regression_data": Knob("diabetes", names={
        "diabetes": N_("Diabetes, from scikit-learn"), "table": N_("Your table"), "points": N_("Points to drag"),
    }),
    "problems_regression_features": Knob("one", names={"one": N_("One feature"), "all": N_("All features")}),
    "problems_regression_rate": Knob(0.1, options=(
        1e-6, 1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 1.9, 2.1, 3.0,
    )),
    "problems_regression_batch": Knob("all", names={"all": N_("All rows"), "1": "1", "10": "10", "50": "50"}),
    "problems_regression_epochs": Knob(30, low=1, high=100),
    "problems_regression_standardise": Knob(True),

    # problems: classes
    "problems_classes_data": Knob("penguins", names={
        "penguins": N_("Penguins"), "iris": N_("Iris"), "wine": N_("Wine"), "digits": N_("Digits"),
        "table": N_("Your table"),
    }),
    "problems_classes_classes": Knob("all", names={"all": N_("All"), "closest": N_("The closest two")}),
    "problems_classes_features": Knob("two", names={"two": N_("Two"), "all": N_("All")}),
    "problems_classes_penalty": Knob(0.0, options=(0.0, 0.001, 0.01, 0.1, 0.3)),
    "problems_classes_rate": Knob(0.5, options=(0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0)),
    "problems_classes_batch": Knob(16, options=(4, 8, 16, 32, 64, 128, 512)),
    "problems_classes_epochs": Knob(30, low=1, high=60),
    "problems_classes_row": Knob(1, low=1, high=400),

    # problems: hierarchy
    "problems_hierarchy_data": Knob("digits", names={
        "digits": N_("Digits"), "islands": N_("Penguins by island and species"), "penguins": N_("Penguins by species"),
        "iris": N_("Iris"), "wine": N_("Wine"), "table": N_("Your table"),
    }),
    "problems_hierarchy_features": Knob("two", names={"two": N_("Two principal axes"), "all": N_("All columns")}),
    "problems_hierarchy_near": Knob(0.2, low=0.0, high=0.95, step=0.05),
    "problems_hierarchy_penalty": Knob(0.001, options=(0.0001, 0.001, 0.01, 0.1, 0.3)),

    # problems: tagging
    "problems_tagging_data": Knob("articles", names={"articles": N_("Made articles"), "table": N_("Your table")}),
    "problems_tagging_articles": Knob(300, low=20, high=600, step=20),
    "problems_tagging_threshold": Knob(0.5, low=0.05, high=0.95, step=0.05),
    "problems_tagging_rate": Knob(0.5, options=(0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0)),
    "problems_tagging_batch": Knob(16, options=(4, 8, 16, 32, 64, 128, 512)),
    "problems_tagging_epochs": Knob(30, low=1, high=60),

    # problems: search
    "problems_search_data": Knob("unseen", names={
        "unseen": N_("Pictures new to the network"), "all": N_("All 1,797 pictures"),
    }),
    "problems_search_from": Knob("picked", names={"picked": N_("One of the pictures"), "painted": N_("A painted one")}),
    "problems_search_query": Knob(127, high=1796),
    "problems_search_label": Knob("7", options=tuple("0123456789")),
    "problems_search_distance": Knob("norm", names={"norm": N_("p-norm"), "cosine": N_("cosine")}),
    "problems_search_p": Knob(2.0, options=(0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 50.0, math.inf)),
    "problems_search_epochs": Knob(20, options=(0, 1, 2, 5, 10, 20, 40)),
    "problems_search_results": Knob(10, options=(5, 10, 15, 20)),

    # problems: recommendation
    "problems_recommendation_data": Knob("made", names={
        "made": N_("Made-up ratings"), "edited": N_("Ratings you click"), "table": N_("Your table"),
    }),
    "problems_recommendation_true_rank": Knob(2, low=1, high=4),
    "problems_recommendation_share": Knob(60, low=10, high=100, step=5),
    "problems_recommendation_noise": Knob(0.2, low=0.0, high=2.0, step=0.1),
    "problems_recommendation_rank": Knob(2, low=1, high=4),
    "problems_recommendation_learner": Knob("als", names={"als": N_("Alternating least squares"), "sgd": "SGD"}),
    "problems_recommendation_penalty": Knob(0.1, options=(0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)),
    "problems_recommendation_rate": Knob(0.05, options=(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)),

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
        "points": N_("Points to drag"), "penguins": N_("Penguins"), "iris": N_("Iris"), "table": N_("Your table"),
    }),
    "problems_clustering_k": Knob(3, low=FEWEST_CLUSTERS, high=MOST_CLUSTERS),
    "problems_clustering_start": Knob("random", names={"random": N_("At random"), "plus": N_("k-means++")}),
    "problems_clustering_scaled": Knob(True),

    # problems: components
    "problems_components_data": Knob("digits", names={
        "digits": N_("Digits"), "penguins": N_("Penguins"), "iris": N_("Iris"), "wine": N_("Wine"),
        "equal": N_("Equal variances"), "table": N_("Your table"),
    }),
    "problems_components_k": Knob(2, low=FEWEST_COMPONENTS, high=MOST_COMPONENTS),
    "problems_components_rate": Knob(1.0, options=COMPONENT_RATES),
    "problems_components_steps": Knob(3000, options=COMPONENT_STEPS),
    "problems_components_schedule": Knob("falling", names={"falling": N_("Falling"), "constant": N_("Constant")}),
    "problems_components_scaled": Knob(True),

    # problems: causes
    "problems_causes_data": Knob("penguins", names={
        "penguins": N_("Penguins"), "iris": N_("Iris"), "table": N_("Your table"), "fork": N_("Fork X ← Z → Y"),
        "chain": N_("Chain X → Z → Y"), "collider": N_("Collider X → Z ← Y"),
    }),
    "problems_causes_effect": Knob(0.5, low=causes_twin_run.EFFECTS[0], high=causes_twin_run.EFFECTS[1], step=0.1),
    "problems_causes_strength": Knob(
        -1.5, low=causes_twin_run.STRENGTHS[0], high=causes_twin_run.STRENGTHS[1], step=0.1,
    ),
    "problems_causes_size": Knob(300, low=causes_twin_run.SIZES[0], high=causes_twin_run.SIZES[1], step=20),

    # problems: generating
    "problems_generating_data": Knob("clumps", names={
        "clumps": N_("Eight clumps on a circle"), "ring": N_("A ring"), "two": N_("Two clumps on a line"),
        "one": N_("One clump on a line"),
    }),
    "problems_generating_loss": Knob(
        "non_saturating", names={"non_saturating": N_("−log D(G(z))"), "minimax": N_("log(1 − D(G(z)))")},
    ),
    "problems_generating_updates": Knob(800, low=50, high=800, step=50),
    "problems_generating_discriminator_steps": Knob(1, low=1, high=3),
    "problems_generating_generator_steps": Knob(1, low=1, high=3),
    **{f"problems_generating_{name}_rate": Knob(
        usual, options=(0.0005, 0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02),
    ) for name, usual in (("discriminator", 0.007), ("generator", 0.005))},
    "problems_generating_noise": Knob(2, low=1, high=8),

    # problems: online
    "problems_online_data": Knob("turn", names={
        "turn": N_("Slow turn"), "jump": N_("Sudden jumps"), "season": N_("Season"), "none": N_("No drift"),
        "penguins": N_("Penguins, by species"), "table": N_("Your table"),
    }),
    "problems_online_speed": Knob(0.5, low=online_run.SPEEDS[0], high=online_run.SPEEDS[1], step=0.1),
    "problems_online_noise": Knob(0.3, low=online_run.NOISES[0], high=online_run.NOISES[1], step=0.1),
    "problems_online_length": Knob(600, low=online_run.LENGTHS[0], high=online_run.LENGTHS[1], step=100),
    "problems_online_first": Knob(100, low=online_run.FIRSTS[0], high=online_run.FIRSTS[1]),
    "problems_online_rate": Knob(0.1, options=(0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1.0, 1.5, 2.0)),
    "problems_online_schedule": Knob("constant", names={"constant": N_("Constant"), "root": N_("Falling, η/√t")}),
    "problems_online_project": Knob(True),

    # problems: bandit
    "problems_bandit_data": Knob("close", names={
        "close": N_("Two close arms"), "apart": N_("Two arms far apart"), "five": N_("Five arms"),
        "own": N_("Own arms"),
    }),
    "problems_bandit_policy": Knob("thompson", names={
        "greedy": N_("ε-greedy"), "ucb": N_("UCB1"), "thompson": N_("Thompson sampling"),
    }),
    "problems_bandit_epsilon": Knob(0.1, low=0.0, high=1.0, step=0.01),
    "problems_bandit_pulls": Knob(1000, options=(100, 200, 500, 1000, 2000)),
    "problems_bandit_runs": Knob(200, options=(20, 50, 100, 200, 500)),
    "problems_bandit_horizon": Knob(30, low=5, high=50),

    # problems: contextual
    "problems_contextual_data": Knob("penguins", names={
        "penguins": N_("Penguins"), "wine": N_("Wine"), "iris": N_("Iris"), "digits": N_("Digits"),
        "table": N_("Your table"),
    }),
    "problems_contextual_alpha": Knob(1.0, options=(0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)),
    "problems_contextual_ridge": Knob(1.0, options=(0.01, 0.1, 1.0, 10.0, 100.0)),
    "problems_contextual_passes": Knob(1, low=1, high=5),

    # problems: decisions
    "problems_decisions_data": Knob("room", names={
        "room": N_("A small room"), "cliff": N_("A cliff"), "twins": N_("Cells that look alike"), "own": N_("Own grid"),
    }),
    "problems_decisions_by": Knob("value", names={
        "value": N_("Value iteration"), "q": N_("Q-learning"), "sarsa": N_("SARSA"),
    }),
    "problems_decisions_gamma": Knob(0.9, options=(0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)),
    "problems_decisions_slip": Knob(0.2, options=(0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6)),
    "problems_decisions_step": Knob(-0.5, options=(-5.0, -2.0, -1.0, -0.5, -0.1, 0.0)),
    "problems_decisions_goal": Knob(10.0, options=(0.0, 1.0, 5.0, 10.0, 20.0, 50.0)),
    "problems_decisions_trap": Knob(-10.0, options=(-100.0, -50.0, -20.0, -10.0, -5.0, -1.0)),
    "problems_decisions_sees": Knob("cell", names={
        "cell": N_("Its cell"), "walls": N_("The walls around it"), "column": N_("Its column"),
    }),
    "problems_decisions_alpha": Knob(0.2, options=(0.01, 0.05, 0.1, 0.2, 0.5, 1.0)),
    "problems_decisions_epsilon": Knob(0.1, options=(0.0, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0)),
    "problems_decisions_episodes": Knob(300, options=(20, 50, 100, 200, 300, 500, 1000)),
    "problems_decisions_decays": Knob(False),

    # problems: rewarded
    "problems_rewarded_data": Knob("iris", names={
        "iris": N_("Iris"), "penguins": N_("Penguins"), "wine": N_("Wine"), "table": N_("Your table"),
    }),
    "problems_rewarded_samples": Knob(1000, options=(100, 200, 500, 1000, 2000)),
    "problems_rewarded_penalty": Knob(0.01, options=(0.001, 0.003, 0.01, 0.03, 0.1)),
    "problems_rewarded_baseline": Knob(True),
}

TEXTS: dict[str, str] = {
    # problems: regression
    "problems_regression_points": REGRESSION_POINTS,
    "problems_regression_feature": "",

    # problems: classes

    # problems: hierarchy
    "problems_hierarchy_groups": "",

    # problems: tagging

    # problems: search
    "problems_search_picture": "000000000fffff000000ff00000cf000000f8000008f000000ff000000fa0000",

    # problems: recommendation
    "problems_recommendation_ratings":
        "4232.432/.122.332/.2333422/3..2..23/4.222321/.2..4432/.2.2..21/43..34../...2..2./.....52./42324.23/3..2..2.",

    # problems: sequences
    **{f"problems_sequences_{task}": text for task, text in SEQUENCES.items()},

    # problems: clustering
    "problems_clustering_points": CLUSTERING_POINTS,

    # problems: components

    # problems: causes

    # problems: generating

    # problems: online

    # problems: bandit
    "problems_bandit_arms": "0.3, 0.5, 0.6",

    # problems: contextual

    # problems: decisions
    "problems_decisions_grid": GRID,

    # problems: rewarded
}  # what visitors type or edit, as text
# fmt: on
