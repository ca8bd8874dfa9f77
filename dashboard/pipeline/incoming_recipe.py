"""A plan from a file or a link, adapted to the table in use."""

import streamlit as st

from core.errors import InputError
from core.language import _
from core.preprocessing import Recipe, adapt_recipe
from dashboard.pipeline import tables
from dashboard.ui.escape import escape_markdown, show_notes, show_warning
from dashboard.visit import state

LINK = "recipe"  # the name in the address


def take(recipe: Recipe, whence: str) -> None:
    """Use this plan for the table in use; `whence` says where it is from. `tell` shows what did not fit.

    Raises InputError, and changes nothing, if the table has no such target.
    """
    adapted = adapt_recipe(recipe, tables.table().frame)
    state.put("target", adapted.recipe.target)
    tables.keep_recipe(adapted.recipe)
    state.choose("refused_plan", None)
    state.choose("taken_plan", {"whence": whence, "notes": list(adapted.notes)})


def take_file(content: bytes, name: str) -> None:
    """Use the plan in a JSON file. Raises InputError if it holds none, or none for this table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(_("A recipe has to be JSON text; this is not.")) from None
    take(Recipe.from_json(text), _("The plan was loaded from “{name}”.").format(name=name))


def take_link() -> None:
    """Use the plan in the query parameters, once its table is open; show the reason if it cannot be used."""
    text = state.get(LINK)
    if text is None or _waits_for_upload():
        return
    state.forget(LINK)
    try:
        take(Recipe.from_link(str(text), tables.suggested_recipe()), _("The plan came in the link."))
    except InputError as problem:
        state.choose(
            "refused_link",
            _("The plan in the link was not taken, and the suggested one is shown. {problem}").format(problem=problem),
        )


def tell() -> None:
    """Show where the plan is from and what did not fit, or why the one in the link was not used."""
    if state.get(LINK) is not None:
        show_warning(
            _("The plan in the link is for a table that is not here: bring that table on the screen Data, and the "
              "plan is carried out on it.")
        )  # fmt: skip
    refused, taken = state.choice("refused_link"), state.choice("taken_plan")
    if refused:
        show_warning(refused)
    if taken:
        st.success(escape_markdown(taken["whence"]), icon=":material/check:")
        show_notes(taken["notes"])


def _waits_for_upload() -> bool:
    """Return whether the link is for a file that is not open in this visit yet."""
    if state.get("sample") == state.UPLOAD and state.upload_name() is None:
        state.put("_link_waits", True)
    return bool(state.get("_link_waits")) and not state.is_upload()
