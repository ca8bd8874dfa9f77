"""One page about an experiment that stands by itself: no script, no picture and no style from elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from core.language import _

STYLE = Path(__file__).with_name("report.css")
_IDS = re.compile(r'((?:id="|url\(#|href="#))([\w-]+)')
# Even if a name from a file were ever taken for markup, the page could load and run nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Report:
    """What the page says, all of it plain text but for the charts.

    title, outcome: the heading and the sentences below it. notes: further sentences. facts: data and settings, each
    with its name. figures: the few numbers in large type. head, rows: the table of coefficients, head and cells.
    charts: each with its description in words and the SVG itself, drawn for this page. steps: how to make it again;
    code: what to type; made: the last line. light, dark: the colours of the page, `page`, `text`, `quiet`, `line`,
    `block` and whatever the charts use, as CSS writes them; a chart refers to them as `var(--text)`.
    """

    title: str
    outcome: str
    notes: Sequence[str]
    facts: Sequence[tuple[str, str]]
    figures: Sequence[tuple[str, str]]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    charts: Sequence[tuple[str, str]]
    steps: Sequence[str]
    code: str
    made: str
    light: Mapping[str, str]
    dark: Mapping[str, str]


def write_report(report: Report) -> str:
    """Return the page as HTML. Every text is escaped; an SVG comes from the program that draws the charts."""
    body = [
        f"<h1>{escape(report.title)}</h1>",
        f'<p class="outcome">{escape(report.outcome)}</p>',
        *(f'<p class="note">{escape(note)}</p>' for note in report.notes),
        _pairs("figures", report.figures),
        f"<h2>{escape(_('Data and settings'))}</h2>",
        _pairs("facts", report.facts),
        f"<h2>{escape(_('Coefficients'))}</h2>",
        _table(report.head, report.rows),
        f"<h2>{escape(_('Charts'))}</h2>",
        *(_figure(place, *chart) for place, chart in enumerate(report.charts)),
        f"<h2>{escape(_('How to make it again'))}</h2>",
        "<ol>" + "".join(f"<li>{escape(step)}</li>" for step in report.steps) + "</ol>",
        f"<pre>{escape(report.code)}</pre>",
        f"<footer>{escape(report.made)}</footer>",
    ]
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escape(report.title)}</title>",
        f"<style>\n{_colours(report)}{STYLE.read_text(encoding='utf-8')}</style>",
    ]
    return "\n".join(
        ["<!doctype html>", '<html lang="en">', "<head>", *head, "</head>", "<body>", "<main>", *body, "</main>",
         "</body>", "</html>", ""]
    )  # fmt: skip


def _colours(report: Report) -> str:
    """Return the colours as variables: light on paper, on screens as the reader has it."""

    def variables(colours: Mapping[str, str]) -> str:
        return ":root { " + " ".join(f"--{name}: {colour};" for name, colour in colours.items()) + " }"

    dark = f"@media screen and (prefers-color-scheme: dark) {{ {variables(report.dark)} }}"
    return f"{variables(report.light)}\n{dark}\n"


def _pairs(name: str, pairs: Sequence[tuple[str, str]]) -> str:
    entries = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in pairs)
    return f'<dl class="{name}">{entries}</dl>'


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        for first, *cells in rows
    )
    return f'<div class="wide"><table><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table></div>'


def _figure(place: int, words: str, svg: str) -> str:
    """Return a chart with its description; marks inside it get names of their own on the page."""
    own = _IDS.sub(rf"\g<1>chart{place}-\g<2>", svg)
    labelled = own.replace("<svg ", f'<svg role="img" aria-label="{escape(words)}" ', 1)
    return f"<figure>{labelled}<figcaption>{escape(words)}</figcaption></figure>"
