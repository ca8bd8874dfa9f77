"""What a spelling means from a working directory: a table of usual ones, and one's own."""

import posixpath

import pandas as pd
import streamlit as st

from core.language import _
from core.preprocessing.analysis.path_spellings import SPELLINGS, Meaning, Resolved, resolve_spelling
from dashboard.ui import text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table

SPELLING, POSIX, WINDOWS = "paths_spelling", "paths_posix", "paths_windows"


def draw_spellings() -> None:
    """Draw the working directories, one's own spelling, and the table of what each spelling means."""
    st.header(_("Which file a path means"), anchor=False)
    st.markdown(
        _("A path that does not begin at the root is looked for **in the working directory**: the folder in which "
          "Python was started, `os.getcwd()`. The folder of the script plays no part, with `./` or without.")
    )  # fmt: skip
    own, posix, windows = st.columns(3)
    with own:
        typed = text_fields.field(SPELLING, _("A path of your own"))
    with posix:
        directory = text_fields.field(POSIX, _("Working directory, Linux and macOS"))
    with windows:
        folder = text_fields.field(WINDOWS, _("Working directory, Windows"))
    answer = text_fields.answer("paths", {SPELLING: typed, POSIX: directory, WINDOWS: folder}, _resolve)
    rows = answer.value
    text = st.column_config.TextColumn
    show_table(
        pd.DataFrame(
            {
                "spelling": [f"open({row.spelling!r})" for row in rows],
                "posix": [row.posix for row in rows],
                "windows": [row.windows for row in rows],
                "rule": [_rules()[row.meaning] for row in rows],
            }
        ),
        hide_index=True,
        column_config={
            "spelling": text(_("Line")),
            "posix": text(_("The file on Linux, macOS")),
            "windows": text(_("The file on Windows")),
            "rule": text(_("Rule")),
        },
        alt=_(
            "One row per spelling, the first your own: the file that it means on both kinds of systems, and the rule."
        ),
    )
    reasons = {row.meaning: row.reason for row in rows}
    st.markdown("\n".join(f"- {escape_markdown(_rules()[key])}: {escape_markdown(reasons[key])}" for key in reasons))
    _show_script(str(answer.inputs[POSIX]))


def _rules() -> dict[Meaning, str]:
    return {
        "absolute": _("from the root"),
        "backslash": _("a backslash"),
        "drive": _("a drive"),
        "home": _("~ is a name"),
        "here": _("./ is here"),
        "up": _(".. goes up"),
        "relative": _("from here"),
    }


def _resolve(paths_spelling: str, paths_posix: str, paths_windows: str) -> list[Resolved]:
    every = dict.fromkeys([paths_spelling, *SPELLINGS])
    return [resolve_spelling(spelling, paths_posix, paths_windows) for spelling in every]


def _show_script(directory: str) -> None:
    script = posixpath.join(directory, "scripts", "train.py")
    opened = resolve_spelling("data/house_tiny.csv", directory, "C:\\").posix
    beside = resolve_spelling("scripts/data/house_tiny.csv", directory, "C:\\").posix
    st.markdown(_("A script in another folder, started from the same working directory:"))
    st.code(
        f"# {script}\nfrom pathlib import Path\n\n"
        f"# {opened}\nopen('data/house_tiny.csv')\nopen('./data/house_tiny.csv')\n\n"
        f"# {beside}\nopen(Path(__file__).parent / 'data' / 'house_tiny.csv')",
        language="python",
        wrap_lines=True,
    )
    st.markdown(
        _(
            "Only a path made from `__file__` begins in the folder of the script. A notebook has no `__file__`; its "
            "working directory is usually its own folder, but need not be."
        )
    )
