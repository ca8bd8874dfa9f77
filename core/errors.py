"""The exceptions of the subject."""

from typing import Literal, TypeAlias

Limit: TypeAlias = Literal["bytes", "unpacked", "rows", "columns", "cells", "categories", "features", "work"]


class InputError(ValueError):
    """Input that cannot be used.

    The message is one sentence fit for the screen: what was needed, what came, what to do.
    """


class LimitError(InputError):
    """Input larger than what this program takes on, so that nobody can bring it down.

    The sentence names the limit and a way on. `limit` says which limit it is, so that a screen can offer that way;
    `most` is the limit, `came` what came. `names` are the columns of a table, where reading fewer of them is a way on.
    """

    def __init__(self, sentence: str, *, limit: Limit, most: int, came: int, names: tuple[str, ...] = ()) -> None:
        """Keep the limit beside the sentence."""
        super().__init__(sentence)
        self.limit, self.most, self.came, self.names = limit, most, came, names
