"""Pasted code as lines of known kinds: results with a name, functions, an expression, and verbs such as `y.backward()`.

Nothing is run. What no formula can have (imports, loops, drawings) is listed with its reason, and skipped.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from core.calculus.expression.characters import (
    Plain,
    logical_lines,
    only_a_number,
    plain_text,
    printed,
    without_prompts,
)
from core.errors import InputError, PointedError
from core.formatting import format_count, format_list
from core.language import _

Kind: TypeAlias = Literal[
    "expression", "value", "tensor", "function", "backward", "show", "zero", "requires", "import", "setting", "drawing",
    "block", "printed",
]  # fmt: skip
MOST_CHARACTERS = 10_000  # of everything that is pasted at once
MOST_LINES = 400
_NAME = r"[^\W\d]\w*"
_DEF = re.compile(rf"def\s+({_NAME})\s*\(([^()]*)\)\s*(?:->[^:]*)?:")
_LAMBDA = re.compile(rf"(?:({_NAME})\s*=\s*)?lambda\b([^:()]*):")
_BLOCK = re.compile(r"(?:for|while|if|elif|else|with|class|try|except|finally)\b(?=.*:|\s)", re.DOTALL)
_ELSE = re.compile(r"(?:else|elif|except|finally)\b")
_SETTING = re.compile(
    r"(?:(?:torch|np|numpy|pd|random)\.(?:random\.)?(?:set_|seed|manual_seed|cuda\b|backends\b|use_)|[%!?]|plt\.rc)"
)
_DRAWING = re.compile(
    r"(?:plt|d2l|sns|display|backend_inline)\.|fig\s*,|"
    r"(?:plot|display|set_figsize|set_axes|use_svg_display|help|dir|type)\s*\("
)
_PRINT = re.compile(r"print\s*\((.*)\)\s*", re.DOTALL)
_BACKWARD = re.compile(r"(.*\S)\s*\.\s*backward\s*\((.*)\)", re.DOTALL)
_ZERO = re.compile(rf"({_NAME})\.grad\s*(?:\.data)?(?:\.zero_\s*\(\s*\)|=\s*None)")
_REQUIRES = re.compile(rf"({_NAME})\.(?:requires_grad_\s*\(.*\)|requires_grad\s*=\s*\w+|retain_grad\s*\(\s*\))")
_RETURN = re.compile(r"return\b\s*")
_CHANGED = re.compile(rf"({_NAME})\s*(?:\*\*|//|[-+*/@%])=")
_SEVERAL = re.compile(rf"(?:{_NAME}\s*,\s*)+{_NAME}\s*=(?!=)")
_ASSIGNED = re.compile(rf"({_NAME})\s*(?::[^=()]*)?=(?!=)\s*")
_TENSOR = re.compile(
    r"(?:(?:torch|np|numpy|jnp|mx\.np)\.)(?:tensor|array|asarray|as_tensor|Tensor|FloatTensor|arange|linspace|ones|"
    r"zeros|ones_like|zeros_like|eye|full|rand\w*|normal|random\.\w+)\s*\(|\[|(?:tensor|arange|ones|zeros|eye)\s*\("
)
_COMPARISON = re.compile(r"[^=<>!]+(?:==|!=|[<>]=?)[^=<>]+")
_GRADIENT = re.compile(rf"{_NAME}\.grad")


@dataclass(frozen=True)
class Line:
    """One line of pasted code.

    Attributes:
        kind: what it is.
        source: all of it.
        plain: the expression in it: the right side, what is shown, what backward is called on, what is returned.
        name: of its result, or of the tensor that it changes; "" if there is none.
        parameters: of a function, with the expressions of those that have a value already.
        body: of a function, the results with a name before it returns.
        given: what `backward` is called with.
    """

    kind: Kind
    source: Plain
    plain: Plain
    name: str = ""
    parameters: tuple[tuple[str, Plain | None], ...] = ()
    body: tuple["Line", ...] = ()
    given: str = ""

    @property
    def prints(self) -> bool:
        """Whether it is a call of print, in whose brackets an expression may stand."""
        return self.kind == "show" and self.plain is not self.source

    @property
    def place(self) -> int:
        """The position of the line in the typed text."""
        return self.source.places[0]


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of typed or pasted text, each with its kind.

    Raises PointedError for lines that change a value (`y += 1`, `a, b = 1, 2`) and for more than 10,000 characters,
    InputError for more than 400 lines.

    >>> [(line.kind, line.plain.text) for line in read_lines("%matplotlib inline\\ny = x.sum()  # 6\\ny.backward()")]
    [('setting', ''), ('value', 'x.sum()'), ('backward', 'y')]
    """
    if len(text) > MOST_CHARACTERS:
        sentence = _("At most {most} characters can be read here; this text has {got}. Paste the lines that matter.")
        got = format_count(len(text))
        raise PointedError(sentence.format(most=format_count(MOST_CHARACTERS), got=got), text, MOST_CHARACTERS)
    pieces = list(logical_lines(without_prompts(plain_text(text))))
    if len(pieces) > MOST_LINES:
        sentence = _("At most {most} lines can be read here; this text has {got}. Paste the lines that matter.")
        raise InputError(sentence.format(most=MOST_LINES, got=format_count(len(pieces))))
    lines = _lines(pieces, text)
    answers = [line.kind == "expression" and len(lines) > 1 and only_a_number(line.source.text) for line in lines]
    return tuple(replace(line, kind="printed") if answer else line for line, answer in zip(lines, answers, strict=True))


def _lines(pieces: Sequence[tuple[Plain, int]], text: str) -> list[Line]:
    found: list[Line] = []
    at = 0
    while at < len(pieces):
        piece, indent = pieces[at]
        at += 1
        if defined := _DEF.match(piece.text):
            line, used = _function(piece, defined, pieces[at:], indent, text)
            found.append(line)
            at += used
        elif _BLOCK.match(piece.text):
            found.append(Line("block", piece, piece.cut(0, 0)))
            while at < len(pieces) and (
                pieces[at][1] > max(indent, 0) or re.match(r"el(?:se|if)\b", pieces[at][0].text)
            ):
                at += 1
        else:
            found.append(_line(piece, text))
    return found


def _line(piece: Plain, text: str) -> Line:
    """Return a line that is not the head of others."""
    written = piece.text
    nothing = piece.cut(0, 0)
    if printed(written):
        return Line("printed", piece, piece)
    if re.match(r"(?:import|from)\b", written):
        return Line("import", piece, nothing)
    if _SETTING.match(written):
        return Line("setting", piece, nothing)
    if _DRAWING.match(written):
        return Line("drawing", piece, nothing)
    if shown := _PRINT.fullmatch(written):
        return Line("show", piece, piece.cut(*shown.span(1)))
    if called := _BACKWARD.fullmatch(written):
        return Line("backward", piece, piece.cut(*called.span(1)), given=called[2].strip())
    if zeroed := _ZERO.fullmatch(written):
        return Line("zero", piece, nothing, zeroed[1])
    if asked := _REQUIRES.fullmatch(written):
        return Line("requires", piece, nothing, asked[1])
    if taken := _LAMBDA.match(written):
        return Line("function", piece, piece.after(taken[0]), taken[1] or "", _parameters(piece, taken.span(2), text))
    if returned := _RETURN.match(written):
        return Line("expression", piece, piece.after(returned[0]))
    if changed := _CHANGED.match(written):
        sentence = _("A name keeps its value here. Give the new value of {name} a name of its own.")
        raise PointedError(sentence.format(name=changed[1]), text, piece.places[changed.end(1)])
    if several := _SEVERAL.match(written):
        sentence = _("One name at a time: give each value a line of its own, such as x = 1.")
        raise PointedError(sentence, text, piece.places[several.end() - 1])
    if named := _ASSIGNED.match(written):
        value = piece.after(named[0])
        return Line("tensor" if _TENSOR.match(value.text) else "value", piece, value, named[1])
    if _COMPARISON.fullmatch(written) or _GRADIENT.fullmatch(written):
        return Line("show", piece, piece)
    return Line("expression", piece, piece)


def _function(
    head: Plain, defined: re.Match[str], after: Sequence[tuple[Plain, int]], indent: int, text: str
) -> tuple[Line, int]:
    """Return a function, and how many of the lines after its head are its own."""
    pieces: list[tuple[Plain, int]] = []
    rest = head.after(defined[0])
    if rest.text:
        pieces.append((rest, -1))
    used = 0
    for piece, own in after:
        if rest.text or (0 <= own <= max(indent, 0)):
            break
        pieces.append((piece, own))
        used += 1
        if own == -1 and _RETURN.match(piece.text):
            break
    *before, last = pieces or [(head.cut(0, 0), -1)]
    returned = _RETURN.match(last[0].text)
    parameters = _parameters(head, defined.span(2), text)
    if returned is None or any(_BLOCK.match(piece.text) for piece, _own in before):
        return Line("block", head, head.cut(0, 0), defined[1]), used
    body = tuple(line for line in (_line(piece, text) for piece, _own in before if not _is_text(piece)))
    return Line("function", head, last[0].after(returned[0]), defined[1], parameters, body), used


def _is_text(piece: Plain) -> bool:
    """Return whether a line is a docstring."""
    return piece.text[:1] in ("'", '"')


def _parameters(head: Plain, span: tuple[int, int], text: str) -> tuple[tuple[str, Plain | None], ...]:
    """Return the names between the brackets, with what each of them is already."""
    found: list[tuple[str, Plain | None]] = []
    for part in re.finditer(r"[^,]+", head.text[span[0] : span[1]]):
        piece = head.cut(span[0] + part.start(), span[0] + part.end())
        named = re.match(rf"({_NAME})\s*(?::[^=]*)?(=\s*)?", piece.text)
        if named is None:
            sentence = _("A function of names was needed here, such as def f(x): return x**2.")
            raise PointedError(sentence, text, piece.places[0])
        if named.end() < len(piece.text) and not named[2]:
            raise PointedError(_("A comma is missing between these names."), text, piece.places[named.end()])
        found.append((named[1], piece.after(named[0]) if named[2] else None))
    return tuple(found)


def skipped_remarks(lines: Iterable[Line]) -> list[str]:
    """Return a sentence for each kind of line that is skipped, and quote them."""
    templates = {
        "import": _("Imports are not needed here and are skipped: {lines}."),
        "setting": _("Settings of a session are not needed here and are skipped: {lines}."),
        "drawing": _("Drawing is skipped: {lines}."),
        "block": _("Loops and branches are not run here, so these lines are skipped: {lines}."),
        "printed": _("Printed answers are skipped: {lines}."),
    }
    quotes: dict[str, list[str]] = {}
    for line in lines:
        if line.kind in templates:
            quotes.setdefault(line.kind, []).append(short(line.source.text))
    return [templates[kind].format(lines=listed(found)) for kind, found in quotes.items()]


def listed(quotes: Sequence[str], most: int = 3) -> str:
    """Return lines that are quoted in a sentence, the first of them if they are many."""
    return format_list([*quotes[:most], *["…"] * (len(quotes) > most)])


def short(written: str, most: int = 40) -> str:
    """Return a line as it is quoted in a sentence."""
    one = " ".join(written.split()).removeprefix("Out[]:").strip()
    return one if len(one) <= most else one[: most - 1] + "…"
