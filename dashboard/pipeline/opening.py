"""Opening a file, or reading it differently: at once if it is small, else with a progress bar that can be stopped.

What is to be opened is plain data in the session state until it is read or refused. A large file is read in another
thread; any click stops it, and the previous table stays open.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from core.errors import InputError, LimitError
from core.language import _
from core.preprocessing import Table, read_table
from core.preprocessing.reading.archives import SeveralTablesError
from core.preprocessing.reading.csv_parser.rows import UnclosedQuoteError
from dashboard.pipeline import tables
from dashboard.ui.progress import Progress, progress_bar, work
from dashboard.visit import state

# What is to be opened: name, content, reading (arguments for `read_table`), place (None: a new file), stopped
Job: TypeAlias = dict[str, Any]
Ready: TypeAlias = tuple[dict[str, Any], Table]

SMALL = 2_000_000  # bytes of a file that is read in a moment
SMALL_PACKED = 200_000
PACKED = (b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PAR1", b"\xd0\xcf\x11\xe0")
BY_COLUMN = ("kinds", "codes", "date_orders", "centuries", "decimals")
BY_NAME = (*BY_COLUMN, "columns")  # what was chosen for columns, by their names


def take_upload() -> None:
    """Open the uploaded file. It replaces the open table only once it is read; an unreadable file changes nothing."""
    file = state.get(state.UPLOAD)
    if file is not None:
        open_file(file.name, file.getvalue(), {})


def open_file(name: str, content: bytes, reading: Mapping[str, Any]) -> None:
    """Open a file, read with these arguments for `read_table`."""
    _start({"name": name, "content": content, "reading": dict(reading), "place": None})


def reread(wanted: Mapping[str, Any], place: str) -> None:
    """Read the open table with these arguments. On an error the reason is shown at `place` on the screen."""
    source = state.source()
    _start({"name": source.name, "content": source.content, "reading": dict(wanted), "place": place})


def resume() -> None:
    """Resume the reading that was stopped."""
    state.put("_opening", {**state.get("_opening"), "stopped": False})


def drop() -> None:
    """Forget what was to be opened, and why it was not."""
    state.forget("_opening")
    state.forget("_refused")
    state.choose("refused_reading", None)


def stopped() -> Job | None:
    """Return what was to be opened when its reading was stopped, or None."""
    job: Job | None = state.get("_opening")
    return job if job and job.get("stopped") else None


def attend() -> None:
    """Read what is pending, with a progress bar. Call it before anything that shows the table."""
    job = state.get("_opening")
    if not job or job.get("stopped"):
        return
    state.put("_opening", {**job, "stopped": True})  # true if a click reruns the page meanwhile
    with progress_bar(_("Reading “{name}”").format(name=job["name"])) as show:
        _finish(job, lambda: work(lambda report: _read(job, report), show))


def _start(job: Job) -> None:
    drop()
    content = job["content"]
    if len(content) <= (SMALL_PACKED if content.startswith(PACKED) else SMALL):
        _finish(job, lambda: _read(job))
    else:
        state.put("_opening", job)


def _finish(job: Job, read: Callable[[], Ready]) -> None:
    """Read, and make the table the one in use; or store the reason why it is not."""
    try:
        reading, table = read()
    except InputError as problem:
        _refuse(job, problem)
    except MemoryError:
        _refuse(job, InputError(_("There is not enough memory for this table; bring a smaller part of it.")))
    else:
        _accept(job, reading, table)
    state.forget("_opening")


def _read(job: Job, progress: Progress | None = None) -> Ready:
    """Read the table; what was chosen for columns that it does not have, read this way, is left out."""
    reading = job["reading"]
    try:
        table = read_table(job["content"], **reading, progress=progress)
    except LimitError:
        raise
    except InputError as problem:
        if not any(reading.get(what) for what in BY_NAME):
            raise
        reading = {what: value for what, value in reading.items() if what not in BY_NAME}
        try:
            table = read_table(job["content"], **reading, progress=progress)
        except InputError:
            raise problem from None
    return fitting(reading, set(table.frame.columns)), table


def fitting(reading: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return those of these arguments that apply to a table with these columns.

    >>> fitting({"decimal": ",", "kinds": {"a": "text", "old": "date"}, "codes": {"old": ["?"]}}, ["a"])
    {'decimal': ',', 'kinds': {'a': 'text'}}
    """
    kept = dict(reading)
    for what in BY_COLUMN:
        chosen = {name: value for name, value in kept.pop(what, {}).items() if name in names and value}
        if chosen:
            kept[what] = chosen
    return kept


def _accept(job: Job, reading: dict[str, Any], table: Table) -> None:
    tables.keep(state.digest(job["content"]), reading, table)
    if job["place"] is None:
        state.forget("target")
        state.keep_upload(job["name"], job["content"])
    if reading or job["place"] is not None:
        state.choose("reading", reading)


def _ways_on(job: Job, problem: InputError) -> dict[str, Any]:
    """Return what a screen can offer for a refused file: tables of an archive, columns, quotes as letters, a sample."""
    limit = problem.limit if isinstance(problem, LimitError) else None
    return {
        "members": list(problem.members) if isinstance(problem, SeveralTablesError) else [],
        "names": list(problem.names) if isinstance(problem, LimitError) else [],
        "most": problem.most if isinstance(problem, LimitError) and limit == "columns" else None,
        "quotes": isinstance(problem, UnclosedQuoteError) and "quote" not in job["reading"],
        "sample": limit in ("rows", "cells") and "sample" not in job["reading"],
    }


def _refuse(job: Job, problem: InputError) -> None:
    if job["place"] is None:
        sentence = _("“{name}” was not opened. {problem}").format(name=job["name"], problem=problem)
        state.put("_refused", {**job, "sentence": sentence, **_ways_on(job, problem)})
    else:
        state.choose("refused_reading", {"sentence": str(problem), "place": job["place"]})
