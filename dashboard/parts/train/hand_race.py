"""The race that follows a fit by hand: SGD from where the hand was, and both beside the closed form."""

import pandas as pd
import streamlit as st

from core.formatting import format_count
from core.language import _, ngettext
from core.regression import SgdRun
from core.regression.by_hand import HandProblem, score_lines
from core.regression.config import SgdConfig
from dashboard.charts.loss import loss_curve
from dashboard.parts import training
from dashboard.parts.figures import figure
from dashboard.parts.long_work import forget, stopped
from dashboard.parts.plain import plain
from dashboard.parts.train import remedies
from dashboard.parts.training import Problem


def draw_hand_race(
    problem: Problem, posed: HandProblem, hand: tuple[float, float], how: SgdConfig, run: SgdRun
) -> None:
    """Say who has come closer to the closed form, score all three, and draw SGD's loss.

    `problem` has the one feature that the hand (w, b) fitted, and `how` begins where the hand was.
    """
    lines = {
        _("your hand"): hand,
        _("SGD"): (float(run.weights[0]), run.bias),
        _("closed form"): (posed.weight, posed.bias),
    }
    scores = score_lines(posed, lines, problem.X_train, problem.y_train, problem.X_test, problem.y_test)
    st.header(_("Hand, SGD and closed form"), anchor=False)
    if run.diverged:
        st.error(plain(run.note), icon=":material/trending_up:")
        remedies.offer(how, run)
    else:
        st.markdown(plain(verdict(scores, posed.fit.loss, run.steps)))
        if run.note:
            st.info(plain(run.note))
    key = training.run_key(problem, how)
    if stopped(key):
        st.button(_("Train to the end"), on_click=forget, args=[key], icon=":material/play_arrow:")
    if how.penalty > 0:
        st.caption(_("The penalty draws SGD away from the closed form, which has none."))
    _show_scores(scores, problem.label, problem.feature_names[0])
    _show_loss(run, posed.fit.loss, problem.label)


def _show_loss(run: SgdRun, floor: float, label: str) -> None:
    first = run.history["loss"].iloc[0]
    if not run.history["loss"].max() > 0:
        st.caption(_("The loss of SGD is 0 from the first step to the last, so there is no curve to draw."))
        return
    st.altair_chart(
        loss_curve(run.history, floor, label),
        alt=_("The loss of SGD from where the hand was, {first}, to {last}; the closed form's is {floor}.").format(
            first=figure(first), last=figure(run.loss), floor=figure(floor)
        ),
    )


def verdict(scores: pd.DataFrame, floor: float, steps: int) -> str:
    """Say how far hand and SGD, the first two rows of the scores, are above the closed form, and which is closer."""
    hand, sgd = scores["gap"].iloc[0], scores["gap"].iloc[1]
    told = ngettext(
        "Your line's loss is {hand} above the closed form's; {steps} update later SGD's is {sgd} above it.",
        "Your line's loss is {hand} above the closed form's; {steps} updates later SGD's is {sgd} above it.",
        steps,
    ).format(hand=_above(hand, floor), sgd=_above(sgd, floor), steps=format_count(steps))
    if sgd < hand:
        return f"{told} " + _("SGD has come closer.")
    return f"{told} " + (_("Your hand is closer.") if hand < sgd else _("They are equally close."))


def _above(gap: float, floor: float) -> str:
    share = gap / floor if floor > 0 else float("inf")
    return f"{figure(gap, 4)} ({figure(100 * share, 3)}%)" if share < 100 else figure(gap, 4)


def _show_scores(scores: pd.DataFrame, label: str, feature: str) -> None:
    names = {
        "line": _("line"),
        "weight": _("w"),
        "bias": _("b"),
        "loss": _("loss"),
        "gap": _("gap"),
        "rmse": _("RMSE, training rows"),
        "rmse_test": _("RMSE, test rows"),
    }
    shown = scores.copy()
    for column in shown.columns.drop("line"):
        shown[column] = [
            _("too large to be written") if value == float("inf") else figure(value) for value in shown[column]
        ]
    st.dataframe(shown.rename(columns=names), hide_index=True)
    st.caption(
        plain(
            _("w is in {label} per {feature}, b and RMSE are in {label}, loss and gap in {label}². The gap is what the "
              "loss is above the closed form's.").format(label=label, feature=feature)
        )
    )  # fmt: skip
