"""Creating folders: what exist_ok and makedirs are for, and what ~ is not, really run."""

import streamlit as st

from core.language import _
from core.preprocessing.analysis.folder_lessons import FolderLesson, run_folder_lessons
from dashboard.ui import code_runs
from dashboard.visit.cache import cache_resource


def draw_folders() -> None:
    """Draw the lines side by side, each with its result or its exception."""
    st.header(_("Folders that have to exist"), anchor=False)
    st.markdown(_("Each of these is run in a new, empty folder `project/notebook`."))
    lessons = _lessons()
    meanings = _meanings()
    for start in range(0, len(lessons), 2):
        for place, lesson in zip(st.columns(2, gap="large"), lessons[start : start + 2], strict=False):
            with place:
                code_runs.show(lesson.run)
                st.markdown(meanings[lesson.name])


@cache_resource(show_spinner=False)
def _lessons() -> tuple[FolderLesson, ...]:
    return run_folder_lessons()


def _meanings() -> dict[str, str]:
    return {
        "again": _("The second call finds the folder there, and raises: a cell that is run twice fails."),
        "exist_ok": _("`exist_ok=True` accepts a folder that is there already. What is in it stays."),
        "mkdir": _("`mkdir` creates one folder, in a folder that exists."),
        "makedirs": _("`makedirs` creates every folder on the way."),
        "join": _("`join` creates nothing and looks nothing up: it gives text, whether there is such a file or not."),
        "home": _("`~` is the home folder in a shell. Python's `open` takes it for the name of a folder; "
                  "`os.path.expanduser('~/house_tiny.csv')` replaces it."),
    }  # fmt: skip
