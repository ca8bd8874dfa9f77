"""A contextual bandit: rows with classes come one by one, each class is an arm, and only the right one pays.

The learner hears whether its choice was right, never what would have been. Beside it learns one that is told all
answers: the difference of their rewards is the price of not being told. The exact answer is the linear rule that least
squares fits to all rows and all answers in hindsight.
"""

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_list, format_number, format_percent
from core.language import _, ngettext
from core.problems.contextual.code import code_of
from core.problems.contextual.linear_arms import fixed_rule, lin_ucb, told_all
from core.problems.contextual.panels import Rounds, panels, sentences
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.rows import Rows, load_rows

MOST_ALPHA = 10.0
LEAST_RIDGE, MOST_RIDGE = 0.01, 100.0
MOST_PASSES = 5
MOST_ROWS, MOST_FEATURES, MOST_CLASSES = 600, 100, 12
LARGEST_SEED = 2**31 - 1
FEWEST_ORDERS, MOST_ORDERS = 5, 20  # of the mean price
MOST_ROUNDS, MOST_WEIGHTS = 2500, 300  # with which it is quick
MANY = 2  # times as many mistakes


def digit_rows(most: int = 500) -> Rows:
    """Return the first handwritten digits of scikit-learn, 64 pixels each, as ten classes.

    >>> digit_rows(300).X.shape
    (300, 64)
    """
    from sklearn.datasets import load_digits

    loaded = load_digits()
    names = tuple(_("pixel {row}, {column}").format(row=place // 8 + 1, column=place % 8 + 1) for place in range(64))
    code = (
        "from sklearn.datasets import load_digits\n\n"
        f"X, y = load_digits(return_X_y=True)\nX, y = X[:{most}], y[:{most}]\n"
    )
    X, y = np.asarray(loaded.data[:most], dtype=np.float64), loaded.target[:most].astype(np.int64)
    return Rows(f"digits {most}", X, names, y, tuple("0123456789"), code)


def miniature(
    *, seed: int = 0, rows: Rows | None = None, alpha: float = 1.0, ridge: float = 1.0, passes: int = 1
) -> Miniature:
    """Return LinUCB on rows with classes, beside the learner that is told all answers and the rule in hindsight.

    Without `rows` they are the wines. The rows come in an order drawn from the seed, anew in each of the `passes`;
    features are standardised over the whole table, and a column of ones stands before them. Raises InputError for
    fewer than two classes, too many rows, columns or classes, numbers that overflow, and settings out of range.
    """
    rows = load_rows("wine") if rows is None else rows
    _check(alpha, ridge, passes, seed)
    rounds = learn(rows, alpha=alpha, ridge=ridge, passes=passes, seed=seed)
    return Miniature(
        question=_("Which of {arms} answers is right for a row, if only the answer given is ever marked?").format(
            arms=format_count(len(rounds.names))
        ),
        frames=sentences(rounds),
        panels=panels(rounds),
        guess=_guess(rounds),
        figures=[*_figures(rounds), *_mean_price(other_prices(rounds, ridge, seed))],
        sentence=_outcome(rounds),
        oracle=_("The fixed rule was fitted to all rows and all answers by least squares, solved exactly. "
                 "It is the best in squared error, and not always in mistakes: learners can make fewer."),
        code=code_of(rows, alpha=alpha, ridge=ridge, passes=passes, seed=seed),
    )  # fmt: skip


def learn(rows: Rows, *, alpha: float = 1.0, ridge: float = 1.0, passes: int = 1, seed: int = 0) -> Rounds:
    """Let both learners meet the same rows in the same order, and fit the rule in hindsight."""
    seen, y = np.unique(rows.need_classes(), return_inverse=True)
    _check_size(rows, len(seen))
    Z = np.column_stack([np.ones(len(rows.X)), rows.standardised])
    rng = np.random.default_rng(seed)
    order = np.concatenate([rng.permutation(len(Z)) for _pass in range(passes)])
    return Rounds(
        rows,
        tuple(rows.classes[place] for place in seen),
        y,
        order,
        alpha,
        lin_ucb(Z[order], y[order], arms=len(seen), alpha=alpha, ridge=ridge, seed=seed),
        told_all(Z[order], y[order], arms=len(seen), ridge=ridge, seed=seed),
        fixed_rule(Z, y, len(seen)),
    )


def _check(alpha: float, ridge: float, passes: int, seed: int) -> None:
    for name, value, low, high in (
        (_("weight α of the widths"), alpha, 0.0, MOST_ALPHA),
        (_("ridge λ"), ridge, LEAST_RIDGE, MOST_RIDGE),
        (_("number of passes"), passes, 1, MOST_PASSES),
        (_("seed"), seed, 0, LARGEST_SEED),
    ):
        if not low <= value <= high:
            raise InputError(
                _("The {name} must be between {low} and {high}, but is {got}; change it.").format(
                    name=name, low=format_number(low), high=format_number(high), got=format_number(value)
                )
            )


def _check_size(rows: Rows, classes: int) -> None:
    for name, value, most in (
        (_("rows"), len(rows.X), MOST_ROWS),
        (_("features"), rows.X.shape[1], MOST_FEATURES),
        (_("classes"), classes, MOST_CLASSES),
    ):
        if value > most:
            raise InputError(
                _("At most {most} {name} can be used here, but the table has {got}; choose another label or table.")
                .format(most=format_count(most), name=name, got=format_count(value))
            )  # fmt: skip
    if rows.X.shape[1] == 0:
        raise InputError(_("At least one feature is needed, but the table has none; choose another table."))
    with np.errstate(over="ignore", invalid="ignore"):
        spread = rows.X.std(axis=0)
    if not np.isfinite(spread).all():
        raise InputError(_("The numbers of the table are too large to be standardised; divide them by a power of ten."))


def _guess(rounds: Rounds) -> Guess:
    bandit, told = int(rounds.bandit.mistakes[-1]), int(rounds.told.mistakes[-1])
    answer = 0 if bandit <= told else 1 if bandit <= MANY * told else 2
    return Guess(
        _("One learner hears only whether its answer was right, another one hears the right answer. "
          "How many mistakes will the first one make in {rows} rows?").format(rows=format_count(len(rounds.order))),
        [_("At most as many as the other"), _("More, up to twice as many"), _("More than twice as many")],
        answer,
        _("LinUCB, which hears only right or wrong, made {bandit} mistakes, "
          "and the learner that is told all answers {told}.")
        .format(bandit=format_count(bandit), told=format_count(told)),
    )  # fmt: skip


def _figures(rounds: Rounds) -> list[Figure]:
    count, fixed = format_count(len(rounds.order)), format_count(rounds.hindsight[-1])
    bandit, told = int(rounds.bandit.mistakes[-1]), int(rounds.told.mistakes[-1])
    late = len(rounds.order) * 2 // 3
    late_fixed = (rounds.fixed == rounds.y)[rounds.order[late:]].mean()
    return [
        Figure(_("LinUCB: mistakes in {rows} rows, and those of the fixed rule").format(rows=count),
               format_count(bandit), fixed),
        Figure(_("All answers told: mistakes, and those of the fixed rule"), format_count(told), fixed),
        Figure(_("Price of not being told: rewards"), format_number(bandit - told)),
        Figure(_("LinUCB: right in the last third of the rows, and the fixed rule there"),
               format_percent(rounds.bandit.rewards[late:].mean(), 1), format_percent(late_fixed, 1)),
    ]  # fmt: skip


def other_prices(rounds: Rounds, ridge: float, seed: int) -> list[int]:
    """Return the price of not being told in other orders of the same rows: as many as are quick, or none."""
    orders = min(MOST_ROUNDS // len(rounds.order), MOST_ORDERS)
    rng, arms = np.random.default_rng([seed, 2]), len(rounds.names)
    if orders < FEWEST_ORDERS or arms * rounds.rows.X.shape[1] > MOST_WEIGHTS:
        return []
    Z, prices = np.column_stack([np.ones(len(rounds.y)), rounds.rows.standardised]), []
    for turn in range(orders):
        order = rng.permutation(rounds.order)
        X, y = Z[order], rounds.y[order]
        bandit = lin_ucb(X, y, arms=arms, alpha=rounds.alpha, ridge=ridge, seed=turn)
        prices.append(int(bandit.mistakes[-1] - told_all(X, y, arms=arms, ridge=ridge, seed=turn).mistakes[-1]))
    return prices


def _mean_price(prices: list[int]) -> list[Figure]:
    if not prices:
        return []
    error = np.std(prices, ddof=1) / np.sqrt(len(prices))
    return [
        Figure(
            _("Price of not being told, mean of {count} other orders of the rows").format(
                count=format_count(len(prices))
            ),
            _("{mean} ± {error}").format(mean=format_number(float(np.mean(prices)), 3), error=format_number(error, 2)),
        )
    ]


def _outcome(rounds: Rounds) -> str:
    """Return the price of not being told, what was given up, and what no linear rule avoids."""
    bandit, told = int(rounds.bandit.mistakes[-1]), int(rounds.told.mistakes[-1])
    parts = [
        _("LinUCB made {bandit} mistakes in {rows} rows, and the learner that is told all answers {told}.").format(
            bandit=format_count(bandit), rows=format_count(len(rounds.order)), told=format_count(told)
        ),
        _price(bandit - told),
    ]
    given_up = given_up_arms(rounds)
    if given_up:
        parts.append(_given_up_sentence([rounds.names[arm] for arm in given_up]))
    made = int(rounds.hindsight[-1])
    fixed = ngettext("The fixed rule fitted in hindsight makes {count} mistake.",
                     "The fixed rule fitted in hindsight makes {count} mistakes.", made)  # fmt: skip
    return " ".join([*parts, fixed.format(count=format_count(made))])


def _price(price: int) -> str:
    if price > 0:
        return ngettext(
            "The price of not being told is {count} reward.", "The price of not being told is {count} rewards.", price
        ).format(count=format_count(price))
    if price == 0:
        return _("Here, not being told cost nothing.")
    return _(
        "Here, not being told cost nothing: each arm of LinUCB is fitted only to rows for which it was chosen, "
        "and such a fit can make fewer mistakes than one to all rows."
    )


def given_up_arms(rounds: Rounds) -> list[int]:
    """Return the arms that LinUCB never chose in the second half of the rows, though they were right for some."""
    half = len(rounds.order) // 2
    wanted, chosen = set(rounds.y[rounds.order[half:]].tolist()), set(rounds.bandit.chosen[half:].tolist())
    return sorted(wanted - chosen)


def _given_up_sentence(names: list[str]) -> str:
    return ngettext(
        "In the second half it never chose {names}, which was right for some of the rows: that arm was given up.",
        "In the second half it never chose {names}, which were right for some of the rows: these arms were given up.",
        len(names),
    ).format(names=format_list(names, _("and")))
