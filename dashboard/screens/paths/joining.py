"""`os.path.join` with what the person types, by the rules of POSIX and of Windows."""

import pandas as pd
import streamlit as st

from core.language import _
from core.preprocessing import Joined, join_cases
from core.preprocessing.analysis.paths import EXAMPLES
from dashboard.ui import controls, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table


def draw_joining() -> None:
    """Draw the cases, what is wrongly said of them, then parts of one's own, joined by both rules."""
    st.header(_("What os.path.join does"), anchor=False)
    st.markdown(
        _("The book writes `os.path.join('..', 'data')` so that the same line works on every system. What it does "
          "with one more part falls into these cases:")
    )  # fmt: skip
    _show_cases()
    st.markdown(
        _("- On Linux and macOS only a part that **begins with a separator** discards what stands before it, however "
          "many parts that is. On Windows the drive is kept then, and a part with another drive discards everything.\n"
          "- A part that begins with `./` discards nothing, though one often reads that joining then starts anew at "
          "the part before it: the `./` stays in the text, and means “here”.\n"
          "- `..` is not worked out either: it stays in the text until the path is used, or `os.path.normpath` is "
          "called.")
    )  # fmt: skip
    count = int(controls.either("paths_count", _("Parts")))
    typed = {f"paths_part_{place + 1}": _type_part(place, column) for place, column in enumerate(st.columns(count))}
    joined = text_fields.answer(f"paths_join_{count}", typed, _join)
    parts = list(joined.inputs.values())
    st.code(f"os.path.join({', '.join(map(repr, parts))})", language="python", wrap_lines=True)
    posix, windows = joined.value
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_("**Linux and macOS** (POSIX)"))
        _show_joined(posix)
    with right:
        st.markdown(_("**Windows**"))
        _show_joined(windows)


def _join(**parts: str) -> tuple[Joined, Joined]:
    return join_cases(*parts.values())


def _show_cases() -> None:
    """Draw the cases with fixed parts; the last part of each shows the case."""
    rows = []
    for parts in EXAMPLES:
        posix, windows = join_cases(*parts)
        rows.append({
            "code": f"os.path.join({', '.join(map(repr, parts))})",
            "posix": posix.path,
            "windows": windows.path,
            "reason": posix.steps[-1].reason,
        })  # fmt: skip
    text = st.column_config.TextColumn
    show_table(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "code": text(_("Line")),
            "posix": text(_("Linux, macOS")),
            "windows": text(_("Windows")),
            "reason": text(_("What the last part does"), width="large"),
        },
        alt=_("The cases of joining paths, by the rules of both systems."),
    )


def _type_part(place: int, column: st.delta_generator.DeltaGenerator) -> str:
    with column:
        return text_fields.field(f"paths_part_{place + 1}", _("Part {number}").format(number=place + 1))


def _show_joined(joined: Joined) -> None:
    st.caption(_("print(path)"))
    st.code(joined.path or " ", language=None, wrap_lines=True)
    st.caption(_("path, as the last line of a cell: its repr"))
    st.code(joined.shown, language=None, wrap_lines=True)
    st.markdown(escape_markdown(joined.reason))
    for step in joined.steps[1:]:
        st.markdown(f"- {escape_markdown(repr(step.part))}: {escape_markdown(step.reason)}")
    name = "PurePosixPath" if joined.system == "posix" else "PureWindowsPath"
    st.caption(_("pathlib joins the same parts to:"))
    st.code(
        f"{name}({', '.join(repr(step.part) for step in joined.steps)})\n{joined.pure}", language=None, wrap_lines=True
    )
