"""The scene of a line, its squared loss and its likelihood under normal noise: one number moves all three."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.language import _

Array = npt.NDArray[np.float64]
MOST_TERMS = 8  # of a sum that are written out


def likelihood_scene(
    x: Array, base: Array, direction: Array, y: Array, *, at: float, best: float, sigma: float, log: bool, slope: bool
) -> dict[str, Any]:
    """Return the scene of the predictions base + at · direction for labels y at x, all (n,), computed in the browser.

    `best` is the exact optimum of `at`, `sigma` the standard deviation of the noise. `log` draws the logarithm of the
    likelihood; `slope` says that `at` is the slope of a line, and not a mean.
    """
    return {
        "state": {"at": at},
        "x": x.tolist(),
        "base": base.tolist(),
        "direction": direction.tolist(),
        "y": y.tolist(),
        "pivot": float(x.mean()) if slope else None,
        "best": best,
        "sigma": sigma,
        "log": log,
        "mostTerms": MOST_TERMS,
        "sign": "w" if slope else "m",
        "words": _words(slope),
    }


def _words(slope: bool) -> dict[str, str]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    return {
        "at": _("Slope w") if slope else _("Mean m"),
        "x": _("x"),
        "y": _("y"),
        "loss": _("squared loss L"),
        "likelihood": _("likelihood P"),
        "logLikelihood": _("log P"),
        "best": _("Go to the exact optimum"),
        "sum": _("Squared loss: a sum of squares"),
        "product": _("Likelihood: a product of densities"),
        "logs": _("Its logarithm: a sum again"),
        "more": _("{count} more"),
        "optimum": _("Exact optimum: {sign} = {best}, where L = {loss} and log P = {log}."),
        "atOptimum": _("You are there: the lowest loss and the highest likelihood are at the same place."),
        "above": _("At {sign} = {at} the loss is higher by {more}, and log P lower by {less} = {more} / (2σ²)."),
        "underflow": _("All products drawn are 0.0 in float64: there is nothing to see a maximum in. Switch to the "
                       "logarithm."),
        "overflow": _("Products beyond 1.8e308 are ∞ in float64, and not drawn. Switch to the logarithm."),
        "hint": _("Drag the line, or drag in a curve. By keyboard: focus the left picture; up and down move the line, "
                  "left and right choose a row, which lights its residual, its term and its factor."),
        "legend": _("Each residual is a bar, and its square is a term of the loss. Dashed: the exact optimum."),
        "described": _("At {sign} = {at} the squared loss is {loss} and log P is {log}. The exact optimum is {best}."),
    }  # fmt: skip
