"""A session as a file: all settings, so that they can be restored, and the table they belong to."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from core.errors import InputError
from core.language import _
from core.preprocessing import Recipe

VERSION = 1
MARK = "descent_lab_session"
LARGEST = 4_000_000  # characters


@dataclass(frozen=True)
class Session:
    """The content of a session file, all plain data.

    Attributes:
        name: of the table's file.
        digest: of the table's file.
        sample: its short name if it is a sample of the lab, else None.
        reading: the arguments for `read_table` that were chosen.
        target: the column to predict.
        recipe: the plan, None for the suggested one.
        settings: of all screens.
        names: columns chosen from lists.
        pins: runs that were pinned, as the screen keeps them.
        texts: what was typed into the fields of lessons, which older files do not have.
    """

    name: str
    digest: str
    sample: str | None = None
    reading: Mapping[str, Any] = field(default_factory=dict)
    target: str | None = None
    recipe: Recipe | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Any] = field(default_factory=dict)
    pins: tuple[Mapping[str, Any], ...] = ()
    texts: Mapping[str, Any] = field(default_factory=dict)


def dump_session(session: Session) -> str:
    """Return the session as JSON.

    >>> print(dump_session(Session("cars.csv", "1f", sample="cars", settings={"epochs": 7})).splitlines()[1])
      "descent_lab_session": 1,
    """
    recipe = None if session.recipe is None else json.loads(session.recipe.to_json())
    data = {MARK: VERSION, **{part.name: getattr(session, part.name) for part in fields(session)}, "recipe": recipe}
    return json.dumps(_finite(data), indent=2, ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:  # noqa: ANN401 - JSON holds anything
    """Return the value with None for NaN and infinity, which JSON does not have: numbers of a run that diverged."""
    if isinstance(value, Mapping):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def parse_session(text: str) -> Session:
    """Return the session of `dump_session`. Raises InputError for anything else; settings are not checked."""
    data = _load(text)
    if not isinstance(data, dict) or MARK not in data:
        raise InputError(_("This is not a session of Descent Lab; choose a file that was saved on this screen."))
    if data[MARK] != VERSION:
        raise InputError(
            _("The session has version {got}, and this program reads version {known}; save a new one here.").format(
                got=str(data[MARK])[:20], known=VERSION
            )
        )
    data.setdefault("texts", {})
    sort: Mapping[str, tuple[type, ...]] = {
        "name": (str,), "digest": (str,), "sample": (str, type(None)), "reading": (dict,), "target": (str, type(None)),
        "recipe": (dict, type(None)), "settings": (dict,), "names": (dict,), "pins": (list,),
        "texts": (dict,),
    }  # fmt: skip
    for key, kinds in sort.items():
        if key not in data or not isinstance(data[key], kinds):
            raise InputError(
                _("The session is damaged: its part “{key}” is missing or of the wrong kind.").format(key=key)
            )
    if not all(isinstance(pin, dict) for pin in data["pins"]):
        raise InputError(
            _("The session is damaged: its part “{key}” is missing or of the wrong kind.").format(key="pins")
        )
    recipe = None if data["recipe"] is None else Recipe.from_json(json.dumps(data["recipe"]))
    return Session(**{key: data[key] for key in sort} | {"recipe": recipe, "pins": tuple(data["pins"])})


def _load(text: str) -> Any:  # noqa: ANN401 - JSON holds anything
    if len(text) > LARGEST:
        raise InputError(_("The file is too large for a session; choose a file that was saved on this screen."))
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InputError(_("A session has to be valid JSON.")) from None


def _refuse(name: str) -> float:
    raise ValueError(name)
