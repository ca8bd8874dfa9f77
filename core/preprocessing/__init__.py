"""From a file of rows to tensors: read, profile, plan, split, fit, transform, write it all as a script."""

from core.preprocessing.analysis.book_examples import ThenAndNow, read_then_and_now, then_and_now, write_then_and_now
from core.preprocessing.analysis.fill_effects import FillComparison, compare_fills, fill_effects, keep_missing
from core.preprocessing.analysis.leakage.measure import Leakage, measure_leakage
from core.preprocessing.analysis.leakage.noise_features import NoiseLeak, measure_noise_leak
from core.preprocessing.analysis.mask_cells import mask_cells
from core.preprocessing.analysis.missingness import Missingness, summarise_missing
from core.preprocessing.analysis.paths import Joined, join_cases
from core.preprocessing.analysis.provenance.step import Step
from core.preprocessing.analysis.provenance.trace import Trace, trace_entry
from core.preprocessing.column_types.infer import Kind, KindGuess, column_kind, column_kinds, guess_kind, kind_guesses
from core.preprocessing.column_types.outliers import FarValues, find_far_values
from core.preprocessing.column_types.profile import profile
from core.preprocessing.column_types.sentinels import Sentinel, find_sentinels
from core.preprocessing.reading.read_table import DEFAULT_MISSING, DELIMITERS, Table, read_table
from core.preprocessing.recipes.choices import (
    Encode,
    Fill,
    Part,
    Scale,
    TargetTransform,
    encode_choices,
    fill_choices,
    scale_choices,
)
from core.preprocessing.recipes.fitted import Features, FittedColumn, FittedRecipe, Prepared
from core.preprocessing.recipes.level_order import KnownOrder, declared_order, known_order, lacks_order
from core.preprocessing.recipes.plan import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.split import split_rows
from core.preprocessing.recipes.split_plan import SplitPlan
from core.preprocessing.recipes.suggest import Adapted, adapt_recipe, explain_plan, suggest_recipe
from core.preprocessing.recipes.target_transform import FittedTarget, explain_forbidden, target_label

__all__ = [
    "DEFAULT_MISSING",
    "DELIMITERS",
    "Adapted",
    "ColumnPlan",
    "Encode",
    "FarValues",
    "Features",
    "Fill",
    "FillComparison",
    "FittedColumn",
    "FittedRecipe",
    "FittedTarget",
    "Joined",
    "Kind",
    "KindGuess",
    "KnownOrder",
    "Leakage",
    "Missingness",
    "NoiseLeak",
    "Part",
    "Prepared",
    "Recipe",
    "Scale",
    "Sentinel",
    "SplitPlan",
    "Step",
    "Table",
    "TargetTransform",
    "ThenAndNow",
    "Trace",
    "adapt_recipe",
    "column_kind",
    "column_kinds",
    "compare_fills",
    "declared_order",
    "encode_choices",
    "explain_forbidden",
    "explain_plan",
    "fill_choices",
    "fill_effects",
    "find_far_values",
    "find_sentinels",
    "guess_kind",
    "join_cases",
    "keep_missing",
    "kind_guesses",
    "known_order",
    "lacks_order",
    "mask_cells",
    "measure_leakage",
    "measure_noise_leak",
    "profile",
    "read_table",
    "read_then_and_now",
    "scale_choices",
    "split_rows",
    "suggest_recipe",
    "summarise_missing",
    "target_label",
    "then_and_now",
    "trace_entry",
    "write_then_and_now",
]
