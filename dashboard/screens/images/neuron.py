"""The vector carried on to a neuron: a dot product, a bias, a sigmoid."""

import streamlit as st

from core.formatting import format_latex, format_number
from core.foundations.activations import ACTIVATIONS
from core.foundations.images import Order, to_feature_vector
from core.foundations.neuron import SATURATED
from core.foundations.picture_neuron import PictureNeuron, apply_neuron, picture_weights
from core.language import _
from dashboard.scenes.picture.scene import weighing_scene
from dashboard.screens.images.choosing import Chosen
from dashboard.screens.images.torch_lines import picture_lines, vector_line
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource


def draw_neuron(chosen: Chosen) -> None:
    """Draw the weights to choose from, the scene, the formula with its numbers, the lines and the traps."""
    st.markdown(
        _("A neuron gives every feature a weight, adds up the products, and squeezes the sum between 0 and 1. These "
          "weights are set by hand or drawn at random; learning them is the next screen.")
    )  # fmt: skip
    _choose()
    order: Order = settings.value("images_order")
    neuron = _answer(chosen, order)
    largest = 1 if settings.value("images_scaled") else 255
    scene = weighing_scene(
        chosen.picture.pixels, order, neuron.weights.numpy(), neuron.bias, chosen.place, largest=largest
    )
    scenes.picture(scene, "images_weighing_scene")
    _work_out(neuron)
    examples("images_neuron", _examples())
    st.caption(_verdict(neuron))
    lesson.code(code(chosen, order))
    lesson.traps(_traps)


def _choose() -> None:
    kinds, bias, scaled = st.columns([5, 3, 2], vertical_alignment="bottom")
    with kinds:
        if controls.either("images_weights", _("Weights")) == "random":
            controls.number("images_seed", _("Seed"))
    with bias:
        controls.slider("images_bias", _("Bias b"))
    with scaled:
        controls.toggle("images_scaled", _("Divide by 255"))


def _answer(chosen: Chosen, order: Order) -> PictureNeuron:
    names = ("images_weights", "images_seed", "images_bias", "images_scaled")
    kind, seed, bias, scaled = (settings.value(name) for name in names)
    return _apply(chosen.key, order, kind, seed, bias, scaled, chosen)


@cache_resource(scope="session", max_entries=30, show_spinner=False)
def _apply(key: str, order: Order, kind: str, seed: int, bias: float, scaled: bool, _chosen: Chosen) -> PictureNeuron:
    x = to_feature_vector(_chosen.picture, order, scaled=scaled)
    weights = picture_weights(kind, _chosen.picture.shape, order, seed)  # type: ignore[arg-type]
    return apply_neuron(x, weights, bias)


def _work_out(neuron: PictureNeuron) -> None:
    last = len(neuron.x) - 1
    first = " + ".join(
        rf"{format_latex(float(x), 3)} \cdot ({format_latex(float(w), 3)})"
        for x, w in zip(neuron.x[:2].tolist(), neuron.weights[:2].tolist(), strict=True)
    )
    z = format_latex(neuron.z, 5)
    st.latex(
        rf"\begin{{aligned}} z &= w \cdot x + b = \sum_{{k=0}}^{{{last}}} w_k x_k + b "
        rf"\\ &= {first} + \dots + ({format_latex(neuron.bias)}) = {z}"
        rf"\\ \sigma(z) &= \frac{{1}}{{1 + e^{{-({z})}}}} = {format_latex(neuron.probability, 5)} \end{{aligned}}"
    )
    page.boxes(
        [
            (_("z, in float64"), format_number(neuron.z, 8)),
            (_("z, exactly"), format_number(neuron.exact, 8), _("Every product and the sum as fractions.")),
            (_("z, in float32"), format_number(single(neuron), 8), _("As torch computes it by default.")),
            (_("Sigmoid of z"), format_number(neuron.probability, 6)),
        ]
    )


def single(neuron: PictureNeuron) -> float:
    """Return z as torch computes it in float32."""
    import torch

    return float(torch.dot(neuron.x.float(), neuron.weights.float()) + neuron.bias)


def _verdict(neuron: PictureNeuron) -> str:
    z, slope = format_number(neuron.z, 4), float(ACTIVATIONS["sigmoid"].derivative(neuron.z))
    if slope >= SATURATED:
        sentence = _(
            "z = {z} is where the sigmoid still bends: its slope is {slope}, so a neuron could learn from this."
        )
        return sentence.format(z=z, slope=format_number(slope, 3))
    sentence = _(
        "z = {z} is so far out that the sigmoid is {p}: saturated. Its slope there is {slope}, so p hardly changes "
        "with any weight, and with squared loss a neuron would learn next to nothing from this picture."
    )
    advice = (
        _("Use smaller weights, or a bias nearer to 0.")
        if settings.value("images_scaled")
        else _("Entries up to 255 make sums 255 times as large; divide by 255.")
    )
    return f"{sentence} {advice}".format(z=z, p=format_number(neuron.probability, 6), slope=format_number(slope, 2))


def _examples() -> Examples:
    base = {"images_weights": "red", "images_bias": 0.0}
    return {
        _("Works: entries of 0 to 1"): {**base, "images_scaled": True},
        _("Fails: entries of 0 to 255 saturate it"): {**base, "images_scaled": False},
    }


def code(chosen: Chosen, order: Order) -> str:
    """Return the lines for torch: vector, weights, dot product and sigmoid."""
    height, width, channels = chosen.picture.shape
    scale = " / 255" if settings.value("images_scaled") else ""
    flat = ".permute(2, 0, 1).reshape(-1)" if order == "channel" else ".reshape(-1)"
    return "\n".join(
        [
            *picture_lines(chosen),
            vector_line(order),
            f"x = x.double(){scale}",
            *_weight_lines(height, width, channels),
            f"w = picture{flat}",
            f"z = torch.dot(w, x) + {format_plain(settings.value('images_bias'))}",
            "print(z, torch.sigmoid(z))",
        ]
    )


def format_plain(number: float) -> str:
    """Return a number as Python reads it."""
    return repr(float(number))


def _weight_lines(height: int, width: int, channels: int) -> list[str]:
    kind = settings.value("images_weights")
    shape = f"({height}, {width}, {channels})"
    if kind == "red":
        return [
            f"picture = torch.zeros({shape}, dtype=torch.float64)",
            f"picture += torch.tensor([8.0, -4.0, -4.0], dtype=torch.float64) / {height * width}  # red adds",
        ]
    if kind == "top":
        return [
            f"sign = torch.sign(({height} - 1) / 2 - torch.arange({height}, dtype=torch.float64))  # +1 on top",
            f"picture = (16 / {height * width * channels} * sign[:, None, None]).expand{shape}",
        ]
    return [
        f"generator = torch.Generator().manual_seed({settings.value('images_seed')})",
        f"picture = torch.randn({shape}, generator=generator, dtype=torch.float64)",
        f"picture *= 4 / {height * width * channels} ** 0.5",
    ]


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Bytes and floats do not multiply in a dot product."),
            _("torch asks for one dtype: convert the picture before it meets the weights."),
            "torch.dot(torch.tensor([200], dtype=torch.uint8), torch.tensor([0.5]))",
        ),
        lesson.Trap(
            _("The order of the features is part of the model."),
            _("Weights that were learnt by channel make nonsense of a vector by pixel: the same numbers meet other "
              "weights, and no error is raised."),
        ),
        lesson.Trap(
            _("0.8 is not yet a probability."),
            _("The sigmoid turns any sum into a number between 0 and 1. It is a probability only if the weights were "
              "learnt for that."),
        ),
    ]  # fmt: skip
