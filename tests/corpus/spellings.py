"""Cells that people write in their own way: thousands, dates of other calendars and tongues, answers, codes."""

import random

from tests.corpus.case import Case, Right, Value, text_case


def make(_draw: random.Random) -> list[Case]:
    """Return the cases."""
    return [*_thousands()]


def column(
    name: str, cells: list[str], values: list[Value], *told: str, kind: str = "number", delimiter: str = ";",
    title: str = "cell", **arguments: object,
) -> Case:  # fmt: skip
    """Return the case of one column of cells beside one of letters."""
    lines = [f"row{delimiter}{title}", *(f"r{place}{delimiter}{cell}" for place, cell in enumerate(cells, start=1))]
    rows = [f"r{place}" for place in range(1, len(cells) + 1)]
    text = "\n".join(lines) + "\n"
    right = Right({"row": rows, title: values}, {title: kind}, told)
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
