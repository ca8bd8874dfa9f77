"""A number as a person reads it: on the screen, in a script, in a report."""

import math


def figure(value: float | None, digits: int = 6) -> str:
    """Return a number with `digits` significant digits, and a dash where there is none.

    >>> figure(3700.6612), figure(1234567.0, 4), figure(-2.5), figure(0.00001234), figure(5e12, 3), figure(-0.0)
    ('3,700.66', '1,235,000', '−2.5', '1.234e-05', '5e+12', '0')
    >>> figure(None)
    '–'
    """
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    rounded = float(f"{value:.{digits}g}") + 0.0  # -0.0 is 0
    positional = 1e-4 <= abs(rounded) < 1e9
    decimals = max(digits - 1 - math.floor(math.log10(abs(rounded))), 0) if positional else 0
    text = f"{rounded:,.{decimals}f}" if positional else f"{rounded:.{digits}g}"
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−", 1) if value < 0 else text
