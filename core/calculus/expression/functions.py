"""Every elementary function, a row each: value, derivative, Taylor terms, and its spelling elsewhere.

The parser, the rules, the Taylor series, autograd's engine, the code for torch and the browser all read this table, so
a new function is one new row.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from core.language import _

Array: TypeAlias = Any  # an array or a number of NumPy; each function keeps its dtype
Three: TypeAlias = tuple[np.float64, np.float64, np.float64]  # the first, second and third derivative


@dataclass(frozen=True)
class Singular:
    """A place without a derivative, or without a value.

    Attributes:
        kind: its name.
        holds: where it is.
        sentence: what PyTorch returns there; `{node}` in it is the call as it was typed.
    """

    kind: str
    holds: Callable[..., Array]
    sentence: Callable[[], str]


@dataclass(frozen=True)
class Function:
    r"""An elementary function of u. Taylor terms come from one of `derivatives`, `sides` and `exponent`.

    Attributes:
        name: as it is typed.
        value: of u.
        derivative: in u, as the rules write it; at a kink or a jump, torch's.
        derivatives: the first three at a point.
        sides: of a function that is linear on either side of 0, and 0 at 0 itself: value and slope left and right
            of it.
        exponent: of a power of u.
        edges: the ends of the domain, each with the outward direction.
        arc: of asin and acos, the value at 1 and the factor of √(2 (1 - u)) there.
        slope: the local derivative that autograd multiplies by, from u and the result. A pair (shut, slope) blocks
            the gradient where shut. None if torch has no such function.
        slope_text: the same in the graph: {x} is the argument, {result} the result.
        value_in_torch: the value if torch's differs, at nan.
        singular: the points without a derivative, or without a value.
        overflows: whether the value may be too large for float64.
        aliases: other names.
        latex: a command such as \sin, or a template with {u}. Without one it is \operatorname{name}.
        latex_power: whether a small exponent is written at the name: sin²(u).
        torch: where torch has it, if not as torch.<name>.
        torch_expression: in u, if torch has no such function.
        numpy_expression: in u and the functions of NumPy, if it has no such function.
        browser_value: in u and the functions of JavaScript's Math, if the name is not that, or loses digits.
        browser_derivative: the same for `derivative`.
    """

    name: str
    value: Callable[[Array], Array]
    derivative: str
    derivatives: Callable[[np.float64], Three] | None = None
    sides: tuple[tuple[float, float], tuple[float, float]] | None = None
    exponent: float | None = None
    edges: tuple[tuple[float, float], ...] = ()
    arc: tuple[float, float] | None = None
    slope: Callable[[Array, Array], Any] | None = None
    slope_text: str = ""
    value_in_torch: Callable[[Array], Array] | None = None
    singular: tuple[Singular, ...] = ()
    overflows: bool = False
    aliases: tuple[str, ...] = ()
    latex: str = ""
    latex_power: bool = False
    torch: str = ""
    torch_expression: str = ""
    numpy_expression: str = ""
    browser_value: str = ""
    browser_derivative: str = ""

    @property
    def torch_path(self) -> str:
        """Return the dotted name of the function in torch."""
        return self.torch or f"torch.{self.name}"


def _tan(u: np.float64) -> Three:
    t = np.tan(u)
    s = 1 + t * t
    return s, 2 * t * s, 2 * s * (1 + 3 * t * t)


def _tanh(u: np.float64) -> Three:
    t = np.tanh(u)
    s = 1 / np.cosh(u) ** 2  # 1 - t² would lose its digits where t is near 1
    return s, -2 * t * s, s * (6 * t * t - 2)


def _asin(u: np.float64) -> Three:
    s = (1 - u) * (1 + u)
    return s**-0.5, u * s**-1.5, (1 + 2 * u * u) * s**-2.5


def _acos(u: np.float64) -> Three:
    first, second, third = _asin(u)
    return -first, -second, -third


def _atan(u: np.float64) -> Three:
    s = 1 + u * u
    return 1 / s, -2 * u / s**2, (6 * u * u - 2) / s**3


def _logarithm(base: float) -> Callable[[np.float64], Three]:
    scale = 1 / math.log(base)
    return lambda u: (scale / u, -scale / u**2, 2 * scale / u**3)


def sigmoid(u: Array) -> Array:
    """Return 1 / (1 + exp(-u)) without an overflow on either side."""
    small = np.exp(-np.abs(u))
    return np.where(np.asarray(u) >= 0, 1, small) / (1 + small)


def _sigmoid(u: np.float64) -> Three:
    left = sigmoid(-u)
    slope = sigmoid(u) * left
    return slope, slope * (left - sigmoid(u)), slope * (1 - 6 * slope)


def _softplus(u: np.float64) -> Three:
    first, second, _third = _sigmoid(u)
    return sigmoid(u), first, second


def _step(u: Array) -> Array:
    """Return 1 above 0 and 0 elsewhere, the slope of relu in torch; nan stays nan."""
    return np.heaviside(u, np.zeros_like(u))


def _sign_in_torch(u: Array) -> Array:
    return 1.0 * (u > 0) - 1.0 * (u < 0)  # 0 for nan


_LOGARITHM = (
    Singular(
        "log_zero",
        lambda u: u == 0,
        lambda: _(
            "{node} takes the logarithm of 0: the value is −∞ and the slope 1 / 0 is ∞. PyTorch returns both "
            "without an error."
        ),
    ),
    Singular(
        "log_negative",
        lambda u: u < 0,
        lambda: _(
            "{node} takes the logarithm of a negative number: the value is nan (not a number). PyTorch still uses "
            "the slope 1 / x: a gradient that looks right for a value that does not exist."
        ),
    ),
)
_ARC = (
    Singular(
        "arc_end",
        lambda u: np.abs(u) == 1,
        lambda: _(
            "{node} has a vertical tangent where its argument is 1 or −1: its slope has √(1 − x²) = 0 in the "
            "denominator. PyTorch returns ∞, or −∞ for acos."
        ),
    ),
    Singular(
        "arc_outside",
        lambda u: np.abs(u) > 1,
        lambda: _(
            "{node} has no value for an argument outside [−1, 1]: PyTorch returns nan (not a number) for the value "
            "and the gradient."
        ),
    ),
)
_ABS = Singular(
    "abs",
    lambda u: u == 0,
    lambda: _(
        "{node} has a kink at 0: its slope is −1 on the left and 1 on the right, so there is no derivative. PyTorch "
        "uses 0, which lies between them."
    ),
)
_RELU = Singular(
    "relu",
    lambda u: u == 0,
    lambda: _(
        "{node} has a kink at 0: its slope is 0 on the left and 1 on the right, so there is no derivative. PyTorch "
        "uses 0, the one on the left."
    ),
)
_SIGN = Singular(
    "sign",
    lambda u: u == u,
    lambda: _(
        "{node} is constant except for a jump at 0: PyTorch returns the slope 0 everywhere, so nothing can be "
        "learnt through it."
    ),
)
_SQRT = (
    Singular(
        "sqrt_zero",
        lambda u: u == 0,
        lambda: _(
            "{node} has a vertical tangent at 0: its slope 1 / (2 · 0) is infinite. PyTorch returns ∞ times the "
            "incoming gradient, and nan if that is 0, since 0 · ∞ is not defined."
        ),
    ),
    Singular(
        "sqrt_negative",
        lambda u: u < 0,
        lambda: _(
            "{node} takes the root of a negative number: there is no real value. PyTorch returns nan (not a number) "
            "for the value and for every gradient through it, without an error."
        ),
    ),
)

_ROWS = (
    Function(
        "sin", np.sin, "cos(u)", lambda u: (np.cos(u), -np.sin(u), -np.cos(u)),
        slope=lambda u, y: np.cos(u), slope_text="cos({x})", latex=r"\sin", latex_power=True,
    ),
    Function(
        "cos", np.cos, "-sin(u)", lambda u: (-np.sin(u), -np.cos(u), np.sin(u)),
        slope=lambda u, y: -np.sin(u), slope_text="-sin({x})", latex=r"\cos", latex_power=True,
    ),
    Function(
        "tan", np.tan, "1/cos(u)**2", _tan,
        slope=lambda u, y: 1 + y**2, slope_text="1 + tan({x})^2", latex=r"\tan", latex_power=True,
        browser_derivative="1 + tan(u)**2",
    ),
    Function(
        "asin", np.arcsin, "1/sqrt(1 - u**2)", _asin, edges=((1.0, 1.0), (-1.0, -1.0)), arc=(math.pi / 2, -1.0),
        slope=lambda u, y: 1 / np.sqrt(1 - u * u), slope_text="1 / sqrt(1 - {x}^2)", singular=_ARC,
        aliases=("arcsin",), latex=r"\arcsin", browser_derivative="1/sqrt((1 - u)*(1 + u))",
    ),
    Function(
        "acos", np.arccos, "-(1/sqrt(1 - u**2))", _acos, edges=((1.0, 1.0), (-1.0, -1.0)), arc=(0.0, 1.0),
        slope=lambda u, y: -1 / np.sqrt(1 - u * u), slope_text="-1 / sqrt(1 - {x}^2)", singular=_ARC,
        aliases=("arccos",), latex=r"\arccos", browser_derivative="-1/sqrt((1 - u)*(1 + u))",
    ),
    Function(
        "atan", np.arctan, "1/(1 + u**2)", _atan,
        slope=lambda u, y: 1 / (1 + u * u), slope_text="1 / (1 + {x}^2)", aliases=("arctan",), latex=r"\arctan",
    ),
    Function(
        "sinh", np.sinh, "cosh(u)", lambda u: (np.cosh(u), np.sinh(u), np.cosh(u)), overflows=True,
        slope=lambda u, y: np.cosh(u), slope_text="cosh({x})", latex=r"\sinh", latex_power=True,
    ),
    Function(
        "cosh", np.cosh, "sinh(u)", lambda u: (np.sinh(u), np.cosh(u), np.sinh(u)), overflows=True,
        slope=lambda u, y: np.sinh(u), slope_text="sinh({x})", latex=r"\cosh", latex_power=True,
    ),
    Function(
        "tanh", np.tanh, "1 - tanh(u)**2", _tanh,
        slope=lambda u, y: 1 - y * y, slope_text="1 - {result}^2", latex=r"\tanh", latex_power=True,
        browser_derivative="1/cosh(u)**2",
    ),
    Function(
        "exp", np.exp, "exp(u)", lambda u: (np.exp(u),) * 3, overflows=True,
        slope=lambda u, y: y, slope_text="{result}", latex="e^{{u}}",
    ),
    Function(
        "log", np.log, "1/u", _logarithm(math.e), edges=((0.0, -1.0),),
        slope=lambda u, y: 1 / u, slope_text="1 / {x}", singular=_LOGARITHM, aliases=("ln",), latex=r"\log",
    ),
    Function(
        "log2", np.log2, "1/(u*log(2))", _logarithm(2.0), edges=((0.0, -1.0),),
        slope=lambda u, y: 1 / (u * np.log(2)), slope_text="1 / ({x} * log(2))", singular=_LOGARITHM,
        latex=r"\log_{2}",
    ),
    Function(
        "log10", np.log10, "1/(u*log(10))", _logarithm(10.0), edges=((0.0, -1.0),),
        slope=lambda u, y: 1 / (u * np.log(10)), slope_text="1 / ({x} * log(10))", singular=_LOGARITHM,
        latex=r"\log_{10}",
    ),
    Function(
        "sqrt", np.sqrt, "1/(2*sqrt(u))", exponent=0.5,
        slope=lambda u, y: 0.5 / y, slope_text="1 / (2 * {result})", singular=_SQRT, latex=r"\sqrt{{u}}",
    ),
    Function(
        "abs", np.abs, "sign(u)", sides=((0, -1), (0, 1)),
        slope=lambda u, y: _sign_in_torch(u), slope_text="sign({x})", singular=(_ABS,), latex=r"\left|{u}\right|",
    ),
    Function(
        "sign", np.sign, "0", sides=((-1, 0), (1, 0)),
        slope=lambda u, y: (np.True_, 0.0), slope_text="0", value_in_torch=_sign_in_torch, singular=(_SIGN,),
    ),
    Function("step", _step, "0", sides=((0, 0), (1, 0)), torch_expression="relu(sign(u))",
             numpy_expression="heaviside(u, 0)"),
    Function(
        "relu", lambda u: np.maximum(u, np.zeros_like(u)), "step(u)", sides=((0, 0), (0, 1)),
        slope=lambda u, y: (u <= 0, 1.0), slope_text="step({x})", singular=(_RELU,), numpy_expression="maximum(u, 0)",
    ),
    Function(
        "softplus", lambda u: np.logaddexp(u, np.zeros_like(u)), "sigmoid(u)", _softplus,
        slope=lambda u, y: sigmoid(u), slope_text="sigmoid({x})", torch="torch.nn.functional.softplus",
        numpy_expression="logaddexp(u, 0)",
        browser_value="max(u, 0) + log1p(exp(-abs(u)))", browser_derivative="1/(1 + exp(-u))",
    ),
    Function(
        "sigmoid", sigmoid, "sigmoid(u)*(1 - sigmoid(u))", _sigmoid,
        slope=lambda u, y: y * (1 - y), slope_text="{result} * (1 - {result})", latex=r"\sigma", latex_power=True,
        numpy_expression="1/(1 + exp(-u))",
        browser_value="1/(1 + exp(-u))", browser_derivative="1/((1 + exp(-u))*(1 + exp(u)))",
    ),
)  # fmt: skip

FUNCTIONS: Mapping[str, Function] = MappingProxyType({row.name: row for row in _ROWS})
"""Every function by its name, in the order in which they are listed to a visitor."""
ALIASES: Mapping[str, str] = MappingProxyType({alias: row.name for row in _ROWS for alias in row.aliases})
