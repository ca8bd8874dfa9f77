"""Paths join as the real `posixpath` and `ntpath` join them, and each case is named for what really happened."""

import ast
import ntpath
import posixpath
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import join_cases
from core.preprocessing.analysis.paths import EXAMPLES
from tests.examples import examples

PARTS = st.lists(
    st.text(alphabet=["a", "b", ".", "/", "\\", "C", "D", ":", " "], max_size=5), min_size=2, max_size=4
)  # fmt: skip


SEPARATORS = tuple("/\\")


@given(PARTS)
@settings(max_examples=examples(300), deadline=None)
def test_both_results_are_those_of_the_real_modules(parts):
    posix, windows = join_cases(*parts)
    assert (posix.path, windows.path) == (posixpath.join(*parts), ntpath.join(*parts))
    assert (posix.pure, windows.pure) == (str(PurePosixPath(*parts)), str(PureWindowsPath(*parts)))
    for joined in (posix, windows):
        assert joined.shown == repr(joined.path)
        assert ast.literal_eval(joined.shown) == joined.path
        assert joined.steps[-1].path == joined.path
        assert len(joined.steps) == len(parts)


@given(PARTS)
@settings(max_examples=examples(300), deadline=None)
def test_each_case_says_what_happened_on_posix(parts):
    before = None
    for step in join_cases(*parts)[0].steps:
        if before is not None:
            expected = {
                "starts_anew": step.part,
                "plain": f"{before}/{step.part}",
                "here": f"{before}/{step.part}",
                "no_separator": before + step.part,
                "empty_last": before if before.endswith("/") else f"{before}/",
                "empty": before if before.endswith("/") or not before else f"{before}/",
            }[step.case]
            assert step.path == expected
        before = step.path


@given(PARTS)
@settings(max_examples=examples(300), deadline=None)
def test_each_case_says_what_happened_on_windows(parts):
    assume(not any(part[:1] in SEPARATORS and part[1:2] in SEPARATORS for part in parts))  # half a network path
    before = None
    for step in join_cases(*parts)[1].steps:
        if before is not None:
            drive = ntpath.splitdrive(before)[0]
            if step.case == "starts_anew":
                assert step.path in (step.part, drive + step.part)
            elif step.case in ("plain", "here"):
                assert step.path == f"{before}\\{step.part}"
            elif step.case == "no_separator":
                assert step.path == before + step.part
            elif step.case == "same_drive":
                assert ntpath.splitdrive(step.part)[0].lower() == drive.lower()
                assert step.path.endswith(ntpath.splitdrive(step.part)[1])
            else:
                assert step.path in (before, f"{before}\\")
        before = step.path


CASES = ("plain", "starts_anew", "no_separator", "empty_last", "here", "starts_anew")


def test_the_cases_are_the_examples():
    cases = [[joined.steps[-1].case for joined in join_cases(*parts)] for parts in EXAMPLES]
    assert cases == [[case] * 2 for case in CASES]


@pytest.mark.parametrize(
    ("parts", "path", "reason"),
    [
        (("C:\\data", "D:\\x"), "D:\\x", "It has a drive of its own, so everything before it is discarded."),
        (
            ("C:\\data", "\\x"),
            "C:\\x",
            "It begins with a separator, so everything before it but the drive is discarded.",
        ),
        (("C:\\data", "c:x"), "c:\\data\\x", "It names the same drive, so the rest of it is appended."),
        (("C:", "x"), "C:x", "No separator is needed: it follows one, a bare drive or nothing."),
        (("\\\\server\\share", "x"), "\\\\server\\share\\x", "A plain part: it is appended after a separator."),
    ],
)
def test_windows_knows_drives(parts, path, reason):
    windows = join_cases(*parts)[1]
    assert (windows.path, windows.steps[-1].reason) == (path, reason)


def test_printed_backslashes_are_doubled_and_the_length_tells_the_truth():
    posix, windows = join_cases("..", "data", "house_tiny.csv")
    assert windows.shown == r"'..\\data\\house_tiny.csv'"
    assert windows.backslashes == 2
    assert windows.shown.count("\\") == 2 * windows.backslashes
    assert windows.reason.startswith(f"len() counts {len(windows.path)} characters, 2 of them backslashes.")
    assert posix.reason == "It has no backslash, so none is doubled; len() is 22."


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("a",), "from 2 to 4 parts; got 1"),
        (tuple("abcde"), "got 5"),
        (("a", "b" * 201), "at most 200 characters"),
        (("a", 1), "has to be text"),
    ],
)
def test_what_cannot_be_joined_is_said_in_one_sentence(parts, words):
    with pytest.raises(InputError, match=words):
        join_cases(*parts)
