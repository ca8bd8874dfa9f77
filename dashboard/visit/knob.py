"""The range or the options of a knob."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.formatting import format_general


def option_label(option: float) -> str:
    """Return the label of an option in links, which `Knob.clamp` reads back."""
    return f"{option:g}" if isinstance(option, float) else str(option)


def option_text(option: float) -> str:
    """Return how an option is read, in the signs of the visitor's language."""
    return format_general(option) if isinstance(option, float) else str(option)


@dataclass(frozen=True)
class Knob:
    """A number between `low` and `high` in steps, or one of `options`; `default` is where it starts.

    `names` are the labels of the options, translated where they are shown. Options with names are listed there alone.
    """

    default: Any
    low: float = 0
    high: float = 0
    step: float = 1
    options: tuple[Any, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the options from their names where there are any."""
        if self.names and not self.options:
            object.__setattr__(self, "options", tuple(self.names))

    def clamp(self, value: object) -> Any:
        """Return the allowed value nearest to `value`, or the default if `value` is of another type."""
        if isinstance(self.default, bool):
            return (
                value
                if isinstance(value, bool)
                else {"true": True, "false": False}.get(str(value).lower(), self.default)
            )
        if isinstance(self.default, str):
            return value if value in self.options else self.default
        try:
            number = float(str(value))
        except ValueError:
            return self.default
        if number != number:  # NaN is on no scale
            return self.default
        if number in self.options:  # ∞ may be one too, though no number is near it
            return self.options[self.options.index(number)]
        if self.options:
            return min(self.options, key=lambda option: abs(option - number))
        return type(self.default)(min(max(number, self.low), self.high))

    def to_query(self, value: object) -> str:
        """Return a value as text for a link, to the last digit."""
        short = str(value).lower() if isinstance(value, bool) else option_label(value)  # type: ignore[arg-type]
        return repr(value) if isinstance(value, float) and float(short) != value else short

    def is_exact(self, text: str) -> bool:
        """Return whether a link's text is a valid value of this knob."""
        given = self.clamp(text)
        if isinstance(self.default, bool):
            return str(given).lower() == text.lower()
        if isinstance(self.default, str):
            return bool(given == text)
        try:
            return math.isclose(float(text), given, rel_tol=1e-9, abs_tol=1e-12)
        except ValueError:
            return False
