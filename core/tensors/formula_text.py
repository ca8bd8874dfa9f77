"""The formula that reduces entries to one, as text: (1 + 4 + 7) / 3 = 4."""

from collections.abc import Callable, Sequence

from core.formatting import format_number
from core.language import _
from core.tensors.reduction_steps import Collapse
from core.tensors.reductions import How

MOST_TERMS = 6
MOST_SQUARES = 4


def number(value: float) -> str:
    """Return a number as text, alone.

    >>> number(3.0), number(-0.5), number(float("nan"))
    ('3', '−0.5', 'nan')
    """
    return "nan" if value != value else format_number(float(value))


def term(value: float) -> str:
    """Return a number as text, within a formula: a negative one in brackets."""
    text = number(value)
    return f"({text})" if text.startswith("−") else text


def listed(values: Sequence[float], write: Callable[[float], str], most: int = MOST_TERMS) -> list[str]:
    """Return the numbers as text, with … for those in the middle if there are more than `most`.

    >>> listed([1, 2, 3, 4, 5], term, 4)
    ['1', '2', '…', '5']
    """
    if len(values) <= most:
        return [write(value) for value in values]
    return [*(write(value) for value in values[: most - 2]), "…", write(values[-1])]


def gathered(values: Sequence[float], how: How) -> str:
    """Return the numbers joined by the operator of the reduction; a mean or a variance adds.

    >>> gathered([1, 4, 7], "sum"), gathered([1, -4], "max"), gathered([2, -4], "prod")
    ('1 + 4 + 7', 'max(1, −4)', '2 × (−4)')
    """
    if how in ("max", "min"):
        return f"{how}({', '.join(listed(values, number))})"
    return (" × " if how == "prod" else " + ").join(listed(values, term))


def written_out(of: Collapse, place: tuple[int, ...]) -> str:
    """Return the formula of an entry of the result from entries of x.

    >>> from core.tensors.reduction_steps import collapse
    >>> written_out(collapse([[1.0, 2], [4, 5], [7, 9]], "mean", 0), (0,))
    '(1 + 4 + 7) / 3 = 4'
    """
    return f"{_made(of, place)} = {number(of.result[place])}"


def _made(of: Collapse, place: tuple[int, ...]) -> str:
    line = of.line(place)
    if not line.size:
        return _("of no entries")
    if of.how == "var":
        mean = term(of.mean(place))
        squares = listed(line.tolist(), lambda value: f"({number(value)} − {mean})²", MOST_SQUARES)
        return f"({' + '.join(squares)}) / ({line.size} − {number(of.correction)})"
    inner = gathered(line.tolist(), of.how)
    return f"({inner}) / {line.size}" if of.how == "mean" else inner
