"""The lines of a script in which models fill missing values: fitted on the training rows, as in the lab."""

from collections.abc import Iterator, Sequence

import numpy as np

from core.export.preprocessing_script.features import write_number
from core.export.preprocessing_script.literals import literal, write_list
from core.preprocessing.recipes.choices import LEARNT_FILLS
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.impute import FARTHEST, NEIGHBOURS, ROUNDS, WORKING_MEMORY, FittedImputer

MODELS = {
    "nearest": f"KNNImputer(n_neighbors={NEIGHBOURS})",
    "iterative": f"IterativeImputer(random_state=0, max_iter={ROUNDS})",
}


def model_imports(imputer: FittedImputer) -> tuple[list[str], list[str]]:
    """Return the standard modules that the models need, and their other imports as lines."""
    used = ", ".join(sorted(MODELS[fill].partition("(")[0] for fill in imputer.models))
    if "iterative" not in imputer.models:
        return [], [f"from sklearn.impute import {used}"]
    enabled = "from sklearn.experimental import enable_iterative_imputer  # importing it is what enables it"
    return ["warnings"], [enabled, f"from sklearn.impute import {used}"]


def write_encoded(columns: Sequence[FittedColumn], imputer: FittedImputer) -> Iterator[str]:
    """Write the numbers from which the models predict, before filling, in all rows of the table."""
    by_name = {column.plan.column: column for column in columns}
    yield "encoded = {"
    for name in imputer.columns:
        yield f"    {literal(name)}: {write_number(by_name[name], filled=False)},"
    yield "}"
    yield 'encoded = pd.DataFrame(encoded, index=table.index).astype("float64")'


def write_models(columns: Sequence[FittedColumn], imputer: FittedImputer, on_table: bool = True) -> Iterator[str]:
    """Write the lines that set `predicted`: the columns that models fill, filled.

    The models are fitted to the rows `train` of the table, or to rows from elsewhere, the array `training`.
    """
    yield "encoded = encoded.loc[table.index]"
    yield "# Mean and standard deviation of the training rows with a value."
    yield f"centre = np.array({write_list(map(float, imputer.centre))})"
    yield f"spread = np.array({write_list(map(float, imputer.spread))})"
    yield "standard = np.column_stack([encoded[name].to_numpy() for name in encoded])"
    yield f"standard = np.clip((standard - centre) / spread, {-FARTHEST}, {FARTHEST})"
    if on_table:
        yield "training = standard[encoded.index.isin(train)]"
    else:
        yield f"training = np.clip((training - centre) / spread, {-FARTHEST}, {FARTHEST})"
    yield "predicted = encoded.copy()"
    for fill in LEARNT_FILLS:
        chosen = [column.plan.column for column in columns if column.plan.fill == fill]
        if chosen:
            yield from _write_model(fill, chosen)


def _write_model(fill: str, chosen: Sequence[str]) -> Iterator[str]:
    names = write_list(chosen)
    if fill == "iterative":
        yield "with warnings.catch_warnings():"
        yield '    warnings.simplefilter("ignore")  # ten rounds are what was asked for'
        yield f"    model = {MODELS[fill]}.fit(training)"
    else:
        yield f"model = {MODELS[fill]}.fit(training)"
    yield f"rows = np.flatnonzero(encoded[{names}].isna().any(axis=1))"
    yield "if len(rows):"
    yield f"    with sklearn.config_context(working_memory={WORKING_MEMORY}):"
    yield "        values = model.transform(standard[rows]) * spread + centre"
    yield "    values = np.clip(values, -sys.float_info.max, sys.float_info.max)"
    yield "    values = pd.DataFrame(values, index=encoded.index[rows], columns=encoded.columns)"
    yield f"    for name in {names}:"
    yield "        predicted[name] = predicted[name].fillna(values[name])"


def write_rows(labels: np.ndarray) -> str:
    """Return the labels of rows as compact source: a range, a short list, or the bits of a mask in hexadecimal."""
    if len(labels) and labels[-1] - labels[0] == len(labels) - 1:
        return f"range({labels[0]}, {labels[-1] + 1})"
    if len(labels) <= 20:
        return write_list(labels.tolist())
    mask = np.zeros(int(labels.max()) + 1, dtype=np.uint8)
    mask[labels] = 1
    digits = np.packbits(mask).tobytes().hex()
    lines = "".join(f'\n    "{digits[start : start + 80]}"' for start in range(0, len(digits), 80))
    return f"np.flatnonzero(np.unpackbits(np.frombuffer(bytes.fromhex({lines}\n), np.uint8)))"
