"""What is said about a run of a GAN: the question, a sentence for each frame, the guess and the figures."""

from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.problems.generating.densities import SAMPLED
from core.problems.generating.gan_data import Target
from core.problems.generating.run import Run
from core.problems.miniature import Figure, Guess


def question(goal: Target) -> str:
    """Return what the problem asks."""
    return {
        "clumps": _("Points lie in eight clumps on a circle. Can a network learn to make new points like them?"),
        "ring": _("Points lie on a ring. Can a network learn to make new points like them?"),
        "two": _("Numbers lie in two clumps on a line. Can a network learn to make new numbers like them?"),
        "one": _("Numbers lie in one clump on a line. Can a network learn to make new numbers like them?"),
    }[goal.name]


def describe_frame(run: Run, frame: int) -> str:
    """Return what has happened up to a frame."""
    loss, best = run.losses[frame, 0], run.grids[frame].best_loss
    update = run.stops[frame]
    if update == 0:
        start = _("Before the first update both networks have random weights.")
    else:
        start = ngettext("{count} update was made.", "{count} updates were made.", update)
        start = start.format(count=format_count(update))
    parts = _("{within} of the made points lie within three standard deviations of the data.")
    ends = _("The loss of the discriminator is {loss}; that of the best one against this generator is {best}.")
    values = {"within": format_percent(run.within[frame]), "loss": format_number(loss, 3)}
    middle = f"{parts} {ends}".format(**values, best=format_number(best, 3))
    return f"{start} {_covered(run, frame)} {middle}" if len(run.goal.centres) > 1 else f"{start} {middle}"


def _covered(run: Run, frame: int) -> str:
    """Return how many parts of the data are covered."""
    covered, count = int(run.covered[frame]), len(run.goal.centres)
    if run.goal.name == "ring":
        text = ngettext(
            "The generator covers {covered} of {count} arc.", "The generator covers {covered} of {count} arcs.", count
        )
    else:
        text = ngettext(
            "The generator covers {covered} of {count} clump.", "The generator covers {covered} of {count} clumps.",
            count,
        )  # fmt: skip
    return text.format(covered=format_count(covered), count=format_count(count))


def build_guess(run: Run) -> Guess:
    """Ask how much of the data is covered in the end; for one clump, whether a classifier can tell the two apart."""
    count, covered = len(run.goal.centres), int(run.covered[-1])
    if count == 1:
        asked = _("Will a fresh classifier tell made numbers from real ones in the end?")
        return Guess(asked, [_("Yes, better than by tossing a coin"), _("No")], int(not run.test.differs), _tested(run))
    if count == 2:
        asked = _("How many of the two clumps will the generator cover in the end?")
        return Guess(asked, [_("Both"), _("One"), _("None")], 2 - covered, _why(run))
    asked = _("How many of the eight clumps will the generator cover in the end?")
    if run.goal.name == "ring":
        asked = _("How many of the eight arcs of the ring will the generator cover in the end?")
    options = [_("All eight"), _("Five to seven"), _("One to four"), _("None")]
    answer = 0 if covered == 8 else 1 if covered >= 5 else 2 if covered >= 1 else 3
    return Guess(asked, options, answer, _why(run))


def _why(run: Run) -> str:
    count = len(run.goal.centres)
    rule = _(
        "One counts as covered if at least {least} of the made points lie within three standard deviations: a quarter "
        "of its fair share."
    )
    return f"{_covered(run, -1)} {rule}".format(least=format_percent(0.25 / count, 2, significant=True))


def _tested(run: Run) -> str:
    """Return what the two-sample test found."""
    test = run.test
    values = {
        "accuracy": format_percent(test.accuracy, 1),
        "of": format_count(test.of),
        "p": format_number(test.p_value, 2),
        "best": format_percent(run.grids[-1].best_accuracy, 1),
    }
    if test.differs:
        return _(
            "A fresh classifier tells made points from real ones: it is right on {accuracy} of {of} held-out points, "
            "and a tossed coin is as good with probability {p}. The best classifier would be right on about {best}."
        ).format(**values)
    return _(
        "A fresh classifier does not tell made points from real ones: it is right on {accuracy} of {of} held-out "
        "points, and a tossed coin is as good with probability {p}. The best classifier would be right on about {best}."
    ).format(**values)


def describe_run(run: Run) -> str:
    """Return what happened in the run."""
    if len(run.goal.centres) == 1:
        return _tested(run)
    return " ".join(text for text in (_covered(run, -1), _lacking(run), _tested(run)) if text)


def _lacking(run: Run) -> str:
    """Return how a generator fails that does not cover all of the data, or ""."""
    covered, most = int(run.covered[-1]), int(run.covered.max())
    if covered == len(run.goal.centres):
        return ""
    if run.extent < 0.5 * run.goal.extent:
        text = _("What it makes has collapsed into one place: its spread is {made}, that of the data {data}.")
        text = text.format(made=format_number(run.extent, 3), data=format_number(run.goal.extent, 3))
    elif run.within[-1] >= 0.5:
        text = _("It makes points where data are, but leaves out part of them: this is mode collapse.")
    else:
        text = _("Most of what it makes lies beside the data.")
    if most == covered:
        return text
    return f"{text} " + _("On the way as many as {most} were covered.").format(most=format_count(most))


def build_figures(run: Run) -> list[Figure]:
    """Return the numbers at the end, learned beside exact."""
    grid, goal, count = run.grids[-1], run.goal, len(run.goal.centres)
    figures = []
    if count > 1:
        name = _("Arcs covered") if goal.name == "ring" else _("Clumps covered")
        figures.append(Figure(name, format_count(int(run.covered[-1])), format_count(count)))
    return [
        *figures,
        Figure(
            _("Within three standard deviations"), format_percent(run.within[-1], 1), format_percent(goal.within, 1)
        ),
        Figure(_("Spread of the points"), format_number(run.extent, 3), format_number(goal.extent, 3)),
        Figure(
            _("Loss of the discriminator, D and D*"), format_number(run.losses[-1, 0], 4),
            format_number(grid.best_loss, 4),
        ),
        Figure(_("Mean distance of D from D*"), format_number(run.distance, 3), format_count(0)),
        Figure(
            _("Held-out points told right"), format_percent(run.test.accuracy, 1), format_percent(grid.best_accuracy, 1)
        ),
        Figure(_("Probability that a coin is as good"), format_number(run.test.p_value, 2)),
    ]  # fmt: skip


def oracle(goal: Target) -> str:
    """Return how the exact answer was computed."""
    if goal.dimension == 1:
        return _(
            "p is known, and q is computed exactly from the generator by the change of variables, in cells of 0.05; "
            "D* = p/(p + q). The best loss is ln 4 − 2·JSD(p, q), and the best accuracy ½·Σ max(p, q)."
        )
    return _(
        "p is known; q is estimated from {count} made points, and both are blurred with a Gaussian kernel of standard "
        "deviation 0.1, so that D* = p/(p + q) is an estimate too. The best loss is ln 4 − 2·JSD(p, q), and the best "
        "accuracy ½·Σ max(p, q)."
    ).format(count=format_count(SAMPLED))
