"""What was read from a typed or pasted expression: its values, the sum that is taken, and what its lines print."""

import pandas as pd
import streamlit as st

from core.autograd import Graph
from core.autograd.inputs import read_inputs
from core.autograd.session import answers
from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _, ngettext
from dashboard.scenes.graph.numbers import full
from dashboard.screens.autograd.typed_graph import INPUTS, TEXT
from dashboard.ui import text_fields
from dashboard.ui.escape import escape_markdown, show_notes
from dashboard.ui.tables import show_table
from dashboard.visit.cache import cache_data


def draw_pasted(of: text_fields.Answer[Graph]) -> None:
    """Say that a vector is summed, and what pasted lines were taken for, and show what these lines print."""
    graph = of.value
    if graph.end.value.size > 1:
        st.markdown(_sum_sentence(graph))
    _draw_cuts(graph)
    printed = _printed(of.inputs[TEXT], of.inputs[INPUTS])
    left, right = st.columns(2, gap="large") if len(printed) else (st.container(), st.container())
    with left:
        show_notes([*graph.program.remarks, *_about_values(of)])
    if len(printed):
        with right:
            st.markdown(_("**Your lines, and what PyTorch prints for them**"))
            show_table(printed, hide_index=True, alt=_("The lines that show something, each with what PyTorch prints."))


def _sum_sentence(graph: Graph) -> str:
    """Return that the end of several entries is summed, which is what backward needs."""
    end = graph.end
    template = _(
        "**{name} has {count} entries, and `backward` needs one number.** So their sum is differentiated here, as "
        "{call} does."
    )
    call = f"`{end.name}.sum().backward()`"
    return template.format(name=escape_markdown(end.name), count=format_count(end.value.size), call=call)


def _draw_cuts(graph: Graph) -> None:
    cut = [node for node in graph.nodes if node.operation == "detach"]
    if cut:
        names = format_list(escape_markdown(node.name) for node in cut)
        sentence = ngettext(
            "**{names} is a constant from here on**: detach keeps the numbers and cuts the way back, so no gradient "
            "passes through it.",
            "**{names} are constants from here on**: detach keeps the numbers and cuts the way back, so no gradient "
            "passes through them.",
            len(cut),
        )
        st.markdown(sentence.format(names=names))


def _about_values(of: text_fields.Answer[Graph]) -> list[str]:
    """Return where the values of the inputs come from, if the pasted lines give some."""
    given = of.value.program.tensors
    if not given:
        return []
    values = format_list(f"{name} = {full(value)}" for name, value in given.items())
    said = [_("The pasted lines give {values}.").format(values=values)]
    both = [name for name in read_inputs(of.inputs[INPUTS]) if name in given]
    if both:
        sentence = ngettext(
            "{names} in the field Values is not used.", "{names} in the field Values are not used.", len(both)
        )
        said.append(sentence.format(names=format_list(both)))
    return [" ".join(said)]


@cache_data(max_entries=50, show_spinner=False)
def _printed(text: str, inputs: str) -> pd.DataFrame:
    """Return the lines that show something and what torch prints for each; empty for a text without such lines."""
    try:
        found = answers(text, read_inputs(inputs))
    except InputError:
        found = ()
    rows = [(" ".join(answer.line.split()), answer.printed) for answer in found]
    return pd.DataFrame(rows, columns=[_("line"), _("prints")])
