"""Why now: how data, memory and computing grew by decade, with the machine and the table at hand among them."""

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import (
    format_count,
    format_duration,
    format_latex,
    format_list,
    format_number,
    format_size,
    latex_name,
)
from core.foundations.decades import QUANTITIES, MachineAtHand, decades, growth, machine_at_hand, reached_in, table_then
from core.language import N_, _
from dashboard.charts.decades import growth_chart
from dashboard.pipeline import tables
from dashboard.ui import controls, lesson, page
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import show_error
from dashboard.ui.examples import Examples, examples
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit.cache import cache_resource

SOURCE = "https://d2l.ai/chapter_introduction/index.html#the-road-to-deep-learning"


def draw_why_now() -> None:
    """Draw the growth, its factors, and what is at hand."""
    st.markdown(
        _("Networks with hidden layers were known in the 1980s. What was missing was data to learn from, and machines "
          "fast enough. Memory grew too, but less: models must make do with little of it and can afford to compute.")
    )  # fmt: skip
    table, machine = decades(), _machine()
    rows = len(tables.table().frame)
    _draw_boxes(rows, machine)
    names = (_("data (rows)"), _("memory (bytes)"), _("computing (operations per second)"))
    curve, here = _curve(table, names), _at_hand(rows, machine, names)
    draw_kept(growth_chart, {"curve": curve, "here": here}, _finding(table), names=names)
    st.caption(
        _("Source: the book, Dive into Deep Learning, [section 1.5]({source}); its numbers are orders of magnitude. "
          "Datasets: {datasets}. Machines: {machines}.").format(
            source=SOURCE, datasets=_list(table, "dataset"), machines=_list(table, "machine"))
    )  # fmt: skip
    _draw_factors(table)
    st.markdown(verdict(table))
    _draw_then()
    lesson.code(code())
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that one row and one operation are worth the same in every decade. They are not: "
          "better methods, such as those on the other views, are the other half of the answer.")
    )  # fmt: skip
    page.link("environment", _("What this machine runs"))


@cache_resource(max_entries=1, show_spinner=N_("Timing a product of matrices"))
def _machine() -> MachineAtHand:
    return machine_at_hand()


def _draw_boxes(rows: int, machine: MachineAtHand) -> None:
    memory = _("{count} GB").format(count=format_number(machine.memory / 1e9, 3)) if machine.memory else "–"
    page.boxes(
        [
            (
                _("Rows of your table"),
                format_count(rows),
                _(
                    "As many as were usual in the marked year (or before the "
                    "first, or after the last year of the chart)."
                ),
            ),
            (_("Memory of this machine"), memory),
            (
                _("Measured here"),
                _("{count} operations per second").format(count=f"{format_number(machine.flops / 1e9, 3)} · 10⁹"),
                _("A product of two float32 matrices of 512 by 512, the best of five."),
            ),
        ]
    )


def _curve(table: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    about = {"data": table["dataset"], "memory": [""] * len(table), "computing": table["machine"]}
    parts = [
        pd.DataFrame({"year": table["year"], "quantity": name, "value": table[quantity], "about": about[quantity]})
        for quantity, name in zip(QUANTITIES, names, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _at_hand(rows: int, machine: MachineAtHand, names: tuple[str, ...]) -> pd.DataFrame:
    values = {"data": float(rows), "memory": float(machine.memory or 0), "computing": machine.flops}
    about = {"data": _("your table"), "memory": _("this machine"), "computing": _("this machine")}
    here = [
        {"year": reached_in(name, values[name]), "quantity": shown, "value": values[name], "about": about[name]}
        for name, shown in zip(QUANTITIES, names, strict=True)
        if values[name] > 0
    ]
    return pd.DataFrame(here)


def _finding(table: pd.DataFrame) -> str:
    whole = growth(table).iloc[-1]
    return _(
        "From {start} to {end} data grew {data} times, memory {memory} times, computing {computing} times."
    ).format(start=int(whole["start"]), end=int(whole["end"]), **_factors(whole))


def _factors(row: pd.Series) -> dict[str, str]:
    return {name: format_count(float(row[name])) for name in QUANTITIES}


def _draw_then() -> None:
    """Draw what the table in use asked of the usual machine of a year."""
    st.header(_("Your table then"), anchor=False)
    examples("components_then", _examples())
    year = int(controls.either("components_year", _("The usual machine of")))
    try:
        rows, features = tables.preparation().prepared.X.shape
    except InputError as problem:
        show_error(str(problem))
        return
    then = table_then(rows, features, year)
    relation = r"\le" if then.fits else ">"
    size, seconds = latex_name(_("bytes")), latex_name(_("seconds"))
    st.latex(
        rf"\begin{{aligned}} 8 \cdot n \cdot (d + 1) &= 8 \cdot {rows} \cdot {features + 1} \\ "
        rf"&= {then.size} \;{size} \;{relation}\; {format_latex(then.memory)} \\ "
        rf"\frac{{2 \cdot n \cdot (d + 1)^2}}{{{format_latex(then.operations / then.seconds)}}} &= "
        rf"{format_latex(then.seconds, 3)} \;{seconds} \end{{aligned}}"
    )
    fitting = int(then.memory) // (8 * (features + 1))
    numbers = {
        "year": year, "size": format_size(then.size), "memory": format_size(int(then.memory)),
        "time": format_duration(then.seconds), "rows": format_count(fitting),
    }  # fmt: skip
    if then.fits:
        said = _(
            "**It works:** in {year} the prepared table, {size}, fits into {memory} of memory, and X'X takes {time}."
        )
    else:
        said = _("**It fails:** in {year} the usual machine had {memory} of memory, and the prepared table takes "
                 "{size}. Only {rows} of its rows fit at a time: a minibatch.")  # fmt: skip
    if not fitting:
        said = _("**It fails:** in {year} the usual machine had {memory} of memory, and not even one row of the "
                 "prepared table fits.")  # fmt: skip
    st.markdown(said.format(**numbers))


def _examples() -> Examples:
    return {_("A year in which it works"): {"components_year": "2020"}, _("Fails: 1970"): {"components_year": "1970"}}


def _draw_factors(table: pd.DataFrame) -> None:
    factors = growth(table)
    shown = pd.DataFrame(
        {"years": [f"{start}–{end}" for start, end in zip(factors["start"], factors["end"], strict=True)]}
    )
    for name in QUANTITIES:
        shown[name] = [f"× {format_count(float(value))}" for value in factors[name]]
    titles = {"years": _("Years"), "data": _("Data"), "memory": _("Memory"), "computing": _("Computing")}
    show_table(shown.rename(columns=titles), hide_index=True)


def verdict(table: pd.DataFrame) -> str:
    """Return what grew fastest in the last decade and over all, and what that means."""
    factors = growth(table)
    last, whole = factors.iloc[-2], factors.iloc[-1]
    names = {"data": _("data"), "memory": _("memory"), "computing": _("computing")}
    fastest = max(QUANTITIES, key=lambda name: float(last[name]))
    slowest = min(QUANTITIES, key=lambda name: float(whole[name]))
    return _("In the last decade of the table **{fastest}** grew most, {factor} times. Over all **{slowest}** grew "
             "least: {behind} times less than computing. So a model that computes much and stores little fits what "
             "there is: many layers, many operations on few parameters.").format(
        fastest=names[fastest], factor=format_count(float(last[fastest])), slowest=names[slowest],
        behind=format_count(float(whole["computing"] / whole[slowest])))  # fmt: skip


def _list(table: pd.DataFrame, column: str) -> str:
    return format_list([f"{year} {name}" for year, name in zip(table["year"], table[column], strict=True)])


def code() -> str:
    """Return the lines for torch: how many operations per second a product of matrices reaches here."""
    return """import time

import torch

n = 512
A, B = torch.randn(n, n), torch.randn(n, n)
seconds = []
for trial in range(5):
    start = time.perf_counter()
    A @ B
    seconds.append(time.perf_counter() - start)
flops = 2 * n**3 / min(seconds)  # n² entries, each n products and n sums
print(f"{flops:.3g} operations per second")"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("More operations per second are not more memory."),
            _("A table of a billion rows with 10 features in float32 takes 40 GB, so it does not fit; minibatches "
              "read a part at a time."),
            "gigabytes = torch.tensor(1e9 * 10 * torch.float32.itemsize / 1e9)",
            ["gigabytes"],
        ),
        lesson.Trap(
            _("A peak on paper."),
            _("Makers state the speed of the fastest product of matrices. A step of training also waits for memory, "
              "and reaches a part of it."),
        ),
    ]  # fmt: skip
