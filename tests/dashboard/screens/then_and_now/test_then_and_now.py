"""Then and now: the real exceptions as data, the lines of today beside them, and paths joined as they are typed."""

import ntpath
import posixpath

import pandas as pd
import pytest
import torch

from core.preprocessing import read_table


def codes(screen) -> list[str]:
    return [element.value for element in screen.app.code]


def test_the_exceptions_of_the_installed_libraries_stand_beside_the_lines_of_today(open_screen):
    screen = open_screen("then_and_now", sample="penguins")
    frame = read_table("data/penguins.csv").frame
    inputs = frame.drop(columns="body_mass_g")
    with pytest.raises(TypeError) as raised:
        inputs.fillna(inputs.mean())
    shown = codes(screen)
    assert f"TypeError: {raised.value}" in shown
    assert "inputs = inputs.fillna(inputs.mean())" in shown
    assert "inputs = inputs.fillna(inputs.mean(numeric_only=True))" in shown
    assert any(code.startswith("TypeError: can't convert np.ndarray") for code in shown)
    assert f"pandas {pd.__version__}, torch {torch.__version__}" in screen.words
    assert "“species”, “island”, “sex”" in screen.words
    assert screen.errors == []


def test_the_tensors_of_the_books_table_are_the_books(open_screen):
    screen = open_screen("then_and_now", sample="house_tiny")
    X = torch.tensor([[3, 1, 0], [2, 0, 1], [4, 0, 1], [3, 0, 1]], dtype=torch.float64)
    assert str(X) in codes(screen)
    assert "X: shape (4, 3), torch.float64" in screen.words


def test_names_from_the_file_are_shown_and_never_run_or_rendered(open_screen):
    content = b"a'] or print('<b>x</b>') or data['a,**bold**,y\n1,p,3\n2,,4\n"
    data = open_screen("data").upload("hostile.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("then_and_now", **memory)
    assert screen.errors == []
    assert not any("**bold**" in element.value for element in screen.app.markdown)


def test_a_table_without_features_still_has_the_lesson_on_paths(open_screen):
    data = open_screen("data").upload("one.csv", b"y\n1\n2\n3\n")
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("then_and_now", **memory)
    assert screen.errors == ["The lines need a column with values beside the label; this table has none."]
    assert repr(ntpath.join("..", "data", "house_tiny.csv")) in codes(screen)


def test_paths_are_joined_live_by_both_rules(open_screen):
    screen = open_screen("then_and_now", sample="house_tiny")
    screen.turn("text_input", "paths_part_2", "/root").turn("text_input", "paths_part_3", "")
    shown = codes(screen)
    assert "os.path.join('..', '/root', '')" in shown
    assert repr(posixpath.join("..", "/root", "")) in shown
    assert repr(ntpath.join("..", "/root", "")) in shown
    assert "'/root': It begins with a separator, so all before it is thrown away." in screen.words
    assert "'': Empty and last, it makes the path end with a separator." in screen.words


def test_a_windows_path_shows_why_its_backslashes_are_doubled(open_screen):
    screen = open_screen("then_and_now", sample="house_tiny")
    assert "len() counts 22 characters, 2 of them backslashes." in screen.words.replace("\n", " ")


@pytest.mark.parametrize("count", ["2", "3", "4"])
def test_two_to_four_parts_can_be_typed(open_screen, count):
    screen = open_screen("then_and_now", sample="house_tiny", paths_count=count)
    assert len(screen.app.text_input) == int(count)


def test_the_four_cases_are_a_table(open_screen):
    cases = open_screen("then_and_now", sample="house_tiny").table("windows")
    assert cases["posix"].tolist() == ["../data", "/data", "../data", "../data/"]
    assert cases["windows"].tolist() == ["..\\data", "/data", "../data", "..\\data\\"]
