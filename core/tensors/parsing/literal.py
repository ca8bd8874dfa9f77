"""Tensors written as code: nested brackets, printed tensors, and constructors such as arange(12).reshape(3, 4).

Read character by character, never run.
"""

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import PointedError
from core.language import _
from core.tensors.parsing.constructors import MAKERS
from core.tensors.parsing.nested_lists import Nested, Value, check_even, read_number
from core.tensors.parsing.rows import too_many

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9.]*")
_OPTION = re.compile(r"(\w+)\s*=\s*(['\"]?[\w.<>:]+['\"]?)\s*")
_SIZED = re.compile(r"(?:size|shape|steps|num|fill_value|start|stop|end|step)\s*=\s*")
_METHOD = re.compile(r"\s*\.\s*([A-Za-z_]\w*)\s*")
_LIKE = {"zeros_like": 0, "ones_like": 1}
_RANDOM = ("rand", "randn", "randint", "normal", "randperm")
_SAME = ("clone", "detach", "numpy", "cpu", "contiguous", "copy", "requires_grad_")  # of the same entries
_TOKEN = re.compile(r"[+\-−–]?(?:[A-Za-z_∞][A-Za-z_0-9.]*|[\d.][\d.eE]*(?:(?<=[eE])[+-]\d+)?)(?:\s*/\s*[\d.eE]+)?")
_WRAPPERS = ("tensor", "array", "asarray", "Tensor", "FloatTensor", "as_tensor")
_KINDS = {"float": np.float64, "double": np.float64, "int": np.int64, "long": np.int64, "bool": np.bool_,
          "half": np.float64, "bfloat": np.float64}  # fmt: skip
_DEEPEST = 40


def _fits_whole(value: Nested) -> bool:
    """Return whether every entry has a whole part that 64 bits hold."""
    return bool((np.abs(np.array(value, dtype=np.float64)) < 2.0**63).all())


@dataclass
class Reader:
    """A place in a text, moving forward.

    Attributes:
        text: all of it.
        most_cells: the most entries that are read.
        at: the place.
        count: how many entries were read.
    """

    text: str
    most_cells: int
    at: int = 0
    count: int = 0

    def read(self) -> NDArray[np.generic] | Nested:
        """Return the whole text as nested lists, or as an array where a constructor or a dtype defines it."""
        value = self._expression()
        self._skip()
        if self.at < len(self.text):
            text = _("The tensor ends before this; remove what follows, or put brackets around everything.")
            raise self._wrong(text)
        return value

    def _expression(self, depth: int = 0) -> NDArray[np.generic] | Nested:
        self._skip()
        word = _WORD.match(self.text, self.at)
        if word is None or read_number(word.group()) is not None:
            start, value = self.at, self._nested(0)
            check_even(value, self.text, start)
            return self._shaped(value)
        start, name = self.at, word.group().removeprefix("torch.").removeprefix("np.").removeprefix("numpy.")
        self.at = word.end()
        if name in _WRAPPERS:
            given = self._wrapped()
            return self._shaped(np.array(given, dtype=np.float64) if name in ("Tensor", "FloatTensor") else given)
        if name in MAKERS:
            return self._shaped(self._made(name, start))
        if name in _LIKE and depth < _DEEPEST:
            return self._shaped(self._like(_LIKE[name], depth))
        self.at = start
        if name.rpartition(".")[2] in _RANDOM:
            template = _("“{word}” draws random numbers, others at every run; type the numbers that it gave.")
        else:
            template = _("Numbers in brackets were needed, or tensor, arange, ones, zeros, eye or full; got “{word}”.")
        raise self._wrong(template.format(word=word.group()[:20]))

    def _like(self, value: int, depth: int) -> NDArray[np.generic]:
        """Read the tensor that gives the shape and the dtype."""
        self._take("(")
        pattern = np.asarray(self._expression(depth + 1))
        kind = self._options()
        return np.full_like(pattern, value, dtype=kind or (np.float64 if not pattern.size else pattern.dtype))

    def _wrapped(self) -> NDArray[np.generic] | Nested:
        self._take("(")
        start, value = self.at, self._nested(0)
        check_even(value, self.text, start)
        kind = self._options()
        if kind is None:
            return value
        if kind is np.int64 and not _fits_whole(value):
            self.at = start
            raise self._wrong(_("An entry is nan, infinite or too large for whole numbers of 64 bits."))
        return np.array(value, dtype=kind)

    def _options(self) -> type[np.generic] | None:
        """Parse the options of a printed tensor, such as `, dtype=torch.float64)`."""
        if self._takes(")"):
            return None
        self._take(",")
        return self._named_options()

    def _made(self, name: str, start: int) -> NDArray[np.generic]:
        numbers, kind = self._numbers()
        size = MAKERS[name].size(numbers) if all(map(math.isfinite, numbers)) else None
        if size is None:
            self.at = start
            template = _("{name} cannot be called with these arguments; type for example {example}.")
            raise self._wrong(template.format(name=name, example=MAKERS[name].example))
        if size > self.most_cells:
            self.at = start
            raise self._wrong(too_many(self.most_cells))
        made = MAKERS[name].make(numbers)
        return made if kind is None else made.astype(kind)

    def _shaped(self, value: NDArray[np.generic] | Nested) -> NDArray[np.generic] | Nested:
        """Apply every following `.reshape(…)`, `.T`, `.float()` and the like."""
        for _once in range(_DEEPEST):  # as many methods as anyone chains
            method = _METHOD.match(self.text, self.at)
            if method is None:
                break
            start, name = self.at, method[1]
            self.at = method.end()
            if name == "T":
                value = np.asarray(value).T
                continue
            array = np.asarray(value)
            if name in ("reshape", "view"):
                start = self.at
                value = self._reshaped(array, start)
            elif name in ("astype", "to", "type"):
                value = self._cast(array)
            elif name in _KINDS or name in ("t", "flatten", "ravel", *_SAME):
                self._arguments()
                value = array.astype(_KINDS[name]) if name in _KINDS else array.T if name == "t" else (
                    array.ravel() if name in ("flatten", "ravel") else value)  # fmt: skip
            else:
                self.at = start
                break
        return value

    def _reshaped(self, array: NDArray[np.generic], start: int) -> NDArray[np.generic]:
        shape = [number for number in self._numbers()[0] if isinstance(number, int)]
        try:
            return array.reshape(shape)
        except ValueError:
            self.at = start
            template = _("Data of size {count} do not fit the shape {shape}; the product of the sizes must be {count}.")
            raise self._wrong(template.format(count=array.size, shape=tuple(shape))) from None

    def _cast(self, array: NDArray[np.generic]) -> NDArray[np.generic]:
        """Read a dtype in brackets, and convert to it."""
        self._take("(")
        word = _WORD.match(self.text, self.at)
        kind = _KINDS.get(re.sub(r"\d+$", "", word.group().rpartition(".")[2])) if word else None
        if word is None or kind is None:
            raise self._wrong(_("A dtype was needed in these brackets, such as torch.float32."))
        self.at = word.end()
        self._take(")")
        return array.astype(kind)

    def _arguments(self) -> None:
        """Skip the brackets of a method, and True or False in them."""
        self._take("(")
        word = re.compile(r"\s*(?:True|False)").match(self.text, self.at)
        self.at = word.end() if word else self.at
        self._take(")")

    def _numbers(self) -> tuple[list[Value], type[np.generic] | None]:
        """Read numbers in round brackets, with or without a second pair around some of them, and a dtype."""
        self._take("(")
        numbers: list[Value] = []
        inner = False
        while True:
            self._skip()
            if inner and (self._takes(")") or self._takes("]")):
                inner = False
                self._takes(",")
                continue
            if self._takes(")"):
                return numbers, None
            if not inner and (sized := _SIZED.match(self.text, self.at)):
                self.at = sized.end()
            elif not inner and _OPTION.match(self.text, self.at):
                return numbers, self._named_options()
            if not inner and (self._takes("(") or self._takes("[")):
                inner = True
                continue
            numbers.append(self._number())
            if len(numbers) > _DEEPEST:
                raise self._wrong(_("These are more numbers than a constructor or a shape can have."))
            self._takes(",")

    def _named_options(self) -> type[np.generic] | None:
        """Read options up to the closing bracket, the first without a comma before it."""
        kind = None
        while not self._takes(")"):
            self._skip()
            option = _OPTION.match(self.text, self.at)
            if option is None:
                raise self._wrong(_("A closing bracket was needed here."))
            if option.group(1) == "dtype":
                name = re.sub(r"\d+$", "", option.group(2).rpartition(".")[2])
                kind = _KINDS.get(name, kind)
            self.at = option.end()
            self._takes(",")
        return kind

    def _nested(self, depth: int) -> Nested:
        opening = self._takes("[") or self._takes("(")
        if not opening:
            return self._number()
        if depth > _DEEPEST:
            raise self._wrong(_("Brackets are nested too deep; each level is one axis."))
        closing, start = ("]" if self.text[self.at - 1] == "[" else ")"), self.at - 1
        items: list[Nested] = []
        while not self._takes(closing):
            if self.at >= len(self.text):
                template = _("The bracket opened at character {place} is not closed; add “{closing}”.")
                raise self._wrong(template.format(place=start + 1, closing=closing))
            items.append(self._nested(depth + 1))
            self._takes(",")
        return items

    def _number(self) -> Value:
        self._skip()
        token = _TOKEN.match(self.text, self.at)
        number = read_number(token.group()) if token else None
        if token is None or number is None:
            found = token.group()[:20] if token else self.text[self.at : self.at + 1]
            template = _("A number or a bracket was needed here; got {found}.")
            raise self._wrong(template.format(found=f"“{found}”" if found else _("the end")))
        self.at, self.count = token.end(), self.count + 1
        if self.count > self.most_cells:
            raise self._wrong(too_many(self.most_cells))
        return number

    def _skip(self) -> None:
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at

    def _takes(self, mark: str) -> bool:
        self._skip()
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def _take(self, mark: str) -> None:
        if not self._takes(mark):
            raise self._wrong(_("“{mark}” was needed here.").format(mark=mark))

    def _wrong(self, sentence: str) -> PointedError:
        return PointedError(sentence, self.text, self.at)
