"""The exceptions of the subject."""

from typing import Literal, TypeAlias

Limit: TypeAlias = Literal["bytes", "unpacked", "rows", "columns", "cells", "categories", "features", "work"]


class InputError(ValueError):
    """Input that cannot be used.

    The message is one sentence for the screen: what was needed, what was got, what to do.
    """


class LimitError(InputError):
    """Input that exceeds a limit of size or time.

    The message names the limit and what to do. `limit` says which limit it is, so that a screen can offer that; `most`
    is the limit, `came` the value that exceeds it. `names` are the columns of a table, where reading fewer helps.
    """

    def __init__(self, sentence: str, *, limit: Limit, most: int, came: int, names: tuple[str, ...] = ()) -> None:
        """Store the limit with the message."""
        super().__init__(sentence)
        self.limit, self.most, self.came, self.names = limit, most, came, names


class PointedError(InputError):
    """Text that cannot be parsed, with the position of the error.

    `position` counts characters of `text` from 0; it may be len(text), where something is missing at the end.
    """

    def __init__(self, sentence: str, text: str, position: int) -> None:
        """Store the text and the position with the message."""
        super().__init__(sentence)
        self.text, self.position = text, min(max(position, 0), len(text))

    @property
    def pointing(self) -> str:
        """Return the text around the position, and under it an arrow to the position; two lines of plain text.

        >>> print(PointedError("A number was needed.", "3*x + ", 6).pointing)
        3*x +
              ^
        """
        line_start = self.text.rfind("\n", 0, self.position) + 1
        start = max(line_start, self.position - 40)
        line_end = self.text.find("\n", self.position)
        end = min(len(self.text) if line_end < 0 else line_end, self.position + 40)
        before, after = "… " * (start > line_start), " …" * (end < len(self.text) and self.text[end] != "\n")
        shown = "".join(" " if mark.isspace() else mark for mark in self.text[start:end])
        return f"{before}{shown}{after}".rstrip() + "\n" + " " * (len(before) + self.position - start) + "^"
