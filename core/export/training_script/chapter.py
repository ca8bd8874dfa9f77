"""The chapters of an experiment: a title, a text, and the code. A script and a notebook consist of the same ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import getsource


@dataclass(frozen=True)
class Chapter:
    """A part of a script or a notebook.

    Attributes:
        title: plain text that never quotes the table.
        words: plain text that never quotes the table.
        code: Python.
    """

    title: str
    words: str
    code: str


def source(*functions: Callable[..., object]) -> str:
    """Return the source of functions, with two blank lines between them."""
    return "\n\n\n".join(getsource(function).rstrip() for function in functions)


def join(*blocks: str | Sequence[str]) -> str:
    """Join blocks of code, each a text or its lines, with a blank line between them; empty ones are left out."""
    texts = [block if isinstance(block, str) else "\n".join(block) for block in blocks]
    return "\n\n".join(text for text in texts if text)


def bind(*parts: str) -> str:
    """Join these parts of a script with two blank lines between them; empty ones are left out."""
    return "\n\n\n".join(part.strip("\n") for part in parts if part) + "\n"
