"""Typed and pasted characters in plain ASCII: full-width ones, typographic signs, superscripts, prompts, comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNS = {
    **dict.fromkeys("−–—‒‑‐", "-"),
    **dict.fromkeys("×·⋅∗✕•∙", "*"),
    **dict.fromkeys("÷∕", "/"),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),  # invisible
    **{chr(mark + 0xFEE0): chr(mark) for mark in range(0x21, 0x7F)},  # full-width
}
_UP = {mark: plain for plain, mark in zip("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", strict=True)}
_RAISED = re.compile(f"[{''.join(_UP)}]+")
_PROMPT = re.compile(r"[ \t]*(?:>>>|In ?\[[\d ]*\]:|\.\.\.:)[ ]?")
_SESSION_PROMPT = re.compile(r"[ \t]*(?:>>>|\.\.\.)[ ]?")
_LONG_TEXT = re.compile(r"('{3}|\"{3}).*?\1", re.DOTALL)
_PRINTED = re.compile(r"[ \t]*Out ?\[\d*\]:")


@dataclass(frozen=True)
class Plain:
    """A text in plain characters, each of which knows its position in the typed text.

    Attributes:
        text: the characters.
        places: the position of each, and that of the end: one more.
    """

    text: str
    places: tuple[int, ...]

    def cut(self, start: int, end: int) -> "Plain":
        """Return a part of it, without the spaces around it."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = max(start, end - (len(piece) - len(piece.rstrip())))
        return Plain(self.text[start:end], self.places[start : end + 1])

    def after(self, head: str) -> "Plain":
        """Return what follows a beginning of it."""
        return self.cut(len(head), len(self.text))

    def spaced(self) -> "Plain":
        """Return it on one line."""
        text = re.sub(r"\\(?=[ \t]*[\r\n])", " ", self.text)
        return Plain("".join(" " if mark.isspace() else mark for mark in text), self.places)


def plain_text(text: str) -> Plain:
    """Return a text in plain characters; x² becomes x**2, and what has no plain form stays.

    >>> plain_text("２×（x²）").text
    '2*(x**2)'
    """
    marks: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        raised = _RAISED.match(text, at)
        if raised:
            power = "".join(_UP[mark] for mark in raised[0])
            new, end = f"**{power}" if power.isdecimal() else f"**({power})", raised.end()
        else:
            new, end = _SIGNS.get(text[at], text[at]), at + 1
        marks.append(new)
        places += [at] * len(new)
        at = end
    return Plain("".join(marks), (*places, len(text)))


def without_prompts(plain: Plain) -> Plain:
    """Return pasted lines without `>>> `, `... ` and `In [3]: `, comments and texts of many lines; `Out[3]:` is kept.

    In a session with `>>> ` a line without a prompt is a printed answer, and is marked with `Out[]:`.
    """
    plain = Plain(_LONG_TEXT.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), plain.text), plain.places)
    starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", plain.text))]
    session = any(re.match(r"[ \t]*>>> ?", plain.text[start : start + 80]) for start in starts)
    marks: list[str] = []
    places: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(plain.text)], strict=True):
        prompt = (_SESSION_PROMPT if session else _PROMPT).match(plain.text, start, end)
        if session and not prompt and plain.text[start:end].strip() and not _PRINTED.match(plain.text, start, end):
            marks.append("Out[]:")
            places += [plain.places[start]] * 6
        begin = prompt.end() if prompt else start
        stop = _comment(plain.text, begin, end)
        marks += [plain.text[begin:stop], "\n" if end < len(plain.text) else ""]
        places += plain.places[begin:stop]
        places += [plain.places[stop]] * (end < len(plain.text))
    return Plain("".join(marks), (*places, plain.places[-1]))


def _comment(text: str, start: int, end: int) -> int:
    """Return where a comment begins, or else where the line ends."""
    quote = ""
    for at in range(start, end):
        mark = text[at]
        if mark in "'\"" and quote in ("", mark):
            quote = "" if quote else mark
        elif (mark == "#" and not quote) or mark in "\r\n":
            return at
    return end


def printed(line: str) -> bool:
    """Return whether a line is an answer that was printed, not code."""
    return bool(_PRINTED.match(line) or re.match(r"(?:tensor|array)\(", line))


def only_a_number(line: str) -> bool:
    """Return whether a line is nothing but a number, True, False or None, as answers are."""
    return re.fullmatch(r"[+-]?[\d.]+(?:e[+-]?\d+)?|True|False|None", line) is not None


def logical_lines(plain: Plain) -> Iterator[tuple[Plain, int]]:
    """Yield the lines of a text, each with its indentation: -1 for one that begins within a line of the text.

    Lines end at line breaks outside brackets and at semicolons; one that begins or ends with an operator between two
    others is part of them. A field of one line joins what is pasted: `def`, `return` and `import` begin a line too.
    """
    text, begun, depth, quote = plain.text, 0, 0, ""
    fresh = True
    for mark in _MARKS.finditer(text):
        piece, at = mark[0], mark.start()
        if quote or piece in "'\"":
            quote = "" if piece == quote or piece in "\r\n" else quote or piece
            if piece not in "\r\n":
                continue
        if piece in "([{":
            depth += 1
        elif piece in ")]}":
            depth -= 1
        elif depth <= 0 or piece in _STARTERS:
            before = text[begun:at].strip() if piece in _STARTERS else ""
            if piece in _STARTERS and (not before or (piece == "import" and before.startswith("from"))):
                continue
            if piece in "\r\n" and _goes_on(text, begun, at, mark.end()):
                continue
            line = plain.cut(begun, at)
            if line.text:
                yield line, _indent(text, begun) if fresh else -1
            fresh, depth = piece in "\r\n", 0
            begun = at if piece in _STARTERS else mark.end()
    line = plain.cut(begun, len(text))
    if line.text:
        yield line, _indent(text, begun) if fresh else -1


_STARTERS = ("def", "return", "import", "from")
_MARKS = re.compile(r"[\[\](){}'\"\r\n;]|(?<![\w.])(?:def|return|import|from)(?![\w(])")
_ENDS_OPEN = re.compile(r"(?:[*/@+\-(,]|\\)\s*\Z")
_BEGINS_OPEN = re.compile(r"\s*(?:[*/@),]|\.(?=[^\W\d])|(?P<sign>[+-]))")
_ASSIGNS = re.compile(r"\s*[^\W\d]\w*\s*=(?!=)")


def _goes_on(text: str, begun: int, at: int, after: int) -> bool:
    """Return whether a line goes on after a line break."""
    line = text[begun:at]
    if not line.strip() or line.lstrip().startswith(("%", "!", "Out[")):
        return False
    if _ENDS_OPEN.search(line[-40:]):
        return True
    follows = _BEGINS_OPEN.match(text, after)
    return follows is not None and not (follows["sign"] and (_ASSIGNS.match(line) or line.rstrip().endswith(":")))


def _indent(text: str, begun: int) -> int:
    count = 0
    while begun < len(text) and text[begun] in " \t\r\n":
        count = 0 if text[begun] in "\r\n" else count + 1
        begun += 1
    return count
