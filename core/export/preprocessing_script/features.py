"""The lines of a script that convert the values of a column to features: filled, encoded, scaled."""

from collections.abc import Iterator

from core.export.preprocessing_script.literals import literal, write_dict, write_list
from core.preprocessing.recipes.fitted_column import FittedColumn

FEW_CATEGORIES = 3
WIDEST = 110  # with its comment
A_DAY = "86_400_000_000"  # microseconds

LEARNT = {
    "mean": "mean of the {count} training rows with a value",
    "median": "median of the {count} training rows with a value",
    "most_frequent": "most frequent value of the {count} training rows with one",
    "constant": "a constant of your choice",
    "forward": "where no row above has a value",
}
SCALES = {
    "standard": "mean and standard deviation of the filled training rows",
    "min_max": "smallest value and range of the filled training rows",
    "robust": "median and interquartile range of the filled training rows",
}
PARTS = {
    "days": f'{{0}}.astype("int64") / {A_DAY}',
    "year": "{0}.dt.year",
    "month": "{0}.dt.month",
    "day": "{0}.dt.day",
    "weekday": "{0}.dt.day_of_week",
    "hour": "{0}.dt.hour",
}


def write_column(column: FittedColumn) -> Iterator[str]:
    """Write the lines that add the features of one column to the dict `features`.

    They use its values in `table`, predictions of a model in `predicted`, and the indicator of missing values, if the
    recipe has one, in `gaps`.
    """
    name = literal(column.plan.column)
    if column.plan.encode == "one_hot":
        yield from _write_one_hot(column)
    elif column.plan.encode == "date" and not column.is_filled_by_model:
        yield f"values = {_filled(column)}"
        for part, feature in zip(column.plan.parts, column.feature_names, strict=False):
            yield f"features[{literal(feature)}] = {_scaled(column, PARTS[part].format('values'))}"
    else:
        source = f"predicted[{name}]" if column.is_filled_by_model else write_number(column, filled=True)
        yield from _with_comment(f"features[{literal(column.feature_names[0])}] = {_scaled(column, source)}", column)
    if marks_missing(column):
        yield f"features[{literal(column.feature_names[-1])}] = gaps[{name}]"


def marks_missing(column: FittedColumn) -> bool:
    """Return whether a further feature is 1 where values are missing."""
    return column.has_missing_column and column.plan.was_missing


def write_number(column: FittedColumn, filled: bool) -> str:
    """Return the number of each value of the column as source; missing values filled, or still missing."""
    values = f"table[{literal(column.plan.column)}]"
    if column.plan.encode == "ordinal":
        ranks = write_dict({category: float(place) for place, category in enumerate(column.categories)}, indent=4)
        known = f"{values}.map({ranks})"
        has_fill = filled and column.fill_value is not None
        return f"{known}.fillna({_rank(column)})" if has_fill else known
    if column.plan.encode == "yes_no":
        source = _filled(column) if filled else values
        ones = f"({source}.str.casefold() == {literal(str(column.yes).casefold())})"
        return ones if filled and column.fill_value is not None else f'{ones}.astype("float64").where({values}.notna())'
    if column.plan.encode == "date":
        days = PARTS["days"].format(values)
        return f"({days}).where({values}.notna())"
    return _filled(column) if filled else values


def _rank(column: FittedColumn) -> float:
    categories: tuple[float | str, ...] = column.categories
    return float(categories.index(column.fill_value)) if column.fill_value in categories else float("nan")


def _filled(column: FittedColumn) -> str:
    values = f"table[{literal(column.plan.column)}]"
    if column.fill_value is None:
        return values
    value = literal(column.fill_value)
    return f"{values}.fillna(pd.Timestamp({value}))" if column.plan.encode == "date" else f"{values}.fillna({value})"


def _scaled(column: FittedColumn, source: str) -> str:
    if column.plan.scale == "none":
        return source
    if column.plan.scale == "log":
        return f"signed_log({source})"
    return f"scaled({source}, {column.centre!r}, {column.spread!r})"


def _comment(column: FittedColumn) -> str:
    learnt = []
    if column.fill_value is not None and column.plan.fill in LEARNT:
        learnt.append(LEARNT[column.plan.fill].format(count=column.learnt_from))
    if column.plan.scale in SCALES:
        learnt.append(SCALES[column.plan.scale])
    return f"  # {'; '.join(learnt)}" if learnt else ""


def _with_comment(line: str, column: FittedColumn) -> Iterator[str]:
    """Yield a line with a comment on what was learnt: behind it, or above it if it is long."""
    comment = _comment(column)
    if len(line) + len(comment) <= WIDEST:
        yield line + comment
    else:
        yield comment.strip()
        yield line


def _write_one_hot(column: FittedColumn) -> Iterator[str]:
    named = dict(zip(column.feature_names, column.categories, strict=False))
    values, comment = _filled(column), _comment(column)
    if len(named) > 1 or comment or column.has_other:
        yield f"values = {values}{comment}"
        values = "values"
    if len(named) <= FEW_CATEGORIES:
        for name, category in named.items():
            yield f"features[{literal(name)}] = {values} == {literal(category)}"
    else:
        yield f"for name, category in {write_dict(named)}.items():"
        yield f"    features[name] = {values} == category"
    after = column.feature_names[len(named) :]
    if column.has_other:
        known = [*column.categories, *([] if column.base is None else [column.base])]
        yield f"features[{literal(after[0])}] = ~{values}.isin({write_list(known)}) & {values}.notna()"
    if column.has_missing_column and not marks_missing(column):
        yield f"features[{literal(after[-1])}] = {values}.isna()  # missing is a class of its own"
