"""Principal components as a miniature: a linear autoencoder trained by SGD approaches the plane that the SVD gives."""

from typing import Literal

from core.errors import InputError
from core.formatting import format_count, format_general, format_number, format_percent
from core.language import _
from core.problems.components.code import code_for
from core.problems.components.linear_autoencoder import BEYOND, Schedule
from core.problems.components.panels import angle_panel, error_panel, plane_panel, rebuilt_panels, shares_panel
from core.problems.components.rows import digit_rows, equal_rows
from core.problems.components.run import NOTHING, Run, run_components
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.rows import Rows

Data = Literal["digits", "equal"]
SMALL, LARGE = 1.0, 10.0  # degrees, between which the angle can be guessed
ONE_HOLDS = 0.95  # of the variance: then one component holds nearly everything


def miniature(
    *,
    seed: int = 0,
    data: Data = "digits",
    rows: Rows | None = None,
    scaled: bool = False,
    k: int = 2,
    rate: float = 1.0,
    steps: int = 3000,
    schedule: Schedule = "falling",
) -> Miniature:
    """Return the training of a linear autoencoder beside the SVD.

    `data` are the "digits", or rows in which three variances are "equal"; `rows` are used instead where they are given.
    `scaled` standardises the columns. `k` numbers are kept of each row, 2 to 16 and fewer than columns. `rate` and
    `steps` are those of `RATES` and `STEPS`; the rate is "constant", or "falling" in a straight line to 0. `seed` draws
    the first weights and the order of the rows. Raises InputError for other settings, and for rows that do not vary.
    """
    if data not in ("digits", "equal"):
        raise InputError(_("The data are “digits” or “equal”, but got “{data}”; choose one.").format(data=data))
    table = rows if rows is not None else digit_rows() if data == "digits" else equal_rows()
    run = run_components(table, scaled=scaled, k=k, rate=rate, steps=steps, schedule=schedule, seed=seed)
    are_pictures = rows is None and data == "digits"
    return Miniature(
        _question(run),
        [_frame(run, place) for place in range(len(run.lost))],
        [plane_panel(run), angle_panel(run), error_panel(run), *rebuilt_panels(run, are_pictures=are_pictures),
         shares_panel(run)],
        _guess(run),
        _figures(run),
        _sentence(run),
        _oracle(run),
        code_for(run, steps=steps, schedule=schedule, seed=seed),
    )  # fmt: skip


def _question(run: Run) -> str:
    text = _("Which {k} numbers keep the most of the {d} numbers of each row, so that it can be rebuilt from them?")
    return text.format(k=run.k, d=format_count(run.X.shape[1]))


def _frame(run: Run, place: int) -> str:
    """Return the step of a recorded state with its error and angle."""
    text = _("Step {step}: {lost} of the variance is lost, and the plane is {angle}° away from that of the SVD.")
    if place == 0:
        text = _("Before training, the weights are random: {lost} of the variance is lost, and the plane is {angle}° "
                 "away from that of the SVD.")  # fmt: skip
    elif run.training.diverged is not None and place == len(run.lost) - 1:
        text = _("Step {step}: training has diverged; the error is {times} times the variance.")
    return text.format(
        step=format_count(run.training.steps[place]),
        lost=_share(run.lost[place]),
        angle=format_number(run.angles[place], 3),
        times=format_number(run.lost[place], 3),
    )


def _share(share: float) -> str:
    """Return a share as a percentage; what only rounding has left is 0."""
    return format_percent(share if share > NOTHING else 0.0, 3, significant=True)


def _guess(run: Run) -> Guess:
    small, large = format_general(SMALL), format_general(LARGE)
    options = (
        _("Less than {small}°").format(small=small),
        _("From {small}° to {large}°").format(small=small, large=large),
        _("More than {large}°").format(large=large),
        _("Training diverges"),
    )
    angle = float(run.angles[-1])
    answer = 3 if run.training.diverged is not None else 0 if angle < SMALL else 1 if angle <= LARGE else 2
    question = _("How far is the autoencoder's plane from that of the SVD at the end?")
    return Guess(question, options, answer, _sentence(run))


def _figures(run: Run) -> list[Figure]:
    is_lost = run.training.diverged is not None
    unit = run.components.total
    return [
        Figure(_("Share of the variance that is lost"), "–" if is_lost else _share(run.lost[-1]), _share(run.least)),
        Figure(
            _("Mean squared error of a row"),
            "–" if is_lost else format_number(run.lost[-1] * unit, 5),
            format_number(run.least * unit, 5),
        ),
        Figure(
            _("Largest angle to the plane of the SVD, in degrees"),
            "–" if is_lost else format_number(run.angles[-1], 4),
            "0" if run.has_gap else _("not unique"),
        ),
        Figure(
            _("Share of the variance of components {k} and {next}").format(k=run.k, next=run.k + 1),
            "",
            _("{first} and {second}").format(first=_component(run, run.k - 1), second=_component(run, run.k)),
        ),
    ]


def _component(run: Run, place: int) -> str:
    """Return the share of the variance of a component, counted from 0; 0 where there is none."""
    return _share(run.components.shares[place]) if place < run.components.rank else format_percent(0.0)


def _sentence(run: Run) -> str:
    """Return how near the autoencoder got to the SVD, and what kept it away."""
    if run.training.diverged is not None:
        text = _("Training diverged: after {step} steps at a learning rate of {rate}, the error of a minibatch "
                 "exceeded {beyond} times the variance. Choose a lower learning rate.")  # fmt: skip
        step = format_count(run.training.diverged)
        return text.format(step=step, rate=format_general(run.rate), beyond=format_count(BEYOND))
    text = _("After {steps} steps the autoencoder loses {lost} of the variance, and no linear one with {k} numbers can "
             "lose less than {least}; its plane is {angle}° away from that of the SVD.")  # fmt: skip
    result = text.format(
        steps=format_count(run.training.steps[-1]),
        lost=_share(run.lost[-1]),
        k=run.k,
        least=_share(run.least),
        angle=format_number(run.angles[-1], 3),
    )
    return " ".join([result, *_reasons(run)])


def _reasons(run: Run) -> list[str]:
    """Return sentences on what keeps the plane from that of the SVD, and on columns with a large unit."""
    reasons = []
    if not run.has_gap:
        text = _("Components {k} and {next} have the same variance, {first} of the whole, so other planes than that of "
                 "the SVD are just as good: the angle need not go to 0.")  # fmt: skip
        reasons.append(text)
    elif run.angles[-1] >= SMALL:
        text = _("Component {k} holds {first} of the variance and component {next} holds {second}: the smaller the "
                 "difference or the variance, the longer it takes to find the direction.")  # fmt: skip
        reasons.append(text)
    if run.schedule == "constant" and run.is_noisy:
        reasons.append(_("A constant learning rate never lets the noise of the minibatches die away."))
    if run.components.shares[0] > ONE_HOLDS:
        reasons.append(_("The first component alone holds {top}: a column with a large unit can do that, and "
                         "standardising the columns takes the units away."))  # fmt: skip
    first, second = _component(run, run.k - 1), _component(run, run.k)
    top = _share(run.components.shares[0])
    return [text.format(k=run.k, next=run.k + 1, first=first, second=second, top=top) for text in reasons]


def _oracle(run: Run) -> str:
    text = _("The exact plane is that of the first {k} components, from the singular value decomposition of the "
             "centred rows. By the theorem of Eckart and Young no linear map to {k} numbers loses less.")  # fmt: skip
    return text.format(k=run.k)
