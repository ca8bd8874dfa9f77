"""Below the slider of the learning rate: its limits, the forecast, and the result."""

import math

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.regression.convergence.learning_rates import first_within, plateau
from core.regression.sgd.config import SgdConfig
from dashboard.charts.train.learning_rate import rate_scale
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.train import remedies
from dashboard.screens.train.forecast import SHARE, Outlook, careful_rate, is_bounded, look_ahead, names_of
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown


def draw_rate_facts(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the scale, a warning with its two buttons where needed, and the forecast compared with the run."""
    ahead = look_ahead(problem, how, result)
    if is_bounded(how):
        st.caption(how.rule.rate_note() if how.rule.rate_note else "")
    else:
        draw_kept(rate_scale, scale_tables(how.learning_rate, ahead), _where_it_stands(ahead, how))
    warning = _warning(problem, how, result, ahead)
    if warning:
        st.warning(escape_markdown(warning), icon=":material/speed:")
    if warning or result.run.diverged:
        _offer_remedies(how, result, ahead)
    st.markdown(_facts(how, result, ahead))


def scale_tables(rate: float, ahead: Outlook) -> dict[str, pd.DataFrame]:
    """Return the current rate and its limits, and the zones between them."""
    limit, working = ahead.limit, ahead.working
    marks = [(rate, _("η now")), (limit, _("limit"))]
    low, high = min(rate / 3.0, working / 200.0), max(rate * 3.0, limit * 10.0)
    zones = [(low, working, _("converges")), (limit, high, _("diverges"))]
    if _differ(ahead):
        marks.append((working, _("limit of minibatches")))
        zones.insert(1, (working, limit, _("may diverge: minibatch noise")))
    return {
        "marks": pd.DataFrame(marks, columns=["rate", "mark"]),
        "zones": pd.DataFrame(zones, columns=["low", "high", "zone"]),
    }


def _where_it_stands(ahead: Outlook, how: SgdConfig) -> str:
    text = _("The learning rate {rate} is {share} of the limit {limit} for all rows in one batch.").format(
        rate=format_number(how.learning_rate, 3),
        share=f"{format_number(100 * how.learning_rate / ahead.limit, 2)}%",
        limit=format_number(ahead.limit, 3),
    )
    if ahead.batch is None:
        return text
    return f"{text} " + _("The limit for these minibatches is {limit}.").format(limit=format_number(ahead.working, 3))


def _warning(problem: Problem, how: SgdConfig, result: Result, ahead: Outlook) -> str:
    """Return what is wrong with this rate, or nothing."""
    if is_bounded(how) or how.learning_rate < ahead.working:
        return ""
    steep = names_of(problem, ahead.told.directions[:, 0])
    known = {
        "rate": format_number(how.learning_rate, 3),
        "limit": format_number(ahead.limit, 3),
        "working": format_number(ahead.working, 3),
        "eigenvalue": format_number(ahead.steepest, 4),
        "leading": steep,
        "factor": format_number(ahead.factor(how.learning_rate), 3),
        "steps": format_count(result.run.steps),
        "rows": how.batch_size,
    }
    if how.learning_rate >= ahead.limit:
        return _above(result, ahead).format(**known)
    return f"{_between(how, ahead)} {_noise_so_far(result, ahead)}".format(**known)


def _above(result: Result, ahead: Outlook) -> str:
    cause = _(
        "{rate} is above the limit {limit}. Along {leading}, with the eigenvalue {eigenvalue}, every update multiplies"
        " the error by {factor}."
    )
    if result.run.diverged:
        return f"{cause} " + _diverged_after(result.run.steps)
    return f"{cause} " + ngettext(
        "This run has not diverged in its {steps} update, but with more of them it will.",
        "This run has not diverged in its {steps} updates, but with more of them it will.",
        result.run.steps,
    )


def _diverged_after(steps: int) -> str:
    return ngettext("This run diverged after {steps} update.", "This run diverged after {steps} updates.", steps)


def _between(how: SgdConfig, ahead: Outlook) -> str:
    """Return the sentence that the rate is stable for all rows, and not for these minibatches."""
    if not _is_exact(ahead):
        return ngettext(
            "With all rows in one batch the limit is {limit}, but minibatches of {rows} row are only known to "
            "converge below {working}.",
            "With all rows in one batch the limit is {limit}, but minibatches of {rows} rows are only known to "
            "converge below {working}.",
            how.batch_size,
        )
    return ngettext(
        "With all rows in one batch the limit is {limit}, but with minibatches of {rows} row only {working}: above "
        "it the noise of their gradients amplifies itself.",
        "With all rows in one batch the limit is {limit}, but with minibatches of {rows} rows only {working}: above "
        "it the noise of their gradients amplifies itself.",
        how.batch_size,
    )


def _is_exact(ahead: Outlook) -> bool:
    """Whether `working` is the limit of minibatches; with momentum it is a cautious estimate."""
    return not ahead.momentum and (ahead.batch is None or ahead.batch.exact)


def _noise_so_far(result: Result, ahead: Outlook) -> str:
    if result.run.diverged:
        return _diverged_after(result.run.steps)
    if not _is_exact(ahead):
        return _("This run has not diverged.")
    return ngettext(
        "This run has not diverged in its {steps} update; with another seed or more epochs it may.",
        "This run has not diverged in its {steps} updates; with another seed or more epochs it may.",
        result.run.steps,
    )


def _offer_remedies(how: SgdConfig, result: Result, ahead: Outlook) -> None:
    """Offer what would work, one click each."""
    if is_bounded(how) or how.learning_rate < ahead.working:
        remedies.offer(how, result.run)
        return
    careful = careful_rate(ahead)
    if careful is None:
        st.caption(_("No rate on this slider is low enough for these features; standardise them."))
    buttons = st.container(horizontal=True)
    if careful is not None:
        remedies.rate_button(buttons, _("Use 0.9 of the limit"), careful)
    remedies.standardise_button(buttons, how)


def _facts(how: SgdConfig, result: Result, ahead: Outlook) -> str:
    """Return, as Markdown, a line for each number: the limit, the condition, the forecast and the result."""
    lines = [] if is_bounded(how) else [(_limit_name(ahead), _limit(how, ahead))]
    lines.append((_("Condition number λ_max/λ_min"), _condition(ahead)))
    lines.append((_("99% of the gap closed"), f"{_foretold(how, ahead)} {_reached(result)}"))
    if ahead.floor and not result.run.diverged:
        lines.append((_("Gap towards the end"), _hovering(result, ahead)))
    return "\n\n".join(f"**{escape_markdown(name)}**: {escape_markdown(text)}" for name, text in lines)


def _limit_name(ahead: Outlook) -> str:
    return _("Limit 2(1 + β)/λ_max") if ahead.momentum else _("Limit 2/λ_max")


def _limit(how: SgdConfig, ahead: Outlook) -> str:
    if not _differ(ahead):
        return format_number(ahead.limit, 3)
    if _is_exact(ahead):
        template = ngettext(
            "{limit}; {working} for minibatches of {rows} row",
            "{limit}; {working} for minibatches of {rows} rows",
            how.batch_size,
        )
    else:
        template = ngettext(
            "{limit}; at least {working} for minibatches of {rows} row",
            "{limit}; at least {working} for minibatches of {rows} rows",
            how.batch_size,
        )
    return template.format(
        limit=format_number(ahead.limit, 3), rows=how.batch_size, working=format_number(ahead.working, 3)
    )


def _differ(ahead: Outlook) -> bool:
    """Whether the limit of minibatches is below that of all rows, in the digits shown."""
    return format_number(ahead.working, 3) != format_number(ahead.limit, 3)


def _condition(ahead: Outlook) -> str:
    if not ahead.flat:
        return format_number(ahead.condition, 3)
    return ngettext(
        "{condition}; {count} flat direction left out.", "{condition}; {count} flat directions left out.", ahead.flat
    ).format(condition=format_number(ahead.condition, 3), count=ahead.flat)


def _foretold(how: SgdConfig, ahead: Outlook) -> str:
    if is_bounded(how):
        return _("A forecast exists only for SGD and momentum.")
    if math.isnan(ahead.updates):
        return _("Forecast: never.")
    if ahead.floor and ahead.floor > SHARE * ahead.told.gaps.sum():
        return _("Forecast: never, since the noise of minibatches is larger.")
    updates = format_count(ahead.updates) if ahead.updates < 1e9 else format_number(ahead.updates, 2)
    whole = 2 if ahead.updates > 2**31 else max(int(ahead.updates), 0)  # large ones have the plural of many
    return ngettext("Forecast: after {updates} update.", "Forecast: after {updates} updates.", whole).format(
        updates=updates
    )


def _reached(result: Result) -> str:
    run = result.run
    step = first_within(run.history, SHARE)
    if step is not None:
        return _("Reached after {updates}.").format(updates=format_count(step))
    if run.diverged:
        return _("The run diverged.")
    left = run.gap / float(run.history["gap"].iloc[0])
    return ngettext(
        "Not reached: after {updates} update {left} is left.",
        "Not reached: after {updates} updates {left} is left.",
        run.steps,
    ).format(updates=format_count(run.steps), left=f"{format_number(100 * left, 3)}%")


def _hovering(result: Result, ahead: Outlook) -> str:
    """Compare the mean gap over the end of the run with the forecast: the noise floor and what is left of the start."""
    steps, gap = plateau(result.run.history)
    return _("{reached}; forecast {gap}, of which {floor} is the noise floor.").format(
        reached=format_number(gap, 3),
        gap=format_number(ahead.floor_and_rest(steps), 3),
        floor=format_number(ahead.floor, 3),
    )
