"""What came of the network on the stage, in words: whether it works, and why or why not."""

from core.formatting import format_general, format_number, format_percent
from core.language import _, ngettext
from dashboard.screens.network.stage_rows import StageRows
from dashboard.screens.network.stage_run import StageRun

ARRIVED = 1.05  # times the exact loss
FAR_BETTER = 0.5  # of the loss without a hidden layer


def finding(rows: StageRows, trained: StageRun) -> str:
    """Return the result in a sentence, for the alternative text of the picture."""
    run = trained.run
    layers = run.config.layers
    return ngettext(
        "A network of {layers} layer, fully connected: its loss went from {first} to {last}; without a hidden layer "
        "the least possible is {linear}.",
        "A network of {layers} layers, fully connected: its loss went from {first} to {last}; without a hidden layer "
        "the least possible is {linear}.",
        layers,
    ).format(
        layers=layers,
        first=format_number(float(run.losses[0]), 3),
        last=format_number(run.loss, 3),
        linear=format_number(trained.linear, 3),
    )


def verdict(rows: StageRows, trained: StageRun) -> tuple[bool, str]:
    """Return whether the setting works, and why or why not."""
    run, config = trained.run, trained.run.config
    if run.diverged:
        return False, f"{run.note} {_way_out(trained)}"
    total = float((rows.y**2).sum() / (2 * len(rows.y)))  # the loss of the mean alone
    loss, linear = format_number(run.loss, 3), format_number(trained.linear, 3)
    if trained.is_linear:
        if run.loss > ARRIVED * trained.exact.loss + 1e-9:
            return False, _(
                "Not there yet: the loss is {loss}, that of the closed form {linear}. Take more updates, or a larger "
                "rate: any below {limit} converges."
            ).format(loss=loss, linear=linear, limit=format_number(trained.exact.rate_limit, 3))
        left = trained.linear / total if total else 0.0
        if left > FAR_BETTER:
            return False, _(
                "No hidden layer, so the model is flat. The loss is {loss}; the closed form has {linear}, and no flat "
                "model less. That is {share} of the loss of the mean alone. More updates cannot help, a hidden layer "
                "with an activation may."
            ).format(loss=loss, linear=linear, share=format_percent(left))
        return True, _(
            "Linear regression as a layer of one neuron for each output. The loss is {loss}, that of the closed form "
            "{linear}: {share} of the loss of the mean alone."
        ).format(loss=loss, linear=linear, share=format_percent(left))
    if set(config.activations) == {"none"}:
        return False, _(
            "Hidden layers without an activation: together they are one flat map, so the loss of {loss} cannot go "
            "below that of the closed form without them, {linear}."
        ).format(loss=loss, linear=linear)
    if run.loss >= trained.linear:
        return False, _(
            "The loss is {loss}, no less than that of the closed form without a hidden layer, {linear}. Take more "
            "updates, a larger rate or another seed."
        ).format(loss=loss, linear=linear)
    return True, _(
        "The hidden layers help: the loss is {loss}, and no flat model has less than {linear}. On the rows learned "
        "from, that is; new rows are another question."
    ).format(loss=loss, linear=linear)


def _way_out(trained: StageRun) -> str:
    if trained.is_linear:
        return _("The limit is 2/λmax = {limit}, for the largest eigenvalue λmax of [X 1]ᵀ[X 1]/n.").format(
            limit=format_number(trained.exact.rate_limit, 3)
        )
    return _("Try {rate}, a tenth of it.").format(rate=format_general(trained.run.config.learning_rate / 10))
