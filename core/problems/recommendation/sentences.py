"""What the miniature of recommendation says: of each epoch, of the run, and of what can be known."""

from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.problems.recommendation.knowable import degrees_of_freedom
from core.problems.recommendation.panels import known_cells
from core.problems.recommendation.run import Recommendation


def frame_sentences(run: Recommendation, learner: str) -> list[str]:
    """Return a sentence for each epoch that has a frame."""
    hidden = run.ratings.test.any()
    lines = [_("The factors are drawn at random about the root of the mean rating; nothing else has been learned yet.")]
    solved = _("Epoch {epoch}: the factors of the rows were solved for, then those of the columns.")
    stepped = _("Epoch {epoch}: each rating seen has moved the factors of its row and its column once more.")
    for at in run.shown[1:]:
        done = (solved if learner == "als" else stepped).format(epoch=at)
        train = format_number(run.train_errors[at], 3)
        errors = (
            _("RMSE: {train} on the ratings seen, {test} on those hidden.").format(
                train=train, test=format_number(run.test_errors[at], 3))
            if hidden
            else _("RMSE on the ratings seen: {train}.").format(train=train)
        )  # fmt: skip
        lines.append(f"{done} {errors}")
    return lines


def run_sentence(run: Recommendation) -> str:
    """Return how well the ratings were learned, what can be known of the others, and what went wrong."""
    return " ".join(filter(None, [_divergence(run), _errors(run), knowable_sentence(run), _unrated(run), _scales(run)]))


def _divergence(run: Recommendation) -> str:
    if run.result.diverged is None:
        return ""
    return _("SGD diverged in epoch {epoch}: its steps are too large, and the numbers grew beyond all bounds; "
             "choose a smaller learning rate. What follows is from before that epoch.").format(
                 epoch=run.result.diverged)  # fmt: skip


def _errors(run: Recommendation) -> str:
    epochs, ratings = len(run.filled) - 1, run.ratings
    parts = [
        ngettext("After {epochs} epoch the RMSE is {train} on the {seen} ratings seen.",
                 "After {epochs} epochs the RMSE is {train} on the {seen} ratings seen.", epochs)
        .format(epochs=epochs, train=format_number(run.train_errors[-1], 3),
                seen=format_count(int(ratings.train.sum())))
    ]  # fmt: skip
    if ratings.test.any():
        hidden = _("It is {test} on the hidden ratings, {hidden} in number, where the column means have {means}.")
        parts.append(hidden.format(
            test=format_number(run.test_errors[-1], 3), hidden=format_count(int(ratings.test.sum())),
            means=format_number(run.means_error, 3)))  # fmt: skip
    elif ratings.truth is None:
        parts.append(_("No rating could be hidden as a test, for each is the only one of its row or its column."))
    if run.noise_error:
        parts.append(_("The noise alone has {noise} there.").format(noise=format_number(run.noise_error, 3)))
    return " ".join(parts)


def knowable_sentence(run: Recommendation) -> str:
    """Return how many of the cells not seen are determined, if the ratings have exactly the rank."""
    unseen, known = int((~run.ratings.train).sum()), known_cells(run)
    people, things = run.ratings.train.shape
    freedom = degrees_of_freedom(people, things, run.rank)
    seen = int(run.ratings.train.sum())
    if not unseen:
        return _("Every rating is seen, so that none is left to be recommended.")
    counts = _("A table of rank {rank} has {freedom} degrees of freedom, and {seen} cells are seen.").format(
        rank=run.possible_rank, freedom=format_count(freedom), seen=format_count(seen)
    )
    if known == unseen and run.possible_rank == 1:
        left = ngettext("In almost every table of exactly this rank, these determine the {unseen} other.",
                        "In almost every table of exactly this rank, these determine all {unseen} others.",
                        unseen)  # fmt: skip
    elif known == unseen:
        left = ngettext("In almost every table of exactly this rank, these determine the {unseen} other up to finitely "
                        "many values.",
                        "In almost every table of exactly this rank, these determine all {unseen} others up to "
                        "finitely many values.", unseen)  # fmt: skip
    elif known:
        left = ngettext("Even if the ratings had exactly this rank, these would determine {known} of the {unseen} "
                        "others; the {unknown} left could be infinitely many numbers.",
                        "Even if the ratings had exactly this rank, these would determine {known} of the {unseen} "
                        "others; each of the {unknown} left could be infinitely many numbers.",
                        unseen - known)  # fmt: skip
    else:
        left = ngettext("Even if the ratings had exactly this rank, these would not determine the {unseen} other.",
                        "Even if the ratings had exactly this rank, these would determine none of the {unseen} others.",
                        unseen)  # fmt: skip
    return f"{counts} " + left.format(
        unseen=format_count(unseen), known=format_count(known), unknown=format_count(unseen - known)
    )


def _unrated(run: Recommendation) -> str:
    rows, columns = run.cold
    parts = []
    if rows:
        parts.append(ngettext(
            "{count} row has no rating seen: nothing can be known of it, and the mean of each column is predicted.",
            "{count} rows have no rating seen: nothing can be known of them, and the mean of each column is predicted.",
            rows,
        ).format(count=rows))  # fmt: skip
    if columns:
        parts.append(ngettext(
            "{count} column has no rating seen: the mean of each row is predicted.",
            "{count} columns have no rating seen: the mean of each row is predicted.", columns,
        ).format(count=columns))  # fmt: skip
    return " ".join(parts)


def _scales(run: Recommendation) -> str:
    if not (run.scales != 1).any():
        return ""
    return _("Each column was divided by its root mean square before learning, which changes no rank; the RMSE is in "
             "these units.")  # fmt: skip


def oracle_sentence(run: Recommendation) -> str:
    """Return how the exact answer was computed."""
    rank = (
        _("A cell is determined where a path of cells seen leads from its row to its column.")
        if run.possible_rank == 1
        else _("Which cells are determined is exact too: the ranks of the Jacobian of P Qᵀ at a random point, computed "
               "with whole numbers modulo a prime.")
    )  # fmt: skip
    if run.best_error is None:
        return _("Nobody knows the ratings that are missing.") + " " + rank
    full = _("The full table is known. Its SVD, cut to rank {rank}, is nearest to it of all tables of this rank, with "
             "an RMSE of {error} over all cells.")  # fmt: skip
    return full.format(rank=run.rank, error=format_number(run.best_error, 3)) + " " + rank
