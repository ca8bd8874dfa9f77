"""What a person types to be differentiated: lines such as `h = w*x + b`, the last of which is the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.calculus.expressions import VECTOR_FUNCTIONS, Expression, parse_expression
from core.calculus.functions import FUNCTIONS
from core.calculus.tree import Name
from core.errors import InputError, PointedError
from core.language import _

KNOWN = {name: count for name, count in VECTOR_FUNCTIONS.items() if name not in FUNCTIONS or FUNCTIONS[name].slope}
"""What torch has a derivative of: not a step."""
MOST_LINES = 20
_NAMED = re.compile(r"\s*([^\W\d]\w{0,19})\s*=(?!=)")
_LINE_ENDS = re.compile(r"[\n\r;]+")


@dataclass(frozen=True)
class Statement:
    """One line: the name of its result, or "" for the last one, its expression, and where that begins in the text."""

    name: str
    expression: Expression
    start: int


def read_statements(text: str) -> tuple[Statement, ...]:
    """Read lines that end in a line break or a semicolon; all but the last give their result a name for later lines.

    >>> [(line.name, line.expression.names) for line in read_statements("h = w*x + b; (h - y)**2")]
    [('h', ('w', 'x', 'b')), ('', ('h', 'y'))]

    Raises PointedError for what is no expression, for a result without a name, and for a name given twice or too late;
    InputError for an empty text or more than 20 lines.
    """
    pieces = list(_pieces(text))
    if not pieces:
        raise InputError(_("An expression was needed and there is none. Type one, such as 2*dot(x, x)."))
    if len(pieces) > MOST_LINES:
        told = _("An expression may have {most} lines; this one has {came}. Take fewer.")
        raise InputError(told.format(most=MOST_LINES, came=len(pieces)))
    statements: list[Statement] = []
    for number, (piece, start) in enumerate(pieces, start=1):
        statement = _read(piece, start, text)
        if not statement.name and number < len(pieces):
            told = _("Only the last line may go without a name. Give this one a name, such as u = {piece}")
            raise PointedError(told.format(piece=piece.strip()[:40]), text, start + len(piece) - len(piece.lstrip()))
        _check_name(statement.name, statements, text, start + len(piece) - len(piece.lstrip()))
        statements.append(statement)
    return tuple(statements)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    place = 0
    for end in [*_LINE_ENDS.finditer(text), None]:
        piece = text[place : end.start() if end else len(text)]
        if piece.strip():
            yield piece, place
        place = end.end() if end else len(text)


def _read(piece: str, start: int, text: str) -> Statement:
    named = _NAMED.match(piece)
    begins = named.end() if named else 0
    try:
        expression = parse_expression(piece[begins:], functions=KNOWN)
    except PointedError as problem:
        raise PointedError(str(problem), text, start + begins + problem.position) from None
    except InputError as problem:
        raise PointedError(str(problem), text, start + begins) from None
    return Statement(named[1] if named else "", expression, start + begins)


def _check_name(name: str, before: list[Statement], text: str, place: int) -> None:
    """Raise PointedError if a result takes a name that already means something."""
    if name and not is_free(name):
        told = _("{name} already has a meaning here. Give the line another name.")
    elif name and any(name == line.name or name in line.expression.names for line in before):
        told = _("{name} is already used above, and a value never changes. Give the line another name.")
    else:
        return
    raise PointedError(told.format(name=name), text, place)


def is_free(name: str) -> bool:
    """Say whether a name can be given to a value: it is no function, and no number such as pi."""
    try:
        return isinstance(parse_expression(name, functions=KNOWN).root, Name)
    except InputError:
        return False
