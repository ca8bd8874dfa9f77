"""Trace an entry of X, step by step, back to the cell of the file."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from core.errors import InputError
from core.language import _
from core.preprocessing.analysis.provenance.encoding import encode_step, mark_step, scale_step
from core.preprocessing.analysis.provenance.imputation import fill_step, is_unknown, model_step
from core.preprocessing.analysis.provenance.reading import line_in_file, raw_cells, reading_steps
from core.preprocessing.analysis.provenance.step import Step
from core.preprocessing.recipes.fitted import FittedRecipe, Prepared
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.schema import Table


@dataclass(frozen=True, eq=False)
class Trace:
    """The way of one entry of X from its cell in the file.

    Attributes:
        row: of the entry in X.
        place: the position of its feature in X.
        feature: the name of the feature.
        column: the name of the column that it is made from.
        label: of its row in the table.
        line: of its row in the file, None if the file has none or it is not known.
        raw: the cells of that row as in the file, by column, None if the file is not text.
        steps: from the cell to the entry.
    """

    row: int
    place: int
    feature: str
    column: str
    label: Hashable
    line: int | None
    raw: Mapping[str, str | None] | None
    steps: tuple[Step, ...]

    @property
    def value(self) -> float:
        """The entry of X: the value of the last step."""
        value = self.steps[-1].value
        assert isinstance(value, float)
        return value


def trace_entry(table: Table, fitted: FittedRecipe, prepared: Prepared, row: int, feature: int) -> Trace:
    """Trace the entry X[row, feature] of `prepared`, the whole table transformed by `fitted`.

    The steps are computed from the file and from what was learnt, not taken from X; the last one equals the entry bit
    for bit. Raises InputError if X has no such entry.
    """
    rows, features = prepared.X.shape
    if not (0 <= row < rows and 0 <= feature < features):
        raise InputError(
            _(
                "X has shape ({rows}, {features}), and places are counted from 0; X[{row}, {feature}] is out of range."
            ).format(rows=rows, features=features, row=row, feature=feature)
        )
    column, place = _find_column(fitted, feature)
    name, label = column.plan.column, prepared.rows[row]
    first = reading_steps(table, label, name)
    value = first[-1].value
    if column.plan.was_missing and column.has_missing_column and place == len(column.feature_names) - 1:
        later = [mark_step(is_unknown(column, value))]
    elif column.is_filled_by_model and is_unknown(column, value):
        later = _scaled(column, [model_step(fitted, column, table.frame, row, float(prepared.X[row, feature]))])
    else:
        filled = fill_step(
            column, table.frame[name], int(table.frame.index.get_indexer(prepared.rows[[row]])[0]), value
        )
        later = _scaled(column, [filled, encode_step(column, place, filled.value)])
    return Trace(
        row=row,
        place=feature,
        feature=prepared.feature_names[feature],
        column=name,
        label=label,
        line=line_in_file(table, label),
        raw=raw_cells(table, label),
        steps=(*first, *later, Step("entry", later[-1].value, _("This is the entry of X."))),
    )


def _scaled(column: FittedColumn, steps: list[Step]) -> list[Step]:
    """Return the steps with one more if the column is scaled."""
    number = steps[-1].value
    assert isinstance(number, float)
    scale = scale_step(column, number)
    return steps if scale is None else [*steps, scale]


def _find_column(fitted: FittedRecipe, feature: int) -> tuple[FittedColumn, int]:
    """Return the column of a feature, and the position of the feature among those of the column."""
    for column in fitted.columns:
        if feature < len(column.feature_names):
            return column, feature
        feature -= len(column.feature_names)
    raise AssertionError("X has more features than the recipe")
