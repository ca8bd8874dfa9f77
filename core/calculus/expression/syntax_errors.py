"""Why a text is not an expression: one sentence, and the position."""

import re
from collections.abc import Mapping
from keyword import iskeyword

from core.calculus.expression.characters import Plain
from core.errors import PointedError
from core.language import _

_SIGNS = frozenset(" +-*/@().,_")
_TOKEN = re.compile(
    r"(?P<number>(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)|(?P<open>\()|(?P<close>\))|(?P<sign>\*\*|\S)"
)
_ENDS, _BEGINS = ("number", "name", "close"), ("number", "name", "open")  # the tokens an operand ends and begins with
_LONGEST_QUOTE = 30


def quoted(piece: str) -> str:
    """Return a piece of the text, short enough for a sentence."""
    return piece if len(piece) <= _LONGEST_QUOTE else piece[: _LONGEST_QUOTE - 1] + "…"


def _hints() -> Mapping[str, str]:
    """Return hints for characters that are easily typed by mistake."""
    power = _("A power is written with two asterisks: x**2.")
    return {
        "^": power,
        "=": _("Type only what stands to the right of the equals sign."),
        "√": _("A square root is written sqrt(x)."),
        "|": _("The absolute value is written abs(x)."),
        "[": _("Use round brackets, ( and )."),
        "{": _("Use round brackets, ( and )."),
        "'": _("Text is not allowed here; leave out the quotation marks."),
        '"': _("Text is not allowed here; leave out the quotation marks."),
        "<": _("A comparison has no derivative; use numbers, names and + - * / **."),
        ">": _("A comparison has no derivative; use numbers, names and + - * / **."),
    }


def check_characters(text: str, plain: Plain) -> None:
    """Raise PointedError at the first character of `plain`, a part of the text, that no expression can have."""
    places = plain.places
    for position, mark in enumerate(plain.text):
        if mark in _SIGNS or f"a{mark}".isidentifier():
            continue
        hint = _hints().get(mark)
        if hint is None:
            shown = mark if mark.isprintable() else f"U+{ord(mark):04X}"
            sentence = _("The character {mark} is not allowed here. Use numbers, names, + - * / ** and round brackets.")
            hint = sentence.format(mark=shown)
        raise PointedError(hint, text, places[position])
    for word in re.finditer(r"[^\W\d]\w*", plain.text):
        if iskeyword(word[0]):
            sentence = _("{word} is a keyword of Python and cannot be a name. Choose another name.")
            raise PointedError(sentence.format(word=word[0]), text, places[word.start()])
    for number in re.finditer(r"(?<![\w.])\.?\d[\w.]*", plain.text):
        readable = re.match(r"[\d_.]*([eE][\d_]*$|[eE]\d[\d_]*)?", number[0])
        if readable and readable.end() < len(number[0]):
            raise PointedError(_missing_sign(), text, places[number.start() + readable.end()])
    _check_brackets(text, plain)


def _missing_sign() -> str:
    return _("An operator is missing before this: a product is written 3*x, a function sin(x).")


def _check_brackets(text: str, plain: Plain) -> None:
    opened: list[int] = []
    for position, mark in zip(plain.places, plain.text, strict=False):
        if mark == "(":
            opened.append(position)
        elif mark == ")":
            if not opened:
                raise PointedError(_("This closing bracket has no opening bracket. Remove it."), text, position)
            opened.pop()
    if opened:
        raise PointedError(_("This bracket is not closed. Add a ) where it should end."), text, opened[-1])


def explain_syntax_error(problem: Exception, text: str, plain: Plain) -> PointedError:
    """Return the explanation of a syntax error: from the tokens, or else from where Python's parser stopped."""
    if not isinstance(problem, SyntaxError) or "parenthes" in str(problem):
        return PointedError(
            _("The brackets and operators are nested too deep. Shorten the expression."), text, plain.places[0]
        )
    sentence, position = _between_tokens(plain.text) or _where_python_stopped(problem, plain.text)
    return PointedError(sentence, text, plain.places[min(position, len(plain.text))])


def _where_python_stopped(problem: SyntaxError, plain: str) -> tuple[str, int]:
    lead = len(plain) - len(plain.lstrip())
    sentence = _("From here on this is not an expression. Type one, such as 3*x**2 - 4*x.")
    return sentence, lead + max(problem.offset or 1, 1) - 1


def _between_tokens(plain: str) -> tuple[str, int] | None:
    """Return what is wrong between two neighbouring tokens, and where; None if nothing is."""
    last = "sign"
    for token in _TOKEN.finditer(plain):
        kind = token.lastgroup or "sign"
        if last in _ENDS and kind in _BEGINS and (last, kind) != ("name", "open"):
            return _missing_sign(), token.start()
        if last in ("sign", "open") and (kind == "close" or token[0] in ("*", "/", "**", "@", ",")):
            return _("A number, a name or a function is missing before this."), token.start()
        last = kind
    if last == "sign":
        return _("Something is missing at the end: a number, a name or a function."), len(plain)
    return None
