"""More data against stronger assumptions: a straight line beside the nearest neighbours as rows are added."""

import json

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_number, latex_name
from core.foundations.neighbours import Contest, GrowingFit, check_rows, contest, growing_fit, make_curve
from core.foundations.supervised import most_telling
from core.language import N_, _
from dashboard.charts.supervised import contest_chart
from dashboard.pipeline import tables
from dashboard.scenes.contest.scene import contest_scene
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import show_error
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

Array = npt.NDArray[np.float64]
MOST_ROWS = 1_500  # of the table, evenly spaced, that take part


def draw_assumptions() -> None:
    """Draw the controls, the errors and what they say."""
    st.markdown(
        _("A **parametric** model assumes a form and keeps a fixed number of parameters: a straight line. A "
          "**non-parametric** one assumes that rows nearby have labels alike, and keeps all rows: the nearest "
          "neighbours. Which one is ahead depends on how many rows there are, and on whether the assumption is true.")
    )  # fmt: skip
    examples("components_assumptions", _examples())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        world = controls.either("components_world", _("Rows from"))
        controls.slider("components_neighbours", _("Neighbours k"))
        controls.slider("components_seeds", _("Orders of the rows"))
        controls.number("components_draw_seed", _("Seed"))
    if world == "curve":
        with st.container(horizontal=True, vertical_alignment="bottom"):
            controls.slider("components_curve_rows", _("Rows of the curve"))
            controls.slider("components_noise", _("Noise"))
    world = _usable(world)
    label, key = _source(world)
    found = _contest(key, settings.value("components_neighbours"), settings.value("components_seeds"), _rows_of(world))
    _draw_stage(world, label)
    _draw_curve(found, label)
    st.markdown(verdict(found, world))
    last = _last(found)
    most = int(found.curve["rows"].max())
    line, neighbours = latex_name(_("line")), latex_name(_("neighbours"))
    st.latex(
        rf"\begin{{aligned}} \hat y_{{{line}}} &= \mathbf w^\top \mathbf x + b \;\; ({found.parameters}) \\ "
        rf"\hat y_{{{neighbours}}} &= \frac{{1}}{{{min(settings.value('components_neighbours'), most)}}} "
        rf"\sum_{{i \in N(\mathbf x)}} y_i \;\; ({most}) \end{{aligned}}"
    )
    st.caption(
        _("In brackets: how many numbers, or rows, each keeps. With all {rows} rows the errors are {line} and "
          "{neighbours}.").format(rows=format_count(most), line=format_number(last["line"], 4),
                                  neighbours=format_number(last["neighbours"], 4))
    )  # fmt: skip
    if world == "table":
        st.caption(_("The lines below compare both on the curve."))
    lesson.code(code(world))
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that new rows come from where the old ones did. With many features all rows are far "
          "from each other, and nearest means little: Norms measures that on your table.")
    )  # fmt: skip
    page.link("norms", _("Which rows are near"), {"norms_view": "distances"})


def _draw_stage(world: str, label: str) -> None:
    """Draw both models of one feature as rows are added, in the order of the seed."""
    X, y = _rows_of(world)
    column = most_telling(X, y)
    k, seed = settings.value("components_neighbours"), settings.value("components_draw_seed")
    feature = tables.preparation().prepared.feature_names[column] if world == "table" else "x"
    fit = _growing(_source(world)[1], column, k, seed, X[:, column], y)
    scenes.contest(contest_scene(X[:, column], y, fit, k=k, feature=feature, label=label), "components_contest")
    st.caption(
        _("One feature and one order of the rows, so that both can be seen. The chart below takes all features, and "
          "the mean over several orders.")
    )  # fmt: skip


@cache_resource(scope="session", max_entries=20, show_spinner=False)
def _growing(key: str, column: int, k: int, seed: int, _x: Array, _y: Array) -> GrowingFit:
    return growing_fit(_x, _y, k=k, seed=seed)


def _usable(world: str) -> str:
    """Return where rows come from: the curve, with a sentence, where the table in use cannot be compared on."""
    try:
        check_rows(*_rows_of(world))
    except InputError as problem:
        show_error(str(problem))
        st.caption(_("Showing the curve."))
        return "curve"
    return world


def _source(world: str) -> tuple[str, str]:
    """Return the unit of the label, and the key of the rows."""
    if world == "table":
        ready = tables.preparation()
        return ready.prepared.target, ready.key
    names = ("components_curve_rows", "components_noise", "components_draw_seed")
    return "y", json.dumps(["curve", *map(settings.value, names)])


def _rows_of(world: str) -> tuple[Array, Array]:
    if world == "table":
        prepared = tables.preparation().prepared
        chosen = np.linspace(0, len(prepared.y) - 1, min(len(prepared.y), MOST_ROWS)).round().astype(int)
        return prepared.X.numpy()[chosen], prepared.y.numpy()[chosen]
    rows, noise = settings.value("components_curve_rows"), settings.value("components_noise")
    return make_curve(rows, noise, settings.value("components_draw_seed"))


@cache_resource(scope="session", max_entries=20, show_spinner=N_("Fitting with more and more rows"))
def _contest(key: str, k: int, seeds: int, _rows: tuple[Array, Array]) -> Contest:
    return contest(*_rows, k=k, seeds=range(seeds))


def _examples() -> Examples:
    curve = {
        "components_world": "curve", "components_neighbours": 5, "components_noise": 0.3, "components_curve_rows": 600,
    }  # fmt: skip
    return {
        _("The line is wrong: data wins"): curve,
        _("Fails: few rows, many neighbours"): {**curve, "components_curve_rows": 30, "components_neighbours": 50},
        _("Fails: one neighbour in much noise"): {**curve, "components_neighbours": 1, "components_noise": 1.5},
        _("Your table"): {"components_world": "table", "components_neighbours": 5},
    }


def _draw_curve(found: Contest, label: str) -> None:
    names = (_("straight line"), _("nearest neighbours"))
    curve = found.curve.assign(model=found.curve["model"].map(dict(zip(("line", "neighbours"), names, strict=True))))
    log = bool((curve["low"] > 0).all())
    draw_kept(contest_chart, {"curve": curve}, _finding(found), names=names, label=label, log=log)


def _finding(found: Contest) -> str:
    last, most = _last(found), format_count(int(found.curve["rows"].max()))
    return _("With {rows} rows the line is {line} off, the nearest neighbours {neighbours}.").format(
        rows=most, line=format_number(last["line"], 4), neighbours=format_number(last["neighbours"], 4)
    )


def _last(found: Contest) -> dict[str, float]:
    last = found.curve[found.curve["rows"] == found.curve["rows"].max()].set_index("model")["error"]
    return {str(name): float(error) for name, error in last.items()}


def verdict(found: Contest, world: str) -> str:
    """Return which model is ahead from how many rows on, and why."""
    curve, last = found.curve, _last(found)
    line = curve[curve["model"] == "line"].set_index("rows")["error"]
    half = int(line.index[np.abs(np.log(line.index / np.sqrt(line.index.max()))).argmin()])
    numbers = {
        "crossing": format_count(found.crossing or 0),
        "line": format_number(last["line"], 4),
        "neighbours": format_number(last["neighbours"], 4),
        "half": format_count(half),
        "then": format_number(float(line[half]), 4),
        "most": format_count(int(line.index.max())),
        "noise": format_number(settings.value("components_noise"), 3),
        "parameters": format_count(found.parameters),
    }
    is_settled = half > 3 * found.parameters and float(line[half]) < 1.05 * last["line"]
    parts = [
        _("**From {crossing} rows on the neighbours are ahead**: they have no form that could be wrong, and use every "
          "row.").format(**numbers)
        if found.crossing
        else _("**Up to {most} rows the line is ahead**, or as good: its assumption is worth more than these rows."
               ).format(**numbers),
        _("More rows help the line no further once its few parameters are found: {then} with {half} rows, {line} with "
          "{most}.").format(**numbers)
        if is_settled
        else _("More rows still help the line with its {parameters} parameters: {then} with {half} rows, {line} with "
               "{most}.").format(**numbers)
        if float(line[half]) > last["line"]
        else _("The line with its {parameters} parameters is off by {then} with {half} rows, and by {line} with "
               "{most}.").format(**numbers),
    ]  # fmt: skip
    if world == "curve" and settings.value("components_noise") > 0:
        parts.append(_("On endless test rows no model would be off by less than the noise, {noise}; on a few it "
                       "happens by chance.").format(**numbers))  # fmt: skip
    return " ".join(parts)


def code(world: str) -> str:
    """Return the lines for torch: both models on one split of the curve, or of rows like it."""
    rows = settings.value("components_curve_rows") if world == "curve" else 600
    noise = settings.value("components_noise")
    k, seed = settings.value("components_neighbours"), settings.value("components_draw_seed")
    seeds = settings.value("components_seeds")
    return f"""import numpy as np
import torch

random = np.random.default_rng({seed})
x = torch.from_numpy(random.uniform(-1, 1, {rows}))[:, None]
noise = torch.from_numpy(random.standard_normal({rows}))
y = 2 * x[:, 0] + torch.sin(5 * x[:, 0]) + {noise} * noise  # a curve that no line follows
count = min({rows} // 3, 300)

errors = []
for seed in range({seeds}):
    order = torch.from_numpy(np.random.default_rng(seed).permutation({rows}))
    test, train = order[:count], order[count:]
    A = torch.cat([x[train], torch.ones(len(train), 1)], dim=1)
    line = torch.linalg.lstsq(A, y[train, None]).solution.squeeze(1)  # two numbers, however many rows
    by_line = x[test, 0] * line[0] + line[1]
    nearest = torch.cdist(x[test], x[train]).topk(min({k}, len(train)), largest=False).indices
    by_neighbours = y[train][nearest].mean(dim=1)  # all rows are kept
    errors.append([((guess - y[test]) ** 2).mean().sqrt() for guess in (by_line, by_neighbours)])
print(torch.tensor(errors).mean(dim=0))  # of the line, of the neighbours"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("One neighbour remembers, and its training error is 0."),
            _("The nearest row to a training row is itself. Only rows that were held out say how good the model is."),
            "x, y = torch.rand(6, 1), torch.rand(6)\n"
            "nearest = torch.cdist(x, x).argmin(dim=1)\n"
            "training_error = (y[nearest] - y).abs().max()",
            ["training_error"],
        ),
        lesson.Trap(
            _("Distances have units."),
            _("A feature in grams outweighs one in millimetres. Here every feature is standardised by the rows "
              "learned from, before any distance is taken."),
        ),
    ]  # fmt: skip
