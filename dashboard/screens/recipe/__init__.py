"""Recipe: the plan as data, to save, to load, to share, and to apply to a second file."""

import streamlit as st

from core.errors import InputError
from core.language import _
from core.preprocessing import Recipe
from dashboard.pipeline import incoming_recipe, links, tables
from dashboard.screens.recipe import second_file
from dashboard.ui.escape import show_error
from dashboard.ui.page import explained, heading, link
from dashboard.visit import state

LARGEST = 1  # MB; the plan of 2,000 columns takes a fifth of it
TALLEST_CODE = 420  # pixels
LONGEST_CODE = 18  # lines that fit


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Recipe"),
        _("The plan is **data**: one entry for each column, and no row of the table. What it learns when it is "
          "**fitted** to the training rows is kept separately, so the same plan can be fitted again, or, once "
          "fitted, applied to new rows."),
    )  # fmt: skip
    incoming_recipe.tell()
    plan = tables.recipe()
    shown, taken = st.columns([3, 2], gap="large")
    with shown:
        _show(plan)
    with taken:
        _load()
        _share(plan)
    try:
        second_file.draw_second_file(tables.preparation())
    except InputError as problem:
        show_error(_("This plan cannot be applied. {problem}").format(problem=problem))
    link("prepare", _("Change the plan"))


def _show(plan: Recipe) -> None:
    st.header(_("The plan as JSON"), anchor=False)
    text = plan.to_json()
    st.code(text, language="json", height=TALLEST_CODE if text.count("\n") > LONGEST_CODE else "content")
    stem = state.source().name.rpartition(".")[0] or state.source().name
    st.download_button(
        _("Recipe (JSON)"),
        text.encode(),
        file_name=f"{stem}_recipe.json",
        mime="application/json",
        on_click="ignore",
        icon=":material/download:",
    )


def _load() -> None:
    st.header(_("Load a plan"), anchor=False)
    st.file_uploader(
        _("A recipe as JSON, for the table that is open"),
        type=["json"],
        max_upload_size=LARGEST,
        key="recipe_file",
        on_change=_take_file,
        help=_("It may have been made for another table: a note lists what does not fit this one."),
    )
    refused = state.choice("refused_recipe")
    if refused:
        show_error(refused)


def _take_file() -> None:
    file = state.get("recipe_file")
    state.choose("refused_recipe", None)
    if file is None:
        return
    try:
        incoming_recipe.take_file(file.getvalue(), file.name)
    except InputError as problem:
        state.choose("refused_recipe", _("“{name}” was not loaded. {problem}").format(name=file.name, problem=problem))


def _share(plan: Recipe) -> None:
    st.header(_("Share it in a link"), anchor=False)
    packed = plan.to_link(tables.suggested_recipe())
    if packed is None:
        st.markdown(_("This plan differs too much from the suggested one to fit into a link; share its JSON."))
        return
    st.code(links.address("prepare"), language=None, wrap_lines=True)
    if state.is_upload():
        st.caption(_("The link holds the plan, not the table: whoever opens it has to bring the same file."))
    elif not packed:
        st.caption(_("This is the suggested plan, so the link only names the table and the split."))
    else:
        st.caption(_("Whoever opens it sees this table with this plan, split in the same way."))
