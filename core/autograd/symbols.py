"""Operations and their local derivatives as text, with the names of the arguments."""

from collections.abc import Mapping
from types import MappingProxyType

from core.calculus.expression.functions import FUNCTIONS

INFIX: Mapping[str, str] = MappingProxyType(
    {"add": "+", "subtract": "−", "multiply": "·", "divide": "/", "power": "^", "matmul": "@"}
)

SLOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "add": ("1", "1"),
        "subtract": ("1", "-1"),
        "multiply": ("{y}", "{x}"),
        "divide": ("1 / {y}", "-{x} / {y}^2"),
        "power": ("{y} * {x}^({y} - 1)", "{result} * log({x})"),
        "negate": ("-1",),
        **{name: (function.slope_text,) for name, function in FUNCTIONS.items() if function.slope},
        "sum": ("1",),
        "mean": ("1 / {n}",),
        "dot": ("{y}", "{x}"),
        "norm": ("{x} / {result}",),
        "matmul": ("{y}", "{x}"),
        "detach": ("0",),
    }
)  # by argument; n is the number of entries of the argument


def sign_of(operation: str) -> str:
    """Return the sign in the box of an operation.

    >>> sign_of("multiply"), sign_of("negate"), sign_of("sin")
    ('×', '−', 'sin')
    """
    return {"negate": "−", "multiply": "×"}.get(operation) or INFIX.get(operation, operation)


def applied(operation: str, names: tuple[str, ...]) -> str:
    """Return an operation on arguments of these names as text.

    >>> applied("add", ("a", "b")), applied("sin", ("x",)), applied("negate", ("x",))
    ('a + b', 'sin(x)', '−x')
    """
    if operation in INFIX:
        return f" {INFIX[operation]} ".join(names)
    return f"−{names[0]}" if operation == "negate" else f"{operation}({', '.join(names)})"


def slope_of(operation: str, argument: int, names: tuple[str, ...], result: str, entries: int = 1) -> str:
    """Return the local derivative by one argument, in the names of the arguments and the result.

    >>> slope_of("multiply", 0, ("w", "x"), "v1"), slope_of("tanh", 0, ("v1",), "v2")
    ('x', '1 − v2²')
    """
    text = SLOPES[operation][argument].format(x=names[0], y=names[-1], result=result, n=entries)
    return text.replace("^2", "²").replace(" * ", " · ").replace("-", "−")
