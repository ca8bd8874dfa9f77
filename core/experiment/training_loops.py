"""The loop over epochs and minibatches that both ways of training share, as lines of a script."""

from core.experiment.experiment import Experiment

REPORTS = 20  # epochs that are printed, at most


def order(experiment: Experiment) -> str:
    """Return the function that gives the order of the rows; when one minibatch holds all of them it has no meaning."""
    return experiment.config.shuffle if experiment.minibatches else "never"


def write_loop(experiment: Experiment, begin: list[str], body: list[str], w: str, b: str, *, report: bool) -> list[str]:
    """Write a function that trains and returns the parameters; `begin` and `body` are its parts."""
    config = experiment.config
    name = "train" if report else "train_concisely"
    lines = [f"def {name}() -> tuple[torch.Tensor, torch.Tensor]:"]
    lines.append('    """Return the weights (d,) and the bias () after training."""')
    lines += [f"    {line}" for line in begin]
    if config.early_stopping:
        lines += [
            f"    best, waited = ({w}.detach().clone(), {b}.detach().clone()), 0",
            "    least = mean_loss(Z_test, y_test, *best).item()",
        ]
    if experiment.updates is not None:
        lines.append("    updates = 0")
    counted = f"for epoch, order in enumerate({order(experiment)}(n, epochs, seed), start=1):"
    lines.append(f"    {counted if report else f'for order in {order(experiment)}(n, epochs, seed):'}")
    lines.append("        for rows in order.split(batch_size):")
    if experiment.updates is not None:
        lines += [
            f"            if updates == {experiment.updates}:  # here the run was stopped",
            f"                return {w}.detach(), {b}.detach()",
            "            updates += 1",
        ]
    lines += [f"            {line}" for line in body]
    if report:
        lines += _write_report(config.epochs, w, b)
    lines += _write_watching(w, b) if config.early_stopping else []
    shows_best = config.early_stopping and not experiment.runs_away
    return [*lines, "    return best" if shows_best else f"    return {w}.detach(), {b}.detach()"]


def _write_watching(w: str, b: str) -> list[str]:
    """Write what early stopping does after every epoch."""
    return [
        f"        now = mean_loss(Z_test, y_test, {w}.detach(), {b}.detach()).item()",
        "        if now < least:",
        f"            least, best, waited = now, ({w}.detach().clone(), {b}.detach().clone()), 0",
        "        else:",
        "            waited += 1",
        "        if waited == patience:",
        "            break",
    ]


def _write_report(epochs: int, w: str, b: str) -> list[str]:
    every = -(-epochs // REPORTS)
    line = f'print(f"epoch {{epoch}}: loss {{figure(mean_loss(Z, y_train, {w}, {b}).item(), 4)}}")'
    if every == 1:
        return [f"        {line}"]
    return [f"        if epoch % {every} == 0 or epoch == epochs:", f"            {line}"]


def stop_if_away(experiment: Experiment, w: str = "w.detach()", b: str = "b.detach()") -> list[str]:
    """Write where a run that diverged ends: before the first update from a loss beyond the ceiling."""
    if not experiment.runs_away:
        return []
    return ["if not loss <= ceiling:  # it has run away", f"    return {w}, {b}"]
