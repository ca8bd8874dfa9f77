"""What the miniature of tags draws: the trellis filled column by column, the labellings, and the counted tables."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_fixed, format_number
from core.language import _
from core.problems.panels import Cells
from core.problems.sequences.tagging import Tagging
from core.problems.sequences.viterbi import lowest_best

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
DEEPEST = 10.0  # the colour of the best tag of a word; a tag that is so far below it, or further, has none


def frames_of_tagging(run: Tagging) -> list[str]:
    """Return the sentences of the 2n + 1 frames: nothing, n columns, the end, and n − 1 steps of the way back."""
    n, tags = len(run.words), run.model.tags
    start = _("Nothing is read yet. Each column is going to hold the best way to each tag of its word.")
    back = [
        _("The way back: the best way to {tag} of “{word}” is from {before} of “{earlier}”.").format(
            tag=tags[run.trellis.tags[t]],
            word=run.words[t],
            before=tags[run.trellis.tags[t - 1]],
            earlier=run.words[t - 1],
        )
        for t in range(n - 1, 0, -1)
    ]
    return [start, *(_filling(run, t) for t in range(n)), _ending(run), *back]


def _filling(run: Tagging, t: int) -> str:
    """Return the sum behind the best cell of a column."""
    best, seen = run.trellis.best[t], run.lattice.seen[t]
    tag = lowest_best(best)
    before = int(run.trellis.back[t, tag])
    way = float(run.lattice.start[tag]) if t == 0 else float(run.lattice.moves[before, tag])
    numbers = {
        "word": run.words[t], "tag": run.model.tags[tag], "move": _log(way),
        "seen": _log(float(seen[tag])), "sum": _log(float(best[tag])),
    }  # fmt: skip
    if t == 0:
        return _("“{word}”: the best tag so far is {tag}, log P({tag} first) + log P({word} | {tag}) ≈ "
                 "{move} + {seen} ≈ {sum}.").format(**numbers)  # fmt: skip
    way_there = _log(float(run.trellis.best[t - 1, before]))
    return _("“{word}”: the best way so far ends in {tag} and comes from {before}: "
             "{way} + log P({tag} | {before}) + log P({word} | {tag}) ≈ {way} + {move} + {seen} ≈ {sum}.").format(
        **numbers, before=run.model.tags[before], way=way_there
    )  # fmt: skip


def _ending(run: Tagging) -> str:
    last = int(run.trellis.tags[-1])
    return _(
        "The end of the sentence adds log P(end | tag). The best last tag is {tag}: {way} + {end} ≈ {score}."
    ).format(
        tag=run.model.tags[last],
        way=_log(float(run.trellis.best[-1, last])),
        end=_log(float(run.lattice.end[last])),
        score=_log(run.trellis.score),
    )


def _log(value: float) -> str:
    """Return a log probability with two decimals; what is rounded to 0 has no sign."""
    return format_fixed(round(value, 2) + 0.0, 2)


def panels_of_tagging(run: Tagging) -> tuple[Cells, ...]:
    """Return the panels: the trellis, the labellings, the exact ones, and both counted tables."""
    return trellis_cells(run), labelling_cells(run), exact_cells(run), transition_cells(run), emission_cells(run)


def trellis_cells(run: Tagging) -> Cells:
    """Return the trellis (2n + 1, k, n): colours compare the tags of one word, the best of which has the deepest."""
    n, k = run.lattice.seen.shape
    best = run.trellis.best
    colours = np.maximum(best - best.max(axis=1, keepdims=True) + DEEPEST, 0.0).T
    filled = np.minimum(np.arange(2 * n + 1), n)
    shown = np.arange(n)[None, None, :] < filled[:, None, None]
    values = np.where(shown, colours[None], np.nan)
    written = [[_cell(run, t, tag) for t in range(n)] for tag in range(k)]
    texts = [[[text if t < count else "" for t, text in enumerate(row)] for row in written] for count in filled]
    return Cells(
        _("Log probability of the best way to each tag, and the tag it comes from"),
        values,
        _("The best way through the columns is {tags}, with log probability {score}.").format(
            tags=" ".join(run.names(run.trellis.tags)), score=format_fixed(run.trellis.score, 2)
        ),
        row_names=run.model.tags,
        column_names=run.words,
        texts=texts,
        low=0.0,
        high=DEEPEST,
        marks=_marks(run),
    )


def _cell(run: Tagging, t: int, tag: int) -> str:
    value, before = float(run.trellis.best[t, tag]), int(run.trellis.back[t, tag])
    if not np.isfinite(value):
        return format_number(value)
    return format_fixed(value, 1) + (f" ← {run.model.tags[before]}" if t else "")


def _marks(run: Tagging) -> Places:
    """Return the way back, 1, as far as it is known in each frame; the rest of the exact labelling is 2."""
    n, k = run.lattice.seen.shape
    marks = np.zeros((2 * n + 1, k, n), dtype=np.int64)
    marks[:, run.exact.tags, np.arange(n)] = 2
    for frame in range(n + 1, 2 * n + 1):
        known = np.arange(2 * n - frame, n)
        marks[frame, run.trellis.tags[known], known] = 1
    return marks


def labelling_cells(run: Tagging) -> Cells:
    """Return Viterbi's tags, known from the last one back, above those chosen one by one as the words are read."""
    n = len(run.words)
    viterbi, greedy = run.names(run.trellis.tags), run.names(run.greedy)
    texts = [
        [
            [tag if t >= 2 * n - frame else "" for t, tag in enumerate(viterbi)],
            [tag if t < frame else "" for t, tag in enumerate(greedy)],
        ]
        for frame in range(2 * n + 1)
    ]
    differ = int(np.sum(run.trellis.tags != run.greedy))
    return Cells(
        _("The labellings"),
        np.zeros((2, n)),
        _("Viterbi gives {viterbi}, tags chosen one by one {greedy}; {count} of {all} differ.").format(
            viterbi=" ".join(viterbi), greedy=" ".join(greedy), count=format_count(differ), all=format_count(n)
        ),
        row_names=(_("Viterbi"), _("One by one")),
        column_names=run.words,
        texts=texts,
        shaded=False,
    )


def exact_cells(run: Tagging) -> Cells:
    """Return the exact labelling, and the one by hand where there is one."""
    exact = run.names(run.exact.tags)
    rows, names = [exact], [_("All labellings") if run.exact.tried else _("Shortest path")]
    if run.by_hand is not None:
        rows.append(run.names(run.by_hand))
        names.append(_("By hand"))
    return Cells(
        _("The exact labelling"),
        np.zeros((len(rows), len(run.words))),
        _("The exact labelling is {tags}.").format(tags=" ".join(exact)),
        row_names=names,
        column_names=run.words,
        texts=rows,
        shaded=False,
        exact=True,
    )


def transition_cells(run: Tagging) -> Cells:
    """Return the transitions (k + 1, k + 1) with the start and the end; those that a frame uses are marked."""
    n, k = run.lattice.seen.shape
    values = np.vstack([np.append(run.model.initial, 0.0), run.model.transitions])
    marks = np.zeros((2 * n + 1, k + 1, k + 1), dtype=np.int64)
    marks[1, 0, np.flatnonzero(np.isfinite(run.trellis.best[0]))] = 1
    for t in range(1, n):
        tags = np.flatnonzero(np.isfinite(run.trellis.best[t]))
        marks[t + 1, run.trellis.back[t, tags] + 1, tags] = 1
        marks[2 * n + 1 - t, run.trellis.tags[t - 1] + 1, run.trellis.tags[t]] = 1
    marks[n + 1, run.trellis.tags[-1] + 1, k] = 1
    row, column = divmod(int(values.argmax()), k + 1)
    return Cells(
        _("Counted: probability of the next tag (column) after a tag (row)"),
        values,
        _("The surest step is from {before} to {tag}, with probability {share}.").format(
            before=(_("start"), *run.model.tags)[row],
            tag=(*run.model.tags, _("end"))[column],
            share=format_number(float(values.max()), 2),
        ),
        row_names=(_("start"), *run.model.tags),
        column_names=(*run.model.tags, _("end")),
        low=0.0,
        high=1.0,
        marks=marks,
        digits=2,
    )


def emission_cells(run: Tagging) -> Cells:
    """Return the probability (k, n) of each word of the sentence under each tag."""
    values = np.exp(run.lattice.seen).T
    tag, t = divmod(int(values.argmax()), len(run.words))
    return Cells(
        _("Counted: probability of each word under a tag"),
        values,
        _("The largest one is that of “{word}” under {tag}, {share}.").format(
            word=run.words[t], tag=run.model.tags[tag], share=format_number(float(values.max()), 2)
        ),
        row_names=run.model.tags,
        column_names=run.words,
        low=0.0,
        digits=2,
    )
