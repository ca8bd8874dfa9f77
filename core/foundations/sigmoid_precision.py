"""One sigmoid in four ways: how many of its digits each keeps, beside the exact ones."""

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from core.foundations.activations import sigmoid
from core.regression.data.validation import as_array

DIGITS = 30
_MANY = Context(prec=DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN)
FARTHEST = 1e9  # beyond it e^−z needs more digits of its power than are read
FEW_DIGITS = 1e-6  # a relative error in float32 above this is more than its rounding, 6e-8
SMALLEST_WHOLE = float(np.finfo(np.float32).tiny)  # below it float32 has fewer digits, or 0

Loss: TypeAlias = Literal["unknown", "float64", "complement", "both", "naive", "difference", "input", "nothing"]


def sigmoid_ways(z: float) -> pd.DataFrame:
    """Return σ(z) and 1 − σ(z) as they are computed in float32, in float64 and exactly, a row each.

    Columns: way, p and other. The ways are "naive" (1 / (1 + e^−z) in float32, and 1 − p), "torch" (torch.sigmoid of z
    in float32, and 1 − p), "float64" (σ(z) and σ(−z) in float64) and "exact" (both to 30 digits, as Decimal; None
    beyond |z| = 1e9). Raises InputError unless z is one finite number.
    """
    import torch

    value = float(as_array(z, "z").reshape(()))
    narrow = torch.tensor(value, dtype=torch.float32)
    naive, smooth = 1 / (1 + torch.exp(-narrow)), torch.sigmoid(narrow)
    rows: list[tuple[str, float | Decimal | None, float | Decimal | None]] = [
        ("naive", naive.item(), (1 - naive).item()),
        ("torch", smooth.item(), (1 - smooth).item()),
        ("float64", float(sigmoid(value)), float(sigmoid(-value))),
        ("exact", exact_sigmoid(value), exact_sigmoid(-value)),
    ]
    return pd.DataFrame(rows, columns=["way", "p", "other"], dtype=object)


def lost_digits(z: float) -> Loss:
    """Return the gravest loss among the ways of `sigmoid_ways`.

    "unknown": no exact digits to compare with. "float64": the smaller probability is 0 even there. In float32:
    "complement": 1 − p is 0, and σ(−z) would keep it; "both": 1 − p is 0, and σ(−z) lacks digits too; "naive":
    1 / (1 + e^−z) is 0; "difference": 1 − p has lost digits; "input": p has, since z was rounded. Else "nothing".
    Raises InputError unless z is one finite number.

    >>> lost_digits(1.4), lost_digits(40.0), lost_digits(-800.0)
    ('nothing', 'complement', 'float64')
    """
    naive, smooth, wide, exact = sigmoid_ways(z).to_dict("records")
    if exact["p"] is None:
        return "unknown"
    if min(wide["p"], wide["other"]) == 0:
        return "float64"
    if smooth["other"] == 0:
        return "complement" if wide["other"] >= SMALLEST_WHOLE else "both"
    if naive["p"] == 0:
        return "naive"
    if abs(smooth["other"] / float(exact["other"]) - 1) > FEW_DIGITS:
        return "difference"
    return "input" if abs(smooth["p"] / float(exact["p"]) - 1) > FEW_DIGITS else "nothing"


def exact_sigmoid(z: float) -> Decimal | None:
    """Return 1 / (1 + e^−z) to 30 digits, or None beyond |z| = 1e9.

    >>> round(exact_sigmoid(0.0), 1)
    Decimal('0.5')
    """
    if not abs(z) <= FARTHEST:
        return None
    small = _MANY.exp(-abs(Decimal(z)))
    return _MANY.divide(small if z < 0 else Decimal(1), _MANY.add(Decimal(1), small))
