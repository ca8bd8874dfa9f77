"""A recipe as a short text for a link: only what differs from the suggestion."""

import json
import zlib
from base64 import b64decode, urlsafe_b64encode
from dataclasses import replace
from typing import Any

from core.errors import InputError
from core.language import _
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.recipe_json import OPTIONS, check_keys, load_json, parse_plan, tuples

LONGEST = 1_500  # characters; browsers and chat programs pass links of about 2,000
MOST_UNPACKED = 2**17  # bytes; a link of 1,500 characters can be made to unpack to over a megabyte

_FIELDS = {"fill", "encode", *OPTIONS}


def write_link(recipe: Recipe, suggested: Recipe) -> str | None:
    """Return the differences, packed; "" if there are none, None if they are longer than 1,500 characters."""
    differences = _differences(recipe, suggested)
    if not differences:
        return ""
    text = json.dumps(differences, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), level=9)
    link = urlsafe_b64encode(packed).decode("ascii").rstrip("=")
    return link if len(link) <= LONGEST and len(text) <= MOST_UNPACKED // 4 else None


def read_link(text: str, suggested: Recipe) -> Recipe:
    """Read what `write_link` wrote against the same suggestion. Raises InputError for anything else."""
    if text == "":
        return suggested
    keys = {"target", "names", "change"}
    data = check_keys(load_json(_unpack(text)), required=set(), allowed=keys)
    names, changes = data.get("names", [plan.column for plan in suggested.columns]), data.get("change", [])
    if not isinstance(names, list) or not isinstance(changes, list):
        raise _broken()
    plans = {plan.column: plan for plan in suggested.columns}
    for entry in changes:
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], list):
            raise _broken()
        for name in map(_text, entry[0]):
            plans[name] = _changed(plans.get(name), name, entry[1])
    if not all(_text(name) in plans for name in names):
        raise _broken()
    return Recipe(data.get("target", suggested.target), tuple(map(plans.__getitem__, names)))


def _differences(recipe: Recipe, suggested: Recipe) -> dict[str, Any]:
    """Group the columns that change alike: bulk changes stay short however many columns they touch."""
    before = {plan.column: plan for plan in suggested.columns}
    changes: dict[str, tuple[list[str], dict[str, Any]]] = {}
    for plan in recipe.columns:
        old = before.get(plan.column)
        changed = {name: getattr(plan, name) for name in sorted(_FIELDS) if old is None or _field(plan, old, name)}
        if changed:
            changes.setdefault(json.dumps(changed), ([], changed))[0].append(plan.column)
    names = [plan.column for plan in recipe.columns]
    result: dict[str, Any] = {}
    if recipe.target != suggested.target:
        result["target"] = recipe.target
    if names != list(before):
        result["names"] = names
    if changes:
        result["change"] = [list(change) for change in changes.values()]
    return result


def _field(plan: ColumnPlan, old: ColumnPlan, name: str) -> bool:
    """Say whether a field differs; 1 and 1.0 do, for they are written differently."""
    return repr(getattr(plan, name)) != repr(getattr(old, name))


def _changed(plan: ColumnPlan | None, name: str, change: object) -> ColumnPlan:
    if plan is None:
        fields = check_keys(change, required={"fill", "encode"}, allowed=_FIELDS)
        return parse_plan({"column": name, **fields})
    return replace(plan, **tuples(check_keys(change, required=set(), allowed=_FIELDS)))


def _text(name: object) -> str:
    if not isinstance(name, str):
        raise _broken()
    return name


def _unpack(link: str) -> str:
    """Return the text in the link, unpacked no further than anything that `write_link` would have packed."""
    if not isinstance(link, str) or len(link) > LONGEST:
        raise _broken()
    try:
        packed = b64decode(link + "=" * (-len(link) % 4), altchars=b"-_", validate=True)
        stream = zlib.decompressobj()
        unpacked = stream.decompress(packed, MOST_UNPACKED)
        if stream.eof and not stream.unused_data:
            return unpacked.decode("utf-8", "surrogatepass")
    except (ValueError, zlib.error):
        pass
    raise _broken()


def _broken() -> InputError:
    return InputError(_("The recipe in this link cannot be read; it may have been cut. Ask for the link again."))
