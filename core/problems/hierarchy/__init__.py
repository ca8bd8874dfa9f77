"""Classes in a hierarchy: a near miss costs less, and the decision with the least expected cost is another one."""

from core.errors import InputError
from core.formatting import format_count, format_list, format_number
from core.language import _, ngettext
from core.problems.class_rows import Features, digit_rows, seen_classes
from core.problems.hierarchy.code import hierarchy_code
from core.problems.hierarchy.panels import hierarchy_panels
from core.problems.hierarchy.run import HierarchyRun, run_hierarchy
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.rows import Rows

SMALLEST_PENALTY, LARGEST_PENALTY = 0.0001, 0.3
DEAREST = 0.95  # cost of a near miss: at 1 it would be no nearer than any other
PENGUINS = {"Adelie", "Chinstrap", "Gentoo"}


def miniature(
    *,
    rows: Rows | None = None,
    features: Features = "two",
    groups: str = "",
    near: float = 0.2,
    penalty: float = 0.001,
    seed: int = 0,
) -> Miniature:
    """Return flat and two-level classification of rows with three classes or more, 400 digits by default.

    Half of each class is learned from, drawn from the seed. `features` "two" learns from the first two
    principal axes alone, "all" from every column. `groups` gives the group of each class, such as "0,1,1";
    "" joins the closest. `near` is the cost of a mistake within the group, where one across groups costs 1.
    Raises InputError for too few classes, groups that do not fit, and settings out of range.
    """
    assert features in ("two", "all"), features
    if not 0 <= near <= DEAREST or not SMALLEST_PENALTY <= penalty <= LARGEST_PENALTY or seed < 0:
        raise InputError(
            _("A near miss has to cost 0 to {dearest}, with a penalty from {smallest} to {largest} and a seed of 0 or "
              "more; got {got}.").format(
                dearest=format_number(DEAREST), smallest=format_number(SMALLEST_PENALTY),
                largest=format_number(LARGEST_PENALTY),
                got=format_list(map(format_number, (near, penalty, seed)), _("and")))
        )  # fmt: skip
    given = digit_rows() if rows is None else rows
    given.need_classes(3)
    run = run_hierarchy(seen_classes(given), features, groups, near, penalty, seed)
    return Miniature(
        question=_question(run),
        frames=_frames(run),
        panels=hierarchy_panels(run),
        guess=_guess(run),
        figures=_figures(run),
        sentence=_sentence(run),
        oracle=_("The expected cost of all {count} decisions was computed for each row, from the probabilities of one "
                 "softmax at its optimum, and the least was taken.").format(count=format_count(len(run.groups))),
        code=hierarchy_code(run, features, near, penalty, seed),
    )  # fmt: skip


def _question(run: HierarchyRun) -> str:
    inside = [
        format_list([name for name, group in zip(run.rows.classes, run.groups, strict=True) if group == each])
        for each in range(int(run.groups.max()) + 1)
    ]
    question = _("Which class does a row have, if a mistake within a group costs {near} and any other one 1? The "
                 "groups are {groups}.").format(
        near=format_number(float(run.nears[-1]), 3),
        groups=format_list([_("({classes})").format(classes=names) for names in inside], _("and")))  # fmt: skip
    if set(run.rows.classes) == PENGUINS:
        question += " " + _("All three species are of one genus, Pygoscelis, so the genus divides nothing.")
    return question


def _frames(run: HierarchyRun) -> list[str]:
    first = _("A near miss costs 1, as any other mistake, so the most probable class has the least expected cost.")
    later = _("A near miss costs {near}, and the mean cost is {cost}. Rows that get another class than the most "
              "probable one: {changed} of {rows}.")  # fmt: skip
    costs = run.costs(run.cheapest)
    return [first] + [
        later.format(near=format_number(float(near), 3), changed=format_count(int((said != run.flat).sum())),
                     rows=format_count(len(run.held)), cost=format_number(float(cost), 3))
        for near, said, cost in zip(run.nears[1:], run.cheapest[1:], costs[1:], strict=True)
    ]  # fmt: skip


def _last_costs(run: HierarchyRun) -> tuple[float, float, float]:
    """Return the mean costs in the last frame: the most probable class, group first, the least expected cost."""
    flat, tree, least = (float(run.costs(each)[-1].round(9)) for each in (run.flat, run.tree, run.cheapest))
    return flat, tree, least


def _guess(run: HierarchyRun) -> Guess:
    costs = _last_costs(run)
    best = [place for place, cost in enumerate(costs) if cost == min(costs)]
    flat, tree, least = (format_number(cost, 4) for cost in costs)
    question = ngettext(
        "With a near miss at {near}, which decision costs least on the {rows} row held out?",
        "With a near miss at {near}, which decision costs least on the {rows} rows held out?",
        len(run.held),
    )
    return Guess(
        question.format(near=format_number(float(run.nears[-1]), 3), rows=format_count(len(run.held))),
        (_("The most probable class"), _("The most probable group, then the class in it"),
         _("The class with the least expected cost"), _("Two of them or all cost the same, and no other less")),
        best[0] if len(best) == 1 else 3,
        _("A row costs {flat} by the most probable class, {tree} by the group first and {least} by the least expected "
          "cost.").format(flat=flat, tree=tree, least=least),
    )  # fmt: skip


def _figures(run: HierarchyRun) -> list[Figure]:
    flat, tree, least = (format_number(cost, 4) for cost in _last_costs(run))
    near, across = zip(*(run.mistakes(each) for each in (run.flat, run.tree, run.cheapest[-1])), strict=True)
    expected = [format_number(float(run.expected(each)[-1]), 4) for each in (run.flat, run.cheapest)]
    return [
        Figure(
            _("Mean cost that the model expects of its most probable class; exact: of the best decision"), *expected
        ),
        Figure(_("Mean cost held out: most probable class"), flat),
        Figure(_("Mean cost held out: group first"), tree),
        Figure(_("Mean cost held out: least expected cost"), least),
        Figure(_("Near misses, in this order"), format_list(map(format_count, near))),
        Figure(_("Mistakes across groups, in this order"), format_list(map(format_count, across))),
    ]


def _sentence(run: HierarchyRun) -> str:
    flat, tree, least = (format_number(cost, 4) for cost in _last_costs(run))
    changed = int((run.cheapest[-1] != run.flat).sum())
    before, after = run.mistakes(run.flat), run.mistakes(run.cheapest[-1])
    text = ngettext(
        "On {rows} row held out the mean cost is {flat} for the most probable class, {tree} for the group first and "
        "{least} for the least expected cost.",
        "On {rows} rows held out the mean cost is {flat} for the most probable class, {tree} for the group first and "
        "{least} for the least expected cost.",
        len(run.held),
    )
    costs = text.format(rows=format_count(len(run.held)), flat=flat, tree=tree, least=least)
    if float(run.costs(run.cheapest)[-1].round(9)) > float(run.costs(run.flat)[-1].round(9)):
        costs += " " + _(
            "The decision that the model expects to cost least does not: its probabilities are wrong, or it is chance."
        )
    if not changed:
        return costs + " " + _("The cost of a near miss changes no decision here.")
    changes = ngettext(
        "The cost changes {changed} decision: near misses go from {near} to {near_after}, mistakes across groups from "
        "{far} to {far_after}.",
        "The cost changes {changed} decisions: near misses go from {near} to {near_after}, mistakes across groups from "
        "{far} to {far_after}.",
        changed,
    )
    return costs + " " + changes.format(
        changed=format_count(changed), near=format_count(before[0]), near_after=format_count(after[0]),
        far=format_count(before[1]), far_after=format_count(after[1]))  # fmt: skip
