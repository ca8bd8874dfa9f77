"""What one knob may be."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Knob:
    """A number between `low` and `high` in steps, or one of `options`; `default` is where it starts."""

    default: Any
    low: float = 0
    high: float = 0
    step: float = 1
    options: tuple[Any, ...] = ()

    def settle(self, value: object) -> Any:
        """Return the allowed value nearest to `value`, or the default if `value` is of another kind altogether."""
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
        if number in self.options:  # which ∞ may be too, though nothing is near it
            return self.options[self.options.index(number)]
        if self.options:
            return min(self.options, key=lambda option: abs(option - number))
        return type(self.default)(min(max(number, self.low), self.high))
