"""Pasted lines around a tensor: what is not part of it becomes spaces, so that every position stays."""

import re

from core.errors import PointedError
from core.language import _

_SIGNS = str.maketrans({chr(mark + 0xFEE0): chr(mark) for mark in range(0x21, 0x7F)} | {"\u3000": " ", "\ufeff": " "})
_COMMENT = re.compile(r"#[^\n\r]*")
_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.|In ?\[[\d ]*\]:|Out ?\[\d*\]:)", re.MULTILINE)
_NO_TENSOR = re.compile(r"^[ \t]*(?:import\b|from\b|[%!]|print\s*\()[^\n\r]*", re.MULTILINE)
_NAME = r"(?!nan\b|inf\b|true\b|false\b)[^\W\d]\w*"
_NAMED = re.compile(rf"^[ \t]*({_NAME})[ \t]*=(?!=)", re.MULTILINE | re.IGNORECASE)
_SHOWN = re.compile(rf"^[ \t]*{_NAME}(?:\.{_NAME})*(?:\((?:True|False)?\))?[ \t]*;?$", re.MULTILINE | re.IGNORECASE)


def plain_lines(text: str) -> str:
    """Return a text of the same length, in plain characters, with spaces for prompts, comments and imports."""
    plain = text.translate(_SIGNS)
    for pattern in (_COMMENT, _PROMPT, _NO_TENSOR):
        plain = pattern.sub(_spaces, plain)
    return plain


def without_shown(plain: str) -> str:
    """Return lines with spaces for those that only show a name or ask for its gradient."""
    return _SHOWN.sub(_spaces, plain)


def tensor_only(text: str) -> str:
    """Return a text of the same length with the tensor in its place, and spaces for what was pasted around it.

    That is the name that it was given, prompts, comments, imports, and lines after it that only show a name. Full-width
    characters become plain ones. Raises PointedError at the second of two names.

    >>> tensor_only("In [1]: A = arange(4)  # whole numbers").strip()
    'arange(4)'
    """
    plain = plain_lines(text)
    named = list(_NAMED.finditer(plain))
    if len(named) > 1:
        sentence = _("One tensor is needed here; got {first} and {second}. Keep one of them.")
        first, second = named[0][1], named[1][1]
        raise PointedError(sentence.format(first=first[:20], second=second[:20]), text, named[1].start(1))
    if not named:
        return plain if plain.strip() else text
    begins = named[0].end()
    return " " * begins + without_shown(plain[begins:])


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])
