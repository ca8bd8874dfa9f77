"""The state of a visit. The only module that uses `st.session_state`.

It keeps two kinds of plain values:

- the values of widgets, under the widgets' own keys. Many of them are also in the address (`bind="query-params"`), so
  links carry them; `adopt_link` gives them to screens that do not draw the widget themselves.
- the upload, and the choices made about a table. A choice is kept under the digest of the table's bytes, so a new
  file starts afresh, without any column of the old one.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import streamlit as st

from dashboard.visit.samples import samples

UPLOAD = "upload"  # the value of `sample` for the uploaded file; also the uploader's key


@dataclass(frozen=True)
class Source:
    """The table in use: its name, its bytes, and their digest, which names everything derived from them."""

    name: str
    content: bytes
    digest: str
    suggested_target: str | None


def get(key: str, default: Any = None) -> Any:
    """Return the value of a widget or another kept value, or `default` if there is none yet."""
    value = st.session_state.get("_instead", {}).get(key, st.session_state.get(key))
    return default if value is None else value


@contextmanager
def instead(values: Mapping[str, Any]) -> Iterator[None]:
    """Let `get` return these values inside, such as those of an earlier run; widgets and kept values do not change."""
    st.session_state["_instead"] = dict(values)
    try:
        yield
    finally:
        del st.session_state["_instead"]


def put(key: str, value: Any) -> None:
    """Set the value that the widget `key` will show. Call it before the widget is drawn, or from a callback."""
    st.session_state[key] = value


def mark_chosen(key: str) -> None:
    """Record, from a callback, that the visitor has set this knob."""
    st.session_state[f"_chosen_{key}"] = True


def is_chosen(key: str) -> bool:
    """Return whether the visitor, or a link, has set this knob."""
    return f"_chosen_{key}" in st.session_state


def bound(key: str) -> Literal["query-params"]:
    """Return how a widget is bound to the address under its key, and record that it is."""
    st.session_state.setdefault("_bound", set()).add(key)
    return "query-params"


def bound_keys() -> set[str]:
    """Return the keys of the widgets on this screen that keep their own value in the address."""
    return set(st.session_state.get("_bound", ()))


def begin_screen() -> None:
    """Forget which widgets the screen had, before a rerun."""
    st.session_state["_bound"] = set()


def forget(key: str) -> None:
    """Reset the widget `key`."""
    st.session_state.pop(key, None)


def adopt_link(keys: Iterable[str]) -> None:
    """On the first run of a visit take over the values of `keys` from the address, as text, on any screen."""
    if "_adopted" in st.session_state:
        return
    st.session_state["_adopted"] = True
    for key in keys:
        if key in st.query_params and key not in st.session_state:
            st.session_state[key] = st.query_params[key]
            mark_chosen(key)


def source() -> Source:
    """Return the table in use: the upload if it is chosen, else the chosen sample, else the first sample."""
    return source_of(get("sample"))


def source_of(chosen: str | None) -> Source:
    """Return the table that would be in use if this were chosen as `sample`."""
    upload = st.session_state.get("_upload")
    if chosen == UPLOAD and upload is not None:
        return Source(upload["name"], upload["content"], upload["digest"], None)
    return _sample_source(chosen or "")


@lru_cache(maxsize=50)
def _sample_source(name: str) -> Source:
    """Return the table of a sample, or of the first one if there is none of this name; read once for all visits.

    A page needs it a hundred times in a run, and each access to a cache of Streamlit takes a fifth of a millisecond.
    """
    sample = samples().get(name) or next(iter(samples().values()))
    content = sample.content()
    return Source(sample.file, content, digest(content), sample.target)


def is_upload() -> bool:
    """Return whether the table in use is an uploaded file."""
    return get("sample") == UPLOAD and upload_name() is not None


def sample_name() -> str:
    """Return the value of `sample` in a link to the table in use."""
    if is_upload():
        return UPLOAD
    chosen = get("sample")
    return chosen if chosen in samples() else first_sample()


def is_brought() -> bool:
    """Return whether the table in use is not the one that is shown on arrival."""
    return is_upload() or sample_name() != first_sample()


def first_sample() -> str:
    """Return the short name of the sample that is shown on arrival."""
    return next(iter(samples()))


def upload_name() -> str | None:
    """Return the name of the uploaded file, or None if there is none."""
    upload = st.session_state.get("_upload")
    return upload["name"] if upload else None


def upload_digest() -> str | None:
    """Return the digest of the uploaded file, or None if there is none."""
    upload = st.session_state.get("_upload")
    return upload["digest"] if upload else None


def keep_upload(name: str, content: bytes) -> None:
    """Make an uploaded file the table in use. The earlier upload and everything derived from it are forgotten."""
    earlier, name_of_content = st.session_state.get("_upload"), digest(content)
    if earlier and earlier["digest"] != name_of_content:
        st.session_state.get("_choices", {}).pop(earlier["digest"], None)
    st.session_state["_upload"] = {"name": name, "content": content, "digest": name_of_content}
    put("sample", UPLOAD)


def choice(name: str, default: Any = None) -> Any:
    """Return a choice about the table in use (`reading`, a recipe), or `default`."""
    return st.session_state.get("_choices", {}).get(source().digest, {}).get(name, default)


def choose(name: str, value: Any) -> None:
    """Keep a choice about the table in use; None removes it."""
    choices = st.session_state.setdefault("_choices", {})
    choices[source().digest] = {**choices.get(source().digest, {}), name: value}


def digest(content: bytes) -> str:
    """Return the digest of these bytes, the key of everything derived from them."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
