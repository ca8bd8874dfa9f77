"""What the miniature of translation draws: links round by round, the log-likelihood, and the learned table."""

import numpy as np

from core.formatting import format_fixed, format_list, format_number
from core.language import _
from core.problems.panels import Axis, Cells, Curve, Panel, Plane
from core.problems.sequences.translation import Translation, word_by_word
from core.problems.sequences.word_alignment import Places, log_likelihood


def panels_of_translation(run: Translation) -> tuple[Panel, ...]:
    """Return the panels of the frames: the start, then a frame for each round of EM."""
    by_hand = () if run.by_hand is None else (_by_hand_cells(run, run.by_hand),)
    return _link_cells(run), *by_hand, _likelihood_plane(run), _word_cells(run), _table_cells(run)


def source_names(run: Translation) -> tuple[str, ...]:
    """Return the names of the possible sources: none, then the German words."""
    return (_("(none)"), *run.pair[0])


def _link_cells(run: Translation) -> Cells:
    """Return the probability of each link in each round; the most probable one of a column is marked."""
    values = np.array([run.matrix(table) for table in run.tables])
    marks = np.zeros(values.shape, dtype=np.int64)
    columns = np.arange(len(run.pair[1]))
    if run.by_hand is not None:
        marks[:, run.by_hand, columns] = 2
    for frame, table in enumerate(run.tables):
        links = run.links(table)
        marks[frame, links[links >= 0], columns[links >= 0]] = 1
    return Cells(
        _("Probability that the German word (row) is the source of the English one (column)"),
        values,
        _("At the end the links are: {links}.").format(links=written_links(run, run.links(run.tables[-1]))),
        row_names=source_names(run),
        column_names=run.pair[1],
        low=0.0,
        high=1.0,
        marks=marks,
        digits=2,
    )


def written_links(run: Translation, links: Places) -> str:
    """Return links (J,) as a list of English words with their sources; −1, several alike, is "?"."""
    names = (*source_names(run), "?")  # −1 is the last one
    return format_list(f"{word} ← {names[link]}" for word, link in zip(run.pair[1], links, strict=True))


def _by_hand_cells(run: Translation, by_hand: Places) -> Cells:
    values = np.zeros((len(run.pair[0]) + 1, len(run.pair[1])))
    values[by_hand, np.arange(len(by_hand))] = 1.0
    return Cells(
        _("The links by hand"),
        values,
        _("By hand the links are: {links}.").format(links=written_links(run, by_hand)),
        row_names=source_names(run),
        column_names=run.pair[1],
        texts=[["●" if value else "" for value in row] for row in values],
        low=0.0,
        high=1.0,
        exact=True,
    )


def _likelihood_plane(run: Translation) -> Plane:
    rounds = np.arange(len(run.likelihoods))
    highest = log_likelihood(run.pairs, run.highest)
    level = np.array([[0.0, highest], [float(rounds[-1]), highest]])
    return Plane(
        _("Log-likelihood of all pairs"),
        Axis(_("Round of EM"), 0.0, float(rounds[-1])),
        Axis(_("Log-likelihood")),
        [
            Curve(level, _("Maximum"), "exact", dashed=True),
            Curve(np.column_stack([rounds, run.likelihoods]), _("EM"), until=rounds + 1),
        ],
        _("The log-likelihood rises from {first} to {last}; its maximum is {highest}.").format(
            first=format_fixed(float(run.likelihoods[0]), 1),
            last=format_fixed(float(run.likelihoods[-1]), 1),
            highest=format_fixed(highest, 1),
        ),
    )


def _word_cells(run: Translation) -> Cells:
    """Return the most probable English word of each German one in each round, in the German order."""
    rows = [[list(run.pair[0]), list(word_by_word(run, table))] for table in run.tables]
    return Cells(
        _("Word by word, in the German order"),
        np.zeros((2, len(run.pair[0]))),
        _("Word by word the German sentence becomes “{words}”.").format(words=" ".join(rows[-1][1])),
        row_names=(_("German"), _("English")),
        texts=rows,
        shaded=False,
    )


def _table_cells(run: Translation) -> Cells:
    rows = [run.pairs.german.index(word) for word in run.pair[0]]
    columns = [run.pairs.english.index(word) for word in run.pair[1]]
    values = run.tables[:, rows][:, :, columns]
    return Cells(
        _("The learned table: probability of an English word (column), given a German one (row)"),
        values,
        _("The largest probability at the end is {share}.").format(share=format_number(float(values[-1].max()), 2)),
        row_names=run.pair[0],
        column_names=run.pair[1],
        low=0.0,
        high=1.0,
        digits=2,
    )
