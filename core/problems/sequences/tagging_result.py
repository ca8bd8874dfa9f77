"""What the miniature of tags asks and finds: the question, the guess, the figures and the sentence."""

from dataclasses import replace

import numpy as np

from core.formatting import format_count, format_fixed, format_list, format_number, format_percent
from core.language import N_, _, ngettext
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.sequences.tagging import Places, Tagging
from core.problems.sequences.tagging_code import tagging_code
from core.problems.sequences.tagging_panels import frames_of_tagging, panels_of_tagging
from core.problems.sequences.viterbi import log_probability, viterbi

TAG_NAMES = {
    "DET": N_("determiner"),
    "ADJ": N_("adjective"),
    "NOUN": N_("noun"),
    "VERB": N_("verb"),
    "ADP": N_("preposition"),
    "PRON": N_("pronoun"),
    "ADV": N_("adverb"),
}


def miniature_of_tagging(run: Tagging, smoothing: float, seed: int) -> Miniature:
    """Return the miniature of a run; `seed` also places the right answer of the guess about a cut."""
    english = run.language == "english"
    question = (
        _("Which part of speech does each word of “{sentence}” have?")
        if english
        else _("Into which words is “{sentence}” cut? Each character begins a word (B), is in its middle (M), "
               "ends it (E), or is a word alone (S).")
    ).format(sentence=(" " if english else "").join(run.words))  # fmt: skip
    return Miniature(
        question,
        frames_of_tagging(run),
        panels_of_tagging(run),
        _guess_tag(run) if english else _guess_count(run, seed),
        _figures(run),
        _sentence(run),
        _oracle(run),
        tagging_code(run, smoothing),
    )


def asked_word(run: Tagging) -> int:
    """Return the place of the word that the guess is about: where choosing one by one errs, else where tags compete."""
    if (run.greedy != run.trellis.tags).any():
        return int(np.flatnonzero(run.greedy != run.trellis.tags)[0])
    best_two = np.sort(np.round(run.lattice.seen, 6), axis=1)[:, -2:]
    return int(np.argmin(best_two[:, 1] - best_two[:, 0]))


def _guess_tag(run: Tagging) -> Guess:
    t = asked_word(run)
    tag, word, tags = int(run.trellis.tags[t]), run.words[t], run.model.tags
    without = run.lattice.seen.copy()
    without[t, tag] = -np.inf
    other = viterbi(replace(run.lattice, seen=without))
    order = np.argsort(-np.round(run.lattice.seen[t], 6), kind="stable").tolist()
    offered = sorted(list(dict.fromkeys([tag, int(other.tags[t]), *order]))[:4])
    once = run.words.count(word) == 1
    question = _("Which tag does “{word}” get?") if once else _("Which tag does word {number}, “{word}”, get?")
    why = _("The best labelling gives “{word}” the tag {tag} and has log probability {score}; the best with another "
            "tag there, {other}, has {less}.").format(
        word=word, tag=tags[tag], score=format_fixed(run.trellis.score, 2),
        other=tags[other.tags[t]], less=format_fixed(other.score, 2),
    )  # fmt: skip
    options = [f"{tags[each]} ({_(TAG_NAMES[tags[each]])})" for each in offered]
    return Guess(question.format(word=word, number=format_count(t + 1)), options, offered.index(tag), why)


def _guess_count(run: Tagging, seed: int) -> Guess:
    count = len(run.cut(run.trellis.tags))
    lowest = max(count - int(np.random.default_rng([seed, len(run.words)]).integers(0, 4)), 1)
    offered = list(range(lowest, max(min(lowest + 3, len(run.words)), 2) + 1))
    offered = offered if len(offered) > 1 else [lowest - 1, lowest]  # as many words as characters
    why = ngettext("The best cut has {count} word: {words}.", "The best cut has {count} words: {words}.", count).format(
        count=format_count(count), words=_slashed(run, run.trellis.tags)
    )
    return Guess(_("How many words does the cut have?"), list(map(format_count, offered)), offered.index(count), why)


def _slashed(run: Tagging, tags: Places) -> str:
    return " / ".join(run.cut(tags))


def _written(run: Tagging, tags: Places) -> str:
    return " ".join(run.names(tags)) if run.language == "english" else _slashed(run, tags)


def _figures(run: Tagging) -> list[Figure]:
    n, k = run.lattice.seen.shape
    exact, scores = run.exact, run.accuracy
    name = _("Tags") if run.language == "english" else _("The cut")
    shares = run.share, float(np.exp(min(exact.score - exact.total, 0.0)))
    figures = [
        Figure(name, _written(run, run.trellis.tags), _written(run, exact.tags)),
        Figure(_("Log probability of the best labelling"), format_fixed(run.trellis.score, 3),
               format_fixed(exact.score, 3)),
        Figure(_("Share of the best labelling in the probability of all"),
               *(format_percent(share, 3, significant=True) for share in shares)),
        Figure(_("Sums computed"), format_count(k + (n - 1) * k * k),
               format_count(exact.tried) if exact.tried else ""),
        Figure(_("Chosen one by one"), _written(run, run.greedy)),
    ]  # fmt: skip
    if run.by_hand is not None:
        right = int(np.sum(run.by_hand == run.trellis.tags))
        figures.append(Figure(_("Tags as we gave them by hand"), _of(right, n), _written(run, run.by_hand)))
    return [
        *figures,
        Figure(_("Right tags of the held-out sentences, Viterbi"), format_percent(scores.viterbi / scores.tags, 1)),
        Figure(_("Right tags of the held-out sentences, one by one"), format_percent(scores.greedy / scores.tags, 1)),
        Figure(_("Held-out sentences with every tag right"), _of(scores.whole, scores.sentences)),
    ]


def _of(part: int, whole: int) -> str:
    return _("{part} of {whole}").format(part=format_count(part), whole=format_count(whole))


def _sentence(run: Tagging) -> str:
    best = _(
        "Viterbi found {labelling} with log probability {score}; it has {share} of the probability of all labellings."
    )
    parts = [
        best.format(
            labelling=_written(run, run.trellis.tags),
            score=format_fixed(run.trellis.score, 2),
            share=format_percent(run.share, 2, significant=True),
        ),
        _greedy_part(run),
        _truth_part(run),
        _unknown_part(run),
    ]
    return " ".join(part for part in parts if part)


def _greedy_part(run: Tagging) -> str:
    if (run.greedy == run.trellis.tags).all():
        return _("Tags chosen one by one are the same here.")
    return _("Tags chosen one by one give {labelling}, with log probability {score}.").format(
        labelling=_written(run, run.greedy), score=format_fixed(log_probability(run.lattice, run.greedy), 2)
    )


def _truth_part(run: Tagging) -> str:
    if run.by_hand is None:
        return ""
    if (run.by_hand == run.trellis.tags).all():
        return _("This is as we tagged it by hand.")
    return _("By hand it is {labelling}: the model counted from {count} sentences prefers another one, although the "
             "search is exact.").format(
        labelling=_written(run, run.by_hand), count=format_count(len(run.corpus))
    )  # fmt: skip


def _unknown_part(run: Tagging) -> str:
    unknown = run.model.unknown(run.words)
    if not unknown:
        return ""
    return ngettext(
        "{words} was not in the counted sentences and has a smoothed probability under each tag.",
        "{words} were not in the counted sentences and have a smoothed probability under each tag.",
        len(unknown),
    ).format(words=format_list([f"“{word}”" for word in unknown], "and"))


def _oracle(run: Tagging) -> str:
    n, k = run.lattice.seen.shape
    if run.exact.tried:
        return _("All {k} to the power of {n} = {count} labellings were tried one by one (brute force).").format(
            k=format_count(k), n=format_count(n), count=format_count(run.exact.tried)
        )
    return _("There are {k} to the power of {n} = {count} labellings, too many to try. The exact one is the shortest "
             "path from the first to the last word in a graph with edges of length −log probability, by Dijkstra's "
             "algorithm; the probability of all is a product of matrices.").format(
        k=format_count(k), n=format_count(n), count=format_number(float(k) ** n, 3)
    )  # fmt: skip
