"""Causes and graphs, part two: a twin simulated from a known graph, in which do() can be carried out."""

from collections.abc import Sequence

import numpy as np

from core.formatting import format_count, format_list, format_number
from core.language import _
from core.problems.causes.code import twin_code
from core.problems.causes.drawing import Arrows, Graph, graph_panel
from core.problems.causes.graph import NODES, directed_paths
from core.problems.causes.rows import with_error
from core.problems.causes.twin_run import ROUNDS, TwinRun, twin_run
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.panels import Axis, Bars, BarSet, Curve, Layer, Panel, Plane, Points
from core.problems.rows import Array


def twin_miniature(*, shape: str, effect: float, strength: float, size: int, seed: int) -> Miniature:
    """Return the miniature of a known graph; raises InputError as `twin_run` does."""
    run = twin_run(shape, effect, strength, size, seed)
    panels: list[Panel] = [_graph(run), _scatter(run), _slopes(run)]
    return Miniature(
        _("What happens to Y when X is set, in a {shape} whose equations are known?").format(shape=_shape_name(shape)),
        _frames(run),
        panels,
        _guess(run),
        _figures(run),
        _sentence(run),
        _("The slope under do() is the sum over the directed paths from X to Y of the products of their coefficients. "
          "The slopes of the regressions follow from the covariance (I − B)⁻¹ (I − B)⁻ᵀ of the equations."),
        twin_code(run.structure, size, seed),
    )  # fmt: skip


def _shape_name(shape: str) -> str:
    return {
        "fork": _("fork X ← Z → Y"),
        "chain": _("chain X → Z → Y"),
        "collider": _("collider X → Z ← Y"),
    }[shape]


def _graph(run: TwinRun) -> Plane:
    """Return the graph; the arrows into X are cut once do() is carried out."""
    labels = {node: node for node in NODES}
    places = {"Z": (0.5, 1.0), "X": (0.0, 0.0), "Y": (1.0, 0.0)}
    into = [cause for cause, effect in run.structure.arrows if effect == "X"]
    alt = (
        _("No arrow leads into X, so do() cuts none.") if not into else _("Under do() the arrow from Z into X is cut.")
    )
    graph = Graph(places, labels, [Arrows(_("acts on"), "learned", run.structure.arrows)], {"X"})
    return graph_panel(_("The graph"), graph, [False, *[True] * ROUNDS], alt)


def _scatter(run: TwinRun) -> Plane:
    """Return the rows seen, the two regression lines, and the mean of Y where X is set."""
    x, y = run.seen[:, 0], run.seen[:, 1]
    reach = np.array([run.set_to[0], run.set_to[-1]])
    lines = [y.mean() + fit.slope * (reach - x.mean()) for fit in (run.without, run.adjusted)]
    done = np.full((ROUNDS + 1, len(run.set_to), 2), np.nan)
    done[1:, :, 0], done[1:, :, 1] = run.set_to, run.means
    shown = run.seen[:400, :2]  # more only cover each other
    layers: list[Layer] = [
        Points(shown, _("rows as they are seen"), "muted", size=2.5),
        Curve(np.column_stack((reach, lines[0])), _("regression without Z"), "data"),
        Curve(np.column_stack((reach, lines[1])), _("regression with Z"), "other", dashed=True),
        Curve(np.column_stack((reach, run.structure.total_effect * reach)), _("exact mean under do()"), "exact"),
        Points(done, _("mean of Y where X is set"), "learned", shape="diamond", size=5),
    ]
    return Plane(
        _("Seen and done"),
        Axis("X", *_room(np.concatenate((shown[:, 0], reach)))),
        Axis("Y", *_room(np.concatenate((shown[:, 1], run.means.ravel(), *lines)))),
        layers,
        _("Under do() the mean of Y has slope {done}; the regressions have {without} and {adjusted}.").format(
            done=format_number(run.slope_done(-1), 3), without=format_number(run.without.slope, 3),
            adjusted=format_number(run.adjusted.slope, 3)),
    )  # fmt: skip


def _room(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.05 * (high - low)
    return low - margin, high + margin


def _slopes(run: TwinRun) -> Bars:
    """Return the slopes of both regressions and of do(), with the exact ones as marks."""
    values = np.full((ROUNDS + 1, 3), np.nan)
    values[:, :2] = run.without.slope, run.adjusted.slope
    values[1:, 2] = [run.slope_done(step) for step in range(ROUNDS)]
    structure = run.structure
    exact = np.array([structure.slope(False), structure.slope(True), structure.total_effect])
    return Bars(
        _("Slope of Y on X"),
        Axis(_("slope")),
        [_("without Z"), _("with Z"), _("under do()")],
        [BarSet(values, _("in the simulated rows")), BarSet(exact, _("exact"), "exact")],
        _("Exact slopes: {without} without Z, {adjusted} with Z, {done} under do().").format(
            without=format_number(exact[0], 3), adjusted=format_number(exact[1], 3), done=format_number(exact[2], 3)),
    )  # fmt: skip


def _frames(run: TwinRun) -> list[str]:
    """Return a sentence for each frame."""
    first = _("{n} rows are seen: the slope is {without} without Z and {adjusted} with Z.").format(
        n=format_count(len(run.seen)), without=with_error(run.without), adjusted=with_error(run.adjusted)
    )
    return [
        first,
        *(
            _("X was set {count} times to each of {values} values: the mean of Y has slope {slope}.").format(
                count=format_count(count), values=len(run.set_to), slope=format_number(run.slope_done(step), 3)
            )
            for step, count in enumerate(run.counts)
        ),
    ]


def _guess(run: TwinRun) -> Guess:
    """Return the question which regression has the slope of do()."""
    structure = run.structure
    answer = {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}[run.right]
    return Guess(
        _("Which regression of Y on X, with endlessly many rows, gives the slope that setting X would give?"),
        [_("The one without Z"), _("The one with Z"), _("Both"), _("Neither")],
        answer,
        _("Setting X gives {done}; the regression without Z gives {without}, the one with Z {adjusted}.").format(
            done=format_number(structure.total_effect, 3), without=format_number(structure.slope(False), 3),
            adjusted=format_number(structure.slope(True), 3)),
    )  # fmt: skip


def _figures(run: TwinRun) -> Sequence[Figure]:
    """Return the slopes in the rows beside the exact ones, and what the criterion says."""
    structure = run.structure
    allowed = [_("allowed") if each else _("not allowed") for each in run.allowed]
    return [
        Figure(_("slope without Z"), with_error(run.without), format_number(structure.slope(False), 3)),
        Figure(_("slope with Z"), with_error(run.adjusted), format_number(structure.slope(True), 3)),
        Figure(_("slope under do()"), format_number(run.slope_done(-1), 3), format_number(structure.total_effect, 3)),
        Figure(_("back-door criterion: without Z, with Z"), allowed[0] + ", " + allowed[1]),
    ]


def _sentence(run: TwinRun) -> str:
    """Return which adjustment is right by number and by the criterion, and the paths the effect goes along."""
    structure = run.structure
    done = format_number(structure.total_effect, 3)
    wrong = [
        format_number(structure.slope(adjusted) - structure.total_effect, 3)
        for adjusted, right in zip((False, True), run.right, strict=True)
        if not right
    ]
    if run.right == (False, True):
        first = _("Only the regression with Z gives the slope {done} of do(); without it the confounder adds {wrong}.")
    elif run.right == (True, False) and run.shape == "chain":
        first = _("Only the regression without Z gives the slope {done} of do(); adjusting for the mediator Z removes "
                  "the path through it, and changes the slope by {wrong}.")  # fmt: skip
    elif run.right == (True, False):
        first = _("Only the regression without Z gives the slope {done} of do(); adjusting for the collider Z opens a "
                  "path, and changes the slope by {wrong}.")  # fmt: skip
    else:
        first = _("Both regressions give the slope {done} of do() here.")
    return " ".join((first.format(done=done, wrong="".join(wrong)), _criterion(run), _paths(run)))


def _criterion(run: TwinRun) -> str:
    """Return what the back-door criterion allows."""
    words = {
        (True, True): _("The back-door criterion allows both."),
        (True, False): _("The back-door criterion allows only the one without Z, since Z is a consequence of X."),
        (False, True): _("The back-door criterion allows only the one with Z, since Z opens a back door into X."),
        (False, False): _("The back-door criterion allows neither."),
    }
    coincides = run.right != run.allowed
    note = _("The criterion is sufficient, not necessary: with these numbers the other one is right too.")
    return words[run.allowed] + (" " + note if coincides else "")


def _paths(run: TwinRun) -> str:
    """Return the sum over the paths with its numbers."""
    arrows = directed_paths(run.structure.arrows)
    if not arrows:
        return _("No directed path leads from X to Y, so setting X changes nothing.")
    names = [" → ".join(("X", *(effect for _cause, effect in path))) for path in arrows]
    products = [
        format_number(float(np.prod([run.structure.coefficient(*arrow) for arrow in path])), 3) for path in arrows
    ]
    terms = [f"{name} ({product})" for name, product in zip(names, products, strict=True)]
    return _("Directed paths from X to Y: {paths}.").format(paths=format_list(terms))
