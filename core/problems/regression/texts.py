"""What is said about a run of regression: the question, a sentence for each frame, the guess and the figures."""

from core.formatting import format_count, format_general, format_list, format_number, format_percent
from core.language import _, ngettext
from core.problems.miniature import Figure, Guess
from core.problems.regression.run import Run

ROUNDING = 1e-14  # a smaller share of the loss is beyond the digits of float64


def question(run: Run) -> str:
    """Return what the problem asks."""
    count = format_count(len(run.y))
    if len(run.names) == 1:
        text = ngettext(
            "How does {target} depend on {feature}? A line is learned from {count} row.",
            "How does {target} depend on {feature}? A line is learned from {count} rows.",
            len(run.y),
        )
        return text.format(target=run.target, feature=run.names[0], count=count)
    text = ngettext(
        "How does {target} depend on {features} features? A linear model is learned from {count} row.",
        "How does {target} depend on {features} features? A linear model is learned from {count} rows.",
        len(run.y),
    )
    return text.format(target=run.target, features=format_count(len(run.names)), count=count)


def describe_frame(run: Run, frame: int) -> str:
    """Return what has happened up to a frame."""
    loss = format_number(run.losses[frame], 4)
    if frame == 0:
        return _("Before the first update the weights are almost 0, and the loss is {loss}.").format(loss=loss)
    update = int(run.updates[frame])
    text = ngettext(
        "{count} update was made. The loss is {loss}, and its gap to the closed form {gap}.",
        "{count} updates were made. The loss is {loss}, and its gap to the closed form {gap}.",
        update,
    )
    return text.format(count=format_count(update), loss=loss, gap=format_number(run.gaps[frame], 4))


def build_guess(run: Run) -> Guess:
    """Ask whether the run gets close to the closed form, stays above it, or diverges."""
    asked, steps = run.sgd.config.epochs * -(-len(run.y) // run.sgd.config.batch_size), format_count
    if run.is_perfect:
        text = ngettext(
            "A perfect fit exists. Has the loss fallen to 1% of the first after {count} update?",
            "A perfect fit exists. Has the loss fallen to 1% of the first after {count} updates?",
            asked,
        )
    else:
        text = ngettext(
            "Is the loss within 1% of the least possible after {count} update?",
            "Is the loss within 1% of the least possible after {count} updates?",
            asked,
        )
    options = [_("Yes"), _("No, it is still above"), _("No, the run diverges")]
    answer = 2 if run.sgd.diverged else 0 if run.is_close else 1
    return Guess(text.format(count=steps(asked)), options, answer, _ended(run))


def _ended(run: Run) -> str:
    """Return how the run ended."""
    if run.sgd.diverged:
        return run.sgd.note
    values = {
        "count": format_count(int(run.updates[-1])), "loss": format_number(run.losses[-1], 6),
        "least": format_number(run.least, 6), "gap": format_number(run.gaps[-1], 3),
    }  # fmt: skip
    if run.is_perfect:
        text = ngettext(
            "After {count} update the loss is {loss}; a perfect fit has none.",
            "After {count} updates the loss is {loss}; a perfect fit has none.",
            int(run.updates[-1]),
        )
        return text.format(**values)
    if run.gaps[-1] <= ROUNDING * run.least:
        text = ngettext(
            "After {count} update the loss is {loss}, the least possible up to rounding.",
            "After {count} updates the loss is {loss}, the least possible up to rounding.",
            int(run.updates[-1]),
        )
        return text.format(**values)
    text = ngettext(
        "After {count} update the loss is {loss}, and the least possible is {least}: it is {share} too large, "
        "with a gap of {gap}.",
        "After {count} updates the loss is {loss}, and the least possible is {least}: it is {share} too large, "
        "with a gap of {gap}.",
        int(run.updates[-1]),
    )
    return text.format(**values, share=format_percent(run.gaps[-1] / run.least, 2, significant=True))


def describe_run(run: Run) -> str:
    """Return what happened in the run, and what is special about its rows."""
    parts = [_ended(run)]
    if not run.sgd.diverged:
        parts.append(_about_rate(run))
    if len(run.y) == 1:
        parts.append(_("One row does not determine a line: every line through it fits."))
    elif run.constant:
        text = ngettext(
            "{names} never varies, so nothing can be learned from it.",
            "{names} never vary, so nothing can be learned from them.",
            len(run.constant),
        )
        parts.append(text.format(names=format_list(run.constant, _("and"))))
    elif run.sgd.closed_form.rank < run.sgd.closed_form.columns:
        parts.append(_("More than one set of weights fits best; the closed form is the one of least norm."))
    return " ".join(parts)


def _about_rate(run: Run) -> str:
    rate, limit = run.sgd.config.learning_rate, run.limit
    values = {"rate": format_general(rate, 3), "limit": format_general(limit, 3)}
    batch = run.sgd.config.batch_size
    if rate < limit and batch < len(run.y) and not run.is_perfect:
        text = ngettext(
            "The learning rate {rate} is below {limit}, its limit for minibatches of {batch} row, but their noise "
            "keeps the loss above the least possible, however many updates are made.",
            "The learning rate {rate} is below {limit}, its limit for minibatches of {batch} rows, but their noise "
            "keeps the loss above the least possible, however many updates are made.",
            batch,
        )
        return text.format(**values, batch=format_count(batch))
    if rate < limit:
        return _("The learning rate {rate} is below {limit}, from which on descent does not converge.").format(**values)
    return _(
        "The learning rate {rate} is not below {limit}: descent need not converge, and more updates can diverge."
    ).format(**values)


def build_figures(run: Run) -> list[Figure]:
    """Return the numbers at the end, learned beside exact."""
    fit, sgd, drawn = run.sgd.closed_form, run.sgd, run.drawn
    weight = format_number(float(fit.weights[drawn]), 6) if bool(fit.determined[drawn]) else ""
    bias = format_number(fit.bias, 6) if fit.bias_determined else ""
    return [
        Figure(
            _("Weight of {name}").format(name=run.names[drawn]), format_number(run.parameters[-1, drawn], 6), weight
        ),
        Figure(_("Bias"), format_number(float(run.parameters[-1, -1]), 6), bias),
        Figure(_("Loss, half the mean squared error"), format_number(run.losses[-1], 6), format_number(run.least, 6)),
        Figure(_("Gap to the closed form"), format_number(run.gaps[-1], 3), format_count(0)),
        Figure(
            _("Learning rate, and its limit"), format_general(sgd.config.learning_rate, 3), format_general(run.limit, 3)
        ),
    ]


def oracle() -> str:
    """Return how the exact answer was computed."""
    return _(
        "The closed form solves the normal equations with more digits than float64 has; the gap is half of "
        "(w − w*)ᵀH(w − w*), and never a difference of two losses. The limit of the rate is 2 over the largest "
        "eigenvalue of H for all rows, and less for minibatches, whose noise counts too."
    )
