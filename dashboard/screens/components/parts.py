"""Data, model, objective and optimiser of the visitor's own trained model: each a card with a switch, then the loop."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_general, format_latex, format_number, latex_name
from core.foundations.learning_loop import Turn, walk_loop
from core.foundations.part_switches import Errors
from core.language import _, ngettext
from dashboard.pipeline import training
from dashboard.pipeline.starts import suit_start
from dashboard.pipeline.training import Problem
from dashboard.scenes.components.loop import loop_scene
from dashboard.screens.components.loop_code import loop_code, loop_traps
from dashboard.screens.components.switched import PARTS, USUAL, Switched, chosen, switched
from dashboard.screens.components.words_apart import draw_words_apart
from dashboard.ui import controls, lesson, scenes
from dashboard.ui.escape import escape_markdown, show_error
from dashboard.ui.examples import examples
from dashboard.ui.page import link
from dashboard.ui.tables import show_table

MINIBATCH = 4  # rows of a turn of the loop: as many as can be read
TERMS = 3  # of the model's formula
DIGITS = 5  # of an error, in the table and in the sentences


def draw_parts() -> None:
    """Draw the cards, what the switches do, the loop, and the words told apart."""
    base = training.problem()
    suit_start(base)
    how = training.sgd_config(base)
    own = switched(base, how, USUAL)
    st.markdown(
        _("Every model that learns has the same four parts. These are the parts of **your** model, trained on "
          "**{label}** as on Train. Change one part at a time, and watch the test error.").format(
            label=escape_markdown(base.label))
    )  # fmt: skip
    switches = chosen()
    try:
        now = switched(base, how, switches)
    except InputError as problem:
        show_error(str(problem))
        st.caption(_("Showing the last valid result."))
        now, switches = own, USUAL
    _draw_cards(base, own, now, switches)
    examples("components_parts", {
        _("A setting that works"): _settings(rows="all", degree=2, objective="own", optimizer="exact"),
        _("A setting that fails, and why"): _settings(rows="tenth", degree=5, objective="own", optimizer="exact"),
        _("Your model as it was"): _settings(**USUAL),
    })  # fmt: skip
    _draw_results(base, own, now, switches)
    turns = _draw_loop(now)
    draw_words_apart(now.problem, now.config)
    if len(now.problem.feature_names) <= 60:
        lesson.code(loop_code(turns[0], now.config))
    lesson.traps(loop_traps)
    st.caption(
        _("Takes for granted: rows that are alike and drawn at random, and a test set that was never trained on.")
    )
    link("train", _("Turn all the knobs of this model on Train"))


def _settings(**values: object) -> dict[str, object]:
    return {f"components_parts_{name}": value for name, value in values.items()}


def _draw_cards(base: Problem, own: Switched, now: Switched, switches: dict[str, object]) -> None:
    drawn = {"rows": _draw_data, "degree": _draw_model, "objective": _draw_objective, "optimizer": _draw_optimiser}
    for columns in (st.columns(2), st.columns(2)):
        for place in columns:
            name = next(iter(drawn))
            with place.container(border=True, height="stretch"):
                drawn.pop(name)(now)
                _tell_alone(base, own, name, switches)


def _draw_data(now: Switched) -> None:
    problem = now.problem
    tested = 0 if problem.y_test is None else len(problem.y_test)
    st.markdown(f"**{_('Data')}**")
    st.markdown(
        _("{rows} training rows and {tested} test rows; {features} features each, and the label {label}.").format(
            rows=format_count(len(problem.y_train)),
            tested=format_count(tested),
            features=format_count(len(problem.feature_names)),
            label=escape_markdown(problem.label),
        )
    )
    controls.either("components_parts_rows", _("Train on"))


def _draw_model(now: Switched) -> None:
    st.markdown(f"**{_('Model')}**")
    st.latex(_formula(now))
    controls.slider("components_parts_degree", _("Highest power of each feature"))
    if now.problem.expansion is not None and training.problem().expansion is not None:
        st.caption(_("Your model has powers or products already, chosen on Train, so this switch adds none."))


def leading(now: Switched) -> list[int]:
    """Return the positions of the features, those first whose weight per standard deviation is largest."""
    sizes = np.abs(now.run.closed_form.weights.numpy()) * now.problem.X_train.numpy().std(axis=0)
    return [int(j) for j in np.argsort(-sizes, kind="stable")]


def _formula(now: Switched) -> str:
    """Return the model, one term a line, with the weights of what the optimiser gives."""
    model = (now.run.ridge or now.run.closed_form) if now.is_exact else now.run
    names, weights = now.problem.feature_names, model.weights.tolist()
    lines = [
        f"{'-' if weights[j] < 0 else '+'} {format_latex(abs(weights[j]))} \\cdot {latex_name(names[j])}"
        for j in leading(now)[:TERMS]
    ]
    if len(names) > TERMS:
        lines.append(r"+ \dots")
    lines.append(f"{'-' if model.bias < 0 else '+'} {format_latex(abs(float(model.bias)))}")
    return r"\begin{aligned} \hat y ={} & " + r" \\ & ".join(lines).removeprefix("+ ") + r" \end{aligned}"


def _draw_objective(now: Switched) -> None:
    run, penalty = now.run, now.config.penalty
    exact = run.ridge.loss if run.ridge else run.closed_form_loss
    loss = exact if now.is_exact else run.loss
    st.markdown(f"**{_('Objective')}**")
    squares = r"\frac{1}{n}\sum_{i=1}^{n} \tfrac12 (\hat y^{(i)} - y^{(i)})^2"
    if penalty:
        whole = (run.ridge.objective if run.ridge else exact) if now.is_exact else run.history["objective"].iloc[-1]
        st.latex(
            rf"\begin{{aligned}} J &= {squares} + \tfrac{{{format_latex(penalty)}}}{{2}} \lVert w \rVert^2 \\ "
            rf"&= {format_latex(loss)} + {format_latex(max(float(whole) - loss, 0.0))} = {format_latex(float(whole))} "
            r"\end{aligned}"
        )
    else:
        st.latex(f"L = {squares} = {format_latex(loss)}")
    controls.either("components_parts_objective", _("Penalty on the weights"))


def _draw_optimiser(now: Switched) -> None:
    config = now.config
    st.markdown(f"**{_('Optimiser')}**")
    if now.is_exact:
        st.markdown(_("The closed form: it solves for the weights where the gradient is 0, in one go, with no rate."))
        st.latex(_closed_form(now))
        st.caption(_about_closed_form(now))
    else:
        st.markdown(
            _("{name}: learning rate {rate}, minibatches of {batch} rows, {epochs} epochs, {steps} updates.").format(
                name=config.rule.label(),
                rate=format_general(config.learning_rate),
                batch=format_count(config.batch_size),
                epochs=format_count(config.epochs),
                steps=format_count(now.run.steps),
            )
        )
        st.latex(
            rf"w \leftarrow w - {format_latex(config.learning_rate)}\, "
            + (r"\frac{\hat m}{\sqrt{\hat s} + 10^{-8}}" if config.optimizer == "adam"
               else "v" if config.momentum else "g")
        )  # fmt: skip
    controls.either("components_parts_optimizer", _("Optimiser"), visible="collapsed")


def _closed_form(now: Switched) -> str:
    if now.config.penalty:
        return rf"w = (X^\top X + {format_latex(now.config.penalty)}\, n I)^{{-1}} X^\top y"
    return r"w = (X^\top X)^{-1} X^\top y" if _is_unique(now) else r"w = X^{+} y"


def _is_unique(now: Switched) -> bool:
    return now.run.closed_form.rank == now.run.closed_form.columns


def _about_closed_form(now: Switched) -> str:
    if now.config.penalty:
        return _("X has a column of ones for the bias; the penalty leaves it out.")
    if _is_unique(now):
        return _("X has a column of ones for the bias.")
    return _("X has a column of ones for the bias. Of its {columns} columns {rank} are linearly independent, so X'X "
             "has no inverse: many weights fit equally well, and the pseudoinverse takes the shortest.").format(
                 columns=format_count(now.run.closed_form.columns),
                 rank=format_count(now.run.closed_form.rank))  # fmt: skip


def _tell_alone(base: Problem, own: Switched, name: str, switches: dict[str, object]) -> None:
    """Say under a card what its switch alone does to the test error."""
    if switches[name] == USUAL[name]:
        return
    try:
        alone = switched(base, training.sgd_config(base), {**USUAL, name: switches[name]})
    except InputError:
        return
    before, after = (_judged(each.shown) for each in (own, alone))
    if math.isinf(after):
        st.caption(_("This switch alone: the run diverges."))
        return
    st.caption(
        _("This switch alone takes the {part} error from {before} to {after}.").format(
            part=_("training") if own.shown.test is None else _("test"),
            before=format_number(before, DIGITS),
            after=format_number(after, DIGITS),
        )
    )


def _judged(errors: Errors) -> float:
    return errors.train if errors.test is None else errors.test


def _draw_results(base: Problem, own: Switched, now: Switched, switches: dict[str, object]) -> None:
    is_changed = any(switches[name] != USUAL[name] for name in PARTS)
    rows = {_("your model"): own.errors, _("its exact answer"): own.exact}
    if is_changed:
        rows |= {_("with your changes"): now.shown, _("exact, with your changes"): now.exact}
    table = pd.DataFrame(
        [[name, errors.train, errors.test] for name, errors in rows.items()], columns=["model", "train", "test"]
    ).astype({"train": float, "test": float})
    show_table(
        table,
        hide_index=True,
        column_config={
            "model": st.column_config.TextColumn(_("Model")),
            "train": st.column_config.NumberColumn(_("Training error"), format=f"%.{DIGITS}g"),
            "test": st.column_config.NumberColumn(_("Test error"), format=f"%.{DIGITS}g"),
        },
        alt=_("The errors of your model, of the changed one, and of the exact answer of each."),
    )
    st.caption(
        escape_markdown(
            _("Root mean squared errors, in the unit of {label}: an error of 1 is off by about 1 unit.").format(
                label=base.label)
        )
    )  # fmt: skip
    st.markdown(_verdict(own, now, is_changed))
    if now.run.diverged and not now.is_exact:
        st.error(escape_markdown(now.run.note), icon=":material/trending_up:")


def _verdict(own: Switched, now: Switched, is_changed: bool) -> str:
    """Say what came of the switches, and why."""
    before, after = _judged(own.shown), _judged(now.shown)
    rows, features = len(now.problem.y_train), len(now.problem.feature_names)
    is_tested, exact = now.shown.test is not None, _judged((now if is_changed else own).exact)
    numbers = {
        "part": _("test") if is_tested else _("training"),
        "before": format_number(before, DIGITS), "after": format_number(after, DIGITS),
        "exact": format_number(exact, DIGITS), "train": format_number(now.shown.train, DIGITS),
        "first": format_number(own.shown.train, DIGITS),
        "rows": format_count(rows), "weights": format_count(features + 1),
    }  # fmt: skip
    if not is_changed:
        return _("The optimiser ends at a {part} error of {before}, and the exact answer of the same data, model and "
                 "objective is {exact}. The difference is the optimiser's.").format(
                     **numbers)  # fmt: skip
    if math.isinf(after):
        return _("**This fails:** the run diverges, so there is no model. The rate is too large for these features.")
    if after > 1.05 * before:
        if not now.is_exact and after > 1.05 * exact:
            return _("**This fails:** the {part} error rises from {before} to {after}. The optimiser has not arrived: "
                     "the exact answer of the same data, model and objective has {exact}.").format(
                         **numbers)  # fmt: skip
        if now.shown.train >= own.shown.train:
            return _("**This fails:** the {part} error rises from {before} to {after}. The model does not fit its own "
                     "rows as closely either: the training error goes from {first} to {train}.").format(
                         **numbers)  # fmt: skip
        if features + 1 > rows / 3:
            return _("**This fails:** {weights} parameters are fitted to {rows} rows, so the training error is down "
                     "to {train} while the test error rises from {before} to {after}. The model remembers its "
                     "rows.").format(**numbers)  # fmt: skip
        return _("**This fails:** the training error falls from {first} to {train}, and the test error rises from "
                 "{before} to {after}: what was learnt from these rows does not hold for others.").format(
                     **numbers)  # fmt: skip
    if after < 0.995 * before and not is_tested:
        return _("The training error falls from {before} to {after}. Without test rows nobody knows whether that is "
                 "better.").format(**numbers)  # fmt: skip
    if after < 0.995 * before:
        return _("**This works:** the test error falls from {before} to {after}.").format(**numbers)
    return _("**Hardly anything changes:** the {part} error is {after} instead of {before}.").format(**numbers)


def _draw_loop(now: Switched) -> list[Turn]:
    st.header(_("The loop, one minibatch after the other"), anchor=False)
    config = replace(now.config, batch_size=min(MINIBATCH, len(now.problem.y_train)))
    turns = walk_loop(now.problem.X_train, now.problem.y_train, config)
    if now.is_exact:
        st.caption(_("The exact optimiser has no loop. This is the loop that would replace it."))
    st.caption(
        ngettext(
            "A minibatch of {count} row, so that every number can be read. Features are scaled as on Train.",
            "A minibatch of {count} rows, so that every number can be read. Features are scaled as on Train.",
            config.batch_size,
        ).format(count=config.batch_size)
    )
    names, key = now.problem.feature_names, training.run_key(now.problem, config)
    scenes.components(loop_scene(turns, names, now.problem.label, config, key, leading(now)), "components_loop")
    return turns
