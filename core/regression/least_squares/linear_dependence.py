"""Which columns depend linearly on which, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isclose, isfinite

from core.formatting import format_general
from core.language import _, ngettext

MOST_TERMS = 6
_LARGEST_DENOMINATOR = 12
_RECOGNISED = 1e-9

Term = tuple[float, str]


@dataclass(frozen=True)
class LinearDependence:
    """A feature that equals a constant plus a sum of factor times feature.

    Attributes:
        column: the number of the feature.
        constant: the constant.
        terms: pairs (factor, number of a feature).
    """

    column: int
    constant: float
    terms: tuple[tuple[float, int], ...]

    def describe(self, names: Sequence[str]) -> str:
        """Return it as a sentence; `names` are those of all features."""
        return describe(names[self.column], self.constant, [(factor, names[other]) for factor, other in self.terms])


def describe(name: str, constant: float, others: Sequence[Term]) -> str:
    """Return the sentence that a column equals a constant plus multiples of other columns.

    A subtracted column moves to the other side, so that all signs are plus. At most 6 columns are spelled out.

    >>> describe("Alley_nan", 1.0, [(-1.0, "Alley_Pave")])
    '“Alley_Pave” + “Alley_nan” = 1.'
    >>> describe("b", 0.0, [(2.0, "a")])
    '“b” = 2 × “a”.'
    >>> describe("fahrenheit", 32.0, [(1.8, "celsius")])
    '“fahrenheit” = 1.8 × “celsius” + 32.'
    >>> describe("third", 0.0, [(0.3333333333333333, "a")])
    '“third” = 1/3 × “a”.'
    >>> describe("c", 0.5, [])
    '“c” is constant: it is 0.5 in every row.'
    """
    if not others:
        return _("“{name}” is constant: it is {value} in every row.").format(name=name, value=number(constant))
    if not isfinite(constant) or not all(isfinite(factor) and factor for factor, _other in others):
        listed = _side([(1.0, other) for _factor, other in others], MOST_TERMS - 1, 0.0)
        return _("“{name}” depends on {others}, in proportions beyond float64.").format(name=name, others=listed)
    left = [(-factor, other) for factor, other in others if factor < 0] + [(1.0, name)]
    right = [(factor, other) for factor, other in others if factor > 0]
    room = max(MOST_TERMS - len(left), 1)
    sides = _side(left, MOST_TERMS - min(len(right), room), 0.0), _side(right, room, constant)
    return _("{left} = {right}.").format(left=sides[0], right=sides[1])


def number(value: float) -> str:
    """Format a number shortly: as a whole number, a short decimal or a simple fraction if it is one up to rounding.

    >>> number(2.0000000000000004), number(-0.25), number(2 / 3), number(3.14159265), number(1e9)
    ('2', '−0.25', '2/3', '3.14159', '1000000000')
    """
    sign = "−" if value < 0 else ""
    size = abs(value)
    fraction = Fraction(size).limit_denominator(_LARGEST_DENOMINATOR)
    if not isclose(fraction, size, rel_tol=_RECOGNISED):
        return sign + format_general(size)
    if fraction.denominator == 1 and size < 1e15:
        return sign + str(fraction.numerator)
    is_short = isclose(float(f"{size:.6g}"), size, rel_tol=_RECOGNISED)
    return sign + (format_general(size) if is_short else str(fraction))


def _side(terms: Sequence[Term], room: int, constant: float) -> str:
    """Format the sum of some multiples of columns and a constant."""
    words = [f"“{name}”" if number(factor) == "1" else f"{number(factor)} × “{name}”" for factor, name in terms[:room]]
    hidden = len(terms) - room
    if hidden > 0:
        words.append(ngettext("{count} more", "{count} more", hidden).format(count=hidden))
    sentence = " + ".join(words)
    if not words:
        return number(constant)
    if constant:
        sentence += f" {'−' if constant < 0 else '+'} {number(abs(constant))}"
    return sentence
