"""Format strings in words: which part did what, and how the book's own are easily misread."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.calculus.plot_colours import LETTERS, Rgba, to_hex
from core.calculus.plot_format import PlotFormat, Role, parse_format
from core.calculus.plotting import Line
from core.language import _
from dashboard.charts.calculus.plot_marks import readable, to_css


def line_names() -> dict[str, str]:
    """Return the names of the line styles, by their characters; empty is no line."""
    return {
        "-": _("solid"), "--": _("dashed"), "-.": _("dash and dot"), ":": _("dotted"), "": _("no line"),
    }  # fmt: skip


def marker_names() -> dict[str, str]:
    """Return the names of the markers, by their characters; empty is no marker."""
    return {
        ".": _("point"), ",": _("pixel"), "o": _("circle"), "v": _("triangle down"), "^": _("triangle up"),
        "<": _("triangle left"), ">": _("triangle right"), "1": _("three strokes down"), "2": _("three strokes up"),
        "3": _("three strokes left"), "4": _("three strokes right"), "8": _("octagon"), "s": _("square"),
        "p": _("pentagon"), "*": _("star"), "h": _("hexagon on a corner"), "H": _("hexagon on a side"), "+": _("plus"),
        "x": _("cross"), "D": _("diamond"), "d": _("thin diamond"), "|": _("upright stroke"), "_": _("level stroke"),
        "P": _("filled plus"), "X": _("filled cross"), "": _("no marker"),
    }  # fmt: skip


def colour_names() -> dict[str, str]:
    """Return the names of the colours of one letter."""
    return {
        "b": _("blue"), "g": _("green"), "r": _("red"), "c": _("cyan"), "m": _("magenta"), "y": _("yellow"),
        "k": _("black"), "w": _("white"),
    }  # fmt: skip


def show_parts(lines: Sequence[Line]) -> None:
    """Show for each function which characters of its string set the colour, the line and the marker."""
    shown = pd.DataFrame(
        {
            _("string"): [_code(line.format.text) for line in lines],
            _("colour"): [_colour(line) for line in lines],
            _("line"): [_cell(line.format, "line", line_names()[line.format.line]) for line in lines],
            _("marker"): [_cell(line.format, "marker", marker_names()[line.format.marker]) for line in lines],
        }
    )
    st.caption(_("Which part of the string did what"))
    st.table(shown, hide_index=True, border="horizontal", alt=_("The colour, line and marker of each format string."))
    if any(readable(line.colour) != line.colour for line in lines):
        st.caption(
            _("Drawn darker or lighter than in matplotlib: colours that would not stand out on both backgrounds.")
        )


def _cell(found: PlotFormat, role: Role, meaning: str) -> str:
    typed = found.typed(role)
    return f"{_code(typed)} {meaning}" if typed else meaning


def _colour(line: Line) -> str:
    """Return what set the colour, its three parts as matplotlib has them, and how it is drawn if it is changed."""
    typed = line.format.typed("colour")
    name = colour_names()[typed] if typed in LETTERS else ""
    if line.cycle is not None:
        name = _("none given: next of the cycle, `C{number}`").format(number=line.cycle % 10)
    told = [_cell(line.format, "colour", name).strip(), f"`{_parts_of(line.colour)}`"]
    replaced = [part for part in line.format.parts if part.replaced]
    if replaced:
        told.append(
            _("instead of {before}").format(before=_code(line.format.text[replaced[0].start : replaced[0].end]))
        )
    if readable(line.colour) != line.colour:
        told.append(_("drawn as {colour}").format(colour=f"`{to_css(readable(line.colour))}`"))
    return ", ".join(told)


def _parts_of(colour: Rgba) -> str:
    """Return red, green and blue as matplotlib has them, or in hexadecimal where these would be long."""
    short = [f"{part:g}" for part in colour[:3]]
    return f"({', '.join(short)})" if all(len(part) <= 4 for part in short) else to_hex(colour)


def _code(text: str) -> str:
    return f"`{text!r}`"


def show_misread_strings() -> None:
    """Show what each of the book's strings draws beside what one may take it for."""
    thoughts = {
        "-": _("only a separator, or a minus sign"),
        "m--": _("minus twice, or two solid lines"),
        "g-.": _("dotted, or a line with points; that is {other}").format(other=_code("g.-")),
        "r:": _("red, then something to come after the colon"),
    }
    shown = pd.DataFrame(
        {
            _("string"): [_code(text) for text in thoughts],
            _("what it draws"): [_drawn(parse_format(text)) for text in thoughts],
            _("what one may think"): list(thoughts.values()),
        }
    )
    st.caption(_("The book's four strings, and how they are misread"))
    st.table(shown, hide_index=True, border="horizontal", alt=_("What each of the four strings draws."))


def _drawn(found: PlotFormat) -> str:
    colour = colour_names().get(found.typed("colour"), _("next colour of the cycle"))
    return _("one line, {line}, {colour}").format(line=line_names()[found.line], colour=colour)
