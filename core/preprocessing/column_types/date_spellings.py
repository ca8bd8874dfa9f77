"""Dates as people and programs spell them beyond `strptime`: 1. März 2020, 24:00, 20200131T1030Z, GMT+1, 2020Q1.

Each spelling is a few replacements in the cells, after which a format of `date_formats` has to fit all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from core.preprocessing.column_types.arrow_text import matches
from core.preprocessing.column_types.calendar_names import LOCALES, calendar_names
from core.preprocessing.column_types.date_formats import NO_CHOICE, Calendar, DateChoice, guess_date_format
from core.preprocessing.column_types.date_parsing import LATE, to_dates
from core.preprocessing.column_types.number_spellings import Steps, apply_steps

FEW_TO_TRY = 20  # distinct cells that are tried first
MOST_LOOKED_AT = 400  # distinct cells in which names of months are looked for
ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
LETTER = "A-Za-z\u00c0-\u024f\u0370-\u04ff\u1e00-\u1eff"
WORD = re.compile(f"[{LETTER}]+")
_OF = "(?:(?:de|del|d'|of|le) +)?"
MONTH_BY_NAME = re.compile(
    rf"(?:[{LETTER}]+\.?,? +)?(?:[0-9]{{1,2}}(?:\.|º|er)?[ ./-]+)?{_OF}[{LETTER}]{{3,}}\.?"
    rf"(?:[ ,/-]+{_OF}[0-9]{{1,2}},?)?[ ,/-]+{_OF}[0-9]{{2,4}}\b.*"
)
ERAS = (("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("明治", 1867))
ERA_YEAR = re.compile(rf"({'|'.join(era for era, _before in ERAS)})([0-9]{{1,2}}|元)年")

MIDNIGHT: Steps = ((r"([T :])24:00", r"\g<1>00:00"),)
PACKED: Steps = (
    (
        r"^([0-9]{4})([0-9]{2})([0-9]{2})[T:_ -]([0-9]{2}):?([0-9]{2}):?([0-9]{2})($|[Z.,+ -].*$)",
        r"\g<1>-\g<2>-\g<3> \g<4>:\g<5>:\g<6>\g<7>",
    ),
    (
        r"^([0-9]{4})([0-9]{2})([0-9]{2})[T:_ -]([0-9]{2}):?([0-9]{2})($|[Z+ -].*$)",
        r"\g<1>-\g<2>-\g<3> \g<4>:\g<5>\g<6>",
    ),
)
OFFSETS: Steps = (
    (r" ?(?:GMT|UTC)([+-])([0-9])($|:)", r" \g<1>0\g<2>\g<3>"),
    (r" ?(?:GMT|UTC)([+-][0-9]{2})$", r" \g<1>:00"),
    (r" ?(?:GMT|UTC)([+-][0-9]{2}:[0-9]{2})$", r" \g<1>"),
    (r" ([+-][0-9]{2})$", r" \g<1>:00"),
)
MILLISECONDS: Steps = ((r"(:[0-5][0-9]),([0-9]{1,6})", r"\g<1>.\g<2>"),)
QUARTERS: Steps = tuple(
    step
    for quarter in range(1, 5)
    for step in (
        (rf"^([0-9]{{4}})[-/ ]?[QqTK]{quarter}$", rf"\g<1>-{3 * quarter - 2:02}"),
        (rf"^[QqTK]{quarter}[-/ ]?([0-9]{{4}})$", rf"\g<1>-{3 * quarter - 2:02}"),
    )
)
PATTERNS = (
    (r".*[T :]24:00.*", MIDNIGHT),
    (r"[0-9]{8}[T:_ -][0-9]{2}:?[0-9]{2}.*", PACKED),
    (r".*(?:GMT|UTC)[+-][0-9].*", OFFSETS),
    (r".*:[0-5][0-9],[0-9]{1,6}.*", MILLISECONDS),
    (r"[0-9]{4}[-/ ]?[QqTK][1-4]|[QqTK][1-4][-/ ]?[0-9]{4}", QUARTERS),
)


def guess_spelled_dates(
    distinct: pd.Series, name: str, decimal: str, day_first: bool | None, chosen: DateChoice = NO_CHOICE
) -> Calendar | None:
    """Return the dates if one format fits every text once its spellings are replaced, else None."""
    first = distinct.iloc[:FEW_TO_TRY]
    if len(first) < len(distinct):  # the first of most texts, of which there may be very many, are no dates
        choice = (name, decimal, day_first, chosen)
        if guess_date_format(first, *choice) is None and guess_spelled_dates(first, *choice) is None:
            return None
    steps: Steps = (*_era_steps(distinct), *_month_steps(distinct))
    for pattern, replacements in PATTERNS:
        if matches(distinct, pattern).any():
            steps = (*steps, *replacements)
    if not steps:
        return None
    is_late = MIDNIGHT[0] in steps and bool(matches(distinct, LATE).any())
    calendar = guess_date_format(apply_steps(distinct, steps), name, decimal, day_first, chosen)
    if calendar is None:
        return None
    spelled = replace(calendar.spelled, steps=(*steps, *calendar.spelled.steps), late=is_late)
    return replace(calendar, spelled=spelled, dates=to_dates(distinct, spelled))


def _era_steps(distinct: pd.Series) -> Iterator[tuple[str, str]]:
    """Yield the replacement of each year of an era by the year: 令和2年 is 2020年."""
    found = {match[0]: match for text in distinct for match in ERA_YEAR.finditer(str(text))}
    before = dict(ERAS)
    for spelled, match in found.items():
        year = before[match[1]] + (1 if match[2] == "元" else int(match[2]))
        yield f"^{spelled}", f"{year}年"


def _month_steps(distinct: pd.Series) -> Iterator[tuple[str, str]]:
    """Yield the replacement of each name of a month by its English name, if all are of one language.

    Names of days before a date, and words such as "de" between its parts, are left off.
    """
    texts = [str(text) for text in distinct.iloc[:MOST_LOOKED_AT]]
    words = list(dict.fromkeys(word for text in texts for word in WORD.findall(text)))
    if not all(map(MONTH_BY_NAME.fullmatch, texts)):
        return
    for locale in LOCALES:
        names = calendar_names(locale)
        months, days = names.months, names.days
        others = [word for word in words if word.casefold() not in months]
        if len(others) < len(words) and all(word.casefold() in days or word.casefold() in SMALL for word in others):
            ends = f"($|[^{LETTER}])"
            yield from ((rf"(^|[^{LETTER}]){word}\.?,? *{ends}", r"\g<1>\g<2>") for word in others)
            yield from (
                (rf"(^|[^{LETTER}]){word}\.?{ends}", rf"\g<1>{ENGLISH[months[word.casefold()]]}\g<2>")
                for word in words
                if word not in others
            )
            yield r"^[ ,]+", ""
            yield " +", " "
            return


SMALL = frozenset({"de", "del", "of", "the", "den", "der", "år", "year", "г", "року", "roku", "le", "di"})
