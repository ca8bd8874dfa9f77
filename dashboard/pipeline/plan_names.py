"""The names of the options of a plan on the screen."""

from core.formatting import format_count, format_list
from core.language import _, ngettext
from core.preprocessing import ColumnPlan, Kind, lacks_order
from core.preprocessing.column_types.infer import write_value


def fill_names() -> dict[str, str]:
    """Return the names of the fills."""
    return {
        "mean": _("the mean"),
        "median": _("the median"),
        "most_frequent": _("the most frequent value"),
        "constant": _("a constant"),
        "forward": _("the last value above"),
        "nearest": _("the five nearest rows"),
        "iterative": _("a model of the other columns"),
        "own_class": _("a class of its own"),
        "drop_rows": _("drop the rows"),
        "drop_column": _("drop the column"),
    }


def encode_names() -> dict[str, str]:
    """Return the names of the encodings."""
    return {
        "number": _("as a number"),
        "one_hot": _("one-hot"),
        "ordinal": _("ordinal: 0, 1, 2, …"),
        "yes_no": _("yes is 1, no is 0"),
        "date": _("parts of the date"),
        "drop": _("leave out"),
    }


def scale_names() -> dict[str, str]:
    """Return the names of the scales."""
    return {
        "none": _("not scaled"),
        "standard": _("standardised"),
        "min_max": _("min-max, 0 to 1"),
        "robust": _("robust: median and quartiles"),
        "log": _("logarithm"),
    }


def target_transform_names() -> dict[str, str]:
    """Return the names of the transforms of the target."""
    return {
        "none": _("itself, as it stands"),
        "log": _("its logarithm"),
        "sqrt": _("its square root"),
        "box_cox": _("Box-Cox, its power learnt"),
        "yeo_johnson": _("Yeo-Johnson, its power learnt"),
        "standard": _("standardised: mean 0, standard deviation 1"),
    }


def part_names() -> dict[str, str]:
    """Return the names of the parts of a date."""
    return {
        "days": _("days since 1970"),
        "year": _("year"),
        "month": _("month"),
        "day": _("day of the month"),
        "weekday": _("weekday, Monday is 0"),
        "hour": _("hour"),
    }


def level_name(level: str | float) -> str:
    """Return a category as text, a whole number without a decimal point, as in the recipe."""
    return write_value(level)


def becomes(plan: ColumnPlan, kind: Kind = "number") -> str:
    """Return in a few words what a column of this kind becomes, its options included.

    >>> becomes(ColumnPlan("a", "own_class", "one_hot", most=3, base=""))
    'one-hot: the 3 most frequent and other, without the most frequent'
    >>> becomes(ColumnPlan("a", "most_frequent", "ordinal", order=("low", "high")))
    'ordinal: low < high'
    """
    name = encode_names()[plan.encode]
    if plan.encode == "one_hot":
        options = _one_hot_options(plan)
        return f"{name}: {format_list(options)}" if options else name
    if plan.encode == "ordinal":
        if lacks_order(plan, kind):
            return _("ordinal: the alphabet's order, a guess")
        if not plan.order:
            return _("ordinal")
        return _("ordinal: {order}").format(order=" < ".join(map(level_name, plan.order)))
    if plan.encode == "yes_no" and plan.yes is not None:
        return _("{yes} is 1").format(yes=plan.yes)
    if plan.encode == "date":
        return format_list(part_names()[part] for part in plan.parts)
    return name


def filled_with(plan: ColumnPlan) -> str:
    """Return in a few words how missing values are filled, and whether they are marked."""
    name = fill_names()[plan.fill]
    return _("{fill}, marked").format(fill=name) if plan.was_missing else name


def _one_hot_options(plan: ColumnPlan) -> list[str]:
    options = []
    if plan.most:
        options.append(
            ngettext("the most frequent and other", "the {count} most frequent and other", plan.most).format(
                count=plan.most
            )
        )
    if plan.min_frequency:
        sentence = ngettext(
            "other for those in fewer than {count} row",
            "other for those in fewer than {count} rows",
            plan.min_frequency,
        )
        options.append(sentence.format(count=format_count(plan.min_frequency)))
    if plan.base is not None:
        options.append(
            _("without {level}").format(level=plan.base) if plan.base else _("without the most frequent")
        )  # fmt: skip
    return options
