"""What is drawn of classes in groups: the groups, the confusion in their order, costs, and one row's expected costs."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_number
from core.language import _
from core.problems.hierarchy.near_misses import DECIMALS, cost_table
from core.problems.hierarchy.run import HierarchyRun
from core.problems.panels import Axis, Bars, BarSet, Cells, Curve, Heat, Layer, Panel, Plane, Points

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def hierarchy_panels(run: HierarchyRun) -> list[Panel]:
    """Return the five panels of a run; the first one is a table in which classes are moved to other groups."""
    return [group_cells(run.groups, run.rows.classes), _plane(run), _confusion(run), _costs(run), _one_row(run)]


def group_cells(groups: Places, classes: tuple[str, ...]) -> Cells:
    """Return a row for each group, and one for a new group while one more is possible; 1 is where a class is."""
    count = int(groups.max()) + 1
    names = [_("group {number}").format(number=format_count(place + 1)) for place in range(count)]
    if count + 1 < len(classes):
        names.append(_("new group"))
    values = (np.arange(len(names))[:, np.newaxis] == groups).astype(np.float64)
    texts = [["●" if value else "" for value in row] for row in values]
    alt = _("{classes} classes are in {groups} groups.").format(
        classes=format_count(len(classes)), groups=format_count(count)
    )
    title = _("Groups (a click moves a class)")
    return Cells(title, values, alt, names, classes, texts, low=0.0, high=1.0, editable=True)


def _plane(run: HierarchyRun) -> Plane:
    left, right, lower, upper = run.edges
    layers: list[Layer] = []
    if run.regions is not None:
        high = float(len(run.groups) - 1)
        layers.append(Heat(run.regions.astype(np.float64), (left, right), (lower, upper), high=high,
                           name=_("decision"), regions=True))  # fmt: skip
    wrong = run.groups[run.cheapest] != run.groups[run.y]
    layers.append(Points(run.xy, groups=run.y, group_names=run.rows.classes))
    crosses = np.where(wrong[:, :, np.newaxis], run.xy, np.nan)
    layers.append(Points(crosses, _("wrong group"), "bad", shape="cross", size=5.0))
    alt = _("Rows held out that get a class of a wrong group in the last frame: {wrong} of {rows}.").format(
        wrong=format_count(int(wrong[-1].sum())), rows=format_count(len(run.held))
    )
    x, y = Axis(_("first principal axis"), left, right), Axis(_("second principal axis"), lower, upper)
    return Plane(_("Rows held out, and the decision with the least expected cost"), x, y, layers, alt)


def _confusion(run: HierarchyRun) -> Cells:
    order = np.argsort(run.groups, kind="stable")
    count = len(order)
    tables = np.array(
        [np.bincount(run.y * count + said, minlength=count**2).reshape(count, count) for said in run.cheapest]
    )
    near = (run.groups[:, np.newaxis] == run.groups) & ~np.eye(count, dtype=bool)
    names = tuple(run.rows.classes[place] for place in order)
    within, across = run.mistakes(run.cheapest[-1])
    alt = _("Near misses in the last frame: {within}; mistakes across groups: {across}.").format(
        within=format_count(within), across=format_count(across)
    )
    title = _("Class (down) and decision (across); near misses are marked")
    values = tables[:, order][:, :, order].astype(np.float64)
    return Cells(title, values, alt, names, names, low=0.0, marks=near[order][:, order].astype(np.int64))


def _costs(run: HierarchyRun) -> Plane:
    curves = [
        Curve(_growing(run.nears, run.costs(run.flat)), _("most probable class"), "data"),
        Curve(_growing(run.nears, run.costs(run.tree)), _("group first"), "other"),
        Curve(_growing(run.nears, run.costs(run.cheapest)), _("least expected cost")),
        Curve(
            np.column_stack([run.nears, run.expected(run.cheapest)]),
            _("least cost that the model expects"), "exact", dashed=True,
        ),
    ]  # fmt: skip
    alt = _("With a near miss at {near}, the least expected cost costs {least} a row, the most probable class {flat}.")
    return Plane(
        _("Mean cost on rows held out"), Axis(_("cost of a near miss"), float(run.nears[-1]), 1.0),
        Axis(_("mean cost"), 0.0), curves,
        alt.format(near=format_number(float(run.nears[-1]), 3), least=format_number(run.costs(run.cheapest)[-1], 3),
                   flat=format_number(run.costs(run.flat)[-1], 3)))  # fmt: skip


def _growing(nears: Array, costs: Array) -> Array:
    """Return the points that each frame has reached, (frames, frames, 2): a pale rest would show which is cheapest."""
    ahead = np.arange(len(nears)) > np.arange(len(nears))[:, np.newaxis]
    return np.stack([np.broadcast_to(nears, ahead.shape), np.where(ahead, np.nan, costs)], axis=2)


def _one_row(run: HierarchyRun) -> Bars:
    row = telling_row(run)
    order = np.argsort(run.groups, kind="stable")
    shares = run.levels.flat[row]
    expected = np.array([shares @ cost_table(run.groups, near) for near in run.nears])
    least = np.full(expected.shape, np.nan)
    frames = np.arange(len(run.nears))
    least[frames, run.cheapest[:, row]] = expected[frames, run.cheapest[:, row]]
    names = tuple(run.rows.classes[place] for place in order)
    alt = _("The most probable class is {flat}; in the last frame {least} has the least expected cost.").format(
        flat=run.rows.classes[run.flat[row]], least=run.rows.classes[run.cheapest[-1, row]]
    )
    return Bars(
        _("Row {row}, held out, which is {name}").format(
            row=format_count(int(run.held[row]) + 1), name=run.rows.classes[run.y[row]]),
        Axis(_("probability, expected cost"), 0.0, 1.0), names,
        [BarSet(shares[order], _("probability"), "data"), BarSet(expected[:, order], _("expected cost")),
         BarSet(least[:, order], _("least of all"), "exact")], alt)  # fmt: skip


def telling_row(run: HierarchyRun) -> int:
    """Return the row held out to which the cost matters most: its most probable class costs most beyond the least.

    Where that costs the least in every row, the row with the smallest largest probability.
    """
    costs = run.levels.flat @ cost_table(run.groups, float(run.nears[-1]))
    places = np.arange(len(costs))
    saved = (costs[places, run.flat] - costs[places, run.cheapest[-1]]).round(DECIMALS)
    return int(saved.argmax()) if saved.max() > 0 else int(run.levels.flat.max(axis=1).round(DECIMALS).argmin())
