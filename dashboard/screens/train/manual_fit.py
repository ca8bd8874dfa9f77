"""Fit by hand: move a line through the rows of one feature, then continue with SGD from there, and score both."""

import pandas as pd
import streamlit as st

from core.formatting import as_factor, format_count, format_number
from core.language import _, ngettext
from core.regression import SgdRun
from core.regression.experiments.manual_fit import ManualFit, score_lines
from core.regression.sgd.config import SgdConfig
from dashboard.charts.train.loss import loss_curve
from dashboard.pipeline import manual_fit, training
from dashboard.pipeline.jobs import forget, stopped
from dashboard.pipeline.training import Problem
from dashboard.scenes.manual_fit.scene import hand_scene
from dashboard.screens.train import remedies
from dashboard.ui import scenes
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import settings, state


def draw_hand_race(problem: Problem, posed: ManualFit, hand: tuple[float, float], how: SgdConfig, run: SgdRun) -> None:
    """Draw who is closer to the closed form, the scores of all three, and SGD's loss.

    `problem` has the one feature that the hand (w, b) fitted, and `how` starts where the hand was.
    """
    lines = {
        _("your hand"): hand,
        _("SGD"): (float(run.weights[0]), run.bias),
        _("closed form"): (posed.weight, posed.bias),
    }
    scores = score_lines(posed, lines, problem.X_train, problem.y_train, problem.X_test, problem.y_test)
    st.header(_("Hand, SGD and closed form"), anchor=False)
    if run.diverged:
        st.error(escape_markdown(run.note), icon=":material/trending_up:")
        remedies.offer(how, run)
    else:
        st.markdown(escape_markdown(verdict(scores, posed.fit.loss, run.steps)))
        if run.note:
            st.info(escape_markdown(run.note))
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
            first=format_number(first), last=format_number(run.loss), floor=format_number(floor)
        ),
    )


def verdict(scores: pd.DataFrame, floor: float, steps: int) -> str:
    """Return how far hand and SGD, the first two rows of the scores, are above the closed form, and which is closer."""
    hand, sgd = scores["gap"].iloc[0], scores["gap"].iloc[1]
    text = ngettext(
        "Your line's loss is {hand} above the closed form's; {steps} update later SGD's is {sgd} above it.",
        "Your line's loss is {hand} above the closed form's; {steps} updates later SGD's is {sgd} above it.",
        steps,
    ).format(hand=_above(hand, floor), sgd=_above(sgd, floor), steps=format_count(steps))
    if sgd < hand:
        return f"{text} " + _("SGD is closer.")
    return f"{text} " + (_("Your hand is closer.") if hand < sgd else _("They are equally close."))


def _above(gap: float, floor: float) -> str:
    share = gap / floor if floor > 0 else float("inf")
    return f"{format_number(gap, 4)} ({format_number(100 * share, 3)}%)" if share < 100 else format_number(gap, 4)


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
            _("too large to show") if value == float("inf") else format_number(value) for value in shown[column]
        ]
    show_table(shown.rename(columns=names), hide_index=True)
    st.caption(
        escape_markdown(
            _("w is in {label} per {feature}, b and RMSE are in {label}, loss and gap in {factor}². The gap is the "
              "loss above the closed form's.").format(label=label, factor=as_factor(label), feature=feature)
        )
    )  # fmt: skip


SCENE = "train_hand_scene"


def draw_hand(problem: Problem, how: SgdConfig) -> None:
    """Draw the choice of the feature, the line to move, and once it has been handed over, the race."""
    alone = training.alone(problem, _choose_feature(problem))
    _begin_anew(alone)
    posed = manual_fit.pose(alone.key, alone)
    hand = manual_fit.hand_of(posed)
    how = manual_fit.start_from(how, hand)
    run = training.result(alone, how).run if settings.value("train_hand_over") else None
    scene = hand_scene(
        posed,
        pd.DataFrame({"x": alone.X_train[:, 0].numpy(), "y": alone.y_train.numpy()}),
        key=manual_fit.place_of(alone),
        feature=alone.feature_names[0],
        label=alone.label,
        hand=hand,
        standardised=how.standardise,
        sgd=None if run is None else run.history[["w1", "b"]].set_axis(["weight", "bias"], axis="columns"),
    )
    scenes.hand(scene, key=SCENE, on_hand_over=_take_over)
    if run is not None:
        draw_hand_race(alone, posed, hand, how, run)


def _choose_feature(problem: Problem) -> int:
    """Draw the list of features, starting with the one most correlated with the label; return the column chosen."""
    names = problem.feature_names
    if state.get("train_feature") not in names:
        state.forget("train_feature")
    chosen = st.selectbox(
        _("Feature"),
        names,
        index=manual_fit.most_correlated_column(problem.key, problem),
        key="train_feature",
        help=_("The list begins with the feature whose correlation with the label is largest in the training rows."),
        bind=state.bound("train_feature"),
    )
    return names.index(chosen)


def _begin_anew(alone: Problem) -> None:
    """Forget where the hand was once the problem or the feature changes; keep what a link sets on arrival."""
    if state.get(manual_fit.HAND_OF, manual_fit.place_of(alone)) != manual_fit.place_of(alone):
        for key in (*manual_fit.HAND, "train_hand_over"):
            state.forget(key)
    state.put(manual_fit.HAND_OF, manual_fit.place_of(alone))


def _take_over() -> None:
    """Take the position of the hand from the browser: SGD starts there in the run that follows."""
    handed = getattr(state.get(SCENE), "hand_over", None) or {}
    for key, name in zip(manual_fit.HAND, ("w", "b"), strict=True):
        settings.set(key, handed.get(name))
    settings.set("train_hand_over", True)
