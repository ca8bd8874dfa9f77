"""The normal density: what mean and variance do, and how draws come to look like it."""

import math

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_number, format_percent
from core.foundations.densities import draw_standard_normal, normal_density, share_within
from core.language import _
from dashboard.scenes.noise.scene import noise_scene
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings, state
from dashboard.visit.knob import Knob

KEY = "normal_curve_scene"
MOST_PINS = 4
FEW = 100  # draws, of which shares are far off

Pins = list[tuple[float, float]]


def draw_curve() -> None:
    """Draw the choices, the curve with its draws, the verdict on the settings, the code and the traps."""
    st.markdown(
        _("Move the **mean**: the curve shifts. Raise the **variance**: it spreads, and its peak sinks, since the area "
          "under it stays 1. Pin a curve to compare, and play the draws.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.slider("normal_draws", _("Number of draws"))
        controls.number("normal_seed", _("Seed"))
    pins = text_fields.answer("normal_pins", {"normal_pins": settings.text("normal_pins")}, read_pins).value
    mean, variance = float(settings.value("normal_mean")), float(settings.value("normal_variance"))
    count, seed = int(settings.value("normal_draws")), int(settings.value("normal_seed"))
    draws = draw_standard_normal(count, seed).numpy()
    scenes.noise(noise_scene(mean, variance, pins, draws, MOST_PINS), KEY, _take_over)
    examples("normal", _examples())
    st.markdown(_verdict(mean, variance, draws))
    st.caption(
        _("It takes for granted that draws are independent, and symmetric around one mean. Next: why this curve makes "
          "the loss squared.")
    )  # fmt: skip
    lesson.code(code(mean, variance, count, seed))
    lesson.traps(_traps)


def read_pins(normal_pins: str) -> Pins:
    """Return pinned curves, each a mean and a variance, from text such as "0 4; 2 0.5".

    Raises InputError for anything else, and for a mean or a variance that the sliders cannot take.
    """
    pins: Pins = []
    for part in filter(None, map(str.strip, normal_pins.split(";"))):
        try:
            mean, variance = map(float, part.split())
        except ValueError:
            raise InputError(
                _("Each pinned curve needs a mean and a variance, such as “0 4; 2 0.5”. The link has something else.")
            ) from None
        if any(not knob.low <= value <= knob.high for knob, value in zip(_knobs(), (mean, variance), strict=True)):
            raise InputError(
                _("A pinned mean has to be from −5 to 5, and a pinned variance from 0.05 to 9; got {mean} and "
                  "{variance}.").format(mean=format_number(mean), variance=format_number(variance))
            )  # fmt: skip
        pins.append((mean, variance))
    if len(pins) > MOST_PINS:
        raise InputError(
            _("At most {most} curves can be pinned, but the link has {count}.").format(most=MOST_PINS, count=len(pins))
        )
    return pins


def _knobs() -> tuple[Knob, Knob]:
    return settings.KNOBS["normal_mean"], settings.KNOBS["normal_variance"]


def _take_over() -> None:
    settled = getattr(state.get(KEY), "settled", None) or {}
    for name in ("mean", "variance"):
        settings.choose(f"normal_{name}", settled.get(name))
    pins = settled.get("pins")
    if isinstance(pins, list):
        state.put("normal_pins", "; ".join(" ".join(map(repr, pin)) for pin in pins))


def _examples() -> Examples:
    return {
        _("Works: 1000 draws"): {"normal_draws": 1000, "normal_mean": 0.0, "normal_variance": 1.0},
        _("Fails: 20 draws"): {"normal_draws": 20, "normal_mean": 0.0, "normal_variance": 1.0},
        _("A density above 1"): {"normal_draws": 200, "normal_mean": 0.0, "normal_variance": 0.1},
    }


def _verdict(mean: float, variance: float, draws: np.typing.NDArray[np.float64]) -> str:
    """Return how far the counted share may be off, and how far it is; and what a peak above 1 is not."""
    exact = share_within(1)
    counted = float((np.abs(draws) <= 1).mean())
    error = 2 * math.sqrt(exact * (1 - exact) / len(draws))
    values = {
        "count": format_number(len(draws)),
        "exact": format_percent(exact, 2),
        "counted": format_percent(counted, 2),
        "error": format_percent(error, 1),
    }
    template = (
        _("**Too few draws to see the shape.** Within one standard deviation are {exact} of all values; of these "
          "{count} draws, {counted}. A share of {count} draws is often off by up to {error} (two standard errors).")
        if len(draws) < FEW
        else _("Within one standard deviation are {exact} of all values; of these {count} draws, {counted}. A share of "
               "{count} draws is rarely off by more than {error} (two standard errors).")
    )  # fmt: skip
    sentence = template.format(**values)
    peak = float(normal_density([mean], mean, variance)[0])
    if peak > 1:
        above = _("**The density reaches {peak}, and is no probability:** over an interval 0.1 wide around the mean it "
                  "makes a probability of {share} only.")  # fmt: skip
        share = share_within(0.05 / math.sqrt(variance))
        sentence += " " + above.format(peak=format_number(peak, 4), share=format_percent(share, 1))
    return sentence


def code(mean: float, variance: float, count: int, seed: int) -> str:
    """Return the code for torch: the density, the draws, and the shares computed and counted."""
    return (
        "import torch\n\n"
        f"mean, variance = {mean!r}, {variance!r}\n"
        "std = variance ** 0.5  # torch takes the standard deviation\n"
        "law = torch.distributions.Normal(torch.tensor(mean, dtype=torch.float64), std)\n"
        "peak = law.log_prob(law.mean).exp()\n"
        f"generator = torch.Generator().manual_seed({seed})\n"
        f"draws = mean + std * torch.randn({count}, generator=generator, dtype=torch.float64)\n"
        "k = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)\n"
        "computed = torch.erf(k / 2 ** 0.5)\n"
        "counted = ((draws - mean).abs() <= k[:, None] * std).double().mean(dim=1)\n"
        "print(peak, computed, counted)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Variance or standard deviation."),
            _("`torch.normal` and `torch.distributions.Normal` take the standard deviation σ; the formula and N(μ, σ²) "
              "name the variance. For a variance of 4 pass 2: with 4 the spread doubles, and the peak halves."),
            "wrong = torch.distributions.Normal(0.0, 4.0).variance\n"
            "right = torch.distributions.Normal(0.0, 2.0).variance",
            ["wrong", "right"],
        ),
        trap(
            _("A density above 1 is no probability."),
            _("Probabilities are areas. A narrow curve has to be tall, so that its area is 1; the unit of a density is "
              "one over the unit of x."),
            "density = torch.distributions.Normal(0.0, 0.1).log_prob(torch.tensor(0.0)).exp()",
            ["density"],
        ),
        trap(
            _("The variance of the draws, with n or n − 1."),
            _("`tensor.var()` divides by n − 1 by default; the maximum-likelihood variance divides by n."),
            "x = torch.tensor([1.0, 2.0, 6.0])\ndivided_by_2 = x.var()\ndivided_by_3 = x.var(correction=0)",
            ["divided_by_2", "divided_by_3"],
        ),
    ]  # fmt: skip
