"""Then and now: the notes' file and its edits, the real exceptions as data, and the lines of today beside them."""

import pandas as pd
import pytest
import torch

from core.preprocessing import read_table
from core.preprocessing.analysis.book_examples import (
    ENCODE_THEN,
    FEATURES_THEN,
    FILL_THEN,
    LABELS_THEN,
    READ_THEN,
    SPLIT_THEN,
)
from core.preprocessing.analysis.book_file import HOUSE_TINY, write_lines_then
from dashboard.screens.then_and_now import line_notes

BOOK = "\n".join(
    [write_lines_then(HOUSE_TINY), READ_THEN, SPLIT_THEN, FILL_THEN, ENCODE_THEN, FEATURES_THEN, LABELS_THEN]
)


def codes(screen) -> list[str]:
    return [element.value for element in screen.app.code]


def test_the_notes_file_and_its_printed_answers_are_there_on_arrival(open_screen):
    screen = open_screen("then_and_now")
    shown = codes(screen)
    assert screen.errors == []
    assert screen.app.text_area(key="then_and_now_file").value == HOUSE_TINY
    assert str(torch.tensor([[3.0, 1, 0], [2, 0, 1], [4, 0, 1], [3, 0, 1]], dtype=torch.float64)) in shown
    assert str(torch.tensor([127500, 106000, 178100, 140000])) in shown
    assert any(code.startswith("TypeError: Cannot perform reduction 'mean'") for code in shown)
    tables = [element.value for element in screen.app.dataframe]
    assert any(
        list(table.columns) == ["NumRooms · float64", "Alley_Pave · bool", "Alley_nan · bool"] for table in tables
    )
    assert not any("core" in code for code in shown)


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "os.makedirs(os.path.join('..', 'data'), exist_ok=True)",
        "data_file = os.path.join('..', 'data', 'house_tiny.csv')",
        "with open(data_file, 'w') as f:",
        "import pandas as pd",
        "data = pd.read_csv(data_file)",
        "data.iloc[:, 0:2]",
        "data.iloc[:, 2]",
        "inputs.mean()",
        "pd.get_dummies(inputs, dummy_na=True)",
        "torch.tensor(inputs.values)",
    ],
)
def test_each_line_of_the_book_is_explained_beside_it(line):
    notes = {code: text for step in line_notes.STEPS for code, text in line_notes.of(step)}
    assert len(notes[line]) > 30
    assert line in BOOK


def test_an_edited_file_is_what_everything_below_runs_on(open_screen):
    screen = open_screen("then_and_now")
    screen.turn("text_area", "then_and_now_file", "rooms,heating,price\n1,gas,10\nNA,oil,20\n5,,30\n")
    shown = codes(screen)
    assert "    f.write('NA,oil,20\\n')" in next(code for code in shown if code.startswith("import os")).splitlines()
    assert str(torch.tensor([[1.0, 1, 0, 0], [3, 0, 1, 0], [5, 0, 0, 1]], dtype=torch.float64)) in shown
    assert "inputs, outputs = data.drop(columns=['price']), data['price']" in shown
    values = screen.table("heating_nan")
    assert values[["heating_gas", "heating_oil", "heating_nan"]].to_numpy().tolist() == [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
    ]


def test_a_bad_file_ends_in_a_sentence_and_the_last_good_result_stays(open_screen):
    screen = open_screen("then_and_now")
    screen.turn("text_area", "then_and_now_file", "a,y\n1,2\nNA,4\n")
    good = str(torch.tensor([[1.0], [1.0]], dtype=torch.float64))
    assert good in codes(screen)
    screen.turn("text_area", "then_and_now_file", "a,y\n1,2\n3,4,5\n")
    assert len(screen.errors) == 1
    assert screen.errors[0].startswith("read_csv cannot read this file:")
    assert "Showing the last valid result." in screen.words
    assert good in codes(screen)
    screen.press("Bring back the notes' file")
    assert screen.errors == []
    assert screen.app.text_area(key="then_and_now_file").value == HOUSE_TINY
    assert not any(button.label == "Bring back the notes' file" for button in screen.app.button)


def test_read_csv_shows_live_what_it_takes_for_missing(open_screen):
    screen = open_screen("then_and_now")
    table = screen.table("token").set_index("token")
    assert table.loc["'N/A'"].tolist() == ["NaN", "'N/A'", "'N/A'"]
    assert table.loc["'NA'"].tolist() == ["NaN", "'NA'", "NaN"]
    assert table.loc["''"].tolist() == ["NaN", "''", "''"]
    assert table.loc["'none'"].tolist() == ["'none'"] * 3
    assert "data = pd.read_csv(data_file, keep_default_na=False)" in "\n".join(codes(screen))
    screen.turn("text_input", "then_and_now_tokens", "NULL, n.a.")
    assert screen.table("token")["default"].tolist() == ["NaN", "'n.a.'"]
    screen.turn("text_input", "then_and_now_tokens", '"')
    assert len(screen.errors) == 1
    assert screen.table("token")["default"].tolist() == ["NaN", "'n.a.'"]


def test_deleting_stands_beside_the_fills_with_what_it_loses(open_screen):
    screen = open_screen("then_and_now")
    table = screen.table("lost")
    assert table["rows"].tolist() == [4, 0, 4, 2, 4]
    assert table["lost"].tolist() == [0, 7, 1, 3, 0]
    assert "No row is complete: after dropna() nothing is left to learn from." in screen.words
    assert "Without “Alley” every row stays; its 1 known value is lost." in screen.words
    assert "kept = data.dropna()" in codes(screen)
    assert any(
        code.startswith("emptiest = data.drop(columns=['Price']).isna().sum().idxmax()") for code in codes(screen)
    )


def test_each_value_has_its_column_and_a_gap_is_1_or_0(open_screen):
    screen = open_screen("then_and_now")
    marked, unmarked = [table.value for table in screen.app.dataframe if "value" in table.value.columns]
    assert marked[["rows", "Alley_Pave", "Alley_nan"]].to_numpy().tolist() == [[1, 1, 0], [3, 0, 1]]
    assert unmarked[["rows", "Alley_Pave"]].to_numpy().tolist() == [[1, 1], [3, 0]]
    assert "The 3 missing values are 1 in “Alley_nan”; with dummy_na=False they are 0 in every column" in screen.words


def test_the_exceptions_of_the_installed_libraries_stand_beside_the_lines_of_today(open_screen):
    screen = open_screen("then_and_now", sample="penguins", then_and_now_view="table")
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


def test_a_table_that_was_chosen_is_what_the_lines_run_on(open_screen):
    screen = open_screen("then_and_now", sample="house_tiny")
    X = torch.tensor([[3, 1, 0], [2, 0, 1], [4, 0, 1], [3, 0, 1]], dtype=torch.float64)
    assert screen.app.get("button_group")[0].value == "table"
    assert str(X) in codes(screen)
    assert "X: shape (4, 3), torch.float64" in screen.words
    screen.press("The book's file")
    assert screen.app.text_area(key="then_and_now_file").value == HOUSE_TINY


def test_a_file_of_another_format_is_read_by_a_line_of_pandas(open_screen):
    data = open_screen("data").upload("decimal.csv", b"a;y\n1,5;2\n2,5;4\n")
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("then_and_now", **memory)
    assert "import pandas as pd\n\ndata = pd.read_csv(data_file, sep=';', decimal=',')" in codes(screen)
    assert "the line on the right is what this file needs" in screen.words


def test_names_from_the_file_are_shown_and_never_run_or_rendered(open_screen):
    content = b"a'] or print('<b>x</b>') or data['a,**bold**,y\n1,p,3\n2,,4\n"
    data = open_screen("data").upload("hostile.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    for screen in (
        open_screen("then_and_now", **memory),
        open_screen("then_and_now").turn("text_area", "then_and_now_file", content.decode()),
    ):
        assert screen.errors == []
        assert not any("**bold**" in element.value for element in screen.app.markdown)


def test_a_table_without_features_is_told_so_and_leads_to_paths(open_screen):
    data = open_screen("data").upload("one.csv", b"y\n1\n2\n3\n")
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("then_and_now", **memory)
    assert screen.errors == ["The lines need a column with values besides the label; this table has none."]
    assert any("os.path.join" in link.proto.label for link in screen.app.get("page_link"))
