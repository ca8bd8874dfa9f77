import pytest

from dashboard.ui.escape import escape_markdown


@pytest.mark.parametrize(
    "hostile",
    [
        "**bold**",
        "<script>alert(1)</script>",
        "$x^2$",
        "`code`",
        "[link](http://a.b)",
        "# title",
        "- item",
        "a|b",
        "~~s~~",
    ],
)
def test_every_mark_of_markdown_is_escaped(hostile):
    shown = escape_markdown(hostile)
    marks = [place for place, mark in enumerate(shown) if mark in "*<>$`[]()#-|~"]
    assert marks
    assert all(shown[place - 1] == "\\" for place in marks)


@pytest.mark.parametrize("code", [":smile:", ":red[x]", ":material/home:", "www.example.com", "http://a.b", "a@b.c"])
def test_codes_that_outlive_escaping_are_broken_by_an_invisible_joiner(code):
    assert code not in escape_markdown(code).replace("\\", "")
    assert escape_markdown(code).replace("\\", "").replace("\u2060", "") == code


def test_line_breaks_cannot_open_a_new_block():
    assert "\n" not in escape_markdown("a\n\n# b")
