"""A session as a file: written from the current settings, and restored once its table is available.

A session is restored whole or not at all: everything about the table is checked before anything is changed.
"""

import math
from inspect import signature
from typing import Any

import streamlit as st

from core.errors import InputError
from core.export import Session, dump_session, parse_session
from core.formatting import format_list
from core.language import _
from core.preprocessing import Recipe, adapt_recipe, read_table
from dashboard.pipeline import manual_fit, pinned_runs, tables
from dashboard.ui.escape import escape_markdown, show_error, show_notes, show_warning
from dashboard.visit import settings, state
from dashboard.visit.samples import samples

WAITS = "_session"
TOLD, REFUSED = "_session_told", "_session_refused"


def write() -> str:
    """Return all current settings, as a file."""
    source = state.source()
    try:
        recipe, target = tables.recipe(), tables.target()
    except InputError:  # nothing can be predicted from this table
        recipe, target = None, None
    return dump_session(
        Session(
            name=source.name,
            digest=source.digest,
            sample=None if state.is_upload() else state.sample_name(),
            reading=state.choice("reading", {}),
            target=target,
            recipe=recipe,
            settings={
                key: _plain(key) for key in settings.KNOBS if key not in manual_fit.HAND or state.get(key) is not None
            },
            names={key: state.get(key) for key in settings.NAMES if state.get(key) is not None},
            texts={key: text for key, usual in settings.TEXTS.items() if (text := settings.text(key)) != usual},
            pins=tuple(pinned_runs.pinned()),
        )
    )


def take_file(content: bytes, name: str) -> None:
    """Restore the session in a file, now or once its table is opened; report if it cannot be read."""
    state.forget(TOLD)
    state.forget(REFUSED)
    try:
        text = content.decode("utf-8-sig")
        parse_session(text)
    except UnicodeDecodeError:
        _refuse(name, _("A session has to be valid JSON."))
        return
    except InputError as problem:
        _refuse(name, str(problem))
        return
    state.put(WAITS, {"text": text, "file": name})
    take_waiting()


def take_waiting(any_table: bool = False) -> None:
    """Restore the waiting session, if its table is available, or with `any_table` on whatever table is in use."""
    waiting = state.get(WAITS)
    if waiting is None:
        return
    session = parse_session(waiting["text"])
    upload = state.upload_digest()
    if session.sample in samples():
        sample = session.sample
    elif upload is not None and (upload == session.digest or any_table):
        sample = state.UPLOAD
    elif any_table:
        sample = state.sample_name()
    else:
        return
    state.forget(WAITS)
    try:
        notes = _take(session, sample)
    except InputError as problem:
        _refuse(waiting["file"], str(problem))
    else:
        state.put(TOLD, {"file": waiting["file"], "notes": notes})


def forget_waiting() -> None:
    """Discard the session that waits for its table."""
    state.forget(WAITS)


def tell() -> None:
    """Draw the state of a session file: restored, refused, or waiting for its table, with what can be done then."""
    refused, restored, waiting = state.get(REFUSED), state.get(TOLD), state.get(WAITS)
    if refused:
        show_error(refused)
    if restored:
        sentence = _("Everything is as it was when “{file}” was saved.").format(file=restored["file"])
        st.success(escape_markdown(sentence), icon=":material/check:")
        show_notes(restored["notes"])
    if waiting:
        _tell_waiting(parse_session(waiting["text"]), waiting["file"])


def _tell_waiting(session: Session, file: str) -> None:
    if state.is_upload():
        template = _(
            "The session “{file}” was saved with another table, “{wanted}”; the bytes of “{here}” are not the same."
        )
    else:
        template = _(
            "The session “{file}” is for your own table “{wanted}”: upload it on the screen Data to restore everything."
        )
    show_warning(template.format(file=file, wanted=session.name, here=state.source().name))
    row = st.container(horizontal=True)
    row.button(
        _("Use it with {table} anyway").format(table=escape_markdown(state.source().name)),
        key="take_home_anyway", on_click=take_waiting, args=[True], icon=":material/table:",
    )  # fmt: skip
    row.button(_("Discard this session"), key="take_home_forget", on_click=forget_waiting, icon=":material/close:")


def _refuse(file: str, why: str) -> None:
    state.put(REFUSED, _("“{file}” was not loaded, and nothing has changed. {why}").format(file=file, why=why))


def _take(session: Session, sample: str) -> list[str]:
    """Set everything; return sentences on what could not be set as it was. Raises InputError and changes nothing."""
    source = state.source_of(sample)
    reading = _checked_reading(session.reading)
    frame = _read(source, reading)
    adapted = adapt_recipe(session.recipe, frame) if session.recipe is not None else None
    notes = []
    if source.digest != session.digest:
        notes.append(_("This is not the table that the session was saved with, so the numbers may differ."))
    notes += adapted.notes if adapted else []
    state.put("sample", sample)
    state.choose("reading", reading)
    state.put("target", adapted.recipe.target if adapted else session.target)
    _keep(adapted.recipe if adapted else None)
    pinned_runs.restore(list(session.pins))
    return notes + _turn_knobs(session)


def _checked_reading(reading: Any) -> dict[str, Any]:
    known = set(signature(read_table).parameters) - {"source", "progress"}
    if set(reading) <= known:
        return dict(reading)
    raise InputError(_("The session has reading options that this program does not know."))


def _read(source: state.Source, reading: dict[str, Any]) -> Any:
    try:
        return tables.read(source.digest, source.content, reading).frame
    except (TypeError, AttributeError, KeyError):  # values of a type that no form would have made
        raise InputError(_("The session has reading options that this program does not know.")) from None


def _keep(recipe: Recipe | None) -> None:
    """Keep the plan, unless it is the suggested one anyway."""
    try:
        tables.keep_recipe(None if recipe == tables.suggested_recipe() else recipe)
    except InputError:  # there is nothing to suggest for a table without a target
        return


def _plain(key: str) -> Any:
    """Return the value of a knob as JSON can hold it, which has no infinity."""
    value = settings.value(key)
    return settings.to_query(key) if value in (math.inf, -math.inf) else value


def _turn_knobs(session: Session) -> list[str]:
    notes = []
    state.forget(manual_fit.HAND_OF)
    for key, knob in settings.KNOBS.items():
        if key in manual_fit.HAND and key not in session.settings:
            state.forget(key)
            continue
        wanted = session.settings.get(key, knob.default)
        settings.choose(key, wanted)
        if not settings.KNOBS[key].is_exact(str(wanted)):
            notes.append(
                _("{knob} cannot be {wanted}; using {given}.").format(
                    knob=key, wanted=str(wanted)[:40], given=settings.to_query(key)
                )
            )
    unknown = sorted(set(session.settings) - set(settings.KNOBS))
    if unknown:
        template = _("Unknown settings were ignored: {names}.")
        notes.append(template.format(names=format_list(unknown)[:200]))
    for key, texts in (
        *((key, session.names) for key in settings.NAMES),
        *((key, session.texts) for key in settings.TEXTS),
    ):
        if isinstance(texts.get(key), str):
            state.put(key, texts[key])
        else:
            state.forget(key)
    return notes
