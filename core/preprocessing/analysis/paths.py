"""How `os.path.join` joins paths, by the rules of POSIX and of Windows, whichever system this is.

`os.path` is `posixpath` on Linux and macOS and `ntpath` on Windows; both are part of every Python, so both can be run
anywhere. The effect of a part is derived from the real results.
"""

import ntpath
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from types import ModuleType
from typing import Literal, TypeAlias

from core.errors import InputError
from core.language import _, ngettext

System: TypeAlias = Literal["posix", "windows"]
Case: TypeAlias = Literal["first", "plain", "here", "starts_anew", "no_separator", "empty_last", "empty", "same_drive"]

FEWEST_PARTS, MOST_PARTS = 2, 4
LONGEST_PART = 200
EXAMPLES = (
    ("..", "data"),
    ("..", "/data"),
    ("../", "data"),
    ("..", "data", ""),
    ("aaa", "bbb", "./ccc"),
    ("aaa", "bbb", "/ccc"),
)


@dataclass(frozen=True)
class Join:
    """What one more part did.

    Attributes:
        part: the part.
        case: which case it is.
        path: the path so far.
        reason: the case in a sentence.
    """

    part: str
    case: Case
    path: str
    reason: str


@dataclass(frozen=True)
class Joined:
    """A path by the rules of one system.

    Attributes:
        system: whose rules.
        path: the text itself.
        shown: its `repr`, which is what a notebook prints for the last line of a cell.
        steps: one per part.
        pure: what `pathlib` makes of the same parts: it drops the separator at the end.
    """

    system: System
    path: str
    shown: str
    steps: tuple[Join, ...]
    pure: str

    @property
    def backslashes(self) -> int:
        """The number of backslashes in the path; its `repr` shows each of them twice."""
        return self.path.count("\\")

    @property
    def reason(self) -> str:
        """Why the printed path has its length, in a sentence."""
        if not self.backslashes:
            return _("It has no backslash, so none is doubled; len() is {length}.").format(length=len(self.path))
        text = ngettext(
            "len() counts {length} characters, {count} of them a backslash. repr writes it as \\\\, since a single "
            "one would begin an escape such as \\n; in the text there is one.",
            "len() counts {length} characters, {count} of them backslashes. repr writes each as \\\\, since a "
            "single one would begin an escape such as \\n; in the text each is one.",
            self.backslashes,
        )
        return text.format(length=len(self.path), count=self.backslashes)


def join_cases(*parts: str) -> tuple[Joined, Joined]:
    r"""Join 2 to 4 parts by the rules of POSIX and by those of Windows, with the effect of each part.

    No disk is accessed. Raises InputError for fewer or more parts, for a part that is no text, or for one that is
    longer than 200 characters.

    >>> [joined.shown for joined in join_cases("..", "data", "house_tiny.csv")]
    ["'../data/house_tiny.csv'", "'..\\\\data\\\\house_tiny.csv'"]
    """
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        raise InputError(
            _("A path is joined from {fewest} to {most} parts; got {count}.").format(
                fewest=FEWEST_PARTS, most=MOST_PARTS, count=len(parts)
            )
        )
    if not all(isinstance(part, str) and len(part) <= LONGEST_PART for part in parts):
        raise InputError(
            _("Each part of a path has to be text of at most {most} characters; shorten it.").format(most=LONGEST_PART)
        )
    return (
        _join("posix", posixpath, parts, str(PurePosixPath(*parts))),
        _join("windows", ntpath, parts, str(PureWindowsPath(*parts))),
    )


def _join(system: System, rules: ModuleType, parts: Sequence[str], pure: str) -> Joined:
    paths = [rules.join(*parts[: count + 1]) for count in range(len(parts))]
    steps = [Join(parts[0], "first", paths[0], _("The first part is kept as it is."))]
    for place in range(1, len(parts)):
        last = place == len(parts) - 1
        case = _name_case(system, paths[place - 1], parts[place], paths[place], last)
        steps.append(Join(parts[place], case, paths[place], _reason(case, system, parts[place])))
    return Joined(system, paths[-1], repr(paths[-1]), tuple(steps), pure)


def _name_case(system: System, before: str, part: str, path: str, last: bool) -> Case:
    separators = ("/",) if system == "posix" else ("/", "\\")
    drive, rest = ("", part) if system == "posix" else ntpath.splitdrive(part)
    if rest.startswith(separators) or (drive and drive.lower() != ntpath.splitdrive(before)[0].lower()):
        return "starts_anew"
    if not part:
        return "empty_last" if last and before else "empty"
    if path == before + part:
        return "no_separator"
    if drive:
        return "same_drive"
    return "here" if part == "." or part.startswith(tuple(f".{separator}" for separator in separators)) else "plain"


def _reason(case: Case, system: System, part: str) -> str:
    drive = ntpath.splitdrive(part)[0] if system == "windows" else ""
    if case == "starts_anew" and drive:
        return _("It has a drive of its own, so everything before it is discarded.")
    if case == "starts_anew" and system == "windows":
        return _("It begins with a separator, so everything before it but the drive is discarded.")
    return {
        "starts_anew": _("It begins with a separator, so everything before it is discarded."),
        "no_separator": _("No separator is needed: it follows one, a bare drive or nothing."),
        "empty_last": _("Empty and last, it makes the path end with a separator."),
        "empty": _("Empty, it adds a separator at most."),
        "same_drive": _("It names the same drive, so the rest of it is appended."),
        "plain": _("A plain part: it is appended after a separator."),
        "here": _(
            "It begins with “.”, which means “here”: it is appended as it stands, and nothing before it is discarded."
        ),
    }[case]
