"""What is told around one neuron: the digits of its probability, three shapes of a vector, and a brain's neuron."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from core.formatting import format_decimal, format_number, format_percent
from core.foundations.sigmoid_precision import Loss, lost_digits, sigmoid_ways
from core.language import _
from dashboard.screens.neuron.typed_neuron import Typed
from dashboard.ui.lesson import Trap
from dashboard.ui.printed import show_lines
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap

MOST_IN_LINES = 3  # features in the lines about shapes


def draw_digits(z: float) -> None:
    """Show p and 1 − p as computed in float32 and float64, beside their exact digits."""
    st.header(_("The exact probability beside the computed one"), anchor=False)
    ways = sigmoid_ways(z)
    names = {
        "naive": _("1 / (1 + e^−z), float32"),
        "torch": _("torch.sigmoid(z), float32"),
        "float64": _("σ(z) and σ(−z), float64"),
        "exact": _("exact, 30 digits"),
    }
    table = pd.DataFrame(
        {
            "way": [names[way] for way in ways["way"]],
            "p": [digits(value) for value in ways["p"]],
            "other": [digits(value) for value in ways["other"]],
        }
    )
    show_table(
        table,
        hide_index=True,
        column_config={
            "way": st.column_config.TextColumn(_("Computed as")),
            "p": st.column_config.TextColumn("p"),
            "other": st.column_config.TextColumn("1 − p"),
        },
        alt=_("The probability and its complement, computed in three ways, and exact."),
    )
    st.caption(_digits_sentence(lost_digits(z)))


def _digits_sentence(lost: Loss) -> str:
    sentences: dict[Loss, str] = {
        "unknown": _("So far out, e^−z needs more digits than are computed here, so there are no exact ones."),
        "float64": _(
            "Even float64 rounds the smaller probability to 0 here, and its logarithm is −∞. Compute a loss from z: "
            "logsigmoid(z) and logsigmoid(−z)."
        ),
        "complement": _(
            "In float32, 1 − p is rounded to 0 here, and a loss that takes its logarithm is infinite. Write it as "
            "σ(−z), which is the same and keeps its digits."
        ),
        "both": _(
            "In float32, 1 − p is rounded to 0 here, and σ(−z) is too small for all its digits. Compute a loss from z: "
            "logsigmoid(−z)."
        ),
        "naive": _(
            "In float32, 1 / (1 + e^−z) is rounded to 0 here, and its logarithm is −∞. Compute a loss from z: "
            "logsigmoid(z)."
        ),
        "difference": _(
            "In float32, 1 − p has lost digits: p was rounded near 1, and the subtraction leaves the rounding. σ(−z) "
            "keeps them."
        ),
        "input": _(
            "In float32 z itself is rounded, and p grows like e^z here: its last digits go wrong. Use float64 where "
            "they matter."
        ),
        "nothing": _(
            "They agree to the digits that their dtype has. Load the setting that fails to see where they do not."
        ),
    }
    return sentences[lost]


def digits(value: float | Decimal | None) -> str:
    """Return a number of the table with up to 16 digits, with all 30 where it is exact."""
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        return format_decimal(value)
    return format_number(value, 16)


def draw_shapes(of: Typed) -> None:
    """Run `@` on the three shapes of w and x, and show what torch answers."""
    st.header(_("(n,), (1, n) and (n, 1) are three shapes"), anchor=False)
    st.markdown(
        _(
            "A vector of n features, a table of one row and a table of one column hold the same numbers. `@` answers "
            "each pair with another shape, and one of them is no sum at all but a whole table of products."
        )
    )
    show_lines(
        {"w": of.w[:MOST_IN_LINES], "x": of.x[:MOST_IN_LINES]},
        "w.shape, w.reshape(1, -1).shape, w.reshape(-1, 1).shape",
        "w @ x",
        "w.reshape(1, -1) @ x",
        "w.reshape(1, -1) @ x.reshape(-1, 1)",
        "w.reshape(-1, 1) @ x.reshape(1, -1)",
        *(["w.reshape(-1, 1) @ x"] if len(of.x) > 1 else []),
    )


def draw_asides(of: Typed) -> None:
    """Say where the probability comes from, and what a brain's neuron has in common with this one."""
    st.header(_("Worth knowing"), anchor=False)
    p = of.terms.probability
    st.markdown(
        _(
            "**{p} comes from the output.** It is a probability because this neuron is the last one and its sigmoid is "
            "read as one. A neuron in a hidden layer may have the same sigmoid and the same {p}, but nobody has asked "
            "it for a probability: its number is only a feature for the next layer."
        ).format(p=format_number(p, 2))
    )
    st.markdown(
        _(
            "**{share} likely** is a promise about many rows: of 100 rows that get this number, about {count} should "
            "be of the class. Whether it is kept is measured in “Threshold”."
        ).format(share=format_percent(p), count=format_number(round(100 * p), 3))
    )
    with st.expander(_("A brain's neuron and this one"), icon=":material/neurology:"):
        st.markdown("\n".join(["| | | |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in _brain())]))


def _brain() -> Sequence[tuple[str, str, str]]:
    return [
        ("", _("**a brain's neuron**"), _("**this one**")),
        (_("many inputs, of unequal strength"), _("synapses"), _("weights")),
        (_("adds them up"), _("over time, along its branches"), _("at once: w·x + b")),
        (_("answers more the larger the sum"), _("fires more often"), _("a larger number, σ(z)")),
        (_("signals"), _("spikes, all or nothing, in time"), _("one number, no time")),
        (_("sign of a connection"), _("excites or inhibits, and stays so"), _("a weight may change its sign")),
        (_("learns"), _("at each synapse, by rules still studied"), _("by the gradient of one loss")),
    ]


def traps() -> list[Trap]:
    """Return the traps, their lines run."""
    return [
        trap(
            _("A column times a row is no dot product."),
            _("`(n, 1) * (n,)` broadcasts to a table (n, n); its sum is another number than w·x. Use `@` on two "
              "vectors of shape (n,)."),
            "w, x = torch.tensor([[1.], [2.]]), torch.tensor([3., 4.])\nwrong = (w * x).sum()\nright = w.ravel() @ x",
            ["wrong", "right"],
        ),
        trap(
            _("The sigmoid twice."),
            _("`BCEWithLogitsLoss` has the sigmoid inside, and takes z. Fed with p it sees every answer between 0.5 "
              "and 0.73."),
            "z = torch.tensor([-8., 0., 8.])\ntwice = torch.sigmoid(torch.sigmoid(z))",
            ["twice"],
        ),
        trap(
            _("1 − p loses the small probability."),
            _("Take `torch.sigmoid(-z)`, and for a loss `torch.nn.functional.logsigmoid(-z)`."),
            "z = torch.tensor(20.)\nlost = 1 - torch.sigmoid(z)\nkept = torch.sigmoid(-z)",
            ["lost", "kept"],
        ),
        trap(
            _("A step cannot be learned."),
            _("Its derivative is 0 wherever it exists. torch does not even offer one."),
            "z = torch.tensor(0.3, requires_grad=True)\n"
            "torch.heaviside(z, torch.tensor(1.)).backward()",
        ),
        trap(
            _("Features without scaling saturate it."),
            _("The gradient of p is so small that the weight does not change in float32."),
            "w = torch.tensor([0.05, 0.01], requires_grad=True)\n"
            "torch.sigmoid(w @ torch.tensor([217., 4750.])).backward()\nmoved = w - 0.1 * w.grad",
            ["w.grad", "moved == w"],
        ),
    ]  # fmt: skip
