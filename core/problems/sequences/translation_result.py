"""The miniature of translation: the links of a pair round by round, and the log-likelihood beside its maximum."""

import numpy as np

from core.formatting import format_count, format_fixed, format_number
from core.language import _, ngettext
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.sequences.translation import ROUNDS_OF_ORACLE, Translation, corpus_right, word_by_word
from core.problems.sequences.translation_code import translation_code
from core.problems.sequences.translation_panels import panels_of_translation, source_names, written_links
from core.problems.sequences.word_alignment import crossings, log_likelihood


def miniature_of_translation(run: Translation, start: str, seed: int) -> Miniature:
    """Return the miniature of a run: frame 0 is the start, then a frame for each round of EM."""
    return Miniature(
        _("Which German word does each word of “{english}” translate? The German sentence is “{german}”.").format(
            english=" ".join(run.pair[1]), german=" ".join(run.pair[0])
        ),
        [_frame(run, number) for number in range(len(run.tables))],
        panels_of_translation(run),
        _guess(run),
        _figures(run),
        _sentence(run),
        _oracle(run),
        translation_code(run, start, seed),
    )


def _frame(run: Translation, number: int) -> str:
    likelihood = format_fixed(float(run.likelihoods[number]), 2)
    if number == 0:
        return _("Before EM: the log-likelihood of all {pairs} pairs is {likelihood}.").format(
            pairs=format_count(len(run.corpus)), likelihood=likelihood
        )
    gain = format_number(max(float(run.likelihoods[number] - run.likelihoods[number - 1]), 0.0), 3)
    text = _("Round {number}: the log-likelihood is {likelihood}, {gain} above that of the round before.").format(
        number=format_count(number), likelihood=likelihood, gain=gain
    )
    if run.by_hand is None:
        return text
    return f"{text} " + _("{right} of {all} links are as by hand.").format(
        right=format_count(run.right(run.tables[number])), all=format_count(len(run.by_hand))
    )


def asked_word(run: Translation) -> int:
    """Return the English word that the guess is about: the first link out of order, else the last."""
    links = run.links(run.tables[-1])
    known = [at for at, link in enumerate(links) if link >= 0]
    moved = [at for at in known if any(links[at] > links[later] > 0 for later in known if later > at)]
    return (moved[:1] or known[-1:] or [0])[0]


def _guess(run: Translation) -> Guess:
    at = asked_word(run)
    matrix = run.matrix(run.tables[-1])
    link = int(run.links(run.tables[-1])[at])
    rows = (*source_names(run), _("Several are equally probable"))
    order = np.argsort(-np.round(matrix[:, at], 6), kind="stable").tolist()
    offered = list(dict.fromkeys(rows[each] for each in (link, *order)))[:4]
    options = sorted(offered, key=rows.index)
    repeated = run.pair[1].count(run.pair[1][at]) > 1
    question = (
        _("Which German word is linked to word {number}, “{word}”, at the end?")
        if repeated
        else _("Which German word is linked to “{word}” at the end?")
    )
    why = (
        _("The most probable source of “{word}” has probability {share}: {source}.")
        if link >= 0
        else _("Several sources of “{word}” have the largest probability, {share}.")
    ).format(word=run.pair[1][at], share=format_number(float(matrix[:, at].max()), 2), source=rows[link])
    return Guess(
        question.format(word=run.pair[1][at], number=format_count(at + 1)), options, options.index(rows[link]), why
    )


def _figures(run: Translation) -> list[Figure]:
    last, by_hand = run.tables[-1], run.by_hand
    highest = log_likelihood(run.pairs, run.highest)
    right, every = corpus_right(run, last)
    right_highest = corpus_right(run, run.highest)[0]
    links = run.links(last)
    figures = [
        Figure(_("Links"), written_links(run, links), "" if by_hand is None else written_links(run, by_hand)),
        Figure(_("Log-likelihood of all pairs"), format_fixed(float(run.likelihoods[-1]), 3), format_fixed(highest, 3)),
        Figure(_("Crossing pairs of links"), format_count(crossings(links.tolist())),
               "" if by_hand is None else format_count(crossings(by_hand.tolist()))),
        Figure(_("Links of our pairs as by hand; exact: at the maximum"),
               _("{part} of {whole}").format(part=format_count(right), whole=format_count(every)),
               _("{part} of {whole}").format(part=format_count(right_highest), whole=format_count(every))),
        Figure(_("Word by word"), " ".join(word_by_word(run, last)), " ".join(run.pair[1])),
    ]  # fmt: skip
    return figures


def _sentence(run: Translation) -> str:
    rounds = len(run.tables) - 1
    first = ngettext(
        "After {rounds} round of EM the log-likelihood is {last}, from {first}.",
        "After {rounds} rounds of EM the log-likelihood is {last}, from {first}; it fell in {fell} of them.",
        rounds,
    ).format(
        rounds=format_count(rounds),
        last=format_fixed(float(run.likelihoods[-1]), 2),
        first=format_fixed(float(run.likelihoods[0]), 2),
        fell=format_count(int((np.diff(run.likelihoods) < -1e-9).sum())),
    )
    if run.by_hand is None:
        return first
    right, at_most, every = run.right(run.tables[-1]), run.right(run.highest), len(run.by_hand)
    second = _("{right} of {all} links of this pair are as by hand.").format(
        right=format_count(right), all=format_count(every)
    )
    if right == every:
        return f"{first} {second}"
    if at_most == every:
        third = _("At the maximum of the likelihood all of them are: more rounds are needed.")
    else:
        third = _("At the maximum to which this start leads it is {right}: what is likely is not always right.").format(
            right=format_count(at_most)
        )
    return f"{first} {second} {third}"


def _oracle(run: Translation) -> str:
    return _("The links by hand are ours. For the maximum, EM went on for {rounds} rounds. The log-likelihood is "
             "concave, so that its tangent there shows that no table is more than {gap} above. The maximum has one "
             "value, but several tables can reach it; the start decides which.").format(
        rounds=format_count(ROUNDS_OF_ORACLE), gap=format_number(run.gap, 2)
    )  # fmt: skip
