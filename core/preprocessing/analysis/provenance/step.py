"""One step from a cell to X."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["file", "read", "fill", "encode", "scale", "entry"]


@dataclass(frozen=True)
class Step:
    """The result of one step for a cell.

    Attributes:
        stage: of the way from the file to X.
        value: after this step: a number, a text (a date is written 2020-01-31 00:00:00), or None while it is missing.
        sentence: why.
        rule: the name of the formula, if there is one: a fill, an encoding or a scale of the plan, or the part of a
            date.
        numbers: those of the formula, by the names of its letters.
    """

    stage: Stage
    value: float | str | None
    sentence: str
    rule: str | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
