"""One update: the line of the weights beside that of the bias, as formulas and with one minibatch's numbers."""

import json
from string import Template

import numpy as np
import streamlit as st

from core.formatting import format_general, format_latex, latex_name
from core.language import _
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.first_batch import FirstBatch, find_first_batch
from dashboard.pipeline.training import Problem, Result
from dashboard.visit.cache import cache_resource

_ERROR = r"\left(\mathbf{w}^\top \mathbf{x}^{(i)} + b - y^{(i)}\right)"
_SUM = r"\sum_{i \in B}"


def draw_update(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the update of the weights and of the bias, then both with the numbers of the first minibatch."""
    st.markdown(_update_sentence(how, how.batch_size < len(problem.y_train)))
    st.latex(update_formula(how))
    batch = first_batch(problem, how, result)
    updates = result.run.updates
    before, gradient, after = updates.before[0], updates.gradient[0], updates.after[0]
    if not np.isfinite([*batch.sums, *gradient, *after]).all():
        return
    moved = int(np.abs(after - before)[:-1].argmax())
    st.markdown(_("The first minibatch in numbers, for the weight that it moves most and for the bias:"))
    name = latex_name(problem.feature_names[moved])
    lines = [
        *_worked(moved, f"x_{{{name}}}", f"w_{{{name}}}", batch, how, result),
        *_worked(-1, "", "b", batch, how, result),
    ]
    st.latex(r"\begin{aligned} " + r" \\[4pt] ".join(lines) + r" \end{aligned}")


def first_batch(problem: Problem, how: SgdConfig, result: Result) -> FirstBatch:
    """Return the minibatch of the first update, which no learning rate changes."""
    key = [problem.key, how.standardise, how.batch_size, how.seed, how.shuffle, how.start_spread]
    return _first_batch(json.dumps(key), problem, result)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _first_batch(key: str, _problem: Problem, _result: Result) -> FirstBatch:
    return find_first_batch(_problem.X_train, _problem.y_train, _result.run)


def _update_sentence(how: SgdConfig, order_matters: bool) -> str:
    """Return the text above the update: its numbers, the meaning of x, and the order of the rows."""
    text = _("One update, with the rows B of a minibatch, η = {rate} and |B| = {batch}.").format(
        rate=format_general(how.learning_rate), batch=how.batch_size
    )
    both = (
        ""
        if _is_of_the_book(how)
        else _("The lines below $g_b$ hold for the weights, and for the bias with $g_b$ in place of $g$.")
    )
    order = (
        {
            "every_epoch": _("The rows are shuffled again in every epoch."),
            "once": _("The rows are shuffled once, and every epoch has the same minibatches."),
            "never": _("The rows stay in the order of the table."),
        }[how.shuffle]
        if order_matters
        else _("Every minibatch has all rows.")
    )
    seen = _("Here x is standardised, and w is per standard deviation.") if how.standardise else ""
    return " ".join(sentence for sentence in (text, both, order, seen) if sentence)


def update_formula(how: SgdConfig) -> str:
    """Return one update of the weights and the bias by the chosen optimizer; plain SGD as the two lines of the book."""
    if _is_of_the_book(how):
        rate = rf"\frac{{\eta}}{{|B|}} {_SUM}"
        lines = [
            rf"\mathbf{{w}} &\leftarrow \mathbf{{w}} - {rate} \mathbf{{x}}^{{(i)}} {_ERROR}",
            rf"b &\leftarrow b - {rate} {_ERROR}",
        ]
    else:
        penalty = rf" + {format_latex(how.penalty)}\, \mathbf{{w}}" if how.penalty else ""
        lines = [
            rf"g &= \frac{{1}}{{|B|}} {_SUM} \mathbf{{x}}^{{(i)}} {_ERROR}{penalty}",
            rf"g_b &= \frac{{1}}{{|B|}} {_SUM} {_ERROR}",
            *(_filled(line, how) for line in how.rule.formula),
        ]
    return r"\begin{aligned} " + r" \\[4pt] ".join(lines) + r" \end{aligned}"


def _is_of_the_book(how: SgdConfig) -> bool:
    return how.rule.is_plain and not how.penalty


def _filled(template: str, how: SgdConfig, **more: str) -> str:
    """Insert the rate and the optimizer's parameters into a formula of its row."""
    own = {name: format_latex(value) for name, value in how.own.items()}
    return Template(template).substitute(rate=format_latex(how.learning_rate), **own, **more)


def _worked(place: int, factor: str, name: str, batch: FirstBatch, how: SgdConfig, result: Result) -> list[str]:
    """Return the lines of one parameter: the sum over the minibatch, and the update with it; -1 is the bias."""
    updates, size = result.run.updates, len(batch.rows)
    before, slope, after = (values[0, place] for values in (updates.before, updates.gradient, updates.after))
    features = batch.first[:, place] if factor else None
    terms = [
        _enclosed(error) if features is None else rf"{_enclosed(features[row])} \cdot {_enclosed(error)}"
        for row, error in enumerate(batch.errors[: len(batch.first)].tolist())
    ]
    dots = r" + \dots" if size > len(terms) else ""
    summed = rf"{_SUM} {factor} (\hat y - y) &= {' + '.join(terms)}{dots}"
    total = f"&= {format_latex(batch.sums[place])}"
    lines = [summed, total]
    if _is_of_the_book(how):
        step = rf"\frac{{{format_latex(how.learning_rate)}}}{{{size}}} \cdot {_enclosed(batch.sums[place])}"
    else:
        share = rf" + {format_latex(how.penalty)} \cdot {_enclosed(before)}" if how.penalty and factor else ""
        lines.append(
            rf"g_{{{name}}} &= \frac{{{format_latex(batch.sums[place])}}}{{{size}}}{share} = {format_latex(slope)}"
        )
        step = _filled(
            how.rule.first_step,
            how,
            slope=format_latex(slope),
            enclosed=_enclosed(slope),
            size=format_latex(abs(slope) or 1.0),
        )
    return [*lines, rf"{name} &\leftarrow {format_latex(before)} - {step} = {format_latex(after)}"]


def _enclosed(value: float) -> str:
    return f"({format_latex(value)})" if value < 0 else format_latex(value)
