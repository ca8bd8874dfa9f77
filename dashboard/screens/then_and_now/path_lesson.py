"""The lesson on paths: `os.path.join` with what the person types, by the rules of POSIX and of Windows."""

import pandas as pd
import streamlit as st

from core.language import _
from core.preprocessing import Joined, join_cases
from core.preprocessing.analysis.paths import EXAMPLES
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import state

LONGEST_TYPED = 60
START = ("..", "data", "house_tiny.csv", "")


def draw_path_lesson() -> None:
    """Draw the lesson: four cases, then parts of one's own, joined by both rules."""
    st.header(_("Paths: what os.path.join does"), anchor=False)
    st.markdown(
        _("The book writes `os.path.join('..', 'data')` so that the same line works on every system. What it does "
          "with one more part falls into four cases:")
    )  # fmt: skip
    _show_cases()
    count = int(controls.either("paths_count", _("Parts")))
    parts = [_type_part(place, column) for place, column in enumerate(st.columns(count))]
    st.code(f"os.path.join({', '.join(map(repr, parts))})", language="python", wrap_lines=True)
    posix, windows = join_cases(*parts)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_("**Linux and macOS** (POSIX)"))
        _show_joined(posix)
    with right:
        st.markdown(_("**Windows**"))
        _show_joined(windows)


def _show_cases() -> None:
    """Draw the four cases with fixed parts; the last part of each shows the case."""
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
        alt=_("Four cases of joining paths, by the rules of both systems."),
    )


def _type_part(place: int, column: st.delta_generator.DeltaGenerator) -> str:
    key = f"paths_part_{place + 1}"
    if state.get(key) is None:
        state.put(key, START[place])
    label = _("Part {number}").format(number=place + 1)
    return str(column.text_input(label, key=key, max_chars=LONGEST_TYPED, persist_state="session"))


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
