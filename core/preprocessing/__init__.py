"""From a file of rows to tensors: read, profile, plan, split, fit, transform, write it all as a script."""

from core.preprocessing.columns.kinds import Kind, KindGuess, column_kind, column_kinds, guess_kind, kind_guesses
from core.preprocessing.columns.profiling import profile
from core.preprocessing.columns.suspects import Suspect, suspect_codes
from core.preprocessing.defusing import defusing_note
from core.preprocessing.exports import (
    filled_csv,
    prepared_csv,
    prepared_parquet,
    prepared_pt,
    prepared_safetensors,
)
from core.preprocessing.reading.reader import DEFAULT_MISSING, DELIMITERS, Table, read_table
from core.preprocessing.recipes.choices import (
    Encode,
    Fill,
    Part,
    Scale,
    encode_choices,
    fill_choices,
    scale_choices,
)
from core.preprocessing.recipes.fitted import Features, FittedColumn, FittedRecipe, Prepared
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.splitting import split_rows
from core.preprocessing.recipes.suggestion import suggest_recipe

__all__ = [
    "DEFAULT_MISSING",
    "DELIMITERS",
    "ColumnPlan",
    "Encode",
    "Features",
    "Fill",
    "FittedColumn",
    "FittedRecipe",
    "Kind",
    "KindGuess",
    "Part",
    "Prepared",
    "Recipe",
    "Scale",
    "Suspect",
    "Table",
    "column_kind",
    "column_kinds",
    "defusing_note",
    "encode_choices",
    "fill_choices",
    "filled_csv",
    "guess_kind",
    "kind_guesses",
    "prepared_csv",
    "prepared_parquet",
    "prepared_pt",
    "prepared_safetensors",
    "profile",
    "read_table",
    "scale_choices",
    "split_rows",
    "suggest_recipe",
    "suspect_codes",
]
