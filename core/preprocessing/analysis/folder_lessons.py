"""What creating folders and opening files does, run in a temporary folder: exist_ok, missing folders, and ~."""

from dataclasses import dataclass
from types import MappingProxyType

from core.code_runner import Execution, run_apart

LESSONS = MappingProxyType({
    "again": "import os\n\nos.makedirs(os.path.join('..', 'data'))\nos.makedirs(os.path.join('..', 'data'))",
    "exist_ok": (
        "import os\n\nos.makedirs(os.path.join('..', 'data'), exist_ok=True)\n"
        "os.makedirs(os.path.join('..', 'data'), exist_ok=True)"
    ),
    "mkdir": "import os\n\nos.mkdir(os.path.join('..', 'data', 'raw'))",
    "makedirs": "import os\n\nos.makedirs(os.path.join('..', 'data', 'raw'), exist_ok=True)",
    "join": "import os\n\npath = os.path.join('..', 'data', 'house_tiny.csv')",
    "home": "import os\n\nopen('~/house_tiny.csv', 'w')",
})  # fmt: skip
SHOWN = {
    "join": "path + ', exists: ' + str(os.path.exists(path))",
    "makedirs": "sorted(os.listdir(os.path.join('..', 'data')))",
    "exist_ok": "sorted(os.listdir('..'))",
}


@dataclass(frozen=True, eq=False)
class FolderLesson:
    """Lines on folders, run.

    Attributes:
        name: of the lesson, a key of `LESSONS`.
        run: the lines, with what they leave, or the exception raised.
    """

    name: str
    run: Execution


def run_folder_lessons() -> tuple[FolderLesson, ...]:
    """Run each of the lessons in a temporary folder of its own, `notebook` in `project`."""
    return tuple(FolderLesson(name, run_apart(code, SHOWN.get(name, "''"))) for name, code in LESSONS.items())
