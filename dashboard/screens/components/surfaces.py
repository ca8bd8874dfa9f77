"""Surfaces: the bowl of linear regression beside a surface with several minima, with starts that one drags."""

import json
import re

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_general, format_latex, format_number, format_percent
from core.foundations.loss_surfaces import (
    Minima,
    Surface,
    bowl,
    descend,
    find_minima,
    reached,
    sine_surface,
    start_grid,
    unit_surface,
)
from core.language import _, ngettext
from core.regression.data.metrics import near_power_of_two
from core.regression.data.validation import Array
from dashboard.pipeline import training
from dashboard.scenes.components.surfaces import WITHIN, Shown, Starts, surfaces_scene
from dashboard.screens.components.surface_code import surface_code, surface_traps
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import examples
from dashboard.ui.page import link
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

SCENE = "components_surfaces"
STARTS = {"bowl": "components_surface_bowl_starts", "many": "components_surface_many_starts"}
GRID = 31  # starts each way, of which it is computed where they lead
MOST_STARTS = 5
MOST_ROWS = 200  # of the bowl, whose loss the browser computes


def draw_surfaces() -> None:
    """Draw the controls, both surfaces, and what the starts came to."""
    st.markdown(
        _("Linear regression has **one** minimum: its loss is a bowl, and every start ends there. A model that bends "
          "has several, and the start decides.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = controls.either("components_surface_model", _("Beside the bowl"))
        controls.number("seed", _("Seed"))
    left, right = st.columns(2)
    with left:
        rate = float(controls.slider("components_surface_rate", _("Learning rate")))
    with right:
        steps = int(controls.slider("components_surface_steps", _("Updates")))
    found = text_fields.answer(SCENE, {key: settings.text(key) for key in STARTS.values()}, _read)
    smooth, many = _bowl(rate, steps), _many(kind, rate, steps, settings.value("seed"))
    scenes.components(surfaces_scene(smooth, many, found.value, rate, steps), SCENE, _take_starts)
    _draw_examples(smooth, many)
    st.markdown(_verdict(many, found.value[1], rate, steps))
    st.markdown(escape_markdown(_about_bowl(smooth, rate)))
    st.latex(_newton(many))
    lesson.code(surface_code(many.surface, found.value[1][0], rate, steps))
    lesson.traps(surface_traps)
    st.caption(
        _("Takes for granted: full-batch gradient descent, and that the minima found from many starts are all there "
          "are in the picture.")
    )  # fmt: skip
    link("autograd", _("Where the slopes come from: Autograd"))


def _read(components_surface_bowl_starts: str, components_surface_many_starts: str) -> tuple[Starts, Starts]:
    return read_starts(components_surface_bowl_starts), read_starts(components_surface_many_starts)


def read_starts(text: str) -> Starts:
    """Return the starts in a text such as "0.1 0.2; 0.9 0.8", in shares of the picture. Raises InputError."""
    pairs = [re.split(r"[\s,]+", part.strip()) for part in text.split(";") if part.strip()]
    try:
        starts = [[float(value) for value in pair] for pair in pairs]
    except ValueError:
        starts = []
    if not 1 <= len(starts) <= MOST_STARTS or not all(
        len(start) == 2 and all(0 <= value <= 1 for value in start) for start in starts
    ):
        raise InputError(
            _("The starts have to be one to {most} pairs of numbers from 0 to 1, such as “0.1 0.2; 0.9 0.8”; got "
              "“{text}”.").format(most=MOST_STARTS, text=text[:60])
        )  # fmt: skip
    return starts


def _take_starts() -> None:
    settled = getattr(state.get(SCENE), "settled", None) or {}
    for name, key in STARTS.items():
        starts = settled.get(name)
        if isinstance(starts, list) and starts:
            state.put(key, starts_text(starts))


def starts_text(starts: Starts) -> str:
    """Return starts as `read_starts` reads them."""
    return "; ".join(" ".join(repr(round(float(value), 3)) for value in start) for start in starts)


def _draw_examples(smooth: Shown, many: Shown) -> None:
    best, worst = _start_for(many, lowest=True), _start_for(many, lowest=False)
    examples("components_surface", {
        _("A setting that works"): {STARTS["many"]: best, "components_surface_rate": 0.3},
        _("A setting that fails, and why"): {STARTS["many"]: worst, "components_surface_rate": 0.3},
    })  # fmt: skip


def _start_for(many: Shown, *, lowest: bool) -> str:
    """Return the text of a start that leads to a lowest minimum, or to the highest one; the middle where none is known.

    Where all minima are alike, the start that fails is the saddle between them.
    """
    losses = many.minima.losses
    good = [number for number, loss in enumerate(losses) if loss <= losses[0] * (1 + 1e-6) + 1e-12]
    wanted = good if lowest else [number for number in range(len(losses)) if number not in good]
    places = [place for place, number in enumerate(many.basins) if number in wanted]
    if not places:
        return "0.5 0.5"
    middle = np.array([divmod(place, GRID) for place in places])
    row, column = middle[np.abs(middle - np.median(middle, axis=0)).sum(axis=1).argmin()]
    return starts_text([[round((column + 0.5) / GRID, 3), round((row + 0.5) / GRID, 3)]])


def _bowl(rate: float, steps: int) -> Shown:
    problem = training.base_problem()
    key = json.dumps([problem.key, rate, steps])
    X, y = problem.X_train.numpy(), problem.y_train.numpy()
    return _bowl_shown(key, X, y, problem.feature_names, problem.label, rate, steps)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _bowl_shown(key: str, _X: Array, _y: Array, _names: list[str], label: str, rate: float, steps: int) -> Shown:
    rows = np.linspace(0, len(_y) - 1, min(MOST_ROWS, len(_y))).round().astype(int)
    X, y = _X[rows], _y[rows]
    first, second = _two_columns(X, y)
    surface = bowl(X[:, [first, second]], y)
    names = (_names[first], _names[second])
    return _shown(
        key, _("A bowl: {label} by two features").format(label=label), surface, rate, steps,
        (_("weight of {name}").format(name=names[0]), _("weight of {name}").format(name=names[1])),
        ("w1", "w2"), "ŷ = {u}·x₁ + {v}·x₂",
    )  # fmt: skip


def _two_columns(X: Array, y: Array) -> tuple[int, int]:
    """Return the two columns that go with the label most closely, and are not the same column twice over.

    Raises InputError if there are no two.
    """
    varying = [j for j in range(X.shape[1]) if X[:, j].max() > X[:, j].min()]
    if not y.max() > y.min():
        raise InputError(
            _("The label has one value only in these rows, so nothing can be fitted. Choose another label or table.")
        )
    if len(varying) < 2:
        template = ngettext(
            "The bowl is drawn over the weights of two features that vary, and in this table {count} does. Choose "
            "another table.",
            "The bowl is drawn over the weights of two features that vary, and in this table {count} do. Choose "
            "another table.",
            len(varying),
        )
        raise InputError(template.format(count=format_count(len(varying))))
    columns = np.column_stack([X[:, varying], y])
    columns /= near_power_of_two(np.abs(columns).max(axis=0))  # so that no square overflows
    together = np.corrcoef(columns, rowvar=False)
    order = np.argsort(-np.abs(together[-1, :-1]), kind="stable")
    first = int(order[0])
    others = [int(j) for j in order[1:] if abs(together[first, j]) < 0.99]
    if not others:
        raise InputError(
            _("All features are the same up to scale, so the loss is a valley, not a bowl. Choose another table.")
        )
    return varying[first], varying[others[0]]


@cache_resource(max_entries=32, show_spinner=False)
def _many(kind: str, rate: float, steps: int, seed: int) -> Shown:
    key = json.dumps([kind, rate, steps, seed])
    if kind == "unit":
        title, formula = _("One hidden unit: two minima alike"), "ŷ = {v}·tanh({u}·x)"
        return _shown(
            key, title, unit_surface(seed=seed), rate, steps,
            (_("weight u into the unit"), _("weight v out of it")), ("u", "v"), formula,
        )  # fmt: skip
    return _shown(
        key, _("A sine: many minima"), sine_surface(seed=seed), rate, steps,
        (_("frequency u"), _("phase v")), ("u", "v"), "ŷ = sin({u}·x + {v})",
    )  # fmt: skip


def _shown(
    key: str, title: str, surface: Surface, rate: float, steps: int,
    axes: tuple[str, str], symbols: tuple[str, str], formula: str,
) -> Shown:  # fmt: skip
    minima = _minima(f"{surface.kind} {hash(surface.X.tobytes())} {hash(surface.y.tobytes())}", surface)
    ends = descend(surface, start_grid(surface, GRID), rate, steps)[:, -1]
    basins = [-1 if number is None else number for number in reached(minima, ends, WITHIN)]
    return Shown(key, title, surface, minima, basins, axes, symbols, formula)


@cache_resource(max_entries=16, show_spinner=False)
def _minima(key: str, _surface: Surface) -> Minima:
    return find_minima(_surface)


def ends_of(shown: Shown, starts: Starts, rate: float, steps: int) -> list[int | None]:
    """Return the minimum that each start reaches, or None."""
    low, high = shown.surface.low, shown.surface.high
    places = low + np.array(starts) * (high - low)
    return reached(shown.minima, descend(shown.surface, places, rate, steps)[:, -1], WITHIN)


def _verdict(many: Shown, starts: Starts, rate: float, steps: int) -> str:
    """Say which minima the starts reach, and how many starts in all lead to the lowest."""
    minima, found = many.minima, ends_of(many, starts, rate, steps)
    good = _lowest(minima)
    share = sum(number in good for number in many.basins) / len(many.basins)
    numbers = {
        "right": sum(number in good for number in found), "starts": len(starts), "share": format_percent(share, 1),
        "least": format_number(float(minima.losses[0]), 4), "count": len(minima.losses), "grid": GRID * GRID,
        "worst": format_number(max((float(minima.losses[number]) for number in found if number is not None),
                                   default=float("nan")), 4),
        "lost": sum(number is None for number in found), "steps": steps, "rate": format_general(rate),
    }  # fmt: skip
    if numbers["right"] == len(starts):
        return _("**This works:** all {starts} starts reach the lowest loss, {least}. Of {grid} starts on a grid "
                 "{share} do; there are {count} minima in the picture.").format(**numbers)  # fmt: skip
    if numbers["lost"]:
        return _("**This fails:** {lost} of {starts} starts are at no minimum after {steps} updates with rate {rate}: "
                 "they are on a plateau or a saddle, left the picture, jump to and fro, or are still on their way. "
                 "{right} reach the lowest loss, {least}; of {grid} starts on a grid {share} do.").format(
                     **numbers)  # fmt: skip
    return _("**This fails:** {right} of {starts} starts reach the lowest loss, {least}; the worst ends at {worst}, "
             "where every slope is 0 and descent stays. Of {grid} starts on a grid {share} reach the "
             "lowest.").format(**numbers)  # fmt: skip


def _lowest(minima: Minima) -> set[int]:
    """Return the minima that are as low as the lowest, up to rounding."""
    return {number for number, loss in enumerate(minima.losses) if loss <= minima.losses[0] * (1 + 1e-6) + 1e-12}


def _about_bowl(smooth: Shown, rate: float) -> str:
    largest = float(smooth.minima.curvatures[0, 1]) if len(smooth.minima.losses) else float("nan")
    share = sum(number == 0 for number in smooth.basins) / len(smooth.basins)
    return _("On the bowl {share} of the starts reach its minimum. It curves by {curvature} at most, so any rate "
             "below {limit} gets there in the end; yours is {rate}. Features and label are standardised.").format(
                 share=format_percent(share), curvature=format_number(largest, 3),
                 limit=format_number(2 / largest, 3), rate=format_general(rate))  # fmt: skip


def _newton(many: Shown) -> str:
    if not len(many.minima.losses):
        return r"\nabla L(w^*) = 0"
    place, curved = many.minima.places[0], many.minima.curvatures[0]
    u, v = format_latex(float(place[0])), format_latex(float(place[1]))
    return (
        rf"\begin{{aligned}} w &\leftarrow w - H^{{-1}} \nabla L \\ w^* &= ({u},\; {v}) \\ \nabla L(w^*) &= 0 \\ "
        rf"\lambda(H) &= {format_latex(float(curved[0]), 3)},\; {format_latex(float(curved[1]), 3)} > 0 \end{{aligned}}"
    )
