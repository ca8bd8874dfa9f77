"""A kernel slides over a digit, by hand or learned, and over a photograph."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.errors import InputError
from core.formatting import format_number, format_percent
from core.foundations.edges import KERNELS, convolve
from core.language import _
from dashboard.charts.digits import weight_pictures, weight_tiles
from dashboard.scenes.kernel.scene import kernel_scene
from dashboard.screens.components import digit_lab
from dashboard.screens.components.photographs import as_picture, photo, photo_name
from dashboard.ui import controls, lesson, page, scenes, text_fields
from dashboard.ui.chart import draw_kept
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings, state

LEARNED = "learned"
SCENE, CELLS = "components_kernels", "components_kernel_cells"
LARGEST = 1e6  # of a typed cell


def draw_kernels() -> None:
    """Draw the controls, the stage, the learned kernels, and a photograph."""
    st.markdown(
        _("A **kernel** is a small table of weights that slides over a picture. At each place nine products add up to "
          "one number: large where the picture looks like the kernel. People wrote such kernels by hand; a network "
          "learns them.")
    )  # fmt: skip
    examples("components_kernels", _examples())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.either("components_kernel", _("Kernel"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.number("components_digit", _("Digit number"))
        if settings.value("components_kernel") == LEARNED:
            controls.slider("components_unit", _("Which learned kernel"))
            controls.number("components_draw_seed", _("Seed"))
    kernel, digit = chosen_kernel(), _digit()
    scenes.kernel(kernel_scene(digit, kernel, f"{kernel_name()} {_place()}"), SCENE, _take_cells)
    st.markdown(verdict(kernel, digit))
    _draw_learned()
    _draw_photograph(kernel)
    lesson.code(code(kernel, digit))
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that the same small pattern matters wherever it stands: nine weights serve all places. "
          "Layers of kernels on kernels see larger and larger parts: that is a convolutional network.")
    )  # fmt: skip
    page.link("components", _("Edges after Canny"), {"components_view": "levels", "components_level": "edges"})


def chosen_kernel() -> np.ndarray:
    """Return the kernel that the knobs ask for, (3, 3), or what was typed over it."""
    typed = text_fields.answer(SCENE, {CELLS: settings.text(CELLS)}, _read).value
    if typed is not None and typed[0] == kernel_name():
        return typed[1]
    name = str(settings.value("components_kernel"))
    if name == LEARNED:
        kernel: np.ndarray = digit_lab.kernels(_seed())[0][int(settings.value("components_unit"))]
        return kernel
    return np.array(KERNELS[name], dtype=np.float64)


def kernel_name() -> str:
    """Return which kernel the knobs ask for, such as "upright" or "learned 3 0": with its number and seed."""
    name = str(settings.value("components_kernel"))
    return f"{name} {settings.value('components_unit')} {_seed()}" if name == LEARNED else name


def _read(components_kernel_cells: str) -> tuple[str, np.ndarray] | None:
    return read_cells(components_kernel_cells) if components_kernel_cells.strip() else None


def read_cells(text: str) -> tuple[str, np.ndarray]:
    """Return the name of a kernel and the numbers (3, 3) typed over it. Raises InputError for other texts."""
    name, _colon, rows = text.partition(":")
    try:
        cells = np.array([[float(cell) for cell in row.split()] for row in rows.split(";")])
    except ValueError:
        cells = np.empty(0)
    if cells.shape != (3, 3) or not (np.abs(cells) <= LARGEST).all():
        raise InputError(
            _("The kernel has to be its name and nine numbers from -1,000,000 to 1,000,000, such as “upright: -1 0 1; "
              "-2 0 2; -1 0 1”; got “{text}”.").format(text=text[:60])
        )  # fmt: skip
    return name.strip(), cells


def cells_text(name: str, cells: npt.ArrayLike) -> str:
    """Return a kernel (3, 3) typed over the one of this name as `read_cells` reads it."""
    rows = np.asarray(cells, dtype=np.float64).reshape(3, 3).tolist()
    return f"{name}: " + "; ".join(" ".join(repr(cell) for cell in row) for row in rows)


def _take_cells() -> None:
    settled = getattr(state.get(SCENE), "settled", None) or {}
    cells = settled.get("kernel")
    if cells is None:
        return  # nothing was typed: what was there stays
    try:
        state.put(CELLS, cells_text(kernel_name(), cells))
    except (TypeError, ValueError):
        return  # not nine numbers: what was there stays


def _seed() -> int:
    return int(settings.value("components_draw_seed"))


def _place() -> int:
    return int(settings.value("components_digit"))


def _digit() -> np.ndarray:
    image: np.ndarray = digit_lab.digits((1347, 0, 0)).images[_place()]
    return image


def _examples() -> Examples:
    return {
        _("Works: upright strokes"): {"components_kernel": "upright", "components_digit": 1, CELLS: ""},
        _("Fails: level edges of a one"): {"components_kernel": "level", "components_digit": 1, CELLS: ""},
        _("A learned kernel"): {"components_kernel": LEARNED, "components_digit": 0, CELLS: ""},
    }


def verdict(kernel: np.ndarray, digit: np.ndarray) -> str:
    """Return how strongly the kernel answers to this digit, and to the same digit on its side."""
    found, turned = np.abs(convolve(digit, kernel)).max(), np.abs(convolve(np.rot90(digit), kernel)).max()
    mean, turned_mean = np.abs(convolve(digit, kernel)).mean(), np.abs(convolve(np.rot90(digit), kernel)).mean()
    numbers = {
        "most": format_number(float(found), 3), "turned": format_number(float(turned), 3),
        "mean": format_number(float(mean), 3), "turned_mean": format_number(float(turned_mean), 3),
    }  # fmt: skip
    if mean > 1.1 * turned_mean:
        return _("**It answers:** the sums are {mean} in size on average, and {turned_mean} with the digit laid on its "
                 "side: the strokes run the way this kernel looks for.").format(**numbers)  # fmt: skip
    if turned_mean > 1.1 * mean:
        return _("**A weak answer:** the sums are {mean} in size on average, and {turned_mean} with the digit laid on "
                 "its side: the strokes run across the way this kernel looks for.").format(**numbers)  # fmt: skip
    return _("**No direction:** the sums are {mean} in size on average, and {turned_mean} with the digit laid on its "
             "side: this kernel does not mind which way strokes run.").format(**numbers)  # fmt: skip


def _draw_learned() -> None:
    kernels, accuracy = digit_lab.kernels(_seed())
    sentence = _("Eight kernels with weights between {least} and {most}; their network gets {share} of the test "
                 "images right.").format(least=format_number(float(kernels.min()), 3),
                                         most=format_number(float(kernels.max()), 3),
                                         share=format_percent(accuracy, 1))  # fmt: skip
    draw_kept(
        weight_pictures,
        {"tiles": weight_tiles(kernels)},
        sentence,
        title=_("Eight kernels learned from the digits"),
        subtitle=_("One convolution, ReLU and a linear layer, three epochs."),
        width="content",
        shape=kernels.shape,
        step=11,
    )
    st.caption(sentence + " " + _("Some have become detectors of edges, as those made by hand; others have no name."))


def _draw_photograph(kernel: np.ndarray) -> None:
    controls.either("components_photo", _("Photograph"))
    name, picture = photo_name(), photo(settings.value("components_photo"))
    found = convolve(picture, kernel)
    left, right = st.columns(2)
    with left:
        st.image(as_picture(picture), width="stretch", alt=_("The photograph in grey: {name}.").format(name=name),
                 caption=_("The photograph"))  # fmt: skip
    with right:
        span = _("{least} to {most}").format(least=format_number(float(found.min()), 3),
                                             most=format_number(float(found.max()), 3))  # fmt: skip
        st.image(as_picture(found, spread=True), width="stretch", caption=_("Its sums, {span}").format(span=span),
                 alt=_("The sums of the kernel over the photograph: {span}.").format(span=span))  # fmt: skip


def code(kernel: np.ndarray, digit: np.ndarray) -> str:
    """Return the lines for torch: the kernel over this digit."""
    return f"""import torch
from sklearn.datasets import load_digits

image = torch.tensor(load_digits().images[{_place()}] / 16)
kernel = torch.tensor({kernel.tolist()}, dtype=torch.float64)
sums = torch.nn.functional.conv2d(image[None, None], kernel[None, None])[0, 0]  # batch and channel come first
print(sums)"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Batch and channel are axes too."),
            _("`conv2d` takes (batch, channel, height, width) and kernels (out, in, height, width)."),
            "torch.nn.functional.conv2d(torch.zeros(8, 8, 8, 8), torch.zeros(3, 3))",
        ),
        trap(
            _("The map is smaller than the picture."),
            _("A 3 by 3 kernel has 6 places along 8 pixels. `padding=1` adds zeros around, and an edge that is none."),
            "picture, kernel = torch.ones(1, 1, 8, 8), torch.ones(1, 1, 3, 3)\n"
            "inside = torch.nn.functional.conv2d(picture, kernel).shape\n"
            "padded = torch.nn.functional.conv2d(picture, kernel, padding=1)[0, 0, 0, :3]",
            ["inside", "padded"],
        ),
        lesson.Trap(
            _("Convolution that is none."),
            _("Mathematics turns the kernel over before it slides; deep learning does not, and calls it convolution "
              "all the same. Learned kernels do not mind."),
        ),
    ]  # fmt: skip
