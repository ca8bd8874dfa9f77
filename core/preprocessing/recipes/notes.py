"""Notes on rows with values that no training row has."""

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.column_types.infer import write_value
from core.preprocessing.naming import quote_names
from core.preprocessing.recipes.column_arrays import Codes
from core.preprocessing.recipes.fitted_column import FittedColumn


def unseen_values(column: FittedColumn, coded: Codes) -> dict[object, int]:
    """Return the values among these codes that no training row has, sorted, with their counts."""
    known = {*column.categories, *column.others, column.base}
    if known.issuperset(coded.distinct):
        return {}
    counts = coded.counts()
    return {
        value: int(count)
        for value, count in sorted(zip(coded.distinct, counts[:-1], strict=True))
        if count and value not in known
    }


def unseen_note(column: FittedColumn, coded: Codes) -> tuple[str, ...]:
    """Return a note on new values, the number of their rows, and how they are encoded; () if there are none."""
    unseen = unseen_values(column, coded)
    if not unseen:
        return ()
    if column.plan.encode == "ordinal":
        sentence = ngettext(
            "{name}: {count} row holds a value that is not in the order ({unseen}); it counts as missing.",
            "{name}: {count} rows hold values that are not in the order ({unseen}); they count as missing.",
            sum(unseen.values()),
        )
    elif column.plan.encode == "yes_no":
        sentence = ngettext(
            "{name}: {count} row holds a value the training rows did not have ({unseen}); only {yes} becomes 1.",
            "{name}: {count} rows hold values the training rows did not have ({unseen}); only {yes} becomes 1.",
            sum(unseen.values()),
        )
    elif column.has_other:
        sentence = ngettext(
            "{name}: {count} row holds a category the training rows did not have ({unseen}); it counts as other.",
            "{name}: {count} rows hold categories the training rows did not have ({unseen}); they count as other.",
            sum(unseen.values()),
        )
    else:
        sentence = ngettext(
            "{name}: {count} row holds a category the training rows did not have ({unseen}); its features are 0 there.",
            "{name}: {count} rows hold categories the training rows did not have ({unseen}); its features are 0 there.",
            sum(unseen.values()),
        )
    return (
        sentence.format(
            name=quote_names([column.plan.column]),
            count=sum(unseen.values()),
            unseen=quote_names(map(write_value, unseen)),
            yes=quote_names([column.yes]),
        ),
    )


def missing_note(column: FittedColumn, coded: Codes) -> tuple[str, ...]:
    """Return a note on the number of rows with a missing value that has no feature; () if there are none."""
    count = int((coded.codes < 0).sum())
    if not count:
        return ()
    return (
        ngettext(
            "{name}: {count} row has a missing value, and no training row has one; its features are 0 there.",
            "{name}: {count} rows have a missing value, and no training row has one; its features are 0 there.",
            count,
        ).format(name=quote_names([column.plan.column]), count=count),
    )


def row_notes(target: str, unlabelled: int, dropped: int) -> tuple[str, ...]:
    """Return notes on the rows that were left out."""
    notes = []
    if unlabelled:
        notes.append(
            ngettext(
                "{count} row has no value for the target “{target}” and was left out.",
                "{count} rows have no value for the target “{target}” and were left out.",
                unlabelled,
            ).format(count=unlabelled, target=target)
        )
    if dropped:
        notes.append(
            ngettext(
                "{count} row with a missing value was dropped, as set in the recipe.",
                "{count} rows with missing values were dropped, as set in the recipe.",
                dropped,
            ).format(count=dropped)
        )
    return tuple(notes)


def base_note(column: FittedColumn) -> tuple[str, ...]:
    """Return a note if the base of a column is no category of the training rows; () if it is, or if there is none."""
    if not column.plan.base or column.base is not None:
        return ()
    return (
        _("“{column}”: no training row has {base}, so every category has a feature and none is the base.").format(
            column=column.plan.column, base=quote_names([column.plan.base])
        ),
    )


def rare_note(column: FittedColumn) -> tuple[str, ...]:
    """Return a note on the rare categories that share a feature; () if rare ones are not grouped."""
    if column.plan.min_frequency is None:
        return ()
    if not column.has_other:
        least = column.plan.min_frequency
        sentence = ngettext(
            "“{column}”: every category is in at least {least} training row, so none is grouped as other.",
            "“{column}”: every category is in at least {least} training rows, so none is grouped as other.",
            least,
        )
        return (sentence.format(column=column.plan.column, least=format_count(least)),)
    return (
        ngettext(
            "“{column}”: {count} category is rare and counts as other (training rows: {rows}): {names}.",
            "“{column}”: {count} categories are rare and count as other (training rows: {rows}): {names}.",
            len(column.others),
        ).format(
            column=column.plan.column,
            count=format_count(len(column.others)),
            rows=format_count(column.other_rows),
            names=quote_names(map(write_value, column.others)),
        ),
    )


def order_note(column: FittedColumn) -> tuple[str, ...]:
    """Return a note if texts are ranked without an order, which the alphabet then stands in for; else ()."""
    if column.plan.encode != "ordinal" or column.plan.order is not None or column.of_numbers:
        return ()
    return (
        _(
            "“{column}” is ordinal without an order, so the order of the alphabet is used, as a guess: {names}. State "
            "the order, the lowest category first."
        ).format(column=column.plan.column, names=quote_names(column.categories)),
    )


def left_out_note(names: list[str]) -> tuple[str, ...]:
    """Return a note on the columns without a training value; () if there are none."""
    if not names:
        return ()
    return (_("Left out, since no training row has a value there: {names}.").format(names=quote_names(names)),)
