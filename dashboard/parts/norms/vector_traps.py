"""What goes wrong with norms of vectors, with what torch says to it."""

import numpy as np

from core.attempts import run
from core.language import _
from dashboard.parts.cached import cache_data
from dashboard.parts.lesson import Trap
from dashboard.parts.norms.vectors import Vector


def traps(x: Vector) -> list[Trap]:
    """Return the traps; the first one's lines hold the person's own numbers where these are whole."""
    whole = bool(np.isfinite(x).all() and (x == x.round()).all() and np.abs(x).max() < 1e6)
    shown = x[:5] if whole else np.array([3.0, -4.0])
    refused = f"torch.linalg.vector_norm(torch.tensor({[int(entry) for entry in shown]}))"
    single = "torch.tensor([3e30, -4e30]).square().sum().sqrt()"
    return [
        Trap(
            _("Whole numbers have no norm in torch."),
            _("`torch.tensor([3, -4])` holds int64, and torch wants a dtype that can hold a root: write `3.0`, or "
              "`.double()`."),
            refused,
            raised(f"import torch\n{refused}"),
        ),
        Trap(
            _("Squares leave the range of floats long before the norm does."),
            _("In float32, the usual dtype, 3e30 squared is infinite. So never write the root of the sum of squares by "
              "hand where numbers may be large or tiny; the screen divides by the largest entry first."),
            f"{single}  # {outcome(single)}",
        ),
        Trap(
            _("`torch.norm` is deprecated."),
            _("Today's names say what is meant: `torch.linalg.vector_norm` takes all entries as one vector, "
              "`torch.linalg.matrix_norm` a matrix."),
        ),
        Trap(
            _("L2 is not the mean squared error."),
            _("A loss divides by the number of entries and takes no root: for n entries it is ‖x‖² / n."),
        ),
    ]  # fmt: skip


@cache_data(max_entries=50, show_spinner=False)
def raised(lines: str) -> str:
    """Return what torch says to lines of ours, word for word."""
    attempt, _left = run(lines, {}, [])
    return f"{attempt.error}: {attempt.message}"


@cache_data(max_entries=50, show_spinner=False)
def outcome(expression: str) -> str:
    """Return how torch prints the value of an expression of ours."""
    attempt, left = run(f"import torch\nvalue = {expression}", {}, [])
    return str(left["value"]) if attempt.worked else str(attempt.message)
