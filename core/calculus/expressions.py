"""Functions as a person types them, `3*x**2 - 4*x`: read safely, and called like any function.

The text is read with Python's own parser and then held against a list of what may stand in it. Nothing of it is ever
run as code: what comes out is a tree of numbers, variables and known operations.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.calculus.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.functions import FUNCTIONS
from core.calculus.misread import check_characters
from core.calculus.reader import read
from core.calculus.tree import Apply, Node, names_of, nodes
from core.errors import InputError, PointedError
from core.language import _

MOST_CHARACTERS = 500
SCALAR_FUNCTIONS: Mapping[str, int] = MappingProxyType(dict.fromkeys(FUNCTIONS, 1))
# each with its number of arguments; all of them work element by element
_WHOLE = {"sum": 1, "mean": 1, "dot": 2, "norm": 1, "matmul": 2}
VECTOR_FUNCTIONS: Mapping[str, int] = MappingProxyType({**SCALAR_FUNCTIONS, **_WHOLE})  # and the operator @
_PLAIN_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/"})


@dataclass(frozen=True)
class Expression:
    """A function read from `text`. `names` are its variables in order of appearance.

    `parameters` are the variables in the order in which a call takes them: those that were allowed, in that order, or
    else `names`.

    >>> f = parse_expression("3*x**2 - 4*x")
    >>> float(f(1)), f([0.0, 2.0]).tolist(), float(f(x=3))
    (-1.0, [0.0, 4.0], 15.0)
    """

    text: str
    root: Node
    names: tuple[str, ...]
    parameters: tuple[str, ...]

    def __call__(self, *values: ArrayLike, **named: ArrayLike) -> Any:  # noqa: ANN401 - float64, or an array of them
        """Return the value at these values of the variables, in float64, without warnings.

        Numbers give a number, arrays that broadcast give an array of their common shape, even where the text says a
        constant. Outside its domain the value is nan, beyond the largest number inf. Raises InputError for shapes that
        do not fit, TypeError if a variable has no value or one too many.
        """
        given = self._given(values, named)
        try:
            with np.errstate(all="ignore"):
                result = np.asarray(evaluate(self.root, given, NUMPY_OPERATIONS, np.float64), dtype=np.float64)
        except ValueError:
            shapes = ", ".join(f"{name} {value.shape}" for name, value in given.items())
            sentence = _("The shapes do not fit together here: {shapes}. Choose values of shapes that do.")
            raise InputError(sentence.format(shapes=shapes)) from None
        if not any(isinstance(node, Apply) and node.operation in _WHOLE for node in nodes(self.root)):
            arrays = [np.shape(value) for value in (*values, *named.values())]
            result = np.array(np.broadcast_to(result, np.broadcast_shapes(result.shape, *arrays)))
        return result[()]

    def _given(self, values: Sequence[ArrayLike], named: Mapping[str, ArrayLike]) -> dict[str, Any]:
        if len(values) > max(len(self.parameters), 1):
            raise TypeError(f"{self.text!r} takes {len(self.parameters)} values, not {len(values)}")
        pairs = {**dict(zip(self.parameters, values, strict=False)), **named}
        given = {name: np.asarray(value, dtype=np.float64) for name, value in pairs.items()}
        missing = [name for name in self.names if name not in given]
        if missing or len(pairs) < min(len(values), len(self.parameters)) + len(named):
            raise TypeError(f"{self.text!r} needs one value for each of {', '.join(self.names)}")
        return given


def parse_expression(
    text: str, names: Iterable[str] | None = None, functions: Mapping[str, int] = SCALAR_FUNCTIONS
) -> Expression:
    """Read a function such as `3*x**2 - 4*x`, written as in Python.

    It may hold numbers, `pi` and `e`, variables (`names`; any if None), + - * / ** and brackets, and calls of
    `functions` (their numbers of arguments by their names; with "matmul" among them also the operator @).
    At most 500 characters, 50 operations inside one another, and exponents up to 1,000 in size.
    Raises PointedError, which names the place in the text, or InputError if there is no text.

    >>> parse_expression("2*sin(x) + y").names
    ('x', 'y')
    """
    if len(text) > MOST_CHARACTERS:
        sentence = _("An expression may have {most} characters; this text has {came}. Shorten it.")
        raise PointedError(sentence.format(most=MOST_CHARACTERS, came=f"{len(text):,}"), text, MOST_CHARACTERS)
    if not text.strip():
        raise InputError(_("An expression was needed and there is none. Type one, such as 3*x**2 - 4*x."))
    plain = "".join(" " if mark.isspace() else mark for mark in text).translate(_PLAIN_SIGNS)
    check_characters(text, plain)
    allowed = None if names is None else tuple(unicodedata.normalize("NFKC", name) for name in names)
    root = read(text, plain, allowed, functions)
    found = names_of(root)
    return Expression(text, root, found, found if allowed is None else allowed)
