"""What lines for matplotlib ask of it, as far as the lab uses it: the calls, with their arguments, in order."""

import sys
import types
from typing import Any

import numpy as np


class Pyplot(types.ModuleType):
    """Stands where `matplotlib.pyplot` is imported, and keeps every call; any other name is an AttributeError."""

    KNOWN = ("plot", "xlim", "ylim", "xscale", "yscale", "xlabel", "ylabel", "grid", "legend", "show")

    def __init__(self) -> None:
        super().__init__("matplotlib.pyplot")
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        for name in self.KNOWN:
            setattr(self, name, self._keeping(name))

    def _keeping(self, name: str) -> Any:
        return lambda *values, **options: self.calls.append((name, values, options))

    def of(self, name: str) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        """Return the arguments of every call of this name."""
        return [(values, options) for called, values, options in self.calls if called == name]


def recorded(lines: str, monkeypatch: Any) -> Pyplot:
    """Run lines, and return what they asked of matplotlib."""
    pyplot, package = Pyplot(), types.ModuleType("matplotlib")
    package.pyplot = pyplot  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "matplotlib", package)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", pyplot)
    with np.errstate(all="ignore"):
        exec(compile(lines, "shown", "exec"), {"__name__": "shown"})
    return pyplot
