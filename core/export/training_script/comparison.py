"""The last chapters: the closed form, and the comparison of all models."""

from collections.abc import Callable, Iterator

from core.export.preprocessing_script.literals import write_list
from core.export.preprocessing_script.target import target_functions, write_to_units
from core.export.training_script.chapter import Chapter, bind, join, source
from core.export.training_script.experiment import Experiment
from core.language import _


def closing_chapters(experiment: Experiment) -> Iterator[Chapter]:
    """Yield the chapters that solve in closed form and print the comparison."""
    from core.export.training_script import script_functions

    penalised = experiment.config.penalty > 0
    functions: list[Callable[..., object]] = [
        script_functions.without,
        script_functions.least_squares,
        *([script_functions.ridge] if penalised else []),
    ]
    lines = ["exact_w, exact_b, directions = least_squares(X_train, y_train)"]
    lines += ["ridge_w, ridge_b = ridge(Z, y_train, penalty)  # for Z, as training sees it"] if penalised else []
    yield Chapter(
        _("The closed form"),
        _("The same model, solved in one step. If columns are linearly dependent, many sets of parameters predict "
          "equally well; the solution of minimum norm is used."),
        bind(source(*functions), join(lines)),
    )  # fmt: skip
    if experiment.target is not None:
        yield Chapter(
            _("Side by side"),
            _("The target is transformed, so parameters, losses and gap are on its scale; the errors that come last "
              "are in the units of the table, after the predictions were inverted."),
            _write_comparison(experiment),
        )  # fmt: skip
        return
    yield Chapter(
        _("Side by side"),
        _("In the units of the table. The gap is how far the training loss is above its minimum. It is computed as "
          "a quadratic form of the difference between the parameters, since subtracting two nearly equal losses "
          "would leave only rounding error."),
        _write_comparison(experiment),
    )  # fmt: skip


def _write_comparison(experiment: Experiment) -> str:
    from core.export.training_script import script_functions

    lines = [
        _write_gap(experiment), _write_losses(), _write_coefficients(experiment), _write_scores(experiment),
    ]  # fmt: skip
    target = experiment.target
    return bind(
        source(script_functions.to_table, script_functions.scores, script_functions.print_table),
        *target_functions(target, forward=False, inverse=True),
        *([join(write_to_units(target))] if target else []),
        join(*lines),
    )


def _write_gap(experiment: Experiment) -> list[str]:
    if experiment.config.penalty > 0:
        best, more = "ridge_w, ridge_b", " + penalty * (away_w**2).sum()"
    else:
        best, more = "exact_w * spread, exact_b + exact_w @ centre", ""
    return [
        f"best_w, best_b = {best}",
        "away_w, away_b = w - best_w, b - best_b",
        f"gap = (((Z @ away_w + away_b) ** 2).mean(){more}) / 2",
    ]


def _write_losses() -> list[str]:
    return [
        "print()",
        'print("Loss of SGD:", figure(mean_loss(Z, y_train, w, b).item(), 4))',
        'print("Loss of the closed form:", figure(mean_loss(Z, y_train, best_w, best_b).item(), 4))',
        'print("Gap:", figure(gap.item(), 3))',
        "apart = max((net_w - w).abs().max().item(), abs((net_b - b).item()))",
        'print("From scratch and concisely the parameters differ by at most", figure(apart, 2))',
    ]


def _write_coefficients(experiment: Experiment) -> list[str]:
    """Write the table of coefficients: with a penalty as they are, else those of minimum norm that predict alike."""
    lines = [
        "landed = torch.cat([part.reshape(-1) for part in to_table(w, b, centre, spread)])",
        "least = torch.cat([exact_w, exact_b.reshape(1)])",
    ]
    if experiment.config.penalty > 0:
        lines += [
            "closed = torch.cat([part.reshape(-1) for part in to_table(ridge_w, ridge_b, centre, spread)])",
            'columns = {"SGD": landed, "closed form": closed, "difference": landed - closed, "least squares": least}',
        ]
    else:
        lines += [
            "shown = without(landed, directions)  # the smallest parameters that predict like those of SGD",
            'columns = {"SGD": shown, "closed form": least, "difference": shown - least}',
            "if directions.shape[1]:",
            '    columns["SGD, as it landed"] = landed',
        ]
    if experiment.truth is not None:
        truth = f"torch.tensor({write_list(experiment.truth)}, dtype=torch.float64)"
        lines.append(f'columns = {{"true": {truth}, **columns}}')
    return [
        *lines,
        "rows = [",
        "    [name, *(figure(values[place].item()) for values in columns.values())]",
        '    for place, name in enumerate([*feature_names, "bias"])',
        "]",
        "print()",
        'print_table(["coefficient", *columns], rows)',
    ]


def _write_scores(experiment: Experiment) -> list[str]:
    if experiment.config.penalty > 0:
        models = '{"SGD": landed, "closed form": closed, "least squares": least}'
    else:
        models = '{"SGD": landed, "closed form": least}'
    return [
        f"models = {models}",
        'parts = {"training rows": (X_train, y_train), "test rows": (X_test, y_test)}',
        "rows = [",
        "    [name, part, *scores(X_part, y_part, parameters[:-1], parameters[-1])]",
        "    for part, (X_part, y_part) in parts.items()",
        "    if len(y_part)",
        "    for name, parameters in models.items()",
        "]",
        "print()",
        'print_table(["model", "judged on", "rows", "loss", "RMSE", "R²"], rows)',
        *_write_errors_in_units(experiment),
    ]


def _write_errors_in_units(experiment: Experiment) -> list[str]:
    """Write the errors of the predictions in the units of the table, if the target was transformed."""
    if experiment.target is None:
        return []
    return [
        "is_learnt = is_train.numpy()",
        'truths = {"training rows": labels[is_learnt], "test rows": labels[~is_learnt]}',
        "rows = []",
        "for part, truth in truths.items():",
        "    for name, parameters in models.items() if len(truth) else ():",
        "        predicted = to_units(linreg(parts[part][0], parameters[:-1], parameters[-1]).numpy())",
        "        rows.append([name, part, figure(float(np.sqrt(np.mean((predicted - truth) ** 2))), 8)])",
        "print()",
        'print_table(["model", "judged on", "RMSE in the units of the table"], rows)',
    ]
