"""The terms of the map of learning problems."""

from core.language import N_
from dashboard.screens.glossary.term import Term

# fmt: off
PROBLEMS = (
    Term(
        N_("action"),
        N_("What an agent chooses in a state; it changes the reward and the next state."),
        "problems?problems_view=kind&problems_kind=decisions",
        see=("policy", "Markov decision process"),
    ),
    Term(
        N_("adjustment"),
        N_("Holding a variable fixed in a regression, so that the slope of another one is not mixed with its effect."),
        "problems?problems_view=kind&problems_kind=causes",
        also=N_("controlling for a variable"), see=("confounder", "back-door criterion"),
    ),
    Term(
        N_("agent"),
        N_("What chooses actions and gets rewards: the learner in reinforcement learning."),
        "problems?problems_view=kind&problems_kind=decisions",
        see=("action", "environment of an agent"),
    ),
    Term(
        N_("alignment"),
        N_("Which words of a sentence belong to which words of its translation; their order may differ."),
        "problems?problems_view=kind&problems_kind=sequences",
        see=("EM algorithm", "sequence learning"),
    ),
    Term(
        N_("arm"),
        N_("One of the choices of a bandit; only the one that is pulled pays."),
        "problems?problems_view=kind&problems_kind=bandit",
        see=("multi-armed bandit", "exploration"),
    ),
    Term(
        N_("autoencoder"),
        N_("A network that learns to give its input back through fewer numbers. A linear one learns the plane of the "
           "principal components."),
        "problems?problems_view=kind&problems_kind=components",
        see=("principal components", "representation"),
    ),
    Term(
        N_("back pointer"),
        N_("The label before, from which the best way to a label comes; Viterbi follows them back from the end."),
        "problems?problems_view=kind&problems_kind=sequences",
        see=("Viterbi algorithm",),
    ),
    Term(
        N_("back-door criterion"),
        N_("A rule on a causal graph: which variables to hold fixed, so that what is left of an association is the "
           "effect."),
        "problems?problems_view=kind&problems_kind=causes",
        see=("adjustment", "causal graph"),
    ),
    Term(
        N_("Bayes-optimal policy"),
        N_("The policy with the largest expected reward under a prior on what is unknown; for two arms it can be "
           "computed backward from the last pull."),
        "problems?problems_view=kind&problems_kind=bandit",
        see=("dynamic programming", "Thompson sampling"),
    ),
    Term(
        N_("causal graph"),
        N_("Arrows from causes to effects. It says which associations would be left if a variable were set by hand."),
        "problems?problems_view=kind&problems_kind=causes",
        also=N_("causal diagram, DAG"), see=("do operator", "confounder"),
    ),
    Term(
        N_("centroid"),
        N_("The mean of the rows of a cluster, the point with the least squared distance to them."),
        "problems?problems_view=kind&problems_kind=clustering",
        also=N_("cluster centre"), see=("k-means", "clustering"),
    ),
    Term(
        N_("clustering"),
        N_("Putting rows into groups without labels, so that rows of a group are near each other."),
        "problems?problems_view=kind&problems_kind=clustering",
        code="sklearn.cluster.KMeans", also=N_("cluster analysis"), see=("k-means", "unsupervised learning"),
    ),
    Term(
        N_("cold start"),
        N_("A person or a thing without any rating: nothing about it can be known from the ratings."),
        "problems?problems_view=kind&problems_kind=recommendation",
        see=("recommendation", "matrix factorisation"),
    ),
    Term(
        N_("collider"),
        N_("A common effect of two variables. Holding it fixed makes them associated even if neither acts on the "
           "other."),
        "problems?problems_view=kind&problems_kind=causes",
        see=("confounder", "adjustment"),
    ),
    Term(
        N_("concept drift"),
        N_("The law behind a stream changes, so that a model fitted once gets worse."),
        "problems?problems_view=kind&problems_kind=online",
        also=N_("distribution shift, drift"), see=("online learning", "regret"),
    ),
    Term(
        N_("confounder"),
        N_("A common cause of two variables, which makes them vary together even if neither acts on the other."),
        "problems?problems_view=kind&problems_kind=causes",
        also=N_("common cause"), see=("Simpson’s paradox", "adjustment"),
    ),
    Term(
        N_("connectionist temporal classification"),
        N_("A rule for outputs shorter than their inputs: repeated symbols are merged, then blanks are removed, and "
           "the probabilities of all ways to the same text are summed."),
        "problems?problems_view=kind&problems_kind=sequences",
        code="torch.nn.CTCLoss", also=N_("CTC"), see=("sequence learning",),
    ),
    Term(
        N_("contextual bandit"),
        N_("A bandit whose best arm depends on the features of the case; only the chosen arm’s reward is shown."),
        "problems?problems_view=kind&problems_kind=contextual",
        see=("multi-armed bandit", "linear UCB"),
    ),
    Term(
        N_("discount factor"),
        N_("How much a reward of the next step is worth now, between 0 and 1."),
        "problems?problems_view=kind&problems_kind=decisions",
        formula=r"\gamma",
        also=N_("discount"), see=("value function", "Markov decision process"),
    ),
    Term(
        N_("discriminator"),
        N_("The network of a GAN that says whether a row is real or made."),
        "problems?problems_view=kind&problems_kind=generating",
        see=("generative adversarial network", "generator"),
    ),
    Term(
        N_("do operator"),
        N_("Setting a variable by hand, whatever its causes say: the arrows into it are cut."),
        "problems?problems_view=kind&problems_kind=causes",
        formula=r"P(y \mid \mathrm{do}(x))",
        also=N_("intervention"), finds=N_("do-calculus"), see=("causal graph",),
    ),
    Term(
        N_("dynamic programming"),
        N_("Solving a problem from its end: the value of each step is the best of what follows."),
        "problems?problems_view=kind&problems_kind=decisions",
        also=N_("backward induction"), see=("value iteration", "Viterbi algorithm"),
    ),
    Term(
        N_("EM algorithm"),
        N_("Learning with something hidden: guess it by the present parameters, fit the parameters to the guess, and "
           "repeat. The likelihood never falls."),
        "problems?problems_view=kind&problems_kind=sequences",
        also=N_("expectation–maximisation"), see=("alignment",),
    ),
    Term(
        N_("environment of an agent"),
        N_("All that answers an agent’s actions with the next state and a reward."),
        "problems?problems_view=kind&problems_kind=decisions",
        see=("agent",),
    ),
    Term(
        N_("epsilon-greedy"),
        N_("A policy that takes the best arm so far, and with probability ε any arm."),
        "problems?problems_view=kind&problems_kind=bandit",
        also=N_("ε-greedy"), see=("exploration", "UCB"),
    ),
    Term(
        N_("explained variance"),
        N_("The share of the variance that the first principal components keep."),
        "problems?problems_view=kind&problems_kind=components",
        see=("principal components", "singular value"),
    ),
    Term(
        N_("exploration"),
        N_("Trying what may not be best, in order to learn about it; the opposite is to use what is known."),
        "problems?problems_view=kind&problems_kind=bandit",
        also=N_("exploration and exploitation"), see=("epsilon-greedy", "regret"),
    ),
    Term(
        N_("generative adversarial network"),
        N_("Two networks against each other: a generator makes rows from noise, and a discriminator tells them from "
           "real ones."),
        "problems?problems_view=kind&problems_kind=generating",
        also=N_("GAN"), see=("generator", "discriminator", "mode collapse"),
    ),
    Term(
        N_("generator"),
        N_("The network of a GAN that makes rows out of noise."),
        "problems?problems_view=kind&problems_kind=generating",
        see=("discriminator",),
    ),
    Term(
        N_("Hamming loss"),
        N_("The share of all labels that are set wrongly, when each row can have several."),
        "problems?problems_view=kind&problems_kind=tagging",
        code="sklearn.metrics.hamming_loss", see=("multi-label classification", "subset accuracy"),
    ),
    Term(
        N_("hidden Markov model"),
        N_("A model of sequences: hidden labels follow each other with fixed probabilities, and each emits what is "
           "seen."),
        "problems?problems_view=kind&problems_kind=sequences",
        also=N_("HMM"), see=("Viterbi algorithm", "part of speech"),
    ),
    Term(
        N_("hierarchical classification"),
        N_("Classes in groups, where a mistake within a group costs less than one across groups."),
        "problems?problems_view=kind&problems_kind=hierarchy",
        also=N_("class hierarchy"), see=("classification", "near miss"),
    ),
    Term(
        N_("k-means"),
        N_("Clustering by two steps in turn: each row joins its nearest centroid, and each centroid moves to the "
           "mean of its rows."),
        "problems?problems_view=kind&problems_kind=clustering",
        formula=r"\sum_i \lVert x_i - c_{k(i)} \rVert^2",
        code="sklearn.cluster.KMeans", also=N_("Lloyd’s algorithm"), see=("centroid", "local optimum"),
    ),
    Term(
        N_("Lai–Robbins bound"),
        N_("How slowly the regret of a good policy can grow at best: as the logarithm of the number of pulls."),
        "problems?problems_view=kind&problems_kind=bandit",
        see=("regret", "multi-armed bandit"),
    ),
    Term(
        N_("linear UCB"),
        N_("A contextual bandit with a linear model for each arm: the arm with the largest estimate plus uncertainty "
           "is chosen."),
        "problems?problems_view=kind&problems_kind=contextual",
        also=N_("LinUCB"), see=("contextual bandit", "UCB"),
    ),
    Term(
        N_("local optimum"),
        N_("A solution that no small step improves, though another one may be better."),
        "problems?problems_view=kind&problems_kind=clustering",
        see=("k-means", "local minimum"),
    ),
    Term(
        N_("Markov decision process"),
        N_("States, actions, rewards, and probabilities of the next state that depend on the present state and "
           "action alone."),
        "problems?problems_view=kind&problems_kind=decisions",
        also=N_("MDP"), see=("policy", "value function"),
    ),
    Term(
        N_("matrix factorisation"),
        N_("Writing a table of ratings as a product of two thin matrices, fitted to the cells that are known."),
        "problems?problems_view=kind&problems_kind=recommendation",
        formula=r"R \approx P Q^\top",
        see=("recommendation", "singular value decomposition"),
    ),
    Term(
        N_("mode collapse"),
        N_("A generator makes only some of the kinds of rows that are in the data."),
        "problems?problems_view=kind&problems_kind=generating",
        see=("generative adversarial network",),
    ),
    Term(
        N_("multi-armed bandit"),
        N_("A choice between arms whose rewards are unknown, made again and again; only the pulled arm pays."),
        "problems?problems_view=kind&problems_kind=bandit",
        also=N_("bandit"), see=("arm", "regret"),
    ),
    Term(
        N_("multi-label classification"),
        N_("Labels that do not exclude one another: each row may have none, one or several of them."),
        "problems?problems_view=kind&problems_kind=tagging",
        also=N_("tagging"), see=("Hamming loss", "subset accuracy"),
    ),
    Term(
        N_("nDCG"),
        N_("How good an order of results is, with less weight further down; the best order has 1."),
        "problems?problems_view=kind&problems_kind=search",
        code="sklearn.metrics.ndcg_score",
        also=N_("normalised discounted cumulative gain"),
        see=("precision at k", "search"),
    ),
    Term(
        N_("near miss"),
        N_("A mistake that costs less than others, such as a class of the same group."),
        "problems?problems_view=kind&problems_kind=hierarchy",
        see=("hierarchical classification",),
    ),
    Term(
        N_("offline learning"),
        N_("All data are there before learning begins."),
        "problems?problems_view=table",
        also=N_("batch learning"), see=("online learning",),
    ),
    Term(
        N_("online learning"),
        N_("Data arrive one by one, and each is predicted before it is learned from."),
        "problems?problems_view=kind&problems_kind=online",
        see=("regret", "concept drift", "offline learning"),
    ),
    Term(
        N_("part of speech"),
        N_("What a word is in its sentence: a noun, a verb, an adjective."),
        "problems?problems_view=kind&problems_kind=sequences",
        also=N_("part-of-speech tag"), see=("hidden Markov model", "sequence learning"),
    ),
    Term(
        N_("partial observation"),
        N_("What an agent sees of the state; if it is less than the state, the best action may depend on the past."),
        "problems?problems_view=kind&problems_kind=decisions",
        see=("state", "agent"),
    ),
    Term(
        N_("policy"),
        N_("Which action to take in each state."),
        "problems?problems_view=kind&problems_kind=decisions",
        formula=r"\pi(a \mid s)",
        see=("action", "value function"),
    ),
    Term(
        N_("policy gradient"),
        N_("Learning a policy by following the gradient of the expected reward, estimated from the actions taken."),
        "problems?problems_view=kind&problems_kind=rewarded",
        also=N_("REINFORCE"), see=("policy", "reinforcement learning"),
    ),
    Term(
        N_("precision at k"),
        N_("The share of right ones among the first k results."),
        "problems?problems_view=kind&problems_kind=search",
        see=("nDCG", "precision"),
    ),
    Term(
        N_("principal components"),
        N_("The orthogonal directions in which centred rows vary most, in order."),
        "problems?problems_view=kind&problems_kind=components",
        code="torch.linalg.svd, torch.pca_lowrank",
        also=N_("PCA, principal component analysis"),
        see=("singular value decomposition", "explained variance"),
    ),
    Term(
        N_("Q-learning"),
        N_("Learning the value of actions from the best action of the next state, whichever is taken then."),
        "problems?problems_view=kind&problems_kind=decisions",
        formula=r"Q(s, a) \leftarrow Q(s, a) + \eta \left(r + \gamma \max_{a'} Q(s', a') - Q(s, a)\right)",
        see=("SARSA", "value function"),
    ),
    Term(
        N_("recommendation"),
        N_("Predicting what a person will like from ratings of many people."),
        "problems?problems_view=kind&problems_kind=recommendation",
        also=N_("recommender system, collaborative filtering"), see=("matrix factorisation", "cold start"),
    ),
    Term(
        N_("regret"),
        N_("The loss so far, minus that of the best fixed choice in hindsight."),
        "problems?problems_view=kind&problems_kind=online",
        formula=r"\sum_t \ell_t(w_t) - \min_w \sum_t \ell_t(w)",
        see=("online learning", "multi-armed bandit"),
    ),
    Term(
        N_("reinforcement learning"),
        N_("Learning from rewards for one’s own actions, without being told which action was right."),
        "problems?problems_view=kind&problems_kind=decisions",
        also=N_("RL"), see=("agent", "policy", "reward"),
    ),
    Term(
        N_("reward"),
        N_("The number that an agent gets after an action; it wants their sum to be large."),
        "problems?problems_view=kind&problems_kind=decisions",
        see=("reinforcement learning", "discount factor"),
    ),
    Term(
        N_("SARSA"),
        N_("Learning the value of actions from the action that is really taken next."),
        "problems?problems_view=kind&problems_kind=decisions",
        formula=r"Q(s, a) \leftarrow Q(s, a) + \eta \left(r + \gamma\, Q(s', a') - Q(s, a)\right)",
        see=("Q-learning",),
    ),
    Term(
        N_("search"),
        N_("Ordering things by how well they answer a query."),
        "problems?problems_view=kind&problems_kind=search",
        also=N_("retrieval, ranking"), see=("precision at k", "nDCG"),
    ),
    Term(
        N_("sequence learning"),
        N_("Input or output, or both, are sequences; their lengths and orders may differ."),
        "problems?problems_view=kind&problems_kind=sequences",
        also=N_("sequence to sequence"), see=("alignment", "hidden Markov model"),
    ),
    Term(
        N_("Simpson’s paradox"),
        N_("A slope over all rows that changes its sign within each group."),
        "problems?problems_view=kind&problems_kind=causes",
        see=("confounder", "adjustment"),
    ),
    Term(
        N_("singular value decomposition"),
        N_("A matrix as a rotation, a scaling and a rotation. Cut after k values it is the best approximation of "
           "rank k."),
        "problems?problems_view=kind&problems_kind=recommendation",
        formula=r"A = U \Sigma V^\top",
        code="torch.linalg.svd", also=N_("SVD"), see=("singular value", "principal components"),
    ),
    Term(
        N_("state"),
        N_("What the next state and reward depend on, besides the action."),
        "problems?problems_view=kind&problems_kind=decisions",
        see=("Markov decision process", "partial observation"),
    ),
    Term(
        N_("subset accuracy"),
        N_("The share of rows whose labels are all right, when each row can have several."),
        "problems?problems_view=kind&problems_kind=tagging",
        also=N_("exact match ratio"), see=("Hamming loss",),
    ),
    Term(
        N_("Thompson sampling"),
        N_("A policy that draws a value for each arm from what is believed of it, and pulls the arm with the largest "
           "draw."),
        "problems?problems_view=kind&problems_kind=bandit",
        also=N_("posterior sampling"), see=("exploration", "Bayes-optimal policy"),
    ),
    Term(
        N_("two-sample test"),
        N_("Are two sets of rows from the same law? If a classifier can tell them apart on new rows, they are not."),
        "problems?problems_view=kind&problems_kind=generating",
        also=N_("classifier two-sample test"), see=("generative adversarial network",),
    ),
    Term(
        N_("UCB"),
        N_("A policy that pulls the arm with the largest mean plus a width that shrinks with its pulls."),
        "problems?problems_view=kind&problems_kind=bandit",
        formula=r"\bar{x}_k + \sqrt{2 \ln t / n_k}",
        also=N_("upper confidence bound, UCB1"), see=("exploration", "linear UCB"),
    ),
    Term(
        N_("unsupervised learning"),
        N_("Learning from rows without labels: groups, directions, causes, or new rows like them."),
        "problems?problems_view=table",
        see=("clustering", "principal components", "supervised learning"),
    ),
    Term(
        N_("value function"),
        N_("The discounted rewards to be expected from each state under a policy."),
        "problems?problems_view=kind&problems_kind=decisions",
        formula=r"V = R + \gamma P V",
        see=("policy", "value iteration"),
    ),
    Term(
        N_("value iteration"),
        N_("Replacing each value by the best reward plus the discounted next value, until nothing changes."),
        "problems?problems_view=kind&problems_kind=decisions",
        see=("dynamic programming", "value function"),
    ),
    Term(
        N_("Viterbi algorithm"),
        N_("Finding the likeliest sequence of labels, position by position, keeping only the best way to each label."),
        "problems?problems_view=kind&problems_kind=sequences",
        see=("hidden Markov model", "dynamic programming", "back pointer"),
    ),
    Term(
        N_("word segmentation"),
        N_("Cutting a sentence without blanks into words: each character begins one, is inside, ends one, or is one "
           "(B, M, E, S)."),
        "problems?problems_view=kind&problems_kind=sequences",
        also=N_("Chinese word segmentation"), finds=N_("BMES"), see=("hidden Markov model",),
    ),
)
# fmt: on
