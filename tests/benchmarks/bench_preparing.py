"""How long imputing and encoding take, beside others making the same matrix of the same table in the same run."""

import numpy as np
import pandas as pd
import polars as pl
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from core.preprocessing import FittedRecipe, Recipe, suggest_recipe
from tests.benchmarks.measure import Line, best_ms, line

SHAPES = {"1,000,000 x 12": (1_000_000, 8, 3), "100,000 x 12": (100_000, 8, 3), "1,000 x 12": (1_000, 8, 3),
          "300,000 x 30, all numbers": (300_000, 30, 0), "300,000 x 12, all categories": (300_000, 0, 12)}  # fmt: skip


def make_table(rows: int, numbers: int, categories: int) -> pd.DataFrame:
    """Return a table with gaps in every third column of numbers and in all categories, 6 to 21 of them."""
    rng = np.random.default_rng(0)
    columns: dict[str, object] = {}
    for place in range(numbers):
        values = rng.normal(size=rows).round(4)
        values[rng.random(rows) < (0.1 if place % 3 == 0 else 0.0)] = np.nan
        columns[f"x{place}"] = values
    for place in range(categories):
        names = np.array([f"level {level}" for level in range(6 + 5 * place % 16)], dtype=object)
        texts = names[rng.integers(0, len(names), rows)]
        texts[rng.random(rows) < 0.05] = None
        columns[f"c{place}"] = pd.Series(texts, dtype="str")
    return pd.DataFrame(columns | {"y": rng.normal(size=rows)})


def ours(frame: pd.DataFrame, recipe: Recipe) -> np.ndarray:
    """Learn and write the matrix, labels and notes included."""
    fitted: FittedRecipe = recipe.fit(frame)
    return fitted.transform(frame).X.numpy()


def with_polars(frame: pl.DataFrame) -> np.ndarray:
    """Do the same with polars, into a matrix whose rows lie one after the other, as tensors do."""
    numbers = [name for name, dtype in frame.schema.items() if dtype.is_numeric()]
    filled = frame.with_columns(pl.col(numbers).fill_null(pl.col(numbers).mean())) if numbers else frame
    return filled.to_dummies([name for name in frame.columns if name not in numbers]).to_numpy(order="c")


def with_pandas(frame: pd.DataFrame) -> np.ndarray:
    """Do the same with pandas, as the book does."""
    return pd.get_dummies(frame.fillna(frame.mean(numeric_only=True)), dummy_na=True, dtype=float).to_numpy()


def with_scikit_learn(frame: pd.DataFrame) -> np.ndarray:
    """Do the same with scikit-learn."""
    numbers = list(frame.select_dtypes("number").columns)
    texts = [name for name in frame.columns if name not in numbers]
    encode = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing", missing_values=np.nan),
        OneHotEncoder(sparse_output=False),
    )
    return make_column_transformer((SimpleImputer(), numbers), (encode, texts)).fit_transform(frame)


def run() -> list[Line]:
    """Return the lines of the table."""
    lines = []
    for what, (rows, numbers, categories) in SHAPES.items():
        frame = make_table(rows, numbers, categories)
        recipe = suggest_recipe(frame, "y")
        features = frame.drop(columns="y")
        as_polars = pl.from_pandas(features)
        width = ours(frame, recipe).shape[1]
        peers = {
            "polars fill_null + to_dummies": lambda table=as_polars: with_polars(table),
            "pandas fillna + get_dummies": lambda table=features: with_pandas(table),
            "scikit-learn ColumnTransformer": lambda table=features: with_scikit_learn(table),
        }
        rounds = 5 if rows >= 100_000 else 20
        mine, *theirs = best_ms([lambda table=frame, plan=recipe: ours(table, plan), *peers.values()], rounds)
        lines += [
            line(f"impute and encode {what}", rows, width, mine, peer, ms)
            for peer, ms in zip(peers, theirs, strict=True)
        ]
    return lines
