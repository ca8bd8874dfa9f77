"""Data: kinds and codes for missing are chosen for one column or for many, and what does not fit is listed."""

import pytest

ROWS = [
    f"{i},{i * 7:05},{i * i % 13},{-200 if i % 4 == 0 else i % 9},{'yes' if i % 3 else 'no'},w{i % 5}"
    for i in range(40)
]
TABLE = "\n".join(["id,zip,n,m,flag,s", *ROWS]).encode()


@pytest.fixture
def screen(open_screen):
    return open_screen("data").upload("table.csv", TABLE)


def kinds(screen):
    shown = screen.table("missing_share")
    return dict(zip(shown["column"], shown["kind"], strict=True))


def missing(screen):
    shown = screen.table("missing_share")
    return dict(zip(shown["column"], shown["missing"], strict=True))


def reading(screen):
    return next((kept["reading"] for kept in screen.app.session_state["_choices"].values() if kept.get("reading")), {})


def test_every_kind_is_shown_with_its_reason(screen):
    assert kinds(screen) == {
        "id": "identifier", "zip": "identifier", "n": "number", "m": "number", "flag": "yes/no", "s": "category",
    }  # fmt: skip
    reasons = screen.table("missing_share")["reason"]
    assert reasons.str.len().min() > 10
    assert reasons.nunique() >= 4


def test_one_column_is_retyped_and_taken_back(screen):
    screen.turn("multiselect", "data_columns", ["n"]).turn("selectbox", "data_kind", "category")
    assert kinds(screen)["n"] == "category"
    assert "n" not in screen.app.selectbox(key="target").options
    assert reading(screen) == {"kinds": {"n": "category"}}
    screen.turn("selectbox", "data_kind", "guessed")
    assert kinds(screen)["n"] == "number"
    assert reading(screen) == {}


def test_many_columns_are_retyped_at_once_through_a_quick_pick(screen):
    screen.press("all numbers (2)")
    assert screen.app.session_state["data_columns"] == ["n", "m"]
    screen.turn("selectbox", "data_kind", "category")
    assert [kinds(screen)[name] for name in ("n", "m", "s")] == ["category"] * 3
    assert "all categories (3)" in [button.label.replace("\\", "") for button in screen.app.button]


def test_columns_of_different_kinds_show_no_kind_until_one_is_chosen_for_all(screen):
    screen.turn("multiselect", "data_columns", ["n", "s"]).turn("selectbox", "data_kind", "text")
    screen.turn("multiselect", "data_columns", ["n", "s", "m"])
    assert screen.app.selectbox(key="data_kind").value is None
    assert screen.app.selectbox(key="data_kind").proto.placeholder == "differs"


def test_cells_that_do_not_fit_the_new_kind_are_missing_and_listed(open_screen):
    screen = open_screen("data").upload("t.csv", b"a,b\n1,x\n2,y\nthree,x\n4,y\nfive,z\n6,x\n")
    assert kinds(screen)["a"] == "category"
    screen.turn("multiselect", "data_columns", ["a"]).turn("selectbox", "data_kind", "number")
    assert kinds(screen)["a"] == "number"
    assert missing(screen)["a"] == 2
    cells = screen.table("before")
    listed = cells.loc[cells["column"] == "a"]
    assert list(listed["before"]) == ["three", "five"]
    assert list(listed["row"]) == [2, 4]
    assert list(listed["line"]) == [4, 6]


def test_codes_count_as_missing_in_the_chosen_columns_only(screen):
    before = missing(screen)
    screen.turn("multiselect", "data_columns", ["n", "m"]).turn("multiselect", "data_codes", ["-200", "7"])
    assert reading(screen) == {"codes": {"n": ["-200", "7"], "m": ["-200", "7"]}}
    after = missing(screen)
    assert after["m"] >= before["m"] + 10
    assert {name for name in after if after[name] != before[name]} <= {"n", "m"}
    screen.turn("multiselect", "data_columns", ["n"]).turn("multiselect", "data_codes", [])
    assert reading(screen) == {"codes": {"m": ["-200", "7"]}}
    assert missing(screen)["n"] == before["n"]
    assert missing(screen)["m"] == after["m"]


def test_changing_the_shared_codes_of_many_columns_leaves_each_its_own(screen):
    screen.turn("multiselect", "data_columns", ["n"]).turn("multiselect", "data_codes", ["3"])
    screen.turn("multiselect", "data_columns", ["n", "m"])
    assert screen.app.multiselect(key="data_codes").value == []
    screen.turn("multiselect", "data_codes", ["-200"])
    assert reading(screen)["codes"] == {"n": ["3", "-200"], "m": ["-200"]}


def test_a_number_that_looks_like_a_code_is_pointed_out_and_taken_as_missing_with_one_button(screen):
    assert "-200 stands in 10 cells of “m”, far from every other number there" in screen.words
    screen.press("Take -200 as missing")
    assert missing(screen)["m"] == 10
    assert reading(screen) == {"codes": {"m": ["-200"]}}
    assert "far from every other number" not in screen.words


def test_a_kind_that_cannot_be_is_refused_beside_the_editor_and_nothing_changes(screen):
    before = kinds(screen)
    screen.turn("multiselect", "data_columns", ["s"]).turn("selectbox", "data_kind", "date")
    if screen.errors:
        assert "The table is shown as it was read before." in screen.words
        assert kinds(screen) == before
    else:
        assert missing(screen)["s"] == 40


def test_hostile_names_and_codes_are_shown_letter_for_letter(open_screen):
    content = b"<b>x</b>,**y**,:smile:\n" + b"".join(
        b"%d,%d,%s\n" % (i, i % 7, b"-999" if i % 2 else b"%d" % i) for i in range(20)
    )
    screen = open_screen("data").upload("t.csv", content)
    assert "“:smile:”" in screen.words
    raw = "\n".join(str(text.value) for text in screen.app.markdown)
    assert ":smile:" not in raw
    assert "**y**" not in raw
    screen.turn("multiselect", "data_columns", ["**y**", "<b>x</b>"]).turn("selectbox", "data_kind", "category")
    assert kinds(screen)["**y**"] == "category"


def test_a_new_file_starts_with_no_kind_or_code_of_the_old_one(screen):
    screen.turn("multiselect", "data_columns", ["n"]).turn("selectbox", "data_kind", "category")
    screen.upload("other.csv", b"n,k\n1,2\n3,4\n5,6\n")
    assert kinds(screen) == {"n": "number", "k": "number"}
    screen.turn("selectbox", "sample", "cars").turn("selectbox", "sample", "upload")
    assert kinds(screen) == {"n": "number", "k": "number"}
