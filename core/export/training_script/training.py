"""The chapters that train: the settings, from scratch as the book does, and concisely with torch.nn."""

from collections.abc import Callable, Iterator

from core.export.preprocessing_script.literals import write_list
from core.export.training_script.chapter import Chapter, bind, join, source
from core.export.training_script.experiment import Experiment
from core.language import _
from core.regression.sgd.config import SgdConfig

REPORTS = 20  # epochs that are printed, at most


def order(experiment: Experiment) -> str:
    """Return the function that gives the order of the rows; it has no meaning if one minibatch holds all rows."""
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
    """Write the check of early stopping after every epoch."""
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
    """Write where a run that diverged ends: before the first update from a loss above the ceiling."""
    if not experiment.runs_away:
        return []
    return ["if not loss <= ceiling:  # it has run away", f"    return {w}, {b}"]


GROWTH_FOLLOWED = 1e100  # how far the lab follows a loss that grows


def training_chapters(experiment: Experiment) -> Iterator[Chapter]:
    """Yield the chapters that set w, b, and net: the same parameters twice, in the coordinates trained in."""
    yield Chapter(
        _("The settings, and where training begins"),
        _("Training sees Z: the features, standardised if that was chosen. Two streams of random numbers from one "
          "seed decide the first weights and the order of the rows."),
        _write_beginning(experiment),
    )  # fmt: skip
    yield Chapter(
        _("From scratch"),
        _("The model, its loss and its updates written out, with gradients by autograd. The loss is half the mean "
          "squared error over a minibatch."),
        _write_scratch(experiment),
    )  # fmt: skip
    yield Chapter(
        _("Concisely"),
        _("The same with what torch has ready: a linear layer, a loss and an optimizer. Same start, same order, so "
          "the same parameters but for rounding."),
        _write_concise(experiment),
    )  # fmt: skip


def _write_beginning(experiment: Experiment) -> str:
    from core.export.training_script import script_functions

    config = experiment.config
    orders = getattr(script_functions, order(experiment))
    functions = [script_functions.figure, script_functions.stream, orders, script_functions.standardise]
    settings = [
        f"learning_rate = {config.learning_rate!r}",
        f"batch_size = {config.batch_size}",
        f"epochs = {config.epochs}",
        f"seed = {config.seed}",
    ]
    settings += [f"{name} = {value!r}" for name, value in config.own.items()]
    settings += [f"penalty = {config.penalty!r}  # on the squares of the weights"] if config.penalty else []
    if config.early_stopping:
        settings.append(f"patience = {config.early_stopping}  # epochs without a smaller loss on the test rows")
    return bind(join(settings), source(*functions), join(_write_scaling(config), _write_start(config)))


def _write_scaling(config: SgdConfig) -> list[str]:
    if config.standardise:
        lines = ["centre, spread = standardise(X_train)"]
    else:
        lines = ["centre, spread = torch.zeros_like(X_train[0]), torch.ones_like(X_train[0])  # nothing is scaled"]
    return [*lines, "Z, Z_test = (X_train - centre) / spread, (X_test - centre) / spread", "n, d = Z.shape"]


def _write_start(config: SgdConfig) -> list[str]:
    if config.initial is not None:
        weights, bias = config.initial
        return [
            f"first_w, first_b = torch.tensor({write_list(weights)}, dtype=torch.float64), {bias!r}  # table's units",
            "start_w, start_b = first_w * spread, first_b + first_w @ centre",
        ]
    drawn = f"{config.start_spread!r} * torch.from_numpy(stream(seed, 0).standard_normal(d))"
    weights_line = f"start_w = {drawn}" if config.start_spread else "start_w = torch.zeros(d, dtype=torch.float64)"
    return [weights_line, "start_b = torch.tensor(0.0, dtype=torch.float64)"]


def _write_scratch(experiment: Experiment) -> str:
    from core.export.training_script import script_functions

    config = experiment.config
    functions: list[Callable[..., object]] = [
        script_functions.linreg,
        script_functions.squared_loss,
        script_functions.mean_loss,
    ]
    functions += [script_functions.l2_penalty] if config.penalty else []
    functions.append(config.rule.scratch)
    body = ["loss = squared_loss(linreg(Z[rows], w, b), y_train[rows]).mean()"]
    body += stop_if_away(experiment)
    body += ["loss = loss + penalty * l2_penalty(w)"] if config.penalty else []
    begin = ["w, b = start_w.clone().requires_grad_(), start_b.clone().requires_grad_()", *config.rule.state]
    loop = write_loop(experiment, begin, [*body, "loss.backward()", *config.rule.update], "w", "b", report=True)
    return bind(source(*functions), join(_write_ceiling(experiment)), join(loop), "w, b = train()")


def _write_concise(experiment: Experiment) -> str:
    config = experiment.config
    penalised = '[{"params": [net.weight], "weight_decay": penalty}, {"params": [net.bias]}]'
    groups = penalised if config.penalty else "net.parameters()"
    kind, arguments = config.rule.torch
    made = f"torch.optim.{kind}({', '.join([groups, 'lr=learning_rate', *arguments])})"
    begin = [
        "net = torch.nn.Linear(d, 1, dtype=torch.float64)",
        "with torch.no_grad():",
        "    net.weight.copy_(start_w)",
        "    net.bias.copy_(start_b)",
        f"optimizer = {made}",
    ]
    body = [
        "loss = torch.nn.functional.mse_loss(net(Z[rows]).squeeze(1), y_train[rows]) / 2",
        *stop_if_away(experiment, "net.weight[0].detach()", "net.bias[0].detach()"),
        "optimizer.zero_grad()",
        "loss.backward()",
        "optimizer.step()",
    ]
    loop = write_loop(experiment, begin, body, "net.weight[0]", "net.bias[0]", report=False)
    return bind(join(loop), "net_w, net_b = train_concisely()")


def _write_ceiling(experiment: Experiment) -> list[str]:
    if not experiment.runs_away:
        return []
    penalty = " + penalty * l2_penalty(start_w)" if experiment.config.penalty else ""
    return [
        "# A loss beyond this has run away for good.",
        f"ceiling = {GROWTH_FOLLOWED!r} * ((y_train**2).mean() / 2 + mean_loss(Z, y_train, start_w, start_b){penalty})",
    ]
