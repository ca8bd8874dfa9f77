"""The plan for a whole table, as data: as an object, as JSON and in a link."""

import json
import zlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import EllipsisType
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.preprocessing.recipes.choices import Encode, Fill, Part, Scale, TargetTransform
from core.preprocessing.recipes.plan import ColumnPlan, change_plan, shorten
from core.preprocessing.recipes.split_plan import AT_RANDOM, SplitPlan, dump_split, parse_split
from core.preprocessing.recipes.target_transform import check_target_transform, target_label

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedRecipe


@dataclass(frozen=True)
class Recipe:
    """The target, and the plan for every other column.

    A column of the table without a plan is left out. Raises InputError if the target or a column is planned twice, or
    if anything has the wrong type.

    Attributes:
        target: the column to predict.
        columns: the plans for the others.
        target_transform: what the target becomes before a model is trained on it: `log`, `sqrt`, `box_cox`,
            `yeo_johnson` (their power learnt from the training rows), `standard` (mean 0, standard deviation 1) or
            `none`.
        split: how rows are split into training and test rows.
    """

    target: str
    columns: tuple[ColumnPlan, ...]
    target_transform: TargetTransform = "none"
    split: SplitPlan = AT_RANDOM

    def __post_init__(self) -> None:
        """Raise InputError for what is not a plan."""
        if not isinstance(self.target, str):
            raise InputError(_("The target has to be the name of a column; got {value}.").format(value=self.target))
        check_target_transform(self.target_transform)
        if not isinstance(self.columns, tuple) or not all(isinstance(plan, ColumnPlan) for plan in self.columns):
            raise InputError(_("The columns of a recipe have to be a tuple of column plans."))
        seen = {self.target}
        for plan in self.columns:
            if plan.column in seen:
                raise InputError(
                    _("The recipe lists the column “{column}” twice; list it once, as target or feature.").format(
                        column=plan.column
                    )
                )
            seen.add(plan.column)
        if not isinstance(self.split, SplitPlan):
            raise InputError(_("The split of a recipe has to be a split plan."))
        if self.split.column == self.target:
            raise InputError(
                _("The rows cannot be split by the target “{target}”; choose another column.").format(
                    target=self.target
                )
            )

    @property
    def label(self) -> str:
        """The name of what is predicted: the target as it is trained on, such as “log Price”."""
        return target_label(self.target_transform, self.target)

    def plan(self, column: str) -> ColumnPlan:
        """Return the plan of one column. Raises InputError if the recipe has none for it."""
        for plan in self.columns:
            if plan.column == column:
                return plan
        raise InputError(_("The recipe has no column “{column}”.").format(column=column))

    def change(
        self,
        columns: str | Sequence[str],
        *,
        fill: Fill | None = None,
        encode: Encode | None = None,
        constant: str | float | None = None,
        was_missing: bool | None = None,
        scale: Scale | None = None,
        base: str | EllipsisType | None = ...,
        most: int | EllipsisType | None = ...,
        min_frequency: int | EllipsisType | None = ...,
        order: Sequence[str | float] | EllipsisType | None = ...,
        yes: str | EllipsisType | None = ...,
        parts: Sequence[Part] | None = None,
    ) -> "Recipe":
        """Return a recipe with other options for these columns; those not given are kept.

        A new encoding sets its default fill (`mean` for numbers, `own_class` for one-hot, `drop_column` for drop) if
        the current fill does not fit it, or if the column was dropped before, and clears the options that do not fit
        it. A constant is kept only with its fill, `was_missing` only with a fill that needs it. None clears a base, a
        limit, a least frequency, an order or a yes.
        Raises InputError for a column the recipe does not have and for options that cannot be combined.
        """
        given: dict[str, Any] = {"fill": fill, "encode": encode, "constant": constant, "scale": scale, "parts": parts}
        given = {name: value for name, value in {**given, "was_missing": was_missing}.items() if value is not None}
        clearable = {"base": base, "most": most, "min_frequency": min_frequency, "order": order, "yes": yes}
        given |= {name: value for name, value in clearable.items() if value is not ...}
        for name in {"order", "parts"} & set(given):
            if isinstance(given[name], list):
                given[name] = tuple(given[name])
        chosen = [columns] if isinstance(columns, str) else list(columns)
        changed = {column: change_plan(self.plan(column), given) for column in chosen}
        return replace(self, columns=tuple(changed.get(plan.column, plan) for plan in self.columns))

    def to_json(self) -> str:
        """Return the recipe as JSON text, which `from_json` reads back to an equal recipe."""
        pass

        return dump_recipe(self)

    @staticmethod
    def from_json(text: str) -> "Recipe":
        """Read the JSON of `to_json`. Raises InputError for anything else, with the reason."""
        pass

        return parse_recipe(text)

    def to_link(self, suggested: "Recipe") -> str | None:
        """Return the differences from the suggested recipe as a short text for a link, "" if there are none.

        None if it is longer than 1,500 characters; then use `to_json`.
        """
        pass

        return write_link(self, suggested)

    @staticmethod
    def from_link(text: str, suggested: "Recipe") -> "Recipe":
        """Read the text of `to_link` with the same suggestion. Raises InputError for anything else."""
        pass

        return read_link(text, suggested)

    def fit(self, frame: pd.DataFrame) -> "FittedRecipe":
        """Learn fill values and categories from these rows: pass the training rows only.

        Rows without a target, and rows that the plan drops, are not used. See `FittedRecipe`.
        Raises InputError if a column is absent or of the wrong kind, if no row is left, or if no feature is left.
        """
        from core.preprocessing.recipes.fit import fit_recipe

        return fit_recipe(self, frame)


REQUIRED = frozenset({"column", "fill", "encode"})
OPTIONS: Mapping[str, Any] = {field.name: field.default for field in fields(ColumnPlan) if field.name not in REQUIRED}
LISTS = ("order", "parts")


def dump_recipe(recipe: Recipe) -> str:
    """Return the target, and for each column its fill and encoding.

    Options of the columns, what the target becomes and the split are given only where they differ from the default.
    """
    data: dict[str, Any] = {"target": recipe.target}
    if recipe.target_transform != "none":
        data["target_transform"] = recipe.target_transform
    data["columns"] = [dump_plan(plan) for plan in recipe.columns]
    if recipe.split != AT_RANDOM:
        data["split"] = dump_split(recipe.split)
    return json.dumps(data, indent=2, ensure_ascii=False)


def dump_plan(plan: ColumnPlan) -> dict[str, Any]:
    """Return the plan as an object for JSON."""
    options = {name: getattr(plan, name) for name, usual in OPTIONS.items() if getattr(plan, name) != usual}
    return {"column": plan.column, "fill": plan.fill, "encode": plan.encode, **options}


def parse_recipe(text: str) -> Recipe:
    """Read the result of `dump_recipe`. Raises InputError for anything else."""
    required = {"target", "columns"}
    data = check_keys(load_json(text), required=required, allowed={*required, "target_transform", "split"})
    if not isinstance(data["columns"], list):
        raise InputError(_("The columns of a recipe have to be a list."))
    columns = tuple(parse_plan(entry) for entry in data["columns"])
    split = parse_split(data.get("split", {}))
    return Recipe(data["target"], columns, data.get("target_transform", "none"), split)


def parse_plan(entry: object) -> ColumnPlan:
    """Read one plan. Raises InputError for anything else, with the column if there is one."""
    return ColumnPlan(**tuples(check_keys(entry, required=REQUIRED, allowed={*REQUIRED, *OPTIONS})))


def tuples(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with lists converted to tuples."""
    return {
        name: tuple(value) if name in LISTS and isinstance(value, list) else value for name, value in options.items()
    }


def load_json(text: str) -> Any:  # noqa: ANN401 - JSON holds anything
    """Return the parsed text. Raises InputError for anything but JSON, and for lists nested too deeply."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, TypeError, RecursionError):
        raise InputError(_("A recipe has to be valid JSON.")) from None


def check_keys(data: object, required: frozenset[str] | set[str], allowed: set[str]) -> dict[str, Any]:
    """Return the object if it has the required keys and no other but the allowed ones, else raise InputError."""
    if not isinstance(data, dict):
        raise InputError(
            _("A recipe and each of its columns have to be JSON objects with the keys {keys}.").format(
                keys=format_list(sorted(required))
            )
        )
    absent, unknown = sorted(required - set(data)), sorted(set(data) - allowed)
    if absent:
        raise InputError(_("The recipe lacks the key {keys}.").format(keys=format_list(absent)))
    if unknown:
        raise InputError(_("The recipe has unknown keys: {keys}.").format(keys=shorten(format_list(unknown))))
    return data


def _refuse_constant(name: str) -> float:
    raise ValueError(name)  # JSON has no NaN and no Infinity; Python's parser accepts them


LONGEST = 1_500  # characters; browsers and chat programs accept links of about 2,000
MOST_UNPACKED = 2**17  # bytes; a malicious link of 1,500 characters can decompress to over a megabyte

_FIELDS = {"fill", "encode", *OPTIONS}


def write_link(recipe: Recipe, suggested: Recipe) -> str | None:
    """Return the differences, compressed; "" if there are none, None if they are longer than 1,500 characters."""
    differences = _differences(recipe, suggested)
    if not differences:
        return ""
    text = json.dumps(differences, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), level=9)
    link = urlsafe_b64encode(packed).decode("ascii").rstrip("=")
    return link if len(link) <= LONGEST and len(text) <= MOST_UNPACKED // 4 else None


def read_link(text: str, suggested: Recipe) -> Recipe:
    """Read the text of `write_link` with the same suggestion. Raises InputError for anything else."""
    if text == "":
        return suggested
    keys = {"target", "names", "change", "target_transform", "split"}
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
    return Recipe(
        data.get("target", suggested.target),
        tuple(map(plans.__getitem__, names)),
        data.get("target_transform", suggested.target_transform),
        parse_split(data["split"]) if "split" in data else suggested.split,
    )


def _differences(recipe: Recipe, suggested: Recipe) -> dict[str, Any]:
    """Group the columns with the same changes, so that a change of many columns stays short."""
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
    if recipe.target_transform != suggested.target_transform:
        result["target_transform"] = recipe.target_transform
    if names != list(before):
        result["names"] = names
    if changes:
        result["change"] = [list(change) for change in changes.values()]
    if recipe.split != suggested.split:
        result["split"] = dump_split(recipe.split)
    return result


def _field(plan: ColumnPlan, old: ColumnPlan, name: str) -> bool:
    """Return whether a field differs; 1 and 1.0 do, since they are written differently."""
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
    """Return the decompressed text of the link, up to the longest that `write_link` compresses."""
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
    return InputError(
        _("The recipe in this link cannot be read; the link may be truncated. Copy the whole link again.")
    )
