"""The graph of a typed expression: drawn, stepped through forward and backward, and checked against torch."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.autograd import Graph
from core.autograd.check import agreement, entries, gradient_table
from core.autograd.singular_points import SingularPoint, singular_points
from core.autograd.torch_graph import TorchGraph, torch_code, torch_graph
from core.formatting import format_count
from core.language import _, ngettext
from dashboard.scenes.graph.numbers import number
from dashboard.scenes.graph.scene import graph_scene
from dashboard.screens.autograd import graph_traps, typed_graph
from dashboard.screens.autograd.pasted import draw_pasted
from dashboard.ui import lesson, scenes
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.tables import show_table

SAME = 1e-9  # two ways to round


def draw_graph() -> None:
    """Draw the fields, the graph with its stepper, singular points, the table of gradients and the code for torch."""
    of = typed_graph.answer()
    graph = of.value
    draw_pasted(of)
    theirs = torch_graph(graph)
    awry = singular_points(graph)
    scenes.graph(graph_scene(graph, theirs, _notes(awry)), key="autograd_stepper")
    for corner in awry:
        show_warning(corner.sentence)
    for name in typed_graph.unused(of):
        st.caption(escape_markdown(_("{name} is not in the expression, so its gradient stays None.").format(name=name)))
    _draw_check(graph, theirs)
    lesson.code(torch_code(graph))
    lesson.traps(graph_traps.traps)


def _notes(awry: tuple[SingularPoint, ...]) -> Mapping[int, str]:
    notes: dict[int, str] = {}
    for corner in awry:
        notes[corner.number] = " ".join(filter(None, [notes.get(corner.number), corner.sentence]))
    return notes


def _draw_check(graph: Graph, theirs: TorchGraph) -> None:
    """Show every gradient in three ways, and how far they differ."""
    st.header(_("Every gradient, in three ways"), anchor=False)
    table = gradient_table(graph, theirs.gradients)
    st.markdown(_verdict(table))
    shown = pd.DataFrame(
        {
            _("gradient of"): table["name"],
            _("our engine"): table["ours"].map(lambda value: number(value, 10)),
            _("PyTorch"): table["torch"].map(lambda value: number(value, 10)),
            _("difference"): table["difference"].map(lambda value: number(value, 3)),
            _("central difference"): table["central"].map(lambda value: number(value, 10)),
        }
    )
    show_table(shown, hide_index=True, alt=_("Every gradient by our engine, by PyTorch and by a central difference."))
    left_out = entries(graph) - len(table)
    if left_out:
        st.caption(
            ngettext("{count} more gradient is not shown.", "{count} more gradients are not shown.", left_out).format(
                count=format_count(left_out)
            )
        )


def _verdict(table: pd.DataFrame) -> str:
    found = agreement(table)
    if found.largest == 0:
        sentences = [_("Our engine and PyTorch agree to the last digit.")]
    elif found.largest < SAME:
        sentences = [
            _("Our engine and PyTorch agree up to rounding, at most {largest}.").format(
                largest=number(found.largest, 2)
            )
        ]
    else:
        sentences = [_("Our engine and PyTorch differ by {largest}.").format(largest=number(found.largest, 2))]
    if found.central == 0:
        sentences.append(_("Central differences agree with both to the last digit."))
    elif found.central is not None:
        template = _("Central differences agree with both to {central}.")
        sentences.append(template.format(central=number(found.central, 2)))
    if found.apart:
        sentences.append(
            ngettext(
                "In {count} row they differ: there is no derivative there, or no value nearby.",
                "In {count} rows they differ: there is no derivative there, or no value nearby.",
                found.apart,
            ).format(count=found.apart)
        )
    return " ".join(sentences)
