"""The figures of a Markov decision process, learned beside exact, and how the exact ones were computed."""

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.problems.decisions.agent import method_name
from core.problems.decisions.run import NEAR, Run
from core.problems.decisions.td_agent import Method
from core.problems.miniature import Figure


def _sweep_name(sweep: int | None) -> str:
    return _("not yet") if sweep is None else format_count(sweep)


def sweep_figures(run: Run) -> list[Figure]:
    """Return what value iteration reached."""
    learned = float(run.sweeps.V[-1][run.world.first > 0].mean())
    return [
        Figure(_("Value from the start"), format_number(learned, 5), format_number(run.best, 5)),
        Figure(_("Sweep from which on the greedy policy is optimal"), _sweep_name(run.settled)),
        Figure(
            _("Sweep from which on all values are within {share}").format(share=format_percent(NEAR)),
            _sweep_name(run.near),
        ),
        Figure(_("Largest error of a value at the end"), format_number(run.sweeps.errors[-1], 3), format_number(0.0)),
    ]


def learned_figures(run: Run) -> list[Figure]:
    """Return what Q-learning and SARSA got while learning, and what their policies are worth."""
    figures = []
    methods: tuple[Method, ...] = ("sarsa", "q") if run.method == "sarsa" else ("q", "sarsa")
    best = format_number(run.best, 4)
    for method in methods:
        name = method_name(method)
        mean = format_number(float(run.late_returns(method).mean()), 4)
        figures.append(Figure(_("{name}: mean return while learning, second half").format(name=name), mean, best))
        worth = format_number(run.learned_value(method), 4)
        figures.append(
            Figure(_("{name}: value of the learned policy, without exploring").format(name=name), worth, best)
        )
        worth = format_number(run.learned_value(method, run.settings.epsilon), 4)
        figures.append(Figure(_("{name}: value of the learned policy, with exploring").format(name=name), worth, best))
    return figures


def memory_figures(run: Run) -> list[Figure]:
    """Return what is possible without seeing the state; none where the agent sees it."""
    found = run.memoryless
    if found is None:
        return []
    best = format_number(run.best, 4)
    fixed = (
        _("Without memory, a fixed action for each observation (best of all)")
        if found.all_tried
        else _("Without memory, a fixed action for each observation (best found)")
    )
    return [
        Figure(fixed, format_number(found.value, 4), best),
        Figure(_("Without memory, actions drawn (best found)"), format_number(found.drawn_value, 4), best),
    ]


def oracle_of(run: Run) -> str:
    """Return how the exact answers were computed."""
    text = _("The best values come from policy iteration, which solves (I − γP)V = R exactly for better and better "
             "policies until no action is better.")  # fmt: skip
    found = run.memoryless
    if found is None:
        return text
    if found.all_tried:
        more = _("All {count} fixed policies without memory were evaluated by the same system; those that draw "
                 "their actions were climbed to by their exact gradient, which does not prove that none "
                 "is better.")  # fmt: skip
    else:
        more = _("There are {count} fixed policies without memory, too many to go through: the one shown is the best "
                 "that a search found, and so is the one that draws its actions.")  # fmt: skip
    return text + " " + more.format(count=format_count(found.policies))
