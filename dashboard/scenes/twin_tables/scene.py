"""The scene of a lesson in steps: formulas and tables, in which the places of a quantity light each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from core.formatting import format_number
from core.language import _

DIGITS = 4


@dataclass(frozen=True)
class Part:
    """A piece of a formula or a cell of a table.

    Attributes:
        text: what is read there.
        twin: the names of its quantities with spaces between them, "" for none.
        shade: from -1 to 1, how strongly it is coloured; 0 for not at all.
        strong: whether it is the point of the step.
    """

    text: str
    twin: str = ""
    shade: float = 0.0
    strong: bool = False


Line: TypeAlias = Sequence[Part | str]


@dataclass(frozen=True)
class TwinTable:
    """A table of a step.

    Attributes:
        caption: its name.
        columns: the headings.
        rows: the cells, the first of each row its heading.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Line]


@dataclass(frozen=True)
class Step:
    """A step of a lesson.

    Attributes:
        title: a sentence on what happens in it.
        lines: formulas with numbers.
        tables: side by side.
    """

    title: str
    lines: Sequence[Line] = ()
    tables: Sequence[TwinTable] = ()


def number(value: float, twin: str = "", most: float = 0.0, strong: bool = False) -> Part:
    """Return a number as a part, coloured by its sign and by its size against `most`, if that is above 0."""
    shade = max(-1.0, min(1.0, value / most)) if most > 0 and value == value else 0.0
    return Part(format_number(value, DIGITS), twin, shade, strong)


def twin_tables_scene(steps: Sequence[Step], start: int = -1) -> dict[str, Any]:
    """Return the scene of these steps, which begins at the step `start`: the last, unless another is asked for."""
    return {
        "frames": [
            {
                "title": step.title,
                "lines": [[_plain(part) for part in line] for line in step.lines],
                "tables": [
                    {
                        "caption": table.caption,
                        "columns": list(table.columns),
                        "rows": [[_plain(part) for part in row] for row in table.rows],
                    }
                    for table in step.tables
                ],
            }
            for step in steps
        ],
        "start": start % len(steps),
        "words": {
            "scrubber": _("Step"),
            "position": _("step {step} of {last}"),
            "first": _("To the first step"),
            "back": _("One step back"),
            "play": _("Play"),
            "pause": _("Pause"),
            "forward": _("One step forward"),
            "last": _("To the last step"),
            "speed": _("Speed"),
            "seconds": _("{count} s per step"),
            "hint": _("Point at a number, or reach it with the Tab and arrow keys: its other places light up."),
        },
    }


def _plain(part: Part | str) -> dict[str, Any]:
    if isinstance(part, str):
        part = Part(part)
    return {"text": part.text, "key": part.twin, "shade": part.shade, "strong": part.strong}
