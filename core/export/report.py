"""One self-contained page about an experiment: no external script, picture or style."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from core.language import _, current_language

_IDS = re.compile(r'((?:id="|url\(#|href="#))([\w-]+)')


@dataclass(frozen=True)
class Report:
    """The content of the page, all plain text except the charts.

    Attributes:
        title: the heading.
        outcome: the sentences below it.
        notes: further sentences.
        facts: data and settings, each with its name.
        figures: the few numbers in large type, each with its name.
        head: of the table of coefficients.
        rows: the cells of that table.
        charts: each with its description in words and the SVG itself, drawn for this page.
        steps: how to make it again.
        code: what to type.
        made: the last line.
        light: the colours of the page, `page`, `text`, `quiet`, `line`, `block` and whatever the charts use, as CSS
            writes them; a chart refers to them as `var(--text)`.
        dark: the same for the dark theme.
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
    """Return the page as HTML. Every text is escaped; the SVG of the charts is trusted."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    pages = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    headings = {
        "facts": _("Data and settings"),
        "coefficients": _("Coefficients"),
        "charts": _("Charts"),
        "steps": _("How to reproduce it"),
    }
    charts = [(words, _labelled(place, words, svg)) for place, (words, svg) in enumerate(report.charts)]
    template = pages.get_template("report.html.jinja")
    language = current_language().code.replace("_", "-")
    return template.render(report=report, charts=charts, headings=headings, language=language)


def _labelled(place: int, words: str, svg: str) -> str:
    """Return a chart with its description; the identifiers inside it are made unique on the page."""
    own = _IDS.sub(rf"\g<1>chart{place}-\g<2>", svg)
    return own.replace("<svg ", f'<svg role="img" aria-label="{escape(words)}" ', 1)
