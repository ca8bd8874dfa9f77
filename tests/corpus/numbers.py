"""Numbers in every spelling, whole ones, large ones, and what only looks like one."""

import random

from tests.corpus.case import Case, Right, Value, text_case

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"


def numbers(
    name: str, cells: list[str], values: list[Value], *, delimiter: str = ";", kind: str = "number", **more: object
) -> Case:
    """Return the case of one column of such cells beside one of words."""
    words = ["red", "green", "blue"]
    column = [words[place % 3] for place in range(len(cells))]
    text = f"v{delimiter}w\n" + "".join(
        f'"{cell}"{delimiter}{word}\n' if delimiter in cell else f"{cell}{delimiter}{word}\n"
        for cell, word in zip(cells, column, strict=True)
    )
    told = tuple(more.pop("told", ()))  # type: ignore[call-overload]
    return text_case(
        name, text, Right({"v": values, "w": list(column)}, {"v": kind, "w": "category"}, told), delimiter, **more
    )  # type: ignore[arg-type]


def make(draw: random.Random) -> list[Case]:
    """Return the cases."""
    return [*_spelled(), *_whole(), *_random(draw)]


def _spelled() -> list[Case]:
    three = [1234.5, 12345678.25, 7]
    return [
        numbers("thousands 1,234.5", ["1,234.5", "12,345,678.25", "7"], three, delimiter=",", told=("thousands",)),
        numbers("thousands 1.234,5", ["1.234,5", "12.345.678,25", "7"], three, told=("thousands",)),
        numbers(
            "thousands by a no-break space",
            [f"1{NBSP}234,5", f"12{NBSP}345{NBSP}678,25", "7"],
            three,
            told=("thousands",),
        ),
        numbers(
            "thousands by a narrow space",
            [f"1{NARROW}234,5", f"12{NARROW}345{NARROW}678,25", "7"],
            three,
            told=("thousands",),
        ),
        numbers(
            "thousands by a thin space", [f"1{THIN}234.5", f"12{THIN}345{THIN}678.25", "7"], three, told=("thousands",)
        ),
        numbers("thousands by a space", ["1 234,5", "12 345 678,25", "7"], three, told=("thousands",)),
        numbers("thousands 1'234.5", ["1'234.5", "12'345'678.25", "7"], three, told=("thousands",)),
        numbers(
            "thousands of India",
            ["12,34,567.5", "1,00,000", "7"],
            [1234567.5, 100000, 7],
            delimiter=",",
            told=("thousands",),
        ),
        numbers("dollars", ["$1,234.50", "$7.00", "-$3.25"], [1234.5, 7, -3.25], delimiter=","),
        numbers("euros behind", ["5,50 €", "1.200,00 €", "-0,99 €"], [5.5, 1200, -0.99]),
        numbers("euros before", ["€ 5,50", "€ 12,00", "€ 0,99"], [5.5, 12, 0.99]),
        numbers("a currency as a word", ["CHF 5.50", "CHF 1'200.00", "CHF 0.99"], [5.5, 1200, 0.99]),
        numbers("percent", ["12.5%", "100%", "-0.5%"], [0.125, 1, -0.005], delimiter=",", told=("percent",)),
        numbers("percent with a comma and a blank", ["12,5 %", "100 %", "3 %"], [0.125, 1, 0.03], told=("percent",)),
        numbers("negatives in parentheses", ["(1,234.50)", "7.25", "(3)"], [-1234.5, 7.25, -3], delimiter=","),
        numbers("a true minus sign", ["−5", "7.5", "−0.25"], [-5, 7.5, -0.25]),
        numbers("plus signs", ["+5", "-7", "+0"], [5, -7, 0]),
        numbers("points without digits before or after", [".5", "5.", "-.25"], [0.5, 5, -0.25]),
        numbers("exponents", ["1e3", "2.5E-4", "-1E+10"], [1000, 0.00025, -1e10]),
        numbers("exponents with a comma", ["1,5E+03", "2,5E-04", "1"], [1500, 0.00025, 1]),
        numbers("one unit in every cell", ["12 km", "5.5 km", "100 km"], [12, 5.5, 100]),
        numbers("two units", ["12 kg", "5 lb", "100 kg"], ["12 kg", "5 lb", "100 kg"], kind="category"),
        numbers("one chosen mark between thousands", ["1.234", "5.678", "9.012"], [1234, 5678, 9012], thousands="."),
        numbers("a decimal mark chosen", ["1,234", "5,678", "9,012"], [1.234, 5.678, 9.012], decimal=","),
    ]


def _whole() -> list[Case]:
    return [
        numbers("whole numbers at 2**53", [str(2**53), str(-(2**53)), "1"], [2**53, -(2**53), 1]),
        numbers(
            "whole numbers beyond 2**53",
            [str(2**53 + 1), "1", "2"],
            [str(2**53 + 1), "1", "2"],
            kind="category",
            told=("2⁵³",),
        ),
        numbers(
            "whole numbers beyond 2**64",
            [str(2**64 + 1), "1", "2"],
            [str(2**64 + 1), "1", "2"],
            kind="category",
            told=("2⁵³",),
        ),
        numbers("infinite numbers", ["inf", "1.5", "-Infinity", "2.5"], [None, 1.5, None, 2.5], told=("infinite",)),
        numbers("numbers that overflow", ["1e400", "1.5", "-1e999", "2.5"], [None, 1.5, None, 2.5], told=("infinite",)),
        numbers("numbers that underflow", ["1e-400", "4.9e-324", "2.5"], [0, 4.9e-324, 2.5]),
        numbers(
            "leading zeros",
            ["00123", "04567", "80331"],
            ["00123", "04567", "80331"],
            kind="identifier",
            told=("leading zeros",),
        ),
        numbers(
            "leading zeros with a repetition",
            ["007", "042", "007"],
            ["007", "042", "007"],
            kind="category",
            told=("leading zeros",),
        ),
        numbers("zeros before the point", ["0.5", "0", "-0.25"], [0.5, 0, -0.25]),
        numbers("hexadecimal", ["0x1F", "0x2A", "0x1F"], ["0x1F", "0x2A", "0x1F"], kind="category"),
        numbers("underscores", ["1_000", "2_000", "1_000"], ["1_000", "2_000", "1_000"], kind="category"),
        numbers(
            "one word among numbers",
            [*map(str, range(20)), "unknown"],
            [*map(str, range(20)), "unknown"],
            kind="text",
            told=("unknown",),
        ),
        numbers(
            "numbers chosen in spite of a word",
            ["1", "2", "unknown"],
            [1, 2, None],
            told=("unknown",),
            kinds={"v": "number"},
        ),
    ]


def _random(draw: random.Random) -> list[Case]:
    exact: list[Value] = [draw.uniform(-1e6, 1e6) * 10.0 ** draw.randint(-20, 20) for _ in range(200)]
    cases = [numbers("numbers to the last digit", [repr(value) for value in exact], list(exact), delimiter=",")]
    cents = [draw.randrange(-(10**9), 10**9) / 100 for _ in range(200)]
    german = [f"{value:,.2f}".translate(str.maketrans(",.", ".,")) for value in cents]
    return [*cases, numbers("amounts of a German export", german, list(cents), told=("thousands",))]
