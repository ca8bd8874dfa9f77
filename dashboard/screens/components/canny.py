"""Edges after Canny on a photograph, beside what the first layer of a network has learned to look for."""

from typing import Any

import streamlit as st

from core.formatting import format_count, format_general, format_latex, format_percent, latex_name
from core.foundations.edges import Edges, canny_steps
from core.language import N_, _
from dashboard.charts.digits import weight_pictures, weight_tiles
from dashboard.scenes.edges.scene import edges_scene
from dashboard.screens.components import digit_lab
from dashboard.screens.components.photographs import as_picture, photo, photo_name
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.chart import draw_kept
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

MANY, FEW = 0.1, 0.02  # shares of the pixels on an edge between which edges outline things
NETWORK = (2, 15, True)  # depth, epochs and ReLU of the network whose first layer is shown


def draw_canny() -> None:
    """Draw the sliders, the edges, and learned weights."""
    st.markdown(
        _("For decades people wrote down what to look for. Canny's rule of 1986 finds **edges** in four steps: blur, "
          "slope, keep the ridges, join strong edges with the weak ones that touch them. A network finds out for "
          "itself what to look for.")
    )  # fmt: skip
    examples("components_edges", _examples())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = controls.either("components_photo", _("Photograph"))
        sigma = float(controls.slider("components_sigma", _("Blur σ (pixels)")))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        low = float(controls.slider("components_low", _("Low threshold")))
        high = float(controls.slider("components_high", _("High threshold")))
    picture, (found, scene) = photo(name), _edges(name, sigma, low, high)
    left, right = st.columns(2)
    numbers = {"share": format_percent(found.share, 1), "pieces": format_count(found.pieces), "name": photo_name()}
    with left:
        st.image(as_picture(picture), width="stretch", caption=_("The photograph"),
                 alt=_("The photograph in grey: {name}.").format(**numbers))  # fmt: skip
    with right:
        scenes.edges(scene, "components_edge_steps")
    page.boxes([(_("Pixels on an edge"), numbers["share"]), (_("Pieces"), numbers["pieces"])])
    st.markdown(verdict(found, sigma, low, high))
    edge, touching = latex_name(_("is an edge")), latex_name(_("if it touches one"))
    st.latex(
        rf"\begin{{aligned}} 8\,|\nabla (G_{{\sigma = {format_latex(sigma)}}} * I)| &\ge {format_latex(high)} \;{edge} "
        rf"\\ &\ge {format_latex(min(low, high))} \;{touching} \end{{aligned}}"
    )
    st.caption(_("8, since Sobel's kernels add up to eight times the slope per pixel."))
    _draw_learned()
    lesson.code(code(name))
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that what matters in a picture is where its brightness jumps. For texture, colour or "
          "meaning somebody had to think of other rules; that is what learning replaced.")
    )  # fmt: skip
    page.link("images", _("What a picture is for a model"))


@cache_resource(max_entries=40, show_spinner=N_("Finding edges"))
def _edges(name: str, sigma: float, low: float, high: float) -> tuple[Edges, dict[str, Any]]:
    steps = canny_steps(photo(name), sigma, low, high)
    return steps.found, edges_scene(steps, sigma, low, high)


def _examples() -> Examples:
    good = {"components_sigma": 2.0, "components_low": 0.1, "components_high": 0.2}
    return {
        _("A setting that works"): good,
        _("Fails: hardly any blur"): {"components_sigma": 0.5, "components_low": 0.05, "components_high": 0.1},
        _("Fails: too high a threshold"): {**good, "components_high": 0.6},
        _("Fails: all blurred away"): {**good, "components_sigma": 6.0},
    }


def verdict(found: Edges, sigma: float, low: float, high: float) -> str:
    """Return what the edges are good for, and why they are not."""
    numbers = {
        "share": format_percent(found.share, 1),
        "pieces": format_count(found.pieces),
        "sigma": format_general(sigma),
        "high": format_general(high),
    }
    if low > high:
        return _("The low threshold is above the high one, so the high one, {high}, is used for both: weak edges are "
                 "not joined. {share} of the pixels are on an edge.").format(**numbers)  # fmt: skip
    if found.share > MANY:
        return _("**It fails:** {share} of the pixels in {pieces} pieces. With a blur of {sigma} pixels every leaf and "
                 "every grain has an edge, and the outlines drown.").format(**numbers)  # fmt: skip
    if found.share < FEW:
        return _("**It fails:** only {share} of the pixels are on an edge. Blurred by {sigma} pixels, eight times the "
                 "slope reaches {high} at few places.").format(**numbers)  # fmt: skip
    return _("**It works:** {share} of the pixels, in {pieces} pieces, say where things end. Three numbers, chosen by "
             "hand; another picture may want others.").format(**numbers)  # fmt: skip


def _draw_learned() -> None:
    network = digit_lab.network((1347, 0, int(settings.value("components_draw_seed"))), *NETWORK)
    sentence = _("The first layer of a network that gets {share} of the test digits right: 32 units, 64 weights "
                 "each.").format(share=format_percent(network.accuracy, 1))  # fmt: skip
    draw_kept(
        weight_pictures,
        {"tiles": weight_tiles(network.weights)},
        sentence,
        title=_("Learned: what each unit of a first layer looks for"),
        subtitle=_("Orange: ink there raises the unit; blue: ink there lowers it."),
        width="content",
        shape=network.weights.shape,
        step=5,
    )
    st.caption(sentence + " " + _("Nobody wrote these rules, and few of them can be put into words."))


def code(name: str) -> str:
    """Return the lines: scikit-image's Canny on this photograph, as a tensor."""
    sigma, low, high = (float(settings.value(f"components_{each}")) for each in ("sigma", "low", "high"))
    return f"""import torch
from skimage.color import rgb2gray
from skimage.feature import canny
from skimage.transform import resize
from sklearn.datasets import load_sample_image

grey = rgb2gray(load_sample_image("{name}.jpg"))
grey = resize(grey, (round(grey.shape[0] * 320 / grey.shape[1]), 320), anti_aliasing=True)
edges = torch.from_numpy(canny(grey, sigma={sigma}, low_threshold={min(low, high)}, high_threshold={high}))
print(edges.shape, edges.double().mean())"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Thresholds have units."),
            _("They are sums of Sobel's kernels, eight times the slope of brightness per pixel. A picture of 0 to 255 "
              "has sums 255 times as large as one of 0 to 1, and the same threshold finds edges everywhere."),
            "grey = torch.tensor([0.2, 0.3, 0.4])\n"
            "sobel = torch.tensor([-4.0, 0.0, 4.0])  # the sum of its three rows\n"
            "sums = sobel @ grey, sobel @ (255 * grey)  # the slope is 0.1",
            ["sums"],
        ),
        lesson.Trap(
            _("An edge has no derivative."),
            _("Whether a pixel is on an edge jumps from 0 to 1, so no gradient flows back through it. Rules made by "
              "hand stay as they are, whatever is learned behind them."),
        ),
    ]  # fmt: skip
