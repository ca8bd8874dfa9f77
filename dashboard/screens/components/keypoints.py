"""SIFT: places that look alike turned or at another size, as features made by hand."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number, format_percent, latex_name
from core.foundations.edges import share_found_again, sift_keypoints
from core.language import N_, _, ngettext
from dashboard.screens.components.photographs import as_picture, photo, photo_name
from dashboard.ui import controls, lesson, page
from dashboard.ui.examples import Examples, examples
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit.cache import cache_resource

DESCRIPTOR = 128  # numbers for each keypoint
ENLARGED = 3  # pixels of the drawing for each of the photograph
MOST_ROWS = 8
FEW = 50  # keypoints, with which a picture can hardly be told from others


def draw_keypoints() -> None:
    """Draw the keypoints on the photograph, and what they are good for."""
    st.markdown(
        _("**SIFT** (Lowe 2004) finds places that stand out, notes their size and direction, and describes each by 128 "
          "numbers that hardly change when the picture is turned, resized or lit otherwise. For ten years it was what "
          "came before most classifiers of pictures.")
    )  # fmt: skip
    examples("components_keypoints", _examples())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = controls.either("components_photo", _("Photograph"))
        contrast = int(controls.slider("components_contrast", _("Contrast left"), format="%d%%"))
    found, again = _found(name, contrast)
    numbers = {"count": format_count(len(found)), "again": format_percent(again), "name": photo_name()}
    st.image(_drawn(name, contrast), width="stretch", caption=_("Circles: where, how large, which way"),
             alt=_("{count} keypoints of SIFT on the photograph {name}.").format(**numbers))  # fmt: skip
    page.boxes(
        [
            (_("Keypoints"), numbers["count"]),
            (_("Found again when turned by 90°"), numbers["again"], _("Within two pixels of where they have moved.")),
            (_("Numbers for the picture"), format_count(len(found) * DESCRIPTOR)),
        ]
    )
    keypoints = latex_name(_("keypoints"))
    st.latex(rf"{len(found)} \;{keypoints} \cdot {DESCRIPTOR} = {len(found) * DESCRIPTOR}")
    st.markdown(verdict(found, again, contrast))
    largest = found.sort_values("size", ascending=False).head(MOST_ROWS).round(2)
    titles = {"x": _("x (pixels)"), "y": _("y (pixels)"), "size": _("size (pixels)"), "angle": _("direction (radians)")}
    show_table(largest.rename(columns=titles), hide_index=True)
    _draw_comparison()
    lesson.code(code(name, contrast))
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that a picture is its corners and blobs, whatever it shows. A flat sky has hardly any.")
    )
    page.link("components", _("What a network learns instead"),
              {"components_view": "levels", "components_level": "layers"})  # fmt: skip


def _examples() -> Examples:
    return {
        _("A setting that works"): {"components_photo": "china", "components_contrast": 100},
        _("A setting that fails, and why"): {"components_photo": "china", "components_contrast": 20},
    }


def _paler(name: str, contrast: int) -> npt.NDArray[np.float64]:
    """Return the photograph (h, w) with this percentage of its distances from grey."""
    return 0.5 + contrast / 100 * (photo(name) - 0.5)


@cache_resource(max_entries=8, show_spinner=N_("Finding keypoints"))
def _found(name: str, contrast: int) -> tuple[pd.DataFrame, float]:
    picture = _paler(name, contrast)
    found = sift_keypoints(picture)
    return found, share_found_again(picture, found)


@cache_resource(max_entries=4, show_spinner=False)
def _drawn(name: str, contrast: int) -> bytes:
    """Return the photograph as a file, enlarged, with a circle for each keypoint and a line in its direction."""
    from PIL import Image, ImageDraw

    found = _found(name, contrast)[0]
    grey = Image.fromarray(as_picture(_paler(name, contrast))).convert("RGB")
    sheet = grey.resize((grey.width * ENLARGED, grey.height * ENLARGED), Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(sheet)
    for across, down, size, angle in found[["x", "y", "size", "angle"]].to_numpy():
        x, y, radius = (value * ENLARGED for value in (across + 0.5, down + 0.5, max(size, 1.0)))
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(255, 200, 0), width=2)
        tip = (x + radius * float(np.cos(angle)), y + radius * float(np.sin(angle)))
        pen.line((x, y, *tip), fill=(255, 200, 0), width=2)
    file = BytesIO()
    sheet.save(file, "JPEG", quality=88)
    return file.getvalue()


def verdict(found: pd.DataFrame, again: float, contrast: int) -> str:
    """Return what the keypoints withstand."""
    numbers = {
        "count": format_count(len(found)), "contrast": format_percent(contrast / 100),
        "again": format_percent(again), "median": format_number(float(found["size"].median()) if len(found) else 0, 3),
    }  # fmt: skip
    if len(found) < FEW:
        return ngettext(
            "**It fails:** SIFT has a fixed threshold for what stands out, and with {contrast} of the contrast only "
            "{count} place is above it. Divide by the spread of the brightness first.",
            "**It fails:** SIFT has a fixed threshold for what stands out, and with {contrast} of the contrast only "
            "{count} places are above it. Divide by the spread of the brightness first.",
            len(found),
        ).format(**numbers)
    if again > 0.7:
        return _("**It works:** {again} of the keypoints are found again after the picture is turned, though nothing "
                 "was learned: that turning changes nothing is built in. Half of them have a blur sigma above "
                 "{median} pixels.").format(**numbers)  # fmt: skip
    return _("**It fails on this picture:** only {again} of the keypoints are found again after it is turned; where "
             "little stands out, rounding decides.").format(**numbers)  # fmt: skip


def _draw_comparison() -> None:
    """Show what is decided by people, and what is learned, in both ways."""
    by_hand, learned = _("made by hand (SIFT)"), _("learned (a network)")
    rows = {
        _("what to look for"): (_("corners and blobs, by rule"), _("whatever lowers the loss")),
        _("what changes nothing"): (_("turning and size, built in"), _("what the data show, or layers build in")),
        _("needs"): (_("an expert; labels only for the classifier"), _("labels, and many of them")),
        _("what is learned behind it"): (_("a linear classifier"), _("everything, end to end")),
    }
    table = pd.DataFrame(rows, index=[by_hand, learned]).T
    show_table(table)


def code(name: str, contrast: int) -> str:
    """Return the lines: scikit-image's SIFT on this photograph, its descriptors as a tensor."""
    paler = "grey.clip(0, 1)" if contrast == 100 else f"0.5 + {contrast / 100} * (grey.clip(0, 1) - 0.5)"
    return f"""import torch
from skimage.color import rgb2gray
from skimage.feature import SIFT
from skimage.transform import resize
from sklearn.datasets import load_sample_image

grey = rgb2gray(load_sample_image("{name}.jpg"))
grey = resize(grey, (round(grey.shape[0] * 320 / grey.shape[1]), 320), anti_aliasing=True)
finder, features = SIFT(), torch.empty(0, 128)
try:
    finder.detect_and_extract({paler})
    features = torch.from_numpy(finder.descriptors).float()  # a row for each keypoint
except RuntimeError as problem:  # scikit-image raises where nothing stands out
    print(problem)
print(features.shape)"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Every picture has another number of keypoints."),
            _("So the features of two pictures have different shapes and do not stack: the lesson on different lengths "
              "again. Counting which kinds of keypoints occur, a mean over them, gives one length."),
            "torch.stack([torch.zeros(678, 128), torch.zeros(203, 128)])",
        ),
        lesson.Trap(
            _("Rows and columns, x and y."),
            _("scikit-image gives places as (row, column): y first. A drawing wants (x, y)."),
        ),
    ]  # fmt: skip
