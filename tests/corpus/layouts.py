"""Where the table stands in the file: titles, names, units, footers, ragged rows; and names of every sort."""

import random

from tests.corpus.case import Case, Right, Sentence, text_case

BODY = {"city": ["Oslo", "Rome", "Bern"], "area": [454, 1285, 51.6], "people": [709000, 2749000, 134000]}
LINES = "city,area,people\nOslo,454,709000\nRome,1285,2749000\nBern,51.6,134000\n"


def make(draw: random.Random) -> list[Case]:
    """Return the cases."""
    return [*_above(), *_below(), *_headers(), *_ragged(draw), *_names(), *_sizes()]


def layout(name: str, text: str, *told: str, delimiter: str = ",", **arguments: object) -> Case:
    """Return the case of the same small table somewhere in a file."""
    return text_case(name, text, Right(BODY, told=told), delimiter, plain=False, **arguments)  # type: ignore[arg-type]


def _above() -> list[Case]:
    return [
        layout("a title", "Cities of Europe\n" + LINES, "row"),
        layout("a title and a blank line", "Cities of Europe 2024\n\n" + LINES, "row"),
        layout("titles padded with delimiters", "Cities of Europe,,\nin km²,,\n" + LINES, "row"),
        layout("comment lines", "# Cities of Europe\n# area in km²\n" + LINES, "row"),
        layout("lines of keys and values", "Source: Eurostat\nDate: 2024-01-31\nUnit: km²\n" + LINES, "row"),
        layout("the row of names chosen", "Cities,of,Europe\n" + LINES, header=1),
        layout("a row of units", LINES.replace("people\n", "people\n,(km²),(persons)\n"), "(km²)"),
        layout("blank lines everywhere", "\n\n" + LINES.replace("\n", "\n\n  \n"), delimiter=","),
    ]


def _below() -> list[Case]:
    return [
        layout("a source below", LINES + "Source: Eurostat\n", "row"),
        layout("a blank line and footnotes below", LINES + "\n* estimated\n(1) provisional figures\n", "row"),
        layout("a footnote padded with delimiters", LINES + ",,\nNote: figures of 2024,,\n", "row"),
        layout("the rows below chosen", LINES + "Sum,1790.6,3592000\n", skip_end=1),
        layout("title and source", "Cities of Europe\n\n" + LINES + "\nSource: Eurostat, 2024\n", "row"),
    ]


def _headers() -> list[Case]:
    return [
        text_case(
            "no header, numbers alone",
            "5.1,3.5,0\n4.9,3.0,0\n6.2,2.9,1\n",
            Right({"column_1": [5.1, 4.9, 6.2], "column_2": [3.5, 3.0, 2.9], "column_3": [0, 0, 1]}, told=("name",)),
            plain=False,
        ),
        text_case(
            "no header, a label at the end",
            "5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,2.9,virginica\n",
            Right(
                {
                    "column_1": [5.1, 4.9, 6.2],
                    "column_2": [3.5, 3.0, 2.9],
                    "column_3": ["setosa", "setosa", "virginica"],
                },
                told=("name",),
            ),
            plain=False,
        ),
        text_case(
            "no header, chosen",
            "red,1\nblue,2\n",
            Right({"column_1": ["red", "blue"], "column_2": [1, 2]}),
            plain=False,
            header="none",
        ),
        text_case(
            "years as names",
            "country,2019,2020,2021\nNO,1.5,2.5,3.5\nIT,4.5,5.5,6.5\n",
            Right({"country": ["NO", "IT"], "2019": [1.5, 4.5], "2020": [2.5, 5.5], "2021": [3.5, 6.5]}),
        ),
        text_case(
            "words alone below names",
            "color,shape\nred,round\nblue,square\n",
            Right({"color": ["red", "blue"], "shape": ["round", "square"]}, quiet=True),
        ),
        text_case(
            "the header again where files were joined",
            "a,b\n1,x\n2,y\na,b\n3,x\n",
            Right({"a": [1, 2, 3], "b": ["x", "y", "x"]}, told=("repeated",)),
            plain=False,
        ),
        text_case("a header and no rows", "a,b,c\n", Sentence(("header", "row")), plain=False),
    ]


def _ragged(draw: random.Random) -> list[Case]:
    cells = [[draw.randrange(100) for _ in range(3)] for _ in range(50)]
    short = {7, 23}
    lines = [",".join(map(str, row[: 2 if place in short else 3])) for place, row in enumerate(cells)]
    columns = {
        name: [row[at] if at < 2 or place not in short else None for place, row in enumerate(cells)]
        for at, name in enumerate("abc")
    }
    return [
        text_case(
            "short rows", "a,b,c\n" + "\n".join(lines) + "\n", Right(columns, told=("2 rows have fewer",)), plain=False
        ),
        text_case(
            "long rows",
            "a,b\n1,2\n3,4,5\n6,7\n",
            Right({"a": [1, 3, 6], "b": [2, 4, 7]}, told=("1 row has more",)),
            plain=False,
        ),
        text_case(
            "a delimiter at the end of each row",
            "a,b,\n1,2,\n3,4,\n",
            Right({"a": [1, 3], "b": [2, 4]}, told=("extra delimiter",)),
            plain=False,
        ),
        text_case(
            "a delimiter at the end of data rows alone",
            "a,b\n1,2,\n3,4,\n",
            Right({"a": [1, 3], "b": [2, 4]}, told=("extra delimiter",)),
            plain=False,
        ),
        text_case("delimiters alone in a row", "a,b\n1,2\n,\n3,4\n", Right({"a": [1, None, 3], "b": [2, None, 4]})),
        text_case(
            "a comma too many in free text",
            "n;text\n1;a;b\n2;c\n3;d\n",
            Right({"n": [1, 2, 3], "text": ["a", "c", "d"]}, told=("more cells",)),
            ";",
            plain=False,
        ),
    ]


NAMES = (
    "<script>alert(1)</script>",
    "**bold** _x_ `y`",
    "# heading",
    "[link](javascript:alert(1))",
    "=1+1",
    "self",
    "class",
    "'; DROP TABLE x; --",
    "{x}",
    "%s",
    "\\",
    "$x^2$",
    "םולש",
    "🙂",
    "__class__",
    "a.b",
    "a b",
    "x" * 300,
    "NaN",
    "None",
)


def _names() -> list[Case]:
    cases = [
        text_case(f"name {name[:20]}", f'"{name}",b\n1,x\n2,y\n', Right({name: [1, 2], "b": ["x", "y"]}))
        for name in NAMES
    ]
    return [
        *cases,
        text_case(
            "names that come twice",
            "a,a,b,a\n1,2,3,4\n5,6,7,8\n",
            Right({"a": [1, 5], "a_2": [2, 6], "b": [3, 7], "a_3": [4, 8]}, told=("Repeated",)),
        ),
        text_case(
            "a name that a second one would get",
            "a,a,a_2\n1,2,3\n4,5,6\n",
            Right({"a": [1, 4], "a_3": [2, 5], "a_2": [3, 6]}),
        ),
        text_case(
            "names left blank",
            "a,,c\n1,2,3\n4,5,6\n",
            Right({"a": [1, 4], "column_2": [2, 5], "c": [3, 6]}, told=("without a name",)),
        ),
        text_case("a line break in a name", '"a\nb",c\n1,2\n3,4\n', Right({"a\nb": [1, 3], "c": [2, 4]})),
    ]


def _sizes() -> list[Case]:
    wide = ",".join(f"c{place}" for place in range(2001))
    most = [f"c{place}" for place in range(2000)]
    return [
        Case("an empty file", b"", Sentence(("empty",))),
        Case("line breaks alone", b"\n\r\n\n", Sentence(("empty",))),
        Case("blanks alone", b"   \n\t\n", Sentence(("at least one row",))),
        Case("one cell", b"a", Sentence(("row",))),
        text_case("one column", "a\n1\n2\n", Right({"a": [1, 2]}, told=("single column",)), None),
        text_case(
            "one column of sentences",
            "text\nhello, world\nwell; yes\n",
            Right({"text": ["hello, world", "well; yes"]}, told=("single column",)),
            None,
        ),
        text_case("one row", "a,b\n1,x\n", Right({"a": [1], "b": ["x"]})),
        Case("2,001 columns", f"{wide}\n{','.join('1' * 2001)}\n".encode(), Sentence(("2,001 columns", "2,000"))),
        text_case("2,000 columns", f"{','.join(most)}\n{','.join('1' * 2000)}\n", Right({name: [1] for name in most})),
    ]
