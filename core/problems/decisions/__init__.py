"""A Markov decision process: an agent in a grid, what it learns from rewards, and the best policy beside it."""

from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.problems.decisions.code import code_of
from core.problems.decisions.figures import learned_figures, memory_figures, oracle_of, sweep_figures
from core.problems.decisions.frames import moment_sentences, moments, sweep_sentences
from core.problems.decisions.grid_world import GRID
from core.problems.decisions.panels import moment_panels, sweep_panels
from core.problems.decisions.run import NEAR, Run, Settings, run_decisions
from core.problems.decisions.td_learning import MOST_STEPS
from core.problems.miniature import Guess, Miniature


def miniature(
    *,
    seed: int = 0,
    grid: str = GRID,
    by: str = "value",
    gamma: float = 0.9,
    slip: float = 0.2,
    step: float = -0.5,
    goal: float = 10.0,
    trap: float = -10.0,
    sees: str = "cell",
    alpha: float = 0.2,
    epsilon: float = 0.1,
    episodes: int = 300,
    decays: bool = False,
) -> Miniature:
    """Return value iteration ("value"), Q-learning ("q") or SARSA ("sarsa") in a grid, as `Settings` describes them.

    Raises InputError for a grid that cannot be read or has no exit, for γ = 1 where a loop costs nothing, and for
    numbers out of range.
    """
    settings = Settings(seed, grid, by, gamma, slip, step, goal, trap, sees, alpha, epsilon, episodes, decays)
    run = run_decisions(settings)
    shown = [] if by == "value" else moments(run)
    return Miniature(
        question=_question(run),
        frames=moment_sentences(run, shown) if shown else sweep_sentences(run),
        panels=moment_panels(run, shown) if shown else sweep_panels(run),
        guess=_guess_learners(run) if shown else _guess_sweeps(run),
        figures=[*(learned_figures(run) if shown else sweep_figures(run)), *memory_figures(run)],
        sentence=" ".join([*(_learned(run) if shown else [_swept(run)]), *_cost(run)]),
        oracle=oracle_of(run),
        code=code_of(settings, run.world.rows, run.sees),
    )


def _question(run: Run) -> str:
    text = _("Which action should the agent take in each of {states} states, so that the discounted sum of rewards is "
             "largest? A move pays {step}, a goal {goal} more and a trap {trap} more.")  # fmt: skip
    step, goal, trap = (format_number(each, 4) for each in (run.world.step, run.world.goal, run.world.trap))
    return text.format(states=format_count(len(run.sees)), step=step, goal=goal, trap=trap)


def _guess_sweeps(run: Run) -> Guess:
    late = len(run.sweeps.V)
    policy, values = (late if sweep is None else sweep for sweep in (run.settled, run.near))
    question = _(
        "What is right first: the greedy policy in every state, or the values, all within {share} of the largest?"
    )
    options = [_("The policy"), _("The values"), _("Both in the same sweep")]
    return Guess(
        question.format(share=format_percent(NEAR)),
        options,
        0 if policy < values else 1 if values < policy else 2,
        _swept(run),
    )


def _swept(run: Run) -> str:
    """Return at which sweeps the policy and the values are right."""
    if run.settled is None or run.near is None:
        text = _("After {count} sweeps the policy or the values are still not right; the largest error is {error}.")
        return text.format(count=format_count(len(run.sweeps.V) - 1), error=format_number(run.sweeps.errors[-1], 3))
    text = _("From sweep {policy} on the greedy policy is optimal in every state; from sweep {near} on all values are "
             "within {share} of the largest. The largest error is {error} after {count} sweeps; at first it was "
             "{first}.")  # fmt: skip
    return text.format(
        policy=format_count(run.settled),
        near=format_count(run.near),
        share=format_percent(NEAR),
        error=format_number(run.sweeps.errors[-1], 3),
        count=format_count(len(run.sweeps.V) - 1),
        first=format_number(run.sweeps.errors[0], 3),
    )


def _guess_learners(run: Run) -> Guess:
    options = [_("Q-learning"), _("SARSA"), _("These runs cannot decide")]
    answer = {"q": 0, "sarsa": 1}.get(run.ahead or "", 2)
    question = _("Which learner gets the larger mean return in the second half of its episodes, exploring included?")
    return Guess(question, options, answer, _lead(run))


def _lead(run: Run) -> str:
    """Return the mean late returns of both, and whether chance may explain the difference."""
    error = run.lead[1]
    numbers = {
        "q": format_number(float(run.late_returns("q").mean()), 4),
        "sarsa": format_number(float(run.late_returns("sarsa").mean()), 4),
        "best": format_number(run.best, 4),
        "error": format_number(error, 2),
    }
    if run.ahead is None:
        text = _("In the second half Q-learning gets a mean return of {q} and SARSA {sarsa}, where {best} is possible; "
                 "the difference is not more than twice its standard error, {error}.")  # fmt: skip
    else:
        text = _("In the second half Q-learning gets a mean return of {q} and SARSA {sarsa}, where {best} is possible; "
                 "the difference is more than twice its standard error, {error}.")  # fmt: skip
    return text.format(**numbers)


def _learned(run: Run) -> list[str]:
    """Return the returns while learning, what the learned policies are worth, and what was broken off."""
    text = _("Without exploring, the policy of Q-learning is then worth {q} from the start and that of SARSA {sarsa}; "
             "with it {q_explores} and {sarsa_explores}.")  # fmt: skip
    worth = {method: run.learned_value(method) for method in run.learned}
    explores = {method: run.learned_value(method, run.settings.epsilon) for method in run.learned}
    parts = [_lead(run), text.format(
        q=format_number(worth["q"], 4), sarsa=format_number(worth["sarsa"], 4),
        q_explores=format_number(explores["q"], 4), sarsa_explores=format_number(explores["sarsa"], 4),
    )]  # fmt: skip
    if min(worth.values()) == -float("inf"):
        parts.append(_("−∞ means that the policy may walk in a loop for ever."))
    learning = run.learned[run.method]
    if learning.broken_off:
        text = ngettext(
            "{count} of the {episodes} episodes was broken off after {most} steps.",
            "{count} of the {episodes} episodes were broken off after {most} steps.",
            learning.broken_off,
        )
        count, episodes = format_count(learning.broken_off), format_count(len(learning.returns))
        parts.append(text.format(count=count, episodes=episodes, most=MOST_STEPS))
    return parts


def _cost(run: Run) -> list[str]:
    """Return what it costs that the agent does not see its state."""
    found = run.memoryless
    if found is None:
        return []
    if max(run.sees) + 1 == len(run.sees):
        return [_("Each state has an observation of its own, so that nothing is hidden from the agent here.")]
    text = _("The agent has {seen} observations for {states} states, so that what it sees is in general no Markov "
             "state: the next observation can depend on more than the last one and the action. Without memory it "
             "reaches {fixed} with a fixed action for each observation, and {drawn} where it draws its actions; an "
             "agent that sees the state reaches {best}.")  # fmt: skip
    return [
        text.format(
            seen=format_count(max(run.sees) + 1),
            states=format_count(len(run.sees)),
            fixed=format_number(found.value, 4),
            drawn=format_number(found.drawn_value, 4),
            best=format_number(run.best, 4),
        )
    ]
