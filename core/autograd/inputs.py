"""Typed values for the names of an expression: lines such as `x = [0, 1, 2, 3]`."""

import re

import numpy as np

from core.autograd.engine import Array
from core.autograd.statements import MOST_ENTRIES, is_free
from core.errors import InputError, PointedError
from core.language import _
from core.tensors import parse_tensor, plain_lines, without_shown

MOST_INPUTS = 20
MOST_CHARACTERS = 200_000  # of what is searched for pasted lines
_NAMED = re.compile(r"^[ \t]*([^\W\d]\w{0,19})[ \t]*=[ \t]*", re.MULTILINE)


def read_inputs(text: str) -> dict[str, Array]:
    """Return each name's number, vector or matrix, as float64: the text after `name =`, also on further lines.

    >>> {name: value.tolist() for name, value in read_inputs("x = 1 2 3\\nA = 1 2\\n3 4").items()}
    {'x': [1.0, 2.0, 3.0], 'A': [[1.0, 2.0], [3.0, 4.0]]}

    Pasted lines are read too: `x = torch.arange(4.0)`; prompts, comments, imports, and lines such as
    `x.requires_grad_(True)` are skipped. An empty text gives no inputs.
    Raises PointedError for a line before any name, a name given twice or that is a function, and a value that cannot be
    read, is empty, or has more than two axes or 400 entries; InputError for too many names.
    """
    plain = without_shown(plain_lines(text)) if len(text) <= MOST_CHARACTERS else text
    found = list(_NAMED.finditer(plain))
    first = found[0].start() if found else len(text)
    if plain[:first].strip():
        sentence = _("Give each value by name, one on a line, such as x = 1 2 3.")
        raise PointedError(sentence, text, len(text) - len(text.lstrip()))
    if len(found) > MOST_INPUTS:
        raise InputError(_("At most {most} names are allowed; remove some.").format(most=MOST_INPUTS))
    values: dict[str, Array] = {}
    ends = [after.start() for after in found[1:]] + [len(text)] * bool(found)
    for here, end in zip(found, ends, strict=True):
        _check(here[1], values, text, here.start(1))
        values[here[1]] = _value(here[1], plain, here.end(), end)
    return values


def _check(name: str, values: dict[str, Array], text: str, place: int) -> None:
    if not is_free(name):
        template = _("{name} already has a meaning here. Give the value another name.")
    elif name in values:
        template = _("{name} is given twice. Remove one of the two.")
    else:
        return
    raise PointedError(template.format(name=name), text, place)


def _value(name: str, text: str, start: int, end: int) -> Array:
    piece = text[start:end].rstrip()
    try:
        array = np.asarray(parse_tensor(piece, most_axes=2, most_cells=MOST_ENTRIES), dtype=np.float64)
    except PointedError as problem:
        raise PointedError(str(problem), text, start + problem.position) from None
    if array.size == 0:
        template = _("{name} has no entries. Give it at least one.")
        raise PointedError(template.format(name=name), text, start)
    return array
