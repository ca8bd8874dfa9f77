"""One step of the path of four days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step: its name in links, its day, the book's chapter, the path of its screen, and what one does there.

    `settings` are knobs and texts that the screen needs for it, its view first. The text waits for `_`.
    """

    name: str
    day: int
    chapter: str
    path: str
    does: str
    settings: Mapping[str, Any] = field(default_factory=dict)
