"""Paths: parts joined as they are typed, spellings resolved from a working directory, and folders really created."""

import ntpath
import posixpath

import pytest


def codes(screen) -> list[str]:
    return [element.value for element in screen.app.code]


def test_paths_are_joined_live_by_both_rules(open_screen):
    screen = open_screen("paths")
    screen.turn("text_input", "paths_part_2", "/root").turn("text_input", "paths_part_3", "")
    shown = codes(screen)
    assert "os.path.join('..', '/root', '')" in shown
    assert repr(posixpath.join("..", "/root", "")) in shown
    assert repr(ntpath.join("..", "/root", "")) in shown
    assert "'/root': It begins with a separator, so everything before it is discarded." in screen.words
    assert "'': Empty and last, it makes the path end with a separator." in screen.words


def test_a_windows_path_shows_why_its_backslashes_are_doubled(open_screen):
    screen = open_screen("paths")
    assert "len() counts 22 characters, 2 of them backslashes." in screen.words.replace("\n", " ")


@pytest.mark.parametrize("count", ["2", "3", "4"])
def test_two_to_four_parts_can_be_typed(open_screen, count):
    screen = open_screen("paths", paths_count=count)
    assert sum(field.key.startswith("paths_part_") for field in screen.app.text_input) == int(count)


def test_the_cases_are_a_table_and_here_discards_nothing(open_screen):
    screen = open_screen("paths")
    cases = screen.table("code")
    assert cases["posix"].tolist() == ["../data", "/data", "../data", "../data/", "aaa/bbb/./ccc", "/ccc"]
    assert cases["windows"].tolist() == ["..\\data", "/data", "../data", "..\\data\\", "aaa\\bbb\\./ccc", "/ccc"]
    assert "A part that begins with ./ discards nothing" in screen.words.replace("`", "")


def test_a_spelling_is_resolved_from_the_working_directory_that_is_typed(open_screen):
    screen = open_screen("paths")
    table = screen.table("spelling").set_index("spelling")
    assert table.loc["open('./data/house_tiny.csv')", "posix"] == table.loc["open('data/house_tiny.csv')", "posix"]
    assert table.loc["open('../data/house_tiny.csv')", "posix"] == "/home/student/data/house_tiny.csv"
    assert table.loc["open('/data/house_tiny.csv')", "windows"] == "C:\\data\\house_tiny.csv"
    assert table.loc["open('~/data/house_tiny.csv')", "posix"] == "/home/student/project/~/data/house_tiny.csv"
    assert "open does not replace ~: it is the name of a folder. os.path.expanduser makes it" in screen.words
    screen.turn("text_input", "paths_posix", "/srv/a").turn("text_input", "paths_spelling", "../../b")
    assert screen.table("spelling").iloc[0]["posix"] == posixpath.normpath("/srv/a/../../b") == "/b"
    (script,) = [code for code in codes(screen) if "__file__" in code]
    assert "# /srv/a/data/house_tiny.csv\nopen('data/house_tiny.csv')\nopen('./data/house_tiny.csv')" in script
    assert "# /srv/a/scripts/data/house_tiny.csv\nopen(Path(__file__).parent" in script


def test_a_directory_that_is_none_ends_in_a_sentence_and_the_last_result_stays(open_screen):
    screen = open_screen("paths").turn("text_input", "paths_windows", "project")
    assert len(screen.errors) == 1
    assert "has to begin with a drive and a separator" in screen.errors[0]
    assert screen.table("spelling")["windows"].iloc[0] == "C:\\Users\\student\\project\\data\\house_tiny.csv"
    screen.turn("text_input", "paths_windows", "D:\\w")
    assert screen.errors == []
    assert screen.table("spelling")["windows"].iloc[0] == "D:\\w\\data\\house_tiny.csv"


def test_a_part_that_is_too_long_ends_in_a_sentence(open_screen):
    screen = open_screen("paths").turn("text_input", "paths_part_1", "a" * 201)
    assert len(screen.errors) == 1
    assert "os.path.join('..', 'data', 'house_tiny.csv')" in codes(screen)


def test_folders_are_created_for_real_without_a_path_of_this_machine(open_screen):
    screen = open_screen("paths")
    shown = codes(screen)
    assert "FileExistsError: [Errno 17] File exists: '../data'" in shown
    assert "FileNotFoundError: [Errno 2] No such file or directory: '~/house_tiny.csv'" in shown
    assert "../data/house_tiny.csv, exists: False" in shown
    assert not any("/tmp" in code for code in shown)
