"""Lines of code that were run, with their results. What they print is data."""

from collections.abc import Sequence

import streamlit as st

from core.code_runner import Execution, TableResult, TensorResult, TextResult
from core.language import _, ngettext
from core.preprocessing.naming import unique_names
from core.tensors.error_messages.decode import decode
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table


def show(attempt: Execution, place: str = "") -> None:
    """Show the lines, and below them their variables, or the exception with its meaning if known.

    Where a page shows several tables of one name, the place tells them apart for those who hear them.
    """
    st.code(attempt.code, language="python", wrap_lines=True)
    if not attempt.worked:
        show_error(attempt)
    others = []
    for result in attempt.results:
        if isinstance(result, TableResult):
            _show_table(result, place)
        else:
            others.append(result)
    if len(others) == 1:
        _show_alone(others[0])
    elif others:
        st.code(written(others), language=None, wrap_lines=True)


def show_error(attempt: Execution) -> None:
    """Show the exception with the library's message, and in plain words."""
    raised = _("Line {line} raises") if attempt.line and "\n" in attempt.code else _("Raises")
    st.markdown(":red[:material/error: **" + raised.format(line=attempt.line) + "**]")
    st.code(f"{attempt.error}: {attempt.message}", language=None, wrap_lines=True)
    meaning = decode(attempt.message or "")
    if meaning:
        st.markdown(f":material/translate: {escape_markdown(meaning)}")


def written(results: Sequence[TensorResult | TextResult]) -> str:
    """Return several variables as one text: name, value, and shape and dtype of tensors."""
    return "\n".join(map(_written, results))


def _written(result: TensorResult | TextResult) -> str:
    start = f"{result.name}  →  "
    value = result.text.replace("\n", "\n" + " " * len(start))
    if isinstance(result, TextResult):
        return f"{start}{value}"
    dtype = "" if "dtype=" in result.text else f", {result.dtype}"  # what is printed already is not repeated
    return f"{start}{value}   # {result.shape}{dtype}"


def _show_alone(result: TensorResult | TextResult) -> None:
    if isinstance(result, TensorResult):
        template = _("{name}: shape {shape}, {dtype}")
        st.caption(escape_markdown(template.format(name=result.name, shape=result.shape, dtype=result.dtype)))
    elif result.name:
        st.caption(escape_markdown(result.name))
    st.code(result.text, language=None)


def _show_table(result: TableResult, place: str) -> None:
    st.caption(escape_markdown(_("{name}: shape {shape}").format(name=result.name, shape=result.shape)))
    names = [f"{name} · {dtype}" for name, dtype in zip(result.head.columns, result.dtypes, strict=True)]
    show_table(
        result.head.set_axis(unique_names(names), axis="columns"),
        placeholder="NaN",
        column_config={"_index": st.column_config.Column(_("Row"))},
        alt=_alt(result.name, place),
    )
    left_out = result.shape[1] - result.head.shape[1] if len(result.shape) > 1 else 0
    if left_out:
        st.caption(
            ngettext("{count} more column is not shown.", "{count} more columns are not shown.", left_out).format(
                count=left_out
            )
        )


def _alt(name: str, place: str) -> str:
    if not place:
        return _("The first rows of {name}, with the dtype of each column.").format(name=name)
    template = _("{place}: the first rows of {name}, with the dtype of each column.")
    return template.format(place=place, name=name)
