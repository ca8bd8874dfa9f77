"""What the dashboard knows of one kind of learning problem: its controls, its miniature, its examples."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.problems.miniature import Miniature
from dashboard.ui.examples import Examples


def _no_links() -> None:
    """Draw nothing."""


@dataclass(frozen=True)
class Kind:
    """One kind of learning problem on the screen.

    `name` is its option of the knob `problems_kind`. `controls` draws its controls, data first, and returns the
    keyword arguments of `make`, JSON values or `Rows`. `examples` are settings at which it works and at which it
    fails. `edited` takes over what was dragged, clicked or painted. `links` draws links to the screens that teach it.
    """

    name: str
    controls: Callable[[], dict[str, Any]]
    make: Callable[..., Miniature]
    examples: Callable[[], Examples]
    edited: Callable[[Mapping[str, Any]], None] | None = None
    links: Callable[[], None] = _no_links
