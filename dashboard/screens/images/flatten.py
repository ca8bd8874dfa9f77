"""The picture, the numbers of a patch, and the vector that they become."""

from typing import Any

import streamlit as st

from core.formatting import format_count, format_percent, format_size
from core.foundations.images import entry_of
from core.foundations.picture_layouts import kept_variation
from core.language import _
from dashboard.scenes.picture.scene import flattening_scene
from dashboard.screens.images.choosing import Chosen
from dashboard.screens.images.torch_lines import picture_lines, vector_line
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

SCENE = "images_scene"
TAKEN = ("row", "column", "channel", "on")


def draw_flatten(chosen: Chosen) -> None:
    """Draw the scene, the length with its factors, the lines and the traps."""
    controls.either("images_order", _("Flatten"))
    order = settings.value("images_order")
    scene = flattening_scene(chosen.picture.pixels, order, chosen.place, settings.value("images_on"))
    scenes.picture(scene, SCENE, _take_over)
    _draw_length(chosen)
    examples("images_flatten", _examples())
    st.caption(_detail(chosen))
    lesson.code(code(chosen, order))
    lesson.traps(_traps)


def _take_over() -> None:
    settled: dict[str, Any] = getattr(state.get(SCENE), "settled", None) or {}
    for name in TAKEN:
        if name in settled:
            settings.choose(f"images_{name}", settled[name])


def _draw_length(chosen: Chosen) -> None:
    height, width, channels = chosen.picture.shape
    length = height * width * channels
    st.markdown(
        _("**How long is the vector?** Every pixel gives three numbers, so multiply height, width and 3: "
          "{product}.").format(product=rf"${height} \times {width} \times 3 = {length}$")
    )  # fmt: skip
    page.boxes(
        [
            (_("Pixels"), format_count(height * width)),
            (_("Features n"), format_count(length), _("Entries of the vector: one for each number of the picture.")),
            (_("As bytes (uint8)"), format_size(length)),
            (_("As float32"), format_size(4 * length), _("Four bytes a number: what a network computes with.")),
        ]
    )
    st.markdown(
        _("A common slip for a picture of 20 x 20 is {cube}. The third factor is the number of channels, 3, and not a "
          "third side: {right}.").format(
            cube=rf"$20 \times 20 \times 20 = {20**3}$", right=rf"$20 \times 20 \times 3 = {20 * 20 * 3}$"
        )
    )  # fmt: skip


def _detail(chosen: Chosen) -> str:
    share = _kept(chosen.key, chosen)
    if share == 1:
        cut = chosen.square and chosen.picture.height != chosen.picture.width
        sentence = (
            _("At this size nothing of the part shown is lost. Each of the {count} features asks for a weight.")
            if cut
            else _("At this size nothing of the original is lost. Each of the {count} features asks for a weight.")
        )
        return sentence.format(count=format_count(chosen.picture.pixels.size))
    return _(
        "These {count} features keep {share} of the variance of the original's numbers; the rest is detail within the "
        "pixels. A model can only learn from what is kept, and each feature asks for a weight."
    ).format(
        count=format_count(chosen.picture.pixels.size),
        share=format_percent(share, 3 if 0.99 < share < 1 else 2, significant=True),
    )


@cache_resource(scope="session", max_entries=60, show_spinner=False)
def _kept(key: str, _chosen: Chosen) -> float:
    return kept_variation(_chosen.picture, _chosen.square, _chosen.original)


def _examples() -> Examples:
    base = {"images_picture": "flower", "images_square": True}
    return {
        _("Works: 20 x 20"): {**base, "images_side": 20},
        _("Fails: 4 x 4 keeps too little"): {**base, "images_side": 4},
    }


def code(chosen: Chosen, order: str) -> str:
    """Return the lines for torch: the picture, its vector, and the chosen entry in both."""
    height, width, channels = chosen.picture.shape
    row, column, channel = chosen.place
    entry = entry_of(chosen.place, chosen.picture.shape, "channel" if order == "channel" else "pixel")
    formula = (
        f"({channel} * {height} + {row}) * {width} + {column}"
        if order == "channel"
        else f"({row} * {width} + {column}) * {channels} + {channel}"
    )
    return "\n".join(
        [
            *picture_lines(chosen),
            vector_line(order),
            f"k = {formula}  # {entry}",
            f"print(x.shape, x.dtype, x[k], pixels[{row}, {column}, {channel}])",
            "x = x.float() / 255  # 0 to 1, for a model",
        ]
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("A byte wraps around."),
            _("Numbers of type uint8 go from 0 to 255, and 200 + 100 starts again at 0. Convert to float before you "
              "add, take means or subtract."),
            "pixel = torch.tensor([200], dtype=torch.uint8)\nsum = pixel + 100",
            ["sum"],
        ),
        trap(
            _("A mean needs floats."),
            _("torch refuses the mean of whole numbers, and a picture is read as whole numbers."),
            "torch.tensor([[200, 100]], dtype=torch.uint8).mean()",
        ),
        lesson.Trap(
            _("Flattening forgets who is next to whom."),
            _("In the vector, the pixel below is a whole row away. A fully connected layer does not mind: it would "
              "learn the same from any order, as long as it is the same for every picture. Convolutions keep the "
              "neighbourhood."),
        ),
        lesson.Trap(
            _("Every picture needs the same size."),
            _("A vector of 1,200 entries and one of 3,072 cannot enter the same model: reduce or cut all pictures to "
              "one height and width first."),
        ),
    ]  # fmt: skip
