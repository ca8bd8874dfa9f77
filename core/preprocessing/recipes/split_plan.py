"""How rows are split into training and test rows, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias, get_args

from core.errors import InputError
from core.formatting import format_list
from core.language import _

SplitBy: TypeAlias = Literal["random", "group", "time"]


@dataclass(frozen=True)
class SplitPlan:
    """Which rows may be tested on while which are trained on.

    - `random`: any rows (scikit-learn's ShuffleSplit).
    - `group`: rows with the same value in `column` stay on one side (GroupShuffleSplit). A row without a value is a
      group of its own.
    - `time`: the last rows by `column`, of dates or numbers, are tested on. Rows of the same time stay on one side, and
      rows without one are trained on. The seed does not matter.

    Raises InputError for anything else.

    Attributes:
        by: one of the above.
        column: of the groups or the times; None at random.
        keep_copies: whether rows that are equal in the target and in every column that becomes features stay on one
            side; not by time, since it would bring later rows before earlier ones.
    """

    by: SplitBy = "random"
    column: str | None = None
    keep_copies: bool = False

    def __post_init__(self) -> None:
        """Raise InputError for options that cannot be combined."""
        if not isinstance(self.by, str) or self.by not in get_args(SplitBy):
            raise InputError(_("Rows are split by one of {choices}.").format(choices=format_list(get_args(SplitBy))))
        if self.by == "random" and self.column is not None:
            raise InputError(_("Rows that are split at random take no column."))
        if self.by != "random" and not isinstance(self.column, str):
            raise InputError(_("Rows that are split by {by} need the name of a column.").format(by=self.by))
        if not isinstance(self.keep_copies, bool):
            raise InputError(_("Whether copies are kept on one side has to be true or false."))
        if self.by == "time" and self.keep_copies:
            raise InputError(
                _("Rows that are split by time cannot keep copies on one side as well; the time decides alone.")
            )


AT_RANDOM = SplitPlan()


def dump_split(split: SplitPlan) -> dict[str, Any]:
    """Return what differs from a split at random, as an object for JSON."""
    names = [field.name for field in fields(SplitPlan)]
    return {name: getattr(split, name) for name in names if getattr(split, name) != getattr(AT_RANDOM, name)}


def parse_split(data: object) -> SplitPlan:
    """Read the result of `dump_split`. Raises InputError for anything else."""
    known = {field.name for field in fields(SplitPlan)}
    if not isinstance(data, Mapping) or not set(data) <= known:
        raise InputError(
            _("The split of a recipe has to be a JSON object with no other keys than {keys}.").format(
                keys=format_list(sorted(known))
            )
        )
    return SplitPlan(**data)
