"""The promise of the script, tested on random tables and recipes.

Whatever the table and the recipe, the script, in a process that holds only pandas, numpy and torch (and scikit-learn
where a model fills missing values), gives the tensors of the lab bit for bit.
"""

import bz2
import gzip
import io
import lzma
import zipfile

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import (
    ColumnPlan,
    Recipe,
    column_kinds,
    encode_choices,
    fill_choices,
    read_table,
    scale_choices,
    split_rows,
)
from tests.core.export.preprocessing_script.worker import Worker
from tests.examples import examples

GAPS = st.sampled_from(["", "NA", "?", " NA ", "  "])
WHOLE = st.integers(-50, 50).map(str)
DECIMAL = st.floats(-1e6, 1e6, allow_nan=False).map(repr) | st.sampled_from(["-0.0", "-0", "1e-320", "4e307", "1e400"])
SORTS = {
    "whole": WHOLE,
    "decimal": DECIMAL | WHOLE,
    "padded": WHOLE.map(lambda text: f" {text}  "),
    "huge": st.sampled_from(["1.7e308", "-1.7e308", "5e-324", "3"]),
    "comma": st.floats(-99, 99, allow_nan=False).map(lambda number: f"{number:.3f}".replace(".", ",")),
    "money": st.integers(-9_999_999, 9_999_999).map(lambda number: f"${number / 100:,.2f}"),
    "percent": st.integers(0, 1000).map(lambda number: f"{number / 10} %"),
    "parentheses": st.integers(1, 9_999).map(lambda number: f"({number:,})"),
    "minus": st.integers(1, 99).map(lambda number: f"−{number}"),
    "codes": st.sampled_from(["-200", "-200.0", "3", "4.5"]),
    "zeros": st.sampled_from(["007", "0123", "42"]),
    "beyond": st.sampled_from(["9007199254740993", "18446744073709551617", "5"]),
    "words": st.sampled_from(["a", "b", " a", "c, d", 'say "x"', "nan", "None", "'", "\\", "#", "é", "b\nb"]),
    "answers": st.sampled_from(["yes", "no", "Yes", "NO"]),
    "truth": st.sampled_from(["True", "False"]),
    "days": st.dates().map(str),
    "german days": st.dates().map(lambda day: f"{day.day:02}.{day.month:02}.{day.year:04}"),
    "moments": st.datetimes().map(lambda moment: moment.isoformat(sep=" ", timespec="seconds")),
    "zones": st.datetimes().map(lambda moment: f"{moment.year:04}-01-02T03:04:05+02:00"),
    "texts": st.text(alphabet="ab'\"\\#{}\n,; é姓\u2028=", max_size=5),
    "mixed": WHOLE | st.sampled_from(["x", "y"]),
}
NAMES = st.text(alphabet="ab'\"\\#{}\n,; é=_", min_size=1, max_size=4)


def quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set('",;\t|\n\r') else cell


@st.composite
def files(draw) -> tuple[bytes, dict[str, object]]:
    """A file of 4 to 12 rows, and arguments with which to read it."""
    count, delimiter = draw(st.integers(4, 12)), draw(st.sampled_from(",;\t|"))
    sorts = draw(st.lists(st.sampled_from(sorted(SORTS)), min_size=1, max_size=4))
    names = [*draw(st.lists(NAMES, min_size=len(sorts), max_size=len(sorts))), "target"]
    gappy = [draw(st.booleans()) for _sort in sorts]
    rows = []
    for row in range(count):
        chosen = [GAPS | SORTS[sort] if gaps else SORTS[sort] for sort, gaps in zip(sorts, gappy, strict=True)]
        cells = [draw(one) for one in chosen]
        rows.append([*cells, str(row * row - 3)])
    lines = [delimiter.join(map(quoted, cells)) for cells in [names, *rows]]
    if draw(st.booleans()):
        lines = draw(spoilt(lines, delimiter))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    arguments: dict[str, object] = draw(
        st.sampled_from([{}, {}, {"missing": ["NA", "-200"]}, {"sample": 5}, {"missing": ["?", "a", "3"]}])
    )
    return pack(draw, (ending.join(lines) + ending).encode(encoding)), arguments


@st.composite
def spoilt(draw, lines: list[str], delimiter: str) -> list[str]:
    """Lines with a title, a note, a ragged row or an extra delimiter at the end of each."""
    how = draw(st.sampled_from(["title", "comment", "short", "long", "trailing", "blank"]))
    if how in ("title", "comment"):
        return ["# made by hand" if how == "comment" else "Table 1: made by hand", *lines]
    if how == "trailing":
        return [line + delimiter for line in lines]
    place = draw(st.integers(1, len(lines) - 1))
    if how == "blank":
        return [*lines[:place], "", "  ", *lines[place:]]
    odd = lines[place] + delimiter + "more" if how == "long" else lines[place].rpartition(delimiter)[0]
    return [*lines[:place], odd, *lines[place + 1 :]]


def pack(draw, data: bytes) -> bytes:
    how = draw(st.sampled_from(["", "", "", "gzip", "bz2", "xz", "zip"]))
    if how == "zip":
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("table.csv", data)
        return held.getvalue()
    return {"": bytes, "gzip": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[how](data)


@st.composite
def recipes(draw, frame, target: str) -> Recipe:
    """Any plan for any column that its kind allows."""
    plans = []
    for name, kind in column_kinds(frame).items():
        if name == target:
            continue
        encode = draw(st.sampled_from([choice for choice in encode_choices(kind) if choice != "drop"] or ["drop"]))
        fill = draw(st.sampled_from(fill_choices(kind, encode)))
        present = sorted(set(frame[name].dropna().tolist()), key=str)
        options: dict[str, object] = {"scale": draw(st.sampled_from(scale_choices(encode)))}
        if fill not in ("own_class", "drop_rows", "drop_column"):
            options["was_missing"] = draw(st.booleans())
        if encode == "one_hot" and draw(st.booleans()):
            options |= {"base": "", "most": draw(st.none() | st.integers(1, 3))}
        if encode == "one_hot":
            options["min_frequency"] = draw(st.sampled_from([None, None, 2, 3]))
        if encode == "date":
            options["parts"] = draw(st.sampled_from([("days",), ("year", "month", "day", "weekday", "hour")]))
        if encode == "ordinal" and len(present) > 1:
            options["order"] = tuple(draw(st.permutations(present))[: draw(st.integers(2, len(present)))])
        if fill == "constant":
            options["constant"] = draw(constants(frame[name], encode, options.get("order")))
        try:
            plans.append(ColumnPlan(name, fill, encode, **options))
        except InputError:
            plans.append(ColumnPlan(name, fill_choices(kind, encode)[0], encode))
    return Recipe(target, tuple(plans), draw(st.sampled_from(["none", "standard", "yeo_johnson", "sqrt", "log"])))


def constants(values, encode: str, order):
    if encode == "date":
        return st.just("2020-02-29")
    if order:
        return st.sampled_from(order)
    return st.sampled_from([7.5, -1.0]) if values.dtype.kind in "if" else st.sampled_from(["yes", "z'z\n#"])


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    plain, learnt = Worker(tmp_path_factory.mktemp("plain")), None
    learnt = Worker(tmp_path_factory.mktemp("learnt"), allowed=("sklearn", "scipy"))
    yield {False: plain, True: learnt}
    plain.close()
    learnt.close()


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_script_of_any_recipe_for_any_table_gives_the_same_tensors_bit_for_bit(data, worker, tmp_path_factory):
    content, arguments = data.draw(files())
    path = tmp_path_factory.mktemp("table") / "table"
    path.write_bytes(content)
    try:
        frame = read_table(path, **arguments).frame
        if data.draw(st.booleans()):
            name = data.draw(st.sampled_from(list(frame.columns)))
            kind = data.draw(st.sampled_from(["number", "category", "text", "date", "yes_no", "identifier"]))
            codes = data.draw(st.sampled_from([{}, {name: ["-200", "b"]}, {name: ["3", "yes"]}]))
            frame = read_table(path, kinds={name: kind}, codes=codes, **arguments).frame
    except InputError:
        return
    kinds = column_kinds(frame)
    target = "target" if kinds.get("target") == "number" else None
    assume(target)
    recipe = data.draw(recipes(frame, target))
    try:
        train, _test = split_rows(frame, recipe, 0.3, seed=1)
        fitted = recipe.fit(frame.loc[train])
        prepared = fitted.transform(frame)
    except InputError:
        return
    split = data.draw(st.sampled_from([None, (0.3, 1)]))
    result = worker[fitted.imputer is not None].run(fitted.to_script(split=split))
    assert result["feature_names"] == prepared.feature_names
    assert result["X"].numpy().tobytes() == prepared.X.contiguous().numpy().tobytes()
    assert result["y"].numpy().tobytes() == prepared.y.numpy().tobytes()
