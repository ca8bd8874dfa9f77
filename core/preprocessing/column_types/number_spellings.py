"""Numbers as people and programs spell them beyond marks and units: 1.2k, 310,50-, 12.3[1], 12.5 b, € 5,-, ١٢٫٥.

Each spelling is a few replacements in the cells that leave numbers as `number_pattern` knows them. A column gets those
that occur in it, and only if all of its cells are numbers then.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from core.language import _
from core.preprocessing.column_types.arrow_text import matches

Steps = tuple[tuple[str, str], ...]

ZEROS = "٠۰०০๐０"  # of digits that are not ASCII, each followed by one to nine
SIGNS_OF_DIGITS = (("٫", "."), ("٬", ""), ("％", "%"), ("٪", "%"), ("．", "."), ("，", ","), ("－", "-"))
DIRECTIONS = "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
NUMBER = r"[^0-9a-zA-Z]*[0-9][0-9.,'’ ]*"
POWERS = (("[kK]|тыс\\.?|Tsd\\.?", "3"), ("[mM]|mn|MM|[mM]io\\.?|млн\\.?", "6"), ("[bB]|bn|[mM]rd\\.?|млрд\\.?", "9"))
FLAGS = "[bcdefinprsuz]{1,3}"  # of Eurostat and the OECD
NO_VALUE = ":"


@dataclass(frozen=True)
class Spelling:
    """Replacements that occur together.

    Attributes:
        pattern: a cell that has the spelling matches it from end to end.
        steps: the replacements, as pairs of a pattern and what takes its place.
        sentence: returns the note, with places for `name` and `cell`.
        is_optional: whether some cells have to be without it: in every cell it is a unit.
    """

    pattern: str
    steps: Steps
    sentence: Callable[[], str]
    is_optional: bool = False


def _digits() -> list[Spelling]:
    def sentence() -> str:
        return _("{name}: digits such as those in {cell} were read as 0 to 9.")

    spellings = []
    for zero in ZEROS:
        digits = [chr(ord(zero) + value) for value in range(10)]
        steps = tuple((digit, str(value)) for value, digit in enumerate(digits))
        spellings.append(Spelling(f".*[{''.join(digits)}].*", (*steps, *SIGNS_OF_DIGITS), sentence))
    return spellings


SPELLINGS = (
    Spelling(f".*{DIRECTIONS}.*", ((DIRECTIONS, ""),), lambda: _("{name}: invisible signs in cells were left off.")),
    *_digits(),
    Spelling(r"'[+-]?[0-9.,].*", (("^'", ""),), lambda: _("{name}: the apostrophe before {cell} was left off.")),
    Spelling(
        r".*[0-9][.,][-–—]+", ((r"[.,][-–—]+$", ""),), lambda: _("{name}: {cell} was read as a price without decimals.")
    ),
    Spelling(
        rf"{NUMBER}[-−]", ((r"^(.*[0-9]) *[-−]$", r"-\1"),), lambda: _("{name}: {cell} was read as a negative number.")
    ),
    Spelling(
        r"\([^()]*%\)|\([^()]*\)%", ((r"^\(([^()%]*)%?\)%?$", r"-\1%"),),
        lambda: _("{name}: {cell} was read as a negative percentage."),
    ),
    Spelling(
        rf"{NUMBER}(?:DR|CR|Dr|Cr|dr|cr)\.?", ((r"^(.*[0-9]) ?(?:CR|Cr|cr)\.?$", r"-\1"), (r" ?(?:DR|Dr|dr)\.?$", "")),
        lambda: _("{name}: amounts with Cr were read as negative, those with Dr as positive."),
    ),
    Spelling(
        rf"{NUMBER}(?:\[[0-9a-z]{{1,2}}\]|\([a-z]\)|[*†‡]+)", ((r" *(?:\[[0-9a-z]{1,2}\]|\([a-z]\)|[*†‡]+)$", ""),),
        lambda: _("{name}: marks behind numbers, as in {cell}, were left off."), is_optional=True,
    ),
    Spelling(
        rf"{NUMBER} {FLAGS}", ((rf" +{FLAGS}$", ""),),
        lambda: _("{name}: flags behind numbers, as in {cell}, were left off."), is_optional=True,
    ),
)  # fmt: skip


FEW = 20  # texts that are looked at one by one, which is faster
_LETTERS = "|".join(letter for letter, _power in POWERS)
_ANY = re.compile(
    "|".join(f"(?:{spelling.pattern})" for spelling in SPELLINGS) + rf"|{NUMBER}(?:{_LETTERS})", re.DOTALL
)


def spelled_powers(odd: pd.Series, *, has_plain: bool) -> Spelling | None:
    """Return the spelling of thousands and millions by letters, None if it is not clear.

    It is where cells with letters of two sizes, or with and without one, stand together; a lone m may be metres.
    """
    with_letter = matches(odd, rf"{NUMBER}(?:{_LETTERS})")
    sizes = [power for letter, power in POWERS if matches(odd, rf"{NUMBER}(?:{letter})").any()]
    is_mixed = len(sizes) > 1 or (bool(sizes) and (has_plain or not with_letter.all()))
    if not is_mixed or (sizes == ["6"] and matches(odd, rf"{NUMBER}m").any()):
        return None
    steps = tuple((rf"^(.*[0-9.,]) ?(?:{letter})$", rf"\g<1>e{power}") for letter, power in POWERS if power in sizes)
    return Spelling(
        rf"{NUMBER}(?:{_LETTERS})", steps, lambda: _("{name}: letters as in {cell} were read as thousands or millions.")
    )


def find_spellings(odd: pd.Series, *, has_plain: bool) -> list[Spelling]:
    """Return the spellings that some of these texts have, none a plain number; `has_plain` says if others are."""
    if len(odd) <= FEW and not any(_ANY.fullmatch(str(text)) for text in odd):
        return []
    found = []
    texts = odd
    for spelling in SPELLINGS:
        has = matches(texts, spelling.pattern)
        if has.any() and not (spelling.is_optional and has.all() and not has_plain):
            found.append(spelling)
            texts = apply_steps(texts, spelling.steps)
    powers = spelled_powers(texts, has_plain=has_plain)
    return found if powers is None else [*found, powers]


def steps_of(spellings: list[Spelling]) -> Steps:
    """Return the replacements of all spellings, in their order."""
    return tuple(step for spelling in spellings for step in spelling.steps)


def apply_steps(texts: pd.Series, steps: Steps) -> pd.Series:
    """Return the texts with the replacements made, in this order."""
    for old, new in steps:
        texts = texts.str.replace(old, new, regex=True)
    return texts


def is_flagged(spellings: list[Spelling]) -> bool:
    """Return whether one of them is that of flags, beside which a colon stands for no value."""
    return any(FLAGS in spelling.pattern for spelling in spellings)


def note_spellings(spellings: list[Spelling], distinct: pd.Series, name: str) -> tuple[str, ...]:
    """Return a sentence for each; `name` is quoted already."""
    notes = []
    for spelling in spellings:
        texts = [str(text) for text in distinct if re.fullmatch(spelling.pattern, str(text))]
        notes.append(spelling.sentence().format(name=name, cell=f"“{texts[0] if texts else distinct.iloc[0]}”"))
    return tuple(notes)
