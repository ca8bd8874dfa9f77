"""What stands below the data and between its rows: sums, remarks with delimiters, another table, bare rows."""

import random

from tests.corpus.above import FLOWS, LEVELS, ROWS, STATION, case
from tests.corpus.case import Case, Right

TABLE = "day,level,flow\n" + ROWS
SHOPS = {"shop": ["Quay", "Mall", "Gate"], "sold": [12, 30, 8], "gain": [3.5, 41, 2.25]}
SHOP_ROWS = "shop;sold;gain\nQuay;12;3.5\nMall;30;41\nGate;8;2.25\n"


def make(_draw: random.Random) -> list[Case]:
    """Return the cases."""
    return [*_sums(), *_remarks(), *_tables(), *_between(), *_delimiters()]


def _sums() -> list[Case]:
    told = ("sum of the rows above", "1 row at the end")
    kept = {"shop": [*SHOPS["shop"], "Total"], "sold": [*SHOPS["sold"], 51], "gain": [*SHOPS["gain"], 40]}
    commas = {"shop": ["a", "b", "c"], "sold": [1250, 2000, 750], "gain": [0.5, 0.25, 0.25]}
    return [
        case("a row of sums", SHOP_ROWS + "Total;50;46.75\n", Right(SHOPS, told=told), ";"),
        case("a row of sums with a colon", SHOP_ROWS + "Grand total:;50;46.75\n", Right(SHOPS, told=told), ";"),
        case("a row of sums below a blank line", SHOP_ROWS + "\nGesamt;50;46.75\n", Right(SHOPS, told=told), ";"),
        case("a row of sums and a mean", SHOP_ROWS + "Sum;50;15.58\n", Right(SHOPS, told=told), ";"),
        case("a row of sums above a source", SHOP_ROWS + "合计;50;46.75\nSource: the shops\n", Right(
            SHOPS, told=("sum of the rows above", "2 rows at the end")), ";"),
        case("a row of sums with separators", 'shop,sold,gain\na,"1,250",0.5\nb,"2,000",0.25\nc,750,0.25\n'
             'Totals,"4,000",1\n', Right(commas, told=told)),
        case("a shop called Total", SHOP_ROWS + "Total;51;40\n", Right(kept), ";"),
        case("a row of sums, kept", SHOP_ROWS + "Total;50;46.75\n", Right(
            {"shop": kept["shop"], "sold": [12, 30, 8, 50], "gain": [3.5, 41, 2.25, 46.75]}), ";", skip_end=0),
    ]  # fmt: skip


def _remarks() -> list[Case]:
    return [
        case("remarks with delimiters", TABLE + "\nlevel: at the gauge, in m\nflow: at the weir, in m³/s\n", Right(
            STATION, {"day": "date"}, ("2 rows at the end",))),
        case("remarks in two blocks", TABLE + "\nlevel: at the gauge\n\nThe water board, 2024\n", Right(
            STATION, {"day": "date"}, ("2 rows at the end",))),
        case("remarks as long as rows", TABLE + "\nmeasured by hand, daily, at noon\n", Right(
            STATION, told=("1 row at the end",))),
        case("bare rows at the end", TABLE + ",,\n" * 40, Right(STATION, told=("40 rows at the end",))),
        case("very many bare rows at the end", TABLE + ",,\n" * 40_000, Right(
            STATION, told=("40000 rows at the end",))),
        case("bare rows and remarks", TABLE + ",,\n,,\nNote: by hand,,\n,,\n", Right(
            STATION, told=("4 rows at the end",))),
        case("blank lines between the rows", TABLE.replace("\n2024-02-05", "\n\n2024-02-05"), Right(STATION)),
        case("a row without its values below a blank line", TABLE + "\n2024-02-09,,\n", Right(
            {"day": [*STATION["day"], "2024-02-09"], "level": [*LEVELS, None], "flow": [*FLOWS, None]})),
    ]  # fmt: skip


def _tables() -> list[Case]:
    told = ("look like another table",)
    return [
        case("a wider table below", SHOP_ROWS + "\nmonth;rain;sun;wind\n1;4;5;6\n2;7;8;9\n", Right(
            SHOPS, told=(*told, "3 rows below")), ";"),
        case("a narrower table below", SHOP_ROWS + "\nyear;rain\n2020;4\n2021;7\n", Right(
            SHOPS, told=(*told, "3 rows below")), ";"),
        case("a table of as many columns below", SHOP_ROWS + "\nmonth;rain;sun\n1;4;5\n2;7;8\n", Right(
            SHOPS, told=(*told, "3 rows below")), ";"),
        case("two tables below", SHOP_ROWS + "\nyear;rain\n2020;4\n2021;7\n\nday;a;b;c\n1;2;3;4\n2;3;4;5\n", Right(
            SHOPS, told=(*told, "6 rows below")), ";"),
    ]  # fmt: skip


def _between() -> list[Case]:
    marked = TABLE.replace("\n2024-02-03", "\n# the gauge was cleaned\n2024-02-03")
    told = ("2 comments between the rows were left out, in lines 4, 10",)
    colours = "colour,sort,n\n#ff0000,a,1\n#00ff00,b,2\n#0000ff,c,3\n"
    return [
        case("comments between the rows", marked.replace("\n2024-02-08", "\n# noon, by hand\n2024-02-08"), Right(
            STATION, {"day": "date", "level": "number"}, told)),
        case("a comment within quotes", 'n,word,m\n1,"a\n# b",5\n2,c,6\n3,d,7\n', Right(
            {"n": [1, 2, 3], "word": ["a\n# b", "c", "d"], "m": [5, 6, 7]})),
        case("colours are no comments", colours, Right(
            {"colour": ["#ff0000", "#00ff00", "#0000ff"], "sort": ["a", "b", "c"], "n": [1, 2, 3]})),
    ]  # fmt: skip


def _delimiters() -> list[Case]:
    columns = {"n": [1, 2, 3], "word": ["plain", '"left open', "last"], "m": [5, 6, 7]}
    lines = 'n,word,m\n1,plain,5\n2,"left open,6\n3,last,7\n'
    plain = {**columns, "word": ["plain", "a,b", "last"]}
    return [
        case("a stray quote in tabs", lines.replace(",", "\t"), Right(columns, told=("read as letters",)), "\t"),
        case("two stray quotes in tabs", lines.replace("last", '"last').replace(",", "\t"), Right(
            {**columns, "word": ["plain", '"left open', '"last']}, told=("read as letters",)), "\t"),
        case("two colons between cells", "4::Mill: old::a|b\n5::Lock::c\n7::Weir: new::a\n9::Dam::b\n", Right(
            {"column_1": [4, 5, 7, 9], "column_2": ["Mill: old", "Lock", "Weir: new", "Dam"],
             "column_3": ["a|b", "c", "a", "b"]}, told=("“::”",)), None),
        case("quoted breaks in tabs", 'n\tword\tm\n1\t"a\nb"\t5\n2\tc\t6\n3\td\t7\n', Right(
            {"n": [1, 2, 3], "word": ["a\nb", "c", "d"], "m": [5, 6, 7]}), "\t"),
        *(
            case(f"control {ord(mark)}", lines.replace(",", mark).replace('"left open', "a,b"), Right(plain), mark)
            for mark in "\x01\x1f"
        ),
    ]  # fmt: skip
