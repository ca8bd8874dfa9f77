"""The kinds of learning problems, a row each: what is asked, from what, by which loss, and what is left out."""

from dataclasses import dataclass
from typing import Literal

from core.language import N_

Group = Literal["supervised", "unsupervised", "interacting"]
Timing = Literal["offline", "online"]


@dataclass(frozen=True)
class ProblemKind:
    """One kind of learning problem; its texts wait for `_`.

    Attributes:
        name: the module of its miniature in this package.
        title: its name.
        group: whether the answers are told, not told, or depend on what one does.
        timing: whether all data are there before learning, or arrive while it learns.
        question: what it asks.
        input: what it learns from.
        output: what it gives.
        loss: what it makes least, or most.
        example: where one meets it.
        leaves_out: what its miniature leaves out.
    """

    name: str
    title: str
    group: Group
    timing: Timing
    question: str
    input: str
    output: str
    loss: str
    example: str
    leaves_out: str


GROUPS: dict[Group, tuple[str, str]] = {
    "supervised": (N_("Supervised"), N_("The answers are told: each row has a label.")),
    "unsupervised": (N_("Unsupervised"), N_("No answers: what is in the rows themselves?")),
    "interacting": (N_("Interacting"), N_("What one does decides what one sees next.")),
}  # the title of each, and what it means
TIMINGS: dict[Timing, str] = {"offline": N_("offline"), "online": N_("online")}

# fmt: off
KINDS: dict[str, ProblemKind] = {kind.name: kind for kind in (
    ProblemKind("regression", N_("Regression"), "supervised", "offline",
        N_("How much, or how many?"),
        N_("rows of features, each with a number"), N_("a number"), N_("squared error"),
        N_("the price of a house, the weight of a penguin"),
        N_("curves, interactions, and noise that is not the same for all rows")),
    ProblemKind("classes", N_("Classification"), "supervised", "offline",
        N_("Which of several classes?"),
        N_("rows of features, each with one class"), N_("a probability for each class"), N_("cross-entropy"),
        N_("a digit on a cheque, the species of a penguin"),
        N_("boundaries that are not straight, and costs of mistakes")),
    ProblemKind("hierarchy", N_("Classes in a hierarchy"), "supervised", "offline",
        N_("Which class, where some mistakes are near misses?"),
        N_("rows of features, and classes in groups"), N_("a group, and a class within it"),
        N_("a cost that is smaller within a group"),
        N_("a poodle taken for another dog is less wrong than one taken for a dinosaur"),
        N_("trees of more than two levels")),
    ProblemKind("tagging", N_("Tagging"), "supervised", "offline",
        N_("Which labels, where several can hold at once?"),
        N_("rows of features, each with a yes or no for every label"), N_("a probability for each label"),
        N_("cross-entropy of each label, added up"),
        N_("the tags of an article, the things on a photograph"),
        N_("thousands of labels, and labels that someone forgot to set")),
    ProblemKind("search", N_("Search"), "supervised", "offline",
        N_("Which of many things answer a query best, and in which order?"),
        N_("a query, and a collection of things"), N_("an order of the things"), N_("precision at k, nDCG"),
        N_("web pages for a few words, pictures like a picture"),
        N_("an index that avoids comparing with everything, and clicks as labels")),
    ProblemKind("recommendation", N_("Recommendation"), "supervised", "offline",
        N_("What will this person like?"),
        N_("ratings of some things by some people"), N_("a number for every person and thing"),
        N_("squared error on the ratings that are known"),
        N_("films, books, songs"),
        N_("that people rate what they like, so that missing ratings are not missing at random")),
    ProblemKind("sequences", N_("Sequences"), "supervised", "offline",
        N_("Which sequence belongs to this sequence?"),
        N_("sequences, each with a sequence of labels"), N_("a sequence, of the same length or another"),
        N_("minus the log-probability of the whole sequence"),
        N_("parts of speech, words of a Chinese sentence, speech to text, translation"),
        N_("networks that remember, and attention")),
    ProblemKind("online", N_("Online learning"), "supervised", "online",
        N_("How to predict while the world changes?"),
        N_("rows one by one, each with its label after the prediction"), N_("a prediction before each label"),
        N_("regret: the loss above that of the best fixed model"),
        N_("demand of the next hour, spam of today"),
        N_("labels that arrive late, and rows chosen by an opponent")),
    ProblemKind("clustering", N_("Clustering"), "unsupervised", "offline",
        N_("Which rows belong together?"),
        N_("rows of features, without labels"), N_("a cluster for each row"),
        N_("squared distance to the centre of the cluster"),
        N_("groups of customers, photographs by what is on them"),
        N_("clusters that are not round, and how many there are")),
    ProblemKind("components", N_("Principal components"), "unsupervised", "offline",
        N_("Which few numbers keep most of what varies?"),
        N_("rows of features, without labels"), N_("k numbers for each row"),
        N_("squared error of the rows rebuilt from them"),
        N_("the trajectory of a ball, the shape of a body, a digit in ten numbers"),
        N_("representations that are not linear")),
    ProblemKind("causes", N_("Causes and graphs"), "unsupervised", "offline",
        N_("What follows from what, and not just with it?"),
        N_("rows, and a graph of what may cause what"), N_("the effect of an intervention"),
        N_("none of its own: the question is which regression to trust"),
        N_("does a pill help, or do those who take it differ?"),
        N_("finding the graph from the rows alone")),
    ProblemKind("generating", N_("Generating data"), "unsupervised", "offline",
        N_("How to make new rows like these?"),
        N_("rows, and noise"), N_("new rows"),
        N_("what a discriminator can still tell apart"),
        N_("photographs of people who do not exist"),
        N_("large networks, and diffusion models")),
    ProblemKind("bandit", N_("Multi-armed bandit"), "interacting", "online",
        N_("Which arm next, when only the pulled arm pays?"),
        N_("the reward of each arm that was pulled"), N_("an arm for each step"),
        N_("regret: the reward of the best arm, minus one's own"),
        N_("which of two headlines to show, which dose to try"),
        N_("arms that change, and many more arms")),
    ProblemKind("contextual", N_("Contextual bandit"), "interacting", "online",
        N_("Which arm next, for this case?"),
        N_("features of a case, and the reward of the chosen arm alone"), N_("an arm for each case"),
        N_("regret against the best rule"),
        N_("which article to show to this reader"),
        N_("rewards that arrive late, and learning from someone else’s choices")),
    ProblemKind("decisions", N_("Markov decision process"), "interacting", "online",
        N_("What to do now, when it changes what comes next?"),
        N_("states, actions, and rewards that arrive later"), N_("an action for each state: a policy"),
        N_("the discounted sum of rewards"),
        N_("a robot in a room, a game of chess"),
        N_("states too many for a table, and networks in place of it")),
    ProblemKind("rewarded", N_("Supervised, as reinforcement"), "interacting", "online",
        N_("What does it cost to be told a reward instead of the answer?"),
        N_("rows, and a reward for the chosen class alone"), N_("a probability for each class"),
        N_("minus the expected reward"),
        N_("a learner that hears right or wrong, and never what would have been right"),
        N_("actions that change the next row")),
)}
# fmt: on
