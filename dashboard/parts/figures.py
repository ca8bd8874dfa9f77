"""Numbers as a person reads them."""

from core.figures import figure

__all__ = ["duration", "figure", "latex", "latex_name", "size"]


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it.

    >>> duration(0.00042), duration(0.0831), duration(2.5)
    ('420 µs', '83.1 ms', '2.5 s')
    """
    if seconds < 1e-3:
        return f"{seconds * 1e6:.3g} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.3g} ms"
    return f"{seconds:.3g} s"


def size(count: int) -> str:
    """Return a number of bytes in the unit that suits it.

    >>> size(87), size(15241), size(73_400_000)
    ('87 B', '15.2 kB', '73.4 MB')
    """
    for unit, scale in (("MB", 1e6), ("kB", 1e3)):
        if count >= scale:
            return f"{count / scale:.3g} {unit}"
    return f"{count} B"


def latex(value: float, digits: int = 4) -> str:
    """Return a number for a formula.

    >>> latex(1.5e-7), latex(-3.25)
    ('1.5 \\\\times 10^{-7}', '-3.25')
    """
    text = f"{value:.{digits}g}"
    mantissa, mark, power = text.partition("e")
    return rf"{mantissa} \times 10^{{{int(power)}}}" if mark else text


def latex_name(name: str, longest: int = 24) -> str:
    """Return a name from a table as upright text of a formula; marks that mean something to TeX are left out.

    >>> latex_name("bill_length_mm"), latex_name("a{b}$")
    ('\\\\text{bill length mm}', '\\\\text{ab}')
    """
    text = "".join(" " if mark == "_" else mark for mark in name if mark.isprintable() and mark not in r"\{}$&#^%~")
    return rf"\text{{{text if len(text) <= longest else text[: longest - 1] + '…'}}}"
