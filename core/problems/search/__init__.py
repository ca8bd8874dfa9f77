"""The miniature of search: the pictures nearest to a digit, by pixels and by a small network, and the true labels."""

from core.errors import InputError
from core.formatting import format_count, format_fixed, format_general, format_percent
from core.language import _
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.search.code import code_of
from core.problems.search.panels import draw_panels
from core.problems.search.ranking_metrics import average_precision_at
from core.problems.search.run import QUERIES, Search, run_search
from core.problems.search.sentences import (
    frame_sentences,
    mean_precisions,
    metrics_at,
    oracle_sentence,
    run_sentence,
)

DATA = ("unseen", "all")  # pictures that are searched: those that the network has not learned from, or all of them
MOST_EPOCHS = 40
FEWEST_RESULTS, MOST_RESULTS = 5, 25


def miniature(
    *,
    seed: int = 0,
    data: str = "unseen",
    query: int = 127,
    picture: str = "",
    label: int = 0,
    p: float | str = 2.0,
    epochs: int = 20,
    results: int = 10,
) -> Miniature:
    """Search for the pictures nearest to a digit, by pixels and by what a small network sees.

    The network has learned from the labels of 898 pictures; `data` "unseen" searches the others, "all" both halves.
    The query is picture `query`, which is in neither half, or the painted `picture` (see `read_picture`), which shows a
    `label`. `p` is that of the norm, 0.5 to ∞, or "cosine"; `results` are shown.
    Raises InputError for a blank picture, and for settings out of their bounds.
    """
    _check(data, label, epochs, results)
    run = run_search(seed=seed, data=data, query=query, picture=picture, label=label, p=p, epochs=epochs,
                     results=results)  # fmt: skip
    return Miniature(
        question=_("Which of {rows} pictures of digits show the same digit as this one? Near pictures are shown first.")
        .format(rows=format_count(run.rows)),
        frames=frame_sentences(run, results),
        panels=draw_panels(run, results),
        guess=_guess(run, results),
        figures=_figures(run, results),
        sentence=run_sentence(run, results, p, epochs),
        oracle=oracle_sentence(run, results),
        code=code_of(seed=seed, data=data, query=query, picture=picture, label=run.label, p=p, epochs=epochs,
                     results=results, queries=QUERIES),
    )  # fmt: skip


def _check(data: str, label: int, epochs: int, results: int) -> None:
    if data not in DATA:
        raise InputError(_("The pictures to search are “unseen” or “all”, but got {data}.").format(data=data))
    for name, value, low, high in (
        (_("The digit of the painted picture"), label, 0, 9),
        (_("The number of epochs"), epochs, 0, MOST_EPOCHS),
        (_("The number of results"), results, FEWEST_RESULTS, MOST_RESULTS),
    ):
        if not low <= value <= high:
            template = _("{name} has to be between {low} and {high}, but got {value}.")
            raise InputError(template.format(name=name, low=low, high=high, value=format_general(value)))


def _guess(run: Search, results: int) -> Guess:
    gap, error = run.difference
    answer = 2 if abs(gap) <= 2 * error else 1 if gap > 0 else 0
    pixels, network = mean_precisions(run)
    template = (
        _("The mean precision is {pixels} by pixels and {network} by the network; the difference is at most two of its "
          "standard errors, each {error}.")
        if answer == 2
        else _("The mean precision is {pixels} by pixels and {network} by the network, each with its standard error; "
               "that of the difference is {error}.")
    )  # fmt: skip
    question = _("Averaged over {queries} other queries: which finds more of the same digit among the first {k}, "
                 "pixels or what the network sees?")  # fmt: skip
    return Guess(
        question.format(queries=QUERIES, k=results),
        (_("Pixels"), _("The network"), _("No clear difference")),
        answer,
        template.format(pixels=pixels, network=network, error=format_percent(error, 1)),
    )


def _figures(run: Search, results: int) -> list[Figure]:
    best = format_percent(min(run.total, results) / results)
    pixels, network = mean_precisions(run)
    sides = ((_("pixels"), run.pixels, pixels), (_("network"), run.network, network))
    figures = []
    for name, found, mean in sides:
        precision, _recall, _average, ndcg = (float(curve[-1]) for curve in metrics_at(found, run.total, results))
        whole = float(average_precision_at(found.right, run.total)[-1])
        figures += [
            Figure(_("Precision at {k}, {side}").format(k=results, side=name), format_percent(precision), best),
            Figure(_("nDCG at {k}, {side}").format(k=results, side=name), format_fixed(ndcg, 3), format_fixed(1.0, 3)),
            Figure(_("Average precision of the whole order, {side}").format(side=name), format_fixed(whole, 3),
                   format_fixed(1.0, 3)),
            Figure(_("Mean precision at {k} of {queries} queries, {side}").format(
                k=results, queries=QUERIES, side=name), mean),
        ]  # fmt: skip
    return figures
