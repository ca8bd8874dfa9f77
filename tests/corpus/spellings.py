"""Cells that people write in their own way: thousands, dates of other calendars and tongues, answers, codes."""

import random

from tests.corpus.case import Case, Right, Value, text_case


def make(_draw: random.Random) -> list[Case]:
    """Return the cases."""
    parts = (_thousands, _dates, _advice, _tokens, _quotes, _numbers, _times, _codes, _spelled_dates, _words, _choices)
    return [case for part in parts for case in part()]


def column(
    name: str, cells: list[str], values: list[Value], *told: str, kind: str = "number", delimiter: str = ";",
    title: str = "cell", **arguments: object,
) -> Case:  # fmt: skip
    """Return the case of one column of cells beside one of square numbers."""
    squares: list[Value] = [place * place for place in range(1, len(cells) + 1)]
    rows = [f"{square}{delimiter}{cell}\n" for square, cell in zip(squares, cells, strict=True)]
    text = f"y{delimiter}{title}\n" + "".join(rows)
    right = Right({"y": squares, title: values}, {title: kind}, told)
    return text_case(name, text, right, delimiter, plain=False, **arguments)  # type: ignore[arg-type]


def _thousands() -> list[Case]:
    either = "could also be a decimal mark"
    grouped = ["2.718", "31.415", "12", "207.300", "850"]
    values: list[Value] = [2718, 31415, 12, 207300, 850]
    commas = [cell.replace(".", ",") for cell in grouped]
    return [
        column("points between thousands", grouped, values, either),
        column("points between thousands and one number below", ["4.001", "5.555", "77"], [4001, 5555, 77], either),
        column("points between thousands, in tabs", grouped, values, either, delimiter="\t"),
        column("points between thousands, in commas", grouped, values, either, delimiter=","),
        column("commas between thousands, in semicolons", commas, values, either),
        column("points between thousands in every cell", ["4.001", "5.555", "12.250"], [4.001, 5.555, 12.25],
               "could also separate thousands"),
        column("a decimal elsewhere tells the point", ["4.001", "5.555", "77", "0.5"], [4.001, 5.555, 77, 0.5]),
        column("three decimals beside a zero, in commas", ["4.001", "5.555", "0"], [4.001, 5.555, 0], delimiter=","),
        column("points between thousands, not if the mark is chosen", grouped, [2.718, 31.415, 12, 207.3, 850],
               decimal="."),
        column("points between thousands in every cell, chosen", ["4.001", "5.555"], [4001, 5555], either,
               thousands="."),
    ]  # fmt: skip


def _dates() -> list[Case]:
    months = [(year, month) for year in (1991, 1992) for month in range(1, 13)]
    first_days: list[Value] = [f"{year}-{month:02}-01" for year, month in months]
    quarters = [(year, month) for year in (2001, 2002) for month in (1, 4, 7, 10)]
    ambiguous, century = "order of day and month is ambiguous", "years of two digits were read as"
    school, other = "two years in a row", "another calendar"

    def born(name: str, years: list[int], first: str, title: str = "day", kind: str = "date") -> Case:
        cells = [f"{place + 13}.{place % 9 + 1}.{year % 100:02}" for place, year in enumerate(years)]
        values = [f"{year}-{place % 9 + 1:02}-{place + 13}" for place, year in enumerate(years)]
        return column(name, cells, list(values), century, first, kind=kind, title=title)

    def text(name: str, cells: list[str], told: str, title: str = "cell") -> Case:
        return column(name, cells, list(cells), told, kind="category", title=title)

    return [
        column("months, the day before", [f"01/{month:02}/{year}" for year, month in months], first_days, ambiguous,
               "day first", kind="date", delimiter=","),
        column("months, the day behind", [f"{month:02}/01/{year}" for year, month in months], first_days, ambiguous,
               "month first", kind="date", decimal=","),
        column("quarters", [f"1/{month}/{year}" for year, month in quarters],
               [f"{year}-{month:02}-01" for year, month in quarters], ambiguous, "day first", kind="date",
               delimiter=","),
        column("weeks in order if the day is first", ["02/01/2023", "09/01/2023", "04/02/2023", "11/02/2023"],
               ["2023-01-02", "2023-01-09", "2023-02-04", "2023-02-11"], ambiguous, "day first", kind="date",
               delimiter=","),
        column("days of one month", ["01/02/2023", "01/03/2023", "01/04/2023", "01/05/2023"],
               ["2023-01-02", "2023-01-03", "2023-01-04", "2023-01-05"], ambiguous, "month first", kind="date",
               delimiter=","),
        born("births of two digits", [1938, 1945, 1951, 1960, 1999, 2003], "", "birth_date"),
        born("births of two digits in a capital", [1941, 1950, 2001], "", "DateOfBirth"),
        born("years before 1969 alone", [1944, 1951, 1966], "1944 to 2043"),
        born("years around 1969", [1955, 1968, 1969, 1984], "1955 to 2054"),
        born("years around 2000", [1996, 2000, 2021], "1969 to 2068"),
        column("the year of two digits first", ["21/02/03", "21/02/17", "22/11/29"],
               ["2021-02-03", "2021-02-17", "2022-11-29"], "year first", kind="date"),
        column("the year of two digits first, and clear", ["97/12/31", "98/01/31"], ["1997-12-31", "1998-01-31"],
               century, kind="date"),
        text("school years", ["2008/09", "2009/10", "2011/12"], school),
        text("seasons with hyphens", ["1999-00", "2000-01", "2001-02"], school),
        column("months that are no seasons", ["2008/09", "2008/10"], ["2008-09-01", "2008-10-01"], kind="date"),
        text("Persian dates", ["1401/01/31", "1402/06/30"], other),
        text("Persian dates with a day of their own", ["1401/02/31", "1402/06/30", "1402/07/01"], other),
        text("Buddhist dates", ["2566-01-31", "2567-03-02"], other),
        column("dates of the Middle Ages", ["1215-06-15", "1492-10-12"], ["1215-06-15", "1492-10-12"], kind="date"),
    ]  # fmt: skip


def _advice() -> list[Case]:
    mostly = ["03-11-2021"] * 60 + ["not known"]
    heads = ["Number of people", *(str(1_811 + 13 * place) for place in range(12))]
    pay = ["1,250.00 S", "99.50 S", "14.00 H", "20.00 S", "31.25 S"]
    return [
        column("one day and one word", mostly, list(mostly), "text only because of the cells “not known”",
               kind="category"),
        column("a word above numbers that could be years", heads, list(heads), "to read numbers", kind="category"),
        column("numbers with two marks", pay, list(pay), "different units or signs", kind="category"),
    ]  # fmt: skip


def _tokens() -> list[Case]:
    lands = ["DE", "NA", "ZA", "BW", "NA", "ZA"]
    return [
        column("NA among codes of lands", lands, list(lands), "“NA” is kept as a value", kind="category"),
        column("na among small codes", ["de", "na", "za", "bw"], ["de", "na", "za", "bw"], "kept as a value",
               kind="category", delimiter=","),
        column("NA among longer codes", ["DEU", "NA", "ZAF", "BWA"], ["DEU", None, "ZAF", "BWA"],
               "Taken as missing: “NA” in 1 cell of “cell”", kind="category"),
        column("NA beside two codes", ["DE", "NA", "ZA", "DE"], ["DE", None, "ZA", "DE"], "“NA” in 1 cell",
               kind="category"),
        column("a dash and a word for missing", ["4", "-", "null", "-", "7"], [4, None, None, None, 7],
               "“-”", "“null” in 3 cells of “cell”"),
    ]  # fmt: skip


def _quotes() -> list[Case]:
    def quoted(name: str, text: str, words: list[Value], *told: str, delimiter: str = ",") -> Case:
        return text_case(
            name, text, Right({"n": [1, 2], "word": words, "m": [5, 6]}, told=told), delimiter, plain=False
        )

    escaped = "Quotes behind a backslash"
    return [
        quoted("quotes escaped by a backslash", 'n,word,m\n1,"an \\"odd, old\\" hat",5\n2,"b, c",6\n',
               ['an "odd, old" hat', "b, c"], escaped),
        quoted("quotes escaped at both ends of a cell", 'n;word;m\n1;"\\"hat\\"";5\n2;"\\"a;b\\" c";6\n',
               ['"hat"', '"a;b" c'], escaped, delimiter=";"),
        quoted("backslashes at the end of cells", 'n,word,m\n1,"C:\\new\\",5\n2,"D:\\old\\",6\n',
               ["C:\\new\\", "D:\\old\\"]),
        quoted("inches behind a backslash and no quotes", 'n\tword\tm\n1\t5\\" pipe\t5\n2\t6\\" pipe\t6\n',
               ['5\\" pipe', '6\\" pipe'], delimiter="\t"),
    ]  # fmt: skip


def _numbers() -> list[Case]:
    def words(name: str, cells: list[str], *told: str, kind: str = "category", **more: str) -> Case:
        return column(name, cells, list(cells), *told, kind=kind, **more)

    powers, marks, flags = "thousands or millions", "marks behind numbers", "flags behind numbers"
    return [
        column("thousands by a letter in some cells", ["4.5k", "730", "12k", "9"], [4500, 730, 12000, 9], powers),
        column("millions beside thousands", ["$1.5M", "$820K", "$2B"], [1.5e6, 820000, 2e9], powers),
        column("thousands by a letter with a comma", ["4,5k", "730", "1,25k"], [4500, 730, 1250], powers),
        column("thousands by a word", ["2 Mio.", "3 Mrd.", "750"], [2e6, 3e9, 750], powers),
        column("thousands by a letter, chosen", ["4.5k", "730", "12k", "9"], [4500, 730, 12000, 9], powers,
               kinds={"cell": "number"}),
        words("metres in some cells", ["4.5m", "730", "12m"]),
        column("a minus behind", ["12.50-", "3.00", "4.25-"], [-12.5, 3, -4.25], "negative number"),
        column("a minus behind and points", ["1.250,50-", "30,00"], [-1250.5, 30], "negative number"),
        words("ranges with an open end", ["10-", "x", "30-"]),
        column("an apostrophe before numbers", ["'-4", "'12.5", "3"], [-4, 12.5, 3], "apostrophe"),
        text_case("texts as formulas", 'y;cell\n1;="0042"\n4;="0700"\n9;="0815"\n', Right(
            {"y": [1, 4, 9], "cell": ["0042", "0700", "0815"]}, {"cell": "identifier"}, ("without the sign",)), ";",
            plain=False),
        text_case("numbers as quoted formulas", 'y,cell\n1,"=""2.5"""\n4,"=""17"""\n', Right(
            {"y": [1, 4], "cell": [2.5, 17]}, told=("without the sign",)), plain=False),
        column("flags of statistics", ["3.5 p", "4", "5.25 bp", ":"], [3.5, 4, 5.25, None], flags),
        column("footnotes behind numbers", ["7.5[a]", "8", "9.25[12]"], [7.5, 8, 9.25], marks),
        column("stars behind numbers", ["7.5*", "8", "9.25**", "4 (p)"], [7.5, 8, 9.25, 4], marks),
        column("Persian digits", ["۱۲۳", "۴۵٫۵"], [123, 45.5], "digits such as"),
        column("digits of Devanagari", ["१२", "३४"], [12, 34], "digits such as"),
        column("wide digits", ["１，２００", "３４０"], [1200, 340], "digits such as"),
        column("marks of direction", ["\u200e12.5", "\u200f7\u200f", "3"], [12.5, 7, 3], "invisible signs"),
        column("a price with a dash", ["€ 12,--", "€ 3,50", "€ 4,–"], [12, 3.5, 4], "without decimals"),
        column("percentages in parentheses", ["(2.5%)", "10%", "(3)%"], [-0.025, 0.1, -0.03], "negative percentage"),
        column("debit and credit", ["40.00 DR", "12.50 CR", "7.25 DR"], [40, -12.5, 7.25], "read as negative"),
        text_case("a list in one cell of five", 'y,cell\n1,4\n4,"3,1"\n9,5\n16,0\n25,7\n', Right(
            {"y": [1, 4, 9, 16, 25], "cell": ["4", "3,1", "5", "0", "7"]}, {"cell": "category"}), plain=False),
    ]  # fmt: skip


def _times() -> list[Case]:
    told = "Times were counted in seconds"
    return [
        column("times of the day", ["7:05", "23:59", "00:00"], [425, 1439, 0], told),
        column("durations above a day", ["1:00:01", "49:30:00", "0:00:00"], [3601, 178200, 0], told),
        column("durations with fractions, before zero too", ["-0:00:01.5", "00:10:00.25"], [-1.5, 600.25], told),
        column("minutes and seconds beside hours", ["59:10", "1:02:03"], [3550, 3723], told),
        column("results of matches are no times", ["2:1", "0:3"], ["2:1", "0:3"], kind="category"),
    ]  # fmt: skip


def _codes() -> list[Case]:
    hosts = ["10.0.0.1", "192.168.100.101", "172.16.254.1"]
    full = ["192.168.100.101", "172.160.254.100", "198.151.100.200"]
    told = "look like codes"
    places = ["10115", "80331", "50667", "10115"]
    numbers = [601_234_567 + 17_345_678 * place for place in range(6)]
    lines = [f"{number:,}".replace(",", " ") for number in numbers]
    accounts: list[Value] = [7_000_003 + 48_611 * place % 999_983 for place in range(25)]
    return [
        column("telephone numbers in groups", ["601 234 567", "512 345 678", "733 222 111"],
               ["601 234 567", "512 345 678", "733 222 111"], told, kind="identifier", title="home_phone"),
        column("telephone numbers with a plus", ["+48601234567", "+48512345678", "+48733222111"],
               ["+48601234567", "+48512345678", "+48733222111"], told, kind="identifier", title="Tel."),
        column("addresses of the internet", hosts, list(hosts), kind="category", title="server"),
        column("addresses of the internet in full groups", full, list(full), told, kind="identifier", title="server"),
        column("postal codes", places, list(places), told, kind="category", title="PLZ"),
        column("how many phones there are", ["1", "2", "1", "4"], [1, 2, 1, 4], title="phones"),
        column("full groups that differ, under another name", lines, list(lines), told, kind="identifier",
               title="people"),
        column("full groups that repeat", [*lines, lines[0]], [*numbers, numbers[0]], title="people"),
        column("full groups that are round", [line[:8] + "000" for line in lines],
               [number // 1000 * 1000 for number in numbers], title="people"),
        column("groups under another name", ["601 234 567", "512 345 678"], [601234567, 512345678], title="people"),
        column("numbers of accounts", list(map(str, accounts)), accounts, kind="identifier", title="account_no"),
        column("numbers of orders", list(map(str, accounts)), accounts, kind="identifier", title="Order Number"),
        column("few numbers of accounts", list(map(str, accounts[:9])), accounts[:9], title="account_no"),
        column("codes with an E", ["3E4", "9E1", "1E7"], ["3E4", "9E1", "1E7"], told, kind="identifier",
               title="plate"),
        column("powers of ten", ["3E4", "9E1", "1E7"], [30000, 90, 10000000], "power of ten"),
    ]  # fmt: skip


def _spelled_dates() -> list[Case]:
    told = "Cells were read as dates"

    def dates(name: str, cells: list[str], values: list[Value], *more: str, delimiter: str = ";") -> Case:
        return column(name, cells, values, *(more or (told,)), kind="date", delimiter=delimiter)

    days: list[Value] = ["2019-03-05", "2020-10-31"]
    utc = "converted to UTC"
    return [
        dates("months in German, short", ["5. Mär. 2019", "31. Okt. 2020"], days),
        dates("months in French", ["5 mars 2019", "31 octobre 2020"], days),
        dates("months in Spanish, with de", ["5 de marzo de 2019", "31 de octubre de 2020"], days),
        dates("months in Russian", ["5 марта 2019", "31 октября 2020"], days),
        dates("months in Dutch, with hyphens", ["5-mrt-2019", "31-okt-2020"], days),
        dates("months and days in German", ["Dienstag, 5. März 2019", "Samstag, 31. Oktober 2020"], days),
        dates("months alone in Italian", ["marzo 2019", "ottobre 2020"], ["2019-03-01", "2020-10-01"]),
        dates("24:00", ["2020-02-28 23:00", "2020-02-28 24:00", "2020-12-31 24:00"],
              ["2020-02-28T23:00:00", "2020-02-29", "2021-01-01"], "next day"),
        dates("24:00:00 of days with points", ["31.12.2019 24:00:00", "01.01.2020 01:00:00"],
              ["2020-01-01", "2020-01-01T01:00:00"], "next day"),
        dates("ISO without separators", ["20190305T0715Z", "20201031T2359Z"],
              ["2019-03-05T07:15:00", "2020-10-31T23:59:00"], utc),
        dates("ISO without separators or zone", ["20190305T071530", "20201031T235900"],
              ["2019-03-05T07:15:30", "2020-10-31T23:59:00"]),
        dates("days and hours behind a colon", ["20190305:0715", "20201031:2300"],
              ["2019-03-05T07:15:00", "2020-10-31T23:00:00"]),
        dates("an offset behind GMT", ["2019-03-05 07:15 GMT+2", "2020-10-31 23:00 GMT-3"],
              ["2019-03-05T05:15:00", "2020-11-01T02:00:00"], utc),
        dates("an offset of half an hour behind UTC", ["2019-03-05 07:15:00 UTC+05:30"], ["2019-03-05T01:45:00"], utc),
        dates("a comma before milliseconds", ["2019-03-05 07:15:01,250", "2020-10-31 23:00:02,500"],
              ["2019-03-05T07:15:01.250000", "2020-10-31T23:00:02.500000"]),
        dates("quarters of years", ["2019Q2", "2020Q4"], ["2019-04-01", "2020-10-01"]),
        dates("quarters before years", ["Q2 2019", "Q4 2020"], ["2019-04-01", "2020-10-01"]),
        dates("years, days, months", ["2019-25-03", "2020-31-10", "2020-01-02"],
              ["2019-03-25", "2020-10-31", "2020-02-01"]),
        dates("years of eras", ["平成31年4月30日", "令和元年5月1日"], ["2019-04-30", "2019-05-01"]),
        column("names and numbers are no months", ["Anna 2019", "Otto 2020"], ["Anna 2019", "Otto 2020"],
               kind="category"),
        column("one day that no month has", ["2019-03-05", "2020-13-01"], ["2019-03-05", "2020-13-01"],
               kind="category"),
    ]  # fmt: skip


def _words() -> list[Case]:
    decomposed = ["Ole\u0301a", "Ol\u00e9a", "Riga", "Ole\u0301a"]
    no = "na\u0303o"
    return [
        column("answers in Japanese", ["あり", "なし", "あり"], ["あり", "なし", "あり"], kind="yes_no"),
        column("answers of a Russian spreadsheet", ["ИСТИНА", "ЛОЖЬ"], ["ИСТИНА", "ЛОЖЬ"], kind="yes_no"),
        column("answers in Korean", ["예", "아니오"], ["예", "아니오"], kind="yes_no"),
        column("answers with a separate tilde", ["sim", no, "sim"], ["sim", "n\u00e3o", "sim"], kind="yes_no"),
        column("accents apart from their letters", decomposed, ["Ol\u00e9a", "Ol\u00e9a", "Riga", "Ol\u00e9a"],
               "Accents were composed", kind="category"),
        column("a word in three cases", ["Red", "red", "RED", "blue"], ["Red", "red", "RED", "blue"],
               "differ in letter case alone", kind="category"),
    ]  # fmt: skip


def _choices() -> list[Case]:
    """Columns whose reading was chosen, for the scripts too."""
    sums = Right({"y": ["A", "B", "Total"], "x": [1, 2, 3]}, quiet=True)
    letters = Right({"y": ["A", "B"], "x": ['"1', "2"]}, {"x": "category"})
    return [
        column("day first, chosen for a column", ["01/02/2020", "03/04/2021"], ["2020-02-01", "2021-04-03"],
               kind="date", date_orders={"cell": "dmy"}),
        column("year, day, month, chosen for a column", ["2020-02-03", "2021-04-05"], ["2020-03-02", "2021-05-04"],
               kind="date", date_orders={"cell": "ydm"}),
        column("month first, chosen, which not every cell is", ["13/02/2020", "02/01/2020"], [None, "2020-02-01"],
               "not a date", kind="date", date_orders={"cell": "mdy"}),
        column("order and century, chosen", ["01/02/28", "03/04/30"], ["2028-02-01", "1930-04-03"], kind="date",
               date_orders={"cell": "dmy"}, centuries={"cell": 1930}),
        column("decimal comma, chosen for a column", ["1.234", "12.345"], [1234, 12345], decimals={"cell": ","}),
        column("decimal point, chosen for a column", ["1.234", "12.345", "7"], [1.234, 12.345, 7],
               decimals={"cell": "."}),
        column("decimal comma, chosen, which not every cell has", ["1,5", "2.5", "3"], [1.5, None, 3], "not a number",
               decimals={"cell": ","}),
        text_case("a row of sums that is kept", "y,x\nA,1\nB,2\nTotal,3\n", sums, keep_sums=True),
        text_case("quotes that are letters", 'y,x\nA,"1\nB,2\n', letters, plain=False, quote=""),
    ]  # fmt: skip
