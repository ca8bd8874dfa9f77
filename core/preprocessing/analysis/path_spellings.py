"""Which file a spelling of a path means from a working directory, by the rules of POSIX and of Windows.

Pure text: no disk is accessed, so links between folders are not followed, and `..` removes the part before it.
"""

import ntpath
import posixpath
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.errors import InputError
from core.language import _

Meaning: TypeAlias = Literal["absolute", "home", "here", "up", "drive", "backslash", "relative"]

LONGEST = 200
SPELLINGS = (
    "data/house_tiny.csv",
    "./data/house_tiny.csv",
    "data/../data//house_tiny.csv",
    "../data/house_tiny.csv",
    "./../data/house_tiny.csv",
    "/data/house_tiny.csv",
    "~/data/house_tiny.csv",
)


@dataclass(frozen=True)
class Resolved:
    """What one spelling means.

    Attributes:
        spelling: as it is passed to `open` or `read_csv`.
        posix: the file on Linux and macOS, from the working directory there.
        windows: the file on Windows, from the working directory there.
        meaning: by which rule, on Linux and macOS.
        reason: the rule in a sentence.
    """

    spelling: str
    posix: str
    windows: str
    meaning: Meaning
    reason: str


def resolve_spelling(spelling: str, posix: str, windows: str) -> Resolved:
    r"""Return the file that a spelling means, from a working directory of each system.

    Raises InputError for a directory that is not absolute on its system, an empty spelling, and texts of more than 200
    characters.

    >>> found = resolve_spelling("./../data/house_tiny.csv", "/home/student/project", "C:\\Users\\student\\project")
    >>> found.posix, found.windows
    ('/home/student/data/house_tiny.csv', 'C:\\Users\\student\\data\\house_tiny.csv')
    """
    _check(spelling, posix, windows)
    meaning = _meaning(spelling)
    return Resolved(
        spelling,
        _normal(posixpath.join(posix, spelling)),
        ntpath.normpath(ntpath.join(windows, spelling)),
        meaning,
        _reasons()[meaning],
    )


def _normal(path: str) -> str:
    """Return the path without `.` and `..`; POSIX leaves two leading slashes to the system, and here they are one."""
    return posixpath.normpath("/" + path.lstrip("/"))


def _check(spelling: str, posix: str, windows: str) -> None:
    if not spelling or "\0" in spelling:
        raise InputError(_("A path has to be at least one character, none of them of code 0; type one."))
    if max(map(len, (spelling, posix, windows))) > LONGEST:
        raise InputError(_("A path here has at most {most} characters; shorten it.").format(most=LONGEST))
    if not posix.startswith("/"):
        raise InputError(
            _("The working directory on Linux and macOS has to begin with /, the root; got {path}.").format(
                path=repr(posix)
            )
        )
    drive, rest = ntpath.splitdrive(windows)
    if not drive or not rest.startswith(("\\", "/")):
        raise InputError(
            _(
                "The working directory on Windows has to begin with a drive and a separator, as C:\\ does; got {path}."
            ).format(path=windows)
        )


def _meaning(spelling: str) -> Meaning:
    if spelling.startswith("/"):
        return "absolute"
    if ntpath.splitdrive(spelling)[0]:
        return "drive"
    if "\\" in spelling:
        return "backslash"
    if spelling.split("/", maxsplit=1)[0] == "~":
        return "home"
    if posixpath.normpath(spelling).split("/")[0] == "..":
        return "up"
    return "here" if spelling.split("/", maxsplit=1)[0] == "." else "relative"


def _reasons() -> dict[Meaning, str]:
    return {
        "absolute": _(
            "It begins at the root, so the folders of the working directory play no part. On Windows its drive does, "
            "unless the path begins with two separators and a server."
        ),
        "backslash": _(
            "A backslash separates folders on Windows alone, elsewhere it is a letter of a name; / works on both."
        ),
        "drive": _("On Windows it names a drive or a server. On Linux and macOS it is only a name."),
        "home": _("open does not replace ~: it is the name of a folder. os.path.expanduser makes it the home folder."),
        "here": _("./ is the working directory itself, so it is the same file as without it."),
        "up": _("Each .. goes up one folder from where the path has led so far."),
        "relative": _("It begins in the working directory, wherever the script lies."),
    }
