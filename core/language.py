"""Every sentence that a person reads passes through here, so that a second language is a catalogue.

English is the source. A catalogue is at `core/locale/<language>/LC_MESSAGES/descent_lab.mo`. The language is a context
variable, looked up at every call. If it is not set, the visitor's language is used (`ask_with`), and without a visitor
that of the environment (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`), as in gettext. Without a catalogue the source
text is returned.

Sentences are whole and have named placeholders, filled after translation:

>>> _("The table has {rows} rows.").format(rows=4)
'The table has 4 rows.'
>>> ngettext("{count} row was left out.", "{count} rows were left out.", 2).format(count=2)
'2 rows were left out.'

Nothing is translated while a module is imported, since there is no visitor yet. `N_` marks a text that is translated
when it is shown. Numbers, dates and lists are written by `core/formatting.py`.
"""

import gettext
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

SOURCE = "en"
DOMAIN = "descent_lab"
FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True, eq=False)
class Language:
    """A language of the lab.

    Attributes:
        code: its name, which is also the locale of its numbers, dates and lists.
        catalogue: of its texts.
    """

    code: str
    catalogue: gettext.NullTranslations


_current: ContextVar[Language | None] = ContextVar("language", default=None)
_askers: list[Callable[[], Language | None]] = []  # functions that return the visitor's language


def _(message: str) -> str:
    """Return a text in the current language."""
    return current_language().catalogue.gettext(str.__str__(message))


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a text that the current language has for `count` things."""
    return current_language().catalogue.ngettext(singular, plural, count)


class _Deferred(str):
    """A text in the source language, translated whenever it is shown or filled in."""

    __slots__ = ()

    def __str__(self) -> str:
        return _(str.__str__(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def N_(message: str) -> str:
    """Mark a text for translation; `str()` of the result is the text in the language current at that moment."""
    return _Deferred(message)


@cache
def available_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, the source language first."""
    found = {path.parent.parent.name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (SOURCE, *sorted(found - {SOURCE}))


@cache
def get_language(code: str) -> Language:
    """Return a language; one without a catalogue uses the source texts."""
    return Language(code, gettext.translation(DOMAIN, FOLDER, languages=[code], fallback=True))


def match_language(wanted: Iterable[str | None]) -> str:
    """Return the first wanted language that has a catalogue, else the source language.

    >>> match_language(["xx-YY", None, "en-US"])
    'en'
    """
    known = {code.lower(): code for code in available_languages()}
    for each in wanted:
        name = (each or "").partition(".")[0].replace("-", "_").lower()
        code = known.get(name) or known.get(name.partition("_")[0])
        if code:
            return code
    return SOURCE


def current_language() -> Language:
    """Return the language that is set, else the visitor's, else the environment's."""
    language = _current.get()
    if language is not None:
        return language
    for ask in _askers:
        language = ask()
        if language is not None:
            _current.set(language)
            return language
    return _language_of_environment()


@cache
def _language_of_environment() -> Language:
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return get_language(match_language(wanted.split(":")))


def set_language(language: Language) -> None:
    """Set the language of the current context: of this thread, and of what runs in a copy of its context."""
    _current.set(language)


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    """Set the language inside a `with` block."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def ask_with(ask: Callable[[], Language | None]) -> None:
    """Register a function that returns the visitor's language where none is set; None means no visitor.

    Callbacks and fragments run in their own thread, before or without the script that sets the language.
    """
    _askers[:] = [ask]


def with_context(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function bound to the current context, including the language, for threads and pools.

    A context cannot be entered twice at the same time, so each call gets a copy.
    """
    context = copy_context()

    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return context.copy().run(function, *args, **kwargs)

    return run
