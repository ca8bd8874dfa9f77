"""What stands above the data and is taken for it: row labels, other tables, comments, names that are values, units."""

import datetime
import io
import random

import openpyxl

from tests.corpus.case import Case, Right, text_case

DAYS = [f"2024-02-{day:02}" for day in range(1, 9)]
LEVELS = [0.5 + 1.25 * place for place in range(8)]
FLOWS = [40 - 3 * place for place in range(8)]
STATION = {"day": DAYS, "level": LEVELS, "flow": FLOWS}
ROWS = "".join(f"{day},{level},{flow}\n" for day, level, flow in zip(DAYS, LEVELS, FLOWS, strict=True))


def make(_draw: random.Random) -> list[Case]:
    """Return the cases."""
    return [*_labels(), *_other_rows(), *_value_names(), *_two_rows(), *_units()]


def case(name: str, text: str, columns: Right, delimiter: str = ",", **arguments: object) -> Case:
    """Return the case of a text that no other reader cuts alike."""
    return text_case(name, text, columns, delimiter, plain=False, **arguments)  # type: ignore[arg-type]


def _labels() -> list[Case]:
    body = {"width": [1.5, 2.5, 0.25, 4], "sort": ["p", "q", "p", "q"]}
    told = ("one cell more than there are names", "without a name")
    rows = [f"{width};{sort}" for width, sort in zip(*body.values(), strict=True)]
    numbered = "width;sort\n" + "".join(f"{place};{row}\n" for place, row in enumerate(rows, start=1))
    worded = '"width"\t"sort"\n' + "".join(
        f'"{word}"\t{row}\n'.replace(";", "\t") for word, row in zip("wxyz", rows, strict=True)
    )
    return [
        case("row labels that count, without a name", numbered, Right({"column_1": [1, 2, 3, 4], **body}, {
            "column_1": "identifier", "sort": "category"}, told), ";"),
        case("row labels in quotes, without a name", worded, Right({"column_1": list("wxyz"), **body}, told=told),
             "\t"),
        case("row labels above one column", "speed\nfox,4.5\nelk,6.25\nhare,9\n", Right(
            {"column_1": ["fox", "elk", "hare"], "speed": [4.5, 6.25, 9]}, told=told)),
        case("row labels below a title", "Speeds of 2024\n\n" + numbered, Right(
            {"column_1": [1, 2, 3, 4], **body}, told=(*told, "1 row before")), ";"),
        case("row labels below chosen names", numbered, Right({"column_1": [1, 2, 3, 4], **body}, told=told), ";",
             header=0),
    ]  # fmt: skip


def _other_rows() -> list[Case]:
    table = "day,level,flow\n" + ROWS
    remarks = "".join(f"# setting {place}: value {place}\n" for place in range(260))
    spaced = "".join(f" {place:3} {0.5 * place:7.2f}  {place % 4} {place + 2000}\n" for place in range(1, 13))
    measured = {
        "column_1": list(range(1, 13)),
        "column_2": [0.5 * place for place in range(1, 13)],
        "column_3": [place % 4 for place in range(1, 13)],
        "column_4": [place + 2000 for place in range(1, 13)],
    }
    return [
        case("keys and values above three columns", "Logger,A7\nOwner,lab\n" + table, Right(
            STATION, told=("2 rows before",))),
        case("keys and numbers above three columns", "Serial,77\nGain,1.5\nRun,12\n" + table, Right(
            STATION, told=("3 rows before",))),
        case("longer rows above three columns", "id,place,x,y,z,owner\n9,Mill,4.5,8.25,100,us\n" + table, Right(
            STATION, told=("2 rows before",))),
        case("a shorter table above, of one row", "site,depth\nMill,4.5\n" + table, Right(
            STATION, told=("2 rows before",))),
        case("very many comments above", remarks + table, Right(STATION, told=("260 rows before",))),
        case("names in the last of many comments", "# made by a logger\n" * 30 + "# " + table, Right(
            STATION, told=("comment line", "30 rows before"))),
        case("names in a comment of a simulator", "% run 7\n% dt = 0.1\n%day;level;flow\n" + ROWS.replace(",", ";"),
             Right(STATION, told=("comment line", "2 rows before")), ";"),
        case("lines above aligned columns without names", "River Mill\n 51.5 12.25 80 m version 2\n" + spaced, Right(
            measured, told=("no header row", "2 rows before")), " "),
        case("a name with a comma above aligned columns", "Mill, upper\n" + spaced, Right(
            measured, told=("no header row", "1 row before")), " "),
        case("short rows that most are", "day,level,flow,note\n" + ROWS.replace("\n", "\n", 1), Right(
            {**STATION, "note": [None] * 8}, told=("8 rows have fewer",))),
    ]  # fmt: skip


def _value_names() -> list[Case]:
    def wide(name: str, names: list[str], cells: list[list[float]], first: str = "land", **kinds: str) -> Case:
        lands = ["Norland", "Sudland", "Westland"]
        lines = [",".join([first, *names]), *(",".join([land, *map(str, row)]) for land, row in zip(lands, cells))]  # noqa: B905
        columns = {first or "column_1": lands, **{at: [row[i] for row in cells] for i, at in enumerate(names)}}
        return case(name, "\n".join(lines) + "\n", Right(columns, kinds))

    three = [[0.5, 12.0, 7.5], [4.0, 3.25, 1.0], [9.0, 6.0, 2.0]]
    book = openpyxl.Workbook()
    book.active.append(["land", datetime.datetime(2023, 3, 31), datetime.datetime(2023, 6, 30)])
    for place, land in enumerate("PQR"):
        book.active.append([land, 4 * place, 9 * place])
    held = io.BytesIO()
    book.save(held)
    array = "".join(f"{place},{0.5 + place},{1.25 * place}\n" for place in range(4))
    return [
        wide("one year as a name", ["1998"], [[-3.5], [2.25], [8.0]], land="category"),
        wide("years apart as names", ["1990", "2005", "2010"], three),
        wide("days as names", ["2024-01-31", "2024-02-29", "2024-03-31"], three),
        wide("American days as names", ["3/1/21", "3/2/21", "3/3/21"], three),
        wide("days with points as names", ["01.03.2021", "02.03.2021", "03.03.2021"], three),
        wide("hours as names", ["00:00", "06:00", "12:00"], three),
        wide("wave lengths as names", ["400.5", "410.5", "420.5"], three),
        case("names that a frame of an array has", ",0,1\n" + array, Right(
            {"column_1": [0, 1, 2, 3], "0": [0.5, 1.5, 2.5, 3.5], "1": [0, 1.25, 2.5, 3.75]},
            {"column_1": "identifier"})),
        case("counted names and no labels", "0,1,2\n2.5,3.5,x\n4.5,1.25,y\n", Right(
            {"0": [2.5, 4.5], "1": [3.5, 1.25], "2": ["x", "y"]})),
        case("whole numbers in steps and no names", "0,1,2\n3,4,5\n6,7,8\n", Right(
            {"column_1": [0, 3, 6], "column_2": [1, 4, 7], "column_3": [2, 5, 8]}, told=("no header row",))),
        case("a title and a unit above years", "Output by sort;;\nin tonnes;;\nSort;2010;2011\nOats;5;6\nRye;70;90\n",
             Right({"Sort": ["Oats", "Rye"], "2010": [5, 70], "2011": [6, 90]}, told=("2 rows before",)), ";"),
        Case("a workbook with days as names", held.getvalue(), Right(
            {"land": list("PQR"), "2023-03-31": [0, 4, 8], "2023-06-30": [0, 9, 18]})),
    ]  # fmt: skip


def _two_rows() -> list[Case]:
    columns = {
        "area": ["Hill", "Dale", "Moor"],
        "2018 boys": [3, 4, 5],
        "2018 girls": [6, 7, 8],
        "2019 boys": [30, 40, 50],
        "2019 girls": [60, 70, 80],
    }
    rows = "".join(",".join(map(str, row)) + "\n" for row in zip(*columns.values(), strict=True))
    book = openpyxl.Workbook()
    for row in (["area", 2018, None, 2019, None], [None, "boys", "girls", "boys", "girls"]):
        book.active.append(row)
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        book.active.merge_cells(merged)
    for line in zip(*columns.values(), strict=True):
        book.active.append(line)
    held = io.BytesIO()
    book.save(held)
    told = ("two rows were joined", "“2018 boys”")
    words = {name.replace("2018", "old").replace("2019", "new"): cells for name, cells in columns.items()}
    return [
        case("years over names", ",2018,,2019,\narea,boys,girls,boys,girls\n" + rows, Right(columns, told=told)),
        case("years repeated over names", "area,2018,2018,2019,2019\n,boys,girls,boys,girls\n" + rows, Right(
            columns, told=told)),
        case("words over names, below a title", "Pupils,,,,\n,old,,new,\narea,boys,girls,boys,girls\n" + rows, Right(
            words, told=("two rows were joined", "1 row before"))),
        Case("a workbook with merged names", held.getvalue(), Right(columns, told=told)),
    ]  # fmt: skip


def _units() -> list[Case]:
    def below(name: str, *lines: str) -> Case:
        text = "day,level,flow\n" + "".join(line + "\n" for line in lines) + ROWS
        count = f"{len(lines)} row{'s' * (len(lines) > 1)} below the names"
        return case(name, text, Right(STATION, {"day": "date"}, (count, lines[0].split(",")[1])))

    return [
        below("units without brackets", "d,m,m³/s"),
        below("units of some columns", ",cm,l/s"),
        below("widths of a database", "10d,8n,12n"),
        below("names and questions", "The day,How high was it?,How much flowed?"),
        below("questions and their numbers", "The day,How high?,How much?", "{Q0},{Q1},{Q2}"),
        below("types of columns", "date,float,int"),
        case(
            "a first row that lacks two values",
            "day,level,flow\nx,unknown,unknown\n" + ROWS.replace("0.5,40", "unknown,unknown"),
            Right({
                "day": ["x", *DAYS],
                "level": ["unknown", "unknown", *map(str, LEVELS[1:])],
                "flow": ["unknown", "unknown", *map(str, FLOWS[1:])],
            }, told=("“unknown”",)),
        ),
    ]  # fmt: skip
