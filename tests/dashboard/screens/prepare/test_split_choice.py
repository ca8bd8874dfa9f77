"""How rows are split is chosen on Prepare, kept in the plan, and told; Leakage shows what copies do."""

import pytest

from core.preprocessing import Recipe, SplitPlan, read_table, split_rows

ROWS = [f"p{place % 8},{2000 + place // 3},one,{place % 10},{place % 7},{place * 4 % 11}" for place in range(40)] * 3
FILE = "\n".join(["patient,year,same,a,b,y", *ROWS])


@pytest.fixture
def prepare(open_screen):
    data = open_screen("data").upload("copies.csv", FILE.encode())
    assert "80 of 120 rows are copies of an earlier row" in data.words
    return open_screen("prepare", **{key: data.app.session_state[key] for key in ("_upload", "sample")})


def kept(screen) -> Recipe:
    choices = [choice for of in screen.app.session_state["_choices"].values() for choice in of.items()]
    (text,) = [text for name, text in choices if name.startswith('["recipe"') and text]
    return Recipe.from_json(text)


def test_the_split_is_chosen_told_and_refused_where_it_cannot_be_made(prepare):
    assert "24 test rows equal a training row in the target and in every feature" in prepare.words
    prepare.app.checkbox(key="prepare_keep_copies").check()
    prepare.run()
    assert kept(prepare).split == SplitPlan(keep_copies=True)
    assert "equal a training row in the target" not in prepare.words

    prepare.press("by group")
    assert kept(prepare).split == SplitPlan("group", "patient", keep_copies=True)
    assert "Split by “patient”: " in prepare.words
    frame = read_table(FILE.encode()).frame
    train, test = split_rows(frame, kept(prepare))
    assert not set(frame["patient"][train]) & set(frame["patient"][test])
    assert prepare.boxes["Test rows"] == str(len(test))
    assert any("draw_groups(" in block.value for block in prepare.app.code)

    prepare.turn("selectbox", "prepare_split_column", "same")
    assert any("The split was not changed. “same” has the same value in every row" in error for error in prepare.errors)
    assert kept(prepare).split.column == "patient"

    prepare.press("by time")
    assert kept(prepare).split == SplitPlan("time", "year")
    assert "from 2,011 on" in prepare.words or "from 2011 on" in prepare.words
    prepare.press("at random")
    assert "24 test rows equal a training row" in prepare.words


def test_leakage_measures_the_copies_of_the_visitors_table(prepare, open_screen):
    leakage = open_screen("leakage", **{key: prepare.app.session_state[key] for key in ("_upload", "sample")})
    assert "80 of 120 rows equal an earlier one in the target and in every feature. Over 20 splits" in leakage.words
    assert "with copies on one side" in leakage.words
