"""What torch returns where there is no gradient, or no value, and why."""

from core.language import _


def corner_sentence(kind: str) -> str:
    """Return the sentence for a case; {node} in it is what was typed there."""
    return {
        "given": _("An input is ∞ or nan (no number) already; what comes of it cannot be trusted."),
        "abs": _(
            "{node} has a corner at 0: its slope is −1 on the left and 1 on the right, so there is no derivative. "
            "PyTorch takes 0, which lies between them."
        ),
        "relu": _(
            "{node} has a corner at 0: its slope is 0 on the left and 1 on the right, so there is no derivative. "
            "PyTorch takes 0, the one on the left."
        ),
        "sign": _(
            "{node} is flat wherever it has a slope, and jumps at 0: PyTorch returns 0 everywhere, and nothing "
            "can be learnt through it."
        ),
        "sqrt_zero": _(
            "{node} rises straight up at 0: its slope 1 / (2 · 0) is infinite, and PyTorch returns ∞ times what "
            "comes in; if that is 0, then nan, since 0 · ∞ is no number."
        ),
        "sqrt_negative": _(
            "{node} takes the root of a negative number: there is no real value. PyTorch returns nan (no number) "
            "for the value and for every gradient through it, and raises no error."
        ),
        "log_zero": _(
            "{node} takes the logarithm of 0: the value is −∞ and the slope 1 / 0 is ∞. PyTorch returns both, and "
            "raises no error."
        ),
        "log_negative": _(
            "{node} takes the logarithm of a negative number: the value is nan (no number). Yet the slope that "
            "PyTorch uses is still 1 / x, a number: a gradient that looks sound for a value that does not exist."
        ),
        "arc_end": _(
            "{node} stands upright where its argument is 1 or −1: its slope 1 / √(1 − x²) is infinite, and "
            "PyTorch returns ∞."
        ),
        "arc_outside": _(
            "{node} has no value for an argument beyond 1 or −1: PyTorch returns nan (no number), for the value "
            "and the gradient."
        ),
        "divide": _(
            "{node} divides by zero: PyTorch returns ∞ or −∞, as floating-point numbers do, and raises no error. "
            "The slopes 1 / y and −x / y² are infinite too."
        ),
        "zero_by_zero": _(
            "{node} divides zero by zero: any number would do, so PyTorch returns nan (no number), for the value, "
            "and nan reaches every gradient behind it that is multiplied by it."
        ),
        "norm": _(
            "{node} is the length of a vector of zeros, where the length has a corner in every direction: x / |x| "
            "would be 0 / 0. PyTorch takes 0."
        ),
        "power_pole": _(
            "{node} raises 0 to a negative power, which is to divide by zero: the value is ∞, and so is the slope."
        ),
        "power_negative": _(
            "{node} raises a negative number to a power that is not whole: there is no real value, and PyTorch "
            "returns nan (no number)."
        ),
        "power_root": _(
            "{node} is a root of 0, which rises straight up there: the slope is infinite, and PyTorch returns ∞ "
            "times what comes in; if that is 0, then nan, since 0 · ∞ is no number."
        ),
        "exponent": _(
            "{node} has a negative base: the slope by the exponent needs the base's logarithm, which does not "
            "exist, so PyTorch returns nan (no number) for it."
        ),
        "overflow": _(
            "{node} is larger than the largest float64 number, about 1.8e308, so its value is ∞; gradients that "
            "meet it become ∞, 0 or nan (no number)."
        ),
    }[kind]
