"""What the miniature of search says: of each place of the list, of the run, and of the exact answer."""

import math

import numpy as np

from core.formatting import format_count, format_fixed, format_number, format_percent
from core.language import _
from core.problems.search.digit_pictures import Array
from core.problems.search.nearest_pictures import COSINE, Found
from core.problems.search.ranking_metrics import (
    average_precision_at,
    average_precision_by_chance,
    ndcg_at,
    precision_at,
)
from core.problems.search.run import QUERIES, Search

FAR = 1.3  # times the usual distance from the nearest picture


def frame_sentences(run: Search, results: int) -> list[str]:
    """Return a sentence for the start and for each place, with the metrics up to it."""
    start = _("The query shows the digit {digit}. Nothing has been found yet.").format(digit=run.label)
    template = _("Place {k}: pixels find the digit {a}, the network the digit {b}. Precision at {k}: {pa} and {pb}; "
                 "recall: {ra} and {rb}; average precision: {aa} and {ab}; nDCG: {na} and {nb}.")  # fmt: skip
    sides = [metrics_at(found, run.total, results) for found in (run.pixels, run.network)]
    labels = [run.pictures.labels[found.places] for found in (run.pixels, run.network)]
    lines = [start]
    for at in range(results):
        (pa, ra, aa, na), (pb, rb, ab, nb) = ([float(curve[at]) for curve in side] for side in sides)
        lines.append(template.format(
            k=at + 1, a=labels[0][at], b=labels[1][at], pa=format_percent(pa), pb=format_percent(pb),
            ra=format_percent(ra, 1), rb=format_percent(rb, 1), aa=format_fixed(aa, 3), ab=format_fixed(ab, 3),
            na=format_fixed(na, 3), nb=format_fixed(nb, 3),
        ))  # fmt: skip
    return lines


def metrics_at(found: Found, total: int, results: int) -> tuple[Array, Array, Array, Array]:
    """Return precision, recall, average precision and nDCG at 1 to `results`."""
    right = found.right[:results]
    return (
        precision_at(right),
        np.cumsum(right) / total,
        average_precision_at(right, total),
        ndcg_at(right, total),
    )


def mean_precisions(run: Search) -> tuple[str, str]:
    """Return the mean precision at the last k by pixels and by the network, each with its standard error."""
    texts = []
    for table in (run.table_pixels[:, -1], run.table_network[:, -1]):
        error = table.std(ddof=1) / math.sqrt(len(table))
        texts.append(f"{format_percent(float(table.mean()), 1)} ± {format_percent(float(error), 1)}")
    return texts[0], texts[1]


def run_sentence(run: Search, results: int, p: float | str, epochs: int) -> str:
    """Return what was found, and what the network has learned from."""
    counts = [int(found.right[:results].sum()) for found in (run.pixels, run.network)]
    pixels, network = mean_precisions(run)
    first = _("Among the first {k} pictures, pixels find {a} with the digit {digit} and the network finds {b}.").format(
        k=results, a=counts[0], b=counts[1], digit=run.label
    )
    means = _("Over {queries} other queries the precision is {pixels} by pixels and {network} by the network.")
    parts = [
        first,
        *_why_wrong(run, results),
        means.format(queries=QUERIES, pixels=pixels, network=network),
    ]
    if not epochs:
        parts.append(_("The network has random weights and has learned nothing."))
    else:
        parts.append(_("The network is right about {share} of the pictures that it has not learned from.")
                     .format(share=format_percent(run.layer.accuracy, 1)))  # fmt: skip
    if run.leaked and epochs:
        parts.append(_("It has learned from the labels of {leaked} of the {rows} pictures searched, so its "
                       "precision here can be higher than on new pictures.")
                     .format(leaked=format_count(run.leaked), rows=format_count(run.rows)))  # fmt: skip
    if p != COSINE and float(p) < 1:
        parts.append(_("With p below 1 the distance is no norm, for it violates the triangle inequality."))
    return " ".join(parts)


def _why_wrong(run: Search, results: int) -> list[str]:
    """Return why pixels find mostly wrong pictures, where they do."""
    found = run.pixels
    if found.right[:results].mean() >= 0.5:
        return []
    counts = np.bincount(run.pictures.labels[found.places[:results]], minlength=10)
    parts = []
    if counts.max() > results / 2:
        other = _("By pixels the query looks more like the digit {other}, which {count} of its first {k} show.")
        parts.append(other.format(other=int(counts.argmax()), count=int(counts.max()), k=results))
    if found.distances[0] > FAR * run.usual_distance > 0:
        far = _("Even the nearest picture is {times} times as far from it as the nearest usually is: pixel by pixel, "
                "it is like none of them.")  # fmt: skip
        parts.append(far.format(times=format_number(float(found.distances[0]) / run.usual_distance, 2)))
    return parts


def oracle_sentence(run: Search, results: int) -> str:
    """Return what the true labels say of the best order and of a random one."""
    template = _("The true labels give the exact answer: {total} of the {rows} pictures searched show the digit "
                 "{digit}. The best order has them in front, a precision of {best} at {k}; a random order has {chance} "
                 "at every k on average, and an average precision of {average}.")  # fmt: skip
    return template.format(
        total=format_count(run.total), rows=format_count(run.rows), digit=run.label, k=results,
        best=format_percent(min(run.total, results) / results), chance=format_percent(run.total / run.rows, 1),
        average=format_fixed(average_precision_by_chance(run.total, run.rows), 3),
    )  # fmt: skip
