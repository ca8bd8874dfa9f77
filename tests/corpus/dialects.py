"""Delimiters, quotes, line endings and encodings."""

import codecs
import random

from tests.corpus.case import Case, Right, Sentence, text_case

ROWS = {"name": ["Ann", "Bob", "Cid"], "size": [1.5, 2.25, None], "count": [10, 20, 30]}
WORDS = ("alpha", "beta", "it's", "x, y", "p;q", 'say "hi"', "5 | 6", "two\nlines", "tab\there", "")


def delimited(delimiter: str, end: str = "\n", decimal: str = ".") -> str:
    """Write the same small table in another dialect."""
    lines = [delimiter.join(ROWS)]
    for name, size, count in zip(*ROWS.values(), strict=True):
        number = "" if size is None else str(size).replace(".", decimal)
        lines.append(delimiter.join([str(name), number, str(count)]))
    return end.join([*lines, ""])


def random_quoted(draw: random.Random, delimiter: str, end: str) -> tuple[str, Right]:
    """Write cells full of delimiters, quotes and line breaks, all of them quoted as RFC 4180 says."""
    columns = {name: [draw.choice(WORDS[:-1]) for _ in range(6)] for name in ("left", "right")}
    columns["right"][2] = ""
    rows = [["left", "right"], *map(list, zip(*columns.values(), strict=True))]
    text = "".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) + end for row in rows)
    return text, Right(
        {name: [cell or None for cell in cells] for name, cells in columns.items()}, quiet=delimiter == ","
    )


def make(draw: random.Random) -> list[Case]:
    """Return the cases."""
    right = Right(ROWS, {"name": "category", "size": "number", "count": "number"})
    cases = [
        text_case(f"delimiter {label}", delimited(mark), right, mark)
        for label, mark in (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("pipe", "|"), ("caret", "^"))
    ]
    cases += [
        text_case(f"line ending {label}", delimited(",", end), right)
        for label, end in (("CRLF", "\r\n"), ("CR", "\r"), ("doubled", "\r\r\n"))
    ]
    for label, mark, end in (("comma", ",", "\n"), ("semicolon", ";", "\r\n"), ("tab", "\t", "\n")):
        text, expected = random_quoted(draw, mark, end)
        cases.append(text_case(f"quotes around everything, {label}", text, expected, mark))
    return [*cases, *_dialects(right), *_long_delimiters(), *_aligned(), *_encodings(), *_broken()]


def _long_delimiters() -> list[Case]:
    """Return tables cut at more than one character."""
    right = Right(ROWS, {"name": "category", "size": "number", "count": "number"}, told=("Cells were split at",))
    cases = [
        text_case(f"delimiter of several signs {mark}", delimited(mark), right, None, plain=False)
        for mark in ("||", ";;", "~|~", "^|^", "#|#", " | ", "::")
    ]
    links = Right({"id": [1, 2, 3], "url": ["http://a.com", "http://b.com", "ftp://c.com"]}, quiet=True)
    empty = Right({"a": [1, 2, 3], "b": [None, None, None], "c": [3, 5, 7]}, {"b": "empty"})
    return [
        *cases,
        text_case("delimiter of a comma and a blank", delimited(", "), Right(ROWS), plain=False),
        text_case("links hold signs together", "id,url\n1,http://a.com\n2,http://b.com\n3,ftp://c.com\n", links),
        text_case("an empty column between bars", "a|b|c\n1||3\n2||5\n3||7\n", empty, "|"),
        text_case("three byte order marks", "\ufeff\ufeff\ufeffa,b\n1,2\n3,4\n", Right({"a": [1, 3], "b": [2, 4]})),
        text_case(
            "two byte order marks and no names",
            "\ufeff\ufeff1,2\n3,4\n5,7\n",
            Right({"column_1": [1, 3, 5], "column_2": [2, 4, 7]}),
        ),
    ]


def _aligned() -> list[Case]:
    """Return tables in which columns begin at the same character of each line, with empty cells and blanks in cells."""
    told = ("Cells were cut where the columns begin",)
    rows = {"city": ["New York", "São Paulo", "Paris", "Rome", "Oslo"], "pop": [8.1, 12.3, 2.1, None, 0.7],
            "área": [789, None, 105, 1285, 480]}  # fmt: skip
    cells = [["" if cell is None else str(cell) for cell in column] for column in rows.values()]
    lines = [f"{a:<12}{b:>5} {c:>6}".rstrip() for a, b, c in [tuple(rows), *zip(*cells, strict=True)]]
    words = ["Ann Lee", "Bobby Ray", "X", "Y Z"]
    return [
        text_case("aligned columns with an empty cell",
                  "p      q      r\n1.5    2.0    3.0\n4.0           6.0\n7.0    8.0\n",
                  Right({"p": [1.5, 4, 7], "q": [2, None, 8], "r": [3, 6, None]}, told=told), None, plain=False),
        text_case("aligned columns with blanks in cells", "\r\n".join(lines) + "\r\n", Right(rows, told=told), None,
                  plain=False),
        text_case("words that are not aligned", "\n".join(["name", *words]), Right({"name": words})),
    ]  # fmt: skip


def _dialects(right: Right) -> list[Case]:
    decimal = Right(ROWS, told=("decimal comma",))
    return [
        text_case("line endings mixed", "name,size,count\r\nAnn,1.5,10\nBob,2.25,20\rCid,,30\r\n", right),
        text_case("no line break at the end", delimited(",").rstrip("\n"), right),
        text_case("decimal commas between semicolons", delimited(";", decimal=","), decimal, ";"),
        text_case("decimal commas between tabs", delimited("\t", decimal=","), decimal, "\t"),
        text_case("decimal commas in quotes", 'a,b\n"1,5",x\n"2,25",y\n', Right({"a": [1.5, 2.25], "b": ["x", "y"]})),
        text_case("sep line of Excel", "sep=;\r\n" + delimited(";", "\r\n"), right, ";", plain=False),
        text_case(
            "single quotes",
            "'a','b'\n'x, y','1'\n'it''s','2'\n",
            Right({"a": ["x, y", "it's"], "b": [1, 2]}),
            plain=False,
        ),
        text_case("blanks around cells", "a , b\n 1 , x \n 2 , y z \n", Right({"a": [1, 2], "b": ["x", "y z"]})),
        text_case(
            "blanks before quotes", 'a, b\n1, "x, y"\n2, "z"\n', Right({"a": [1, 2], "b": ["x, y", "z"]}), plain=False
        ),
        text_case(
            "columns aligned by blanks",
            "  mpg   hp  name\n 18.0  130  buick\n 15.0  165  ford\n 16.5   95  fiat\n",
            Right({"mpg": [18, 15, 16.5], "hp": [130, 165, 95], "name": ["buick", "ford", "fiat"]}),
            " ",
            plain=False,
        ),
        text_case(
            "columns aligned by blanks and tabs",
            "a \t b\n1  \t 2\n10 \t 20\n",
            Right({"a": [1, 10], "b": [2, 20]}),
            "\t",
        ),
        text_case(
            "lists in cells",
            "id,tags,x\n1,a|b|c,5\n2,d|e|f,6\n3,g|h|i,7\n",
            Right({"id": [1, 2, 3], "tags": ["a|b|c", "d|e|f", "g|h|i"], "x": [5, 6, 7]}),
        ),
        text_case(
            "commas in text between semicolons",
            "name;note\nA;one, two, three\nB;x, y, z\n",
            Right({"name": ["A", "B"], "note": ["one, two, three", "x, y, z"]}),
            ";",
        ),
        text_case(
            "an inch sign is no quote",
            'size,n\n5" pipe,1\n6" pipe,2\n',
            Right({"size": ['5" pipe', '6" pipe'], "n": [1, 2]}),
        ),
        text_case(
            "line breaks in quotes",
            'a,b\n"one\ntwo",1\n"three\r\nfour",2\n',
            Right({"a": ["one\ntwo", "three\r\nfour"], "b": [1, 2]}),
        ),
        Case("a quote that is never closed", b'a,b\n1,"x\n2,y\n3,z\n', Sentence(("quote",))),
        Case("a quote open for megabytes", b'a,b\n1,"' + b"x,y\n" * 700_000, Sentence(("quote",))),
    ]


ENCODED = (
    ("utf-8-sig", "姓名,città\n张三,Forlì\n"),
    ("utf-16", "姓名,città\n张三,Forlì\n"),
    ("utf-16-le", "姓名,città\n张三,Forlì\n"),
    ("utf-16-be", "姓名,città\n张三,Forlì\n"),
    ("utf-32", "姓名,città\n张三,Forlì\n"),
    ("utf-32-be", "姓名,città\n张三,Forlì\n"),
    ("gb18030", "姓名,城市\n张三,北京\n李四,上海\n"),
    ("gb18030", "姓名,城市\n㐀𠀀,北京\n張三,上海\n"),
    ("big5", "縣市,商品\n新北市,蘋果\n臺中市,鳳梨\n"),
    ("shift_jis", "都道府県,商品\n北海道,りんご\n沖縄県,バナナ\n"),
    ("euc_jp", "都道府県,商品\n北海道,りんご\n沖縄県,バナナ\n"),
    ("euc_kr", "이름,도시\n김철수,서울\n이영희,부산\n"),
    ("cp1250", "imię,miasto\nStanisław,Łódź\nMałgorzata,Kraków\n"),
    ("cp1251", "имя,город\nИван,Москва\nАнна,Казань\n"),
    ("koi8-r", "имя,город\nИван,Москва\nАнна,Казань\n"),
    ("cp1252", "prénom,prix en €\nFrançois,œuf\nZoë,thé\n"),
    ("latin-1", "año,ciudad\nMuñoz,Málaga\nPeña,Cádiz\n"),
    ("cp1253", "όνομα,πόλη\nΓιώργος,Αθήνα\nΜαρία,Πάτρα\n"),
    ("cp1254", "adı,şehir\nAyşe,İstanbul\nÇağrı,Diyarbakır\n"),
    ("mac-roman", "prénom,ville\nFrançois,Orléans\nZoë,Nîmes\n"),
)


def _encodings() -> list[Case]:
    cases = []
    for number, (encoding, text) in enumerate(ENCODED):
        names, *rows = [line.split(",") for line in text.strip().split("\n")]
        columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
        cases.append(text_case(f"encoding {encoding} {number}", text, Right(columns), encoding=encoding))
    late = "a,b\n" + "".join(f"{number},x\n" for number in range(40_000))
    columns = {"a": [*range(40_000), 2], "b": ["x"] * 40_000 + ["é"]}
    cases.append(text_case("a late accent in cp1252", late + "2,é\n", Right(columns), encoding="cp1252"))
    cases.append(text_case("a late accent in UTF-8", late + "2,é\n", Right(columns, quiet=True)))
    return cases


def _broken() -> list[Case]:
    mended = Right({"a": ["é", "ö�", "ü"], "b": [1, 2, 3]}, told=("invalid UTF-8", "line 3"))
    return [
        Case("UTF-8 with one broken byte", "a,b\né,1\nö".encode() + b"\xff" + ",2\nü,3\n".encode(), mended),
        Case(
            "UTF-8 cut inside a character",
            "名,b\n姓,1\n名,2\n李".encode()[:-1],
            Right({"名": ["姓", "名", "�"], "b": [1, 2, None]}, told=("invalid UTF-8", "line 4")),
        ),
        Case("only a byte order mark", codecs.BOM_UTF8, Sentence(("empty",))),
        Case("only a mark of UTF-16", codecs.BOM_UTF16_LE, Sentence(("empty",))),
        Case("zeros in a text", b"a,b\n1,x\x00y\n2,z\n", Sentence(("this file is binary",))),
        Case(
            "a wrong encoding chosen",
            "é,b\n1,2\n".encode("cp1252"),
            Sentence(("utf-8", "another encoding")),
            {"encoding": "utf-8"},
        ),
        Case("an encoding chosen", "й,b\n1,2\n".encode("cp1251"), Right({"й": [1], "b": [2]}), {"encoding": "cp1251"}),
    ]
