"""One run of a Markov decision process: the world, its exact answers, and what was learned in it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_list, format_number
from core.language import _
from core.problems.decisions.grid_text import make_world
from core.problems.decisions.grid_world import Array, GridWorld
from core.problems.decisions.hidden_state import SEES, Memoryless, best_memoryless, observations
from core.problems.decisions.td_agent import Method
from core.problems.decisions.td_learning import Learning, learn
from core.problems.decisions.value_iteration import (
    Optimum,
    Sweeps,
    evaluate_policy,
    greedy,
    policy_iteration,
    settled_sweep,
    start_value,
    value_iteration,
)

WAYS = ("value", "q", "sarsa")
FEWEST_EPISODES, MOST_EPISODES = 20, 1000
LOWEST_RATE = 0.01
NEAR = 0.01  # of the largest best value: values this close count as right
SURE = 2.0  # standard errors by which one learner has to be ahead


@dataclass(frozen=True)
class Settings:
    """What a visitor chose.

    Attributes:
        seed: of all chance.
        grid: the map, as `parse_grid` reads it.
        by: "value" for value iteration, "q" for Q-learning, "sarsa" for SARSA.
        gamma: the discount.
        slip: the chance that a move goes to a side.
        step: the reward of a move.
        goal: the reward for entering a goal.
        trap: the reward for entering a trap.
        sees: what the agent observes: "cell", "walls" or "column".
        alpha: the learning rate of Q-learning and SARSA.
        epsilon: the chance that they explore.
        episodes: how many they learn from.
        decays: whether the learning rate falls with the updates of each value.
    """

    seed: int
    grid: str
    by: str
    gamma: float
    slip: float
    step: float
    goal: float
    trap: float
    sees: str
    alpha: float
    epsilon: float
    episodes: int
    decays: bool


@dataclass(frozen=True, eq=False)
class Run:
    """A world with its exact answers, and with what was learned.

    Attributes:
        settings: what was chosen.
        world: the map with its rewards.
        sees: what the agent observes in each state.
        optimum: the best values.
        sweeps: those of value iteration.
        memoryless: the best policies that see observations alone; None where the agent sees its cell.
        learned: of Q-learning and of SARSA; none for value iteration.
    """

    settings: Settings
    world: GridWorld
    sees: list[int]
    optimum: Optimum
    sweeps: Sweeps
    memoryless: Memoryless | None
    learned: dict[Method, Learning]

    @property
    def hidden(self) -> bool:
        """Whether the agent does not see its cell."""
        return self.memoryless is not None

    @property
    def best(self) -> float:
        """The best mean value over the starts."""
        return start_value(self.world, self.optimum.V)

    @property
    def method(self) -> Method:
        """The learner that is shown."""
        return "sarsa" if self.settings.by == "sarsa" else "q"

    @cached_property
    def settled(self) -> int | None:
        """The sweep from which on the greedy policy is optimal; None if it is not yet after the last."""
        return settled_sweep(self.world, self.sweeps, self.optimum, self.settings.gamma)

    @cached_property
    def near(self) -> int | None:
        """The sweep from which on all values are within 1 % of the largest best value; None as above."""
        far = np.flatnonzero(self.sweeps.errors > NEAR * np.abs(self.optimum.V).max() + 1e-12)
        first = int(far[-1]) + 1 if len(far) else 0
        return first if first < len(self.sweeps.errors) else None

    def late_returns(self, method: Method) -> Array:
        """Return the returns of the second half of a learner's episodes."""
        returns = self.learned[method].returns
        return returns[len(returns) // 2 :]

    def learned_value(self, method: Method, explore: float = 0.0) -> float:
        """Return the exact value from the start of a learned greedy policy, or of one that explores now and then."""
        policy = (1 - explore) * greedy(self.learned[method].Q)[self.sees] + explore / 4
        return start_value(self.world, evaluate_policy(self.world, policy, self.settings.gamma))

    @cached_property
    def lead(self) -> tuple[float, float]:
        """By how much Q-learning's mean late return exceeds SARSA's, and the standard error of that."""
        ours, theirs = self.late_returns("q"), self.late_returns("sarsa")
        error = np.sqrt(sum(each.var(ddof=1) / len(each) if len(each) > 1 else 0.0 for each in (ours, theirs)))
        return float(ours.mean() - theirs.mean()), float(error)

    @property
    def ahead(self) -> Method | None:
        """The learner with the larger late return; None where chance may have made the difference."""
        lead, error = self.lead
        return None if abs(lead) <= SURE * error + 1e-9 else "q" if lead > 0 else "sarsa"


def run_decisions(settings: Settings) -> Run:
    """Return a run. Raises InputError for settings out of range, and as `make_world` and `check_gamma` do."""
    _check(settings)
    world = make_world(
        settings.grid, slip=settings.slip, step=settings.step, goal=settings.goal, trap=settings.trap
    )  # fmt: skip
    optimum = policy_iteration(world, settings.gamma)
    sweeps = value_iteration(world, settings.gamma, optimum.V)
    sees = observations(world, settings.sees)
    hidden = settings.sees != "cell"
    memoryless = best_memoryless(world, sees, settings.gamma, settings.seed) if hidden else None
    learned: dict[Method, Learning] = {}
    if settings.by != "value":
        learned = {"q": _learned(world, "q", settings, sees), "sarsa": _learned(world, "sarsa", settings, sees)}
    return Run(settings, world, sees, optimum, sweeps, memoryless, learned)


def _learned(world: GridWorld, method: Method, settings: Settings, sees: list[int]) -> Learning:
    return learn(
        world, method, gamma=settings.gamma, alpha=settings.alpha, epsilon=settings.epsilon,
        episodes=settings.episodes, seed=settings.seed, sees=sees, decays=settings.decays,
    )  # fmt: skip


def _check(settings: Settings) -> None:
    for name, got, allowed in ((_("way to learn"), settings.by, WAYS), (_("observation"), settings.sees, SEES)):
        if got not in allowed:
            raise InputError(
                _("The {name} must be one of {allowed}, but is “{got}”; choose one.").format(
                    name=name, allowed=format_list(allowed), got=got
                )
            )
    for name, value, low, high in (
        (_("learning rate α"), settings.alpha, LOWEST_RATE, 1.0),
        (_("chance ε of exploring"), settings.epsilon, 0.0, 1.0),
    ):
        if not low <= value <= high:
            raise InputError(
                _("The {name} must be between {low} and {high}, but is {got}; change it.").format(
                    name=name, low=format_number(low), high=format_number(high), got=format_number(value)
                )
            )
    if not FEWEST_EPISODES <= settings.episodes <= MOST_EPISODES:
        raise InputError(
            _(
                "Between {low} and {high} episodes can be learned from, but {got} were chosen; change the number."
            ).format(
                low=format_count(FEWEST_EPISODES), high=format_count(MOST_EPISODES), got=format_count(settings.episodes)
            )
        )
