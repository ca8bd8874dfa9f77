"""The scene of a straight line beside nearest neighbours as rows are added."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_number
from core.foundations.neighbours import GrowingFit
from core.language import _, ngettext

Array = npt.NDArray[np.float64]
MOST_POINTS = 400


def contest_scene(x: Array, y: Array, fit: GrowingFit, *, k: int, feature: str, label: str) -> dict[str, Any]:
    """Return the scene of both models of a feature x (n,) and its label y (n,), stage by stage."""
    train = fit.train[:MOST_POINTS]
    return {
        "x": x[train].tolist(),
        "y": y[train].tolist(),
        "span": [float(x.min()), float(x.max()), float(y.min()), float(y.max())],
        "sizes": list(fit.sizes),
        "lines": fit.lines.tolist(),
        "grid": fit.grid.tolist(),
        "curves": fit.curves.tolist(),
        "errors": fit.errors.tolist(),
        "feature": feature,
        "label": label,
        "labels": [_said(size, errors, k) for size, errors in zip(fit.sizes, fit.errors.tolist(), strict=True)],
        "words": _words(k),
    }


def _said(size: int, errors: list[float], k: int) -> str:
    template = ngettext(
        "{count} row: the line is {line} off, the neighbours {near}.",
        "{count} rows: the line is {line} off, the neighbours {near}.",
        size,
    )
    return template.format(count=format_count(size), line=format_number(errors[0], 4), near=format_number(errors[1], 4))


def _words(k: int) -> dict[str, str]:
    return {
        "group": _("A line and nearest neighbours as rows are added"),
        "rows": _("rows"),
        "line": _("line"),
        "neighbours": _("neighbours"),
        "mean": _("mean of the {k} nearest").format(k=k),
        "hint": _("Solid: the line; dashed: the neighbours. Point at a row of the table, a formula or a curve: its "
                  "twin lights up. Press a row to go there."),
        "scrubber": _("Rows learned from"),
        "position": _("stage {step} of {last}"),
        "first": _("Fewest rows"),
        "back": _("Fewer rows"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("More rows"),
        "last": _("All rows"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
    }  # fmt: skip
