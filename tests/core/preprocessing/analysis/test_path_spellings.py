"""Which file a path means: by pathlib and both modules of paths, and by really opening files on this system."""

import ntpath
import posixpath
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import join_cases
from core.preprocessing.analysis.folder_lessons import run_folder_lessons
from core.preprocessing.analysis.path_spellings import SPELLINGS, resolve_spelling

POSIX, WINDOWS = "/home/student/project", "C:\\Users\\student\\project"


def resolve(spelling):
    found = resolve_spelling(spelling, POSIX, WINDOWS)
    return found.posix, found.windows, found.meaning


def test_the_usual_spellings_mean_these_files():
    here = ("/home/student/project/data/x.csv", "C:\\Users\\student\\project\\data\\x.csv")
    up = ("/home/student/data/x.csv", "C:\\Users\\student\\data\\x.csv")
    assert resolve("data/x.csv") == (*here, "relative")
    assert resolve("./data/x.csv") == (*here, "here")
    assert resolve("../data/x.csv") == (*up, "up")
    assert resolve("./../data/x.csv") == (*up, "up")
    assert resolve(posixpath.join("..", "data", "x.csv")) == (*up, "up")
    assert resolve("/data/x.csv") == ("/data/x.csv", "C:\\data\\x.csv", "absolute")
    assert resolve("~/data/x.csv")[0] == "/home/student/project/~/data/x.csv"
    assert resolve("..\\data\\x.csv") == ("/home/student/project/..\\data\\x.csv", up[1], "backslash")
    assert resolve("D:\\x.csv")[1:] == ("D:\\x.csv", "drive")
    assert resolve("//data/x.csv")[0] == "/data/x.csv"
    assert PurePosixPath("./data/x.csv") == PurePosixPath("data/x.csv")


@pytest.mark.parametrize("spelling", [each for each in SPELLINGS if not each.startswith("/")])
def test_opening_a_file_here_finds_it_where_the_table_says(spelling, tmp_path, monkeypatch):
    directory = tmp_path / "project"
    directory.mkdir()
    monkeypatch.chdir(directory)
    monkeypatch.setattr("sys.argv", [str(tmp_path / "elsewhere" / "script.py")])
    said = Path(resolve_spelling(spelling, directory.as_posix(), WINDOWS).posix)
    said.parent.mkdir(parents=True, exist_ok=True)
    (directory / "data").mkdir(exist_ok=True)  # that data/.. can be walked
    Path(spelling).write_text(spelling, encoding="utf-8")
    assert said.read_text(encoding="utf-8") == spelling


@given(st.text(alphabet="./\\~ab:C", min_size=1, max_size=12))
def test_every_spelling_is_joined_and_shortened_by_the_modules_of_paths(spelling):
    found = resolve_spelling(spelling, POSIX, WINDOWS)
    assert PurePosixPath(found.posix) == PurePosixPath(
        "/" + posixpath.normpath(posixpath.join(POSIX, spelling)).lstrip("/")
    )
    assert found.windows == ntpath.normpath(ntpath.join(WINDOWS, spelling))
    assert PureWindowsPath(found.windows).is_absolute() or ntpath.splitdrive(spelling)[0]
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    ("spelling", "posix", "windows"),
    [
        ("", POSIX, WINDOWS),
        ("a\0b", POSIX, WINDOWS),
        ("a" * 201, POSIX, WINDOWS),
        ("a", "home/student", WINDOWS),
        ("a", "", WINDOWS),
        ("a", POSIX, "C:project"),
        ("a", POSIX, "\\project"),
        ("a", POSIX, ""),
    ],
)
def test_what_is_no_path_or_no_working_directory_is_refused(spelling, posix, windows):
    with pytest.raises(InputError, match=r"\.$"):
        resolve_spelling(spelling, posix, windows)


def test_a_part_that_begins_with_here_discards_nothing():
    posix, windows = join_cases("aaa", "bbb", "./ccc")
    assert posix.path == posixpath.join("aaa", "bbb", "./ccc") == "aaa/bbb/./ccc"
    assert windows.path == ntpath.join("aaa", "bbb", "./ccc")
    assert {posix.steps[-1].case, windows.steps[-1].case} == {"here"}
    assert "nothing before it is discarded" in posix.steps[-1].reason
    assert join_cases("aaa", "bbb", "/ccc")[0].path == "/ccc"
    assert join_cases("a", ".\\b")[0].steps[-1].case == "plain"  # a backslash is a letter there
    assert join_cases("a", ".\\b")[1].steps[-1].case == "here"


def test_folders_are_created_for_real_and_refused_by_the_system():
    of = {lesson.name: lesson.run for lesson in run_folder_lessons()}
    assert {name: run.error for name, run in of.items()} == {
        "again": "FileExistsError",
        "exist_ok": None,
        "mkdir": "FileNotFoundError",
        "makedirs": None,
        "join": None,
        "home": "FileNotFoundError",
    }
    assert of["join"].results[0].text == "../data/house_tiny.csv, exists: False"
    assert of["makedirs"].results[0].text == "['raw']"
    shown = [*(run.message or "" for run in of.values()), *(each.text for run in of.values() for each in run.results)]
    assert not any("/tmp" in text or str(Path.cwd()) in text for text in shown)
