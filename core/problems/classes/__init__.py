"""Two and more classes: softmax by SGD, beside Newton's optimum, or the proof that there is none."""

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_list, format_number, format_percent
from core.foundations.two_classes import with_ones
from core.language import _, ngettext
from core.problems.class_panels import class_panels
from core.problems.class_rows import Features, closest_two, drawn_features, seen_classes
from core.problems.classes.code import class_code
from core.problems.linear_descent import linear_descent, probabilities
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.rows import Rows, load_rows
from core.problems.softmax_run import SoftmaxRun, best_fit

MOST_EPOCHS = 60
FASTEST = 3.0  # the highest learning rate
LARGEST_PENALTY = 0.3
SMALLEST_BATCH = 4


def miniature(
    *,
    rows: Rows | None = None,
    features: Features = "two",
    across: int = 0,
    up: int = 1,
    classes: str = "all",
    penalty: float = 0.0,
    rate: float = 0.5,
    batch: int = 16,
    epochs: int = 30,
    row: int = 1,
    seed: int = 0,
) -> Miniature:
    """Return softmax regression by SGD on rows with classes, iris by default.

    `features` "two" learns from the columns `across` and `up` alone, "all" from every one. `classes` "closest" keeps
    the two classes whose means lie closest. `row`, counted from 1, is the one whose probabilities are drawn.
    Raises InputError for rows without two classes and settings out of range.
    """
    given = load_rows("iris") if rows is None else rows
    _check(features, classes, penalty, rate, batch, epochs, seed)
    used = seen_classes(closest_two(given) if classes == "closest" else given)
    y = used.need_classes()
    if not 1 <= row <= len(y):
        raise InputError(
            _("There are rows 1 to {rows}; got row {row}. Choose one of them.").format(
                rows=format_count(len(y)), row=format_count(row))
        )  # fmt: skip
    drawn = drawn_features(used, features, across, up)
    best = best_fit(drawn.Z, y, len(used.classes), penalty)
    path = linear_descent(
        drawn.Z, np.eye(len(used.classes))[y], rate=rate, batch=batch, epochs=epochs, penalty=penalty, seed=seed
    )
    shares = probabilities(with_ones(drawn.Z) @ path.parameters.transpose(0, 2, 1))
    run = SoftmaxRun(used, y, drawn, path, shares, best, row - 1)
    return Miniature(
        question=_question(run),
        frames=_frames(run),
        panels=class_panels(run),
        guess=_guess(run, penalty),
        figures=_figures(run),
        sentence=_sentence(run),
        oracle=_oracle(run, penalty),
        code=class_code(run, penalty, rate, batch, epochs, seed),
    )


def _check(features: str, classes: str, penalty: float, rate: float, batch: int, epochs: int, seed: int) -> None:
    assert features in ("two", "all") and classes in ("all", "closest"), (features, classes)
    if not 0 <= penalty <= LARGEST_PENALTY or not 0 < rate <= FASTEST:
        raise InputError(
            _("A penalty from 0 to {largest} and a learning rate above 0 and up to {fastest} are needed; got {penalty} "
              "and {rate}.").format(largest=format_number(LARGEST_PENALTY), fastest=format_number(FASTEST),
                                    penalty=format_number(penalty), rate=format_number(rate))
        )  # fmt: skip
    if batch < SMALLEST_BATCH or not 1 <= epochs <= MOST_EPOCHS or seed < 0:
        raise InputError(
            _("Batches of {batch} rows or more, 1 to {most} epochs and a seed of 0 or more are needed; got {got}.")
            .format(batch=SMALLEST_BATCH, most=MOST_EPOCHS, got=format_list([batch, epochs, seed], _("and")))
        )  # fmt: skip


def _question(run: SoftmaxRun) -> str:
    return _(
        "Which of these classes does a row have: {classes}? The model learns from {rows} rows with {columns}."
    ).format(
        classes=format_list(run.rows.classes),
        rows=format_count(len(run.y)),
        columns=_columns(run),
    )


def _columns(run: SoftmaxRun) -> str:
    if run.drawn.Z.shape[1] == len(run.rows.names) and len(run.rows.names) > 3:
        return _("{count} columns").format(count=format_count(len(run.rows.names)))
    return format_list(run.drawn.names, _("and"))


def _frames(run: SoftmaxRun) -> list[str]:
    first = _("Before the first update each class has the probability {share}, so the loss is {loss}.").format(
        share=format_percent(1 / len(run.rows.classes)), loss=format_number(float(run.path.losses[0]), 4)
    )
    steps = zip(run.path.updates[1:], run.path.losses[1:], run.right[1:], strict=True)
    return [first] + [
        ngettext(
            "After {updates} update the loss is {loss}; rows predicted right: {right} of {rows}.",
            "After {updates} updates the loss is {loss}; rows predicted right: {right} of {rows}.",
            int(update),
        ).format(updates=format_count(int(update)), loss=format_number(float(loss), 4),
                 right=format_count(int(right)), rows=format_count(len(run.y)))
        for update, loss, right in steps
    ]  # fmt: skip


def _guess(run: SoftmaxRun, penalty: float) -> Guess:
    return Guess(
        _("Is there a best set of weights, at which the loss is smallest?"),
        (_("Yes: some weights have the smallest loss."), _("No: as some weights grow, it falls for ever.")),
        0 if run.best.exists else 1,
        _reason(run, penalty),
    )


def _reason(run: SoftmaxRun, penalty: float) -> str:
    loss = format_number(run.best.loss, 4)
    if penalty:
        return _("The penalty makes large weights costly, so some weights have the smallest loss, {loss}.").format(
            loss=loss
        )
    limit = run.best.limit
    assert limit is not None
    if limit.exists:
        return _("Whatever the weights: if they rank one comparison of two classes right, they rank another one wrong. "
                 "So large weights are costly, and the smallest loss is {loss}.").format(loss=loss)  # fmt: skip
    pairs = len(run.y) * (len(run.rows.classes) - 1)
    return _("Some weights rank {right} of {pairs} comparisons of a row's class with another one right and none wrong; "
             "as they grow, the loss falls towards {loss} and never reaches it.").format(
        right=format_count(int(limit.separated.sum())), pairs=format_count(pairs), loss=loss)  # fmt: skip


def _figures(run: SoftmaxRun) -> list[Figure]:
    n, best = format_count(len(run.y)), run.best
    exact_right = int((best.probabilities.round(9).argmax(axis=1) == run.y).sum())
    loss = format_number(best.loss, 6)
    size = None if best.parameters is None else float(np.abs(best.parameters[:, :-1]).max())
    right = _("{right} of {rows}")
    return [
        Figure(_("Loss (nats)"), format_number(float(run.path.losses[-1]), 6),
               loss if best.exists else _("none exists; the limit is {loss}").format(loss=loss)),
        Figure(_("Rows predicted right"), right.format(right=format_count(int(run.right[-1])), rows=n),
               right.format(right=format_count(exact_right), rows=n)),
        Figure(_("Largest weight"), format_number(run.size, 4),
               _("none exists; weights grow for ever") if size is None else format_number(size, 4)),
    ]  # fmt: skip


def _sentence(run: SoftmaxRun) -> str:
    gap = max(float(run.path.losses[-1]) - run.best.loss, 0.0)
    updates = int(run.path.updates[-1])
    template = (
        ngettext(
            "After {updates} update the loss is {loss}, {gap} above the smallest one. Rows predicted right: {right} of "
            "{rows}.",
            "After {updates} updates the loss is {loss}, {gap} above the smallest one. Rows predicted right: {right} "
            "of {rows}.",
            updates,
        )
        if run.best.exists
        else ngettext(
            "After {updates} update the loss is {loss}, {gap} above a limit that no weights reach. The largest weight "
            "is {size}; with more epochs weights grow for ever. Rows predicted right: {right} of {rows}.",
            "After {updates} updates the loss is {loss}, {gap} above a limit that no weights reach. The largest weight "
            "is {size}; with more epochs weights grow for ever. Rows predicted right: {right} of {rows}.",
            updates,
        )
    )
    return template.format(
        updates=format_count(updates),
        loss=format_number(float(run.path.losses[-1]), 4),
        gap=format_number(gap, 2),
        size=format_number(run.size, 3),
        right=format_count(int(run.right[-1])),
        rows=format_count(len(run.y)),
    )


def _oracle(run: SoftmaxRun, penalty: float) -> str:
    if penalty:
        return _(
            "Newton's method on all rows finds the smallest loss with its penalty. The weights are unique; "
            "a number added to all biases changes nothing."
        )
    if run.best.exists:
        return _("A linear programme shows that a smallest loss exists, and Newton's method on all rows finds it.")
    return _("There is no best fit: a linear programme found weights that rank some comparisons right and none wrong. "
             "Newton's method on all other comparisons gives the limit of the loss.")  # fmt: skip
