"""The lines of a typed or pasted expression: inputs, named results, and the end that is differentiated."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.autograd.engine import CUT, Array
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.parser import VECTOR_FUNCTIONS, parse_expression
from core.calculus.expression.pasted import Line, listed, read_lines, short, skipped_remarks
from core.calculus.expression.reader import Callee, Scope, read
from core.calculus.expression.tree import Name, Node, Number, names_of, outgrown, renamed
from core.errors import InputError, PointedError
from core.formatting import format_list
from core.language import _, ngettext
from core.tensors import parse_tensor

KNOWN = {
    **{name: count for name, count in VECTOR_FUNCTIONS.items() if name not in FUNCTIONS or FUNCTIONS[name].slope},
    CUT: 1,
}
"""What torch has a derivative of, not a step; and detach, which has none by intent."""
MOST_LINES = 20
MOST_ENTRIES = 400  # of one input
MOST_CHARACTERS = 20  # of a name
TAKEN = ("torch", "print")  # by the lines that are shown
SHAPED = re.compile(r"(?:torch|np|numpy)\.(ones|zeros)_like\(\s*(\w+)\s*(?:,[^()]*)?\)")
_ASKS = re.compile(r"requires_grad\s*=\s*True")
_ONES = re.compile(
    r"(?:(?:gradient\s*=\s*)?(?:torch\.)?(?:ones(?:_like)?\((?:[^()]|\([^()]*\))*\)|tensor\(1\.?0?\))"
    r"|\w+\s*=\s*(?:True|False)|\s|,)*"
)


@dataclass(frozen=True)
class Statement:
    """One line that computes something.

    Attributes:
        name: of its result, or "" for the last one.
        root: the tree of its expression; positions are those in the whole text.
        place: the position of the line in the text.
    """

    name: str
    root: Node
    place: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the expression."""
        return names_of(self.root)


@dataclass(frozen=True, eq=False)
class Program:
    """What a text computes.

    Attributes:
        statements: the lines that compute something; the last one is differentiated.
        tensors: the inputs that the text itself gives a value, by name.
        remarks: what was done with lines that compute nothing, a sentence each.
    """

    statements: tuple[Statement, ...]
    tensors: Mapping[str, Array]
    remarks: tuple[str, ...]


def read_program(text: str) -> Program:
    """Read lines separated by line breaks or semicolons; all but the last name their result for later lines.

    Pasted code is read too: `x = torch.arange(4.0)` is an input with its value; the end is what the last `backward` is
    called on, and the lines that it needs are kept. Nothing is run.

    >>> [(line.name, line.names) for line in read_program("h = w*x + b; (h - y)**2").statements]
    [('h', ('w', 'x', 'b')), ('', ('h', 'y'))]
    >>> program = read_program("x = torch.arange(4.0, requires_grad=True)\\ny = x.sum()\\ny.backward()\\nx.grad")
    >>> program.tensors["x"].tolist(), [line.name for line in program.statements], program.remarks
    ([0.0, 1.0, 2.0, 3.0], ['y'], ('y.backward() is what Play shows: the graph is that of y.',))

    Raises PointedError for a line that is not an expression, for a result without a name, and for a name given twice or
    too late; InputError for an empty text or more than 20 lines.
    """
    if not text.strip(" \t\r\n;"):
        raise InputError(_("The expression is empty. Type one, such as 2*dot(x, x)."))
    lines = read_lines(text)
    return _Program(text, lines).program()


class _Program:
    """Reads lines from the first to the last."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text, self.lines = text, lines
        self.tensors: dict[str, Array] = {}
        self.asked = {line.name for line in lines if line.kind == "requires" and "False" not in line.source.text}
        self.asked |= {line.name for line in lines if line.kind == "tensor" and _ASKS.search(line.plain.text)}
        self.callees: dict[str, Callee | InputError] = {}
        self.backward = [line for line in lines if line.kind == "backward"]
        self.remarks: list[str] = []

    def program(self) -> Program:
        found: list[Statement] = []
        last = self.last()
        for line in self.lines:
            if line.kind == "tensor":
                self.take_tensor(line, found)
            elif line.kind == "function" and line is last:
                found += _body(self.text, line, self.callees)
            elif line.kind == "function":
                define(self.text, line, self.callees)
            elif line.kind == "value" or line is last:
                self.check_free(line.name, line.place)
                found.append(self.statement(line))
            if line is last:
                break
        if self.backward:
            found = self.needed(found)
        if len(found) > MOST_LINES:
            template = _("An expression may have at most {most} lines; this one has {got}. Remove some.")
            raise InputError(template.format(most=MOST_LINES, got=len(found)))
        self.check_names(found)
        return Program(tuple(found), self.tensors, (*self.about_verbs(), *self.about_inputs()))

    def last(self) -> Line:
        """Return the line whose value is differentiated."""
        if self.backward:
            return self.backward[-1]
        computing = [line for line in self.lines if line.kind in ("expression", "value", "function")]
        for line in computing[:-1]:
            if line.kind == "expression" and not line.plain.text.isidentifier():
                template = _("Only the last line may stand without a name. Give this one a name, such as u = {piece}.")
                raise PointedError(template.format(piece=short(line.plain.text)), self.text, line.place)
        computing = computing or [line for line in self.lines if line.prints]
        if computing:
            return computing[-1]
        for line in self.lines:
            if line.kind == "tensor":
                self.take_tensor(line, [])  # raises if it is no tensor
            elif len(self.lines) == 1 and line.kind in ("show", "printed"):
                read(self.text, line.source, Scope(None, KNOWN))  # raises, and points at what is wrong
        sentence = _("None of these lines is an expression to differentiate. Type one, such as 2*dot(x, x).")
        if self.tensors:
            sentence = _("These lines give values only. Add the expression to differentiate, such as y = 2*dot(x, x).")
        if any(line.kind == "block" for line in self.lines):
            sentence = _("Loops and branches are not run here. Type an expression, such as 2*dot(x, x); the lesson "
                         "“Loops and branches” differentiates a function that has them.")  # fmt: skip
        raise PointedError(sentence, self.text, self.lines[0].place if self.lines else 0)

    def statement(self, line: Line) -> Statement:
        if line.kind == "backward" and not _ONES.fullmatch(line.given):
            sentence = _("Put the weights of backward into the expression: (v * y).sum().backward().")
            raise PointedError(sentence, self.text, line.plain.places[-1])
        return Statement(line.name if line.kind == "value" else "", self.tree(line), line.place)

    def tree(self, line: Line) -> Node:
        return read(self.text, line.plain, Scope(None, KNOWN, {}, self.callees))

    def take_tensor(self, line: Line, found: list[Statement]) -> None:
        """Read the value of an input, such as `torch.arange(4.0)`."""
        self.check_name(line.name, found, line.place)
        value, _asks = read_tensor(self.text, line, self.tensors)
        others_asked = self.asked and line.name not in self.asked
        if value.ndim == 0 and others_asked:
            found.append(
                Statement(line.name, Number(line.plain.places[0], line.plain.places[-1], float(value)), line.place)
            )
            return
        self.tensors[line.name] = np.asarray(value, dtype=np.float64)
        if value.dtype.kind in "ib" and line.name in self.asked:
            sentence = _("PyTorch refuses requires_grad for whole numbers: write {name} with points, as in "
                         "torch.arange(4.0). Here they are taken as float64.")  # fmt: skip
            self.remarks.append(sentence.format(name=line.name))

    def needed(self, found: list[Statement]) -> list[Statement]:
        """Return the lines that the end needs; an end that is a name is the line of that name."""
        *before, end = found
        if isinstance(end.root, Name):
            named = next((at for at in reversed(range(len(before))) if before[at].name == end.root.id), None)
            if named is not None:
                *before, end = before[: named + 1]
        kept, wanted = [end], set(end.names)
        for one in reversed(before):
            if one.name in wanted:
                kept.insert(0, one)
                wanted = (wanted - {one.name}) | set(one.names)  # a name that is given anew hides the earlier one
        return kept

    def check_names(self, found: Sequence[Statement]) -> None:
        for number, one in enumerate(found):
            self.check_name(one.name, found[:number], one.place)
            if one.name and one.name in one.names:
                sentence = _("{name} is used in its own line, and a name keeps its value. Give the line another name.")
                raise PointedError(sentence.format(name=one.name), self.text, one.place)

    def check_name(self, name: str, before: Sequence[Statement], place: int) -> None:
        """Raise PointedError if a result takes a name that already has a meaning."""
        self.check_free(name, place)
        if name and any(name == line.name or name in line.names for line in before):
            template = _("{name} is already used above, and a name keeps its value. Give the line another name.")
            raise PointedError(template.format(name=name), self.text, place)

    def check_free(self, name: str, place: int) -> None:
        if name and not is_free(name):
            template = _("{name} already has a meaning here. Give the line another name.")
            raise PointedError(template.format(name=name), self.text, place)

    def about_verbs(self) -> list[str]:
        said: list[str] = []
        if self.backward:
            line = self.backward[-1]
            called, end = short(line.source.text), short(line.plain.text)
            said.append(_("{line} is what Play shows: the graph is that of {end}.").format(line=called, end=end))
        if len(self.backward) > 1:
            sentence = ngettext(
                "The lines have {count} backward pass; the graph is that of the last one.",
                "The lines have {count} backward passes; the graph is that of the last one.",
                len(self.backward),
            )
            said.append(sentence.format(count=len(self.backward)))
        zeroed = list(dict.fromkeys(short(line.source.text) for line in self.lines if line.kind == "zero"))
        if zeroed:
            sentence = ngettext(
                "{lines} empties what earlier passes added up; the graph here always starts empty.",
                "{lines} empty what earlier passes added up; the graph here always starts empty.",
                len(zeroed),
            )
            said.append(sentence.format(lines=listed(zeroed)))
        return [*said, *skipped_remarks(self.lines)]

    def about_inputs(self) -> list[str]:
        silent = [name for name in self.tensors if self.asked and name not in self.asked]
        if silent:
            sentence = _(
                "PyTorch computes no gradient for {names} without requires_grad=True; here every input has one."
            )
            self.remarks.append(sentence.format(names=format_list(silent)))
        elif self.tensors and not self.asked and self.backward:
            sentence = _("PyTorch needs requires_grad=True for {names} before backward; here every input has it.")
            self.remarks.append(sentence.format(names=format_list(self.tensors)))
        return self.remarks


def read_tensor(text: str, line: Line, known: Mapping[str, np.ndarray]) -> tuple[np.ndarray, bool]:
    """Return the value of an input such as `torch.arange(4.0)`, and whether it asks for a gradient.

    `known` are the tensors whose shape `torch.ones_like(x)` may take. Raises PointedError if there is no such value.
    """
    written, places = line.plain.text, line.plain.places
    asks = _ASKS.search(written) is not None
    like = SHAPED.fullmatch(written)
    if like and like[2] in known:
        return np.full(known[like[2]].shape, float(like[1] == "ones")), asks
    try:
        value = parse_tensor(written, most_axes=2, most_cells=MOST_ENTRIES)
    except PointedError as problem:
        raise PointedError(str(problem), text, places[min(problem.position, len(written))]) from None
    if value.size == 0:
        sentence = _("{name} has no entries. Give it at least one.")
        raise PointedError(sentence.format(name=line.name), text, places[0])
    return value, asks


def define(text: str, line: Line, callees: dict[str, Callee | InputError]) -> None:
    """Keep a function that the text defines for the lines after it, or why it cannot be read."""
    try:
        *before, end = _body(text, line, callees)
        values: dict[str, Node] = {}
        for one in before:
            values[one.name] = renamed(one.root, values)
        root = renamed(end.root, values)
        if outgrown(root):
            sentence = _("With its definitions put in their places this expression is too long. Shorten it.")
            raise PointedError(sentence, text, line.place)
        callees[line.name] = Callee(tuple(name for name, plain in line.parameters if plain is None), root)
    except InputError as problem:
        callees[line.name] = problem


def _body(text: str, line: Line, callees: Mapping[str, Callee | InputError]) -> list[Statement]:
    """Return the lines of a function; the last one is what it returns."""
    given = [Statement(name, read(text, plain, Scope((), KNOWN)), line.place)
             for name, plain in line.parameters if plain is not None]  # fmt: skip
    for inner in line.body:
        if inner.kind != "value":
            sentence = _("A function needs lines such as u = x**2 here, and a return.")
            raise PointedError(sentence, text, inner.place)
    scope = Scope(None, KNOWN, {}, callees)
    inside = [Statement(inner.name, read(text, inner.plain, scope), inner.place) for inner in line.body]
    return [*given, *inside, Statement("", read(text, line.plain, scope), line.plain.places[0])]


def is_free(name: str) -> bool:
    """Return whether a value can have this name: not a function, not a number such as pi, and not torch or print."""
    if name in TAKEN or len(name) > MOST_CHARACTERS:
        return False
    try:
        return isinstance(parse_expression(name, functions=KNOWN).root, Name)
    except InputError:
        return False
