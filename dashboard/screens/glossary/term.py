"""One term of the glossary."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A term, as plain data; texts are translated when they are shown.

    Attributes:
        name: the term.
        meaning: its definition, in a sentence or two of Markdown.
        at: the screen where one plays with it, with the choices to open it with: "norms?norms_view=ball".
        code: its names in PyTorch, pandas or Python, with commas between them.
        formula: in LaTeX.
        also: synonyms, with commas between them.
        finds: further words under which one looks for it, with commas between them.
        see: the names of related terms.
    """

    name: str
    meaning: str
    at: str
    code: str = ""
    formula: str = ""
    also: str = ""
    finds: str = ""
    see: tuple[str, ...] = ()
