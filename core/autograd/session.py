"""Pasted lines worked through by torch: what each one that shows something prints.

Only the trees that the parser made are computed, operation by operation; the text is never run.
"""

import math
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from core.autograd.engine import MOST_ENTRIES
from core.autograd.statements import KNOWN, SHAPED, define, read_tensor
from core.autograd.torch_graph import ARITHMETIC, function_named
from core.calculus.expression.characters import Plain
from core.calculus.expression.evaluate import evaluate
from core.calculus.expression.pasted import Line, read_lines, short
from core.calculus.expression.reader import Callee, Scope, read
from core.calculus.expression.tree import names_of
from core.errors import InputError
from core.language import _

Tensor = Any  # of torch, which is imported late
MOST_ANSWERS = 40
MOST_OPERATIONS = 2000
LONGEST = 160  # characters of an error
LARGEST_WHOLE = 2**31
_CHANGES = re.compile(r"\w_\s*\(|\]\s*=(?!=)")  # in place: a method such as fill_, or entries that are set
_SIZED = re.compile(r"\bones\(\s*\(?\s*(\d{1,6})\s*,?\s*\)?\s*\)")
_COMPARED = re.compile(r"(.+?)(==|!=|<=|>=|<|>)(.+)", re.DOTALL)
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"==": operator.eq, "!=": operator.ne, "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
)


@dataclass(frozen=True)
class Answer:
    """A line, and what Python prints for it.

    Attributes:
        line: as it was pasted.
        printed: the answer, or the error.
        worked: whether it is an answer.
    """

    line: str
    printed: str
    worked: bool = True


def answers(text: str, inputs: Mapping[str, Any]) -> tuple[Answer, ...]:
    """Return what every line that shows something prints, and every line that raises, up to the first 40.

    `inputs` are values by name for what the text gives none; they require a gradient. Numbers are of torch's default
    dtype, as on a visitor's own machine. Nothing is returned for a text that shows nothing and calls no backward.

    >>> lines = "x = torch.arange(4.0, requires_grad=True)\\ny = 2 * torch.dot(x, x)\\ny.backward()\\nx.grad == 4 * x"
    >>> answers(lines, {})
    (Answer(line='x.grad == 4 * x', printed='tensor([True, True, True, True])', worked=True),)
    """
    lines = read_lines(text)
    if not any(line.kind in ("show", "backward") for line in lines):
        return ()
    session = _Session(text, inputs)
    for line in lines:
        session.take(line)
        is_unknown = session.is_unknown or (line.kind == "block" and not line.name)
        if is_unknown or len(session.answers) >= MOST_ANSWERS:
            break
    return tuple(session.answers)


class _Session:
    """The values of names, line after line."""

    def __init__(self, text: str, inputs: Mapping[str, Any]) -> None:
        import torch

        self.text = text
        self.values: dict[str, Tensor] = {
            name: torch.tensor(value, dtype=torch.get_default_dtype(), requires_grad=True)
            for name, value in inputs.items()
        }
        self.callees: dict[str, Callee | InputError] = {}
        self.count = 0
        self.answers: list[Answer] = []
        self.is_unknown = False  # whether a line that is not read may have changed what later ones print

    def take(self, line: Line) -> None:
        """Work through a line; what it raises is its answer."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the gradient of a value that is not a leaf: None is its answer
                shown = self.worked(line)
        except InputError:  # what is no expression here has its sentence elsewhere
            self.is_unknown = line.kind == "value" or bool(_CHANGES.search(line.source.text))
            return
        except (RuntimeError, TypeError, AttributeError, ValueError, ArithmeticError, KeyError) as problem:
            first = (str(problem).splitlines() or [""])[0]
            said = f"name {first} is not defined" if isinstance(problem, KeyError) else first
            kind = "NameError" if isinstance(problem, KeyError) else type(problem).__name__
            self.answers.append(Answer(line.source.text, f"{kind}: {short(said, LONGEST)}", worked=False))
            return
        if shown is not None:
            self.answers.append(Answer(line.source.text, shown))

    def worked(self, line: Line) -> str | None:
        """Return what a line prints, or None if it prints nothing."""
        if line.kind == "tensor":
            self.values[line.name] = self.made(line)
        elif line.kind == "value":
            self.values[line.name] = self.computed(line.plain)
        elif line.kind == "requires":
            tensor = self.values[line.name]
            asks = not re.search(r"\bFalse\b", line.source.text)
            tensor.retain_grad() if "retain_grad" in line.source.text else tensor.requires_grad_(asks)
        elif line.kind == "zero":
            self.empty(line)
        elif line.kind == "backward":
            self.backward(line)
        elif line.kind == "function":
            define(self.text, line, self.callees)
        elif line.kind in ("show", "expression"):
            return repr(self.shown(line))
        return None

    def made(self, line: Line) -> Tensor:
        import torch

        shapes = {name: value.detach().numpy() for name, value in self.values.items() if SHAPED.search(line.plain.text)}
        array, asks = read_tensor(self.text, line, shapes)
        double = re.search(r"\b(?:float64|double)\b", line.plain.text)
        dtype = {"f": torch.float64 if double else torch.get_default_dtype(), "b": torch.bool}.get(array.dtype.kind)
        return torch.tensor(array, dtype=dtype or torch.int64, requires_grad=asks)

    def empty(self, line: Line) -> None:
        tensor = self.values[line.name]
        if "zero_" in line.source.text:
            tensor.grad.zero_()
        else:
            tensor.grad = None

    def backward(self, line: Line) -> None:
        import torch

        end = self.computed(line.plain)
        weights = torch.ones_like(end) if "ones" in line.given else None
        sized = _SIZED.search(line.given)
        if sized and int(sized[1]) <= MOST_ENTRIES:
            weights = torch.ones(int(sized[1]))
        end.backward(weights, retain_graph="retain_graph=True" in line.given.replace(" ", ""))

    def shown(self, line: Line) -> object:
        compared = _COMPARED.fullmatch(line.plain.text)
        if compared:
            left, right = (self.computed(line.plain.cut(*compared.span(side))) for side in (1, 3))
            return _COMPARISONS[compared[2]](left, right)
        return self.computed(line.plain)

    def computed(self, plain: Plain) -> Any:  # noqa: ANN401 - a tensor, a number, or None
        root = read(self.text, plain, Scope(None, KNOWN, {}, self.callees, gradients=True))
        values = {name: self.value(name) for name in names_of(root)}
        return evaluate(root, values, self.operations(), _constant)

    def value(self, name: str) -> Any:  # noqa: ANN401 - a tensor, a number, or None
        of, dot, _ending = name.partition(".")
        return self.values[of].grad if dot else self.values[name]

    def operations(self) -> dict[str, Callable[..., Any]]:
        return {name: self.counted(name, function_named(name)) for name in (*ARITHMETIC, *KNOWN)}

    def counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return an operation that is refused once too many were made, or where its result would be too large."""

        def call(*arguments: Any) -> Any:  # noqa: ANN401 - tensors and numbers of Python
            import torch

            self.count += 1
            if self.count > MOST_OPERATIONS or _size(name, arguments) > MOST_ENTRIES:
                raise InputError(_("These lines are too much work here. Paste fewer."))
            if any(isinstance(one, torch.Tensor) for one in arguments) or name in ARITHMETIC:
                return _moderate(name, function, arguments)
            return function(*(torch.tensor(float(one)) for one in arguments))  # as math.sin(2) does

        return call


def _size(name: str, arguments: tuple[Any, ...]) -> int:
    """Return how many entries a result will have; 1 where torch will refuse the shapes."""
    shapes = [tuple(getattr(one, "shape", ())) for one in arguments]
    if name == "matmul":
        return math.prod((*shapes[0][:-1], *shapes[1][1:]))
    try:
        return math.prod(np.broadcast_shapes(*shapes))
    except ValueError:
        return 1


def _moderate(name: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - as above
    """Return a result; whole numbers of Python, which grow without bound, are floats beyond 64 bits."""
    if name == "power" and all(isinstance(one, int) for one in arguments):
        arguments = tuple(float(one) for one in arguments)
    result = function(*arguments)
    return float(result) if isinstance(result, int) and abs(result) >= 2**63 else result


def _constant(value: float) -> float:
    """Return a number as Python has it: whole ones are typed without a point as a rule."""
    return int(value) if value.is_integer() and abs(value) < LARGEST_WHOLE else value
