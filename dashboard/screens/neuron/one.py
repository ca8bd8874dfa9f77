"""One neuron: its terms, its sigmoid, its decision line, and what can go wrong."""

import streamlit as st

from core.formatting import format_latex, format_number
from core.language import _
from core.tensors import tensor_code
from dashboard.scenes.neuron.scene import neuron_scene
from dashboard.screens.neuron import typed_neuron
from dashboard.screens.neuron.one_lessons import draw_asides, draw_digits, draw_shapes, traps
from dashboard.screens.neuron.typed_neuron import FIELDS, Typed
from dashboard.ui import lesson, page, scenes
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import Examples, examples
from dashboard.visit import settings, state

SCENE = "neuron_one_scene"


def draw_one() -> None:
    """Draw the neuron to play with, its formulas, and the lessons around it."""
    examples("neuron_one", _examples())
    of = typed_neuron.answer().value
    _draw_verdict(of)
    across, up = _axes(len(of.x))
    scene = neuron_scene(of.x.tolist(), of.w.tolist(), of.b, names=of.names, label=of.label, across=across, up=up)
    scenes.neuron(scene, SCENE, _take_over)
    _draw_formulas(of)
    draw_digits(of.terms.z)
    draw_shapes(of)
    draw_asides(of)
    lesson.code(code(of))
    lesson.traps(traps)
    _draw_next()


def _examples() -> Examples:
    """Return the settings that load with one click; the penguin's weight is in grams where it fails."""
    sixteen = "0 1 1 0 1 0 0 1 1 0 0 1 0 1 1 0"
    ring = "-1 1 1 -1 1 -1 -1 1 1 -1 -1 1 -1 1 1 -1"
    values = {
        _("A setting that works"): [settings.TEXTS[key] for key in FIELDS],
        _("A setting that fails, and why"): ["217 4750", "0.05 0.01", "0", "flipper_length_mm, body_mass_g", "Gentoo"],
        _("The point is on the line"): ["1 1.5", "1.5 -1", "0", settings.TEXTS[FIELDS[3]], "Gentoo"],
        _("A picture of 4 × 4 pixels"): [sixteen, ring, "-6", "", _("a ring")],
    }
    return {name: dict(zip(FIELDS, texts, strict=True)) for name, texts in values.items()}


def _axes(count: int) -> tuple[int, int]:
    """Return the places of the two features of the plane, different ones wherever there are two."""
    across = min(settings.value("neuron_one_across"), count) - 1
    up = min(settings.value("neuron_one_up"), count) - 1
    return across, up if up != across or count == 1 else (across + 1) % count


def _take_over() -> None:
    typed_neuron.take_over(getattr(state.get(SCENE), "settled", None) or {})


def _draw_verdict(of: Typed) -> None:
    """Say whether p changes with the weights here, and which term is to blame if not."""
    terms = of.terms
    slope = format_number(terms.slope, 3)
    if not terms.saturated:
        sentence = _(
            "This works: σ′(z) = {slope}, so a gradient passes, and every weight whose feature is not 0 can learn from "
            "this row."
        )
        st.success(sentence.format(slope=slope), icon=":material/check:")
        return
    pulls = terms.products if terms.z > 0 else -terms.products  # a large term of the other sign is not to blame
    worst = int(pulls.argmax())
    if abs(of.b) > abs(terms.products[worst]) and of.b * terms.z > 0:
        sentence = _("This fails: the bias is {b}, so z = {z} is far out, and σ′(z) = {slope}. Use a bias nearer to 0.")
        said = sentence.format(b=format_number(of.b, 4), z=format_number(terms.z, 4), slope=slope)
        st.warning(escape_markdown(said), icon=":material/warning:")
        return
    sentence = _(
        "This fails: the term of {name} is {weight} · {feature} = {term}, so z = {z} is far out, and σ′(z) = {slope}: "
        "p hardly changes with any weight. With the squared loss ½(p − y)², a step at learning rate 0.1 moves this "
        "weight by at most {move}. Cross-entropy cancels σ′, so a wrong row still moves it by 0.1·|p − y|·|x|. "
        "Standardise the features, or start with smaller weights."
    )
    said = sentence.format(
        name=of.names[worst],
        weight=format_number(float(of.w[worst]), 4),
        feature=format_number(float(of.x[worst]), 4),
        term=format_number(float(terms.products[worst]), 4),
        z=format_number(terms.z, 4),
        slope=slope,
        move=format_number(0.1 * abs(float(terms.slopes[worst])), 2),
    )
    st.warning(escape_markdown(said), icon=":material/warning:")


def _draw_formulas(of: Typed) -> None:
    terms = of.terms
    p, other, slope = (format_latex(value) for value in (terms.probability, terms.other, terms.slope))
    lines = [r"\sigma'(z) &= \sigma(z)\,(1 - \sigma(z))", rf"&= {_factor(p)} \cdot {_factor(other)} = {slope}"]
    first = format_latex(float(of.x[0]))
    lines.append(
        rf"\frac{{\partial p}}{{\partial w_1}} &= \sigma'(z)\,x_1 = {_factor(slope)} \cdot {_factor(first)} = "
        rf"{format_latex(float(terms.slopes[0]))}"
    )
    if terms.distance is not None:
        z, norm, distance = (format_latex(value) for value in (abs(terms.z), terms.norm, terms.distance))
        lines.append(rf"\frac{{|z|}}{{\|\mathbf{{w}}\|}} &= \frac{{{z}}}{{{norm}}} = {distance}")
    st.latex(r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}")


def _factor(text: str) -> str:
    return f"({text})" if text.startswith("-") or "times" in text else text


def code(of: Typed) -> str:
    """Return the lines for torch: the neuron with these numbers, its probability, gradient and distance."""
    return "\n".join(
        [
            "import torch",
            "",
            f"x = {tensor_code(of.x)}",
            f"w = {tensor_code(of.w)[:-1]}, requires_grad=True)",
            f"b = torch.tensor({of.b!r}, dtype=torch.float64)",
            "z = w @ x + b",
            "p = torch.sigmoid(z)",
            "p.backward()",
            "print(z.item(), p.item())",
            "print(w.grad)  # σ′(z) times x",
            "print((z.abs() / torch.linalg.vector_norm(w)).item())  # the distance to the line",
        ]
    )


def _draw_next() -> None:
    st.markdown(
        _(
            "**Takes for granted**: a weighted sum is the right shape of the answer, so one straight line separates "
            "the classes well enough; features are numbers of like size; the weights are already good. **Next**: the "
            "weights are learned, and many neurons make a network."
        )
    )
    row = st.container(horizontal=True)
    with row:
        st.button(
            _("Train a neuron"),
            key="neuron_one_train",
            type="tertiary",
            icon=":material/school:",
            on_click=settings.choose,
            args=["neuron_view", "train"],
        )
        page.link("network", _("From a neuron to a network"))
        page.link("images", _("Where 1,200 features come from"))
